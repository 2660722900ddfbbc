from pathlib import Path

import numpy as np
import pytest

from cityedge.clock import SystemClock
from cityedge.errors import CityEdgeError
from edge.annotate import AnnotatedVideo
from edge.capture import open_source
from edge.settings import LineSettings, SourceSettings, ZoneSettings
from edge.types import Frame, Picture, TrackedObject

LINES = (LineSettings(name="mid", points=((0.5, 0.1), (0.5, 0.9))),)
ZONES = (ZoneSettings(name="square", points=((0.6, 0.3), (0.9, 0.3), (0.9, 0.9), (0.6, 0.9))),)
CAR = TrackedObject(track_id=7, label=3, box_px=(20.0, 60.0, 110.0, 140.0), score=0.8, observed=True)


def _dark(width: int, height: int) -> Picture:
    return np.full((height, width, 3), 40, np.uint8)


def _write(path: Path, *, times_s: list[float], width_px: int = 320, height_px: int = 240) -> None:
    with AnnotatedVideo(path, fps=10, width_px=width_px, height_px=height_px, lines=LINES, zones=ZONES) as video:
        for index, time_s in enumerate(times_s):
            frame = Frame(
                index=index,
                time_s=time_s,
                captured_unix_s=time_s,
                width_px=width_px,
                height_px=height_px,
                bgr=_dark,
            )
            video.write(frame, [CAR], line_counts={"mid": (index, 0)}, zone_counts={"square": 1})


def _read(path: Path) -> list[Frame]:
    return list(open_source(SourceSettings(url=str(path), pace="fast"), clock=SystemClock()).frames())


def test_frames_are_shown_at_their_own_times(tmp_path: Path) -> None:
    times_s = [0.0, 0.1, 0.2, 0.5, 0.6]
    _write(tmp_path / "out.mp4", times_s=times_s)
    assert [frame.time_s for frame in _read(tmp_path / "out.mp4")] == pytest.approx(times_s, abs=0.01)


def test_boxes_lines_zones_and_counts_are_in_the_picture(tmp_path: Path) -> None:
    _write(tmp_path / "out.mp4", times_s=[0.0, 0.1])
    first, second = (frame.bgr(320, 240).astype(int) for frame in _read(tmp_path / "out.mp4"))
    blue, _, red = first[100:130, 20].mean(axis=0)
    assert red - blue > 80  # the car's orange
    assert first[180:210, 160].mean() > 150  # the line's white
    assert first[150, 240, 0] > first[150, 240, 2]  # the zone's blue
    assert first[230, 60].mean() == pytest.approx(40, abs=6)  # and nothing where there is nothing
    assert np.abs(first[:40, 150:310] - second[:40, 150:310]).max() > 60  # the count has changed


def test_pictures_of_odd_size_can_be_written(tmp_path: Path) -> None:
    _write(tmp_path / "out.mp4", times_s=[0.0, 0.1], width_px=321, height_px=241)
    assert [(frame.width_px, frame.height_px) for frame in _read(tmp_path / "out.mp4")] == [(320, 240)] * 2


def test_a_video_without_frames_can_be_closed(tmp_path: Path) -> None:
    _write(tmp_path / "out.mp4", times_s=[])
    assert (tmp_path / "out.mp4").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.mp4"
    with pytest.raises(CityEdgeError, match=f"video {path}: cannot be written") as caught:
        _write(path, times_s=[0.0])
    assert caught.value.cure
