"""The balance sheet: where every row is that a gateway produced, and when that cannot be said."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.balance import sheets
from cloud.store.ledger import Ledger
from cloud.types import Account, BalanceSheet, StatusReport
from tests.support.entries import NOON, a_report


def books(
    stored: Sequence[int] = (),
    *,
    refused: Sequence[int] = (),
    expired: Sequence[tuple[int, int]] = (),
    epoch: str = "e1",
) -> Account:
    return Ledger("old-town", "gw-1", epoch).store(stored).refuse(refused).expire(expired).account()


def figures(sheet: BalanceSheet) -> tuple[int, int, int, int, int, int]:
    return sheet.produced, sheet.stored, sheet.queued, sheet.expired, sheet.refused, sheet.lost


@pytest.mark.parametrize(
    ("account", "report", "expected"),
    [
        pytest.param(
            books(range(1, 11)), a_report(produced=10, held_from=11), (10, 10, 0, 0, 0, 0), id="all is stored"
        ),
        pytest.param(
            books(range(1, 8)), a_report(produced=10, held_from=8), (10, 7, 3, 0, 0, 0), id="some is on its way"
        ),
        pytest.param(
            books([1, 2, 5]),
            a_report(produced=6, held_from=3),
            (6, 3, 3, 0, 0, 0),
            id="a gap that the gateway still holds is queued",
        ),
        pytest.param(
            books([1, 2, 5]),
            a_report(produced=6, held_from=6),
            (6, 3, 1, 0, 0, 2),
            id="a gap that nobody holds is lost",
        ),
        pytest.param(
            books([1, 2], refused=[3], expired=[(4, 6)]),
            a_report(produced=6, held_from=7, expired=3),
            (6, 2, 0, 3, 1, 0),
            id="refused and expired are accounted for",
        ),
        pytest.param(
            books([1, 2]),
            a_report(produced=9, held_from=6, expired=3),
            (9, 2, 4, 3, 0, 0),
            id="expired by the gateway, whose notice is still on its way",
        ),
        pytest.param(
            books([1, 2, 6, 7, 8, 9]),
            a_report(produced=9, held_from=10, expired=3),
            (9, 6, 0, 0, 0, 3),
            id="expired, it says, but it holds nothing that could say which",
        ),
        pytest.param(
            books(range(1, 13)),
            a_report(produced=10, held_from=11),
            (12, 12, 0, 0, 0, 0),
            id="the books know more than an old report",
        ),
    ],
)
def test_every_row_is_somewhere(
    account: Account, report: StatusReport, expected: tuple[int, int, int, int, int, int]
) -> None:
    (sheet,) = sheets([account], [report])

    assert figures(sheet) == expected
    assert sheet.closes is (expected[-1] == 0)


def test_a_gateway_whose_rows_never_came_has_a_sheet() -> None:
    (sheet,) = sheets([], [a_report(produced=4, held_from=1)])

    assert figures(sheet) == (4, 0, 4, 0, 0, 0)


def test_a_gateway_that_never_reported_may_hold_what_is_missing() -> None:
    (sheet,) = sheets([books([1, 4])], [])

    assert figures(sheet) == (4, 2, 2, 0, 0, 0)
    assert sheet.as_of is None


def test_what_is_missing_of_an_epoch_that_is_over_is_lost() -> None:
    old = a_report(produced=10, held_from=3, epoch="e1", minute=0)
    new = a_report(produced=1, held_from=2, epoch="e2", minute=5)

    before, after = sheets([books(range(1, 9)), books([1], epoch="e2")], [new, old])

    assert figures(before) == (10, 8, 0, 0, 0, 2)
    assert after.closes
    assert after.as_of == new.message.time


def test_a_will_without_books_changes_nothing() -> None:
    (sheet,) = sheets([books([1])], [a_report(produced=1, held_from=2), a_report(online=False, minute=9)])

    assert sheet.as_of == NOON


@given(
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
    st.integers(0, 30),
    st.integers(1, 31),
    st.integers(0, 30),
)
def test_produced_is_always_the_sum_of_its_parts(
    stored: set[int], refused: set[int], produced: int, held_from: int, expired: int
) -> None:
    account = books(sorted(stored), refused=sorted(refused))
    report = a_report(produced=produced, held_from=min(held_from, produced + 1), expired=expired)

    for sheet in sheets([account], [report]):
        made, *parts = figures(sheet)
        assert made == sum(parts)
        assert min(parts) >= 0
