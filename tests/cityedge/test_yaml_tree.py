import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge import yaml_tree
from cityedge.errors import ConfigError
from cityedge.plain import Plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("60", 60, id="a whole number"),
        pytest.param("-7", -7, id="below zero"),
        pytest.param("0", 0, id="zero"),
        pytest.param("0.5", 0.5, id="a number"),
        pytest.param(".5", 0.5, id="a number without its zero"),
        pytest.param("1e3", 1000.0, id="a number with an exponent and no point"),
        pytest.param("0.05", 0.05, id="a leading zero before the point"),
        pytest.param("true", True, id="true"),
        pytest.param("false", False, id="false"),
        pytest.param("", None, id="nothing"),
        pytest.param("null", None, id="null"),
        pytest.param("~", None, id="tilde"),
        pytest.param("no", "no", id="no is Norway"),
        pytest.param("on", "on", id="on is a word"),
        pytest.param("060", "060", id="not octal"),
        pytest.param("007.5", "007.5", id="not a number either"),
        pytest.param("1:30", "1:30", id="not base 60"),
        pytest.param("0x1F", "0x1F", id="not hexadecimal"),
        pytest.param("1_000", "1_000", id="no underscores"),
        pytest.param("2026-11-22", "2026-11-22", id="a date is text"),
        pytest.param(".inf", ".inf", id="no infinity"),
        pytest.param(".nan", ".nan", id="no not-a-number"),
        pytest.param("1e999", "1e999", id="too large for a number"),
        pytest.param("9" * 30, 1e30, id="too large for a whole number"),
        pytest.param("'60'", "60", id="quoted is text"),
        pytest.param('"true"', "true", id="double quoted is text"),
        pytest.param("=", "=", id="a lone equals sign"),
        pytest.param("<<", "<<", id="a lone merge sign as a value"),
    ],
)
def test_a_scalar_is_what_a_person_would_take_it_for(text: str, value: Plain) -> None:
    tree = yaml_tree.read(f"key: {text}", name="f").tree

    assert tree == {"key": value}
    assert repr(tree) == repr({"key": value})  # 1 == 1.0 == True


def test_every_part_has_the_line_on_which_it_stands() -> None:
    text = "site: a\ncameras:\n  - name: one\n    lines:\n    - points:\n      - [0, 0]\n  -\n    name: two\n"

    lines = yaml_tree.read(text, name="f").lines

    assert {path: lines[path] for path in ("", "site", "cameras", "cameras[0].lines[0].points[0]")} == {
        "": 1,
        "site": 1,
        "cameras": 2,
        "cameras[0].lines[0].points[0]": 6,
    }
    assert lines["cameras[1].name"] == 8


def test_an_alias_stands_for_what_it_names() -> None:
    document = yaml_tree.read("a: &x [1, 2]\nb: *x\n", name="f")

    assert document.tree == {"a": [1, 2], "b": [1, 2]}
    assert document.problems == ()


def test_merged_keys_come_first_and_own_keys_win() -> None:
    text = "- &base\n  fps: 5\n  url: one\n- <<: *base\n  url: two\n- <<: [{fps: 1}, *base]\n"

    assert yaml_tree.read(text, name="f").tree == [
        {"fps": 5, "url": "one"},
        {"fps": 5, "url": "two"},
        {"fps": 1, "url": "one"},
    ]


def test_a_merged_key_has_the_line_where_it_was_written() -> None:
    text = "- &base\n  fps: 5\n- <<: *base\n  url: two\n"

    lines = yaml_tree.read(text, name="f").lines

    assert (lines["[1].fps"], lines["[1].url"]) == (2, 4)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: 1\na: 2\n", "f:2: a: the key stands here twice", id="duplicate key"),
        pytest.param("x:\n  a: 1\n  a: 2\n", "f:3: x.a: the key stands here twice", id="duplicate inside"),
        pytest.param("1: a\n", "f:1: a key that is not text; put it into quotes", id="number as key"),
        pytest.param(
            "x:\n  ? [a]\n  : b\n", "f:2: x: a key that is not text; put it into quotes", id="list as key"
        ),
        pytest.param("~: a\n", "f:1: a key that is not text; put it into quotes", id="nothing as key"),
        pytest.param("a: &x\n  b: *x\n", "f:1: a.b: refers to itself", id="recursive mapping"),
        pytest.param("a: &x [*x]\n", "f:1: a[0]: refers to itself", id="recursive list"),
        pytest.param("a: &x\n  <<: *x\n", "f:1: a: refers to itself", id="recursive merge"),
        pytest.param("a:\n  <<: 3\n", "f:2: a: only a mapping can be merged with '<<'", id="number merged"),
        pytest.param(
            "a: !!binary aGVsbG8=\n",
            "f:1: a: the tag !!binary is not understood here; leave it out",
            id="bytes",
        ),
        pytest.param(
            "a: !!python/object/apply:os.system [x]\n",
            "f:1: a: the tag !!python/object/apply:os.system is not understood here; leave it out",
            id="code",
        ),
        pytest.param('a: "\\0"\n', "f:1: a: holds a control character", id="nul"),
        pytest.param('a: "\\ud800"\n', "f:1: a: holds a control character", id="half a character"),
    ],
)
def test_what_is_strange_is_a_problem_with_its_line(text: str, problem: str) -> None:
    assert problem in yaml_tree.read(text, name="f").problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a:\n\t- b\n", "f:2: not readable as YAML: found character '\\t'", id="tab"),
        pytest.param("a: [1\nb: 2\n", "f:2: not readable as YAML: ", id="open bracket"),
        pytest.param("a: 1\n---\nb: 2\n", "f:2: not readable as YAML: but found another document", id="two"),
        pytest.param("a: *x\n", "f:1: not readable as YAML: found undefined alias", id="unknown alias"),
        pytest.param("a: 1\nb: \0\n", "f:2: not readable as YAML: special characters", id="nul byte"),
        pytest.param("a: " + "[" * 3000, "f: not readable as YAML: nested too deeply", id="deep"),
        pytest.param('a: "\\U00110000"', "f: not readable as YAML: ", id="escape beyond unicode"),
    ],
)
def test_what_is_not_yaml_stops_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        yaml_tree.read(text, name="f")

    assert caught.value.problems[0].startswith(problem)


def test_aliases_of_aliases_do_not_eat_the_machine() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]

    with pytest.raises(ConfigError, match="has more than 100000 parts"):
        yaml_tree.read("\n".join(["l0: &l0 [x]", *levels]), name="f")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert yaml_tree.read("\ufeffsite: a\n", name="f").tree == {"site": "a"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_an_empty_mapping_or_nothing(text: str) -> None:
    assert yaml_tree.read(text, name="f").tree in ({}, None)


yaml_like = st.text(alphabet=st.sampled_from("ab: -[]{},&*<!?|>'\"\n\t#=~0189.é\\"), max_size=60)


@given(yaml_like | st.text(max_size=40))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        problems = yaml_tree.read(text, name="f").problems
    except ConfigError as error:
        problems = error.problems

    assert all(problem.startswith("f:") for problem in problems)
