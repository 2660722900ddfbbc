"""The balance sheet: what gateways produced against what became of it. Pure but for :func:`read`.

For one epoch of one gateway, with ``held_from`` the lowest seq that the gateway still holds:

- **stored**, **refused** and **expired** seqs are in the cloud's books;
- of the rest, those from ``held_from`` on are **queued**: the gateway still has them;
- those below it are held by nobody: **lost** …
- … unless the gateway says that it expired more than the cloud knows of and still holds rows: the notice of
  expiry is one of them, so as many count as expired.

A gateway that began a new epoch holds nothing of its older ones: what is missing there is lost. A gateway
that never reported may hold anything: what is missing counts as queued, and the sheet has no ``as_of``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cityedge.messages import Books
from cloud.types import Account, BalanceSheet, StatusReport, Store

_Key = tuple[str, str, str]


def read(store: Store) -> Sequence[BalanceSheet]:
    """The balance sheets of everything that a store knows.

    Args:
        store: Where the books are.

    Returns:
        One sheet per gateway and epoch, sorted by them.

    Raises:
        StoreBusyError: It cannot answer now.
    """
    # Reports first: rows that are stored and dropped by the gateway between the two readings would otherwise
    # be missing from the older books and from the newer report, and look lost.
    reports = store.statuses()
    return sheets(store.accounts(), reports)


def sheets(accounts: Iterable[Account], reports: Iterable[StatusReport]) -> Sequence[BalanceSheet]:
    """Draw up the balance.

    Args:
        accounts: The cloud's books, read after ``reports``.
        reports: The last report with books of each gateway and epoch.

    Returns:
        One sheet per gateway and epoch, sorted by them.
    """
    by_account = {(a.site, a.gateway, a.epoch): a for a in accounts}
    by_report: dict[_Key, tuple[StatusReport, Books]] = {}
    for report in reports:
        books = report.message.books
        if books is not None:
            by_report[report.message.site, report.message.gateway, books.epoch] = (report, books)
    newest = _newest_epochs(by_report)
    return [
        _sheet(
            by_account.get(key) or _empty(key),
            by_report.get(key),
            over=newest.get(key[:2], key[2]) != key[2],
        )
        for key in sorted(by_account.keys() | by_report.keys())
    ]


def _newest_epochs(reports: Mapping[_Key, tuple[StatusReport, Books]]) -> Mapping[tuple[str, str], str]:
    ordered = sorted(reports.items(), key=lambda item: item[1][0].message.time)
    return {key[:2]: key[2] for key, _ in ordered}


def _empty(key: _Key) -> Account:
    site, gateway, epoch = key
    return Account(
        site=site,
        gateway=gateway,
        epoch=epoch,
        watermark=0,
        stored=0,
        refused=0,
        expired=0,
        highest=0,
        missing=(),
    )


@dataclass(frozen=True)
class _Open:
    """Seqs that the cloud's books do not know."""

    held: int
    unheld: int


def _sheet(account: Account, report: tuple[StatusReport, Books] | None, *, over: bool) -> BalanceSheet:
    books = report[1] if report else None
    produced = max(account.highest, books.produced if books else 0)
    left = _open(account, produced=produced, held_from=_held_from(books, produced=produced, over=over))
    announced = max(0, books.expired - account.expired) if books and left.held else 0
    explained = min(left.unheld, announced)
    return BalanceSheet(
        site=account.site,
        gateway=account.gateway,
        epoch=account.epoch,
        produced=produced,
        stored=account.stored,
        queued=left.held,
        expired=account.expired + explained,
        refused=account.refused,
        lost=left.unheld - explained,
        as_of=report[0].message.time if report else None,
    )


def _held_from(books: Books | None, *, produced: int, over: bool) -> int:
    """The lowest seq that the gateway may still hold."""
    if over:
        return produced + 1
    return books.held_from if books else 1


def _open(account: Account, *, produced: int, held_from: int) -> _Open:
    ranges = (*account.missing, (account.highest + 1, produced))
    unheld = sum(max(0, min(last, held_from - 1) - first + 1) for first, last in ranges)
    total = sum(max(0, last - first + 1) for first, last in ranges)
    return _Open(held=total - unheld, unheld=unheld)
