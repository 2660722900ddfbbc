"""The eye on real footage: what impairs a camera is found and named, what does not is let be."""

from collections.abc import Iterator

import pytest

from edge.see import Eye, Reference
from edge.settings import MaskSettings, SeeSettings
from tests.edge.see.damage import (
    Damage,
    aimed,
    blurred,
    cloth,
    covered,
    dull,
    encoded,
    jpeg,
    lit,
    noisy,
    plain,
)
from tests.edge.see.scenes import HEIGHT_PX, WIDTH_PX, Change, Shown, changes, plaza, states

SHAPE = (HEIGHT_PX, WIDTH_PX)
FROM_S, TO_S = 12.0, 34.0
"""While the damage lasts."""
FPS = 3.5


def damaged_for_a_while(shown: list[Shown], damage: Damage) -> Iterator[Shown]:
    for time_s, picture in shown:
        yield time_s, damage(picture) if FROM_S <= time_s < TO_S else picture


def look(reference: Reference, shown: list[Shown], damage: Damage) -> list[Change]:
    return changes(Eye(SeeSettings(), reference), damaged_for_a_while(shown, damage))


def test_the_whole_film_of_the_plaza_is_well_seen() -> None:
    eye = Eye(SeeSettings(), None)
    said = [eye.look(picture, time_s).state for time_s, picture in plaza()]

    assert len(said) == 795
    assert set(said) == {"ok"}


@pytest.mark.parametrize(
    ("state", "damage", "within_s"),
    [
        pytest.param("dark", lit(0.0), 4, id="a lens cap"),
        pytest.param("dark", noisy(6, lit(0.02)), 4, id="no light, and a sensor that amplifies its noise"),
        pytest.param("dark", lit(0.07), 4, id="a fifteenth of the light"),
        pytest.param("defocused", blurred(2), 4, id="out of focus by two pixels"),
        pytest.param("defocused", blurred(4), 4, id="out of focus by four pixels"),
        pytest.param("defocused", noisy(4, blurred(4)), 4, id="out of focus under sharp noise"),
        pytest.param("covered", noisy(2, covered(1, plain(SHAPE, 220))), 9, id="a bright lid"),
        pytest.param("covered", noisy(2, covered(1, plain(SHAPE, 70))), 9, id="a hand on the lens"),
        pytest.param("covered", covered(0.8, plain(SHAPE, 8)), 9, id="black over four fifths"),
        pytest.param("covered", covered(0.65, plain(SHAPE, 90)), 9, id="grey over two thirds"),
        pytest.param(
            "covered", covered(0.9, plain(SHAPE, 90), opacity=0.8), 9, id="paint that lets some light in"
        ),
        pytest.param("covered", dull(0.15), 9, id="a milky film"),
        pytest.param("covered", noisy(2, covered(1, cloth(SHAPE))), 13, id="a cloth with folds of its own"),
        pytest.param("moved", aimed(x=0.04), 9, id="moved aside by 4 %"),
        pytest.param("moved", aimed(y=-0.05), 9, id="nodded by 5 %"),
        pytest.param("moved", aimed(turn_deg=4), 9, id="turned by 4 degrees"),
        pytest.param("moved", aimed(turn_deg=-10, x=0.05), 12, id="turned and moved"),
        pytest.param("moved", aimed(zoom=1.1), 9, id="zoomed in by a tenth"),
        pytest.param("moved", aimed(zoom=0.9), 9, id="zoomed out by a tenth"),
        pytest.param("moved", aimed(x=0.5, y=0.2), 16, id="turned to look elsewhere"),
        pytest.param("moved", aimed(turn_deg=180), 14, id="upside down"),
    ],
)
def test_what_impairs_the_camera_is_found_and_over_when_it_is_over(
    state: str, damage: Damage, within_s: float, plaza_reference: Reference, later: list[Shown]
) -> None:
    said = look(plaza_reference, later, damage)

    assert states(said) == ["ok", state, "ok"]
    found, over = said[1], said[2]
    assert FROM_S < found.at_s <= FROM_S + within_s
    assert found.sight.text
    assert TO_S + 5 <= over.at_s <= TO_S + 10
    assert over.sight.text == ""


def test_it_is_said_since_when_a_camera_looks_so_rather_than_since_when_that_is_believed(
    plaza_reference: Reference, later: list[Shown]
) -> None:
    said = look(plaza_reference, later, lit(0.0))

    assert [change.sight.since_s for change in said] == pytest.approx([0.0, FROM_S, TO_S], abs=0.4)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lit(0.6), id="40 % darker"),
        pytest.param(lit(0.16), id="the lamps are out, and people are still found"),
        pytest.param(lit(1.4), id="40 % brighter"),
        pytest.param(dull(0.5), id="half the contrast"),
        pytest.param(noisy(10), id="the noise of a night"),
        pytest.param(jpeg(15), id="a poor encoder"),
        pytest.param(blurred(1), id="out of focus by a pixel, with which people are still found"),
        pytest.param(covered(0.35, plain(SHAPE, 60)), id="a third covered: the rest still counts"),
        pytest.param(aimed(x=0.015), id="moved by a pixel and a half in a hundred"),
        pytest.param(aimed(turn_deg=1), id="turned by a degree"),
    ],
)
def test_what_does_not_impair_the_camera_is_no_alarm(
    damage: Damage, plaza_reference: Reference, later: list[Shown]
) -> None:
    assert states(look(plaza_reference, later, damage)) == ["ok"]


