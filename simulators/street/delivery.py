"""Delivery: which frames arrive, and which the network or a camera that is off keeps to itself."""

import math

import numpy as np

from simulators.street.conditions import Conditions, FrameDrops, Offline
from simulators.street.faults import in_force


def arrives(conditions: Conditions, index: int, *, fps: float, seed: int) -> bool:
    """Decide whether a frame arrives.

    Args:
        conditions: May drop frames, and may switch the camera off.
        index: Which frame, from 0.
        fps: Frames per second.
        seed: Of the street.

    Returns:
        The same for the same arguments.
    """
    if any(isinstance(fault, Offline) for fault in in_force(conditions.faults, index / fps)):
        return False
    drops = conditions.frame_drops
    return drops is None or not _lost(drops, index, fps=fps, seed=seed)


def _lost(drops: FrameDrops, index: int, *, fps: float, seed: int) -> bool:
    """Time is cut into pieces as long as a burst; each piece is lost whole or not at all."""
    piece = math.floor(index / max(1.0, drops.burst_s * fps))
    return float(np.random.default_rng((seed, 13, piece)).random()) < drops.share
