"""The commented sample is the only list of the cloud's options: complete, and right as it stands."""

import msgspec

from cityedge.paths import configs_dir
from cityedge.settings import parse
from cloud.settings import CloudSettings, InfluxStoreSettings
from tests.support.sample_options import options_of_sample, options_of_type, switched_on

SAMPLE = (configs_dir() / "cloud.sample.yaml").read_text(encoding="utf-8")


def test_the_sample_shows_every_option_and_no_other() -> None:
    assert options_of_sample(SAMPLE) == options_of_type(CloudSettings)


def test_as_it_stands_the_sample_is_the_defaults() -> None:
    assert parse(SAMPLE, CloudSettings, name="cloud.sample.yaml") == CloudSettings()


def test_the_sample_can_be_used_with_everything_switched_on() -> None:
    embedded, _, influxdb = switched_on(SAMPLE).partition("\n# Or in an InfluxDB")

    head = parse(embedded, CloudSettings, name="cloud.sample.yaml")
    rest = parse(influxdb.partition("\n")[2], CloudSettings, name="cloud.sample.yaml")

    assert head.broker.tls is not None
    assert rest.http.cert_file == "/etc/cityedge/page.pem"
    assert isinstance(rest.store, InfluxStoreSettings)
    assert msgspec.structs.replace(rest.store, token_file=None) == InfluxStoreSettings(url="http://127.0.0.1:8086")
