import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.plain import Plain, and_parents, join, steps, value_at

TREE: Plain = {"cameras": [{"name": "a"}, {"name": "b", "lines": [{"points": [[0, 1]]}]}], "n": None}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("", TREE, id="the root"),
        pytest.param("cameras[1].name", "b", id="a key in a list"),
        pytest.param("cameras[1].lines[0].points[0][1]", 1, id="a list in a list"),
        pytest.param("cameras[7]", None, id="past the end"),
        pytest.param("cameras.name", None, id="a key of a list"),
        pytest.param("n.x", None, id="below nothing"),
        pytest.param("cameras[0][0]", None, id="an index of a mapping"),
    ],
)
def test_a_path_leads_to_its_value_or_to_nothing(path: str, value: Plain) -> None:
    assert value_at(TREE, path) == value


def test_a_path_is_followed_by_the_ones_around_it() -> None:
    assert list(and_parents("cameras[1].lines")) == ["cameras[1].lines", "cameras[1]", "cameras", ""]


@given(st.text(max_size=20))
def test_every_path_ends_at_the_root(path: str) -> None:
    assert list(and_parents(path))[-1] == ""


def test_steps_and_join_undo_each_other() -> None:
    assert list(steps("a.b[2].c")) == ["a", "b", 2, "c"]
    assert join(join("", "a"), "b") == "a.b"
