import threading
import time
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from cityedge.paths import cache_dir
from edge.capture import CaptureCounters, Source, open_source
from edge.errors import SourceError, SourceMissingError
from edge.settings import SourceSettings
from tests.edge.capture.clips import number_of, write_clip, write_folder

VTEST = cache_dir() / "footage" / "vtest.avi"


def _open(path: Path, *, max_fps: float | None = None, start_unix_s: float | None = None, **how: object) -> Source:
    settings = {"url": str(path), "pace": "fast", **how}
    return open_source(
        SourceSettings(**settings),  # type: ignore[arg-type]  # keys and values are the test's own
        clock=SystemClock(),
        max_fps=max_fps,
        start_unix_s=start_unix_s,
    )


def test_every_picture_of_a_file_comes_in_order_with_its_own_time(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4", frames=30, fps=10, options={"bf": "2"}))
    frames = list(source.frames())
    assert [number_of(frame) for frame in frames] == list(range(30))
    assert [frame.index for frame in frames] == list(range(30))
    assert [frame.time_s for frame in frames] == pytest.approx([index / 10 for index in range(30)])
    assert source.counters.decoded == 30
    assert not source.live


def test_a_file_may_be_named_after_the_time_of_day(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=3).rename(tmp_path / "12:30 square.mp4")
    assert len(list(_open(clip).frames())) == 3


def test_played_fast_a_frame_is_captured_at_the_start_and_its_time(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4"), start_unix_s=1_700_000_000.0)
    frames = list(source.frames())
    assert frames[-1].captured_unix_s == pytest.approx(1_700_000_002.9)


def test_a_rate_that_is_known_better_overrules_the_file(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4", fps=10), fps=7.0)
    assert [frame.time_s for frame in source.frames()] == pytest.approx([index / 7 for index in range(30)])


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        pytest.param("libx264", "clip.mp4", id="pictures that need one another"),
        pytest.param("mjpeg", "clip.avi", id="pictures that stand alone"),
    ],
)
def test_frames_over_the_rate_are_left_out_and_counted(tmp_path: Path, codec: str, name: str) -> None:
    source = _open(write_clip(tmp_path / name, frames=30, fps=10, codec=codec), max_fps=5)
    frames = list(source.frames())
    assert [number_of(frame) for frame in frames] == list(range(0, 30, 2))
    assert [frame.index for frame in frames] == list(range(0, 30, 2))
    assert (source.counters.decoded, source.counters.left_out) == (15, 15)


def test_a_looped_recording_begins_again_and_time_goes_on(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4", frames=5, fps=10), loop=True)
    frames = list(islice(source.frames(), 12))
    assert [number_of(frame) for frame in frames] == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]
    assert [frame.time_s for frame in frames] == pytest.approx([index / 10 for index in range(12)])
    assert [frame.index for frame in frames] == list(range(12))


def test_damaged_pictures_are_counted_and_the_others_come(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=60, options={"g": "10", "bf": "0"})
    content = bytearray(clip.read_bytes())
    for place in range(len(content) // 3, len(content) * 2 // 3, 400):
        content[place : place + 30] = b"\x5a" * 30
    clip.write_bytes(content)
    source = _open(clip)
    numbers = Counter(number_of(frame) for frame in source.frames())
    assert source.counters.bad > 3
    assert source.counters.decoded > 30
    assert {0, 1, 2, 3, 57, 58, 59} <= set(numbers)


def test_a_file_with_nothing_that_can_be_decoded_says_so(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.avi", codec="mjpeg", frames=10)
    content = clip.read_bytes()
    while (place := content.find(b"\xff\xd8\xff")) >= 0:  # where a JPEG begins
        content = content[:place] + b"\0" * 1500 + content[place + 1500 :]
    clip.write_bytes(content)
    source = _open(clip, loop=True)
    with pytest.raises(SourceError, match="nothing in it can be decoded"):
        list(source.frames())
    assert source.counters.bad >= 10


@pytest.mark.parametrize(
    ("rotation_deg", "size", "where_bright"),
    [
        pytest.param(90, (240, 320), (-1, 120), id="to the left"),
        pytest.param(-90, (240, 320), (0, 120), id="to the right"),
        pytest.param(180, (320, 240), (120, -1), id="upside down"),
    ],
)
def test_a_film_from_a_turned_telephone_is_shown_upright(
    tmp_path: Path, rotation_deg: int, size: tuple[int, int], where_bright: tuple[int, int]
) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4", frames=2, rotation_deg=rotation_deg))
    *_, one = source.frames()  # bright along its left edge, and dark to its right
    assert (one.width_px, one.height_px) == size
    upright = one.bgr(*size)
    assert upright.shape == (size[1], size[0], 3)
    assert upright[where_bright].mean() > 200
    assert upright[-1 - where_bright[0], -1 - where_bright[1]].mean() < 50


def test_pictures_in_a_folder_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "pictures", names=["a1.png", "a2.jpg", "a10.jpeg", "a11.PNG", "b:0.bmp"])
    (folder / "notes.txt").write_text("not a picture")
    (folder / "a3.jpg").write_bytes(b"not a picture either")
    source = _open(folder, fps=2.0)
    frames = list(source.frames())
    assert [number_of(frame) for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.5, 1.5, 2.0, 2.5])
    assert source.counters.bad == 1


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="no picture in this folder"):
        _open(tmp_path, fps=1.0)


def test_a_folder_needs_a_rate(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no frame rate") as caught:
        _open(write_folder(tmp_path / "pictures", names=["0.png"]))
    assert "Set fps" in caught.value.cure


def test_played_live_frames_come_in_real_time_and_are_captured_when_played(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4", frames=8, fps=10), pace="live")
    began_s, began_unix_s = time.monotonic(), time.time()
    arrived_s, captured_s = [], []
    for frame in source.frames():
        arrived_s.append(time.monotonic() - began_s)
        captured_s.append(frame.captured_unix_s - began_unix_s)
    due_s = [index / 10 for index in range(8)]
    assert all(at_s >= due - 0.01 for at_s, due in zip(arrived_s, due_s, strict=True))
    assert arrived_s == pytest.approx(due_s, abs=0.3)
    assert captured_s == pytest.approx(arrived_s, abs=0.3)


def test_closing_from_another_thread_ends_a_wait_for_a_frame(tmp_path: Path) -> None:
    source = _open(write_clip(tmp_path / "clip.mp4"), fps=0.01, pace="live")
    frames = source.frames()
    next(frames)
    threading.Timer(0.05, source.close).start()
    began_s = time.monotonic()
    assert list(frames) == []
    assert time.monotonic() - began_s < 1.0


def test_the_plaza_has_795_frames_and_its_true_rate_is_7() -> None:
    source = _open(VTEST, fps=7.0)
    *_, frame = source.frames()
    assert source.counters == CaptureCounters(decoded=795)
    assert frame.time_s == pytest.approx(794 / 7)
    assert (frame.width_px, frame.height_px) == (768, 576)
    assert frame.bgr(416, 312).shape == (312, 416, 3)
