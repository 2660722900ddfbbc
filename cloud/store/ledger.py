"""The ledger of one epoch of one gateway: which seqs are stored, refused, expired. Pure and frozen.

A seq is counted once: what is stored stays stored, whatever is said of it later; what was refused is stored
when it comes again and is accepted (a replay after a fix); what the gateway expired is stored when it comes
after all (it was on its way).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from cloud.store.ranges import Range, RangeSet, ranges_of
from cloud.types import Account

_NONE: Final = RangeSet()


@dataclass(frozen=True)
class Ledger:
    """The books of one epoch; the three sets never share a seq.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        epoch: The epoch.
        stored: Seqs that are in the store.
        refused: Seqs that are in the dead letters.
        expired: Seqs that the gateway dropped by its rule.
    """

    site: str
    gateway: str
    epoch: str
    stored: RangeSet = _NONE
    refused: RangeSet = _NONE
    expired: RangeSet = _NONE

    def store(self, seqs: Iterable[int]) -> "Ledger":
        """These are in the store now."""
        stored = self.stored.union(ranges_of(seqs))
        return replace(
            self,
            stored=stored,
            refused=self.refused.minus(stored),
            expired=self.expired.minus(stored),
        )

    def refuse(self, seqs: Iterable[int]) -> "Ledger":
        """These are in the dead letters now."""
        refused = self.refused.union(RangeSet(tuple(ranges_of(seqs))).minus(self.stored).ranges)
        return replace(self, refused=refused, expired=self.expired.minus(refused))

    def expire(self, ranges: Iterable[Range]) -> "Ledger":
        """The gateway dropped these."""
        dropped = _NONE.union(ranges).minus(self.stored).minus(self.refused)
        return replace(self, expired=self.expired.union(dropped.ranges))

    def account(self) -> Account:
        """The ledger in figures."""
        known = self.stored.union(self.refused.ranges).union(self.expired.ranges)
        first = known.ranges[0] if known.ranges else (0, 0)
        return Account(
            site=self.site,
            gateway=self.gateway,
            epoch=self.epoch,
            watermark=first[1] if first[0] == 1 else 0,
            stored=len(self.stored),
            refused=len(self.refused),
            expired=len(self.expired),
            highest=known.highest,
            missing=known.gaps(),
        )
