"""The books: ledgers, dead letters and last reports, in SQL that DuckDB and SQLite both speak.

Changes go into whatever transaction the caller has open; the ledgers in memory follow only when the caller
says that it was committed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar

from cityedge.codec import decode, encode
from cityedge.messages import ExpiredMessage, StatusMessage
from cloud.store.ledger import Ledger
from cloud.store.moments import from_us, to_us
from cloud.store.ranges import RangeSet
from cloud.types import Account, Entry, Identity, Refusal, StatusReport

_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS ledgers (
        site TEXT, gateway TEXT, epoch TEXT, stored TEXT NOT NULL, refused TEXT NOT NULL,
        expired TEXT NOT NULL, PRIMARY KEY (site, gateway, epoch))""",
    """CREATE TABLE IF NOT EXISTS dead_letters (
        digest TEXT PRIMARY KEY, received_us BIGINT NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL,
        reason TEXT NOT NULL, site TEXT, gateway TEXT, epoch TEXT, seq BIGINT)""",
    """CREATE TABLE IF NOT EXISTS reports (
        site TEXT, gateway TEXT, epoch TEXT, received_us BIGINT NOT NULL, payload BLOB NOT NULL,
        PRIMARY KEY (site, gateway, epoch))""",
)
_LEDGER: Final = dict.fromkeys(("site", "gateway", "epoch", "stored", "refused", "expired"), "TEXT")
_REPORT: Final = {
    "site": "TEXT",
    "gateway": "TEXT",
    "epoch": "TEXT",
    "received_us": "BIGINT",
    "payload": "BLOB",
}
_DEAD_LETTER: Final = {
    "digest": "TEXT",
    "received_us": "BIGINT",
    "topic": "TEXT",
    "payload": "BLOB",
    "reason": "TEXT",
    "site": "TEXT",
    "gateway": "TEXT",
    "epoch": "TEXT",
    "seq": "BIGINT",
}

T = TypeVar("T")
Key = tuple[str, str, str]
"""Site, gateway and epoch."""


