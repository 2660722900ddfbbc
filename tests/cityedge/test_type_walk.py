from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from cityedge.plain import Plain
from cityedge.type_walk import Misfit, kind_at, members_of, misfits

Size = Annotated[int, Meta(ge=1)]


class Round(Struct, tag_field="kind", tag="round"):
    radius: Size = 1


class Square(Struct, tag_field="kind", tag="square"):
    side: Size = 1


class Weight(Struct):
    weight: Size = 1


class Box(Struct):
    lid: Round | Square | None = None
    parts: list[Round] | None = None
    by_name: dict[str, Weight] = {}
    pair: tuple[Size, str] = (1, "")
    class_: Literal["a", "b"] = msgspec.field(default="a", name="class")


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"lid": {"kind": "round", "radius": 2}}, [], id="all known"),
        pytest.param({"parts": None}, [], id="an optional part left out"),
        pytest.param({"lid": None}, [("lid", None, "nothing")], id="a key that stands there for nothing"),
        pytest.param({"class": "a"}, [], id="a field with another name on the wire"),
        pytest.param({"class_": "a"}, [("class_", "class_", "key")], id="the name in Python is not the name"),
        pytest.param(
            {"lid": {"kind": "round", "side": 2}}, [("lid.side", "side", "key")], id="of the other member"
        ),
        pytest.param({"lid": {"side": 2}}, [("lid.kind", None, "value")], id="no kind"),
        pytest.param({"lid": {"kind": "flat"}}, [("lid.kind", "flat", "value")], id="unknown kind"),
        pytest.param({"parts": [{}, {"rad": 1}]}, [("parts[1].rad", "rad", "key")], id="in an optional list"),
        pytest.param({"by_name": {"x": {"wight": 1}}}, [("by_name.x.wight", "wight", "key")], id="in a table"),
        pytest.param({"lid": "round", "parts": 3, "pair": {}}, [], id="other shapes are left to the conversion"),
    ],
)
def test_keys_without_a_place_are_found(tree: Plain, found: list[tuple[str, str | None, str]]) -> None:
    assert [(misfit.path, misfit.word, misfit.what) for misfit in misfits(tree, Box)] == found


def test_a_misfit_names_what_could_stand_there() -> None:
    (misfit,) = misfits({"parts": [{"rad": 1}]}, Box)

    assert misfit == Misfit("parts[0].rad", "rad", ("radius", "kind"), "key")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("lid.side", Size, id="in the member that was chosen"),
        pytest.param("parts[0].radius", Size, id="in a list"),
        pytest.param("by_name.x.weight", Size, id="in a table"),
        pytest.param("pair[1]", str, id="in a tuple, by position"),
        pytest.param("pair[2]", object, id="past the end of a tuple"),
        pytest.param("class", Literal["a", "b"], id="by its name on the wire"),
        pytest.param("lid.nothing.at[3].all", object, id="nowhere"),
    ],
)
def test_the_type_at_a_path_is_as_it_was_annotated(path: str, kind: object) -> None:
    tree: Plain = {"lid": {"kind": "square"}, "parts": [{}], "by_name": {"x": {}}, "pair": [1, "a"]}

    assert kind_at(tree, Box, path) == kind


def test_unions_are_flat_and_bare() -> None:
    assert list(members_of(Annotated[int | None, "x"] | Size | str)) == [int, type(None), int, str]
