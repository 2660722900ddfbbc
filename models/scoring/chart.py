"""Bars of counted beside true, as an SVG picture: text in, the same text out on every run. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

TRUE_COLOUR: Final = "#3c8c5a"
COUNTED_COLOUR: Final = "#e0822e"
_BAR, _GAP, _HEIGHT, _LEFT, _TOP, _BELOW = 14, 14, 180, 44, 40, 96


@dataclass(frozen=True)
class Bar:
    """A pair of bars.

    Attributes:
        label: What it is about.
        true: How many there truly were.
        counted: How many were counted.
    """

    label: str
    true: int
    counted: int


def bars(title: str, pairs: Sequence[Bar]) -> str:
    """Draw bars.

    Args:
        title: What they show.
        pairs: From left to right.

    Returns:
        An SVG document.
    """
    most = max([1, *(max(pair.true, pair.counted) for pair in pairs)])
    width = max(450, _LEFT + len(pairs) * (2 * _BAR + _GAP) + _GAP)
    size = f'width="{width}" height="{_TOP + _HEIGHT + _BELOW}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11" role="img">',
        f'<title>{escape(title)}</title><rect {size} fill="#ffffff"/>',
        _text(8, 18, title, size=13),
        _key(width - 170, "true", TRUE_COLOUR),
        _key(width - 100, "counted", COUNTED_COLOUR),
        *_grid(most, width),
    ]
    for index, pair in enumerate(pairs):
        x = _LEFT + _GAP + index * (2 * _BAR + _GAP)
        parts += [_bar(x, pair.true, most, TRUE_COLOUR), _bar(x + _BAR, pair.counted, most, COUNTED_COLOUR)]
        y = _TOP + _HEIGHT + 12
        parts.append(
            f'<text x="{x + _BAR}" y="{y}" transform="rotate(-45 {x + _BAR} {y})" text-anchor="end" '
            f'fill="#333333">{escape(pair.label)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _grid(most: int, width: int) -> list[str]:
    parts = []
    for value in sorted({0, most // 2, most}):
        y = _y(value, most)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{width - 8}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{value}</text>')
    return parts


def _y(value: int, most: int) -> float:
    return _TOP + _HEIGHT * (1 - value / most)


def _bar(x: int, value: int, most: int, colour: str) -> str:
    y = _y(value, most)
    return f'<rect x="{x}" y="{y:.1f}" width="{_BAR - 1}" height="{_TOP + _HEIGHT - y:.1f}" fill="{colour}"/>'


def _key(x: int, word: str, colour: str) -> str:
    return f'<rect x="{x}" y="8" width="12" height="12" fill="{colour}"/>' + _text(x + 16, 18, word, size=11)


def _text(x: int, y: int, text: str, *, size: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="#333333">{escape(text)}</text>'
