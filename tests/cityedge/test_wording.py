import pytest

from cityedge.wording import nearest, show, split, unknown


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        pytest.param("Expected `int` >= 0 - at `$.a[0].in`", ("a[0].in", "Expected `int` >= 0"), id="a place"),
        pytest.param("Expected `object`, got `array`", ("", "Expected `object`, got `array`"), id="the whole"),
        pytest.param(
            "points: needs two - at `$.lines[1]`", ("lines[1].points", "needs two"), id="own check inside"
        ),
        pytest.param("end: must be after start", ("end", "must be after start"), id="own check of the whole"),
        pytest.param("points[0]: is outside - at `$.z`", ("z.points[0]", "is outside"), id="own check of an item"),
        pytest.param("Invalid enum value 'q' - at `key` in `$.d`", ("d", "Invalid enum value 'q'"), id="a key"),
        pytest.param("Expected `int` - at `$.d[...]`", ("d", "Expected `int`"), id="a table's value"),
    ],
)
def test_an_error_is_parted_into_place_and_reason(error: str, parts: tuple[str, str]) -> None:
    assert split(error) == parts


@pytest.mark.parametrize(
    ("word", "said"),
    [
        pytest.param("lins", "did you mean 'lines'?", id="near"),
        pytest.param("qqq", "known: lines, zones", id="far"),
    ],
)
def test_the_nearest_word_is_offered_or_all_of_them(word: str, said: str) -> None:
    assert nearest(word, ["lines", "zones"]) == said
    assert unknown(word, ["lines", "zones"]) == f"'{word}' is unknown; {said}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (None, "nothing"),
        (1.5, "1.5"),
        ("a'b", '"a\'b"'),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "keys with values"),
        ("x" * 100, "'" + "x" * 56 + "…"),
    ],
)
def test_a_value_is_shown_as_its_writer_knows_it(value: object, shown: str) -> None:
    assert show(value) == shown  # type: ignore[arg-type]  # lists of ints are plain too
