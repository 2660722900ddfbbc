"""Logs: one clear line each to standard error, and no password in any of them."""

import logging
import os
import re
import sys
from typing import Final, TextIO

_FORMAT: Final = "%(levelname)-7s %(name)s: %(message)s"
# Greedy: an @ in a password must not end it early.
_CREDENTIALS: Final = re.compile(r"(?P<before>[a-zA-Z][\w+.-]*://[^/\s:@]*):[^/\s]+@")


class _LineFormatter(logging.Formatter):
    """A line whose URLs have lost their passwords, whoever wrote them."""

    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        return _CREDENTIALS.sub(r"\g<before>:***@", super().format(record))


def set_up(*, verbose: bool = False, stream: TextIO | None = None) -> None:
    """Send the logs of this process to standard error.

    Args:
        verbose: Debug lines too.
        stream: Where to instead of standard error.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    # journald stamps every line itself.
    stamp = "" if "JOURNAL_STREAM" in os.environ else "%(asctime)s "
    handler.setFormatter(_LineFormatter(stamp + _FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
