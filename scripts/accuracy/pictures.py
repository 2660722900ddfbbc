"""The pictures of the page: a chart, how each scenario looks, and some of what was counted wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from models.evaluate.pictures import frames_at
from models.scoring import chart
from models.scoring.boxes import read as read_boxes
from models.scoring.places import Place
from models.scoring.report import Evidence, write
from models.scoring.types import FOUR, PEOPLE, TWO
from models.types import Picture
from scripts.accuracy.scenarios import Measured

CHART: Final = "counted.svg"
SHEET: Final = "scenarios.jpg"
MOST_MISSES: Final = 6
"""Wrong crossings that are shown: one of each scenario, the first ones."""

_THUMB_PX: Final = (256, 192)
_ACROSS: Final = 4
_LABEL_PX: Final = 22
_SHARE_IN: Final = 0.5  # of the film: everybody has come, nobody has gone
_MISS_PX: Final = (576, 432)
_QUALITY: Final = [cv2.IMWRITE_JPEG_QUALITY, 82]


def draw_chart(measured: Sequence[Measured]) -> str:
    """Counted beside true by scenario and group, as SVG."""
    bars = [
        chart.Bar(f"{one.name}: {group}", figures.true, figures.counted)
        for one in measured
        for group in (PEOPLE, TWO, FOUR)
        if group in one.crossings.groups and (figures := one.crossings.groups[group]).true
    ]
    return chart.bars("Crossings, counted beside true", bars)


def draw_sheet(measured: Sequence[Measured], path: Path) -> None:
    """A frame from the middle of every film, with its name.

    Args:
        measured: The scenarios.
        path: Where the picture is put.
    """
    tiles = [_tile(one) for one in measured]
    blank = np.full_like(tiles[0], 255)
    tiles += [blank] * (-len(tiles) % _ACROSS)
    rows = [np.hstack(tiles[at : at + _ACROSS]) for at in range(0, len(tiles), _ACROSS)]
    cv2.imwrite(str(path), np.vstack(rows), _QUALITY)


def _tile(one: Measured) -> Picture:
    ((_, picture),) = frames_at(one.film.video, [_SHARE_IN * one.duration_s], fps=None)
    label = np.full((_LABEL_PX, _THUMB_PX[0], 3), 255, np.uint8)
    cv2.putText(label, one.name, (6, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
    return np.vstack([label, cv2.resize(picture, _THUMB_PX, interpolation=cv2.INTER_AREA)])


def draw_misses(measured: Sequence[Measured], folder: Path) -> list[tuple[str, str]]:
    """The first wrong crossing of some scenarios, drawn into its frame.

    Args:
        measured: The scenarios.
        folder: Where the pictures are put.

    Returns:
        Name of the file, and what it shows.
    """
    shown: list[tuple[str, str]] = []
    for one in measured:
        if one.crossings.differences and len(shown) < MOST_MISSES:
            first = one.crossings.differences[0]
            name = f"wrong-{one.name}.jpg"
            cv2.imwrite(str(folder / name), _miss(one), _QUALITY)
            said = f"{first.crossing.class_} {first.crossing.direction}: {first.reason}"
            shown.append((name, f"{one.name}, {first.crossing.time_s:.1f} s, {first.kind}: {said}"))
    return shown


def _miss(one: Measured) -> Picture:
    """The first picture of the scenario's report."""
    lines, _ = one.scenario.places
    evidence = Evidence(
        video=one.film.video,
        lines=[Place(line.name, tuple((p.x, p.y) for p in line.points)) for line in lines],
        true=read_boxes(one.film.boxes, true=True),
        tracks=read_boxes(one.counts.tracks, true=False),
    )
    report = one.film.video.with_suffix(".report")
    write(report, one.score, evidence)
    first = min((report / "pictures").glob("001-*.png"))
    picture = cv2.imread(str(first))
    if picture is None:
        raise ValueError(f"{first}: is no picture")
    return np.asarray(cv2.resize(picture, _MISS_PX, interpolation=cv2.INTER_AREA), np.uint8)
