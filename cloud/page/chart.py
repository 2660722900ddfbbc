"""The chart of crossings over time, as ECharts options: gaps are gaps, zeros are zeros. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final
from urllib.parse import quote

from cloud.page.bars import Bars, gaps
from cloud.page.formats import duration, number, share, span
from cloud.page.palette import OTHER, Palette
from cloud.page.texts import Texts

_LEAST_TOP: Final = 4
"""Crossings up to which the axis reaches at least: a quiet street shall look quiet."""
_FONT: Final = "Roboto, 'Noto Sans', system-ui, sans-serif"
_LABELLED_FROM: Final = 0.05
"""A gap as wide as this share of the chart has room for its reason in words."""


@dataclass(frozen=True)
class Style:
    """How a visitor reads.

    Attributes:
        texts: In which language.
        zone: In which time zone.
        palette: On which ground.
    """

    texts: Texts
    zone: tzinfo
    palette: Palette


def options(shown: Bars, *, bucket_s: int, style: Style) -> dict[str, Any]:
    """The chart.

    Args:
        shown: What to draw.
        bucket_s: Length of a bucket in seconds.
        style: For whom.

    Returns:
        ECharts options, JSON throughout but for the tooltip's formatter, which ``page.js`` holds.
    """
    palette, texts = style.palette, style.texts
    begin_ms = _ms(shown.times[0])
    end_ms = _ms(shown.times[-1]) + bucket_s * 1000
    text = {"color": palette.soft, "fontFamily": _FONT, "fontSize": 13}
    return {
        "animation": False,
        "textStyle": {"fontFamily": _FONT},
        "aria": {"enabled": True, "label": {"description": texts("chart_aria")}},
        "grid": [
            {"left": 48, "right": 12, "top": 40, "bottom": 56},
            {"left": 48, "right": 12, "height": 10, "bottom": 10},
        ],
        "legend": _legend(shown, style),
        "tooltip": _tooltip(palette),
        "xAxis": [
            _time_axis(begin_ms, end_ms, palette, label={**text, "formatter": "{HH}:{mm}", "hideOverlap": True}),
            _time_axis(begin_ms, end_ms, palette, label={"show": False}) | {"gridIndex": 1},
        ],
        "yAxis": [_count_axis(shown, bucket_s, style), _share_axis(style)],
        "series": [
            *(_class_series(shown, class_, bucket_s, style) for class_ in shown.counts),
            _nobody_series(shown, bucket_s, style),
            _gap_series(shown, bucket_s, style),
            _watched_series(shown, bucket_s, style),
        ],
    }


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _middle_ms(shown: Bars, nth: int, bucket_s: int) -> int:
    return _ms(shown.times[nth]) + bucket_s * 500


def _legend(shown: Bars, style: Style) -> dict[str, Any]:
    texts = style.texts
    names = [texts(f"class_{class_}") for class_ in shown.counts]
    items = [{"name": name, "icon": "roundRect"} for name in names]
    items.append({"name": texts("chart_nobody"), "icon": "rect"})
    items.append({"name": texts("gap_legend"), "icon": "rect"})
    return {
        "type": "scroll",
        "top": 0,
        "left": 40,
        "right": 0,
        "itemWidth": 14,
        "itemHeight": 10,
        "itemGap": 16,
        "textStyle": {"color": style.palette.ink, "fontFamily": _FONT, "fontSize": 13},
        "data": items,
    }


def _tooltip(palette: Palette) -> dict[str, Any]:
    return {
        "trigger": "axis",
        "axisPointer": {"type": "line", "lineStyle": {"color": palette.soft}},
        "backgroundColor": palette.ground,
        "borderColor": palette.line,
        "textStyle": {"color": palette.ink, "fontFamily": _FONT, "fontSize": 14},
        "confine": True,
        ":formatter": "cityedge.tooltip",
    }


def _time_axis(begin_ms: int, end_ms: int, palette: Palette, *, label: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "time",
        "min": begin_ms,
        "max": end_ms,
        "axisLine": {"lineStyle": {"color": palette.soft}},
        "axisTick": {"show": bool(label.get("show", True))},
        "splitLine": {"show": False},
        "axisLabel": dict(label),
    }


def _count_axis(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    palette = style.palette
    top = max((shown.total(nth) or 0 for nth in range(len(shown.times))), default=0)
    axis: dict[str, Any] = {
        "type": "value",
        "min": 0,
        "minInterval": 1,
        "name": style.texts("chart_unit", bucket=duration(bucket_s, style.texts.language)),
        "nameLocation": "middle",
        "nameGap": 34,
        "nameTextStyle": {"color": palette.soft, "fontFamily": _FONT, "fontSize": 13},
        "splitNumber": 4,
        "splitLine": {"lineStyle": {"color": palette.line}},
        "axisLabel": {"color": palette.soft, "fontFamily": _FONT, "fontSize": 13},
    }
    return axis | ({"max": _LEAST_TOP} if top < _LEAST_TOP else {})


def _share_axis(style: Style) -> dict[str, Any]:
    return {
        "type": "value",
        "gridIndex": 1,
        "min": 0,
        "max": 1,
        "show": False,
        "name": style.texts("watched", share=""),
    }


def _class_series(shown: Bars, class_: str, bucket_s: int, style: Style) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": style.texts(f"class_{class_}"),
        "stack": "crossings",
        "barCategoryGap": "22%",
        "itemStyle": {
            "color": style.palette.classes.get(class_, OTHER),
            "borderColor": style.palette.ground,
            "borderWidth": 0.5,
        },
        "emphasis": {"focus": "none"},
        "data": [[_middle_ms(shown, nth, bucket_s), count] for nth, count in enumerate(shown.counts[class_])],
    }


def _nobody_series(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    """A dash on the ground line where somebody watched and nobody came. Its items carry the tooltip's words."""
    width = max(3, round(700 / max(1, len(shown.times)) * 0.6))
    return {
        "type": "scatter",
        "name": style.texts("chart_nobody"),
        "symbol": "rect",
        "symbolSize": [width, 4],
        "symbolOffset": [0, -2],
        "itemStyle": {"color": style.palette.soft, "opacity": 1},
        "silent": True,
        "data": [
            {
                "value": [_middle_ms(shown, nth, bucket_s), 0 if shown.total(nth) == 0 else None],
                "words": _words(shown, nth, bucket_s, style),
            }
            for nth in range(len(shown.times))
        ],
    }


