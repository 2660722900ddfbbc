import re
import string
from typing import get_args

import pytest

from cityedge.classes import CLASSES
from cityedge.messages import SeeState
from cloud.page.formats import LANGUAGES, Language
from cloud.page.periods import PERIODS
from cloud.page.texts import CATALOGUES, Texts, choose

LETTERS = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
PLAIN = {"cameras", "chart_camera", "empty_command", "out"}
"""Vietnamese texts whose letters are plain: "camera", "ra", a command."""


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_texts() -> None:
    assert CATALOGUES["en"].keys() == CATALOGUES["vi"].keys()


@pytest.mark.parametrize("key", CATALOGUES["en"])
def test_a_text_takes_the_same_values_in_both_languages(key: str) -> None:
    assert braces(CATALOGUES["en"][key]) == braces(CATALOGUES["vi"][key])


@pytest.mark.parametrize("key", sorted(CATALOGUES["vi"].keys() - PLAIN))
def test_vietnamese_is_written_in_vietnamese(key: str) -> None:
    assert LETTERS.search(CATALOGUES["vi"][key]), f"{key}: is this Vietnamese?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_that_data_may_say(language: Language) -> None:
    texts = Texts(language)
    reasons = {*get_args(SeeState), "partial", "missing", "pending", "before", "not_configured"} - {"ok"}

    for key in (
        *(f"class_{class_}" for class_ in CLASSES),
        *(f"see_{see}" for see in (*get_args(SeeState), "silent")),
        *(f"gap_{reason}" for reason in reasons),
        *(f"rule_camera_{see}" for see in get_args(SeeState) if see != "ok"),
        *(f"range_{period}" for period in PERIODS),
        *(f"range_{period}_title" for period in PERIODS),
    ):
        assert texts(key)


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "language"),
    [
        pytest.param("vi", "en", "en", "vi", id="the address goes first"),
        pytest.param(None, "vi", "en-GB,en", "vi", id="then what was chosen before"),
        pytest.param(None, None, "vi-VN,vi;q=0.9,en;q=0.8", "vi", id="then the browser's own"),
        pytest.param(None, None, "fr-FR,fr;q=0.9,vi;q=0.5", "vi", id="the first that we speak"),
        pytest.param("fr", "xx", "de", "en", id="else English"),
        pytest.param(None, None, None, "en", id="nobody says"),
    ],
)
def test_the_language_is_the_first_of_the_offers_that_we_speak(
    asked: str | None, remembered: str | None, accepted: str | None, language: Language
) -> None:
    assert choose(asked, remembered=remembered, accepted=accepted) == language
