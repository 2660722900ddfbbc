import textwrap
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from cityedge import settings
from cityedge.errors import ConfigError
from cityedge.plain import Plain
from cloud.settings import CloudSettings
from edge.settings import GatewaySettings

Word = Annotated[str, Meta(pattern="^[a-z]+$", description="a lower-case word")]


class Tls(Struct, frozen=True, kw_only=True):
    ca_file: str | None = None


class Fixed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="fixed"):
    rate: float = 1.0


class Moving(Struct, frozen=True, kw_only=True, tag_field="kind", tag="moving"):
    speed: float


class Post(Struct, frozen=True, kw_only=True):
    name: Word
    ports: tuple[Annotated[int, Meta(ge=1, le=65_535)], ...] = ()
    colour: Literal["red", "green"] = "red"
    hidden: bool = False

    def __post_init__(self) -> None:
        if len(self.ports) == 1:
            raise ValueError(f"ports: needs two ports, got {len(self.ports)}")


class Street(Struct, frozen=True, kw_only=True):
    name: str
    length: Annotated[float, Meta(gt=0)] = 1.0
    tls: Tls | None = None
    mode: Fixed | Moving = Fixed()
    posts: tuple[Post, ...] = ()
    place: tuple[float, float] = (0.0, 0.0)
    weights: dict[Literal["car", "bus"], float] = {}


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        settings.parse(textwrap.dedent(text), Street, name="f")
    return caught.value.problems


