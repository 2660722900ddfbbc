"""Every store that there is, each made anew for a test, on the real engine."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cloud.settings import InfluxStoreSettings
from cloud.store.embedded import EmbeddedStore
from cloud.store.influx import InfluxStore
from cloud.types import Store
from tests.support.influx_proxy import InfluxProxy
from tests.support.influxdb import InfluxDb

OpenStore = Callable[[], Store]


@pytest.fixture(scope="session")
def influxdb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InfluxDb]:
    """A real InfluxDB 1.6."""
    with InfluxDb(tmp_path_factory.mktemp("influxdb")) as server:
        yield server


@pytest.fixture(scope="session")
def newer_influxdb(influxdb: InfluxDb) -> Iterator[InfluxProxy]:
    """The same server, behind something that makes it look like one of 1.8 or newer."""
    with InfluxProxy(influxdb.port) as proxy:
        yield proxy


@pytest.fixture(
    params=[
        pytest.param("embedded", id="embedded"),
        pytest.param("influxdb", id="influxdb-1.6"),
        pytest.param("newer_influxdb", id="influxdb-client"),
    ]
)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens the store of this test; called again, it opens the same one again after the last was closed."""
    opened: list[Store] = []
    database = f"test_{uuid.uuid4().hex}"

    def make() -> Store:
        if request.param == "embedded":
            return EmbeddedStore(tmp_path / "store.duckdb")
        url = request.getfixturevalue(request.param).url
        return InfluxStore(
            InfluxStoreSettings(url=url, database=database, books_path=str(tmp_path / "books.sqlite"))
        )

    def open_one() -> Store:
        for store in opened:
            store.close()
        opened[:] = [make()]
        return opened[0]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """The store of this test."""
    return open_store()
