"""Messages as a gateway's stages make them: not numbered yet."""

from datetime import UTC, datetime, timedelta
from typing import Final

from cityedge.messages import UNNUMBERED_EPOCH, AlertMessage, CountMessage, Crossing, HealthMessage

SITE: Final = "old-town"
GATEWAY: Final = "gw-1"
NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def a_count(minute: int = 0, *, camera: str = "north", people: int = 3) -> CountMessage:
    """What a camera counted in one minute, so many after noon."""
    start = NOON + timedelta(minutes=minute)
    return CountMessage(
        site=SITE,
        gateway=GATEWAY,
        epoch=UNNUMBERED_EPOCH,
        seq=1,
        camera=camera,
        start=start,
        end=start + timedelta(minutes=1),
        observed=1.0,
        frames=840,
        rate_fps=14.0,
        see="ok",
        model="nanodet-m-416",
        config_rev="1",
        crossings=(Crossing(line="mid", class_="person", in_=people, out=0),),
    )


def an_alert(*, rule: str = "camera_offline", minute: int = 0) -> AlertMessage:
    """Something that somebody should know."""
    return AlertMessage(
        site=SITE,
        gateway=GATEWAY,
        epoch=UNNUMBERED_EPOCH,
        seq=1,
        time=NOON + timedelta(minutes=minute),
        source="north",
        rule=rule,
        severity="warning",
        state="raised",
    )


def a_health(*, minute: int = 0) -> HealthMessage:
    """How the gateway is."""
    return HealthMessage(
        site=SITE,
        gateway=GATEWAY,
        epoch=UNNUMBERED_EPOCH,
        seq=1,
        time=NOON + timedelta(minutes=minute),
        version="0.1.0",
        queue_rows=0,
        queue_age_s=0.0,
        disk_free_bytes=10**9,
        memory_bytes=10**8,
    )