def test_a_vehicle_that_fills_the_picture_for_five_seconds_covers_nothing(
    plaza_reference: Reference, later: list[Shown]
) -> None:
    side = covered(0.9, plain(SHAPE, 90))
    shown = [(time_s, side(picture) if 14 <= time_s < 19 else picture) for time_s, picture in later]

    assert states(changes(Eye(SeeSettings(), plaza_reference), shown)) == ["ok"]


@pytest.mark.parametrize(
    ("codec", "options"),
    [
        pytest.param("libx264", {"crf": "23"}, id="H.264"),
        pytest.param("libx264", {"crf": "28", "g": "14"}, id="H.264 with a whole picture every two seconds"),
        pytest.param("mjpeg", {"qmin": "5", "qmax": "8"}, id="motion JPEG"),
    ],
)
def test_a_frozen_picture_is_found_though_it_is_encoded_anew(
    codec: str, options: dict[str, str], plaza_reference: Reference, later: list[Shown]
) -> None:
    living, still = later[: int(10 * FPS)], later[int(10 * FPS)][1]
    pictures = encoded([picture for _, picture in living] + [still] * int(20 * FPS), fps=4, codec=codec, **options)

    said = changes(Eye(SeeSettings(), plaza_reference), [(i / FPS, picture) for i, picture in enumerate(pictures)])

    assert states(said) == ["ok", "frozen"]
    assert 21 < said[1].at_s < 26
    assert said[1].sight.since_s == pytest.approx(10, abs=3)


def test_what_a_camera_is_not_to_be_judged_for_is_ignored(plaza_reference: Reference, later: list[Shown]) -> None:
    eye = Eye(SeeSettings(ignore=("moved",)), plaza_reference)

    assert states(changes(eye, damaged_for_a_while(later, aimed(x=0.1)))) == ["ok"]


def test_the_camera_s_own_times_are_kept(plaza_reference: Reference, later: list[Shown]) -> None:
    eye = Eye(SeeSettings(confirm_s=12, clear_s=1), plaza_reference)

    said = changes(eye, damaged_for_a_while(later, lit(0.0)))

    assert [change.at_s for change in said] == pytest.approx([0, FROM_S + 12, TO_S + 1], abs=0.8)


def test_a_new_opening_of_the_source_keeps_what_is_believed(
    plaza_reference: Reference, later: list[Shown]
) -> None:
    eye = Eye(SeeSettings(), plaza_reference)
    before = [eye.look(lit(0.0)(picture), 1000 + time_s) for time_s, picture in later[:40]]

    again = eye.look(lit(0.0)(later[0][1]), 0.0)

    assert (before[-1].state, again.state, again.since_s) == ("dark", "dark", 0.0)


def test_a_camera_without_a_reference_learns_one_when_it_sees_well(later: list[Shown]) -> None:
    eye = Eye(SeeSettings(), None)

    for time_s, picture in later:
        eye.look(lit(0.0)(picture), time_s)
    in_the_dark = eye.reference
    for time_s, picture in later:
        eye.look(picture, 100 + time_s)

    assert in_the_dark is None
    assert eye.reference is not None
    assert eye.reference.sharpness > 0.8


def test_a_camera_that_was_covered_from_the_beginning_is_covered(later: list[Shown]) -> None:
    lid = noisy(2, covered(1, plain(SHAPE, 120)))
    eye = Eye(SeeSettings(), None)

    assert states(changes(eye, ((time_s, lid(picture)) for time_s, picture in later))) == ["ok", "covered"]
    assert eye.reference is None


def test_what_lies_under_a_mask_is_neither_dark_nor_covered(
    plaza_reference: Reference, later: list[Shown]
) -> None:
    mask = MaskSettings(name="houses", points=((0, 0), (1, 0), (1, 0.7), (0, 0.7)))
    eye = Eye(SeeSettings(), plaza_reference, masks=[mask])

    def blacken(shown: list[Shown]) -> Iterator[Shown]:
        for time_s, picture in shown:
            black = picture.copy()
            black[: int(0.7 * HEIGHT_PX) + 3] = 0
            yield time_s, black

    assert states(changes(eye, blacken(later))) == ["ok"]


def test_behind_a_mask_the_rest_of_the_picture_is_still_judged(
    plaza_reference: Reference, later: list[Shown]
) -> None:
    mask = MaskSettings(name="door", points=((0, 0), (0.4, 0), (0.4, 1), (0, 1)))
    eye = Eye(SeeSettings(), plaza_reference, masks=[mask])

    def blacken(shown: list[Shown]) -> Iterator[Shown]:
        for time_s, picture in damaged_for_a_while(shown, aimed(x=0.05)):
            black = picture.copy()
            black[:, : int(0.4 * WIDTH_PX) + 3] = 0
            yield time_s, black

    assert states(changes(eye, blacken(later))) == ["ok", "moved", "ok"]
