"""The error tree of ``cloud``.

::

    CityEdgeError
    ├── StoreError              the store did not do what was asked
    │   ├── StoreBusyError      it cannot now: retry for ever with back-off, acknowledge nothing
    │   └── StoreLockedError    another process has the embedded store open
    └── QueryError              the question is wrong: unknown name, empty or endless range
"""

from cityedge.errors import CityEdgeError


class StoreError(CityEdgeError):
    """The store did not do what was asked."""


class StoreBusyError(StoreError):
    """The store cannot take or answer now; the same call may succeed later.

    Args:
        message: What happened.
        retry_after_s: How long the store asked us to wait, where it said so.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class StoreLockedError(StoreError):
    """Another process has the embedded store open."""


class QueryError(CityEdgeError):
    """The question cannot be answered as it is."""
