"""Lets ``python -m cityedge`` do what the ``cityedge`` command does."""

from cityedge.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
