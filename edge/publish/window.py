"""Which rows to send now: a bounded window over the outbox, decided without a socket or a clock.

A row goes through these states::

    (outbox) ── sent ──> in flight ── delivered ──> at the broker ── covered ──> gone
                             │                           │
                             ├─ unheard, failed ─┐       ├─ not covered in time:
                             │                   v       v  sent again
                             └─ reconnected ──> (outbox)

The broker's word ("delivered") only frees a place in the window; the cloud's word ("covered") ends a row.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

IN_FLIGHT_MOST: Final = 20
"""Rows handed to paho and not acknowledged by the broker, at most: its memory dies with the process."""
UNCOVERED_MOST: Final = 500
"""Rows sent and not covered by the cloud, at most: the broker's queue must not fill while nobody reads."""
RESEND_S: Final = 30.0
"""How long the cloud may take to cover a row before it is sent again."""
_SLOWEST_S: Final = 900.0
_UNHEARD_FIRST_S: Final = 2.0
_UNHEARD_SLOWEST_S: Final = 60.0
_MOST_DOUBLINGS: Final = 16


class _State(Enum):
    IN_FLIGHT = "handed to paho"
    AT_BROKER = "acknowledged"
    RETURNED = "acknowledged as unheard, or refused"


@dataclass
class _Sent:
    """A row that was sent over this connection.

    Attributes:
        mid: The packet's number.
        due_s: When to send it again unless it is covered, monotonic time.
        state: Where it is.
        failures: How often in a row the broker refused it.
    """

    mid: int
    due_s: float
    state: _State = _State.IN_FLIGHT
    failures: int = 0


