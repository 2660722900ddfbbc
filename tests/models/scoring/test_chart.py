"""Bars of counted beside true."""

import re

from models.scoring.chart import COUNTED_COLOUR, TRUE_COLOUR, Bar, bars


def heights(svg: str, colour: str) -> list[float]:
    return [float(height) for height in re.findall(rf'<rect [^>]*height="([0-9.]+)" fill="{colour}"/>', svg)]


def test_a_bar_is_as_high_as_its_number() -> None:
    svg = bars("Crossings", [Bar("mid car in", 10, 5), Bar("mid car out", 0, 10)])

    # The first of each colour is the key's.
    assert heights(svg, TRUE_COLOUR)[1:] == [180.0, 0.0]
    assert heights(svg, COUNTED_COLOUR)[1:] == [90.0, 180.0]


def test_names_from_outside_cannot_break_the_picture() -> None:
    svg = bars("a < b & c", [Bar("<script>", 1, 1)])

    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg
    assert "a &lt; b &amp; c" in svg


def test_nothing_to_show_is_an_empty_picture() -> None:
    assert heights(bars("Nothing", []), TRUE_COLOUR) == [12.0]
