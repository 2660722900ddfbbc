"""Rows as line protocol: exact, and safe against whatever a name or a text holds."""

import pytest

from cloud.store.lines import lines_of
from cloud.types import Entry, FieldValue, Row
from tests.support.entries import NOON, a_count, a_notice, entry

NOON_NS = int(NOON.timestamp()) * 10**9


def line_of(tag: str = "north", **fields: FieldValue) -> str:
    made = entry(a_count(1))
    row = Row("camera", NOON, {"camera": tag}, fields or {"frames": 1})
    return lines_of(Entry(made.identity, made.message, [row], NOON)).decode().removesuffix(f" {NOON_NS + 1}\n")


def test_a_message_is_one_line_a_row_with_the_time_in_nanoseconds() -> None:
    lines = lines_of(entry(a_count(1))).decode().splitlines()

    assert lines[1] == (
        f"crossing,site=old-town,gateway=gw-1,camera=north,line=mid,class=person in=1i,out=2i {NOON_NS + 1}"
    )
    assert len(lines) == 2


def test_two_messages_about_one_minute_are_two_points_and_the_same_message_is_the_same() -> None:
    first, again, second = (lines_of(entry(a_count(seq))) for seq in (1, 1, 2))

    assert first == again
    assert first.split()[-1] != second.split()[-1]


def test_a_message_that_only_keeps_the_books_has_no_line() -> None:
    assert lines_of(entry(a_notice(3, (1, 2)))) == b""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(3, "3i", id="a counter stays whole for ever"),
        pytest.param(3.0, "3.0", id="a float"),
        pytest.param(1e-7, "1e-07", id="a small float"),
        pytest.param(True, "true", id="a flag is no number"),
        pytest.param("", '""', id="an empty text"),
        pytest.param('a "b" \\ c', '"a \\"b\\" \\\\ c"', id="quotes and backslashes"),
        pytest.param("x,y=z 1", '"x,y=z 1"', id="what would end a tag is nothing in a text"),
    ],
)
def test_a_field_is_written_by_its_type(value: FieldValue, written: str) -> None:
    assert line_of(f=value) == f"camera,camera=north f={written}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("a b", "a\\ b", id="space"),
        pytest.param("a,b=c", "a\\,b\\=c", id="comma and equals"),
        pytest.param('o\'hara "x"', 'o\'hara\\ "x"', id="quotes"),
        pytest.param("phố", "phố", id="not ASCII"),
    ],
)
def test_a_tag_cannot_break_out_of_its_place(value: str, written: str) -> None:
    assert line_of(value) == f"camera,camera={written} frames=1i"


@pytest.mark.parametrize("value", ["", "a\nb f=1", "a\\"])
def test_a_tag_that_no_line_can_carry_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="tag value"):
        line_of(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        line_of(f=value)
