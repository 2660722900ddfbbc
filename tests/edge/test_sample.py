"""The commented sample is the only list of the gateway's options: complete, and right as it stands."""

import msgspec

from cityedge.paths import configs_dir
from cityedge.settings import parse
from edge.settings import CameraSettings, GatewaySettings, SourceSettings, ZoneSettings
from tests.support.sample_options import options_of_sample, options_of_type, switched_on

SAMPLE = (configs_dir() / "gateway.sample.yaml").read_text(encoding="utf-8")


def test_the_sample_shows_every_option_and_no_other() -> None:
    assert options_of_sample(SAMPLE) == options_of_type(GatewaySettings)


def test_the_sample_can_be_used_as_it_stands() -> None:
    assert parse(SAMPLE, GatewaySettings, name="gateway.sample.yaml").cameras


def test_the_sample_can_be_used_with_everything_switched_on() -> None:
    settings = parse(switched_on(SAMPLE), GatewaySettings, name="gateway.sample.yaml")

    assert settings.broker.tls is not None
    assert settings.cameras[0].source.fps == 7


def test_what_the_sample_calls_default_is_the_default() -> None:
    settings = parse(SAMPLE, GatewaySettings, name="gateway.sample.yaml")
    camera = settings.cameras[0]
    source = SourceSettings(url=camera.source.url)
    zone = ZoneSettings(name=camera.zones[0].name, points=camera.zones[0].points)

    assert camera == CameraSettings(name=camera.name, source=source, lines=camera.lines, zones=(zone,))
    assert msgspec.structs.replace(settings, cameras=()) == GatewaySettings(site="old-town", gateway="gw-1")
