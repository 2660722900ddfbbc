import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES
from cityedge.codec import MAX_BYTES, decode, encode
from cityedge.errors import ContractError
from cityedge.messages import KINDS, Crossing, Message
from cityedge.paths import REPOSITORY
from tests.cityedge.golden import COUNT, EXPECTED
from tests.cityedge.strategies import messages

EXAMPLES = REPOSITORY / "cityedge" / "examples"


def payload(name: str = "count.v1.json", **changes: Any) -> bytes:
    """A golden example with some top-level fields changed; ``...`` takes one away."""
    tree = json.loads((EXAMPLES / name).read_bytes()) | changes
    return json.dumps({key: value for key, value in tree.items() if value is not ...}).encode()


def reason_of(data: bytes) -> str:
    with pytest.raises(ContractError) as caught:
        decode(data)
    return caught.value.message


@given(messages())
def test_what_is_written_is_read_back_the_same(message: Message) -> None:
    assert decode(encode(message)) == message


@given(messages())
def test_a_message_is_one_line_of_ascii_safe_json(message: Message) -> None:
    data = encode(message)

    assert b"\n" not in data
    assert json.loads(data)["kind"] in KINDS


@pytest.mark.parametrize("name", EXPECTED)
def test_a_golden_example_is_read_as_what_it_has_always_meant(name: str) -> None:
    assert decode((EXAMPLES / name).read_bytes()) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_golden_message_is_written_as_its_example_but_for_fields_that_are_newer(name: str) -> None:
    example = json.loads((EXAMPLES / name).read_bytes())

    assert like(json.loads(encode(EXPECTED[name])), example) == example


def like(written: Any, example: Any) -> Any:
    """What is written, without fields that the example is too old for, and with those that say nothing."""
    if isinstance(example, dict):
        silent = {key: value for key, value in example.items() if key not in written and value in (None, 0)}
        return silent | {key: like(value, example[key]) for key, value in written.items() if key in example}
    if isinstance(example, list) and len(example) == len(written):
        return [like(*pair) for pair in zip(written, example, strict=True)]
    return written


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example_of_all_that_is_written_today(kind: str) -> None:
    names = [name for name in EXPECTED if name.partition(".")[0] == kind]

    assert any(json.loads(encode(EXPECTED[name])) == json.loads((EXAMPLES / name).read_bytes()) for name in names)


def test_every_example_is_pinned_and_every_kind_has_one() -> None:
    files = {path.name for path in EXAMPLES.iterdir()}

    assert files == set(EXPECTED)
    assert {name.partition(".")[0] for name in files} == set(KINDS)


@given(st.dictionaries(st.text(min_size=1).map("x_{}".format), st.none() | st.integers() | st.text()))
def test_fields_that_are_not_known_here_are_ignored(extra: dict[str, Any]) -> None:
    assert decode(payload(**extra)) == COUNT