class SendWindow:
    """What was sent over this connection, and what may be sent next. Not thread-safe.

    Args:
        rng: For jitter; seeded in tests.
        resend_s: How long the cloud may take to cover a row.
    """

    def __init__(self, *, rng: random.Random, resend_s: float = RESEND_S) -> None:
        self._rng = rng
        self._resend_s = resend_s
        self._in_flight_most = IN_FLIGHT_MOST
        self._covered = 0
        self._sent: dict[int, _Sent] = {}
        self._by_mid: dict[int, int] = {}
        self._unheard = 0
        self._hold_until_s = 0.0
        self._patience = _Patience(resend_s)

    @property
    def next_after(self) -> int:
        """Rows over this seq were never sent over this connection."""
        return max(self._sent, default=self._covered)

    @property
    def nobody_listens(self) -> bool:
        """Whether the broker's last word was that it had nobody to give a row to."""
        return self._unheard > 0

    @property
    def in_flight(self) -> int:
        """How many rows the broker has not acknowledged."""
        return len(self._by_mid)

    def connected(self, *, in_flight_most: int) -> None:
        """Begin anew: what was in flight may be lost, and what the broker had may be as well.

        Args:
            in_flight_most: Places inside paho on this connection.
        """
        self._in_flight_most = in_flight_most
        self._sent.clear()
        self._by_mid.clear()
        self._heard()
        self._patience.restore()

    def begin_epoch(self) -> None:
        """The outbox was begun anew: its seqs start over."""
        self._sent.clear()
        self._covered = 0

    def again(self, now_s: float) -> Sequence[int]:
        """Seqs of rows that are to be sent again now, lowest first."""
        due = [
            (seq, row.state)
            for seq, row in sorted(self._sent.items())
            if row.state is not _State.IN_FLIGHT and row.due_s <= now_s
        ]
        repeats = [seq for seq, state in due if state is _State.AT_BROKER][self._patience.left(now_s) :]
        postponed = set(repeats)
        return [seq for seq, _ in due if seq not in postponed][: self._free(now_s)]

    def room(self, now_s: float) -> int:
        """How many rows that were never sent may be sent now."""
        # Rows that are to be sent again go first: the cloud waits for the lowest seq.
        free = self._free(now_s) - len(self.again(now_s))
        return max(0, min(free, UNCOVERED_MOST - len(self._sent)))

    def sent(self, seq: int, *, mid: int, now_s: float) -> None:
        """A row was handed to paho."""
        before = self._sent.get(seq)
        if before is not None and before.state is _State.AT_BROKER:
            self._patience.spend(now_s)
        due_s = now_s + self._jittered(self._resend_s)
        self._sent[seq] = _Sent(mid=mid, due_s=due_s, failures=before.failures if before else 0)
        self._by_mid[mid] = seq

    def forget(self, seq: int) -> None:
        """A row is no longer in the outbox: its rule dropped it."""
        self._sent.pop(seq, None)

    def delivered(self, mid: int) -> None:
        """The broker took a row and gives it to somebody."""
        row = self._answered(mid)
        if row is not None:
            row.state = _State.AT_BROKER
            row.failures = 0
            self._heard()

    def unheard(self, mid: int, *, now_s: float) -> None:
        """The broker took a row and had nobody to give it to: it is gone. Everything slows down."""
        row = self._answered(mid)
        if row is None:
            return
        row.state, row.due_s = _State.RETURNED, now_s
        if now_s >= self._hold_until_s:
            self._hold_until_s = now_s + self._jittered(
                _doubled(_UNHEARD_FIRST_S, self._unheard, most_s=_UNHEARD_SLOWEST_S)
            )
            self._unheard += 1

    def failed(self, mid: int, *, now_s: float) -> None:
        """The broker refused a row: it waits, longer each time, and does not stop the others."""
        row = self._answered(mid)
        if row is not None:
            row.state = _State.RETURNED
            row.due_s = now_s + self._jittered(_doubled(self._resend_s, row.failures, most_s=_SLOWEST_S))
            row.failures += 1

    def covered(self, seq: int, *, now_s: float) -> None:
        """The cloud has everything up to a seq.

        It lives, so rows that nobody listened to may go now; those that the broker has get a little more
        time, as the cloud is likely to be reading them.
        """
        self._heard()
        if seq <= self._covered:
            return
        self._covered = seq
        self._sent = {s: row for s, row in self._sent.items() if s > seq}
        for row in self._sent.values():
            if row.state is _State.AT_BROKER:
                row.due_s = max(row.due_s, now_s + self._resend_s / 6.0)
        self._patience.restore()

    def _heard(self) -> None:
        self._unheard = 0
        self._hold_until_s = 0.0

    def _free(self, now_s: float) -> int:
        if now_s < self._hold_until_s:
            return 0
        # While nobody listens, one row asks whether somebody does again.
        most = 1 if self._unheard else self._in_flight_most
        return max(0, most - len(self._by_mid))

    def _answered(self, mid: int) -> _Sent | None:
        seq = self._by_mid.pop(mid, None)
        row = self._sent.get(seq) if seq is not None else None
        return row if row is not None and row.mid == mid else None

    def _jittered(self, seconds: float) -> float:
        return seconds * (0.75 + 0.5 * self._rng.random())


class _Patience:
    """How many rows may be repeated while the cloud stays silent: some, then the same later and later.

    Args:
        first_s: After how long of silence there are more.
    """

    def __init__(self, first_s: float) -> None:
        self._first_s = first_s
        self.restore()

    def restore(self) -> None:
        """The cloud spoke."""
        self._silences = 0
        self._spent = 0
        self._more_at_s = 0.0

    def left(self, now_s: float) -> int:
        """How many may be repeated now."""
        return IN_FLIGHT_MOST if now_s >= self._more_at_s else max(0, IN_FLIGHT_MOST - self._spent)

    def spend(self, now_s: float) -> None:
        """One was repeated."""
        if now_s >= self._more_at_s:
            self._more_at_s = now_s + _doubled(self._first_s, self._silences, most_s=_SLOWEST_S)
            self._silences += 1
            self._spent = 0
        self._spent += 1


def _doubled(first_s: float, times: int, *, most_s: float) -> float:
    return float(min(most_s, first_s * 2.0 ** min(times, _MOST_DOUBLINGS)))
