"""Wire messages of every kind for property tests, made from what their types allow."""

import typing
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec.inspect as shape
from hypothesis import strategies as st

from cityedge.messages import (
    SCHEMA_VERSION,
    CountMessage,
    Crossing,
    ExpiredMessage,
    Flow,
    Heat,
    HeatCell,
    Message,
    Speed,
    ZoneUse,
)

_MOMENTS: Final = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
_NAMES: Final = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_]{0,12}", fullmatch=True)
_TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_SIMPLE: Final = {shape.BoolType: st.booleans(), shape.NoneType: st.none(), shape.DateTimeType: _MOMENTS}
_GRID: Final = {"column": st.integers(0, 15), "row": st.integers(0, 8)}
_RANGES: Final = st.lists(
    st.tuples(st.integers(1, 2**62), st.integers(0, 2**62 - 1)).map(lambda pair: (pair[0], sum(pair))), min_size=1
).map(tuple)


def messages() -> st.SearchStrategy[Message]:
    """Any message that may go over the wire."""
    return st.one_of([message_of(kind) for kind in typing.get_args(Message)])


def message_of(kind: type[Any]) -> st.SearchStrategy[Message]:
    """Any message of one type."""
    if kind is CountMessage:
        return _counts()
    if kind is ExpiredMessage:
        return _struct(kind, {"ranges": _RANGES})
    return _struct(kind, {})


@st.composite
def _counts(draw: st.DrawFn) -> CountMessage:
    start = draw(_MOMENTS)
    watched = draw(st.booleans())
    crossings = st.lists(_struct(Crossing, {}), unique_by=lambda c: (c.line, c.class_), max_size=4).map(tuple)
    zones = st.lists(_struct(ZoneUse, {}), unique_by=lambda z: (z.zone, z.class_), max_size=4).map(tuple)
    given = {
        "start": st.just(start),
        "end": st.just(start + timedelta(seconds=draw(st.integers(1, 86_400)))),
        "observed": st.floats(0.001, 1.0) if watched else st.just(0.0),
        "crossings": crossings if watched else st.just(()),
        "zones": zones if watched else st.just(()),
        "flows": _flows(),
        "speeds": st.lists(_struct(Speed, {}), unique_by=lambda s: (s.line, s.class_), max_size=3).map(tuple),
        "heat": st.none() | _heats(),
    }
    built: CountMessage = draw(_struct(CountMessage, given))
    return built


def _flows() -> st.SearchStrategy[tuple[Flow, ...]]:
    apart = _struct(Flow, {"from_": _NAMES.map("a{}".format), "to": _NAMES.map("b{}".format)})
    return st.lists(apart, unique_by=lambda f: (f.from_, f.to, f.class_), max_size=3).map(tuple)


def _heats() -> st.SearchStrategy[Heat]:
    cells = st.lists(_struct(HeatCell, _GRID), unique_by=lambda c: (c.column, c.row, c.class_), max_size=4)
    return _struct(Heat, {"columns": st.integers(16, 32), "rows": st.integers(9, 32), "cells": cells.map(tuple)})


def _struct(kind: type[Any], given: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    info = shape.type_info(kind)
    assert isinstance(info, shape.StructType)
    given = {"schema": st.just(SCHEMA_VERSION), **given}
    # Every field by name, those of an array too.
    parts = {f.name: given[f.name] if f.name in given else _any(f.type) for f in info.fields}
    return st.builds(kind, **parts)


def _any(kind: shape.Type) -> st.SearchStrategy[Any]:
    found: st.SearchStrategy[Any]
    match kind:
        case shape.Metadata(type=inner):
            found = _any(inner)
        case shape.IntType(ge=least, le=most):
            found = st.integers(least, most)
        case shape.FloatType(ge=least, le=most):
            found = st.floats(least, most, allow_nan=False, allow_infinity=False)
        case shape.StrType(max_length=longest):
            found = _NAMES if longest is None else _TEXTS
        case shape.LiteralType(values=values):
            found = st.sampled_from(values)
        case shape.UnionType(types=types):
            found = st.one_of([_any(member) for member in types])
        case shape.VarTupleType(item_type=item):
            found = st.lists(_any(item), max_size=3).map(tuple)
        case shape.StructType(cls=inner_kind):
            found = _struct(inner_kind, {})
        case _:
            found = _SIMPLE[type(kind)]
    return found
