"""Cards: what they must say, and what they may not."""

from typing import Any

import msgspec
import pytest

from cityedge.classes import CLASSES
from cityedge.errors import ConfigError
from cityedge.settings import parse
from models import registry
from models.card import Card, Licence, NpmSource
from tests.support.cards import changed

TEXT = registry.card_file(registry.DEFAULT).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", registry.names())
def test_every_card_of_the_registry_is_complete(name: str) -> None:
    card = registry.card(name)

    assert card.name == name
    assert set(card.classes) == set(CLASSES)
    assert card.golden.keys() == card.outputs.keys()
    assert not any(licence.asks_acceptance for licence in card.licences)


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        pytest.param(
            "score_floor:", "score_flor:", "unknown key; did you mean 'score_floor'?", id="a typing error"
        ),
        pytest.param("nms_iou: 0.6", "nms_iou: 1.6", "nms_iou", id="an overlap above one"),
        pytest.param("person: 0.40", "person: 0.05", "is below the score floor", id="a threshold below the floor"),
        pytest.param(
            "thresholds: {person: 0.40, ", "thresholds: {", "the very classes", id="a class without threshold"
        ),
        pytest.param("classes: {person: 0", "classes: {cat: 0", "classes", id="a class that nobody counts"),
        pytest.param("std: [57.375, ", "std: [0.0, ", "must be above zero", id="a division by zero"),
        pytest.param("multiple_px: 32", "multiple_px: 30", "is no multiple of 30", id="a size that does not fit"),
        pytest.param("kind: nanodet", "kind: retina", "kind", id="a head that is not known"),
        pytest.param(
            "head:\n  kind: nanodet\n  reg_max: 7\n",
            "head:\n  kind: yolox\n  output: cls8\n",
            "only NanoDet is known",
            id="a head that cannot be converted",
        ),
        pytest.param("integrity: sha512-", "integrity: md5-", "integrity", id="a weak hash"),
        pytest.param("  cls8:\n    mean", "  cls9:\n    mean", "not an output", id="golden values of no output"),
        pytest.param("licences:", "licences: []\nx:", "x: unknown key", id="no licence"),
    ],
)
def test_a_card_that_cannot_be_right_is_refused_with_its_line(right: str, wrong: str, problem: str) -> None:
    assert TEXT.count(right) >= 1

    with pytest.raises(ConfigError, match=r"street\.card\.yaml:\d+: ") as caught:
        parse(TEXT.replace(right, wrong, 1), Card, name="street.card.yaml")

    assert problem in str(caught.value)


def test_columns_of_a_fetched_model_follow_the_order_in_which_classes_are_kept() -> None:
    card = changed(classes={"truck": 7, "person": 0}, thresholds={"truck": 0.3, "person": 0.4}, golden={})

    assert isinstance(card.source, NpmSource)
    assert card.columns == (0, 1)
    assert card.labels == (CLASSES.index("truck"), CLASSES.index("person"))


def test_columns_of_a_file_that_its_user_brings_are_those_of_the_file() -> None:
    assert changed("yolox-nano-416").columns == (0, 1, 2, 3, 5, 7)


@pytest.mark.parametrize(
    ("spdx", "asks"),
    [
        ("AGPL-3.0-only", True),
        ("agpl-3.0", True),
        ("GPL-3.0-or-later", True),
        ("CC-BY-NC-4.0", True),
        ("Apache-2.0", False),
        ("MIT", False),
        ("LGPL-2.1", False),
    ],
)
def test_licences_that_bind_whoever_runs_the_model_ask_for_acceptance(spdx: str, *, asks: bool) -> None:
    assert Licence("weights", spdx, "Copyright somebody", "https://example.org").asks_acceptance is asks


def test_a_card_cannot_be_changed() -> None:
    card: Any = registry.card(registry.DEFAULT)

    with pytest.raises(AttributeError):
        card.score_floor = 0.5

    assert isinstance(card, msgspec.Struct)
