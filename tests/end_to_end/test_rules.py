"""Every counting rule from the lens to the store: real footage, model, agent, broker, collector and store."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
import cv2
import duckdb
import numpy as np
import pytest

from edge.types import Picture
from simulators.footage import FPS, footage_path
from tests.support.cloud_process import CloudProcess
from tests.support.gateway_process import GatewayProcess
from tests.support.mosquitto import Mosquitto

Row = dict[str, Any]
Tables = Mapping[str, list[Row]]
TABLES = ("camera", "crossing", "zone", "flow", "speed", "heat", "alert")
SIZE_PX = (384, 288)
STREET_FRAMES, COVERED_FRAMES = 210, 140

CONFIG = """\
site: old-town
gateway: gw-1
state_dir: {folder}/state
window_s: 10
lateness_s: 10  # a cover is believed after eight seconds: its window must be open then, whenever it began
broker: {{port: {port}}}
cameras:
  - name: plaza
    source: {{url: {folder}/pictures, fps: {fps}, pace: fast}}
    classes: [person]
    lines: [{{name: mid, points: [[0.5, 0], [0.5, 1]]}}]
    zones:
      - {{name: west, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}}
      - {{name: east, points: [[0.5, 0], [1, 0], [1, 1], [0.5, 1]]}}
    flows: [west, east]
    calibration: {{picture: [[0, 0], [1, 0], [1, 1], [0, 1]], ground_m: [[0, 0], [20, 0], [20, 20], [0, 20]]}}
    heat: {{columns: 8, rows: 6}}
    alarms:
      - {{rule: crowding, zone: west, people: 2, hold_s: 0}}
      - {{rule: wrong_way, line: mid, direction: out, classes: [person]}}
"""


def write_pictures(folder: Path) -> None:
    """The plaza for half a minute, then a hand before the lens for twenty seconds, then the plaza again."""
    folder.mkdir()
    rng = np.random.default_rng(3)
    with av.open(str(footage_path())) as container:
        plaza: list[Picture] = [
            frame.reformat(*SIZE_PX, format="bgr24").to_ndarray().astype(np.uint8)
            for _, frame in zip(range(STREET_FRAMES + 70), container.decode(video=0), strict=False)
        ]
    skin = np.full_like(plaza[0], (110, 130, 180))
    hand = [np.clip(skin + rng.normal(0, 3, skin.shape), 0, 255).astype(np.uint8) for _ in range(7)] * 20
    for number, picture in enumerate([*plaza[:STREET_FRAMES], *hand, *plaza[STREET_FRAMES:]]):
        cv2.imwrite(str(folder / f"{number:04}.jpg"), picture)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What is in the store when the gateway has counted it all."""
    folder = tmp_path_factory.mktemp("rules")
    write_pictures(folder / "pictures")
    config = folder / "gateway.yaml"
    with Mosquitto(folder) as broker:
        config.write_text(CONFIG.format(folder=folder, port=broker.port, fps=FPS), encoding="utf-8")
        cloud = CloudProcess(folder, broker.port)
        cloud.start()
        try:
            with GatewayProcess(config, "--until-end") as gateway:
                assert gateway.wait(within_s=120) == 0, gateway.log
            assert cloud.stop() == 0, cloud.log
        finally:
            cloud.kill()
    with duckdb.connect(str(folder / "store.duckdb"), read_only=True) as store:
        return {name: rows_of(store.table(name).order("time")) for name in TABLES}


def rows_of(table: duckdb.DuckDBPyRelation) -> list[Row]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]


def changes(tables: Tables, rule: str) -> list[tuple[str, str | None]]:
    return [(row["state"], row["place"]) for row in tables["alert"] if row["rule"] == rule]


def test_a_covered_lens_is_an_alert_and_its_time_is_not_observed(tables: Tables) -> None:
    assert changes(tables, "camera_covered") == [("raised", None), ("cleared", None)]
    covered = [row for row in tables["camera"] if row["see"] == "covered"]
    assert sum(row["impaired_s"] for row in covered) == pytest.approx(COVERED_FRAMES / FPS, abs=2.5)
    assert sum(row["observed_s"] for row in tables["camera"]) == pytest.approx((STREET_FRAMES + 70) / FPS, abs=2.5)
    assert sum(row["frames"] for row in tables["camera"]) == STREET_FRAMES + 70 + COVERED_FRAMES


def test_a_window_that_was_covered_throughout_has_no_zeros(tables: Tables) -> None:
    blind = {row["time"] for row in tables["camera"] if row["observed"] == 0}
    assert blind
    assert not [row for name in ("zone", "heat") for row in tables[name] if row["time"] in blind]
    assert not [row for row in tables["crossing"] if row["time"] in blind and not row["in"] + row["out"]]


def test_trips_and_speeds_and_heat_arrive(tables: Tables) -> None:
    crossed = sum(row["in"] + row["out"] for row in tables["crossing"])
    assert 0 < sum(row["count"] for row in tables["speed"]) <= crossed
    assert all(0.1 < row["mean_mps"] <= row["p85_mps"] < 5 for row in tables["speed"])
    assert {(row["from"], row["to"]) for row in tables["flow"]} == {("west", "east"), ("east", "west")}
    assert sum(row["count"] for row in tables["flow"]) > 0
    observed_s = {row["time"]: row["observed_s"] for row in tables["camera"]}
    present_s = sum(row["occupancy_mean"] * observed_s[row["time"]] for row in tables["zone"])
    assert sum(row["present_s"] for row in tables["heat"]) == pytest.approx(present_s, rel=0.02)


def test_zones_tell_of_dwell_queue_and_density(tables: Tables) -> None:
    for row in tables["zone"]:
        assert row["density_peak_per_m2"] == pytest.approx(row["occupancy_peak"] / 200, abs=1e-4)
    assert max(row["dwell_max_s"] or 0.0 for row in tables["zone"]) > 5
    assert max(row["queue_peak"] for row in tables["zone"]) >= 1


def test_alarms_arrive_with_their_place(tables: Tables) -> None:
    crowding = changes(tables, "crowding")
    assert [state for state, _ in crowding] == ["raised", "cleared"] * (len(crowding) // 2)
    assert {place for _, place in crowding} == {"west"}
    assert set(changes(tables, "wrong_way")) == {("raised", "mid")}
    assert len(changes(tables, "wrong_way")) == sum(row["out"] for row in tables["crossing"])
    assert len({row["time"] for row in tables["alert"]}) == len(tables["alert"])
