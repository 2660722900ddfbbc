"""The parameters of the API's questions, with their forms and examples; ones that are unknown are refused."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from cloud import schema


def words(given: list[str]) -> list[str]:
    """Names, repeated or with commas between: ``["in,out", "frames"]`` are three."""
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


_TABLES: Final = f"a table of the data model: {', '.join(f'`{name}`' for name in schema.TABLES)}"
_WATCHED: Final = "what cameras watch: `crossing`, `zone`, `flow`, `speed`, `heat` or `camera`"

Words: TypeAlias = Annotated[list[str], AfterValidator(words)]


class _Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Range(_Parameters):
    start: AwareDatetime | None = Field(
        None,
        description="from, inclusive, RFC 3339; an hour before `end` where absent",
        examples=["2026-11-22T11:00:00Z"],
    )
    end: AwareDatetime | None = Field(
        None, description="to, exclusive, RFC 3339; now where absent", examples=["2026-11-22T12:00:00Z"]
    )
    where: list[str] = Field(
        [], description="`tag:value` to keep; repeat for more", examples=[["camera:north", "class:car"]]
    )


class LatestParameters(_Parameters):
    """What ``/latest`` takes."""

    measurement: str = Field(description=_TABLES, examples=["crossing"])
    since: AwareDatetime | None = Field(
        None,
        description="leave out series whose newest row is older; a day ago where absent",
        examples=["2026-11-22T11:00:00Z"],
    )


class AlertParameters(_Parameters):
    """What ``/alerts`` takes."""

    since: AwareDatetime | None = Field(
        None, description="leave out what is older; a day ago where absent", examples=["2026-11-22T11:00:00Z"]
    )
    limit: int = Field(100, ge=1, le=1000, description="so many at most", examples=[20])


class TagParameters(_Parameters):
    """What ``/tags`` takes."""

    measurement: str = Field(description=_TABLES, examples=["crossing"])
    tag: str = Field(description="one of its tags", examples=["camera"])


class SeriesParameters(_Range):
    """What ``/series`` takes."""

    measurement: str = Field(description=_TABLES, examples=["crossing"])
    fields: Words = Field(
        description="its number fields, repeated or with commas between", examples=[["in", "out"]]
    )
    bucket_s: int = Field(
        60, ge=1, le=366 * 86_400, description="length of a bucket in seconds, aligned to the epoch"
    )
    group_by: Words = Field(
        [],
        description="tags to keep apart, repeated or with commas between; all others are merged",
        examples=[["camera", "class"]],
    )


class CountsParameters(SeriesParameters):
    """What ``/counts`` takes."""

    measurement: str = Field("crossing", description=_WATCHED, examples=["crossing"])
    fields: Words = Field(
        ["in", "out"], description="its number fields, repeated or with commas between", examples=[["in", "out"]]
    )
    group_by: Words = Field(
        ["site", "gateway", "camera", "line", "class"],
        description="tags to keep apart; keep `camera` where cameras should not stand in for one another",
        examples=[["camera", "line", "class"]],
    )


class TotalsParameters(_Range):
    """What ``/totals`` takes."""

    measurement: str = Field("crossing", description=_WATCHED, examples=["crossing"])
    fields: Words = Field(
        ["in", "out"], description="its counters, repeated or with commas between", examples=[["in", "out"]]
    )
    group_by: Words = Field(
        ["site", "gateway", "camera", "line", "class"],
        description="tags to keep apart; all others are summed over",
        examples=[["line", "class"]],
    )
