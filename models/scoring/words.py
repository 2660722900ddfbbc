"""A score as a table for people, as lines of Markdown, and as plain data for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from models.scoring.judge import Score
from models.scoring.occupancy import ZoneScore
from models.scoring.tracking import TrackingScore
from models.scoring.types import Comparison, Difference, Figures

Row = Sequence[str]


def share(value: float | None) -> str:
    """A share as a percentage; a dash where there is none.

    Args:
        value: 0 to 1, or below 0 where there are more errors than crossings.

    Returns:
        For example ``97.3 %``.
    """
    return "–" if value is None else f"{value * 100:.1f} %"


def tracking_rows(score: TrackingScore) -> list[Row]:
    """Tracking as a table: a head and one row."""
    head = ("MOTA", "IDF1", "HOTA", "DetA", "AssA", "switches", "ids", "true ids", "missed", "false", "boxes")
    shares = [f"{value:.3f}" for value in (score.mota, score.idf1, score.hota, score.deta, score.assa)]
    whole = (score.switches, score.ids, score.true_ids, score.missed, score.false, score.boxes)
    return [head, [*shares, *map(str, whole)]]


def crossing_rows(comparison: Comparison) -> list[Row]:
    """Crossings as a table: a head, one row per line, class and direction where anything was, and the groups."""
    return [
        ("line", "class", "way", "true", "counted", "total errors", "window errors", "accuracy"),
        *(
            (cell.line, cell.class_, cell.direction, *_figures(cell.figures))
            for cell in comparison.cells
            if cell.figures.true or cell.figures.counted
        ),
        *(("", group, "", *_figures(figures)) for group, figures in comparison.groups.items()),
    ]


def _figures(figures: Figures) -> tuple[str, ...]:
    whole = (figures.true, figures.counted, figures.total_errors, figures.window_errors)
    return (*map(str, whole), share(figures.accuracy))


def difference_rows(differences: Sequence[Difference]) -> list[Row]:
    """Differences as a table: a head, and one row each."""
    rows: list[Row] = [("at", "line", "what", "truly", "counted", "why")]
    for one in differences:
        true = f"{one.true.class_} {one.true.direction}" if one.true else "–"
        found = f"{one.counted.class_} {one.counted.direction}" if one.counted else "–"
        rows.append((f"{one.crossing.time_s:.1f} s", one.crossing.line, one.kind, true, found, one.reason))
    return rows


def zone_rows(zones: Sequence[ZoneScore]) -> list[Row]:
    """Occupancy as a table: a head, and one row per zone and class."""
    rows: list[Row] = [("zone", "class", "true mean", "counted mean", "error", "entries, true", "counted")]
    for one in zones:
        means = (f"{one.true.occupancy_mean:.2f}", f"{one.counted.occupancy_mean:.2f}", f"{one.error:+.2f}")
        entries = ["–" if number is None else str(number) for number in (one.true.entries, one.counted.entries)]
        rows.append((one.zone, one.class_, *means, *entries))
    return rows


def sections(score: Score) -> list[tuple[str, list[Row]]]:
    """All that a score has to say, as titled tables.

    Args:
        score: The score.

    Returns:
        Title and rows, the first of which is the head; what could not be judged is left out.
    """
    parts: list[tuple[str, list[Row]]] = []
    if score.tracking:
        parts.append(("Tracking", tracking_rows(score.tracking)))
    if score.crossings:
        parts.append(("Crossings", crossing_rows(score.crossings)))
        if score.crossings.differences:
            parts.append(("What is wrong", difference_rows(score.crossings.differences)))
    if score.zones:
        parts.append(("Occupancy", zone_rows(score.zones)))
    return parts


def notes(score: Score) -> list[str]:
    """What must be said beside the figures, a sentence each."""
    said = [f"What is true is said by {score.truth}."]
    if score.unjudged:
        said.append(f"{score.unjudged} crossings were counted where the truth says nothing; they are not judged.")
    if score.crossings and not score.crossings.moments:
        said.append("A tally knows no moments: what is wrong cannot be listed one by one.")
    return said


def table(score: Score) -> str:
    """A score for people to read.

    Args:
        score: The score.

    Returns:
        Lines of text.
    """
    parts = ["\n".join(notes(score))]
    for title, rows in sections(score):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in rows]
        parts.append("\n".join([title, *(f"  {line}".rstrip() for line in lines)]))
    return "\n\n".join(parts)


def markdown(rows: Sequence[Row]) -> list[str]:
    """A table in Markdown.

    Args:
        rows: The head, and the rest.

    Returns:
        Lines.
    """
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def plain(score: Score) -> dict[str, Any]:
    """A score for programs.

    Args:
        score: The score.

    Returns:
        Data for JSON: ``truth``, ``tracking``, ``crossings``, ``zones``, ``unjudged``; None for what could not
        be judged.
    """
    return {
        "truth": score.truth,
        "tracking": asdict(score.tracking) if score.tracking else None,
        "crossings": _plain_crossings(score.crossings) if score.crossings else None,
        "zones": [
            {
                "zone": one.zone,
                "class": one.class_,
                "true": asdict(one.true),
                "counted": asdict(one.counted),
                "error": one.error,
            }
            for one in score.zones
        ],
        "unjudged": score.unjudged,
    }


def _plain_crossings(comparison: Comparison) -> dict[str, Any]:
    return {
        "cells": [
            {"line": c.line, "class": c.class_, "direction": c.direction, **_plain_figures(c.figures)}
            for c in comparison.cells
        ],
        "groups": {group: _plain_figures(figures) for group, figures in comparison.groups.items()},
        "windows": [
            {"start_s": w.start_s, "end_s": w.end_s, **_plain_figures(w.figures)} for w in comparison.windows
        ],
        "differences": [_plain_difference(one) for one in comparison.differences],
        "moments": comparison.moments,
    }


def _plain_figures(figures: Figures) -> Mapping[str, Any]:
    return {**asdict(figures), "accuracy": figures.accuracy}


def _plain_difference(one: Difference) -> Mapping[str, Any]:
    sides = {
        side: {"time_s": c.time_s, "line": c.line, "class": c.class_, "direction": c.direction, who: c.who}
        if c
        else None
        for side, c, who in (("true", one.true, "object"), ("counted", one.counted, "track"))
    }
    return {"kind": one.kind, "reason": one.reason, "errors": one.errors, **sides}
