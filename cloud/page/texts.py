"""The page's texts in the language of who looks at it."""

from collections.abc import Mapping
from typing import Final

from cloud.page import texts_en, texts_vi
from cloud.page.formats import LANGUAGES, Language

CATALOGUES: Final[Mapping[Language, Mapping[str, str]]] = {"en": texts_en.TEXTS, "vi": texts_vi.TEXTS}


class Texts:
    """One language's texts.

    Args:
        language: Which.

    Attributes:
        language: As given.
    """

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._catalogue = CATALOGUES[language]

    def __call__(self, key: str, **values: str) -> str:
        """A text.

        Args:
            key: Its name in the catalogue.
            values: What stands in its braces, formatted already.

        Returns:
            The text.
        """
        return self._catalogue[key].format(**values)

    def name(self, kind: str, name: str) -> str:
        """The language's word for something that data names.

        Args:
            kind: ``class``, ``see`` or ``gap``.
            name: As data has it.

        Returns:
            The word; the name itself where there is none: data may be newer than this page.
        """
        return self._catalogue.get(f"{kind}_{name}", name)


def choose(asked: str | None, *, remembered: str | None, accepted: str | None) -> Language:
    """The language for a visitor.

    Args:
        asked: ``?lang=`` of the address.
        remembered: What this browser chose before.
        accepted: The browser's ``Accept-Language`` header.

    Returns:
        The first of the three that we speak, else English.
    """
    offers = [asked, remembered, *(part.partition(";")[0] for part in (accepted or "").split(","))]
    for offer in offers:
        code = (offer or "").strip().lower().partition("-")[0]
        for language in LANGUAGES:
            if code == language:
                return language
    return "en"
