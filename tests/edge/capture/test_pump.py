import av
import pytest
from av.video.stream import VideoStream

from cityedge.clock import SystemClock
from edge.capture.pump import PacketPump
from edge.capture.tally import Tally
from edge.errors import SourceError


def test_an_error_that_nobody_thought_of_reaches_whoever_waits() -> None:
    def connect() -> tuple[av.container.InputContainer, VideoStream]:
        raise RuntimeError("a fault of ours")

    pump = PacketPump(
        connect,
        explain=lambda error, _took_s: SourceError(str(error)),
        clock=SystemClock(),
        tally=Tally(),
        name="capture test",
    )
    with pytest.raises(SourceError, match="unexpected RuntimeError"):
        pump.wait_until_open(timeout_s=5.0)