class Sql(Protocol):
    """What the books need of a database."""

    def query(self, sql: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        """Run one statement and fetch all that it answers."""
        ...

    def put(self, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Insert rows, in place of those with the same key."""
        ...


class Books:
    """The books in one database.

    Args:
        sql: The database; tables are made where they are missing.
    """

    def __init__(self, sql: Sql) -> None:
        for statement in _TABLES:
            sql.query(statement)
        self._ledgers: Mapping[Key, Ledger] = {}
        self._accounts: Mapping[Key, Account] = {}
        ledgers = {
            (row[0], row[1], row[2]): Ledger(*row[:3], *(_parse(text) for text in row[3:]))
            for row in sql.query("SELECT site, gateway, epoch, stored, refused, expired FROM ledgers")
        }
        self.commit(ledgers)

    def accounts(self) -> Sequence[Account]:
        """The committed books, sorted by gateway and epoch."""
        return [account for _, account in sorted(self._accounts.items())]

    def split(self, entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Entries that are not stored yet, each once, and those that are."""
        fresh: list[Entry] = []
        duplicates: list[Entry] = []
        seen: set[Identity] = set()
        for entry in entries:
            known = entry.identity in seen or entry.identity.seq in self._ledger(entry.identity).stored
            (duplicates if known else fresh).append(entry)
            seen.add(entry.identity)
        return fresh, duplicates

    def with_stored(self, entries: Sequence[Entry]) -> Mapping[Key, Ledger]:
        """The ledgers as they are when these entries are stored."""
        changed: dict[Key, Ledger] = {}
        for key, group in _by_key((entry.identity, entry) for entry in entries).items():
            ledger = self._ledgers.get(key) or Ledger(*key)
            ledger = ledger.store(entry.identity.seq for entry in group)
            for entry in group:
                if isinstance(entry.message, ExpiredMessage):
                    ledger = ledger.expire(entry.message.ranges)
            changed[key] = ledger
        return changed

    def with_refused(self, refusals: Sequence[Refusal]) -> Mapping[Key, Ledger]:
        """The ledgers as they are when these are refused."""
        named = ((refusal.identity, refusal) for refusal in refusals if refusal.identity is not None)
        return {
            key: (self._ledgers.get(key) or Ledger(*key)).refuse(
                refusal.identity.seq for refusal in group if refusal.identity is not None
            )
            for key, group in _by_key(named).items()
        }

    def commit(self, changed: Mapping[Key, Ledger]) -> None:
        """What :meth:`put_ledgers` wrote is durable: let it be the truth in memory too."""
        self._ledgers = {**self._ledgers, **changed}
        accounts = {key: ledger.account() for key, ledger in changed.items()}
        self._accounts = {**self._accounts, **accounts}

    def put_ledgers(self, sql: Sql, changed: Mapping[Key, Ledger]) -> None:
        """Write ledgers; call :meth:`commit` with the same when the transaction is committed."""
        rows = [
            (*key, *(_text(part) for part in (ledger.stored, ledger.refused, ledger.expired)))
            for key, ledger in changed.items()
        ]
        sql.put("ledgers", _LEDGER, rows)

    def put_dead_letters(self, sql: Sql, refusals: Sequence[Refusal]) -> None:
        """Write dead letters; the same bytes on the same topic are one, however often they come."""
        unique = {_digest(refusal): refusal for refusal in refusals}
        sql.put("dead_letters", _DEAD_LETTER, [_dead_letter(*item) for item in unique.items()])

    def dead_letters(self, sql: Sql, *, limit: int) -> Sequence[Refusal]:
        """The latest dead letters, newest first."""
        rows = sql.query(
            "SELECT topic, payload, reason, received_us, site, gateway, epoch, seq FROM dead_letters"
            " ORDER BY received_us DESC, digest LIMIT ?",
            [limit],
        )
        return [_refusal(row) for row in rows]

    def put_reports(self, sql: Sql, reports: Sequence[StatusReport]) -> None:
        """Write the last of these reports for each gateway and epoch; those without books are passed over."""
        rows: dict[Key, tuple[object, ...]] = {}
        for message, received in reports:
            if message.books is not None:
                key = (message.site, message.gateway, message.books.epoch)
                rows[key] = (*key, to_us(received), encode(message))
        sql.put("reports", _REPORT, list(rows.values()))

    def reports(self, sql: Sql) -> Sequence[StatusReport]:
        """The last report of each gateway and epoch, sorted by them."""
        rows = sql.query("SELECT payload, received_us FROM reports ORDER BY site, gateway, epoch")
        messages = [(decode(bytes(payload)), from_us(received_us)) for payload, received_us in rows]
        return [StatusReport(message, at) for message, at in messages if isinstance(message, StatusMessage)]

    def _ledger(self, identity: Identity) -> Ledger:
        key = _key(identity)
        return self._ledgers.get(key) or Ledger(*key)


def _key(identity: Identity) -> Key:
    return identity.site, identity.gateway, identity.epoch


def _by_key(pairs: Iterable[tuple[Identity, T]]) -> dict[Key, list[T]]:
    groups: dict[Key, list[T]] = {}
    for identity, item in pairs:
        groups.setdefault(_key(identity), []).append(item)
    return groups


def _parse(text: str) -> RangeSet:
    return RangeSet(tuple((first, last) for first, last in json.loads(text)))


def _text(part: RangeSet) -> str:
    return json.dumps(part.ranges, separators=(",", ":"))


def _digest(refusal: Refusal) -> str:
    return sha256(refusal.topic.encode() + b"\0" + refusal.payload).hexdigest()


def _dead_letter(digest: str, refusal: Refusal) -> tuple[object, ...]:
    who = refusal.identity
    named = (who.site, who.gateway, who.epoch, who.seq) if who else (None,) * 4
    received_us = to_us(refusal.received)
    return (digest, received_us, refusal.topic, refusal.payload, refusal.reason, *named)


def _refusal(row: tuple[Any, ...]) -> Refusal:
    topic, payload, reason, received_us, *named = row
    return Refusal(
        topic=topic,
        payload=bytes(payload),
        reason=reason,
        received=from_us(received_us),
        identity=Identity(*named) if named[0] is not None else None,
    )
