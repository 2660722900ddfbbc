"""What somebody counted by hand at the roadside, from a YAML file.

::

    windows:
      - start_s: 0          # since the recording began
        end_s: 60
        counts:
          - {line: mid, class: motorcycle, in: 12, out: 9}
          - {line: mid, class: four-wheelers, in: 3, out: 4}

A class is one of CityEdge's, or a group of them (people, two-wheelers, four-wheelers) where nobody told them
apart. Only what is listed is judged: who counted motorcycles alone says nothing about cars. One window over the
whole recording will do; a minute each shows more, since errors of different windows do not cancel.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from cityedge.settings import load
from models.scoring.types import GROUPS, Comparison, Crossing
from models.scoring.windows import Slot, comparison

Name = Annotated[str, Meta(min_length=1, description="a name")]
Count = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0)]
# Spelt out: a Literal takes no names from elsewhere, and a test holds it equal to the classes and groups.
Kind = Literal["person", "bicycle", "motorcycle", "car", "bus", "truck", "people", "two-wheelers", "four-wheelers"]


class TallyRow(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"class_": "class", "in_": "in"}
):
    """What was counted of one class at one line.

    Attributes:
        line: The line's name.
        class_: A class or a group of classes.
        in_: How many crossed it inwards.
        out: How many crossed it outwards.
    """

    line: Name
    class_: Kind
    in_: Count
    out: Count

    @property
    def members(self) -> frozenset[str]:
        """The classes that it counts together."""
        return GROUPS.get(self.class_, frozenset({self.class_}))


class TallyWindow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was counted over a stretch of time.

    Attributes:
        start_s: Scene time, included.
        end_s: Scene time, excluded.
        counts: What was counted; what is not listed was not looked at.

    Raises:
        ValueError: It ends before it begins, or something is counted twice.
    """

    start_s: Seconds
    end_s: Seconds
    counts: Annotated[tuple[TallyRow, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        if self.end_s <= self.start_s:
            raise ValueError(f"end_s: a window ends after it begins; it begins at {self.start_s:g}")
        for index, row in enumerate(self.counts):
            for other in self.counts[:index]:
                if row.line == other.line and row.members & other.members:
                    raise ValueError(f"counts[{index}].class: '{row.class_}' at '{row.line}' is counted already")


class Tally(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A tally.

    Attributes:
        windows: In order of time; they do not overlap.

    Raises:
        ValueError: They do.
    """

    windows: Annotated[tuple[TallyWindow, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        for index, window in enumerate(self.windows[1:], 1):
            if window.start_s < self.windows[index - 1].end_s:
                raise ValueError(f"windows[{index}].start_s: the window before ends later")

    @property
    def lines(self) -> frozenset[str]:
        """The lines of which it speaks."""
        return frozenset(row.line for window in self.windows for row in window.counts)


def read(path: Path) -> Tally:
    """Read a tally.

    Args:
        path: The YAML file.

    Returns:
        The tally.

    Raises:
        ConfigError: It is wrong; names the file, the line and the key.
    """
    return load(path, Tally)


def compare(tally: Tally, counted: Sequence[Crossing]) -> Comparison:
    """Put crossings beside a tally.

    Args:
        tally: What was counted by hand.
        counted: All counted crossings; those outside of its windows and of what it lists are not judged.

    Returns:
        The comparison; it lists no differences, since a tally knows no moments.
    """
    true: dict[Slot, int] = {}
    found: dict[Slot, int] = {}
    for index, window in enumerate(tally.windows):
        within = [c for c in counted if window.start_s <= c.time_s < window.end_s]
        for row in window.counts:
            for way, number in (("in", row.in_), ("out", row.out)):
                slot = Slot(index, row.line, row.class_, way)
                true[slot] = number
                found[slot] = _count(within, row, way)
    spans = [(window.start_s, window.end_s) for window in tally.windows]
    return comparison(true, found, windows=spans, moments=False)


def _count(crossings: Iterable[Crossing], row: TallyRow, way: str) -> int:
    return sum(c.line == row.line and c.class_ in row.members and c.direction == way for c in crossings)
