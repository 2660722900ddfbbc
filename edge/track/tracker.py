"""The tracker of one camera: gives every object an identity and keeps it over gaps.

In the manner of ByteTrack (Zhang et al., ECCV 2022): sure detections are paired first, unsure ones may only
carry on what is already tracked. Beyond it: real time between frames in filter and gates, looks, a class by
vote, a second chance after an occlusion, and no new identity inside a box that is already somebody's.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.track.association import (
    Array,
    Gate,
    Sight,
    cheapest_pairs,
    covered_shares,
    overlaps,
    pairing_costs,
)
from edge.track.motion import Motion, to_boxes
from edge.track.settings import CARRY, KEEP, REGAIN, TrackerSettings
from edge.track.tracks import AGILITY, HASTE, FrameSight, Mask, Track
from edge.types import TrackedObject
from models.types import Detections


class Tracker:
    """Feed it detections, frame by frame; its state is its own.

    Args:
        settings: How it decides.
    """

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        self._settings = settings or TrackerSettings()
        self._tracks: list[Track] = []
        self._motion = Motion()
        self._time_s = -np.inf
        self._last_id = 0

    def reset(self) -> None:
        """Forget all objects (the camera was away, or moved); identities are never used again."""
        self._tracks, self._motion, self._time_s = [], Motion(), -np.inf

    def usable(self, detections: Detections) -> Detections:
        """The detections that are worth tracking.

        Args:
            detections: Of one frame.

        Returns:
            Those that may at least carry a track: only these need looks.
        """
        worth = detections.scores >= self._settings.unsure_score
        return Detections(detections.boxes_px[worth], detections.scores[worth], detections.labels[worth])

    def update(self, detections: Detections, looks: Array, time_s: float) -> list[TrackedObject]:
        """Take in one frame.

        Args:
            detections: Of this frame, N, unsure ones included.
            looks: What is in each (``appearance.describe``), shape (N, D).
            time_s: When it was seen, in scene time; must be later than the frame before.

        Returns:
            The confirmed objects of this frame: observed ones, and those not seen for up to ``coast_s``.

        Raises:
            ValueError: ``time_s`` is not later than that of the frame before.
        """
        before_s, self._time_s = self._time_s, time_s
        if time_s <= before_s:
            raise ValueError(f"frame at {time_s} s is not later than the one before at {before_s} s")
        dt_s = time_s - before_s if np.isfinite(before_s) else 0.0
        self._motion.predict(dt_s)
        frame = FrameSight.of(detections, looks, self._settings)
        self._pair_all(frame, before_s)
        self._begin(frame)
        for track, state in zip(self._tracks, self._motion.position, strict=True):
            track.judge(state, time_s=time_s, dt_s=dt_s, settings=self._settings)
        self._forget()
        return self._report()

    def _pair_all(self, frame: FrameSight, before_s: float) -> None:
        now, settings = self._time_s, self._settings
        seen = np.array([track.seen_s for track in self._tracks])
        sure = np.array([track.sure_s for track in self._tracks])
        confirmed = np.array([track.confirmed for track in self._tracks], np.bool_)
        recent = (seen == before_s) | (confirmed & (now - seen <= settings.active_s + 1e-6))
        carried = confirmed & ((now - sure <= settings.carry_s + 1e-6) | (sure == before_s))
        self._pair(frame, recent, frame.sure, KEEP)
        self._pair(frame, carried, frame.unsure, CARRY)
        self._pair(frame, np.ones(len(seen), np.bool_), frame.sure, REGAIN)

    def _pair(self, frame: FrameSight, tracks: Mask, among: Mask, gate: Gate) -> None:
        unseen = np.array([track.seen_s != self._time_s for track in self._tracks], np.bool_)
        rows = np.flatnonzero(tracks & unseen)
        columns = np.flatnonzero(among & frame.free)
        if not rows.size or not columns.size:
            return
        states = self._motion.position[rows]
        own = Sight(states, to_boxes(states), np.stack([self._tracks[row].looks for row in rows]))
        sight = frame.sight
        theirs = Sight(sight.states[columns], sight.boxes[columns], sight.looks[columns])
        costs = pairing_costs(own, theirs, spread_px=self._motion.spread()[rows], gate=gate)
        groups = np.array([self._tracks[row].group for row in rows])
        costs[groups[:, None] != frame.groups[columns][None, :]] = np.inf
        self._see(frame, [(rows[i], columns[j]) for i, j in cheapest_pairs(costs)])

    def _see(self, frame: FrameSight, pairs: Sequence[tuple[int, int]]) -> None:
        if not pairs:
            return
        rows, columns = np.array(pairs, np.intp).T
        self._motion.update(rows, frame.sight.states[columns])
        frame.free[columns] = False
        for row, column in pairs:
            self._tracks[row].see(frame, column, time_s=self._time_s, settings=self._settings)

    def _begin(self, frame: FrameSight) -> None:
        for index in np.flatnonzero(frame.sure & frame.free).tolist():
            alone = np.zeros(len(frame.free), np.bool_)
            alone[index] = True
            if not self._twins(frame, alone)[index]:
                self._begin_one(frame, index)
                frame.free[index] = False

    def _twins(self, frame: FrameSight, among: Mask) -> Mask:
        """Which detections are another box of something that has one already in this frame."""
        twins = np.zeros(len(frame.free), np.bool_)
        rows, used = np.flatnonzero(among & frame.free), np.flatnonzero(~frame.free)
        if rows.size and used.size:
            boxes, others = frame.sight.boxes[rows], frame.sight.boxes[used]
            twin = overlaps(boxes, others) >= self._settings.twin_iou
            twin |= covered_shares(boxes, others) >= self._settings.twin_cover
            twin &= frame.groups[rows][:, None] == frame.groups[used][None, :]
            twins[rows] = twin.any(axis=1)
        return twins

    def _begin_one(self, frame: FrameSight, index: int) -> None:
        self._last_id += 1
        state = frame.sight.states[index]
        track = Track(
            self._last_id,
            int(frame.groups[index]),
            self._time_s,
            (float(state[0]), float(state[1])),
            frame.sight.looks[index],
        )
        self._tracks.append(track)
        self._motion.append(state[None], agility=AGILITY[track.group], haste=HASTE[track.group])
        track.see(frame, index, time_s=self._time_s, settings=self._settings)

    def _forget(self) -> None:
        def remembered(track: Track) -> bool:
            patience = self._settings.memory_s if track.confirmed else self._settings.active_s
            return self._time_s - track.seen_s <= patience

        keep: NDArray[np.bool_] = np.array([remembered(track) for track in self._tracks], np.bool_)
        if not keep.all():
            self._motion.keep(keep)
            self._tracks = [track for track, kept in zip(self._tracks, keep, strict=True) if kept]

    def _report(self) -> list[TrackedObject]:
        now, settings = self._time_s, self._settings
        boxes = to_boxes(self._motion.position).tolist()
        return [
            TrackedObject(
                track.track_id,
                track.label,
                (left, top, right, bottom),
                track.score,
                observed=track.seen_s == now,
                settled=track.is_settled(settings),
                moved=track.moved,
            )
            for track, (left, top, right, bottom) in zip(self._tracks, boxes, strict=True)
            if track.confirmed and now - track.seen_s <= settings.coast_s
        ]
