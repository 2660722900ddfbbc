"""What a server's answer to a write means for the points in it. Pure.

After the table of the field notes (3a.8): points are given up only where the server names them as bad; whatever
an operator or time can heal is kept and tried again.
"""

import re
from typing import Final

from cloud.errors import StoreBusyError

_OVERLOADED: Final = re.compile(r"max-\w+-per-\w+|limit exceeded|limit reached|timeout", re.IGNORECASE)
"""Refusals that name points but are the server's own trouble: more room heals them."""
_BAD_POINT: Final = re.compile(
    r"unable to parse|field type conflict|partial write|beyond retention|outside .*range|out of range"
    r"|invalid (number|boolean|field|tag|timestamp|line)|missing (tag|field)",
    re.IGNORECASE,
)
_TOO_LARGE: Final = 413
_NAMES_POINTS: Final = (400, 422)
_LONGEST_REASON: Final = 500


class BadPointsError(Exception):
    """Some point in the batch is bad; the good ones may be stored.

    Args:
        reason: The server's words.
    """


class TooLargeError(Exception):
    """The batch is larger than the server takes at once."""


def check(status: int, text: str, *, retry_after: str | None, where: str) -> None:
    """Nothing where the points are stored.

    Args:
        status: HTTP status.
        text: The body.
        retry_after: The header of that name, in seconds; a date is passed over.
        where: The server, for the error.

    Raises:
        TooLargeError: Send less at once.
        BadPointsError: Find the bad ones and give them up.
        StoreBusyError: Keep all and try again.
    """
    said = " ".join(text.split())[:_LONGEST_REASON]
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own classes
        return
    if status == _TOO_LARGE:
        raise TooLargeError(said)
    if status in _NAMES_POINTS and _BAD_POINT.search(said) and not _OVERLOADED.search(said):
        raise BadPointsError(said)
    raise StoreBusyError(f"{where} takes nothing: {status} {said}".rstrip(), retry_after_s=_seconds(retry_after))


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and re.fullmatch(r"\d{1,6}(\.\d+)?", retry_after) else None
