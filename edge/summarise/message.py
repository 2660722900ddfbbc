"""What a window has come to: its message. Zeros are written, gaps are left."""

from dataclasses import asdict
from typing import Final

from cityedge.classes import CLASSES, ObjectClass
from cityedge.clock import from_unix_s
from cityedge.messages import (
    UNNUMBERED_EPOCH,
    CountMessage,
    Crossing,
    Flow,
    Heat,
    HeatCell,
    SeeState,
    Speed,
    ZoneUse,
)
from edge.summarise.facts import CameraFacts
from edge.summarise.seen import GAP_S
from edge.summarise.spread import dwell_spread, speed_spread
from edge.summarise.window import Visits, Window

_LEAST_SHARE: Final = 0.0001  # a moment is little, but not nothing: it must not be rounded away
_HEAT_DIGITS: Final = 1


def message_of(window: Window, facts: CameraFacts, *, late: bool) -> CountMessage:
    """What a window has come to.

    Args:
        window: The window.
        facts: Where it comes from.
        late: It was closed long after its end.

    Returns:
        The summary, not yet numbered. Where nothing was watched it has no zeros and no zones, but crossings that
        were proven all the same are in it.
    """
    total_s, watched = window.seen.total_s, window.watched
    see, impaired = _impairment(window)
    return CountMessage(
        site=facts.site,
        gateway=facts.gateway,
        epoch=UNNUMBERED_EPOCH,
        seq=1,
        camera=facts.camera,
        start=from_unix_s(window.start_s),
        end=from_unix_s(window.end_s),
        observed=_share(window.seen.observed_s, window),
        frames=window.frames,
        rate_fps=round(window.frames / total_s, 3) if total_s > 0 else 0.0,
        see=see,
        impaired=impaired,
        model=facts.model,
        config_rev=facts.config_rev,
        late=late,
        crossings=_crossings(window, facts),
        zones=_zones(window, facts) if watched else (),
        flows=_flows(window, facts),
        speeds=_speeds(window, facts),
        heat=_heat(window, facts) if watched else None,
    )


def _share(seconds: float, window: Window) -> float:
    if seconds <= 0:
        return 0.0
    return max(round(min(1.0, seconds / (window.end_s - window.start_s)), 4), _LEAST_SHARE)


def _impairment(window: Window) -> tuple[SeeState, float]:
    """What held longest of all that was not well, and in which share of the window anything did."""
    seconds: dict[SeeState, float] = {s: t for s, t in window.seen.seconds.items() if s != "ok"}
    missing_s = window.end_s - window.start_s - window.seen.total_s
    if missing_s > GAP_S or not window.seen.total_s:
        seconds["offline"] = missing_s
    share = _share(sum(seconds.values()), window)
    return (max(seconds, key=lambda state: seconds[state]) if share else "ok"), share


def _crossings(window: Window, facts: CameraFacts) -> tuple[Crossing, ...]:
    rows = []
    for line in facts.lines:
        for name in facts.classes:
            inward, outward = window.crossings.get((line, CLASSES.index(name)), (0, 0))
            if window.watched or inward or outward:
                rows.append(Crossing(line=line, class_=name, in_=inward, out=outward))
    return tuple(rows)


def _zones(window: Window, facts: CameraFacts) -> tuple[ZoneUse, ...]:
    nobody = Visits()
    return tuple(
        _zone_use(
            zone, name, visits=window.visits.get((zone, CLASSES.index(name)), nobody), window=window, facts=facts
        )
        for zone in facts.zones
        for name in facts.classes
    )


def _zone_use(zone: str, name: ObjectClass, *, visits: Visits, window: Window, facts: CameraFacts) -> ZoneUse:
    dwell = dwell_spread(visits.dwells_s)
    mean = max(0.0, visits.occupancy_s / window.seen.observed_s)  # what is taken back may leave a rounding error
    area_m2 = facts.areas_m2.get(zone) if name == "person" else None
    return ZoneUse(
        zone=zone,
        class_=name,
        occupancy_mean=round(mean, 4),
        occupancy_peak=visits.peak,
        entries=visits.entries,
        exits=len(visits.dwells_s),
        dwell_p50_s=dwell.p50_s,
        dwell_p90_s=dwell.p90_s,
        dwell_max_s=dwell.max_s,
        queue_peak=visits.queue_peak,
        density_mean_per_m2=round(mean / area_m2, 4) if area_m2 else None,
        density_peak_per_m2=round(visits.peak / area_m2, 4) if area_m2 else None,
    )


def _flows(window: Window, facts: CameraFacts) -> tuple[Flow, ...]:
    """Pairs with trips alone: most pairs have none, and ``observed`` tells a zero from a gap."""
    return tuple(
        Flow(from_=origin, to=destination, class_=name, count=count)
        for origin in facts.flows
        for destination in facts.flows
        for name in facts.classes
        if (count := window.trips.get((origin, destination, CLASSES.index(name)), 0))
    )


def _speeds(window: Window, facts: CameraFacts) -> tuple[Speed, ...]:
    return tuple(
        Speed(line=line, class_=name, **asdict(speed_spread(readings)))
        for line in facts.lines
        for name in facts.classes
        if (readings := window.speeds_mps.get((line, CLASSES.index(name))))
    )


def _heat(window: Window, facts: CameraFacts) -> Heat | None:
    if facts.heat is None:
        return None
    rounded = {key: round(seconds, _HEAT_DIGITS) for key, seconds in window.heat_s.items()}
    cells = tuple(
        HeatCell(column=column, row=row, class_=CLASSES[label], present_s=seconds)
        for (column, row, label), seconds in sorted(rounded.items())
        if seconds
    )
    return Heat(columns=facts.heat.columns, rows=facts.heat.rows, cells=cells)
