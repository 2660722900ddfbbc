"""Privacy masks: what lies under one is black in whatever leaves the stage, at any size."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.stream import VideoStream
from hypothesis import given, settings
from hypothesis import strategies as st

from cityedge.clock import SystemClock
from edge.capture import CameraReader, Mailbox, open_source
from edge.capture.masks import Masks
from edge.capture.masks import covered as masked_pixels
from edge.settings import CameraSettings, MaskSettings, SourceSettings
from edge.types import Frame, Picture
from tests.edge.capture.mjpeg import mjpeg_camera

WIDTH_PX, HEIGHT_PX = 320, 240
WINDOW = MaskSettings(name="window", points=((0.3, 0.25), (0.62, 0.2), (0.7, 0.65), (0.35, 0.8)))
"""Its corners and edges fall between pixels."""
SENTINEL = (255, 0, 255)
"""BGR; as far from grey as colours go, so that the least of it shows."""


def is_sentinel(picture: Picture) -> bool:
    """Whether a trace of the colour is there: grey has as much green as red and blue."""
    blue, green, red = (picture[..., channel].astype(int) for channel in range(3))
    return bool(((blue - green > 40) & (red - green > 40)).any())


def scene(number: int) -> Picture:
    """A grey street, and behind the window somebody in a colour that is nowhere else."""
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), 120 + number % 20, np.uint8)
    corners = np.array(WINDOW.points) * (WIDTH_PX, HEIGHT_PX)
    cv2.fillPoly(picture, [np.round(corners).astype(np.int32)], SENTINEL)
    return picture


def write_film(path: Path, *, rotation_deg: int = 0) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "18"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
        if rotation_deg:
            stream.set_display_rotation(rotation_deg)
        for number in range(12):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(scene(number), format="bgr24")))
        container.mux(stream.encode(None))
    return path


def write_folder(folder: Path) -> Path:
    folder.mkdir()
    for number in range(6):
        cv2.imwrite(str(folder / f"{number}.png"), scene(number))
    return folder


def frames(url: str, *, masks: tuple[MaskSettings, ...], count: int = 4) -> Iterator[Frame]:
    settings = SourceSettings(url=url, pace="fast", fps=10)
    source = open_source(settings, clock=SystemClock(), masks=masks)
    try:
        for index, frame in enumerate(source.frames()):
            if index == count:
                break
            yield frame
    finally:
        source.close()


SIZES = [(WIDTH_PX, HEIGHT_PX), (416, 312), (160, 120), (97, 61), (640, 480)]

every_recording = pytest.mark.parametrize(
    "record",
    [
        pytest.param(lambda folder: write_film(folder / "film.mp4"), id="a film"),
        pytest.param(lambda folder: write_folder(folder / "pictures"), id="a folder of pictures"),
    ],
)


@every_recording
def test_no_masked_pixel_leaves_a_recording_at_any_size(record: Callable[[Path], Path], tmp_path: Path) -> None:
    for frame in frames(str(record(tmp_path)), masks=(WINDOW,)):
        for size in SIZES:
            picture = frame.bgr(*size)
            assert not is_sentinel(picture), size
            assert picture.shape == (size[1], size[0], 3)


@every_recording
def test_without_a_mask_it_would_be_seen(record: Callable[[Path], Path], tmp_path: Path) -> None:
    assert all(
        is_sentinel(frame.bgr(*size)) for frame in frames(str(record(tmp_path)), masks=()) for size in SIZES
    )


def test_what_is_not_masked_stays_as_it_is(tmp_path: Path) -> None:
    film = str(write_film(tmp_path / "film.mp4"))
    bare = next(frames(film, masks=())).bgr(WIDTH_PX, HEIGHT_PX)
    masked = next(frames(film, masks=(WINDOW,))).bgr(WIDTH_PX, HEIGHT_PX)

    changed = (bare != masked).any(axis=2)

    assert 0.1 < changed.mean() < 0.25
    assert (masked[changed] == 0).all()


def test_in_a_film_that_was_taken_upright_masks_lie_on_the_upright_picture(tmp_path: Path) -> None:
    film = str(write_film(tmp_path / "upright.mp4", rotation_deg=90))
    turned = [(y, 1 - x) for x, y in WINDOW.points]
    other = [(1 - y, x) for x, y in WINDOW.points]
    shown = [
        is_sentinel(next(frames(film, masks=(MaskSettings(name="window", points=tuple(points)),))).bgr(240, 320))
        for points in (turned, other)
    ]

    assert sorted(shown) == [False, True]


def test_no_masked_pixel_leaves_a_network_camera() -> None:
    half = MaskSettings(name="half", points=((0, 0), (0.5, 0), (0.5, 1), (0, 1)))
    with mjpeg_camera() as camera:
        for frame in frames(camera.url, masks=(half,)):
            for width, height in SIZES:
                picture = frame.bgr(width, height)
                assert not picture[:, : -(-width // 2)].any()
                assert picture[:, width // 2 + 14 :].all()


def test_a_camera_s_reader_hands_on_masked_frames(tmp_path: Path) -> None:
    source = SourceSettings(url=str(write_film(tmp_path / "film.mp4")), pace="fast")
    camera = CameraSettings(name="gate", source=source, masks=(WINDOW,))
    mailbox = Mailbox()
    reader = CameraReader(camera, mailbox, clock=SystemClock(), on_state=lambda _: None, rng=random.Random(1))

    reader.start()
    frame = mailbox.take(timeout_s=10)
    reader.stop()

    assert frame is not None
    assert not is_sentinel(frame.bgr(WIDTH_PX, HEIGHT_PX))


shares = st.floats(0, 1)
triangles = st.lists(st.tuples(shares, shares), min_size=3, max_size=3, unique=True)


@settings(deadline=None)
@given(triangles, st.integers(2, 300), st.integers(2, 200))
def test_every_pixel_that_a_mask_touches_is_black(
    corners: list[tuple[float, float]], width: int, height: int
) -> None:
    (ax, ay), (bx, by), (cx, cy) = corners
    if abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) < 2e-3:
        return  # refused by the settings
    mask = MaskSettings(name="m", points=tuple(corners))
    picture = np.full((height, width, 3), 200, np.uint8)
    Masks([mask]).blacken(picture, source_width_px=width)

    rng = np.random.default_rng(1)
    weights = rng.dirichlet((0.5, 0.5, 0.5), 300)
    for x, y in weights @ np.array(corners):
        column, row = min(int(x * width), width - 1), min(int(y * height), height - 1)
        assert not picture[row, column].any()


def test_a_mask_covers_no_more_than_its_rim() -> None:
    mask = MaskSettings(name="m", points=((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)))

    rows, columns = np.nonzero(masked_pixels([mask], 400, 200, rim_px=3))

    assert 50 - 6 <= rows.min() <= 50 - 3
    assert 149 + 3 <= rows.max() <= 149 + 6
    assert 100 - 6 <= columns.min() <= 100 - 3
    assert 299 + 3 <= columns.max() <= 299 + 6
