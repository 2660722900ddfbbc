"""The settings name the store; a question never makes a new one."""

import logging
from pathlib import Path

import pytest

from cloud.errors import StoreError
from cloud.settings import EmbeddedStoreSettings, InfluxStoreSettings
from cloud.store.embedded import EmbeddedStore
from cloud.store.influx import InfluxStore
from cloud.store.opening import open_store
from tests.support.ports import free_port


def influx(folder: Path) -> InfluxStoreSettings:
    return InfluxStoreSettings(url=f"http://127.0.0.1:{free_port()}", books_path=str(folder / "deep" / "b.sqlite"))


def test_an_embedded_store_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "store.duckdb"

    store = open_store(EmbeddedStoreSettings(path=str(path)), make=True)

    assert isinstance(store, EmbeddedStore)
    assert path.exists()
    store.close()


def test_an_influxdb_that_is_not_there_yet_is_said_at_the_start_and_does_not_stop_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = influx(tmp_path)

    store = open_store(settings, make=True)

    assert isinstance(store, InfluxStore)
    assert [record.levelno for record in caplog.records if settings.url in record.message] == [logging.WARNING]
    store.close()


def test_a_question_to_a_store_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    for settings in (EmbeddedStoreSettings(path=str(tmp_path / "none.duckdb")), influx(tmp_path)):
        with pytest.raises(StoreError, match="there is no store at") as caught:
            open_store(settings, make=False)
        assert "cityedge cloud run" in caught.value.cure

    assert list(tmp_path.iterdir()) == []
