"""The commented sample is the only list of the gateway's options: complete, and right as it stands."""

import msgspec
import pytest

from cityedge.paths import configs_dir
from cityedge.settings import parse
from edge.rules import Rules, areas_m2
from edge.settings import (
    AlarmSettings,
    CameraSettings,
    CrowdingAlarm,
    GatewaySettings,
    IntrusionAlarm,
    SourceSettings,
    StoppedVehicleAlarm,
    WrongWayAlarm,
    ZoneSettings,
)
from tests.support.sample_options import options_of_sample, options_of_type, switched_on

SAMPLE = (configs_dir() / "gateway.sample.yaml").read_text(encoding="utf-8")


def test_the_sample_shows_every_option_and_no_other() -> None:
    assert options_of_sample(SAMPLE) == options_of_type(GatewaySettings)


def test_the_sample_can_be_used_as_it_stands() -> None:
    assert parse(SAMPLE, GatewaySettings, name="gateway.sample.yaml").cameras


def test_the_sample_can_be_used_with_everything_switched_on() -> None:
    settings = parse(switched_on(SAMPLE), GatewaySettings, name="gateway.sample.yaml")

    camera = settings.cameras[0]
    assert settings.broker.tls is not None
    assert camera.source.fps == 7
    assert {str(alarm.__struct_config__.tag) for alarm in camera.alarms} == {
        *("wrong_way", "stopped_vehicle", "crowding", "intrusion")
    }


def test_a_gateway_can_count_by_the_sample_with_everything_switched_on() -> None:
    (camera,) = parse(switched_on(SAMPLE), GatewaySettings, name="gateway.sample.yaml").cameras

    Rules(camera, (640, 360))

    assert set(areas_m2(camera)) == {"square", "bus-stop"}


@pytest.mark.parametrize("kind", [WrongWayAlarm, StoppedVehicleAlarm, CrowdingAlarm, IntrusionAlarm])
def test_what_the_sample_shows_of_an_alarm_is_the_default_where_there_is_one(kind: type[AlarmSettings]) -> None:
    (camera,) = parse(switched_on(SAMPLE), GatewaySettings, name="gateway.sample.yaml").cameras
    (alarm,) = [alarm for alarm in camera.alarms if isinstance(alarm, kind)]
    defaults = {field.name: field.default for field in msgspec.structs.fields(kind) if not field.required}
    examples = {"classes", "hours", "time_zone", "people", "per_m2"}

    shown = {name: getattr(alarm, name) for name in defaults if name not in examples}

    assert shown == {name: default for name, default in defaults.items() if name not in examples}


def test_what_the_sample_calls_default_is_the_default() -> None:
    settings = parse(SAMPLE, GatewaySettings, name="gateway.sample.yaml")
    camera = settings.cameras[0]
    source = SourceSettings(url=camera.source.url)
    zones = tuple(ZoneSettings(name=zone.name, points=zone.points) for zone in camera.zones)

    assert camera == CameraSettings(name=camera.name, source=source, lines=camera.lines, zones=zones)
    assert msgspec.structs.replace(settings, cameras=()) == GatewaySettings(site="old-town", gateway="gw-1")
