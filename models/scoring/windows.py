"""Counts by window, line, class and direction beside true ones: errors that may not cancel. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from cityedge.classes import CLASSES
from models.scoring.types import ALL, GROUPS, Cell, Comparison, Difference, Figures, Window, group_of

DIRECTIONS: Final = ("in", "out")
_ORDER: Final = (*CLASSES, *GROUPS)


class Slot(NamedTuple):
    """Where a crossing is counted.

    Attributes:
        window: Index of the window.
        line: The line's name.
        class_: The class's name, or a group's.
        direction: ``in`` or ``out``.
    """

    window: int
    line: str
    class_: str
    direction: str


def comparison(
    true: Mapping[Slot, int],
    counted: Mapping[Slot, int],
    *,
    windows: Sequence[tuple[float, float]],
    differences: Iterable[Difference] = (),
    moments: bool = True,
) -> Comparison:
    """Put counts beside the truth.

    Args:
        true: How many there truly were; the lines and classes of its slots are those of which the truth speaks.
        counted: How many were counted.
        windows: Start and end of each window in scene time.
        differences: What is wrong, one by one, where that is known.
        moments: Whether it is known.

    Returns:
        The comparison.
    """
    slots = sorted({*true, *counted}, key=_in_order)
    by_cell: dict[tuple[str, str, str], list[Slot]] = {}
    for slot in slots:
        by_cell.setdefault(slot[1:], []).append(slot)
    cells = tuple(
        Cell(line, class_, direction, _figures(true, counted, mine))
        for (line, class_, direction), mine in by_cell.items()
    )
    by_window: dict[int, list[Slot]] = {}
    for slot in slots:
        by_window.setdefault(slot.window, []).append(slot)
    return Comparison(
        cells=cells,
        groups=_groups(cells),
        windows=tuple(
            Window(start_s, end_s, _sum(_figures(true, counted, [slot]) for slot in by_window.get(index, [])))
            for index, (start_s, end_s) in enumerate(windows)
        ),
        differences=tuple(differences),
        moments=moments,
    )


def _in_order(slot: Slot) -> tuple[str, int, str, int]:
    return slot.line, _ORDER.index(slot.class_), slot.direction, slot.window


def _figures(true: Mapping[Slot, int], counted: Mapping[Slot, int], slots: Sequence[Slot]) -> Figures:
    """Figures of one line, class and direction over some windows."""
    truly = Counter({slot: true.get(slot, 0) for slot in slots})
    found = Counter({slot: counted.get(slot, 0) for slot in slots})
    return Figures(
        true=truly.total(),
        counted=found.total(),
        total_errors=abs(truly.total() - found.total()),
        window_errors=sum(abs(truly[slot] - found[slot]) for slot in slots),
    )


def _sum(many: Iterable[Figures]) -> Figures:
    return sum(many, Figures())


def _groups(cells: Sequence[Cell]) -> dict[str, Figures]:
    spoken = {
        group: _sum(cell.figures for cell in cells if group_of(cell.class_) == group)
        for group in GROUPS
        if any(group_of(cell.class_) == group for cell in cells)
    }
    return {**spoken, ALL: _sum(cell.figures for cell in cells)}
