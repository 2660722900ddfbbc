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
_SMALL_BLUR_PX: Final = 1.5


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


def outline(mask: NDArray[np.bool_]) -> Corners:
    """Trace the largest thing in a mask.

    Args:
        mask: Shape (H, W).

    Returns:
        Shape (N, 2), whole pixels: corners of its outline, simplified to a pixel.
    """
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(found, key=cv2.contourArea)
    return np.asarray(cv2.approxPolyDP(largest, 1.0, closed=True)[:, 0], np.int32)


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


def blurred(picture: Picture, sigma_px: float) -> Picture:
    """Put a picture out of focus; about as fast for a large blur as for a small one.

    Args:
        picture: Any number of channels.
        sigma_px: Standard deviation of the blur.

    Returns:
        The blurred picture.
    """
    if sigma_px < _SMALL_BLUR_PX:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.uint8)
    radius = max(1, round(sigma_px * 2))  # a stack blur of radius r spreads about as a Gaussian of r / 2
    return np.asarray(cv2.stackBlur(picture, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def warped(picture: Picture, matrix: Sequence[Sequence[float]]) -> Picture:
    """Move, turn and stretch a picture; where nothing is known it is continued by its mirror image.

    Args:
        picture: Shape (H, W, 3).
        matrix: Two rows of three: new columns and rows from old ones.

    Returns:
        A picture of the same shape.
    """
    size_px = (picture.shape[1], picture.shape[0])
    move = np.array(matrix, np.float64)
    return np.asarray(cv2.warpAffine(picture, move, size_px, borderMode=cv2.BORDER_REFLECT_101), np.uint8)


def scaled(picture: Picture, factor: float, offset: float = 0.0) -> Picture:
    """Change a picture's contrast.

    Args:
        picture: Any number of channels.
        factor: Times which every channel is taken.
        offset: What is added then; the sum is clipped to 0 to 255.

    Returns:
        The changed picture.
    """
    return np.asarray(cv2.convertScaleAbs(picture, alpha=factor, beta=offset), np.uint8)


def looked_up(picture: Picture, table: Picture) -> Picture:
    """Replace every value by another.

    Args:
        picture: Shape (H, W, 3).
        table: Shape (256, 3): what each value of each channel becomes.

    Returns:
        The replaced values.
    """
    return np.asarray(cv2.LUT(picture, table[None]), np.uint8)


def tripled(field: Picture) -> Picture:
    """Take one field for blue, green and red.

    Args:
        field: Shape (H, W).

    Returns:
        Shape (H, W, 3).
    """
    return np.asarray(cv2.merge([field, field, field]), np.uint8)


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


def smeared(picture: Picture, rows_px: int) -> Picture:
    """Blur a picture up and down only.

    Args:
        picture: Any number of channels.
        rows_px: How far.

    Returns:
        The smeared picture.
    """
    return np.asarray(cv2.blur(picture, (1, 2 * rows_px + 1), borderType=cv2.BORDER_REPLICATE), np.uint8)


def blend(picture: Picture, keep: Picture, colour: Picture, at: tuple[int, int]) -> None:
    """Lay something that is partly transparent into a picture.

    Args:
        picture: Shape (H, W, 3); it is changed.
        keep: Shape (h, w, 3): how much of the picture stays, 0 to 255.
        colour: Same shape: what is added, premultiplied by its opacity.
        at: Column and row of its upper left corner; what lies outside the picture is left out.
    """
    parts = _overlap(picture, colour.shape, *at)
    if parts:
        there, here = parts
        picture[there] = brightened(dimmed(picture[there], keep[here]), colour[here])


def add(picture: Picture, light: Picture, x_px: int, y_px: int) -> None:
    """Add light about a point of a picture.

    Args:
        picture: Shape (H, W, 3); it is changed.
        light: Shape (h, w, 3): its middle falls on the point; what lies outside the picture is left out.
        x_px: Column of the point.
        y_px: Row of the point.
    """
    parts = _overlap(picture, light.shape, x_px - light.shape[1] // 2, y_px - light.shape[0] // 2)
    if parts:
        there, here = parts
        picture[there] = brightened(picture[there], light[here])


def _overlap(
    picture: Picture, shape: tuple[int, ...], left: int, top: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
    """The part of a picture that a patch covers, and the part of the patch that lies in the picture."""
    height, width = picture.shape[:2]
    y1, x1 = max(0, top), max(0, left)
    y2, x2 = min(height, top + shape[0]), min(width, left + shape[1])
    if y2 <= y1 or x2 <= x1:
        return None
    return (slice(y1, y2), slice(x1, x2)), (slice(y1 - top, y2 - top), slice(x1 - left, x2 - left))


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
