"""The simulated street as an HTTP camera, seen through real HTTP and a real decoder."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import av
import pytest

from cityedge.clock import SystemClock
from simulators.errors import AddressError
from simulators.feed import Feed
from simulators.live import LiveStreet
from simulators.mjpeg import STREAM_PATH, MjpegServer
from simulators.street.camera import Camera
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic
from tests.support.waiting import wait_for

CAMERA = Camera(384, 288)


@contextmanager
def served() -> Iterator[str]:
    """A small street that runs; where it is served."""
    live = LiveStreet(Street(Setting(fps=25, camera=CAMERA), Traffic(CAMERA, seed=1, density=3)), SystemClock())
    stop = threading.Event()
    thread = threading.Thread(target=live.run, args=(stop,))
    with MjpegServer("127.0.0.1", 0, feed=live.feed, truth=live.truth) as server:
        thread.start()
        try:
            yield server.url
        finally:
            stop.set()
            thread.join()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as where:
        yield where


def get(url: str) -> tuple[str, bytes]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.headers["Content-Type"], answer.read()


def test_a_decoder_reads_the_stream_as_a_camera(url: str) -> None:
    with av.open(url + STREAM_PATH, timeout=10) as container:
        frames = [frame for frame, _ in zip(container.decode(video=0), range(5), strict=False)]
    assert [(frame.width, frame.height) for frame in frames] == [(384, 288)] * 5


def test_several_clients_watch_at_once(url: str) -> None:
    with av.open(url + STREAM_PATH, timeout=10) as one, av.open(url + STREAM_PATH, timeout=10) as other:
        for container in (one, other):
            assert next(container.decode(video=0)).width == 384


def test_each_part_says_when_it_was_taken(url: str) -> None:
    before = datetime.now(UTC).timestamp()
    stamps = []
    with urllib.request.urlopen(url + STREAM_PATH, timeout=10) as answer:
        assert answer.headers.get_content_type() == "multipart/x-mixed-replace"
        assert answer.headers.get_param("boundary") == "frame"
        while len(stamps) < 3:
            line = answer.readline().decode("latin-1")
            if line.startswith("X-Timestamp:"):
                stamps.append(float(line.partition(":")[2]))
    assert stamps == sorted(set(stamps))
    assert abs(stamps[0] - before) < 10


def test_a_snapshot_is_one_jpeg(url: str) -> None:
    kind, body = get(url + "/snapshot.jpg")
    assert kind == "image/jpeg"
    assert body[:2] == b"\xff\xd8"
    assert body[-2:] == b"\xff\xd9"


def test_the_truth_so_far_grows_and_tells_the_time_of_day(url: str) -> None:
    def crossed() -> dict[str, object] | None:
        report = json.loads(get(url + "/truth.json")[1])
        return report if report["crossings"] else None

    report = wait_for(crossed, within_s=60, what="a crossing")
    assert report is not None
    first = report["crossings"][0]  # type: ignore[index]  # JSON
    assert first["time_s"] <= report["duration_s"]
    assert datetime.fromisoformat(first["time_utc"]) <= datetime.now(UTC)
    assert report["lines"]["mid"][first["class"]][first["direction"]] >= 1  # type: ignore[index]  # JSON


def test_the_index_shows_the_stream(url: str) -> None:
    assert b"stream.mjpg" in get(url + "/")[1]


def test_what_is_not_there_is_answered_with_what_is(url: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404.*stream.mjpg") as caught:
        get(url + "/video")
    caught.value.close()


def test_a_taken_address_is_named(url: str) -> None:
    port = int(url.rpartition(":")[2])
    with pytest.raises(AddressError, match=f"127.0.0.1:{port}"):
        MjpegServer("127.0.0.1", port, feed=Feed(), truth=dict)


def test_a_street_that_ends_ends_its_stream() -> None:
    live = LiveStreet(Street(Setting(fps=50, camera=CAMERA), Traffic(CAMERA, seed=1)), SystemClock())
    with MjpegServer("127.0.0.1", 0, feed=live.feed, truth=live.truth) as server:
        begin = threading.Timer(0.2, live.run, [threading.Event()], {"end_s": 0.5})
        begin.start()
        with urllib.request.urlopen(server.url + STREAM_PATH, timeout=10) as answer:
            body = answer.read()
        begin.join()
    assert 1 <= body.count(b"X-Timestamp") <= 25
