"""What can go wrong with a camera, done to pictures of a good one."""

from collections.abc import Callable, Sequence
from io import BytesIO

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from edge.types import Picture

Damage = Callable[[Picture], Picture]


def blurred(sigma_px: float) -> Damage:
    """Out of focus."""
    return lambda picture: np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.uint8)


def lit(share: float) -> Damage:
    """With so much of the light."""
    return lambda picture: np.clip(picture * share, 0, 255).astype(np.uint8)


def dull(share: float) -> Damage:
    """With so much of the contrast."""
    return lambda picture: np.clip((picture - 110.0) * share + 110, 0, 255).astype(np.uint8)


def noisy(sigma: float, damage: Damage | None = None) -> Damage:
    """With the noise of a sensor, after other damage."""
    rng = np.random.default_rng(5)

    def apply(picture: Picture) -> Picture:
        before = picture if damage is None else damage(picture)
        return np.clip(before + rng.normal(0, sigma, picture.shape), 0, 255).astype(np.uint8)

    return apply


def jpeg(quality: int) -> Damage:
    """Through a poor encoder."""

    def apply(picture: Picture) -> Picture:
        return np.asarray(cv2.imdecode(cv2.imencode(".jpg", picture, [1, quality])[1], 1), np.uint8)

    return apply


def covered(share: float, sheet: Picture, *, opacity: float = 1.0) -> Damage:
    """So much of the picture, from the left, behind a sheet whose edge is blurred, being near the lens."""
    height, width = sheet.shape[:2]
    reach = np.zeros((height, width), np.float32)
    reach[:, : round(share * width)] = opacity
    if share < 1:
        reach = np.asarray(cv2.GaussianBlur(reach, (0, 0), 8), np.float32)

    def apply(picture: Picture) -> Picture:
        return (picture * (1 - reach[..., None]) + sheet * reach[..., None]).astype(np.uint8)

    return apply


def plain(shape: tuple[int, int], level: int) -> Picture:
    """A sheet of one colour."""
    return np.full((*shape, 3), level, np.uint8)


def cloth(shape: tuple[int, int]) -> Picture:
    """A sheet with folds, blurred as whatever is near a lens."""
    folds = np.random.default_rng(3).normal(0, 1, shape).astype(np.float32)
    smooth = cv2.GaussianBlur(folds, (0, 0), 9)
    return np.repeat((110 + 45 * smooth / smooth.std()).clip(0, 255).astype(np.uint8)[..., None], 3, axis=2)


def aimed(*, x: float = 0.0, y: float = 0.0, turn_deg: float = 0.0, zoom: float = 1.0) -> Damage:
    """From a camera that was moved: shares of the picture, degrees, times."""

    def apply(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -turn_deg, zoom)
        matrix[:, 2] += (x * width, y * height)
        return np.asarray(
            cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8
        )

    return apply


def encoded(pictures: Sequence[Picture], *, fps: int, codec: str = "libx264", **options: str) -> list[Picture]:
    """As they come out of a video stream."""
    film = BytesIO()
    with av.open(film, "w", format="matroska") as written:
        stream = written.add_stream(codec, rate=fps, options=options)
        assert isinstance(stream, VideoStream)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for picture in pictures:
            written.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        written.mux(stream.encode(None))
    film.seek(0)
    with av.open(film, "r") as read:
        return [np.asarray(frame.to_ndarray(format="bgr24"), np.uint8) for frame in read.decode(video=0)]
