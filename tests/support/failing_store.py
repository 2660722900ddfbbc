"""A store that fails at every question, as told."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from cloud.types import (
    Account,
    Entry,
    Measurement,
    Refusal,
    Row,
    Series,
    SeriesQuestion,
    StatusReport,
    WriteOutcome,
)


class FailingStore:
    """Raises the same error from every method.

    Args:
        error: What to raise.
    """

    def __init__(self, error: Exception) -> None:
        self._error = error

    def write(self, entries: Sequence[Entry]) -> WriteOutcome:
        self._fail(entries)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        self._fail(refusals)

    def dead_letters(self, *, limit: int = 100) -> Sequence[Refusal]:
        self._fail(limit)

    def accounts(self) -> Sequence[Account]:
        self._fail()

    def save_statuses(self, reports: Sequence[StatusReport]) -> None:
        self._fail(reports)

    def statuses(self) -> Sequence[StatusReport]:
        self._fail()

    def series(self, question: SeriesQuestion) -> Sequence[Series]:
        self._fail(question)

    def latest(self, measurement: Measurement, *, since: datetime) -> Sequence[Row]:
        self._fail(measurement, since)

    def newest(self, measurement: Measurement, *, since: datetime, limit: int) -> Sequence[Row]:
        self._fail(measurement, since, limit)

    def tag_values(self, measurement: Measurement, tag: str) -> Sequence[str]:
        self._fail(measurement, tag)

    def close(self) -> None:
        self._fail()

    def _fail(self, *_asked: object) -> NoReturn:
        raise self._error
