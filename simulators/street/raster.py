"""The few operations on pixels that drawing needs; the only file of the simulators that knows OpenCV."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]
"""Blue, green, red, 0 to 255."""
Picture = NDArray[np.uint8]
"""Shape (H, W, 3) BGR, or (H, W) where said."""
Floats = NDArray[np.float32]
Corners = NDArray[np.int32]
"""Shape (N, 2): x, y in sixteenths of a pixel."""

SUBPIXELS: Final = 16
_SHIFT: Final = 4


def fill(canvas: Picture, corners: Corners, value: Sequence[int], *, smooth: bool = False) -> None:
    """Fill a polygon.

    Args:
        canvas: Painted on.
        corners: Of the polygon.
        value: One number per channel.
        smooth: Blend its edge with what is there.
    """
    cv2.fillPoly(canvas, [corners], tuple(value), cv2.LINE_AA if smooth else cv2.LINE_8, _SHIFT)


def stroke(canvas: Picture, corners: Corners, value: Sequence[int], width_px: int) -> None:
    """Draw an open line with round ends.

    Args:
        canvas: Painted on.
        corners: Of the line.
        value: One number per channel.
        width_px: Its width.
    """
    cv2.polylines(canvas, [corners], isClosed=False, color=tuple(value), thickness=width_px, shift=_SHIFT)


def ellipse(
    canvas: Picture,
    centre: tuple[int, int],
    axes: tuple[int, int],
    value: Sequence[int],
    *,
    width_px: int = -1,
    span_deg: tuple[float, float] = (0, 360),
) -> None:
    """Draw an ellipse or an arc of one.

    Args:
        canvas: Painted on.
        centre: In sixteenths of a pixel.
        axes: Half its width and half its height, in sixteenths of a pixel.
        value: One number per channel.
        width_px: Width of its rim; filled where negative.
        span_deg: From and to, clockwise from the right.
    """
    start, end = span_deg
    cv2.ellipse(canvas, centre, axes, 0, start, end, tuple(value), width_px, cv2.LINE_8, _SHIFT)


def shrunk(picture: Picture, size_px: tuple[int, int]) -> Picture:
    """Make a picture smaller, every pixel the mean of what it covers.

    Args:
        picture: Any number of channels.
        size_px: Width and height wanted.

    Returns:
        The smaller picture.
    """
    return np.asarray(cv2.resize(picture, size_px, interpolation=cv2.INTER_AREA), np.uint8)


def stretched(field: Floats, size_px: tuple[int, int]) -> Floats:
    """Make a field of numbers larger, evenly between them.

    Args:
        field: Shape (H, W).
        size_px: Width and height wanted.

    Returns:
        The larger field.
    """
    return np.asarray(cv2.resize(field, size_px, interpolation=cv2.INTER_LINEAR), np.float32)


def softened(field: Floats, sigma_px: float) -> Floats:
    """Blur a field of numbers.

    Args:
        field: Shape (H, W) or (H, W, C).
        sigma_px: Standard deviation of the blur.

    Returns:
        The blurred field.
    """
    return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma_px), np.float32)


def cut_out(colour: Picture, mask: Picture) -> Picture:
    """Blacken what a mask does not cover.

    Args:
        colour: Shape (H, W, 3).
        mask: Shape (H, W): 0 or 255.

    Returns:
        The colours under the mask.
    """
    return np.asarray(cv2.bitwise_and(colour, colour, mask=mask), np.uint8)


def dimmed(picture: Picture, share: Picture) -> Picture:
    """Multiply a picture by a share of light.

    Args:
        picture: Shape (H, W, 3).
        share: Same shape: 255 leaves a pixel as it is, 0 makes it black.

    Returns:
        The product.
    """
    return np.asarray(cv2.multiply(picture, share, scale=1 / 255), np.uint8)


def brightened(picture: Picture, light: Picture) -> Picture:
    """Add light to a picture; white stays white.

    Args:
        picture: Shape (H, W, 3).
        light: Same shape.

    Returns:
        The sum.
    """
    return np.asarray(cv2.add(picture, light), np.uint8)


def sensed(picture: Picture, more: Picture, less: Picture) -> Picture:
    """What a lens and a sensor make of a picture: a little blur, and noise.

    Args:
        picture: Shape (H, W, 3); it is overwritten.
        more: Noise that is added, same shape.
        less: Noise that is taken away, same shape.

    Returns:
        The picture that was given.
    """
    cv2.GaussianBlur(picture, (3, 3), 0.6, dst=picture)
    cv2.add(picture, more, dst=picture)
    cv2.subtract(picture, less, dst=picture)
    return picture


def jpeg(picture: Picture, quality: int) -> bytes:
    """Compress a picture.

    Args:
        picture: Shape (H, W, 3).
        quality: 1 to 100.

    Returns:
        A JPEG file.
    """
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()
