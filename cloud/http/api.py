"""The HTTP API, version 1: takes words, asks, and answers. Handlers block: FastAPI runs them in threads."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from cityedge import __version__
from cityedge.clock import Clock
from cloud import balance, query
from cloud.http import answers
from cloud.http.parameters import (
    AlertParameters,
    CountsParameters,
    LatestParameters,
    SeriesParameters,
    TagParameters,
    TotalsParameters,
)
from cloud.http.problems import MEDIA_TYPE
from cloud.http.questions import measurement_of, series_question, span_of
from cloud.live import LiveState
from cloud.types import SeriesQuestion, Store

PREFIX: Final = "/api/v1"
_LATEST_FOR: Final = timedelta(days=1)
_DAY_S: Final = 86_400

_EXAMPLE: Final = {
    "type": "about:blank",
    "title": "Bad Request",
    "status": 400,
    "detail": "there is no measurement 'crosing'",
    "cure": "Did you mean 'crossing'?",
}
_CONTENT: Final = {"content": {MEDIA_TYPE: {"example": _EXAMPLE}}}
_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"description": "The question cannot be answered: what is wrong, and what to do.", **_CONTENT},
    422: {"description": "A parameter is unknown or has not its form.", **_CONTENT},
    503: {"description": "The store is busy; `Retry-After` says when to ask again.", **_CONTENT},
}


def make_api(store: Store, live: LiveState, clock: Clock) -> APIRouter:
    """The API's routes.

    Args:
        store: Whom to ask.
        live: The newest of everything.
        clock: Tells the time.

    Returns:
        A router, prefix included.
    """
    router = APIRouter(prefix=PREFIX, responses=_PROBLEMS)
    _add_state(router, store, live, clock)
    _add_rows(router, store, clock)
    _add_counts(router, store, clock)

    @router.api_route("/{path:path}", include_in_schema=False)
    def unknown(path: str) -> None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is nothing at {PREFIX}/{path}")

    return router


def make_probes(store: Store, live: LiveState, clock: Clock) -> APIRouter:
    """``/healthz`` and ``/readyz``, for service managers and load balancers.

    Args:
        store: Whom to ask.
        live: The newest of everything.
        clock: Tells the time.

    Returns:
        A router.
    """
    router = APIRouter(tags=["probes"])

    @router.get("/healthz")
    def healthz() -> Mapping[str, str]:
        """200 while this process serves."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"description": "It says why in `problems`."}})
    def readyz(response: Response) -> answers.Health:
        """200 while counts can come in and be read."""
        store.tag_values("camera", "camera")
        said = answers.health(live.health(), version=__version__, now=clock.now())
        if said.problems:
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return said

    return router


def _add_state(router: APIRouter, store: Store, live: LiveState, clock: Clock) -> None:
    @router.get("/health", tags=["state"])
    def health() -> answers.Health:
        """How the cloud side is: the broker, the store, messages since the start."""
        return answers.health(live.health(), version=__version__, now=clock.now())

    @router.get("/gateways", tags=["state"])
    def gateways() -> answers.Gateways:
        """What every gateway last said of itself."""
        return answers.gateways(live)

    @router.get("/balance", tags=["state"])
    def sheets() -> answers.Balance:
        """Produced = stored + queued + expired + refused, for every gateway and epoch."""
        return answers.balance(balance.read(store))


def _add_rows(router: APIRouter, store: Store, clock: Clock) -> None:
    @router.get("/latest", tags=["data"])
    def latest(asked: Annotated[LatestParameters, Query()]) -> answers.Latest:
        """The newest row of every series."""
        measurement = measurement_of(asked.measurement)
        since = asked.since or clock.now() - _LATEST_FOR
        return answers.latest(measurement, store.latest(measurement, since=since))

    @router.get("/alerts", tags=["data"])
    def alerts(asked: Annotated[AlertParameters, Query()]) -> answers.Alerts:
        """What gateways raised and cleared, newest first."""
        since = asked.since or clock.now() - _LATEST_FOR
        return answers.alerts(store.newest("alert", since=since, limit=asked.limit))

    @router.get("/tags", tags=["data"])
    def tags(asked: Annotated[TagParameters, Query()]) -> answers.Tags:
        """The values of a tag that are stored."""
        measurement = measurement_of(asked.measurement)
        values = store.tag_values(measurement, asked.tag)
        return answers.Tags(measurement=measurement, tag=asked.tag, values=tuple(values))

    @router.get("/series", tags=["data"])
    def series(asked: Annotated[SeriesParameters, Query()]) -> answers.SeriesAnswer:
        """Series as they are stored: buckets without a row are absent."""
        question = _question(asked, bucket_s=asked.bucket_s, now=clock.now())
        return answers.series(question, store.series(question))


def _add_counts(router: APIRouter, store: Store, clock: Clock) -> None:
    @router.get("/counts", tags=["data"])
    def counts(asked: Annotated[CountsParameters, Query()]) -> answers.CountsAnswer:
        """Series with their gaps: `null` where nobody was watching, with the reason; 0 where nobody came."""
        now = clock.now()
        question = _question(asked, bucket_s=asked.bucket_s, now=now)
        return answers.counts(question, query.counts(store, question, now=now))

    @router.get("/totals", tags=["data"])
    def totals(asked: Annotated[TotalsParameters, Query()]) -> answers.TotalsAnswer:
        """Counters over a whole range, and how much of it was watched."""
        now = clock.now()
        question = _question(asked, bucket_s=_DAY_S, now=now)
        return answers.totals(question, query.totals(store, question, now=now))


def _question(asked: SeriesParameters | TotalsParameters, *, bucket_s: int, now: datetime) -> SeriesQuestion:
    return series_question(
        asked.measurement,
        fields=asked.fields,
        span=span_of(asked.start, asked.end, now=now),
        bucket_s=bucket_s,
        where=asked.where,
        group_by=asked.group_by,
    )
