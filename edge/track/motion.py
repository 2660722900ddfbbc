"""Constant-velocity Kalman filter over many boxes at once, with the real time between frames.

The state of a box is its foot point and size, ``(foot_x, foot_y, width, height)`` in pixels, and their
velocities. The four coordinates are filtered independently, so that each covariance is a symmetric two-by-two
matrix held as three numbers. Noise is given as shares of the box's larger side per second: a near object moves,
and jitters, by more pixels than a far one.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Jitter of a detector's box, as a share of its larger side: foot x, foot y, width, height.
_MEASURED: Final = np.array([0.08, 0.10, 0.16, 0.12])
# How fast the velocity may change, in larger sides per second and square root of a second.
_DRIFT: Final = np.array([0.4, 0.28, 0.06, 0.06])
# How fast something unknown may move at first, in larger sides per second.
_FIRST_SPEED: Final = np.array([1.5, 1.0, 0.2, 0.2])
_LEAN: Final = 0.5  # how far the reported box leans from the filtered to the measured one

# One product does what four slices and a stack do; both run several times a frame.
_TO_STATE: Final = np.array([[0.5, 0, -1, 0], [0, 0, 0, -1], [0.5, 0, 1, 0], [0, 1, 0, 1]])
_TO_BOX: Final = np.linalg.inv(_TO_STATE)


def to_state(boxes_px: NDArray[np.float32]) -> Array:
    """Boxes as the filter measures them.

    Args:
        boxes_px: Shape (N, 4): left, top, right, bottom in pixels.

    Returns:
        Shape (N, 4): foot x, foot y, width, height in pixels.
    """
    return np.asarray(boxes_px.astype(np.float64) @ _TO_STATE)


def to_boxes(states: Array) -> Array:
    """The inverse of :func:`to_state`.

    Args:
        states: Shape (N, 4): foot x, foot y, width, height in pixels.

    Returns:
        Shape (N, 4): left, top, right, bottom in pixels.
    """
    return np.asarray(states @ _TO_BOX)


class Motion:
    """The filtered states of a tracker's boxes, row by row beside the tracker's list of tracks.

    Attributes:
        position: Shape (N, 4): foot x, foot y, width, height in pixels.
        velocity: Shape (N, 4): their change, in pixels per second.
        shown: Shape (N, 4): the boxes to report. The filter lags behind what it measures, and the measured box
            jitters: what was seen lies half way between the two, nearer to the filter's where it is doubtful.
    """

    def __init__(self) -> None:
        self.position: Array = np.zeros((0, 4))
        self.velocity: Array = np.zeros((0, 4))
        self.shown: Array = np.zeros((0, 4))
        self._agility: Array = np.zeros((0, 1))
        # Covariance per coordinate: var(position), cov(position, velocity), var(velocity).
        self._pp: Array = np.zeros((0, 4))
        self._pv: Array = np.zeros((0, 4))
        self._vv: Array = np.zeros((0, 4))

    def __len__(self) -> int:
        return len(self.position)

    def predict(self, dt_s: float) -> None:
        """Move all boxes forward in time.

        Args:
            dt_s: Seconds since the last prediction.
        """
        self.position = self.position + self.velocity * dt_s
        self.position[:, 2:] = np.maximum(self.position[:, 2:], 1.0)
        self.shown = self.position.copy()
        drift = (_DRIFT * self._agility * _side(self.position)) ** 2
        self._pp = self._pp + 2 * dt_s * self._pv + dt_s**2 * self._vv + drift * dt_s**3 / 3
        self._pv = self._pv + dt_s * self._vv + drift * dt_s**2 / 2
        self._vv = self._vv + drift * dt_s

    def update(self, rows: NDArray[np.intp], measured: Array, noise_factors: Array | None = None) -> None:
        """Correct some boxes by what was seen.

        Args:
            rows: Which boxes, shape (M,).
            measured: Shape (M, 4): foot x, foot y, width, height in pixels.
            noise_factors: How many times the usual noise they have, shape (M,); 1 where None.
        """
        factors = np.ones((len(rows), 1)) if noise_factors is None else noise_factors[:, None]
        noise = (_MEASURED * _side(measured) * factors) ** 2
        pp, pv = self._pp[rows], self._pv[rows]
        gain_p, gain_v = pp / (pp + noise), pv / (pp + noise)
        surprise = measured - self.position[rows]
        self.position[rows] += gain_p * surprise
        self.velocity[rows] += gain_v * surprise
        self._pp[rows] = (1 - gain_p) * pp
        self._pv[rows] = (1 - gain_p) * pv
        self._vv[rows] -= gain_v * pv
        self.shown[rows] = self.position[rows] + _LEAN / factors * (measured - self.position[rows])

    def spread(self) -> Array:
        """How uncertain the foot points are: standard deviation in pixels, shape (N, 2)."""
        return np.sqrt(self._pp[:, :2])

    def append(self, measured: Array, *, agility: float = 1.0, haste: float = 1.0) -> None:
        """Begin new boxes, at rest until they are seen to move.

        Args:
            measured: Shape (M, 4): foot x, foot y, width, height in pixels.
            agility: How fast they change their speed, for their size; 1 for people.
            haste: How fast they may be at first, for their size; 1 for people.
        """
        side = _side(measured)
        self.position = np.concatenate([self.position, measured])
        self.velocity = np.concatenate([self.velocity, np.zeros_like(measured)])
        self.shown = np.concatenate([self.shown, measured])
        self._pp = np.concatenate([self._pp, (_MEASURED * side) ** 2])
        self._pv = np.concatenate([self._pv, np.zeros_like(measured)])
        self._vv = np.concatenate([self._vv, (_FIRST_SPEED * haste * side) ** 2])
        self._agility = np.concatenate([self._agility, np.full((len(measured), 1), agility)])

    def keep(self, rows: NDArray[np.bool_]) -> None:
        """Forget all boxes but some.

        Args:
            rows: Which to keep, shape (N,).
        """
        self.position, self.velocity, self.shown = self.position[rows], self.velocity[rows], self.shown[rows]
        self._pp, self._pv, self._vv = self._pp[rows], self._pv[rows], self._vv[rows]
        self._agility = self._agility[rows]


def _side(states: Array) -> Array:
    """The larger side of each box, shape (N, 1)."""
    return np.asarray(states[:, 2:].max(axis=1, keepdims=True))
