"""Which watermarks to tell gateways, and when: not every time, but the last one always. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from cloud.types import Account

_Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Told:
    seq: int
    at_s: float


class Watermarks:
    """What each gateway was told last.

    Args:
        every_s: A gateway is told at most so often.
    """

    def __init__(self, *, every_s: float) -> None:
        self._every_s = every_s
        self._told: dict[_Key, _Told] = {}

    def forget(self) -> None:
        """What was told may not have arrived, or may be forgotten by the broker: tell everything again."""
        self._told = {}

    def due(self, accounts: Iterable[Account], *, now_s: float) -> list[Account]:
        """Those whose watermark is to be told now; they count as told.

        Args:
            accounts: The books as they are.
            now_s: Monotonic time.
        """
        due = [account for account in accounts if self._is_due(account, now_s)]
        for account in due:
            self._told[account.site, account.gateway, account.epoch] = _Told(account.watermark, now_s)
        return due

    def _is_due(self, account: Account, now_s: float) -> bool:
        told = self._told.get((account.site, account.gateway, account.epoch))
        return told is None or (told.seq != account.watermark and now_s - told.at_s >= self._every_s)
