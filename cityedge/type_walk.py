"""Walks plain data beside the type that it is meant for: which keys are unknown, which type belongs where."""

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Union

import msgspec

from cityedge.plain import Plain, below, join, steps

_UNION: Final = (Union, types.UnionType)


@dataclass(frozen=True)
class Misfit:
    """A place where the data does not have the shape of its type.

    Attributes:
        path: The place.
        word: What stands there; None where something is missing.
        known: What could stand there.
        what: ``key``, ``value``, or ``nothing``: a key that stands there for keys that do not.
    """

    path: str
    word: str | None
    known: tuple[str, ...]
    what: Literal["key", "value", "nothing"]


def misfits(tree: Plain, kind: object, path: str = "") -> Iterator[Misfit]:
    """Unknown keys, keys with nothing behind them, and missing or unknown kinds of tagged unions.

    Nothing is no way to leave out what has keys of its own: whoever wrote the key wants it.

    Args:
        tree: The data.
        kind: Its type.
        path: Where ``tree`` stands.

    Yields:
        Misfits in the order of the data.
    """
    if isinstance(tree, dict) and (tagged := _tagged(kind)):
        field, members = tagged
        word = tree.get(field)
        if word is None:
            yield Misfit(join(path, field), None, tuple(members), "value")
            return
        if isinstance(word, str) and word not in members:
            yield Misfit(join(path, field), word, tuple(members), "value")
            return
    kind = _meant(tree, kind)
    if isinstance(tree, dict) and _is_struct(kind):
        yield from _struct_misfits(tree, kind, path)
    elif isinstance(tree, dict) and len(typing.get_args(kind)) == 2:  # noqa: PLR2004 - dict[key, value]
        for key, value in tree.items():
            yield from misfits(value, typing.get_args(kind)[1], join(path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from misfits(value, _item(kind, index), f"{path}[{index}]")


def kind_at(tree: Plain, kind: object, path: str) -> object:
    """The type that belongs at a path.

    Args:
        tree: The data, which decides between the members of unions.
        kind: Its type.
        path: For example ``cameras[0].name``.

    Returns:
        The type as annotated there, ``object`` where the path leads nowhere.
    """
    for step in steps(path):
        kind = _meant(tree, kind)
        kind = _item(kind, step) if isinstance(step, int) else _field(kind, step)
        tree = below(tree, step)
    return kind


def members_of(kind: object) -> Iterator[object]:
    """The members of a union and what Annotated wraps, flat; other types themselves."""
    if typing.get_origin(kind) is Annotated:
        yield from members_of(typing.get_args(kind)[0])
    elif typing.get_origin(kind) in _UNION:
        for member in typing.get_args(kind):
            yield from members_of(member)
    else:
        yield kind


def _struct_misfits(tree: Mapping[str, Plain], kind: type[msgspec.Struct], path: str) -> Iterator[Misfit]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    tag = kind.__struct_config__.tag_field
    for key, value in tree.items():
        if key in fields and value is None and any(_is_struct(member) for member in members_of(fields[key])):
            yield Misfit(join(path, key), None, (), "nothing")
        elif key in fields:
            yield from misfits(value, fields[key], join(path, key))
        elif key != tag:
            yield Misfit(join(path, key), key, (*fields, *([tag] if tag else [])), "key")


def _tagged(kind: object) -> tuple[str, Mapping[str, type[msgspec.Struct]]] | None:
    """The tag's key and the Structs by tag, where a type is one or more tagged Structs."""
    structs = [member for member in members_of(kind) if _is_struct(member)]
    configs = {str(struct.__struct_config__.tag): struct for struct in structs}
    field = structs[0].__struct_config__.tag_field if structs else None
    return (field, configs) if field is not None and len(structs) > 1 else None


def _meant(tree: Plain, kind: object) -> object:
    """The member of a union that a value is meant for."""
    members = list(members_of(kind))
    if isinstance(tree, dict):
        if tagged := _tagged(kind):
            field, by_tag = tagged
            return by_tag.get(str(tree.get(field)), object)
        members.sort(key=_is_struct, reverse=True)
    return next((m for m in members if typing.get_args(m) or _is_struct(m)), members[0])


def _item(kind: object, index: int) -> object:
    """The type of one item of a list or tuple type."""
    arguments: Sequence[object] = typing.get_args(kind)
    if not arguments:
        return object
    if typing.get_origin(kind) is tuple and Ellipsis not in arguments:
        return arguments[index] if index < len(arguments) else object
    return arguments[0]


def _field(kind: object, key: str) -> object:
    if _is_struct(kind):
        return next((f.type for f in msgspec.structs.fields(kind) if f.encode_name == key), object)
    arguments = typing.get_args(kind)
    return arguments[1] if len(arguments) == 2 else object  # noqa: PLR2004 - dict[key, value]


def _is_struct(kind: object) -> typing.TypeGuard[type[msgspec.Struct]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
