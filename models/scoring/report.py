"""A score with its evidence: one page with tables, charts, and a picture of every crossing that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np

from models.errors import ScoringError
from models.evaluate.pictures import frames_at
from models.scoring import chart
from models.scoring.boxes import MotRows
from models.scoring.drawing import Boxes, draw
from models.scoring.judge import Score
from models.scoring.places import Place
from models.scoring.types import Comparison, Difference
from models.scoring.words import Row, notes, sections

PAGE: Final = "report.html"
_PICTURES: Final = "pictures"
_STYLE: Final = (
    "body{font:15px/1.5 sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left}"
    "figure{margin:1.5em 0}img{max-width:100%}.true{color:#3c8c3c}.ours{color:#c05a00}"
)
_LEGEND: Final = (
    '<span class="true">Green</span> is where objects really were, <span class="ours">orange</span> what was '
    "followed; the one that it is about is thick. These pictures show whom the recording shows: they stay on this "
    "machine, and are nobody's to publish."
)


@dataclass(frozen=True)
class Evidence:
    """What pictures are made of; None for what nobody gave.

    Attributes:
        video: The recording.
        fps: The true frame rate, where the recording claims another.
        lines: The lines to draw.
        true: Who was where.
        tracks: Who was followed where.
    """

    video: Path | None = None
    fps: float | None = None
    lines: Sequence[Place] = ()
    true: MotRows | None = None
    tracks: MotRows | None = None


def write(folder: Path, score: Score, evidence: Evidence) -> Path:
    """Write the page and its pictures; the same bytes for the same score and recording.

    Args:
        folder: Made where it is missing; files of the same names are replaced.
        score: The score.
        evidence: What pictures are made of.

    Returns:
        The page.

    Raises:
        ScoringError: It cannot be written.
        TruthError: The recording cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = _pictures(folder, score, evidence)
        for name, picture in charts(score.crossings).items() if score.crossings else ():
            (folder / name).write_text(picture, encoding="utf-8")
        page = folder / PAGE
        page.write_text(_page(score, names), encoding="utf-8")
    except OSError as error:
        raise ScoringError(f"{folder}: the report cannot be written: {error.strerror}") from error
    return page


def charts(comparison: Comparison) -> dict[str, str]:
    """Counted beside true, as pictures.

    Args:
        comparison: Crossings.

    Returns:
        SVG documents by file name: by line, class and direction, and by window.
    """
    cells = [
        chart.Bar(f"{c.line} {c.class_} {c.direction}", c.figures.true, c.figures.counted)
        for c in comparison.cells
        if c.figures.true or c.figures.counted
    ]
    windows = [
        chart.Bar(f"{w.start_s:g}–{w.end_s:g} s", w.figures.true, w.figures.counted) for w in comparison.windows
    ]
    return {
        "crossings.svg": chart.bars("Crossings by line, class and direction", cells),
        "windows.svg": chart.bars("Crossings by window of time", windows),
    }


def _pictures(folder: Path, score: Score, evidence: Evidence) -> list[str]:
    """Draw every difference; their paths from the page, in the order of the differences."""
    differences = score.crossings.differences if score.crossings else ()
    for old in (folder / _PICTURES).glob("[0-9][0-9][0-9]-*.png"):
        old.unlink()  # of an earlier score: what is right now is not shown as wrong
    if evidence.video is None or not differences:
        return []
    (folder / _PICTURES).mkdir(exist_ok=True)
    times_s = [one.crossing.time_s for one in differences]
    shown = frames_at(evidence.video, times_s, fps=evidence.fps)
    names = []
    for number, (one, (frame, picture)) in enumerate(zip(differences, shown, strict=True), 1):
        name = f"{_PICTURES}/{number:03}-{one.kind.replace(' ', '-')}.png"
        height, width = picture.shape[:2]
        png = draw(
            picture,
            line_px=_line(one, evidence.lines, (width, height)),
            true=_boxes(evidence.true, frame, one.true.who if one.true else None),
            ours=_boxes(evidence.tracks, frame, one.counted.who if one.counted else None),
            caption=f"{one.crossing.time_s:.1f} s, frame {frame}: {one.kind}",
        )
        (folder / name).write_bytes(png)
        names.append(name)
    return names


def _line(one: Difference, lines: Sequence[Place], size_px: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    return next((line.in_pixels(size_px) for line in lines if line.name == one.crossing.line), ())


def _boxes(rows: MotRows | None, frame: int, chosen: int | None) -> Boxes:
    if rows is None:
        return Boxes((), np.zeros((0, 4)), chosen)
    here = rows.where(rows.frames == frame)
    return Boxes(here.ids.tolist(), here.boxes_px, chosen)


def _page(score: Score, pictures: Sequence[str]) -> str:
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>CityEdge: score</title>',
        f"<style>{_STYLE}</style></head><body>",
        "<h1>Counted beside true</h1>",
        *(f"<p>{escape(note)}</p>" for note in notes(score)),
    ]
    for title, rows in sections(score):
        parts += [f"<h2>{title}</h2>", _table(rows)]
        if title == "Crossings":
            parts += (
                [f'<p><img src="{name}" alt=""></p>' for name in charts(score.crossings)]
                if score.crossings
                else []
            )
    if score.crossings and pictures:
        parts += _gallery(score.crossings.differences, pictures)
    return "\n".join([*parts, "</body></html>", ""])


def _gallery(differences: Sequence[Difference], pictures: Sequence[str]) -> list[str]:
    parts = [
        "<h2>Pictures</h2>",
        f"<p>{_LEGEND}</p>",
    ]
    for one, name in zip(differences, pictures, strict=True):
        c = one.crossing
        said = f"{c.time_s:.1f} s, line {c.line}: {one.kind}, {c.class_} {c.direction}; {one.reason}"
        parts.append(f'<figure><img src="{name}" alt=""><figcaption>{escape(said)}</figcaption></figure>')
    return parts


def _table(rows: Sequence[Row]) -> str:
    head, *rest = (
        "<tr>" + "".join(f"<{tag}>{escape(word)}</{tag}>" for word in row) + "</tr>"
        for tag, row in zip(["th", *["td"] * (len(rows) - 1)], rows, strict=True)
    )
    return "\n".join(["<table>", head, *rest, "</table>"])
