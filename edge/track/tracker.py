"""The tracker of one camera: gives every object an identity and keeps it over gaps.

In the manner of ByteTrack (Zhang et al., ECCV 2022): sure detections are paired first, unsure ones may only
carry on what is already tracked. Beyond it: real time between frames in filter and gates, looks, a class by
vote, a second chance after an occlusion, and no new identity inside a box that is already somebody's.
"""

from typing import Final

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
from edge.track.doubt import behind_shares, claims, noise_factors, with_feet
from edge.track.motion import Motion, to_boxes
from edge.track.settings import CARRY, KEEP, REGAIN, TrackerSettings
from edge.track.tracks import AGILITY, DOUBT, HASTE, PEOPLE, FrameSight, Mask, Rows, Track
from edge.types import TrackedObject
from models.types import Detections

_NEAR: Final = 0.1  # IoU that an unsure detection needs with a place where a track is expected, give or take


class Tracker:
    """Feed it detections, frame by frame; its state is its own.

    Args:
        settings: How it decides.
    """

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        self._settings = settings or TrackerSettings()
        self._tracks: list[Track] = []
        self._motion = Motion()
        self._looks: Array = np.zeros((0, 0))
        self._time_s = -np.inf
        self._dt_s = 0.0
        self._last_id = 0

    def reset(self) -> None:
        """Forget all objects (the camera was away, or moved); identities are never used again."""
        self._tracks, self._motion, self._looks, self._time_s = [], Motion(), np.zeros((0, 0)), -np.inf

    def usable(self, detections: Detections) -> Detections:
        """The detections that are worth tracking.

        Args:
            detections: Of the next frame.

        Returns:
            Sure ones, and unsure ones where a track is expected that they might carry: only these need looks.
        """
        worth = detections.scores >= np.array(self._settings.sure_scores)[detections.labels]
        present = self._lately()
        if present.any():
            boxes = to_boxes(self._motion.position + self._motion.velocity * self._dt_s)[present]
            unsure = np.flatnonzero(~worth & (detections.scores >= self._settings.unsure_score))
            near = overlaps(detections.boxes_px[unsure].astype(np.float64), boxes) >= _NEAR
            worth[unsure] = near.any(axis=1)
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
        self._dt_s = dt_s = time_s - before_s if np.isfinite(before_s) else 0.0
        self._motion.predict(dt_s)
        frame = FrameSight.of(detections, looks, self._settings)
        self._pair_all(frame, before_s)
        self._begin(frame)
        for track, state in zip(self._tracks, self._motion.position, strict=True):
            track.judge(state, time_s=time_s, dt_s=dt_s, settings=self._settings)
        self._wait(dt_s)
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
        known_s = np.array([track.seen_s - track.born_s for track in self._tracks])
        known = now - seen <= np.maximum(settings.active_s, settings.known_for * known_s) + 1e-6
        self._pair(frame, known, frame.sure, REGAIN)

    def _pair(self, frame: FrameSight, tracks: Mask, among: Mask, gate: Gate) -> None:
        columns = np.flatnonzero(among & frame.free)
        if not columns.size:
            return
        unseen = np.array([track.seen_s != self._time_s for track in self._tracks], np.bool_)
        rows = np.flatnonzero(tracks & unseen)
        if not rows.size:
            return
        states = self._motion.position[rows]
        own = Sight(states, to_boxes(states), self._looks[rows])
        sight = frame.sight
        theirs = Sight(sight.states[columns], sight.boxes[columns], sight.looks[columns])
        costs = pairing_costs(own, theirs, spread_px=self._motion.spread()[rows], gate=gate)
        groups = np.array([self._tracks[row].group for row in rows])
        costs[groups[:, None] != frame.groups[columns][None, :]] = np.inf
        pairs = cheapest_pairs(costs)
        if pairs:
            of, to = np.array(pairs, np.intp).T
            self._see(frame, rows[of], columns[to], claims(costs, of, to))

    def _see(self, frame: FrameSight, rows: Rows, columns: Rows, claimed: Mask) -> None:
        boxes = to_boxes(self._motion.position)
        behind = behind_shares(boxes[rows], boxes[self._lately()])
        noise = noise_factors(frame.shares_of_sure[columns], behind, claimed)
        noise = 1.0 + (noise - 1.0) * DOUBT[frame.groups[columns]]
        measured = with_feet(frame.sight.states[columns], self._motion.position[rows], behind)
        self._motion.update(rows, measured, noise)
        self._learn(frame, rows, columns)
        frame.free[columns] = False
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            self._tracks[row].see(frame, column, time_s=self._time_s)

    def _learn(self, frame: FrameSight, rows: Rows, columns: Rows) -> None:
        """Take over some of what the seen look like, where they are seen surely and by themselves."""
        plain = frame.sure[columns] & frame.alone[columns]
        rows, columns = rows[plain], columns[plain]
        mixed = self._looks[rows] + self._settings.looks_rate * (frame.sight.looks[columns] - self._looks[rows])
        norm = np.sqrt((mixed * mixed).sum(axis=1, keepdims=True))
        self._looks[rows] = mixed / np.maximum(norm, 1e-9)

    def _lately(self) -> Mask:
        """Which tracks are there: confirmed, and seen lately."""
        after_s = self._time_s - self._settings.present_s
        return np.array([track.confirmed and track.seen_s >= after_s for track in self._tracks], np.bool_)

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
            groups, theirs = frame.groups[rows][:, None], frame.groups[used][None, :]
            overlap = overlaps(boxes, others)
            twin = overlap >= self._settings.twin_iou
            twin |= covered_shares(boxes, others) >= self._settings.twin_cover
            twin &= groups == theirs
            # One vehicle may be seen as a motorcycle and as a car at once.
            twin |= (overlap >= self._settings.double_iou) & (groups != PEOPLE) & (theirs != PEOPLE)
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
        )
        self._tracks.append(track)
        looks = frame.sight.looks[index][None]
        self._looks = np.concatenate([self._looks, looks]) if len(self._looks) else looks.copy()
        self._motion.append(state[None], agility=AGILITY[track.group], haste=HASTE[track.group])
        track.see(frame, index, time_s=self._time_s)

    def _wait(self, dt_s: float) -> None:
        """Let time pass for who is out of sight, unless somebody nearer hides them."""
        lost = np.array([track.seen_s != self._time_s for track in self._tracks], np.bool_)
        if not lost.any():
            return
        boxes = to_boxes(self._motion.position)
        hidden = behind_shares(boxes[lost], boxes[~lost]) >= self._settings.hidden_share
        for row, behind in zip(np.flatnonzero(lost).tolist(), hidden.tolist(), strict=True):
            self._tracks[row].lost_s += 0.0 if behind else dt_s

    def _forget(self) -> None:
        def remembered(track: Track) -> bool:
            if not track.confirmed:
                return self._time_s - track.seen_s <= self._settings.active_s
            unseen_s = self._time_s - track.seen_s
            return track.lost_s <= self._settings.memory_s and unseen_s <= self._settings.hidden_s

        keep: NDArray[np.bool_] = np.array([remembered(track) for track in self._tracks], np.bool_)
        if not keep.all():
            self._motion.keep(keep)
            self._looks = self._looks[keep]
            self._tracks = [track for track, kept in zip(self._tracks, keep, strict=True) if kept]

    def _report(self) -> list[TrackedObject]:
        now, settings = self._time_s, self._settings
        boxes = to_boxes(self._motion.shown).tolist()
        return [
            track.report((left, top, right, bottom), time_s=now, settings=settings)
            for track, (left, top, right, bottom) in zip(self._tracks, boxes, strict=True)
            if track.confirmed and now - track.seen_s <= settings.coast_s
        ]
