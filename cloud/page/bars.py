"""What a visitor chose to see of the counts, in numbers: bars, and the gaps between them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from cityedge.messages import SeeState
from cloud.page.board import in_order
from cloud.page.views import CameraKey
from cloud.query import CountSeries

Direction: TypeAlias = Literal["both", "in", "out"]
DIRECTIONS: Final[tuple[Direction, ...]] = ("both", "in", "out")

_FIELDS: Final[Mapping[Direction, tuple[str, ...]]] = {"both": ("in", "out"), "in": ("in",), "out": ("out",)}
PENDING: Final = "pending"
BEFORE: Final = "before"
NO_GAP: Final = frozenset({PENDING, BEFORE})
"""Nobody should have been watching yet, or the counts are still on their way."""
_SIGHTS: Final = frozenset(get_args(SeeState))
_FEWEST: Final = 15
"""A chart of fewer buckets is not stretched out over the whole width."""


@dataclass(frozen=True)
class Selection:
    """What a visitor chose to see.

    Attributes:
        camera: Which camera.
        line: Which of its lines; all of them where None.
        direction: Which way.
    """

    camera: CameraKey
    line: str | None = None
    direction: Direction = "both"


@dataclass(frozen=True)
class Bars:
    """One camera's crossings, ready to be drawn.

    Attributes:
        times: Start of every bucket, without a hole.
        counts: By class a count per bucket; None where nobody was watching.
        completeness: The watched share per bucket, 0 to 1.
        reasons: Why the rest was not watched; None where all was.
        impaired: The share per bucket in which the camera did not see well, watched or not, 0 to 1.
        impairments: How it saw then; None where it saw well.
    """

    times: tuple[datetime, ...]
    counts: Mapping[str, tuple[int | None, ...]]
    completeness: tuple[float, ...]
    reasons: tuple[str | None, ...]
    impaired: tuple[float, ...]
    impairments: tuple[str | None, ...]

    def total(self, nth: int) -> int | None:
        """All classes in one bucket; None where nobody was watching."""
        known = [column[nth] for column in self.counts.values() if column[nth] is not None]
        return sum(value for value in known if value is not None) if known else None

    def seen_badly(self, nth: int) -> float:
        """The share of one bucket that was watched by a camera that did not see well."""
        if self.reasons[nth] in _SIGHTS:
            # What was not watched because of it is told by the gap already.
            return max(0.0, self.completeness[nth] + self.impaired[nth] - 1.0)
        return min(self.completeness[nth], self.impaired[nth])

    @property
    def watched(self) -> float | None:
        """The watched share of all that should be in by now; None where that is nothing yet."""
        due = [
            share for share, reason in zip(self.completeness, self.reasons, strict=True) if reason not in NO_GAP
        ]
        return sum(due) / len(due) if due else None


def bars(series: Sequence[CountSeries], selection: Selection) -> Bars | None:
    """What a selection means in numbers.

    Args:
        series: ``in`` and ``out`` by all tags, of one frame.
        selection: What to add up.

    Returns:
        The bars; None where there is nothing of that camera.
    """
    chosen = [one for one in series if _is_chosen(one, selection)]
    if not chosen:
        return None
    counts: dict[str, list[int | None]] = {}
    for one in chosen:
        if "class" in one.tags:
            column = counts.setdefault(one.tags["class"], [None] * len(one.times))
            for field in _FIELDS[selection.direction]:
                for nth, value in enumerate(one.values[field]):
                    if value is not None:
                        column[nth] = (column[nth] or 0) + int(value)
    first = chosen[0]
    return Bars(
        times=first.times,
        counts={class_: tuple(counts[class_]) for class_ in in_order(counts)},
        completeness=_steady(first.completeness, first.reasons),
        reasons=first.reasons,
        impaired=_steady(first.impaired, first.reasons),
        impairments=first.impairments,
    )


def _steady(shares: Sequence[float], reasons: Sequence[str | None]) -> tuple[float, ...]:
    """Shares; where windows are still to come, in steps, or a chart would be sent every second."""
    return tuple(
        round(share, 1) if reason == PENDING else share for share, reason in zip(shares, reasons, strict=True)
    )


def _is_chosen(series: CountSeries, selection: Selection) -> bool:
    tags = series.tags
    if (tags.get("site"), tags.get("gateway"), tags.get("camera")) != selection.camera:
        return False
    # A camera that was never watched has a series without lines: all that there is to say is why.
    return selection.line is None or tags.get("line", selection.line) == selection.line


def since_first(shown: Bars) -> Bars:
    """The bars of a camera that is new: what lies before its first window is no gap, it was not there.

    Args:
        shown: The bars.

    Returns:
        The same without the missing buckets at the beginning, but no fewer than a chart looks well with: those
        that are kept say that they are from before its first window.
    """
    came = (nth for nth, reason in enumerate(shown.reasons) if reason != "missing" or shown.total(nth) is not None)
    began = next(came, 0)
    first = min(began, max(0, len(shown.times) - _FEWEST))
    return Bars(
        times=shown.times[first:],
        counts={class_: column[first:] for class_, column in shown.counts.items()},
        completeness=shown.completeness[first:],
        reasons=(BEFORE,) * (began - first) + shown.reasons[began:],
        impaired=shown.impaired[first:],
        impairments=shown.impairments[first:],
    )


@dataclass(frozen=True)
class Gap:
    """Neighbouring buckets of which nobody saw anything, for one reason."""

    start: datetime
    end: datetime
    reason: str


def gaps(shown: Bars, *, bucket_s: int) -> list[Gap]:
    """Where nobody was watching who should have been.

    Args:
        shown: The bars.
        bucket_s: Length of a bucket in seconds.

    Returns:
        Gaps in order of time.
    """
    found: list[Gap] = []
    for nth, start in enumerate(shown.times):
        reason = shown.reasons[nth]
        if shown.total(nth) is not None or reason is None or reason in NO_GAP:
            continue
        end = datetime.fromtimestamp(start.timestamp() + bucket_s, start.tzinfo)
        if found and found[-1].end == start and found[-1].reason == reason:
            found[-1] = Gap(found[-1].start, end, reason)
        else:
            found.append(Gap(start, end, reason))
    return found
