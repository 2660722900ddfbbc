"""The eye on simulated streets: neither hour nor weather is a fault, and the street's faults are found."""

import pytest

from edge.see import Eye, Reference
from edge.settings import SeeSettings
from simulators.street.conditions import (
    AnyFault,
    Conditions,
    Covered,
    Dark,
    Defocused,
    Frozen,
    Hour,
    Moved,
    Shake,
    Sun,
)
from tests.edge.see.scenes import Shown, changes, states, street

SCENES = [
    pytest.param(Conditions(), id="a cloudy day"),
    pytest.param(Conditions(light="dusk"), id="dusk"),
    pytest.param(Conditions(light="night"), id="a night with street lamps"),
    pytest.param(Conditions(light="night", headlights=True, rain=0.7), id="headlights on a wet road"),
    pytest.param(Conditions(rain=0.7), id="rain"),
    pytest.param(Conditions(fog=0.4), id="fog"),
    pytest.param(Conditions(sun=Sun(elevation_deg=8, azimuth_deg=90)), id="a low sun from the side"),
    pytest.param(Conditions(sun=Sun(elevation_deg=12, azimuth_deg=0)), id="a low sun from ahead"),
    pytest.param(Conditions(shake=Shake(amplitude_px=5)), id="a mast that swings"),
    pytest.param(Conditions(flags=8, birds_per_minute=60), id="birds and flags"),
    pytest.param(Conditions(noise=4), id="an old sensor"),
    pytest.param(Conditions(noise=0), id="no noise at all"),
]


@pytest.fixture(scope="module")
def day() -> list[Shown]:
    """45 seconds of a cloudy day."""
    return list(street(Conditions()))


@pytest.fixture(scope="module")
def day_reference(day: list[Shown]) -> Reference:
    """Made on that day."""
    eye = Eye(SeeSettings(), None)
    assert states(changes(eye, day)) == ["ok"]
    assert eye.reference is not None
    return eye.reference


@pytest.mark.parametrize("conditions", SCENES)
def test_neither_hour_nor_weather_is_a_fault(conditions: Conditions, day_reference: Reference) -> None:
    shown = list(street(conditions, from_s=20, to_s=60))

    assert states(changes(Eye(SeeSettings(), None), shown)) == ["ok"]
    assert states(changes(Eye(SeeSettings(), day_reference), shown)) == ["ok"]


def test_when_night_falls_in_a_moment_nothing_is_wrong_with_the_camera(
    day: list[Shown], day_reference: Reference
) -> None:
    eye = Eye(SeeSettings(), day_reference)
    night = street(Conditions(light="night"), from_s=45, to_s=75)

    assert states(changes(eye, [*day, *night])) == ["ok"]


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize(
    ("state", "fault"),
    [
        pytest.param("covered", Covered(15, 35), id="a hand"),
        pytest.param("covered", Covered(15, 35, cover="bag"), id="a bag"),
        pytest.param("covered", Covered(15, 35, cover="spray", share=0.8), id="paint"),
        pytest.param("dark", Dark(15, 35, ramp_s=2), id="no light"),
        pytest.param("defocused", Defocused(15, 35, ramp_s=2), id="out of focus"),
        pytest.param("frozen", Frozen(15, 35), id="frozen"),
        pytest.param("moved", Moved(15, 35, x=0.06), id="moved aside"),
        pytest.param("moved", Moved(15, 35, rotation_deg=5), id="turned"),
        pytest.param("moved", Moved(15, 35, zoom=1.15), id="zoomed"),
    ],
)
def test_a_fault_of_the_street_s_camera_is_found_at_any_hour(
    state: str, fault: AnyFault, light: Hour, day_reference: Reference
) -> None:
    conditions = Conditions(light=light, faults=(fault,))

    said = changes(Eye(SeeSettings(), day_reference), street(conditions, to_s=47))

    assert [word for word in states(said) if word != state] == ["ok", "ok"]
    assert said[-2].sight.state == state
    assert fault.from_s < said[-2].at_s < fault.from_s + 15
    assert fault.to_s < said[-1].at_s < fault.to_s + 9
