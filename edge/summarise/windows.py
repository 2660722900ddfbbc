"""The windows of one camera: tumbling, on event time, aligned to the epoch, closed a little late.

A window that the agent began or stopped in the middle of is shorter: it starts when the agent began and ends
when it stopped, so that windows never overlap, not even across a restart. A clock that is set by more than an hour
is such a restart: nobody watched the time that it leaps over, and there are no windows of it.
"""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

from cityedge.messages import CountMessage, SeeState
from edge.summarise.facts import CameraFacts
from edge.summarise.message import message_of
from edge.summarise.window import Glance, Window
from edge.types import HeatCell, LineCrossing, SpeedReading, Trip, ZoneEvent, ZoneSample

_LATE_S: Final = 60.0
_LEAST_SPAN_S: Final = 0.001
_CORRECT_WITHIN_S: Final = 180.0
"""Longer ago, how well the camera saw is not corrected: frozen takes longest to be believed, two minutes."""
_JUMP_S: Final = 3600.0
"""A clock that moves further at once was set: a box without a clock chip boots months ago, one whose chip keeps
local time boots hours ahead. The cloud refuses what lies further ahead than this, so after a step back no time is
stored twice."""
_CORRECT_MOST: Final = 4000
"""Frames: should the clock be set back, they do not grow old."""


class Windows:
    """Adds up what a camera counts, window by window.

    Times are Unix times in seconds. What belongs to a window that is closed already is added to the oldest
    open one: a count may come a moment late, but is never lost.

    Args:
        facts: What every summary says about where it comes from.
        window_s: Length of a window.
        lateness_s: How long a window stays open after its end.
    """

    def __init__(self, facts: CameraFacts, *, window_s: float, lateness_s: float) -> None:
        self._facts = facts
        self._window_s = window_s
        self._lateness_s = lateness_s
        self._open: list[Window] = []
        self._left: list[Window] = []  # ended because the clock was set, not told yet
        self._now_s = 0.0
        self._see: SeeState = "ok"
        self._recent: deque[Glance] = deque(maxlen=_CORRECT_MOST)

    @property
    def now_s(self) -> float:
        """The latest time that it was told of, since the clock was last set."""
        return self._now_s

    def begin(self, now_s: float) -> None:
        """Say when watching begins; nothing is summarised before. Further calls change nothing."""
        if not self._open:
            self._open, self._now_s = [self._window_from(now_s)], now_s

    def frame(
        self,
        now_s: float,
        dt_s: float,
        *,
        zones: Mapping[str, ZoneSample],
        heat: Sequence[HeatCell] = (),
        see: SeeState = "ok",
        since_s: float | None = None,
    ) -> None:
        """Take in one frame.

        Args:
            now_s: When it was captured.
            dt_s: For how long, up to it, frames came; 0 for the first frame after a gap.
            zones: What was in each zone in this frame.
            heat: Where feet stood in that time.
            see: How well the camera saw; of frames in which it was blind, zones and heat do not count.
            since_s: Since when it is so, where that was found out later: windows that are still open are
                corrected.
        """
        self._reach(now_s)
        self._at(now_s).frames += 1
        if see != self._see and since_s is not None:
            self._correct(see, since_s)
        self._see = see
        glance = Glance(now_s, dt_s, see, zones, heat)
        for window in self._open:
            window.take(glance)
        self._recent.append(glance)
        while now_s - self._recent[0].at_s > _CORRECT_WITHIN_S:
            self._recent.popleft()

    def _correct(self, see: SeeState, since_s: float) -> None:
        for glance in self._recent:
            if glance.at_s > since_s and glance.see == self._see:
                for window in self._open:
                    window.retake(glance, see=see)
                glance.see = see

    def crossing(self, crossing: LineCrossing, at_s: float) -> None:
        """Take in one crossing that happened at ``at_s``; proven only now, it may have happened in a gap."""
        self._watched_at(at_s).cross(crossing)

    def visit(self, zone: str, event: ZoneEvent, at_s: float) -> None:
        """Take in one entry or exit that happened at ``at_s``."""
        self._watched_at(at_s).visit(zone, event)

    def trip(self, trip: Trip, at_s: float) -> None:
        """Take in one trip between zones that ended at ``at_s``."""
        self._watched_at(at_s).travel(trip)

    def speed(self, reading: SpeedReading, at_s: float) -> None:
        """Take in one speed that was measured at ``at_s``."""
        self._watched_at(at_s).clock(reading)

    def close(self, now_s: float) -> Sequence[CountMessage]:
        """Close what is over.

        Args:
            now_s: The time. Where it goes back, nothing happens until it has caught up, or a frame shows that the
                clock was set: a recording that is counted fast may have ended ahead of its time.

        Returns:
            The summaries of windows that ended ``lateness_s`` ago or longer, oldest first, unwatched ones too.
        """
        self._reach(max(now_s, self._now_s))
        over, self._left = self._left, []
        while len(self._open) > 1 and self._now_s - self._open[0].end_s >= self._lateness_s:
            over.append(self._open.pop(0))
        return [message_of(window, self._facts, late=self._now_s - window.end_s > _LATE_S) for window in over]

    def flush(self, now_s: float) -> Sequence[CountMessage]:
        """Close everything, because the agent stops; the running window ends now.

        Args:
            now_s: The time.

        Returns:
            The summaries, oldest first.
        """
        if not self._open:
            return []
        self._reach(max(now_s, self._now_s))
        self._leave()
        over, self._left = self._left, []
        return [message_of(window, self._facts, late=False) for window in over]

    def _at(self, time_s: float) -> Window:
        """The open window that a moment belongs to, or the nearest."""
        for window in self._open:
            if time_s < window.end_s:
                return window
        return self._open[-1]

    def _watched_at(self, time_s: float) -> Window:
        """The open window nearest to a moment in which something was seen: only such a window has counts."""
        watched = [window for window in self._open if window.watched]
        return min(watched or self._open, key=lambda window: _distance_s(window, time_s))

    def _reach(self, now_s: float) -> None:
        """Have windows up to now; where the clock was set, anew from now on."""
        if self._open and abs(now_s - self._now_s) > _JUMP_S:
            self._leave()
        self.begin(now_s)
        self._now_s = max(self._now_s, now_s)
        while now_s >= self._open[-1].end_s:
            self._open.append(self._window_from(self._open[-1].end_s))

    def _leave(self) -> None:
        """End all windows; the running one ends where the time had got to."""
        last = self._open[-1]
        last.end_s = min(last.end_s, max(self._now_s, last.start_s + _LEAST_SPAN_S))
        self._left += self._open
        self._open = []
        self._recent.clear()

    def _window_from(self, start_s: float) -> Window:
        # Milliseconds, so that the end of one window and the start of the next agree after rounding.
        start_s = math.floor(start_s * 1000) / 1000
        return Window(start_s, (math.floor(start_s / self._window_s) + 1) * self._window_s)


def _distance_s(window: Window, time_s: float) -> float:
    return max(window.start_s - time_s, time_s - window.end_s, 0.0)
