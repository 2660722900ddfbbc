import threading
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from edge.capture.scaling import Scaler
from edge.types import Frame, Picture

COLOURS_BGR = [(0, 0, 0), (255, 255, 255), (0, 0, 255), (0, 255, 0), (255, 0, 0), (128, 128, 128), (16, 200, 235)]


def _bars() -> Picture:
    picture = np.zeros((240, 40 * len(COLOURS_BGR), 3), np.uint8)
    for index, colour in enumerate(COLOURS_BGR):
        picture[:, index * 40 : index * 40 + 40] = colour
    return picture


def _frame(picture: av.VideoFrame) -> Frame:
    return Scaler().frame(picture, index=0, time_s=0.0, captured_unix_s=0.0)


def _shown(frame: Frame) -> Picture:
    """The colour in the middle of each bar, scaled to 20 pixels a bar: uint8, shape (bars, 3)."""
    pixels: Picture = frame.bgr(20 * len(COLOURS_BGR), 120)[60, 10::20]
    return pixels


@pytest.mark.parametrize(
    ("pixel_format", "colour_range", "matrix"),
    [
        pytest.param("yuv420p", 1, 5, id="studio range, BT.601"),
        pytest.param("yuv420p", 2, 5, id="full range, BT.601"),
        pytest.param("yuv420p", 1, 1, id="studio range, BT.709"),
        pytest.param("yuv444p", 2, 1, id="full range, BT.709"),
        pytest.param("nv12", 1, 5, id="as hardware decoders give it"),
        pytest.param("yuyv422", 1, 5, id="as USB cameras give it"),
    ],
)
def test_colours_are_those_of_the_scene(pixel_format: str, colour_range: int, matrix: int) -> None:
    scene = av.VideoFrame.from_ndarray(_bars(), format="bgr24")
    coded = scene.reformat(format=pixel_format, dst_color_range=colour_range, dst_colorspace=matrix)
    coded.colorspace, coded.color_range = matrix, colour_range
    assert np.abs(_shown(_frame(coded)).astype(int) - COLOURS_BGR).max() <= 4


def test_jpeg_comes_out_as_opencv_reads_it(tmp_path: Path) -> None:
    path = str(tmp_path / "bars.jpg")
    cv2.imwrite(path, _bars(), [cv2.IMWRITE_JPEG_QUALITY, 95])
    with av.open(path) as container:
        frame = _frame(next(container.decode(video=0)))
    read = cv2.imread(path)
    assert read is not None
    assert np.abs(frame.bgr(280, 240).astype(int) - read.astype(int)).mean() < 2.0


def test_scaling_down_averages_like_opencvs_area() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (576, 768, 3), dtype=np.uint8)
    scene = cv2.GaussianBlur(noise, (0, 0), 2).astype(np.uint8)
    frame = _frame(av.VideoFrame.from_ndarray(scene, format="bgr24").reformat(format="yuv444p"))
    reference = cv2.resize(scene, (416, 312), interpolation=cv2.INTER_AREA)
    assert np.abs(frame.bgr(416, 312).astype(int) - reference.astype(int)).mean() < 2.5


def test_a_picture_belongs_to_whoever_asked_for_it() -> None:
    frame = _frame(av.VideoFrame.from_ndarray(_bars(), format="bgr24"))
    first = frame.bgr(frame.width_px, frame.height_px)
    first[:] = 77
    assert np.array_equal(frame.bgr(frame.width_px, frame.height_px), _bars())


def test_pictures_can_be_asked_for_from_many_threads_at_once() -> None:
    scaler = Scaler()
    scenes = [np.full((120, 160, 3), 40 * level, np.uint8) for level in range(1, 6)]
    frames = [
        scaler.frame(
            av.VideoFrame.from_ndarray(scene, format="bgr24").reformat(format="yuv420p"),
            index=0,
            time_s=0.0,
            captured_unix_s=0.0,
        )
        for scene in scenes
    ]
    wrong: list[int] = []

    def ask(level: int) -> None:
        for width in range(20, 120):
            picture = frames[level].bgr(width, 60)
            if picture.shape != (60, width, 3) or abs(float(picture.mean()) - 40 * (level + 1)) > 3:
                wrong.append(width)

    threads = [threading.Thread(target=ask, args=(level,)) for level in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
