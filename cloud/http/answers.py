"""What the API answers, as types with examples for OpenAPI, and their making from ours. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from cityedge.clock import from_unix_s
from cloud.live import CollectorHealth, LiveState
from cloud.query import CountSeries, Total
from cloud.types import BalanceSheet, FieldValue, Row, Series, SeriesQuestion


def rfc3339(moment: datetime) -> str:
    """A moment as the API writes it: UTC, RFC 3339, ``2026-11-22T14:03:00Z``."""
    text = from_unix_s(moment.timestamp()).isoformat()
    return text.removesuffix("+00:00") + "Z"


def plain(value: float) -> float:
    """A number as JSON shall show it: counts without a decimal point."""
    return int(value) if value.is_integer() else value


Moment: TypeAlias = Annotated[AwareDatetime, PlainSerializer(rfc3339, return_type=str)]
Number: TypeAlias = Annotated[float, PlainSerializer(plain, return_type=int | float)]
_NOON = "2026-11-22T12:00:00Z"
_TAGS = {"site": "plaza", "gateway": "gw-1", "camera": "north"}


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Health(_Answer):
    """How the cloud side is."""

    status: Literal["ok", "degraded"] = Field(description="`degraded`: see `problems`")
    problems: tuple[str, ...] = Field(examples=[[]])
    version: str = Field(examples=["0.1.0"])
    connected: bool = Field(description="whether the collector is connected to the broker")
    messages: int = Field(description="messages received since the start, duplicates included", ge=0)
    stored: int = Field(ge=0)
    duplicates: int = Field(ge=0)
    dead_letters: int = Field(ge=0)
    last_write: Moment | None = Field(examples=[_NOON])
    now: Moment = Field(examples=[_NOON])


class CameraState(_Answer):
    """How one camera sees."""

    camera: str = Field(examples=["north"])
    see: str = Field(examples=["ok"])
    rate_fps: float = Field(examples=[7.0])


class GatewayState(_Answer):
    """What a gateway last said of itself."""

    site: str = Field(examples=["plaza"])
    gateway: str = Field(examples=["gw-1"])
    online: bool
    version: str = Field(examples=["0.1.0"])
    time: Moment = Field(description="when it said so, by its own clock", examples=[_NOON])
    received: Moment = Field(description="when it arrived", examples=[_NOON])
    queue_rows: int | None = Field(description="rows in its outbox", examples=[0])
    cameras: tuple[CameraState, ...]


class Gateways(_Answer):
    """All gateways that spoke."""

    gateways: tuple[GatewayState, ...]


class LatestRow(_Answer):
    """One row of the data model."""

    time: Moment = Field(description="start of the window", examples=[_NOON])
    tags: Mapping[str, str] = Field(examples=[{**_TAGS, "line": "kerb", "class": "car"}])
    fields: Mapping[str, FieldValue] = Field(examples=[{"in": 3, "out": 2}])


class Latest(_Answer):
    """The newest row of every series."""

    measurement: str = Field(examples=["crossing"])
    rows: tuple[LatestRow, ...]


class OneAlert(_Answer):
    """Something changed that somebody should know."""

    time: Moment = Field(examples=[_NOON])
    site: str = Field(examples=["plaza"])
    gateway: str = Field(examples=["gw-1"])
    source: str = Field(description="the camera, or `gateway`", examples=["north"])
    rule: str = Field(examples=["crowding"])
    place: str | None = Field(description="the line or zone that it is about", examples=["stop"])
    severity: str = Field(description="`info`, `warning` or `critical`", examples=["warning"])
    state: str = Field(description="`raised` or `cleared`", examples=["raised"])
    value: Number | None = Field(description="what was measured", examples=[9])
    text: str = Field(examples=["9 in zone 'stop', 8 are a crowd"])


class Alerts(_Answer):
    """Alerts, newest first."""

    alerts: tuple[OneAlert, ...]


class OneSeries(_Answer):
    """A line in a chart."""

    tags: Mapping[str, str] = Field(examples=[{"camera": "north", "class": "car"}])
    times: tuple[Moment, ...] = Field(description="start of each bucket", examples=[[_NOON]])
    values: Mapping[str, tuple[Number | None, ...]] = Field(examples=[{"in": [3], "out": [2]}])


class SeriesAnswer(_Answer):
    """Series as they are stored."""

    measurement: str = Field(examples=["crossing"])
    start: Moment
    end: Moment
    bucket_s: int = Field(examples=[60])
    series: tuple[OneSeries, ...]


class OneCountSeries(OneSeries):
    """A line in a chart that shows gaps as gaps: `null` is "nobody was watching", 0 is "nobody came"."""

    completeness: tuple[Number, ...] = Field(description="watched share per bucket, 0 to 1", examples=[[1.0]])
    reasons: tuple[str | None, ...] = Field(
        description="why the rest was not watched: a state of `see`, `partial`, `missing`, `pending` or "
        "`not_configured`",
        examples=[[None]],
    )
    impaired: tuple[Number, ...] = Field(
        description="share per bucket in which cameras did not see well, watched or not, 0 to 1",
        examples=[[0.25]],
    )
    impairments: tuple[str | None, ...] = Field(
        description="the state of `see` that most of that was in: `dark`, `covered`, `defocused`, `moved`, "
        "`frozen` or `offline`; `null` where there was none",
        examples=[["dark"]],
    )


class CountsAnswer(_Answer):
    """Series with their gaps."""

    measurement: str = Field(examples=["crossing"])
    start: Moment
    end: Moment
    bucket_s: int = Field(examples=[60])
    series: tuple[OneCountSeries, ...]


class OneTotal(_Answer):
    """Counters over a whole range."""

    tags: Mapping[str, str] = Field(examples=[{**_TAGS, "line": "kerb", "class": "car"}])
    values: Mapping[str, Number | None] = Field(examples=[{"in": 130, "out": 124}])
    completeness: Number = Field(description="watched share of the range, 0 to 1", examples=[0.98])
    impaired: Number = Field(
        description="share of the range in which cameras did not see well, watched or not, 0 to 1", examples=[0.05]
    )


class TotalsAnswer(_Answer):
    """Totals of a range."""

    measurement: str = Field(examples=["crossing"])
    start: Moment
    end: Moment
    totals: tuple[OneTotal, ...]


class Sheet(_Answer):
    """produced = stored + queued + expired + refused (+ lost, where it does not close)."""

    site: str = Field(examples=["plaza"])
    gateway: str = Field(examples=["gw-1"])
    epoch: str = Field(examples=["e-20261122T110000Z"])
    produced: int = Field(examples=[1204])
    stored: int = Field(examples=[1200])
    queued: int = Field(examples=[4])
    expired: int = Field(examples=[0])
    refused: int = Field(examples=[0])
    lost: int = Field(examples=[0])
    closes: bool = Field(examples=[True])
    as_of: Moment | None = Field(description="time of the gateway's report; null where it never reported")


class Balance(_Answer):
    """The balance sheets of all gateways and epochs."""

    sheets: tuple[Sheet, ...]
    closes: bool = Field(description="whether every sheet closes", examples=[True])


class Tags(_Answer):
    """The values of a tag."""

    measurement: str = Field(examples=["crossing"])
    tag: str = Field(examples=["camera"])
    values: tuple[str, ...] = Field(examples=[["north", "south"]])


def health(said: CollectorHealth, *, version: str, now: datetime) -> Health:
    """How the cloud side is, from what the collector says of itself."""
    problems = [] if said.connected else ["the collector is not connected to the broker"]
    if said.store_error:
        problems.append(f"the store takes nothing: {said.store_error}")
    return Health(
        status="degraded" if problems else "ok",
        problems=tuple(problems),
        version=version,
        connected=said.connected,
        messages=said.messages,
        stored=said.stored,
        duplicates=said.duplicates,
        dead_letters=said.dead_letters,
        last_write=said.last_write,
        now=now,
    )


def gateways(live: LiveState) -> Gateways:
    """The live state of every gateway that spoke, sorted."""
    return Gateways(
        gateways=tuple(
            GatewayState(
                site=message.site,
                gateway=message.gateway,
                online=message.online,
                version=message.version,
                time=message.time,
                received=received,
                queue_rows=message.books.queued if message.books else None,
                cameras=tuple(
                    CameraState(camera=c.camera, see=c.see, rate_fps=c.rate_fps) for c in message.cameras
                ),
            )
            for _, (message, received) in sorted(live.statuses().items())
        )
    )


def latest(measurement: str, rows: Iterable[Row]) -> Latest:
    """Rows as the API writes them."""
    return Latest(
        measurement=measurement,
        rows=tuple(LatestRow(time=row.time, tags=row.tags, fields=row.fields) for row in rows),
    )


def alerts(rows: Iterable[Row]) -> Alerts:
    """Rows of ``alert`` as the API writes them."""
    absent = {"place": None, "value": None}
    return Alerts(
        alerts=tuple(
            OneAlert.model_validate({"time": row.time, **absent, **row.tags, **row.fields}) for row in rows
        )
    )


def series(question: SeriesQuestion, found: Iterable[Series]) -> SeriesAnswer:
    """Series as the API writes them."""
    return SeriesAnswer(
        measurement=question.measurement,
        start=question.start,
        end=question.end,
        bucket_s=question.bucket_s,
        series=tuple(OneSeries(tags=one.tags, times=one.times, values=one.values) for one in found),
    )


def counts(question: SeriesQuestion, found: Iterable[CountSeries]) -> CountsAnswer:
    """Series with their gaps as the API writes them."""
    return CountsAnswer(
        measurement=question.measurement,
        start=question.start,
        end=question.end,
        bucket_s=question.bucket_s,
        series=tuple(
            OneCountSeries(
                tags=one.tags,
                times=one.times,
                values=one.values,
                completeness=one.completeness,
                reasons=one.reasons,
                impaired=one.impaired,
                impairments=one.impairments,
            )
            for one in found
        ),
    )


def totals(question: SeriesQuestion, found: Iterable[Total]) -> TotalsAnswer:
    """Totals as the API writes them."""
    return TotalsAnswer(
        measurement=question.measurement,
        start=question.start,
        end=question.end,
        totals=tuple(
            OneTotal(tags=one.tags, values=one.values, completeness=one.completeness, impaired=one.impaired)
            for one in found
        ),
    )


def balance(sheets: Iterable[BalanceSheet]) -> Balance:
    """Balance sheets as the API writes them."""
    written = tuple(
        Sheet(
            site=sheet.site,
            gateway=sheet.gateway,
            epoch=sheet.epoch,
            produced=sheet.produced,
            stored=sheet.stored,
            queued=sheet.queued,
            expired=sheet.expired,
            refused=sheet.refused,
            lost=sheet.lost,
            closes=sheet.closes,
            as_of=sheet.as_of,
        )
        for sheet in sheets
    )
    return Balance(sheets=written, closes=all(sheet.closes for sheet in written))
