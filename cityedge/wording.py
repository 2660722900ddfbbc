"""Says what msgspec found wrong in the words of somebody who writes configuration files."""

import difflib
import re
import typing
from collections.abc import Sequence
from typing import Annotated, Final, Literal

from msgspec import Meta

from cityedge.plain import Plain, join
from cityedge.type_walk import members_of

_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_OWN_FIELD: Final = re.compile(r"^(?P<field>[A-Za-z_][\w.\[\]]*): (?P<what>.*)$", re.DOTALL)
_EXPECTED: Final = re.compile(r"^Expected `(?P<type>[^`]*)`(?P<more>.*)$", re.DOTALL)
_MISSING: Final = re.compile(r"^Object missing required field `(?P<key>[^`]*)`$")
_NAMES: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "datetime": "a moment",
    "null": "nothing",
    "array": "a list",
    "object": "keys with values",
}
_NEAR: Final = 0.6


def split(error: str) -> tuple[str, str]:
    """A msgspec message as (path, what is wrong there).

    Args:
        error: For example "Expected `int` >= 0 - at `$.crossings[0].in`", or the ``field: what`` of a type
            that checks itself with its own place behind it.

    Returns:
        For example ``("crossings[0].in", "Expected `int` >= 0")``; the path is empty for the whole.
    """
    match = _AT.match(error)
    what, path = (match["what"], match["path"] or "") if match else (error, "")
    path = path.removeprefix(".").replace("[...]", "")
    own = _OWN_FIELD.match(what)
    if own:
        return join(path, own["field"]), own["what"]
    return path, what


def plainly(what: str, *, value: Plain, kind: object) -> str:
    """What is wrong, in plain words.

    Args:
        what: The second half of :func:`split`.
        value: What stands at the place.
        kind: The type that belongs there, as annotated.

    Returns:
        One sentence without a full stop.
    """
    if missing := _MISSING.match(what):
        return f"the key '{missing['key']}' is missing"
    if what.startswith("Invalid enum value"):
        return unknown(str(what.split("'")[1]), _choices(kind))
    expected = _EXPECTED.match(what)
    if expected is None:
        return what
    more = expected["more"]
    if more.startswith(" matching regex"):
        return f"needs {_description(kind) or 'text' + more}, got {show(value)}"
    needed = " or ".join(_NAMES.get(name, name) for name in expected["type"].split(" | "))
    if more.startswith(", got"):
        quotes = "; put it into quotes" if expected["type"] == "str" and _is_bare(value) else ""
        return f"needs {needed}, got {show(value)}{quotes}"
    return f"needs {needed}{more}" + ("" if ", got" in more else f", got {show(value)}")


def unknown(word: str | None, known: Sequence[str]) -> str:
    """That a word is not one of those that are known, with the nearest.

    Args:
        word: What was written; None where nothing was.
        known: What could have been.

    Returns:
        One sentence without a full stop.
    """
    if word is None:
        return f"is missing; known: {', '.join(known)}"
    return f"'{word}' is unknown; {nearest(word, known)}"


def nearest(word: str, known: Sequence[str]) -> str:
    """Which of the known words was meant, or all of them where none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=_NEAR)
    return f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"


def show(value: Plain) -> str:
    """A value as its writer knows it, short."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "keys with values"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - fits a line


def _is_bare(value: Plain) -> bool:
    """Whether quotes would make text of it."""
    return isinstance(value, bool | int | float)


def _choices(kind: object) -> Sequence[str]:
    """The words of a Literal, or of the keys of a dict of Literals."""
    for member in members_of(kind):
        if typing.get_origin(member) is Literal:
            return [str(word) for word in typing.get_args(member)]
        arguments = typing.get_args(member)
        if typing.get_origin(member) is dict:
            return _choices(arguments[0])
    return ()


def _description(kind: object) -> str:
    """What the type's author says that it needs."""
    if typing.get_origin(kind) is not Annotated:
        return next((text for m in typing.get_args(kind) if (text := _description(m))), "")
    notes = [note.description for note in typing.get_args(kind)[1:] if isinstance(note, Meta)]
    return next((note for note in notes if note), "")