def _gap_series(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    palette, texts = style.palette, style.texts
    width_s = bucket_s * len(shown.times)
    areas = []
    for gap in gaps(shown, bucket_s=bucket_s):
        wide = (gap.end - gap.start).total_seconds() >= _LABELLED_FROM * width_s
        begin = {"xAxis": _ms(gap.start), "name": texts(f"gap_{gap.reason}"), "label": {"show": wide}}
        areas.append([begin, {"xAxis": _ms(gap.end)}])
    return {
        "type": "line",
        "name": texts("gap_legend"),
        "color": palette.gap,
        "data": [],
        "markArea": {
            "silent": True,
            "itemStyle": {"color": {"image": _hatch(palette.gap), "repeat": "repeat"}},
            "label": {
                "position": "inside",
                "color": palette.ink,
                "fontFamily": _FONT,
                "fontSize": 13,
                "backgroundColor": palette.ground,
                "padding": [3, 6],
                "borderRadius": 4,
            },
            "data": areas,
        },
    }


def _hatch(colour: str) -> str:
    """A tile of slanting lines, as a picture's address."""
    lines = "M-2 2l4-4M0 8l8-8M6 10l4-4"
    tile = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">'
        f'<path d="{lines}" stroke="{colour}" stroke-width="1.2" fill="none"/></svg>'
    )
    return "data:image/svg+xml," + quote(tile)


def _watched_series(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    """The strip below the chart: how much of each bucket was watched."""
    return {
        "type": "bar",
        "name": "watched",
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "barCategoryGap": "0%",
        "silent": True,
        "itemStyle": {"color": style.palette.soft, "opacity": 0.75},
        "data": [
            [_middle_ms(shown, nth, bucket_s), completeness] for nth, completeness in enumerate(shown.completeness)
        ],
    }


def _words(shown: Bars, nth: int, bucket_s: int, style: Style) -> list[str]:
    texts, start = style.texts, shown.times[nth]
    end = datetime.fromtimestamp(start.timestamp() + bucket_s, start.tzinfo)
    watched = texts("watched", share=share(shown.completeness[nth], texts.language))
    lines = [f"{span(start, end, style.zone)} · {watched}"]
    reason = shown.reasons[nth]
    if reason is not None:
        lines.append(texts("gap_reason", reason=texts(f"gap_{reason}")))
    total = shown.total(nth)
    if total is not None:
        lines.append(f"{texts('total')}: {number(total, texts.language)}")
    return lines
