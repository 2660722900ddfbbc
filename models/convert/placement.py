"""Where channels lie in the ONNX graph, and bringing them together where an operator needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.convert.builder import Builder
from models.convert.values import Channel

ALIGNMENT: Final = 8
"""Channels are filled up to a multiple of this with zeros, because ONNX Runtime's fast layout needs whole blocks
(8 with AVX2, 16 with AVX-512) for depthwise convolutions and pooling. NanoDet-m's 58 channels gain most; 16 was
measured to bring nothing more."""


@dataclass(frozen=True)
class Placed:
    """Channels side by side in one tensor; what else the tensor holds is zero.

    Attributes:
        tensor: The tensor, NCHW.
        positions: Where in it each of the channels lies.
        count: How many channels it has in all.
    """

    tensor: str
    positions: tuple[int, ...]
    count: int

    @property
    def in_order(self) -> bool:
        """Whether the tensor holds exactly these channels in this order."""
        return self.positions == tuple(range(self.count))


@dataclass(frozen=True)
class _Stored:
    """A tensor: how many channels it has, which of them carry something, one that is all zero."""

    count: int
    used: frozenset[int]
    zero: int | None


class Placement:
    """Knows every tensor's channels.

    Args:
        builder: Where nodes that move channels are added.
    """

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._stored: dict[str, _Stored] = {}
        self._placed: dict[tuple[Channel, ...], Placed] = {}

    def record(self, tensor: str, positions: Sequence[int], *, count: int) -> tuple[Channel, ...]:
        """Say which channels of a new tensor carry something.

        Args:
            tensor: The tensor, NCHW.
            positions: The channels that do; the others are zero.
            count: How many channels it has in all.

        Returns:
            The channels of ``positions``.
        """
        used = frozenset(positions)
        zero = next((index for index in range(count) if index not in used), None)
        self._stored[tensor] = _Stored(count, used, zero)
        return tuple(Channel(tensor, position) for position in positions)

    def together(self, channels: tuple[Channel, ...]) -> Placed:
        """Bring channels into one tensor, in whatever order costs least.

        Args:
            channels: The channels.

        Returns:
            Where they are now.
        """
        if channels not in self._placed:
            self._placed[channels] = self._place(channels)
        return self._placed[channels]

    def in_order(self, channels: tuple[Channel, ...]) -> str:
        """Bring exactly these channels into one tensor, in their order.

        Args:
            channels: The channels.

        Returns:
            The tensor.
        """
        placed = self.together(channels)
        return placed.tensor if placed.in_order else self._select(placed.tensor, placed.positions)

    def _place(self, channels: tuple[Channel, ...]) -> Placed:
        wanted: dict[str, list[int]] = {}
        for channel in channels:
            wanted.setdefault(channel.tensor, []).append(channel.number)
        pieces: list[str] = []
        at: dict[Channel, int] = {}
        count = 0
        for tensor, unordered in wanted.items():
            stored = self._stored[tensor]
            indices = sorted(unordered)
            if len(indices) == len(stored.used):
                pieces.append(tensor)
                at.update({Channel(tensor, index): count + index for index in indices})
                count += stored.count
                continue
            at.update({Channel(tensor, index): count + nth for nth, index in enumerate(indices)})
            if stored.zero is not None and tensor == next(reversed(wanted)):
                # The last piece brings the zeros that make the whole a multiple of the alignment.
                indices += [stored.zero] * (-(count + len(indices)) % ALIGNMENT)
            pieces.append(self._select(tensor, indices))
            count += len(indices)
        whole = pieces[0] if len(pieces) == 1 else self._builder.emit("Concat", pieces, axis=1)
        positions = tuple(at[channel] for channel in channels)
        self.record(whole, positions, count=count)
        return Placed(whole, positions, count)

    def _select(self, tensor: str, indices: Sequence[int]) -> str:
        first, last = indices[0], indices[-1]
        if tuple(indices) == tuple(range(first, last + 1)):
            bounds = [self._builder.constant(np.array([bound], np.int64)) for bound in (first, last + 1, 1)]
            return self._builder.emit("Slice", [tensor, *bounds])
        return self._builder.emit("Gather", [tensor, self._builder.constant(np.array(indices, np.int64))], axis=1)
