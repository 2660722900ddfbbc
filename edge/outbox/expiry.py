"""Which rows the outbox drops, by age and by size: rules without a file."""

from collections.abc import Iterable, Sequence
from typing import Final

from edge.outbox.row import Priority

ROW_OVERHEAD_BYTES: Final = 64
"""What a row costs on disk beside its payload, about."""
KEPT_SHARE: Final = 0.9
"""Down to this share of the limit rows are dropped at once, so that not every row drops another."""
_AGE_SLACK_SHARE: Final = 0.05
_AGE_SLACK_MOST_S: Final = 3600.0
_RANGES_IN_ONE: Final = 1000

DROPPED_IN_ORDER: Final = (Priority.DIAGNOSTICS, Priority.SUMMARY, Priority.ALERT)
"""Classes in the order in which they are dropped for size; the life-cycle class is never dropped."""

Range = tuple[int, int]


def age_limit_s(now_s: float, *, max_age_s: float, oldest_s: float | None) -> float | None:
    """Before which moment summaries are too old.

    A row past its age waits until the oldest is past it by up to an hour: the record of what was dropped is a
    row itself, so dropping them one by one would shrink nothing.

    Args:
        now_s: Unix time.
        max_age_s: How old a summary may become.
        oldest_s: When the oldest summary came to be, Unix time; None where there is none.

    Returns:
        Rows from before this moment are to be dropped; None where it is not time to drop any.
    """
    slack_s = min(_AGE_SLACK_MOST_S, max_age_s * _AGE_SLACK_SHARE)
    limit_s = now_s - max_age_s
    return limit_s if oldest_s is not None and oldest_s < limit_s - slack_s else None


def enough(rows: Iterable[tuple[int, int]], *, bytes_to_free: int) -> tuple[list[int], int]:
    """The first rows that together free so many bytes.

    Args:
        rows: Seq and payload size in bytes, in the order in which to drop them; read no further than needed.
        bytes_to_free: How much is to go.

    Returns:
        The seqs to drop, and the bytes that they free.
    """
    dropped: list[int] = []
    freed = 0
    if bytes_to_free <= 0:
        return dropped, freed
    for seq, payload_bytes in rows:
        dropped.append(seq)
        freed += payload_bytes + ROW_OVERHEAD_BYTES
        if freed >= bytes_to_free:
            break
    return dropped, freed


def ranges_of(seqs: Iterable[int]) -> list[Range]:
    """Numbers as ranges that include both ends.

    Args:
        seqs: Any order, each once.

    Returns:
        Ranges in order, none touching the next.

    Example:
        >>> ranges_of([5, 1, 2, 3])
        [(1, 3), (5, 5)]
    """
    ranges: list[Range] = []
    for seq in sorted(seqs):
        if ranges and ranges[-1][1] == seq - 1:
            ranges[-1] = (ranges[-1][0], seq)
        else:
            ranges.append((seq, seq))
    return ranges


def in_messages(ranges: Sequence[Range]) -> list[tuple[Range, ...]]:
    """Ranges in portions that one message may carry."""
    return [tuple(ranges[i : i + _RANGES_IN_ONE]) for i in range(0, len(ranges), _RANGES_IN_ONE)]
