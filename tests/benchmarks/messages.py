"""Messages as a gateway makes them, for the benchmarks of what carries them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from cityedge.classes import CLASSES
from cityedge.messages import UNNUMBERED_EPOCH, CountMessage, Crossing, ZoneUse, with_identity

WINDOWS_A_DAY: Final = 24 * 60
LINES: Final = 2
ZONES: Final = 1
SETTING: Final = f"{LINES} lines, {ZONES} zone, {len(CLASSES)} classes"
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)


def counts(camera: str, number: int, *, site: str = "old-town", gateway: str = "gw-1") -> Iterator[CountMessage]:
    """A camera's windows, one a minute, not yet numbered.

    Args:
        camera: The camera's name.
        number: How many.
        site: The site's name.
        gateway: The gateway's name.

    Yields:
        Messages with figures in every field.
    """
    for minute in range(number):
        start = _BEGIN + timedelta(minutes=minute)
        yield CountMessage(
            site=site,
            gateway=gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            camera=camera,
            start=start,
            end=start + timedelta(minutes=1),
            observed=0.997,
            frames=418 + minute % 3,
            rate_fps=6.98,
            see="ok",
            model="nanodet-m-416@1.1.9",
            config_rev="4f1c2ab09d3e",
            crossings=tuple(
                Crossing(line=f"line-{line}", class_=name, in_=minute % 7, out=minute % 5)
                for line in range(LINES)
                for name in CLASSES
            ),
            zones=tuple(
                ZoneUse(
                    zone=f"zone-{zone}",
                    class_=name,
                    occupancy_mean=1.25 + minute % 9 / 8,
                    occupancy_peak=minute % 6,
                    entries=minute % 4,
                    exits=minute % 4,
                    dwell_p50_s=12.5,
                    dwell_p90_s=48.25,
                    dwell_max_s=61.0,
                )
                for zone in range(ZONES)
                for name in CLASSES
            ),
        )


def numbered(messages: Iterator[CountMessage], *, epoch: str) -> Iterator[CountMessage]:
    """The same with the identity that an outbox would give them."""
    for seq, message in enumerate(messages, 1):
        named = with_identity(message, epoch=epoch, seq=seq)
        assert isinstance(named, CountMessage)
        yield named
