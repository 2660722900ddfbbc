"""From packets to the pictures that are wanted, with as little decoding as the codec allows."""

from collections.abc import Callable, Iterable, Iterator

from edge.capture.gate import RateGate
from edge.capture.libav import VideoFrame, VideoPacket, decode, every_packet_is_a_picture, seconds_of
from edge.capture.stamp import Stamp
from edge.capture.tally import Tally


class Decoder:
    """Decodes one opening of a source: damaged pictures are counted and passed over, and so are surplus ones.

    In a codec where every packet is a whole picture (MJPEG, raw video) a surplus picture is not even decoded.
    Elsewhere each picture is needed for the next one, so decoding cannot be saved. Asking the decoder to skip
    pictures that nothing refers to would help little, since the encoders of cameras hardly make any, and
    would thin out the others beyond the rate that was asked for.

    Args:
        gate: Says which pictures are surplus.
        tally: Counts what becomes of them.
    """

    def __init__(self, gate: RateGate, tally: Tally) -> None:
        self._gate = gate
        self._tally = tally

    def wanted(
        self, packet: VideoPacket, stamp: Callable[[float | None], Stamp]
    ) -> Iterator[tuple[Stamp, VideoFrame]]:
        """The wanted pictures that come out when a packet goes in.

        Args:
            packet: The next of its stream; an empty one makes the decoder give what it holds back.
            stamp: Told the timestamp of each picture in turn, wanted or not (seconds; ``None`` where it has
                none), before it is counted; answers when it was taken.

        Yields:
            When it was taken, and the picture; it is counted when the next one is asked for.
        """
        if not every_packet_is_a_picture(packet):
            for picture in self._pictures(packet):
                taken = stamp(picture.time)
                if self._passes(taken):
                    yield taken, picture
                    self._tally.add(decoded=1)
        elif packet.size and self._passes(taken := stamp(seconds_of(packet))):
            for picture in self._pictures(packet):
                yield taken, picture
                self._tally.add(decoded=1)

    def _passes(self, taken: Stamp) -> bool:
        admitted = self._gate.admits(taken.captured_s)
        if not admitted:
            self._tally.add(left_out=1)
        return admitted

    def _pictures(self, packet: VideoPacket) -> Iterable[VideoFrame]:
        pictures = decode(packet)
        if pictures is None:
            self._tally.add(bad=1)
            return []
        # A decoder fills holes with what lay there before, which makes objects that nobody saw.
        whole = [picture for picture in pictures if not picture.is_corrupt]
        self._tally.add(bad=len(pictures) - len(whole))
        return whole
