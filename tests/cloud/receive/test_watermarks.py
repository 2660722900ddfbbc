"""Watermarks are told when they change, not too often, and the last one always."""

from cloud.receive.watermarks import Watermarks
from cloud.store.ledger import Ledger
from cloud.types import Account


def account(upto: int, gateway: str = "gw-1") -> Account:
    return Ledger("old-town", gateway, "e1").store(range(1, upto + 1)).account()


def told(watermarks: Watermarks, *accounts: Account, now_s: float) -> list[tuple[str, int]]:
    return [(due.gateway, due.watermark) for due in watermarks.due(accounts, now_s=now_s)]


def test_everything_is_told_at_the_start_once() -> None:
    watermarks = Watermarks(every_s=1.0)

    assert told(watermarks, account(3), account(0, "gw-2"), now_s=0.0) == [("gw-1", 3), ("gw-2", 0)]
    assert told(watermarks, account(3), account(0, "gw-2"), now_s=100.0) == []


def test_changes_in_quick_succession_are_told_together_and_the_last_is_told() -> None:
    watermarks = Watermarks(every_s=1.0)
    told(watermarks, account(1), now_s=0.0)

    assert told(watermarks, account(2), now_s=0.5) == []
    assert told(watermarks, account(3), now_s=1.0) == [("gw-1", 3)]
    assert told(watermarks, account(4), now_s=1.9) == []
    assert told(watermarks, account(4), now_s=2.0) == [("gw-1", 4)]


def test_after_a_new_connection_everything_is_told_again() -> None:
    watermarks = Watermarks(every_s=1.0)
    told(watermarks, account(1), now_s=0.0)
    watermarks.forget()

    assert told(watermarks, account(1), now_s=0.1) == [("gw-1", 1)]
