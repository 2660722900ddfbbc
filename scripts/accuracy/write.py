"""The page on how the simulated street was counted: tables, and every miss with its reason."""

from collections.abc import Sequence

from cityedge.classes import CLASSES
from scripts.accuracy.match import Difference
from scripts.accuracy.street import Result

_HEAD = """\
# How well the simulated street is counted

Made by `make accuracy`. Each film is {minutes:g} minutes of the simulated street at its default density, {light},
10 frames a second, encoded as H.264 and counted by `cityedge edge count` with the default model: the pipeline of
the agent. The truth is exact, and comes from the simulator. Errors may not cancel: one car too few and one truck
too many are two errors.

**{errors} errors in {crossings} crossings: {share:.2%}.**
"""


def page(results: Sequence[Result], *, duration_s: float, light: str) -> str:
    """The page.

    Args:
        results: One per film.
        duration_s: Length of each film.
        light: Of the street.

    Returns:
        Markdown.
    """
    errors, crossings = sum(r.errors for r in results), sum(r.crossings for r in results)
    head = _HEAD.format(
        minutes=duration_s / 60, light=light, errors=errors, crossings=crossings, share=errors / max(1, crossings)
    )
    return "\n".join([head, *_by_class(results), "", *_by_seed(results), "", *_misses(results), ""])


def _by_class(results: Sequence[Result]) -> list[str]:
    rows = [
        "## By class and direction",
        "",
        "| line | class | in, true | in, counted | out, true | out, counted |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for line in results[0].truth:
        for name in CLASSES:
            true = [_sum([r.truth for r in results], line, name, way) for way in ("in", "out")]
            counted = [_sum([r.counts for r in results], line, name, way) for way in ("in", "out")]
            if any(true) or any(counted):
                rows.append(f"| {line} | {name} | {true[0]} | {counted[0]} | {true[1]} | {counted[1]} |")
    return rows


def _sum(many: Sequence[dict[str, dict[str, dict[str, int]]]], line: str, name: str, way: str) -> int:
    return sum(one.get(line, {}).get(name, {}).get(way, 0) for one in many)


def _by_seed(results: Sequence[Result]) -> list[str]:
    rows = ["## By film", "", "| seed | crossings | errors | people in the zones on average: true, counted |"]
    rows.append("|---:|---:|---:|---|")
    for result in results:
        zones = "; ".join(f"{zone} {true:.2f}, {found:.2f}" for zone, (true, found) in result.occupancy.items())
        rows.append(f"| {result.seed} | {result.crossings} | {result.errors} | {zones} |")
    return rows


def _misses(results: Sequence[Result]) -> list[str]:
    rows = ["## Every miss", "", "| seed | at | line | truly | counted | why |", "|---:|---:|---|---|---|---|"]
    rows += [_miss(result.seed, difference) for result in results for difference in result.differences]
    return rows if any(result.differences for result in results) else ["## Every miss", "", "There is none."]


def _miss(seed: int, difference: Difference) -> str:
    one = difference.true or difference.counted
    assert one is not None  # noqa: S101 - a difference has at least one side
    true = f"{difference.true.class_} {difference.true.direction}" if difference.true else "–"
    found = f"{difference.counted.class_} {difference.counted.direction}" if difference.counted else "–"
    return f"| {seed} | {one.time_s:.1f} s | {one.line} | {true} | {found} | {difference.reason} |"
