"""A real store that a test can make say no."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from cloud.errors import StoreBusyError
from cloud.store.embedded import EmbeddedStore
from cloud.types import Entry, Refusal, StatusReport, WriteOutcome


class BusyStore(EmbeddedStore):
    """The embedded store, with moods.

    Attributes:
        says: Makes what it raises at every write; None lets them through.
        refuses: Seqs that it names as bad.
        calls: How often something was to be written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.says: Callable[[], Exception] | None = None
        self.refuses: frozenset[int] = frozenset()
        self.calls = 0

    def write(self, entries: Sequence[Entry]) -> WriteOutcome:
        """Store entries, or say no."""
        self._mood()
        good = [entry for entry in entries if entry.identity.seq not in self.refuses]
        bad = [(entry, "a value that I do not like") for entry in entries if entry not in good]
        outcome = super().write(good)
        return WriteOutcome(outcome.stored, outcome.duplicates, bad)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Keep dead letters, or say no."""
        self._mood()
        super().refuse(refusals)

    def save_statuses(self, reports: Sequence[StatusReport]) -> None:
        """Keep reports, or say no."""
        self._mood()
        super().save_statuses(reports)

    def rows(self) -> int:
        """How many windows are stored, counted as rows: not by the books."""
        return len(self.windows())

    def windows(self) -> list[tuple[datetime, int]]:
        """Time and seq of every stored window, in order."""
        return self._connection.cursor().execute("SELECT time, seq FROM camera ORDER BY ALL").fetchall()

    def _mood(self) -> None:
        self.calls += 1
        if self.says is not None:
            raise self.says()


def busy() -> StoreBusyError:
    """What a store says that cannot now."""
    return StoreBusyError("no room at all")
