"""Messages as rows of the data model (``docs/data-model.md``). Pure.

A watched window has a row for every configured line, zone and class, zeros included; a window that was not
watched has its ``camera`` row alone, which says why.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cityedge.messages import (
    AlertMessage,
    CountMessage,
    Crossing,
    HealthMessage,
    SequencedMessage,
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
    }
    return Row("camera", start, place, fields)


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
    if use.dwell_p50_s is not None:
        fields["dwell_p50_s"] = float(use.dwell_p50_s)
    if use.dwell_p90_s is not None:
        fields["dwell_p90_s"] = float(use.dwell_p90_s)
    if use.dwell_max_s is not None:
        fields["dwell_max_s"] = float(use.dwell_max_s)
    return Row("zone", start, {**place, "zone": use.zone, "class": use.class_}, fields)


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
