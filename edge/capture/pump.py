"""Opens a live stream and reads its packets, in a thread that can be left behind where libav does not return."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from cityedge.clock import Clock
from edge.capture.libav import FAILURES, Container, VideoPacket, VideoStream, packets_of
from edge.capture.tally import Tally
from edge.errors import SourceError

_MOST_LAG_S = 1.0
"""When decoding is further behind the camera than this, it goes on at the next whole picture."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrival:
    """A packet, and when it came.

    Attributes:
        packet: The packet.
        arrived_s: On the gateway's monotonic clock.
    """

    packet: VideoPacket
    arrived_s: float


class PacketPump:
    """Reads packets in a thread of its own, so that whoever takes them is never stuck in libav.

    libav can be given a time limit, but it cannot be interrupted from outside: a camera that went silent holds
    its reader until the limit, and a stuck USB camera for ever. Such a thread is left behind; it ends, and
    hangs up, as soon as libav returns. It is a daemon, so that it does not hold up the end of the process.

    Args:
        connect: Opens the stream; runs in the thread.
        explain: Makes the error to raise from one that libav raised after so many seconds.
        clock: Stamps the arrivals.
        tally: Counts the packets that are passed over because decoding has fallen behind.
        name: Of the thread.
    """

    def __init__(
        self,
        connect: Callable[[], tuple[Container, VideoStream]],
        *,
        explain: Callable[[Exception, float], SourceError],
        clock: Clock,
        tally: Tally,
        name: str,
    ) -> None:
        self._connect = connect
        self._explain = explain
        self._clock = clock
        self._tally = tally
        self._changed = threading.Condition()
        self._arrivals: deque[Arrival] = deque()
        self._opened = False
        self._closed = False
        self._ended = False
        self._failure: SourceError | None = None
        self._skips_to_keyframe = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def wait_until_open(self, *, timeout_s: float) -> bool:
        """Wait until the stream is open.

        Args:
            timeout_s: How long to wait; real time.

        Returns:
            Whether it is.

        Raises:
            SourceError: It could not be opened.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._opened or self._ended, timeout_s)
            if self._failure is not None and not self._opened:
                raise self._failure
            return self._opened

    def take(self, *, timeout_s: float) -> Arrival | None:
        """Take the next packet out.

        Args:
            timeout_s: How long to wait for it; real time.

        Returns:
            The packet; ``None`` where none came in time, or the stream ended, or it was closed.

        Raises:
            SourceError: Reading failed, and all packets from before were taken.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._arrivals or self._ended or self._closed, timeout_s)
            if self._closed:
                return None
            if self._arrivals:
                return self._arrivals.popleft()
            if self._failure is not None:
                raise self._failure
            return None

    def close(self) -> None:
        """End every wait at once, and reading as soon as libav returns."""
        with self._changed:
            self._closed = True
            self._arrivals.clear()
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    @property
    def ended(self) -> bool:
        """Whether the stream ended, or reading it failed."""
        return self._ended

    def _run(self) -> None:
        began_s = self._clock.monotonic_s()
        try:
            container, stream = self._connect()
            with container:
                with self._changed:
                    self._opened = True
                    self._changed.notify_all()
                for packet in packets_of(container, stream):
                    began_s = self._clock.monotonic_s()
                    if not self._put(packet, arrived_s=began_s):
                        break
        except SourceError as failure:
            self._failure = failure
        except FAILURES as error:
            self._failure = self._explain(error, self._clock.monotonic_s() - began_s)
        except Exception as error:  # noqa: BLE001 - the rim of a thread: whoever waits must hear of it
            _log.exception("%s: unexpected error", threading.current_thread().name)
            self._failure = SourceError(f"unexpected {type(error).__name__}; the log has the details")
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _put(self, packet: VideoPacket, *, arrived_s: float) -> bool:
        """Hand a packet over; ``False`` where nobody wants more."""
        with self._changed:
            if self._arrivals and arrived_s - self._arrivals[0].arrived_s > _MOST_LAG_S:
                self._tally.add(left_out=len(self._arrivals))
                self._arrivals.clear()
                self._skips_to_keyframe = True
            if self._skips_to_keyframe and not packet.is_keyframe:
                self._tally.add(left_out=1)
            elif packet.size:
                self._skips_to_keyframe = False
                self._arrivals.append(Arrival(packet, arrived_s))
                self._changed.notify_all()
            return not self._closed
