"""``cityedge edge run`` as its user meets it: what it says, what it ends with, what survives its death."""

import signal
from pathlib import Path

import pytest

from cityedge.messages import CountMessage
from tests.edge.capture.clips import write_clip
from tests.support.gateway_process import GatewayProcess
from tests.support.listener import Listener
from tests.support.mosquitto import Mosquitto
from tests.support.ports import free_port
from tests.support.waiting import wait_for


def write_config(folder: Path, *, port: int, source: str = "none.mp4", more: str = "") -> Path:
    config = folder / "gateway.yaml"
    config.write_text(
        f"""\
site: old-town
gateway: gw-1
state_dir: {folder}/state
window_s: 1
lateness_s: 0.5
status_interval_s: 1
broker:
  port: {port}
cameras:
  - name: north
    source: {{url: '{source}', loop: true}}
    lines: [{{name: mid, points: [[0.5, 0], [0.5, 1]]}}]
{more}""",
        encoding="utf-8",
    )
    return config


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("lins: []\n", "gateway.yaml:13: lins: unknown key", id="a wrong key"),
        pytest.param("model: nanodet-x\n", "there is no model 'nanodet-x'", id="a model that nobody knows"),
        pytest.param("model: /gone.onnx\n", "there is no file '/gone.onnx'", id="a file that is not there"),
    ],
)
def test_what_cannot_work_stops_the_start_with_the_reason(tmp_path: Path, more: str, said: str) -> None:
    with GatewayProcess(write_config(tmp_path, port=free_port(), more=more)) as gateway:
        assert gateway.wait() == 1
        assert said in gateway.log
        assert "Traceback" not in gateway.log


def test_a_model_that_was_not_fetched_stops_the_start_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    cache = {"CITYEDGE_CACHE": str(tmp_path / "cache")}

    with GatewayProcess(write_config(tmp_path, port=free_port()), environment=cache) as gateway:
        assert gateway.wait() == 1
        assert "cityedge models pull" in gateway.log


def test_a_state_dir_that_cannot_be_written_stops_the_start_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")

    with GatewayProcess(write_config(tmp_path, port=free_port())) as gateway:
        assert gateway.wait() == 1
        assert "cannot be written" in gateway.log
        assert "→ Give 'state_dir' a folder" in gateway.log


def test_a_password_file_of_the_broker_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    config = write_config(tmp_path, port=free_port())
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("broker:\n", "broker:\n  username: gw\n  password_file: /no/such\n"), "utf-8")

    with GatewayProcess(config) as gateway:
        assert gateway.wait() == 1
        assert "broker.password_file: '/no/such' cannot be read" in gateway.log


def test_a_camera_and_a_broker_that_are_not_there_are_named_with_the_cure_and_tried_again(tmp_path: Path) -> None:
    camera_port = free_port()
    broker = Mosquitto(tmp_path)
    config = write_config(tmp_path, port=broker.port, source=f"rtsp://127.0.0.1:{camera_port}/street")
    with GatewayProcess(config) as gateway:
        gateway.wait_for_log(f"broker 127.0.0.1:{broker.port} is not there")
        gateway.wait_for_log("Start the broker, or correct 'broker.host' and 'broker.port'")
        gateway.wait_for_log(f"camera north: source rtsp://127.0.0.1:{camera_port}/street: nobody listens")
        gateway.wait_for_log("Check that the camera is on")

        with broker, Listener(broker.port, stores=True) as cloud:
            gateway.wait_for_log("connected to broker")
            assert cloud.wait_for_status(online=True).cameras[0].see == "offline"
            assert gateway.stop() == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_clean_stop_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    with Mosquitto(tmp_path) as broker, Listener(broker.port, stores=True) as cloud:
        with GatewayProcess(write_config(tmp_path, port=broker.port, source=str(clip))) as gateway:
            wait_for(lambda: [row for row in cloud.rows if isinstance(row, CountMessage) and row.frames])
            assert gateway.stop(how) == 0
            assert "Traceback" not in gateway.log

        status = cloud.wait_for_status(online=False)
    assert status.books is not None
    assert status.books.queued == 0
    assert status.books.produced == len(set(cloud.seqs))


def test_after_a_kill_nothing_that_was_taken_is_lost_and_the_numbers_go_on(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    with Mosquitto(tmp_path) as broker, Listener(broker.port) as reader:
        config = write_config(tmp_path, port=broker.port, source=str(clip))
        with GatewayProcess(config) as gateway:
            wait_for(lambda: len(reader.seqs) >= 3, within_s=60)
            gateway.kill()
        before = {row.seq: row for row in reader.rows}

        reader.stores = True
        with GatewayProcess(config) as gateway:
            wait_for(lambda: max(reader.seqs) > max(before) + 1, within_s=60)
            assert gateway.stop() == 0

        rows = {row.seq: row for row in reader.rows}
    assert sorted(rows) == list(range(1, max(rows) + 1))
    assert len({row.epoch for row in rows.values()}) == 1
    assert all(rows[seq] == row for seq, row in before.items())


def test_it_stops_by_itself_after_the_duration_that_was_asked(tmp_path: Path) -> None:
    with GatewayProcess(write_config(tmp_path, port=free_port()), "--duration", "0.5") as gateway:
        assert gateway.wait() == 0
        assert "stopped: " in gateway.log
