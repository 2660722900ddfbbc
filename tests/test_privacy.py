"""Private by construction: no message and no stored row has a field for a picture or a hardware address.

The types are walked, not the examples: a field that is added tomorrow is looked at too.
"""

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
import msgspec.inspect as shape
import pytest

from cityedge.messages import Message
from cloud.types import FieldValue, Measurement

LONGEST_TEXT: Final = 500
"""Characters; the smallest useful picture of a face takes several times that in any encoding."""

SUSPICIOUS: Final = frozenset(
    {
        *("picture", "image", "img", "jpeg", "png", "pixels", "thumbnail", "snapshot", "crop", "bgr", "rgb"),
        *("face", "plate", "embedding", "features", "descriptor"),
        *("mac", "bssid", "ssid", "imei", "imsi", "hwaddr", "address", "client", "device", "station"),
    }
)
"""Words that no field's name has as a part: what they stand for stays in the gateway's memory."""

SCALARS: Final = (
    *(shape.IntType, shape.FloatType, shape.BoolType, shape.NoneType),
    *(shape.DateTimeType, shape.LiteralType, shape.EnumType),
)

NUMBER_LISTS: Final = {
    "ExpiredMessage.ranges": "pairs of sequence numbers, as many as there are holes",
}
"""Fields that are lists of bare numbers, each with its reason: pixels are lists of bare numbers too."""


@dataclass(frozen=True)
class Field:
    """One field of the wire, however deep.

    Attributes:
        owner: The type that has it.
        name: Its name on the wire.
        type: What it may hold.
    """

    owner: str
    name: str
    type: shape.Type

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


def fields_of(kind: shape.Type) -> Iterator[Field]:
    """All fields of a type and of the types in it."""
    if isinstance(kind, shape.Metadata):
        yield from fields_of(kind.type)
    elif isinstance(kind, shape.StructType):
        for field in kind.fields:
            yield Field(kind.cls.__name__, field.encode_name, field.type)
            yield from fields_of(field.type)
    elif isinstance(kind, shape.UnionType):
        for member in kind.types:
            yield from fields_of(member)
    elif isinstance(kind, shape.VarTupleType | shape.ListType):
        yield from fields_of(kind.item_type)


def may_hold(kind: shape.Type) -> str:
    """What a field could smuggle; nothing where it is empty."""
    match kind:
        case shape.Metadata(type=inner):
            return may_hold(inner)
        case shape.UnionType(types=members):
            return "; ".join(filter(None, map(may_hold, members)))
        case shape.StrType(max_length=longest, pattern=pattern):
            bounded = bool(pattern) or (longest is not None and longest <= LONGEST_TEXT)
            return "" if bounded else "text without an end"
        case shape.StructType():
            return ""
        case shape.VarTupleType(item_type=shape.StructType()):
            return ""
    return "" if isinstance(kind, SCALARS) else type(kind).__name__


WIRE: Final = tuple({str(field): field for field in fields_of(shape.type_info(Message))}.values())

every_field = pytest.mark.parametrize("field", [pytest.param(field, id=str(field)) for field in WIRE])


@every_field
def test_a_field_of_the_wire_holds_a_number_a_name_or_a_short_text(field: Field) -> None:
    if str(field) not in NUMBER_LISTS:
        assert may_hold(field.type) == ""


@every_field
def test_no_field_of_the_wire_is_named_for_what_must_stay_on_the_gateway(field: Field) -> None:
    assert not SUSPICIOUS & set(field.name.lower().split("_"))


def test_a_list_of_numbers_on_the_wire_is_one_that_has_a_reason() -> None:
    lists = {str(field) for field in WIRE if may_hold(field.type) == "VarTupleType"}

    assert lists == set(NUMBER_LISTS)


def test_a_stored_row_holds_numbers_flags_and_names() -> None:
    assert set(typing.get_args(FieldValue)) == {float, int, str, bool}


def test_no_table_is_named_for_what_must_stay_on_the_gateway() -> None:
    assert not SUSPICIOUS & set(typing.get_args(Measurement))


# The walk itself: what it must not let through.


class _Leaky(msgspec.Struct):
    picture: bytes
    note: str
    pixels: tuple[int, ...]
    anything: typing.Any
    extras: dict[str, str]
    inner: "tuple[_Inner, ...] | None" = None


class _Inner(msgspec.Struct):
    raw: bytes


@pytest.mark.parametrize("name", ["picture", "note", "pixels", "anything", "extras", "raw"])
def test_the_walk_finds_a_field_that_could_hold_a_picture(name: str) -> None:
    found = {field.name: may_hold(field.type) for field in fields_of(shape.type_info(_Leaky))}

    assert found[name] != ""
