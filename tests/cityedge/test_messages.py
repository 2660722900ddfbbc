import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.codec import decode, encode
from cityedge.messages import (
    KINDS,
    KINDS_UP,
    AlertMessage,
    CountMessage,
    Crossing,
    ExpiredMessage,
    HealthMessage,
    Message,
    Name,
    StatusMessage,
    StoredMessage,
    Text,
    ZoneUse,
    with_identity,
)
from tests.cityedge.golden import COUNT, EXPECTED
from tests.cityedge.strategies import message_of


def changed(message: Message, **fields: Any) -> Message:
    return msgspec.structs.replace(message, **fields)


@pytest.mark.parametrize(
    "kind", [CountMessage, AlertMessage, HealthMessage, ExpiredMessage, StatusMessage, StoredMessage]
)
def test_a_message_cannot_be_changed(kind: type[Message]) -> None:
    example = next(message for message in EXPECTED.values() if isinstance(message, kind))

    with pytest.raises(AttributeError):
        example.site = "elsewhere"  # type: ignore[misc]  # that is the point


def test_the_kinds_are_those_of_the_wire() -> None:
    assert KINDS_UP == ("count", "alert", "health", "expired", "status")
    assert set(KINDS) - set(KINDS_UP) == {"stored"}


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        pytest.param({"end": COUNT.start}, "end: must be after start", id="an empty window"),
        pytest.param(
            {"end": COUNT.start - timedelta(seconds=1)},
            "end: must be after start",
            id="a window that runs back",
        ),
        pytest.param(
            {"start": COUNT.start.astimezone(HANOI)},
            "start: must be UTC, got 2026-11-22T13:30:00+07:00",
            id="local time",
        ),
        pytest.param({"start": COUNT.start.replace(tzinfo=None)}, "start: must be UTC", id="a time of nowhere"),
        pytest.param(
            {"observed": 0.0, "frames": 0, "crossings": COUNT.crossings[1:]},
            "observed: is 0 and so is frames: nobody looked, so nobody can know of zeros",
            id="zeros that nobody saw",
        ),
        pytest.param(
            {"observed": 0.0, "frames": 0, "crossings": ()},
            "observed: is 0 and so is frames",
            id="a zone that nobody saw",
        ),
        pytest.param(
            {"crossings": (COUNT.crossings[0], COUNT.crossings[0])},
            "crossings: 'kerb' with class 'person' stands here twice",
            id="one line and class twice",
        ),
        pytest.param(
            {"zones": (COUNT.zones[1], COUNT.zones[1])},
            "zones: 'waiting' with class 'motorcycle' stands here twice",
            id="one zone and class twice",
        ),
    ],
)
def test_a_count_that_contradicts_itself_cannot_be_built(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        changed(COUNT, **fields)


def test_zeros_of_a_watched_window_are_kept_apart_from_a_window_that_nobody_watched() -> None:
    watched = changed(COUNT, crossings=(Crossing(line="kerb", class_="car", in_=0, out=0),), zones=())
    unwatched = EXPECTED["count.unwatched.v1.json"]

    assert isinstance(watched, CountMessage)
    assert isinstance(unwatched, CountMessage)
    assert watched.crossings
    assert unwatched.crossings == ()


def test_a_crossing_that_feet_on_either_side_of_a_gap_prove_counts_though_nobody_looked() -> None:
    proven = changed(COUNT, observed=0.0, frames=0, crossings=COUNT.crossings[:1])

    assert isinstance(proven, CountMessage)
    assert proven.crossings[0].in_ == 7


@pytest.mark.parametrize("name", [name for name in EXPECTED if not name.startswith("count")])
def test_a_moment_is_utc_in_every_message(name: str) -> None:
    with pytest.raises(ValueError, match="time: must be UTC"):
        changed(EXPECTED[name], time=NOON.astimezone(HANOI))


@pytest.mark.parametrize("ranges", [pytest.param((), id="none"), pytest.param(((5, 4),), id="runs back")])
def test_expired_rows_are_named_by_ranges_that_run_forward(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="ranges: needs at least one pair first <= last"):
        changed(EXPECTED["expired.v1.json"], ranges=ranges)


@given(
    message_of(CountMessage) | message_of(AlertMessage) | message_of(HealthMessage) | message_of(ExpiredMessage)
)
def test_an_identity_is_given_without_touching_the_rest(message: Any) -> None:
    numbered = with_identity(message, epoch="fresh", seq=9)

    assert (numbered.epoch, numbered.seq) == ("fresh", 9)
    assert with_identity(numbered, epoch=message.epoch, seq=message.seq) == message


MACS = [
    pytest.param("3c:22:fb:a1:b2:c3", id="colons"),
    pytest.param("3C-22-FB-A1-B2-C3", id="dashes"),
    pytest.param("3c_22_fb_a1_b2_c3", id="underscores"),
    pytest.param("3c22.fba1.b2c3", id="dots"),
    pytest.param("phone-3C-22-FB-A1-B2-C3-x", id="inside a name"),
]


@pytest.mark.parametrize("mac", MACS)
def test_a_hardware_address_fits_no_name(mac: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(mac, Name)


@pytest.mark.parametrize("mac", MACS)
@pytest.mark.parametrize("around", ["{}", "seen {} again", "line\n{}", "({})"])
def test_a_hardware_address_fits_no_text(mac: str, around: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(around.format(mac), Text)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param("cam 3c:22:fb:a1:b2:c3 is away", "cam **:**:**:**:**:** is away", id="colons"),
        pytest.param("cam-3C-22-FB-A1-B2-C3.local", "cam-**-**-**-**-**-**.local", id="a camera's host name"),
        pytest.param("3c22.fba1.b2c3 and 3c22.fba1.b2c4", "****.****.**** and ****.****.****", id="two"),
        pytest.param("at 05:30:12, 10.0.0.7:554", "at 05:30:12, 10.0.0.7:554", id="times and ports stay"),
    ],
)
def test_a_hardware_address_is_blotted_out_of_what_people_read(said: str, kept: str) -> None:
    alert = changed(EXPECTED["alert.v1.json"], text=said)
    read = decode(json.dumps(json.loads(encode(alert)) | {"text": said}).encode())

    assert (alert.text, read.text) == (kept, kept)  # type: ignore[union-attr]  # both are alerts


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "box-7",
        "20261122T053012Z-4be1c7",
        "2026-11-22-05-30-12",
        "9",
        "A" * 64,
        "de-ad-be-ef",
        "aabbccddeeff",
    ],
)
def test_a_name_from_configuration_is_a_name(name: str) -> None:
    assert msgspec.convert(name, Name) == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="empty"),
        pytest.param("-a", id="begins with a dash"),
        pytest.param("a b", id="space"),
        pytest.param("a/b", id="slash"),
        pytest.param("a+b", id="wildcard"),
        pytest.param("#", id="all"),
        pytest.param("a\n", id="line break at the end"),
        pytest.param("cổng", id="not ascii"),
        pytest.param("a" * 65, id="too long"),
        pytest.param("..", id="folder"),
    ],
)
def test_what_would_break_a_topic_a_file_name_or_a_tag_is_no_name(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(name, Name)


@given(st.text(max_size=40))
def test_a_name_is_safe_in_a_topic_a_file_name_and_a_url(text: str) -> None:
    try:
        name = msgspec.convert(text, Name)
    except msgspec.ValidationError:
        return
    assert re.fullmatch(r"[A-Za-z0-9_-]+", name)


def test_zone_figures_that_nobody_could_know_are_none() -> None:
    use = ZoneUse(zone="z", class_="person", occupancy_mean=0.0, occupancy_peak=0, entries=0, exits=0)

    assert (use.dwell_p50_s, use.dwell_p90_s, use.dwell_max_s) == (None, None, None)
