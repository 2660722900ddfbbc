"""The simulated street as an HTTP camera, seen through real HTTP and a real decoder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import av
import httpx
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


def get(url: str) -> httpx.Response:
    return httpx.get(url, timeout=10)


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
    with httpx.stream("GET", url + STREAM_PATH, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=frame"
        received = b""
        for piece in answer.iter_raw():
            received += piece
            if received.count(b"X-Timestamp:") >= 4:
                break
    stamps = [float(part.split(b"\r\n")[0]) for part in received.split(b"X-Timestamp:")[1:4]]
    assert stamps == sorted(set(stamps))
    assert abs(stamps[0] - before) < 10


def test_a_snapshot_is_one_jpeg(url: str) -> None:
    answer = get(url + "/snapshot.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert (answer.content[:2], answer.content[-2:]) == (b"\xff\xd8", b"\xff\xd9")


def test_the_truth_so_far_grows_and_tells_the_time_of_day(url: str) -> None:
    def report() -> Any:
        return get(url + "/truth.json").json()

    wait_for(lambda: report()["crossings"], within_s=60, what="a crossing")
    so_far = report()
    first = so_far["crossings"][0]
    assert first["time_s"] <= so_far["duration_s"]
    assert datetime.fromisoformat(first["time_utc"]) <= datetime.now(UTC)
    assert so_far["lines"]["mid"][first["class"]][first["direction"]] >= 1


def test_the_index_shows_the_stream(url: str) -> None:
    assert "stream.mjpg" in get(url + "/").text


def test_what_is_not_there_is_answered_with_what_is(url: str) -> None:
    answer = get(url + "/video")
    assert answer.status_code == 404
    assert STREAM_PATH in answer.text


def test_a_taken_address_is_named(url: str) -> None:
    port = int(url.rpartition(":")[2])
    with pytest.raises(AddressError, match=f"127.0.0.1:{port}"):
        MjpegServer("127.0.0.1", port, feed=Feed(), truth=dict)


def test_a_street_that_ends_ends_its_stream() -> None:
    live = LiveStreet(Street(Setting(fps=50, camera=CAMERA), Traffic(CAMERA, seed=1)), SystemClock())
    with MjpegServer("127.0.0.1", 0, feed=live.feed, truth=live.truth) as server:
        begin = threading.Timer(0.2, live.run, [threading.Event()], {"end_s": 0.5})
        begin.start()
        body = get(server.url + STREAM_PATH).content
        begin.join()
    assert 1 <= body.count(b"X-Timestamp") <= 25


def test_a_street_that_awaits_a_viewer_begins_when_somebody_looks() -> None:
    live = LiveStreet(Street(Setting(fps=50, camera=CAMERA), Traffic(CAMERA, seed=1)), SystemClock())
    stop = threading.Event()
    with MjpegServer("127.0.0.1", 0, feed=live.feed, truth=live.truth) as server:
        waiting = threading.Thread(target=live.await_viewer, args=(stop,))
        waiting.start()
        assert get(server.url + "/truth.json").status_code == 200
        assert waiting.is_alive()
        looking = threading.Thread(target=get, args=(server.url + STREAM_PATH,))
        looking.start()
        waiting.join(10)
        assert not waiting.is_alive()
        live.run(stop, end_s=0.1)
        looking.join(10)
