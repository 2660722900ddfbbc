"""What the outbox itself has to say: that it was begun anew, and what it dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cityedge.messages import UNNUMBERED_EPOCH, AlertMessage, ExpiredMessage
from cityedge.topics import GATEWAY_SOURCE
from edge.outbox import expiry

_TEXT_MOST = 500


@dataclass(frozen=True)
class Owner:
    """Whose outbox it is; a file that says otherwise is set aside, as its numbers belong to somebody else.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
    """

    site: str
    gateway: str

    def begun_anew(self, text: str, *, now: datetime) -> AlertMessage:
        """The alert that an outbox was begun anew.

        Args:
            text: Why.
            now: The time.

        Returns:
            The message, not yet numbered.
        """
        return AlertMessage(
            site=self.site,
            gateway=self.gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            time=now,
            source=GATEWAY_SOURCE,
            rule="outbox_quarantined",
            severity="critical",
            state="raised",
            text=text[:_TEXT_MOST],
        )

    def dropped(
        self, seqs: Sequence[int], *, reason: Literal["age", "size"], now: datetime
    ) -> list[ExpiredMessage]:
        """The record of rows that were dropped by rule.

        Args:
            seqs: Their numbers.
            reason: Which rule.
            now: The time.

        Returns:
            As many messages, not yet numbered, as it takes to name them all.
        """
        return [
            ExpiredMessage(
                site=self.site,
                gateway=self.gateway,
                epoch=UNNUMBERED_EPOCH,
                seq=1,
                time=now,
                reason=reason,
                ranges=ranges,
            )
            for ranges in expiry.in_messages(expiry.ranges_of(seqs))
        ]
