"""The registry: every card that comes with CityEdge, and the card beside a file of one's own."""

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cityedge import settings
from cityedge.paths import cache_dir
from models.card import Card, NpmSource
from models.errors import ModelMissingError, UnknownModelError

DEFAULT: Final = "nanodet-m-416"
"""The model that is meant where none is named."""

_CARDS: Final = Path(__file__).resolve().parent / "cards"


@dataclass(frozen=True)
class Entry:
    """A model that is known here.

    Attributes:
        card: Its card.
        onnx: Where its ONNX file lies, or would lie.
        manifest: Where the record of its conversion lies; None for a file that its user brings, whose
            hash is in the card.
        own: Whether the card lies beside the file rather than in the registry.
    """

    card: Card
    onnx: Path
    manifest: Path | None
    own: bool = False

    @property
    def present(self) -> bool:
        """Whether its files are on this machine; says nothing of whether they fit the card."""
        return self.onnx.is_file() and (self.manifest is None or self.manifest.is_file())


def names() -> tuple[str, ...]:
    """Every card's name, the default first."""
    found = sorted(path.stem for path in _CARDS.glob("*.yaml"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def card(name: str) -> Card:
    """The card of that name.

    Args:
        name: As :func:`names` lists it.

    Returns:
        The card.

    Raises:
        UnknownModelError: There is none.
        ConfigError: The card cannot be read.
    """
    return settings.load(card_file(name), Card)


def card_file(name: str) -> Path:
    """Where the card of that name stands.

    Args:
        name: As :func:`names` lists it.

    Returns:
        A YAML file.

    Raises:
        UnknownModelError: There is none.
    """
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        advice = f"Did you mean '{near[0]}'?" if near else "'cityedge models list' shows what is known."
        raise UnknownModelError(f"there is no model '{name}'", cure=advice)
    return _CARDS / f"{name}.yaml"


def find(name_or_path: str | Path, *, cache: Path | None = None) -> Entry:
    """The model of that name, or the one in that file.

    Args:
        name_or_path: A card's name, or the path of an ONNX file (``street.onnx``) with its card beside it
            (``street.card.yaml``).
        cache: Folder for fetched models; :func:`cityedge.paths.cache_dir` where None.

    Returns:
        Its card and where its files lie.

    Raises:
        UnknownModelError: There is no such name.
        ModelMissingError: There is no such file, or no card beside it.
        ConfigError: The card cannot be read.
    """
    text = str(name_or_path)
    if text.endswith(".onnx") or "/" in text:
        return _own(Path(name_or_path))
    known = card(text)
    folder = (cache or cache_dir()) / "models" / text
    manifest = folder / "manifest.json" if isinstance(known.source, NpmSource) else None
    return Entry(known, folder / "model.onnx", manifest)


def _own(onnx: Path) -> Entry:
    if not onnx.is_file():
        raise ModelMissingError(f"there is no file '{onnx}'", cure="Give a model's name or an ONNX file's path.")
    beside = onnx.with_suffix(".card.yaml")
    if not beside.is_file():
        raise ModelMissingError(
            f"there is no card '{beside}' beside '{onnx}'",
            cure="Write one: 'cityedge models list --card yolox-nano-416' prints one to begin with.",
        )
    return Entry(settings.load(beside, Card), onnx, None, own=True)
