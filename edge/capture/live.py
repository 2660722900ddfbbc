"""Follows a camera: RTSP, HTTP MJPEG or V4L2."""

import socket
import threading
from collections.abc import Iterator, Sequence

from cityedge.clock import Clock
from edge.capture.address import Address
from edge.capture.decoding import Decoder
from edge.capture.failures import explain, no_video
from edge.capture.gate import RateGate
from edge.capture.libav import Container, VideoStream, open_input, video_of
from edge.capture.live_time import LiveTime
from edge.capture.pump import Arrival, PacketPump
from edge.capture.scaling import Scaler
from edge.capture.source import CaptureCounters
from edge.capture.stamp import Stamp
from edge.capture.tally import Tally
from edge.capture.wall_time import WallTime
from edge.errors import SourceEndedError, SourceError, SourceMissingError
from edge.settings import MaskSettings
from edge.types import Frame

_LOOK_UP_S = 0.2
"""How often a wait for the camera to answer looks whether it is still wanted."""
_MJPEG = frozenset({"mjpeg", "mpjpeg"})


class LiveSource:
    """A camera that was reached.

    Args:
        address: Of a live kind.
        timeout_s: How long the camera may be silent, at the opening and later.
        clock: Stamps what arrives.
        max_fps: Frames beyond this rate of capture time are left out; ``None``: none are.
        masks: What nobody may see.
        stop: Gives the opening up when it is set; ``None``: nothing does.

    Raises:
        SourceMissingError: The camera cannot be reached, or refuses, or sends no video.
        SourceEndedError: ``stop`` was set.
    """

    def __init__(
        self,
        address: Address,
        *,
        timeout_s: float,
        clock: Clock,
        max_fps: float | None,
        masks: Sequence[MaskSettings],
        stop: threading.Event | None,
    ) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._clock = clock
        self._tally = Tally()
        self._decoder = Decoder(RateGate(max_fps), self._tally)
        self._scaler = Scaler(masks)
        self._time = LiveTime()
        self._wall = WallTime(address.label)
        # MJPEG over HTTP has no timestamps; libav makes some up, at 25 a second.
        self._timestamps = address.kind != "http"
        self._arrived_s = 0.0
        self._max_fps = max_fps
        self._pump = PacketPump(
            self._connect,
            explain=lambda error, took_s: explain(error, address, took_s=took_s, timeout_s=timeout_s),
            clock=clock,
            tally=self._tally,
            name=f"capture {address.label}",
        )
        self._wait_until_open(stop)

    @property
    def live(self) -> bool:
        """A camera is."""
        return True

    @property
    def label(self) -> str:
        """Its address; passwords are blacked out."""
        return self._address.label

    @property
    def counters(self) -> CaptureCounters:
        """What became of its pictures so far."""
        return self._tally.counters

    def close(self) -> None:
        """End :meth:`frames` at once; the connection is hung up as soon as libav allows it."""
        self._pump.close()

    def frames(self) -> Iterator[Frame]:
        """The frames as they come.

        Yields:
            Frames, until :meth:`close`.

        Raises:
            SourceEndedError: The camera hung up or went silent, what it sends cannot be decoded, or this
                machine's clock was set back.
        """
        try:
            for arrival in self._arrivals():
                self._arrived_s = arrival.arrived_s
                for taken, picture in self._decoder.wanted(arrival.packet, self._stamp):
                    yield self._scaler.frame(
                        picture,
                        index=self._tally.seen,
                        time_s=taken.time_s,
                        captured_unix_s=self._captured_unix_s(taken),
                    )
        finally:
            self._pump.close()

    def _arrivals(self) -> Iterator[Arrival]:
        usable = 0
        usable_at_s = self._clock.monotonic_s()
        while (arrival := self._next()) is not None:
            yield arrival
            counters = self._tally.counters
            if counters.decoded + counters.left_out != usable:
                usable = counters.decoded + counters.left_out
                usable_at_s = self._clock.monotonic_s()
            elif self._clock.monotonic_s() - usable_at_s > self._timeout_s:
                raise SourceEndedError(
                    f"source {self.label}: it sends data, but no whole picture for {self._timeout_s:g} s"
                    f" ({counters.bad} damaged)",
                    cure="Check the network to the camera and the load of this machine",
                )

    def _next(self) -> Arrival | None:
        try:
            arrival = self._pump.take(timeout_s=self._timeout_s)
        except SourceError as failure:
            message, cure = failure.message, failure.cure
        else:
            if arrival is not None or self._pump.closed:
                return arrival
            what = "the camera ended the stream" if self._pump.ended else f"silent for {self._timeout_s:g} s"
            message, cure = f"source {self.label}: {what}", "Check that the camera has power and network"
        raise SourceEndedError(message, cure=cure)

    def _stamp(self, pts_s: float | None) -> Stamp:
        return self._time.stamp(pts_s=pts_s if self._timestamps else None, arrived_s=self._arrived_s)

    def _captured_unix_s(self, taken: Stamp) -> float:
        now_s, now_unix_s = self._clock.monotonic_s(), self._clock.now().timestamp()
        return self._wall.unix_s(taken.captured_s, now_s=now_s, now_unix_s=now_unix_s)

    def _wait_until_open(self, stop: threading.Event | None) -> None:
        try:
            while not self._pump.wait_until_open(timeout_s=_LOOK_UP_S):
                if stop is not None and stop.is_set():
                    raise SourceEndedError(f"source {self.label}: given up while it was being opened")
        except SourceError:
            self._pump.close()
            raise

    def _connect(self) -> tuple[Container, VideoStream]:
        if self._address.host:
            # libav says "input/output error" for a name that does not resolve.
            socket.getaddrinfo(self._address.host, self._address.port)
        container = open_input(
            self._address.target,
            input_format=input_format(self._address),
            options=open_options(self._address, max_fps=self._max_fps),
            timeout_s=self._timeout_s,
        )
        stream = video_of(container, ahead=False)
        if stream is None:
            container.close()
            raise no_video(self._address)
        if self._address.kind == "http" and container.format.name not in _MJPEG:
            container.close()
            raise SourceMissingError(
                f"source {self.label}: it sends {container.format.long_name}, not MJPEG",
                cure="Give the address of the camera's MJPEG stream, or its rtsp:// address",
            )
        return container, stream


def input_format(address: Address) -> str | None:
    """The libav input that reads an address.

    Args:
        address: Of a live kind.

    Returns:
        Its name; ``None`` where libav finds out by itself.
    """
    return {"v4l2": "video4linux2", "rtsp": "rtsp"}.get(address.kind)


def open_options(address: Address, *, max_fps: float | None) -> dict[str, str]:
    """What libav is told at the opening of an address.

    Args:
        address: Of a live kind.
        max_fps: The rate that is wanted of it.

    Returns:
        libav's options by name.
    """
    if address.kind == "rtsp":
        return {
            # UDP loses packets, and every loss smears until the next whole picture.
            "rtsp_transport": "tcp",
            "allowed_media_types": "video",
            # By default libav watches for 2.8 s to guess the rate, and hands those frames on late. Half a
            # second finds the size. Not `fflags nobuffer`: it throws away what was watched, and with it the
            # whole picture that all others need, so that the first frame comes a group of pictures later.
            "analyzeduration": "500000",
            "fpsprobesize": "0",
        }
    if address.kind == "v4l2" and max_fps is not None:
        # Asks the driver; it takes the nearest rate that the camera has.
        return {"framerate": f"{max_fps:g}"}
    return {}
