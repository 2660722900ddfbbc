"""Messages as rows of the data model (``docs/data-model.md``). Pure.

A watched window has a row for every configured line, zone and class, zeros included; a window that was not
watched has its ``camera`` row alone, which says why. Trips, speeds and heat have rows only where there were some.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cityedge.messages import (
    AlertMessage,
    CountMessage,
    Crossing,
    Flow,
    HealthMessage,
    Heat,
    SequencedMessage,
    Speed,
    ZoneUse,
)
from cloud.types import FieldValue, Row


def rows_of(message: SequencedMessage) -> Sequence[Row]:
    """The rows that a message becomes.

    Args:
        message: Any message with an identity.

    Returns:
        Its rows; none for a message that only keeps the books.
    """
    if isinstance(message, CountMessage):
        return _count_rows(message)
    if isinstance(message, AlertMessage):
        return [_alert_row(message)]
    if isinstance(message, HealthMessage):
        return [_gateway_row(message)]
    return []


def _count_rows(message: CountMessage) -> Sequence[Row]:
    start = message.start
    place = {"site": message.site, "gateway": message.gateway, "camera": message.camera}
    return [
        _camera_row(message, start, place),
        *(_crossing_row(crossing, start, place) for crossing in message.crossings),
        *(_zone_row(use, start, place) for use in message.zones),
        *(_flow_row(flow, start, place) for flow in message.flows),
        *(_speed_row(speed, start, place) for speed in message.speeds),
        *(_heat_rows(message.heat, start, place) if message.heat else ()),
    ]


def _camera_row(message: CountMessage, start: datetime, place: Mapping[str, str]) -> Row:
    window_s = (message.end - message.start).total_seconds()
    fields: dict[str, FieldValue] = {
        "observed": float(message.observed),
        "observed_s": message.observed * window_s,
        "window_s": window_s,
        "frames": message.frames,
        "rate_fps": float(message.rate_fps),
        "see": message.see,
        "model": message.model,
        "config_rev": message.config_rev,
        "late": message.late,
        "seq": message.seq,
        "impaired": float(_impaired(message)),
        "impaired_s": _impaired(message) * window_s,
    }
    return Row("camera", start, place, fields)


def _impaired(message: CountMessage) -> float:
    """The share of the window in which ``see`` was not ``ok``.

    A gateway that is older than the field says none of it: then what was not observed is known to be.
    """
    if message.see == "ok" or message.impaired:
        return message.impaired
    return 1.0 - message.observed


def _crossing_row(crossing: Crossing, start: datetime, place: Mapping[str, str]) -> Row:
    tags = {**place, "line": crossing.line, "class": crossing.class_}
    return Row("crossing", start, tags, {"in": crossing.in_, "out": crossing.out})


def _zone_row(use: ZoneUse, start: datetime, place: Mapping[str, str]) -> Row:
    fields: dict[str, FieldValue] = {
        "occupancy_mean": float(use.occupancy_mean),
        "occupancy_peak": float(use.occupancy_peak),
        "entries": use.entries,
        "exits": use.exits,
        "queue_peak": float(use.queue_peak),
    }
    fields |= _known(
        dwell_p50_s=use.dwell_p50_s,
        dwell_p90_s=use.dwell_p90_s,
        dwell_max_s=use.dwell_max_s,
        density_mean_per_m2=use.density_mean_per_m2,
        density_peak_per_m2=use.density_peak_per_m2,
    )
    return Row("zone", start, {**place, "zone": use.zone, "class": use.class_}, fields)


def _flow_row(flow: Flow, start: datetime, place: Mapping[str, str]) -> Row:
    tags = {**place, "from": flow.from_, "to": flow.to, "class": flow.class_}
    return Row("flow", start, tags, {"count": flow.count})


def _speed_row(speed: Speed, start: datetime, place: Mapping[str, str]) -> Row:
    fields: dict[str, FieldValue] = {
        "mean_mps": float(speed.mean_mps),
        "p85_mps": float(speed.p85_mps),
        "count": speed.count,
    }
    return Row("speed", start, {**place, "line": speed.line, "class": speed.class_}, fields)


def _heat_rows(heat: Heat, start: datetime, place: Mapping[str, str]) -> Sequence[Row]:
    return [
        Row(
            "heat",
            start,
            {**place, "cell": f"x{cell.column:02}y{cell.row:02}", "class": cell.class_},
            {"present_s": float(cell.present_s), "columns": heat.columns, "rows": heat.rows},
        )
        for cell in heat.cells
    ]


def _alert_row(message: AlertMessage) -> Row:
    tags = {
        "site": message.site,
        "gateway": message.gateway,
        "source": message.source,
        "rule": message.rule,
        "severity": message.severity,
    }
    fields: dict[str, FieldValue] = {
        "state": message.state,
        "text": message.text,
        **_known(value=message.value),
        **({"place": message.place} if message.place is not None else {}),
    }
    return Row("alert", message.time, tags, fields)


def _gateway_row(message: HealthMessage) -> Row:
    fields: dict[str, FieldValue] = {
        "version": message.version,
        "queue_rows": float(message.queue_rows),
        "queue_age_s": float(message.queue_age_s),
        "disk_free_bytes": float(message.disk_free_bytes),
        "memory_bytes": float(message.memory_bytes),
        **_known(temp_c=message.temp_c, clock_offset_s=message.clock_offset_s),
    }
    tags = {"site": message.site, "gateway": message.gateway}
    return Row("gateway", message.time, tags, fields)


def _known(**values: float | None) -> dict[str, FieldValue]:
    return {name: float(value) for name, value in values.items() if value is not None}