def test_an_error_names_file_line_and_key(tmp_path: Path) -> None:
    file = tmp_path / "gateway.yaml"
    file.write_text(
        textwrap.dedent("""\
            site: harbour
            gateway: box-1

            cameras:
              - name: gate
                source:
                  url: rtsp://192.0.2.7/stream
                lines:
                  - name: kerb
                    points:
                      - [0.5, 0]
                      - [0.5, 1]
                  - name: crossing
                    points: [[0.1, 0.2]]
            """),
        encoding="utf-8",
    )

    with pytest.raises(ConfigError) as caught:
        settings.load(file, GatewaySettings)

    assert caught.value.message == f"{file}:14: cameras[0].lines[1].points: needs two points, got 1"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("nam: x", "f:1: nam: unknown key; did you mean 'name'?", id="unknown key, nearest"),
        pytest.param(
            "name: x\nqqq: 1",
            "f:2: qqq: unknown key; known: length, mode, name, place, posts, tls, weights",
            id="unknown key, none near",
        ),
        pytest.param(
            "name: x\nposts:\n  - name: a\n    colr: red",
            "f:4: posts[0].colr: unknown key; did you mean 'colour'?",
            id="unknown key in a list",
        ),
        pytest.param(
            "name: x\ntls:\n  ca_fil: y",
            "f:3: tls.ca_fil: unknown key; did you mean 'ca_file'?",
            id="unknown key in an optional part",
        ),
        pytest.param(
            "name: x\nmode: {kind: moving, sped: 3}",
            "f:2: mode.sped: unknown key; did you mean 'speed'?",
            id="unknown key in the member that was chosen",
        ),
        pytest.param(
            "name: x\nmode:\n  kind: movin\n  speed: 3",
            "f:3: mode.kind: 'movin' is unknown; did you mean 'moving'?",
            id="unknown kind",
        ),
        pytest.param(
            "name: x\nmode:\n  speed: 3",
            "f:2: mode.kind: is missing; known: fixed, moving",
            id="missing kind",
        ),
        pytest.param("name: x\nmode:\n  kind: 3", "f:3: mode.kind: needs text, got 3", id="kind is a number"),
        pytest.param("length: 3", "f:1: the key 'name' is missing", id="missing key"),
        pytest.param(
            "name: x\n\nmode: {kind: moving}",
            "f:3: mode: the key 'speed' is missing",
            id="missing key inside",
        ),
        pytest.param("", "f:1: the key 'name' is missing", id="empty file"),
        pytest.param("- a\n- b", "f:1: needs keys with values, got a list of 2", id="a list on top"),
        pytest.param("hello", "f:1: needs keys with values, got 'hello'", id="a word on top"),
        pytest.param("name: 7", "f:1: name: needs text, got 7; put it into quotes", id="number for text"),
        pytest.param("name: true", "f:1: name: needs text, got true; put it into quotes", id="truth for text"),
        pytest.param("name:", "f:1: name: needs text, got nothing", id="nothing for text"),
        pytest.param("name: x\nlength: long", "f:2: length: needs a number, got 'long'", id="text for a number"),
        pytest.param("name: x\nlength: .inf", "f:2: length: needs a number, got '.inf'", id="no infinity"),
        pytest.param("name: x\nlength: 0", "f:2: length: needs a number > 0.0, got 0", id="out of range"),
        pytest.param(
            "name: x\nposts:\n- name: a\n  ports: [80, 70000]",
            "f:4: posts[0].ports[1]: needs a whole number <= 65535, got 70000",
            id="out of range in a list",
        ),
        pytest.param(
            "name: x\nposts:\n- name: a\n  ports: [80, 1.5]",
            "f:4: posts[0].ports[1]: needs a whole number, got 1.5",
            id="a fraction for a whole number",
        ),
        pytest.param(
            "name: x\nposts:\n- name: a\n  hidden: yes",
            "f:4: posts[0].hidden: needs true or false, got 'yes'",
            id="yes for true",
        ),
        pytest.param(
            "name: x\nposts:\n- name: a\n  colour: grean",
            "f:4: posts[0].colour: 'grean' is unknown; did you mean 'green'?",
            id="unknown choice, nearest",
        ),
        pytest.param(
            "name: x\nposts:\n- name: a\n  colour: blue",
            "f:4: posts[0].colour: 'blue' is unknown; known: red, green",
            id="unknown choice, none near",
        ),
        pytest.param(
            "name: x\nposts:\n- name: A b",
            "f:3: posts[0].name: needs a lower-case word, got 'A b'",
            id="a pattern says what it needs",
        ),
        pytest.param(
            "name: x\nposts:\n- name: a\n\n  ports: [80]",
            "f:5: posts[0].ports: needs two ports, got 1",
            id="a type that checks itself",
        ),
        pytest.param("name: x\nposts: a", "f:2: posts: needs a list, got 'a'", id="text for a list"),
        pytest.param(
            "name: x\nposts: {name: a}",
            "f:2: posts: needs a list, got keys with values",
            id="keys for a list",
        ),
        pytest.param("name: x\nplace: [1]", "f:2: place: needs a list of length 2, got 1", id="a list too short"),
        pytest.param(
            "name: x\ntls: on", "f:2: tls: needs keys with values or nothing, got 'on'", id="text for a part"
        ),
        pytest.param(
            "name: x\nweights: {cra: 1}",
            "f:2: weights: 'cra' is unknown; did you mean 'car'?",
            id="unknown key of a table",
        ),
        pytest.param(
            "name: x\nweights: {car: heavy}",
            "f:2: weights: needs a number, got keys with values",
            id="wrong value in a table",
        ),
        pytest.param("name: x\nname: y", "f:2: name: the key stands here twice", id="duplicate"),
        pytest.param("name: x\n\tlength: 1", "f:2: not readable as YAML", id="a tab"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_in_plain_words(text: str, problem: str) -> None:
    assert problems_of(text)[0].startswith(problem)


def test_all_unknown_keys_are_named_at_once() -> None:
    assert [problem.partition(" unknown")[0] for problem in problems_of("nam: x\nposts:\n- nme: a\ntlss: 1")] == [
        "f:1: nam:",
        "f:3: posts[0].nme:",
        "f:4: tlss:",
    ]


def test_a_long_value_is_shortened_in_the_error() -> None:
    (problem,) = problems_of(f"name: x\nlength: {'9' * 5000}")

    assert len(problem) < 120


def test_a_good_file_becomes_the_type_with_its_defaults(tmp_path: Path) -> None:
    file = tmp_path / "street.yaml"
    file.write_text("name: Hải Phòng\nmode: {kind: moving, speed: 3}\nposts:\n- name: a\n", encoding="utf-8")

    street = settings.load(file, Street)

    assert street == Street(name="Hải Phòng", mode=Moving(speed=3.0), posts=(Post(name="a"),))


def test_cameras_may_share_what_they_have_in_common() -> None:
    text = """\
        name: x
        posts:
          - &first {name: a, ports: [80, 81], hidden: true}
          - {<<: *first, name: b}
        """

    street = settings.parse(textwrap.dedent(text), Street, name="f")

    assert street.posts[1] == Post(name="b", ports=(80, 81), hidden=True)


@pytest.mark.parametrize(
    ("tree", "problem"),
    [
        pytest.param({"name": "A b"}, "--post x: name: needs a lower-case word, got 'A b'", id="a value"),
        pytest.param({"name": "a", "ports": [80]}, "--post x: ports: needs two ports, got 1", id="own check"),
        pytest.param({"nme": "a"}, "--post x: nme: unknown key; did you mean 'name'?", id="unknown key"),
        pytest.param({}, "--post x: the key 'name' is missing", id="nothing"),
    ],
)
def test_data_from_a_command_is_checked_as_a_file_is(tree: dict[str, Plain], problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings.convert(tree, Post, name="--post x")

    assert caught.value.message == problem


def test_data_from_a_command_becomes_the_type() -> None:
    assert settings.convert({"name": "a", "ports": [80, 81]}, Post, name="x") == Post(name="a", ports=(80, 81))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "No such file or directory", id="not there"),
        pytest.param(b"name: \xff\xfe", "is not UTF-8 text", id="not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "f.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        settings.load(file, Street)

    assert caught.value.message == f"{file}: cannot be read: {reason}"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Is a directory"):
        settings.load(tmp_path, Street)


keys = st.sampled_from(["name", "length", "tls", "mode", "posts", "kind", "speed", "weights", "place", "ports"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates()
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | scalars, inner, max_size=4),
    max_leaves=12,
)


@given(trees)
@pytest.mark.parametrize("kind", [Street, GatewaySettings, CloudSettings])
def test_any_yaml_is_accepted_or_refused_by_file_and_line(kind: type[Struct], tree: object) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True)

    assert all(problem.startswith("f:") for problem in refusal_of(text, kind))


@given(st.text(alphabet=st.sampled_from("name: x\nposts[]{}-&*<!?|'\"#0.\t"), max_size=60))
def test_any_text_is_accepted_or_refused_by_file_and_line(text: str) -> None:
    assert all(problem.startswith("f:") for problem in refusal_of(text, Street))


def refusal_of(text: str, kind: type[Struct]) -> tuple[str, ...]:
    """The problems; none where the text is good."""
    try:
        settings.parse(text, kind, name="f")
    except ConfigError as error:
        return error.problems
    return ()
