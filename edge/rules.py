"""Everything that is counted and watched in one camera, laid over frames of one size. No I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cityedge.classes import PERSON
from cityedge.errors import ConfigError
from edge.count.crowding import Crowding
from edge.count.flows import FlowCounter
from edge.count.ground import Ground
from edge.count.heat import HeatGrid
from edge.count.intrusion import Intrusion
from edge.count.lines import LineCounter
from edge.count.speeds import SpeedMeter
from edge.count.stopped import Stopped
from edge.count.wrong_way import WrongWay
from edge.count.zones import ZoneCounter
from edge.settings import (
    CalibrationSettings,
    CameraSettings,
    CrowdingAlarm,
    IntrusionAlarm,
    Point,
    StoppedVehicleAlarm,
    WrongWayAlarm,
)
from edge.types import (
    AlarmChange,
    Frame,
    HeatCell,
    LineCrossing,
    SpeedReading,
    TrackedObject,
    Trip,
    ZoneEvent,
    ZoneSample,
)

SizePx = tuple[int, int]
UNIT: Final[SizePx] = (1, 1)
"""The picture as its shares measure it: areas on the ground are the same at any scale."""


@dataclass(frozen=True)
class Outcome:
    """What one frame led to, or the end of an opening.

    Attributes:
        crossings: Line crossings that were decided at it.
        zones: What was in each zone.
        visits: Who came into a zone and left it, with the zone's name.
        trips: Trips between zones that are over.
        speeds: Of those who crossed lines.
        heat: Where feet stood.
        alarms: Alarms that began or ceased.
    """

    crossings: Sequence[LineCrossing] = ()
    zones: Mapping[str, ZoneSample] = field(default_factory=dict)
    visits: Sequence[tuple[str, ZoneEvent]] = ()
    trips: Sequence[Trip] = ()
    speeds: Sequence[SpeedReading] = ()
    heat: Sequence[HeatCell] = ()
    alarms: Sequence[AlarmChange] = ()

    def after(self, ended: "Outcome") -> "Outcome":
        """The same, with what ended just before in front of it."""
        if not (ended.visits or ended.trips or ended.alarms):
            return self
        return replace(
            self,
            visits=(*ended.visits, *self.visits),
            trips=(*ended.trips, *self.trips),
            alarms=(*ended.alarms, *self.alarms),
        )


class Rules:
    """All rules of one camera, for one opening of its source.

    Args:
        camera: What is counted in it.
        size_px: Width and height of its frames.

    Raises:
        ConfigError: The calibration fixes no ground, or a bound per square metre stands for a zone of which not
            all is ground.
    """

    def __init__(self, camera: CameraSettings, size_px: SizePx) -> None:
        self._size_px = size_px
        self._lines = [LineCounter(line.name, _in_pixels(line.points, size_px)) for line in camera.lines]
        self._zones = [
            ZoneCounter(
                zone.name,
                _in_pixels(zone.points, size_px),
                entry_confirm_s=zone.entry_confirm_s,
                exit_grace_s=zone.exit_grace_s,
            )
            for zone in camera.zones
        ]
        ground = _ground(camera, size_px)
        self._flows = FlowCounter(camera.flows) if camera.flows else None
        self._speeds = SpeedMeter(ground, size_px=size_px) if ground and camera.lines else None
        self._heat = _heat(camera, size_px)
        self._wrong_ways = [WrongWay(alarm) for alarm in camera.alarms if isinstance(alarm, WrongWayAlarm)]
        corners = {zone.name: _in_pixels(zone.points, size_px) for zone in camera.zones}
        self._stopped = [
            Stopped(alarm, corners[alarm.zone])
            for alarm in camera.alarms
            if isinstance(alarm, StoppedVehicleAlarm)
        ]
        self._intrusions = [
            Intrusion(alarm, corners[alarm.zone]) for alarm in camera.alarms if isinstance(alarm, IntrusionAlarm)
        ]
        self._crowds = {
            alarm.zone: _crowding(camera, alarm) for alarm in camera.alarms if isinstance(alarm, CrowdingAlarm)
        }

    def update(self, objects: Sequence[TrackedObject], frame: Frame, *, dt_s: float, blind: bool) -> Outcome:
        """Take in one frame.

        Args:
            objects: Everything tracked in it, of the classes that are counted.
            frame: The frame.
            dt_s: For how long, up to it, frames came; 0 for the first frame after a gap.
            blind: The camera is covered or frozen: no alarm is judged by what it shows.

        Returns:
            What it led to.
        """
        within = [self._within(item) for item in objects]
        crossings = [crossing for line in self._lines for crossing in line.update(objects, frame.time_s)]
        zones, visits = self._enter_and_leave(within, frame.time_s)
        alarms = [change for rule in self._wrong_ways for change in rule.update(crossings)]
        if not blind:
            alarms += self._watch(within, frame, zones)
        return Outcome(
            crossings,
            zones,
            visits,
            self._flows.update(visits, [item.track_id for item in objects], frame.time_s) if self._flows else (),
            self._clock(objects, crossings, frame.time_s),
            self._heat.cells(within, dt_s) if self._heat else (),
            alarms,
        )

    def finish(self, time_s: float) -> Outcome:
        """End all visits, trips and alarms, because the camera stops or was away.

        Args:
            time_s: When, in scene time.

        Returns:
            What that led to.
        """
        rules: list[Stopped | Intrusion | Crowding] = [*self._stopped, *self._intrusions, *self._crowds.values()]
        return Outcome(
            visits=[(zone.name, event) for zone in self._zones for event in zone.finish()],
            trips=self._flows.finish() if self._flows else (),
            alarms=[change for rule in rules for change in rule.finish(time_s)],
        )

    def _enter_and_leave(
        self, within: Sequence[TrackedObject], time_s: float
    ) -> tuple[dict[str, ZoneSample], list[tuple[str, ZoneEvent]]]:
        samples: dict[str, ZoneSample] = {}
        visits: list[tuple[str, ZoneEvent]] = []
        for zone in self._zones:
            samples[zone.name], events = zone.update(within, time_s)
            visits += [(zone.name, event) for event in events]
        return samples, visits

    def _watch(
        self, within: Sequence[TrackedObject], frame: Frame, zones: Mapping[str, ZoneSample]
    ) -> Iterable[AlarmChange]:
        for stopped in self._stopped:
            yield from stopped.update(within, frame.time_s)
        for intrusion in self._intrusions:
            yield from intrusion.update(within, frame.time_s, frame.captured_unix_s)
        for zone, crowding in self._crowds.items():
            yield from crowding.update(zones[zone].present.get(PERSON, 0), frame.time_s)

    def _clock(
        self, objects: Sequence[TrackedObject], crossings: Sequence[LineCrossing], time_s: float
    ) -> Sequence[SpeedReading]:
        if self._speeds is None:
            return ()
        self._speeds.update(objects, time_s)
        readings = [self._speeds.at_crossing(crossing) for crossing in crossings]
        return [reading for reading in readings if reading is not None]

    def _within(self, item: TrackedObject) -> TrackedObject:
        """The same object, its box cut to the picture: who leaves it below stands at its edge."""
        width, height = self._size_px
        left, top, right, bottom = item.box_px
        if left >= 0 and top >= 0 and right <= width and bottom <= height:
            return item
        return item.at((max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom)))


def areas_m2(camera: CameraSettings) -> dict[str, float]:
    """How much ground the zones of a calibrated camera cover.

    Args:
        camera: Its settings.

    Returns:
        By the zone's name; without those that reach beyond the horizon, and empty without a calibration.

    Raises:
        ConfigError: The calibration fixes no ground.
    """
    ground = _ground(camera, UNIT)
    areas = {zone.name: ground.area_m2(zone.points) for zone in camera.zones} if ground else {}
    return {name: area for name, area in areas.items() if area}


def _ground(camera: CameraSettings, size_px: SizePx) -> Ground | None:
    calibration: CalibrationSettings | None = camera.calibration
    if calibration is None:
        return None
    try:
        return Ground(_in_pixels(calibration.picture, size_px), calibration.ground_m)
    except ValueError as error:
        raise ConfigError([f"camera '{camera.name}': calibration: {error}"]) from error


def _crowding(camera: CameraSettings, alarm: CrowdingAlarm) -> Crowding:
    try:
        return Crowding(alarm, areas_m2(camera).get(alarm.zone))
    except ValueError as error:
        raise ConfigError([f"camera '{camera.name}': alarms: crowding at '{alarm.zone}': {error}"]) from error


def _heat(camera: CameraSettings, size_px: SizePx) -> HeatGrid | None:
    if camera.heat is None:
        return None
    width, height = size_px
    return HeatGrid(camera.heat.columns, camera.heat.rows, width_px=width, height_px=height)


def _in_pixels(points: Sequence[Point], size_px: SizePx) -> list[Point]:
    width, height = size_px
    return [(x * width, y * height) for x, y in points]
