"""What may be stored, what is refused and why, and whose refusals are counted."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.codec import encode
from cityedge.messages import CountMessage, Message, StatusMessage, StoredMessage, ZoneUse
from cityedge.topics import topic_of
from cloud.types import Identity, Received, Refusal
from cloud.validate import Verdict, identity_of, judge
from tests.support.entries import (
    NOON,
    a_count,
    a_health,
    a_notice,
    a_report,
    a_speed,
    an_alert,
    crossing,
    heat,
    trips,
)


def judged(payload: bytes, *, topic: str | None = None) -> Verdict:
    received = Received(topic or "city/v1/old-town/gw-1/count/north", payload, NOON)
    return judge(received, root="city", max_future_s=3600.0)


def sent(message: Message) -> Verdict:
    return judged(encode(message), topic=topic_of("city", message))


def refused(verdict: Verdict) -> Refusal:
    assert isinstance(verdict, Refusal)
    return verdict


def dense(per_m2: float) -> ZoneUse:
    return ZoneUse(
        zone="square",
        class_="person",
        occupancy_mean=1.0,
        occupancy_peak=1,
        entries=0,
        exits=0,
        density_mean_per_m2=1.0,
        density_peak_per_m2=per_m2,
    )


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(encode(a_count(7))), **changes}).encode()


@pytest.mark.parametrize(
    "message", [a_count(1), an_alert(1), a_health(1), a_notice(5, (1, 4)), a_report().message]
)
def test_what_keeps_the_contract_is_accepted_as_it_is(message: Message) -> None:
    assert sent(message) == message


def test_an_accepted_message_has_its_identity() -> None:
    assert identity_of(a_count(7)) == Identity("old-town", "gw-1", "e1", 7)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param(b"", "not readable as JSON", id="nothing"),
        pytest.param(b"\xff\xfe", "not readable as JSON", id="not text"),
        pytest.param(changed(schema=99), "version 99", id="a newer version"),
        pytest.param(changed(kind="party"), "party", id="an unknown kind"),
        pytest.param(changed(observed=1.5), "observed", id="a share over one"),
        pytest.param(changed(end="2026-03-01T12:00:00Z"), "after start", id="an empty window"),
    ],
)
def test_what_breaks_the_contract_is_refused_with_the_reason_and_kept_whole(payload: bytes, reason: str) -> None:
    refusal = refused(judged(payload))

    assert reason in refusal.reason
    assert (refusal.payload, refusal.topic) == (payload, "city/v1/old-town/gw-1/count/north")
    assert refusal.received == NOON


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        pytest.param(a_count(1, minute=61), "in the future", id="more than an hour ahead"),
        pytest.param(a_count(1, minute=-60 * 24 * 365 * 7), "before 2020", id="a clock that was never set"),
        pytest.param(
            a_count(1, minute=-3000, length=timedelta(hours=25)), "longer than a day", id="endless window"
        ),
        pytest.param(
            a_count(1, minute=-9, crossings=(crossing(people=(10**10, 0)),)), "cannot be true", id="too many"
        ),
        pytest.param(a_count(1, minute=-9, flows=(trips(10**10),)), "cannot be true", id="too many trips"),
        pytest.param(
            a_count(1, minute=-9, speeds=(a_speed(140.0, count=1),)),
            "line 'mid': a speed of 140 m/s cannot be true",
            id="faster than anything on a street",
        ),
        pytest.param(
            a_count(1, minute=-9, speeds=(a_speed(14.0, p85_mps=400.0, count=1),)),
            "a speed of 400 m/s",
            id="a p85 faster than anything on a street",
        ),
        pytest.param(
            a_count(1, minute=-9, zones=(dense(25.0),)),
            "zone 'square': a density of 25 per m² cannot be true",
            id="denser than any crowd",
        ),
        pytest.param(
            a_count(1, minute=-9, heat=heat(x03y05=90_000.0)),
            "heat at column 3, row 5: 90000 s of presence in one window cannot be true",
            id="hotter than a cell full of people",
        ),
        pytest.param(a_notice(5, (1, 5)), "not older than the notice", id="a notice that expires itself"),
        pytest.param(a_notice(5, (1, 2**62)), "not older than the notice", id="a notice that expires the future"),
        pytest.param(
            StoredMessage(site="old-town", gateway="gw-1", epoch="e1", seq=1, time=NOON),
            "cloud's own word",
            id="a gateway that speaks as the cloud",
        ),
    ],
)
def test_what_cannot_be_true_is_refused(message: Message, reason: str) -> None:
    assert reason in refused(sent(message)).reason


def test_what_a_busy_street_measures_is_accepted() -> None:
    busy = a_count(
        1,
        minute=-9,
        speeds=(a_speed(30.0, count=900),),
        zones=(dense(7.0),),
        flows=(trips(400),),
        heat=heat(x03y05=600.0),
    )

    assert sent(busy) == busy


def test_a_little_ahead_is_no_fault() -> None:
    assert isinstance(sent(a_count(1, minute=58)), CountMessage)


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param("city/v1/old-town/gw-2/count/north", id="another gateway"),
        pytest.param("city/v1/port/gw-1/count/north", id="another site"),
        pytest.param("city/v1/old-town/gw-1/count/south", id="another camera"),
        pytest.param("city/v1/old-town/gw-1/alert/north", id="another kind"),
        pytest.param("town/v1/old-town/gw-1/count/north", id="another root"),
        pytest.param("city/v1/old-town/gw-1/count", id="a level short"),
    ],
)
def test_a_message_must_say_what_its_topic_says(topic: str) -> None:
    assert isinstance(judged(encode(a_count(7)), topic=topic), Refusal)


@pytest.mark.parametrize(
    ("payload", "topic", "counts"),
    [
        pytest.param(changed(observed=7), None, True, id="a bad value in a message of its own"),
        pytest.param(changed(schema=99), None, True, id="a newer version"),
        pytest.param(changed(observed=7), "city/v1/old-town/gw-2/count/north", False, id="in another's name"),
        pytest.param(changed(seq="seven"), None, False, id="a seq that is none"),
        pytest.param(changed(seq=2**64), None, False, id="a seq that no ledger holds"),
        pytest.param(b"{", None, False, id="nothing can be read"),
    ],
)
def test_a_refusal_counts_in_the_books_only_where_its_sender_is_proven(
    payload: bytes, topic: str | None, *, counts: bool
) -> None:
    """One gateway must not be able to write off what another sent."""
    who = Identity("old-town", "gw-1", "e1", 7)

    assert refused(judged(payload, topic=topic)).identity == (who if counts else None)


@given(st.binary(max_size=400), st.text(max_size=60))
def test_no_payload_and_no_topic_can_make_it_fail(payload: bytes, topic: str) -> None:
    assert isinstance(judged(payload, topic=topic), Refusal)


@given(
    st.dictionaries(
        st.sampled_from([*json.loads(encode(a_count(1))), "books", "ranges", "time"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=6,
        ),
        max_size=6,
    )
)
def test_a_message_that_was_tampered_with_is_judged_like_any_other(changes: dict[str, Any]) -> None:
    payload = msgspec.json.encode({**json.loads(encode(a_count(1))), **changes})

    assert isinstance(judged(payload), CountMessage | StatusMessage | Refusal)
