"""The chart of crossings over time, as ECharts options: gaps are gaps, zeros are zeros. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final
from urllib.parse import quote

from cloud.page.bars import Bars, gaps
from cloud.page.formats import number, per, share, span
from cloud.page.palette import OTHER, Palette
from cloud.page.texts import Texts

_LEAST_TOP: Final = 4
"""Crossings up to which the axis reaches at least: a quiet street shall look quiet."""
_FONT: Final = "Roboto, 'Noto Sans', system-ui, sans-serif"
_PAD_PX: Final = 6
_LETTERS_PX: Final = 13
_LETTER_WIDE_PX: Final = 6.8
"""Width of such a letter, on average."""


@dataclass(frozen=True)
class Style:
    """How a visitor reads.

    Attributes:
        texts: In which language.
        zone: In which time zone.
        palette: On which ground.
        width_px: How wide the chart is, more or less; words that do not fit are left out.
        scale: Size of letters against the usual one: a wall's are larger.
    """

    texts: Texts
    zone: tzinfo
    palette: Palette
    width_px: float
    scale: float = 1.0

    def font(self, size_px: float, colour: str) -> dict[str, Any]:
        """Letters of a usual size and a colour, as ECharts wants it."""
        return {"color": colour, "fontFamily": _FONT, "fontSize": round(size_px * self.scale)}

    def px(self, length_px: float) -> int:
        """A usual length at this scale."""
        return round(length_px * self.scale)


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
    text = style.font(_LETTERS_PX, palette.soft)
    left, right = style.px(50), style.px(12)
    return {
        "animation": False,
        "textStyle": {"fontFamily": _FONT},
        "aria": {"enabled": True, "label": {"description": texts("chart_aria")}},
        "grid": [
            {"left": left, "right": right, "top": style.px(40), "bottom": style.px(56)},
            {"left": left, "right": right, "height": style.px(10), "bottom": style.px(10)},
        ],
        "legend": _legend(shown, style),
        "graphic": _strip_label(style),
        "tooltip": _tooltip(style),
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
            _impaired_series(shown, bucket_s, style),
        ],
    }


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _middle_ms(shown: Bars, nth: int, bucket_s: int) -> int:
    return _ms(shown.times[nth]) + bucket_s * 500


def _legend(shown: Bars, style: Style) -> dict[str, Any]:
    texts = style.texts
    names = [texts.name("class", class_) for class_ in shown.counts]
    items: list[dict[str, Any]] = [{"name": name, "icon": "roundRect"} for name in names]
    items.append({"name": texts("chart_nobody"), "icon": "rect"})
    hatched = {"color": _hatched(style.palette)}
    items.append({"name": texts("gap_legend"), "icon": "roundRect", "itemStyle": hatched})
    if any(shown.impaired):
        items.append({"name": texts("impaired_legend"), "icon": "roundRect"})
    return {
        "type": "scroll",
        "top": 0,
        "left": style.px(40),
        "right": 0,
        "itemWidth": style.px(14),
        "itemHeight": style.px(10),
        "itemGap": style.px(16),
        "textStyle": style.font(_LETTERS_PX, style.palette.ink),
        "data": items,
    }


def _strip_label(style: Style) -> dict[str, Any]:
    font = f"{style.px(11)}px {_FONT}"
    words = {"text": style.texts("strip"), "fill": style.palette.soft, "font": font}
    return {"type": "text", "left": 0, "bottom": style.px(9), "silent": True, "style": words}


def _tooltip(style: Style) -> dict[str, Any]:
    palette = style.palette
    return {
        "trigger": "axis",
        "axisPointer": {"type": "line", "lineStyle": {"color": palette.soft}},
        "backgroundColor": palette.ground,
        "borderColor": palette.line,
        "textStyle": style.font(_LETTERS_PX + 1, palette.ink),
        "confine": True,
        ":formatter": "cityedge.tooltip",
    }


def _time_axis(begin_ms: int, end_ms: int, palette: Palette, *, label: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "time",
        "min": begin_ms,
        "max": end_ms,
        "axisLine": {"show": bool(label.get("show", True)), "lineStyle": {"color": palette.soft}},
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
        "name": style.texts("chart_unit", bucket=per(bucket_s, style.texts.language)),
        "nameLocation": "middle",
        "nameGap": style.px(34),
        "nameTextStyle": style.font(_LETTERS_PX, palette.soft),
        "splitNumber": 4,
        "splitLine": {"lineStyle": {"color": palette.line}},
        "axisLabel": style.font(_LETTERS_PX, palette.soft),
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
        "name": style.texts.name("class", class_),
        "stack": "crossings",
        "barCategoryGap": "22%",
        "barMaxWidth": style.px(40),
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
    width = max(3, round(style.width_px / len(shown.times) * 0.6))
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
    px_per_s = style.width_px / (bucket_s * len(shown.times))
    areas = []
    for gap in gaps(shown, bucket_s=bucket_s):
        words = texts.name("gap", gap.reason)
        room_px = (gap.end - gap.start).total_seconds() * px_per_s
        label = fitting(words, room_px=room_px / style.scale)
        begin = {"xAxis": _ms(gap.start), "name": label or words, "label": {"show": label is not None}}
        areas.append([begin, {"xAxis": _ms(gap.end)}])
    return {
        "type": "line",
        "name": texts("gap_legend"),
        "color": palette.gap,
        "data": [],
        "markArea": {
            "silent": True,
            "itemStyle": {"color": _hatched(palette)},
            "label": {
                "position": "inside",
                "lineHeight": style.px(17),
                **style.font(_LETTERS_PX, palette.ink),
                "backgroundColor": palette.ground,
                "padding": [3, _PAD_PX],
                "borderRadius": 4,
            },
            "data": areas,
        },
    }


def fitting(words: str, *, room_px: float) -> str | None:
    """Words on one line or on two, whichever fits; None where neither does.

    Args:
        words: What a label says.
        room_px: The width that it has, at the usual size of letters.

    Returns:
        The label's text.
    """
    parts = words.split(" ")
    halves = (" ".join(parts[:nth]) + "\n" + " ".join(parts[nth:]) for nth in range(1, len(parts)))
    for text in (words, min(halves, key=_widest, default=words)):
        if _widest(text) * _LETTER_WIDE_PX + 2 * _PAD_PX <= room_px:
            return text
    return None


def _widest(text: str) -> int:
    return max(map(len, text.split("\n")))


def _hatched(palette: Palette) -> dict[str, str]:
    """A filling of slanting lines."""
    lines = "M-2 2l4-4M0 8l8-8M6 10l4-4"
    tile = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">'
        f'<path d="{lines}" stroke="{palette.gap}" stroke-width="1.2" fill="none"/></svg>'
    )
    return {"image": "data:image/svg+xml," + quote(tile), "repeat": "repeat"}


def _watched_series(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    """The strip below the chart: how much of each bucket was watched."""
    return {
        "type": "bar",
        "name": "watched",
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "barCategoryGap": "0%",
        "silent": True,
        "itemStyle": {"color": style.palette.watched},
        "showBackground": True,
        "backgroundStyle": {"color": style.palette.line},
        "data": [
            [_middle_ms(shown, nth, bucket_s), completeness] for nth, completeness in enumerate(shown.completeness)
        ],
    }


def _impaired_series(shown: Bars, bucket_s: int, style: Style) -> dict[str, Any]:
    """In the strip, over it: how much of each bucket was watched by a camera that did not see well."""
    return {
        "type": "bar",
        "name": style.texts("impaired_legend"),
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "barCategoryGap": "0%",
        "barGap": "-100%",
        "silent": True,
        "itemStyle": {"color": style.palette.impaired},
        "data": [[_middle_ms(shown, nth, bucket_s), shown.seen_badly(nth)] for nth in range(len(shown.times))],
    }


def _words(shown: Bars, nth: int, bucket_s: int, style: Style) -> list[str]:
    texts, start = style.texts, shown.times[nth]
    end = datetime.fromtimestamp(start.timestamp() + bucket_s, start.tzinfo)
    watched = texts("watched", share=share(shown.completeness[nth], texts.language))
    lines = [f"{span(start, end, style.zone)} · {watched}"]
    reason = shown.reasons[nth]
    if reason is not None:
        lines.append(texts("gap_reason", reason=texts.name("gap", reason)))
    impairment = shown.impairments[nth]
    if impairment is not None and impairment != reason:
        badly = share(shown.impaired[nth], texts.language)
        lines.append(texts("impaired_reason", share=badly, reason=texts.name("gap", impairment)))
    total = shown.total(nth)
    if total is not None:
        lines.append(f"{texts('total')}: {number(total, texts.language)}")
    return lines