def test_unknown_fields_deep_inside_are_ignored_too() -> None:
    crossings = [{"line": "kerb", "class": "person", "in": 7, "out": 4, "turned": 1}]

    message = decode(payload(crossings=crossings))

    assert message == decode(payload(crossings=[{"line": "kerb", "class": "person", "in": 7, "out": 4}]))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param(
            {"schema": 2},
            "schema: version 2 is newer than 1, the newest known here; update this side",
            id="a newer version that would fit",
        ),
        pytest.param(
            {"schema": 2, "start": ..., "kind": "counted"},
            "schema: version 2 is newer than 1, the newest known here; update this side",
            id="a newer version that would not",
        ),
        pytest.param({"schema": 0}, "schema: needs a whole number >= 1, got 0", id="version 0"),
        pytest.param({"schema": "1"}, "schema: needs a whole number, got '1'", id="version as text"),
        pytest.param({"kind": "cuont"}, "kind: 'cuont' is unknown; did you mean 'count'?", id="unknown kind"),
        pytest.param(
            {"kind": "wifi-probe"},
            "kind: 'wifi-probe' is unknown; known: count, alert, health, expired, status, stored",
            id="unknown kind, none near",
        ),
        pytest.param(
            {"kind": ...},
            "kind: is missing; known: count, alert, health, expired, status, stored",
            id="no kind",
        ),
        pytest.param({"kind": 3}, "kind: needs text, got 3", id="kind as number"),
        pytest.param({"seq": ...}, "the key 'seq' is missing", id="a missing field"),
        pytest.param({"seq": 0}, "seq: needs a whole number >= 1, got 0", id="seq 0"),
        pytest.param(
            {"seq": 2**63}, f"seq: needs a whole number <= {2**63 - 1}, got {2**63}", id="seq over 63 bits"
        ),
        pytest.param(
            {"frames": 2**63},
            f"frames: needs a whole number <= {2**63 - 1}, got {2**63}",
            id="a tally over 63 bits",
        ),
        pytest.param({"frames": -1}, "frames: needs a whole number >= 0, got -1", id="a negative tally"),
        pytest.param({"frames": 1.5}, "frames: needs a whole number, got 1.5", id="half a frame"),
        pytest.param({"observed": 1.01}, "observed: needs a number <= 1.0, got 1.01", id="over-observed"),
        pytest.param(
            {"rate_fps": None}, "rate_fps: needs a number, got nothing", id="a null that was not-a-number"
        ),
        pytest.param(
            {"see": "blind"},
            "see: 'blind' is unknown; known: ok, dark, covered, defocused, moved, frozen, offline",
            id="unknown state",
        ),
        pytest.param(
            {"camera": "../etc"},
            "camera: needs a name of up to 64 letters, digits, '-' and '_' that begins with a letter or "
            "digit and holds no hardware address, got '../etc'",
            id="no name",
        ),
        pytest.param({"start": "yesterday"}, "start: Invalid RFC3339 encoded datetime", id="no moment"),
        pytest.param(
            {"start": "2026-11-22T06:30:00"},
            "start: needs a moment with a timezone component, got '2026-11-22T06:30:00'",
            id="no zone",
        ),
        pytest.param(
            {"start": "2026-11-22T06:30:00+07:00"},
            "start: must be UTC, got 2026-11-22T06:30:00+07:00",
            id="local time",
        ),
        pytest.param(
            {"start": "0001-01-01T00:00:00+14:00"},
            "start: must be UTC, got 0001-01-01T00:00:00+14:00",
            id="before all time",
        ),
        pytest.param(
            {"crossings": [{"line": "kerb", "class": "person", "in": -7, "out": 4}]},
            "crossings[0].in: needs a whole number >= 0, got -7",
            id="a negative count",
        ),
        pytest.param(
            {"crossings": [{"line": "kerb", "class": "dog", "in": 7, "out": 4}]},
            "crossings[0].class: 'dog' is unknown; known: person, bicycle, motorcycle, car, bus, truck",
            id="unknown class",
        ),
        pytest.param(
            {"flows": [{"from": "a", "to": "a", "class": "car", "count": 1}]},
            "flows[0].to: a trip leads from one zone to another, not from 'a' to itself",
            id="a trip to where it began",
        ),
        pytest.param(
            {"speeds": [{"line": "kerb", "class": "car", "mean_mps": 1, "p85_mps": 2, "count": 0}]},
            "speeds[0].count: needs a whole number >= 1, got 0",
            id="a speed of nobody",
        ),
        pytest.param(
            {"heat": {"columns": 16, "rows": 9, "cells": [[16, 0, "car", 1.0]]}},
            "heat.cells: column 16, row 0 lies outside the grid",
            id="heat beside the grid",
        ),
        pytest.param(
            {"model": "seen 3c:22:fb:a1:b2:c3"},
            "model: needs up to 500 characters without a hardware address, got 'seen 3c:22:fb:a1:b2:c3'",
            id="a hardware address",
        ),
        pytest.param({"model": "x" * 501}, "model: needs text of length <= 500, got ", id="a text too long"),
    ],
)
def test_what_breaks_the_contract_is_refused_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    assert reason_of(payload(**changes)).startswith(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "not readable as JSON: ", id="nothing"),
        pytest.param(b"hello", "not readable as JSON: ", id="text"),
        pytest.param(b'{"kind": "count"', "not readable as JSON: ", id="cut off"),
        pytest.param(b"\xff\xfe{}", "not readable as JSON: ", id="not UTF-8"),
        pytest.param(b"[1, 2]", "needs an object, got a list of 2", id="a list"),
        pytest.param(b"null", "needs an object, got nothing", id="null"),
        pytest.param(b"[" * 100_000, "not readable as JSON: ", id="deep"),
        pytest.param(b'{"kind": "count", "x": ' + b"[" * 100_000, "not readable as JSON: ", id="deep inside"),
        pytest.param(
            b'{"kind": "count", "frames": 1e400}', "not readable as JSON: ", id="a number beyond all numbers"
        ),
        pytest.param(b'{"frames": NaN}', "not readable as JSON: ", id="not a number"),
    ],
)
def test_what_is_no_message_at_all_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert reason_of(data).startswith(reason)


def test_a_payload_over_the_limit_is_refused_before_it_is_read() -> None:
    data = payload(x="y" * MAX_BYTES)

    assert reason_of(data) == f"payload of {len(data)} bytes is over the limit of {MAX_BYTES}"


def test_a_camera_with_a_hundred_lines_stays_far_below_the_limit() -> None:
    crossings = tuple(
        Crossing(line=f"line-{number}", class_=name, in_=1000, out=1000)
        for number in range(100)
        for name in CLASSES
    )

    assert len(encode(type(COUNT)(**{**_fields(COUNT), "crossings": crossings}))) < 40_000


def _fields(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in message.__struct_fields__}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused_by_who_reads_it(value: float) -> None:
    wrong = type(COUNT)(**{**_fields(COUNT), "rate_fps": value})

    assert reason_of(encode(wrong)) == "rate_fps: needs a number, got nothing"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert reason_or_message(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(EXPECTED)), st.data())
def test_any_field_may_hold_anything_and_nothing_but_a_contract_error_comes_of_it(
    name: str, data: st.DataObject
) -> None:
    fields = sorted(json.loads((EXAMPLES / name).read_bytes()))
    field = data.draw(st.sampled_from(fields))
    spoiled = payload(name, **{field: data.draw(json_values)})
    assert reason_or_message(spoiled)


def reason_or_message(data: bytes) -> str | Message:
    try:
        return decode(data)
    except ContractError as error:
        return error.message
