"""What crosses the modules of scoring: crossings, differences, and the figures that they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from cityedge.classes import CLASSES, FOUR_WHEELERS, TWO_WHEELERS

Kind = Literal["miss", "double", "wrong class", "wrong way", "false"]

PEOPLE, TWO, FOUR, ALL = "people", "two-wheelers", "four-wheelers", "all"
GROUPS: Final[Mapping[str, frozenset[str]]] = {
    PEOPLE: frozenset({"person"}),
    TWO: frozenset(CLASSES[label] for label in TWO_WHEELERS),
    FOUR: frozenset(CLASSES[label] for label in FOUR_WHEELERS),
}
"""Groups of classes, as figures are rolled up and as somebody with a tally counter may count."""


def group_of(name: str) -> str:
    """The group of a class; a group is its own.

    Args:
        name: A class or a group.

    Returns:
        A key of ``GROUPS``.

    Raises:
        ValueError: It is neither.
    """
    for group, members in GROUPS.items():
        if name == group or name in members:
            return group
    raise ValueError(f"there is no class '{name}'")


@dataclass(frozen=True, order=True)
class Crossing:
    """One crossing, true or counted.

    Attributes:
        time_s: Scene time.
        line: The line's name.
        class_: The class's name.
        direction: ``in`` or ``out``.
        who: Number of the object (true) or of the track (counted).
    """

    time_s: float
    line: str
    class_: str
    direction: str
    who: int


@dataclass(frozen=True)
class Difference:
    """A true crossing that was not counted as what it was, or a counted one that was none.

    Attributes:
        kind: What is wrong.
        true: The true crossing that was missed or taken for something else; None where nothing is missing.
        counted: The counted one that should not be; None where nothing is too many.
        reason: Why, as far as the truth can tell.
        errors: By how much it makes the counts wrong: one class too few and another too many are two.
    """

    kind: Kind
    true: Crossing | None
    counted: Crossing | None
    reason: str
    errors: int

    @property
    def crossing(self) -> Crossing:
        """The crossing that it is about: the true one where there is one.

        Raises:
            ValueError: It has neither.
        """
        crossing = self.true or self.counted
        if crossing is None:
            raise ValueError("a difference has a true or a counted crossing")
        return crossing


@dataclass(frozen=True)
class Figures:
    """How far counts are off.

    Attributes:
        true: How many there truly were.
        counted: How many were counted.
        total_errors: Distance of the totals, summed over lines, classes and directions: none of these may cancel.
        window_errors: The same, window by window: neither may a miss now and a double count later.
    """

    true: int = 0
    counted: int = 0
    total_errors: int = 0
    window_errors: int = 0

    @property
    def accuracy(self) -> float | None:
        """1 − window errors / true; below 0 where there are more errors than crossings, None where none were."""
        if self.true:
            return 1.0 - self.window_errors / self.true
        return None if self.window_errors else 1.0

    def __add__(self, other: "Figures") -> "Figures":
        """Both together; errors of one do not cancel those of the other."""
        return Figures(
            self.true + other.true,
            self.counted + other.counted,
            self.total_errors + other.total_errors,
            self.window_errors + other.window_errors,
        )


@dataclass(frozen=True)
class Cell:
    """Figures of one line, class and direction.

    Attributes:
        line: The line's name.
        class_: The class's name; a group's where the truth speaks of groups.
        direction: ``in`` or ``out``.
        figures: Over all windows.
    """

    line: str
    class_: str
    direction: str
    figures: Figures


@dataclass(frozen=True)
class Window:
    """Figures of one window of time.

    Attributes:
        start_s: Scene time, included.
        end_s: Scene time, excluded.
        figures: Over all lines, classes and directions.
    """

    start_s: float
    end_s: float
    figures: Figures


@dataclass(frozen=True)
class Comparison:
    """Counts beside the truth.

    Attributes:
        cells: One per line, class and direction of which the truth speaks, in that order.
        groups: Rolled up: people, two-wheelers, four-wheelers (those of which the truth speaks), and all.
        windows: One per window, in order of time; those in which nothing happened are there too.
        differences: What is wrong, one by one, in order of time; empty where the truth knows no moments.
        moments: Whether the truth knows when each crossing was.
    """

    cells: tuple[Cell, ...]
    groups: Mapping[str, Figures]
    windows: tuple[Window, ...]
    differences: tuple[Difference, ...]
    moments: bool = True
