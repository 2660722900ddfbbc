"""Plans who comes: a mix of traffic becomes flows, one for each lane and one for each thing that people do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.camera import Camera, Ground
from simulators.street.layout import CROSSERS_PER_MINUTE, LANES, Lane, lane_named
from simulators.street.mix import Against, Dithering, Gathering, Mix
from simulators.street.plans import Flow, Plan, Planner
from simulators.street.ways import crosser_way, lane_way, round_trip

_SPEED_MPS: Final[dict[ObjectClass, tuple[float, float]]] = {
    "person": (1.1, 1.6),
    "bicycle": (3.2, 4.6),
    "motorcycle": (5.0, 8.0),
    "car": (5.5, 9.0),
    "bus": (5.0, 7.5),
    "truck": (5.0, 8.0),
}
_LOOKS: Final = 40  # seeds of looks per class: enough that a street does not repeat itself at a glance
_SWAYING: Final = ("bicycle", "motorcycle")
_CHILD: Final = (0.66, 0.78)  # statures
_COMPANION_M: Final = 0.45  # how far apart those walk who walk together, both along the street and across it
_COMPANION_S: Final = (0.15, 0.75)  # how much later the next of them comes


def flows_of(mix: Mix, camera: Camera) -> list[Flow]:
    """All flows of a street.

    Args:
        mix: What its traffic is made of.
        camera: Out of whose picture everybody comes.

    Returns:
        The lanes' flows, those who cross the road, then those who do something else.
    """
    flows = [_lane_flow(lane, mix, camera) for lane in LANES]
    flows.append(
        Flow(CROSSERS_PER_MINUTE * mix.rates.crossing, _on_foot(mix, lambda rng: crosser_way(rng, camera)))
    )
    flows = [replace(flow, per_minute=flow.per_minute * mix.density) for flow in flows]
    flows += [Flow(rule.per_minute, _ditherer(rule, camera)) for rule in mix.dithering]
    flows += [Flow(rule.per_minute, _gatherer(rule, camera)) for rule in mix.gathering]
    flows += [Flow(rule.per_minute, _contrary(rule, camera)) for rule in mix.against]
    return flows


def _lane_flow(lane: Lane, mix: Mix, camera: Camera) -> Flow:
    kinds = [kind for kind, _ in lane.per_minute]
    rates = np.array([rate * float(getattr(mix.rates, kind)) for kind, rate in lane.per_minute])
    total = float(rates.sum())

    def plan(rng: np.random.Generator) -> tuple[Plan, ...]:
        kind = kinds[int(rng.choice(len(kinds), p=rates / total))]
        look_seed = int(rng.integers(_LOOKS))
        speed_mps = float(rng.uniform(*_SPEED_MPS[kind]))
        points = lane_way(lane, kind, look_seed, camera)
        if mix.spread_m and kind in _SWAYING:
            points = _aside(points, (0.0, float(rng.uniform(-mix.spread_m, mix.spread_m))))
        one = Plan(kind, points, speed_mps, look_seed)
        return _with_company(_halted(one, lane, mix, camera, rng), mix, rng)

    return Flow(total, plan)


def _on_foot(mix: Mix, way: Callable[[np.random.Generator], tuple[Ground, ...]]) -> Planner:
    def plan(rng: np.random.Generator) -> tuple[Plan, ...]:
        look_seed = int(rng.integers(_LOOKS))
        speed_mps = float(rng.uniform(*_SPEED_MPS["person"]))
        return _with_company(Plan("person", way(rng), speed_mps, look_seed), mix, rng)

    return plan


def _halted(one: Plan, lane: Lane, mix: Mix, camera: Camera, rng: np.random.Generator) -> Plan:
    """The plan, with a stop on the way where a rule says so; the first rule that applies."""
    for rule in mix.halting:
        if one.kind not in rule.classes or lane.name not in rule.lanes or rng.random() >= rule.share:
            continue
        start, end = one.points
        x = rule.at_x + float(rng.uniform(-rule.spread_x, rule.spread_x))
        halt = Ground((x - 0.5) * 2 * camera.reach_m(start.depth_m), start.depth_m)
        stand_s = max(0.01, float(rng.uniform(*rule.for_s)))
        return replace(one, points=(start, halt, end), stands_s=(0.0, stand_s, 0.0), brake_m=rule.brake_m)
    return one


def _with_company(one: Plan, mix: Mix, rng: np.random.Generator) -> tuple[Plan, ...]:
    """A pedestrian as a child or not, alone or with others; vehicles are always alone."""
    if one.kind != "person":
        return (one,)
    first = _aged(one, mix, rng)
    if mix.groups is None or rng.random() >= mix.groups.share:
        return (first,)
    company = [first]
    for index in range(1, int(rng.integers(mix.groups.size[0], mix.groups.size[1] + 1))):
        aside_m = _COMPANION_M * (1 if index % 2 else -1) * ((index + 1) // 2)
        after_s = one.after_s + float(rng.uniform(*_COMPANION_S)) * index
        other = replace(
            one,
            points=_aside(one.points, (aside_m, aside_m)),
            look_seed=int(rng.integers(_LOOKS)),
            after_s=after_s,
        )
        company.append(_aged(other, mix, rng))
    return tuple(company)


def _aged(one: Plan, mix: Mix, rng: np.random.Generator) -> Plan:
    if mix.children and rng.random() < mix.children:
        return replace(one, stature=float(rng.uniform(*_CHILD)))
    return one


def _aside(points: tuple[Ground, ...], by_m: tuple[float, float]) -> tuple[Ground, ...]:
    return tuple(Ground(point.x_m + by_m[0], point.depth_m + by_m[1]) for point in points)


def _ditherer(rule: Dithering, camera: Camera) -> Planner:
    """Somebody who walks up to a column, steps to and fro about it, and goes on or back."""
    lanes = [lane_named(name) for name in rule.lanes]

    def plan(rng: np.random.Generator) -> tuple[Plan, ...]:
        lane = lanes[int(rng.integers(len(lanes)))]
        look_seed = int(rng.integers(_LOOKS))
        start, end = lane_way(lane, "person", look_seed, camera)
        ahead = 1 if end.x_m > start.x_m else -1
        middle_m = (rule.at_x - 0.5) * 2 * camera.reach_m(start.depth_m)
        steps = int(rng.integers(rule.turns[0], rule.turns[1] + 1))
        turns = [
            Ground(middle_m + ahead * (-1) ** step * float(rng.uniform(*rule.reach_m)), start.depth_m)
            for step in range(steps)
        ]
        stands_s = (0.0, *(float(rng.uniform(*rule.for_s)) for _ in turns), 0.0)
        last = start if rng.random() < rule.back else end
        speed_mps = float(rng.uniform(*_SPEED_MPS["person"]))
        return (Plan("person", (start, *turns, last), speed_mps, look_seed, stands_s),)

    return plan


def _gatherer(rule: Gathering, camera: Camera) -> Planner:
    """Somebody who comes to a spot in an area, stands there, and leaves by either side."""
    (left, top), (right, bottom) = rule.corners

    def plan(rng: np.random.Generator) -> tuple[Plan, ...]:
        look_seed = int(rng.integers(_LOOKS))
        points = round_trip(rng, camera, x=float(rng.uniform(left, right)), y=float(rng.uniform(top, bottom)))
        speed_mps = float(rng.uniform(*_SPEED_MPS["person"]))
        return (Plan("person", points, speed_mps, look_seed, (0.0, float(rng.uniform(*rule.for_s)), 0.0)),)

    return plan


def _contrary(rule: Against, camera: Camera) -> Planner:
    lane = lane_named(rule.lane)

    def plan(rng: np.random.Generator) -> tuple[Plan, ...]:
        look_seed = int(rng.integers(_LOOKS))
        points = lane_way(lane, rule.kind, look_seed, camera)[::-1]
        speed_mps = float(rng.uniform(*_SPEED_MPS[rule.kind]))
        return (Plan(rule.kind, points, speed_mps, look_seed, against=lane.name),)

    return plan
