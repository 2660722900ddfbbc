"""What the golden examples in ``cityedge/examples`` are read as, for ever: lines are added, never edited."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from cityedge.messages import (
    AlertMessage,
    Books,
    CameraStatus,
    CountMessage,
    Crossing,
    ExpiredMessage,
    HealthMessage,
    Message,
    StatusMessage,
    StoredMessage,
    ZoneUse,
)

_EPOCH: Final = "20261122T053012Z-4be1c7"
_VERSION: Final = "0.1.0"


def _at(hour: int, minute: int, second: float = 0.0) -> datetime:
    whole = int(second)
    return datetime(2026, 11, 22, hour, minute, whole, round((second - whole) * 1e6), UTC)


COUNT: Final = CountMessage(
    site="tran-phu",
    gateway="box-7",
    epoch=_EPOCH,
    seq=1842,
    camera="north-gate",
    start=_at(6, 30),
    end=_at(6, 31),
    observed=1.0,
    frames=898,
    rate_fps=14.97,
    see="ok",
    model="nanodet-m-416@1.1.9",
    config_rev="9f2c61d08ab3",
    crossings=(
        Crossing(line="kerb", class_="person", in_=7, out=4),
        Crossing(line="kerb", class_="motorcycle", in_=0, out=0),
    ),
    zones=(
        ZoneUse(
            zone="waiting",
            class_="person",
            occupancy_mean=2.41,
            occupancy_peak=5,
            entries=6,
            exits=5,
            dwell_p50_s=18.2,
            dwell_p90_s=41.0,
            dwell_max_s=55.6,
            queue_peak=0,
        ),
        ZoneUse(
            zone="waiting",
            class_="motorcycle",
            occupancy_mean=0.0,
            occupancy_peak=0,
            entries=0,
            exits=0,
        ),
    ),
)

EXPECTED: Final[Mapping[str, Message]] = {
    "count.v1.json": COUNT,
    "count.unwatched.v1.json": CountMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1843,
        camera="north-gate",
        start=_at(6, 31),
        end=_at(6, 32),
        observed=0.0,
        frames=0,
        rate_fps=0.0,
        see="offline",
        model="nanodet-m-416@1.1.9",
        config_rev="9f2c61d08ab3",
    ),
    "count.late.v1.json": CountMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=3,
        camera="north-gate",
        start=_at(5, 30),
        end=_at(5, 31),
        observed=0.62,
        frames=556,
        rate_fps=14.95,
        see="dark",
        model="nanodet-m-416@1.1.9",
        config_rev="9f2c61d08ab3",
        late=True,
        crossings=(Crossing(line="kerb", class_="person", in_=0, out=0),),
    ),
    "alert.v1.json": AlertMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1844,
        time=_at(6, 31, 12.25),
        source="north-gate",
        rule="camera_offline",
        severity="warning",
        state="raised",
        text="source rtsp://192.0.2.20:554/stream1: silent for 10 s",
    ),
    "alert.cleared.v1.json": AlertMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1847,
        time=_at(6, 32, 3.5),
        source="north-gate",
        rule="camera_offline",
        severity="warning",
        state="cleared",
    ),
    "health.v1.json": HealthMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1845,
        time=_at(6, 31, 30),
        version=_VERSION,
        queue_rows=2,
        queue_age_s=28.4,
        disk_free_bytes=21_474_836_480,
        memory_bytes=187_695_104,
        temp_c=58.5,
        clock_offset_s=-0.004,
    ),
    "health.bare.v1.json": HealthMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1846,
        time=_at(6, 32, 30),
        version=_VERSION,
        queue_rows=0,
        queue_age_s=0.0,
        disk_free_bytes=21_474_836_480,
        memory_bytes=187_695_104,
    ),
    "expired.v1.json": ExpiredMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=52_001,
        time=_at(23, 0),
        reason="age",
        ranges=((17, 17), (20, 1841)),
    ),
    "status.v1.json": StatusMessage(
        site="tran-phu",
        gateway="box-7",
        online=True,
        time=_at(6, 32, 10),
        version=_VERSION,
        books=Books(epoch=_EPOCH, produced=1847, held_from=1846, queued=2, expired=0),
        cameras=(
            CameraStatus(camera="north-gate", see="ok", rate_fps=14.97),
            CameraStatus(camera="south-gate", see="offline", rate_fps=0.0),
        ),
    ),
    "status.will.v1.json": StatusMessage(
        site="tran-phu",
        gateway="box-7",
        online=False,
        time=_at(5, 30, 14),
        version=_VERSION,
    ),
    "stored.v1.json": StoredMessage(
        site="tran-phu",
        gateway="box-7",
        epoch=_EPOCH,
        seq=1845,
        time=_at(6, 32, 4.125),
    ),
}
