"""The page on how well CityEdge counts: tables of counted beside true, and why each wrong crossing is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.scoring.types import ALL, FOUR, PEOPLE, TWO, Figures
from models.scoring.words import Row, markdown, share
from scripts.accuracy.pictures import CHART, SHEET
from scripts.accuracy.plaza import TRUE_OCCUPANCY, Plaza
from scripts.accuracy.scenarios import LEAST_VISIBLE, Measured

IMAGES: Final = "images/accuracy"
_GROUPS: Final = (PEOPLE, TWO, FOUR)
_MOST_LISTED: Final = 12

_HEAD: Final = """\
# How well CityEdge counts

Made by `make accuracy`; the same figures on every run on the same machine and versions. Each scenario is
{minutes:g} minutes of the simulated street, filmed as H.264 and counted from the film by `cityedge edge count`:
the pipeline of the agent, with the default model. The truth is exact and comes from the simulator.

**Accuracy** is 1 − errors / crossings, where errors are the distances between counted and true in every minute,
line, class and direction, summed up: a miss in one minute and a double count in the next are two errors, and so
are a car too few and a truck too many. `cityedge models score` gives these figures for any recording with known
truth, a technician's tally by hand included.
"""


@dataclass(frozen=True)
class Page:
    """What the page is made of.

    Attributes:
        scenarios: What each came to.
        streets: The moderate street again, with other seeds.
        plaza: Real footage; none where it could not be had.
        misses: Pictures of wrong crossings: file, and what it shows.
        peers: Tracking beside other trackers: a table's rows, the head first; none where it was not measured.
        duration_s: Length of a scenario's film.
    """

    scenarios: Sequence[Measured]
    streets: Sequence[Measured]
    plaza: Sequence[Plaza]
    misses: Sequence[tuple[str, str]]
    peers: Sequence[Row]
    duration_s: float


def page(content: Page) -> str:
    """The page in Markdown."""
    parts = [
        _HEAD.format(minutes=round(content.duration_s / 60, 1)),
        *_street(content.streets),
        *_scenarios(content.scenarios),
        *_tracking(content.scenarios),
        *(_peers(content.peers) if content.peers else []),
        *_speeds(content.streets),
        *_occupancy(content.scenarios),
        *(_plaza(content.plaza) if content.plaza else []),
        *_wrong([*content.streets, *content.scenarios]),
        *_pictures(content.misses),
    ]
    return "\n".join(parts)


def _street(streets: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("seed", "crossings", "counted", "errors", *_GROUPS)]
    total = Figures()
    for one in streets:
        figures = one.crossings.groups[ALL]
        total += figures
        rows.append((str(one.seed), *_whole(figures), *_accuracies(one)))
    sums = [sum((one.crossings.groups.get(group, Figures()) for one in streets), Figures()) for group in _GROUPS]
    rows.append(("all", *_whole(total), *(share(figures.accuracy) for figures in sums)))
    said = f"**{total.window_errors} errors in {total.true} crossings of the moderate street.**"
    return ["## The moderate street", "", said, "", *markdown(rows), "", *markdown(_classes(streets)), ""]


def _classes(streets: Sequence[Measured]) -> list[Row]:
    """All lines and directions of all films together, by class."""
    sums: dict[str, Figures] = {}
    for one in streets:
        for cell in one.crossings.cells:
            sums[cell.class_] = sums.get(cell.class_, Figures()) + cell.figures
    return [
        ("class", "crossings", "counted", "errors", "accuracy"),
        *((name, *_whole(one), share(one.accuracy)) for name, one in sums.items() if one.true or one.counted),
    ]


def _scenarios(scenarios: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("scenario", "level", *(word for group in _GROUPS for word in (group, "accuracy")))]
    for one in scenarios:
        cells = [word for group in _GROUPS for word in _cell(one, group)]
        rows.append((one.name, one.scenario.level, *cells))
    return [
        "## Scenarios",
        "",
        f"![A frame of every scenario]({IMAGES}/{SHEET})",
        "",
        "`cityedge sim street --list-scenarios` says what each is. Counts are *true → counted*. A figure below",
        "its bar is in bold: 97 % people, 97 % two-wheelers, 98 % cars; a hard scenario may have its own bar.",
        "",
        *markdown(rows),
        "",
        f"![Counted beside true]({IMAGES}/{CHART})",
        "",
    ]


def _cell(one: Measured, group: str) -> tuple[str, str]:
    figures = one.crossings.groups.get(group, Figures())
    if not figures.true and not figures.counted:
        return "–", "–"
    accuracy = share(figures.accuracy)
    return f"{figures.true} → {figures.counted}", f"**{accuracy}**" if group in one.short_of else accuracy


def _tracking(scenarios: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("scenario", "HOTA", "IDF1", "MOTA", "switches", "ids", "true ids")]
    for one in scenarios:
        if (score := one.score.tracking) is not None:
            shares = (f"{score.hota:.3f}", f"{score.idf1:.3f}", f"{score.mota:.3f}")
            rows.append((one.name, *shares, str(score.switches), str(score.ids), str(score.true_ids)))
    said = (
        f"By `trackeval`; objects of which less than {LEAST_VISIBLE:.0%} can be seen are neither missed nor wrong."
    )
    return ["## Tracking", "", said, "", *markdown(rows), ""]


def _peers(rows: Sequence[Row]) -> list[str]:
    said = "The same detections, given to CityEdge's tracker and to ByteTrack of the `trackers` library."
    return ["## Beside ByteTrack", "", said, "", *markdown(rows), ""]


def _speeds(streets: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("seed", "group", "true mean", "measured mean", "measured")]
    for one in streets:
        for group in _GROUPS:
            if pair := one.speeds.get(group):
                speeds = (f"{pair.true_mps:.2f} m/s", f"{pair.counted_mps:.2f} m/s")
                rows.append((str(one.seed), group, *speeds, str(pair.measured)))
    said = "The moderate street again, calibrated by four points on the ground."
    return ["## Speeds at the lines", "", said, "", *markdown(rows), ""]


def _occupancy(scenarios: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("scenario", "zone", "class", "true mean", "counted mean", "entries, true", "counted")]
    for one in scenarios:
        for zone in one.score.zones:
            if zone.true.entries or zone.counted.entries:
                means = (f"{zone.true.occupancy_mean:.2f}", f"{zone.counted.occupancy_mean:.2f}")
                entries = (str(zone.true.entries), str(zone.counted.entries))
                rows.append((one.name, zone.zone, zone.class_, *means, *entries))
    return ["## Zones", "", *markdown(rows), ""]


def _plaza(plaza: Sequence[Plaza]) -> list[str]:
    rows: list[Row] = [("frames a second", "line", "in: true → counted", "out: true → counted")]
    said = []
    for one in plaza:
        cells = {(cell.line, cell.direction): cell.figures for cell in one.crossings.cells}
        for line in dict.fromkeys(line for line, _ in cells):
            ways = [f"{cells[line, way].true} → {cells[line, way].counted}" for way in ("in", "out")]
            rows.append((f"{one.fps:g}", line, *ways))
        figures = one.crossings.groups[ALL]
        said.append(
            f"At {one.fps:g} frames a second: {figures.total_errors} errors in {figures.true} crossings, and "
            f"{one.occupancy:.2f} people in the picture on average (true: {TRUE_OCCUPANCY})."
        )
    intro = "Real footage: PETS 2009 S2.L1, 795 frames, beside counts of its published ground truth."
    return ["## A plaza", "", intro, *said, "", *markdown(rows), ""]


def _wrong(measured: Sequence[Measured]) -> list[str]:
    rows: list[Row] = [("scenario", "seed", "at", "line", "what", "truly", "counted", "why")]
    left_out = 0
    for one in measured:
        differences = one.crossings.differences
        left_out += max(0, len(differences) - _MOST_LISTED)
        for wrong in differences[:_MOST_LISTED]:
            true = f"{wrong.true.class_} {wrong.true.direction}" if wrong.true else "–"
            found = f"{wrong.counted.class_} {wrong.counted.direction}" if wrong.counted else "–"
            at = f"{wrong.crossing.time_s:.1f} s"
            where = (one.name, str(one.seed), at, wrong.crossing.line)
            rows.append((*where, wrong.kind, true, found, wrong.reason))
    said = f"The first {_MOST_LISTED} of each film; {left_out} more are not listed."
    return ["## What is wrong, and why", "", said, "", *markdown(rows), ""]


def _pictures(misses: Sequence[tuple[str, str]]) -> list[str]:
    rows = []
    for name, said in misses:
        rows += [f"![{said}]({IMAGES}/{name})", "", f"*{said}*", ""]
    return ["Green is where objects really were, orange what was followed.", "", *rows] if rows else []


def _whole(figures: Figures) -> tuple[str, str, str]:
    return str(figures.true), str(figures.counted), str(figures.window_errors)


def _accuracies(one: Measured) -> list[str]:
    return [share(one.crossings.groups.get(group, Figures()).accuracy) for group in _GROUPS]
