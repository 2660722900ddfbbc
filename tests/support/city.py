"""A small city in a real store: gateways that count as told, minute by minute, without a broker between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from cityedge.classes import CLASSES, ObjectClass
from cityedge.messages import (
    AlertMessage,
    Books,
    CameraStatus,
    CountMessage,
    Crossing,
    Flow,
    SeeState,
    Speed,
    StatusMessage,
    ZoneUse,
)
from cloud.live import LiveState
from cloud.rows import rows_of
from cloud.types import Entry, Identity, StatusReport, Store

Ways = tuple[int, int]
"""In and out."""


@dataclass
class GatewayInStore:
    """A gateway whose messages go straight into a store.

    Attributes:
        store: Where they go.
        live: What the page also looks at.
        name: The gateway's name.
        site: Its site.
        epoch: Of its outbox.
        seq: The last that was given.
        cameras: How each camera sees, as the next status says.
    """

    store: Store
    live: LiveState
    name: str = "gw-plaza"
    site: str = "centre"
    epoch: str = "e1"
    seq: int = 0
    cameras: dict[str, SeeState] = field(default_factory=dict)

    def count(
        self,
        camera: str,
        start: datetime,
        *,
        lines: Mapping[str, Mapping[ObjectClass, Ways]] | None = None,
        zones: Mapping[str, Mapping[ObjectClass, float]] | None = None,
        window_s: float = 60.0,
        observed: float = 1.0,
        see: SeeState = "ok",
        impaired: float = 0.0,
        flows: Sequence[Flow] = (),
        speeds: Sequence[Speed] = (),
        classes: Sequence[ObjectClass] = CLASSES,
    ) -> CountMessage:
        """Count one window: a row for every class of every line and zone, zeros included.

        Args:
            camera: Which camera.
            start: The window's start.
            lines: Crossings by line and class.
            zones: Mean occupancy by zone and class.
            window_s: Its length.
            observed: The watched share; with 0 there are no counts.
            see: How the camera saw.
            impaired: The share in which it saw so.
            flows: Trips from zone to zone.
            speeds: Over the lines.
            classes: What is counted.

        Returns:
            The message, stored.
        """
        self.seq += 1
        self.cameras[camera] = see
        watched = observed > 0
        message = CountMessage(
            site=self.site,
            gateway=self.name,
            epoch=self.epoch,
            seq=self.seq,
            camera=camera,
            start=start,
            end=start + timedelta(seconds=window_s),
            observed=observed,
            frames=round(observed * window_s * 7),
            rate_fps=7.0 * observed,
            see=see,
            impaired=impaired,
            model="nanodet-m-416",
            config_rev="1",
            crossings=tuple(_crossings(lines or {}, classes)) if watched else (),
            zones=tuple(_uses(zones or {}, classes)) if watched else (),
            flows=tuple(flows),
            speeds=tuple(speeds),
        )
        self.send([message])
        return message

    def alert(
        self,
        source: str,
        at: datetime,
        *,
        rule: str,
        place: str | None = None,
        value: float | None = None,
        state: Literal["raised", "cleared"] = "raised",
    ) -> None:
        """Raise or clear an alert."""
        self.seq += 1
        self._store(
            [
                AlertMessage(
                    site=self.site,
                    gateway=self.name,
                    epoch=self.epoch,
                    seq=self.seq,
                    time=at,
                    source=source,
                    rule=rule,
                    place=place,
                    severity="warning",
                    state=state,
                    value=value,
                    text=f"{rule} at {place or source}",
                )
            ]
        )

    def send(self, messages: Sequence[CountMessage]) -> None:
        """Store messages, and let the live state know as the collector does."""
        self._store(messages)
        self.live.note_counts(messages)

    def _store(self, messages: Sequence[CountMessage | AlertMessage]) -> None:
        entries = [
            Entry(
                Identity(message.site, message.gateway, message.epoch, message.seq),
                message,
                rows_of(message),
                message.end if isinstance(message, CountMessage) else message.time,
            )
            for message in messages
        ]
        self.store.write(entries)

    def say(self, at: datetime, *, online: bool = True, queued: int = 0, produced: int | None = None) -> None:
        """Publish a status; offline is what the broker says when the gateway is gone."""
        made = self.seq + queued if produced is None else produced
        books = Books(epoch=self.epoch, produced=made, held_from=made - queued + 1, queued=queued, expired=0)
        message = StatusMessage(
            site=self.site,
            gateway=self.name,
            online=online,
            time=at,
            version="0.1.0",
            books=books if online else None,
            cameras=tuple(
                CameraStatus(camera=camera, see=see, rate_fps=0.0 if see == "offline" else 7.0)
                for camera, see in self.cameras.items()
            )
            if online
            else (),
        )
        report = StatusReport(message, at)
        if online:
            self.store.save_statuses([report])
        self.live.note_status(report)


def _crossings(
    lines: Mapping[str, Mapping[ObjectClass, Ways]], classes: Sequence[ObjectClass]
) -> "list[Crossing]":
    return [
        Crossing(line=line, class_=class_, in_=counts.get(class_, (0, 0))[0], out=counts.get(class_, (0, 0))[1])
        for line, counts in lines.items()
        for class_ in classes
    ]


def _uses(zones: Mapping[str, Mapping[ObjectClass, float]], classes: Sequence[ObjectClass]) -> "list[ZoneUse]":
    return [
        ZoneUse(
            zone=zone,
            class_=class_,
            occupancy_mean=means.get(class_, 0.0),
            occupancy_peak=round(means.get(class_, 0.0) * 1.5),
            entries=round(means.get(class_, 0.0)),
            exits=round(means.get(class_, 0.0)),
        )
        for zone, means in zones.items()
        for class_ in classes
    ]
