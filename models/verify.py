"""Whether a model's file fits its card: hash, licence, shapes."""

from collections.abc import Mapping

from models import manifest
from models.card import Card, FileSource, NpmSource
from models.errors import ModelMissingError, ModelRefusedError
from models.registry import Entry

Shapes = Mapping[str, tuple[int | str | None, ...]]


def check_files(entry: Entry) -> None:
    """Check a model's licence and hash, before anything reads the file.

    Args:
        entry: The model.

    Raises:
        ModelMissingError: Its files are not here.
        ModelRefusedError: The licence is not accepted, or a hash is not that of the card.
    """
    _check_licence(entry.card)
    if not entry.present:
        raise ModelMissingError(f"the model '{entry.card.name}' is not on this machine", cure=_how_to_get(entry))
    _check_hash(entry)


def check_shapes(card: Card, *, inputs: Shapes, outputs: Shapes) -> None:
    """Check that a loaded model takes and gives what its card says.

    Args:
        card: The card.
        inputs: Shape of each input of the model by name.
        outputs: Shape of each output of the model by name.

    Raises:
        ModelRefusedError: A name is missing or a shape differs.
    """
    expected_input = {card.input.name: (1, 3, card.input.height_px, card.input.width_px)}
    for kind, expected, found in (("input", expected_input, inputs), ("output", card.outputs, outputs)):
        for name, shape in expected.items():
            if name not in found:
                raise ModelRefusedError(
                    f"the model '{card.name}' has no {kind} '{name}' but {', '.join(sorted(found)) or 'none'}",
                    cure="Correct the card, or get the file that it describes.",
                )
            if tuple(found[name]) != tuple(shape):
                raise ModelRefusedError(
                    f"the {kind} '{name}' of the model '{card.name}' has shape {list(found[name])}, "
                    f"its card says {list(shape)}",
                    cure="Correct the card, or get the file that it describes.",
                )


def _check_licence(card: Card) -> None:
    for licence in card.licences:
        if licence.asks_acceptance and not card.licence_accepted:
            raise ModelRefusedError(
                f"the model '{card.name}' comes under {licence.spdx} ({licence.covers}), "
                f"which binds whoever runs it, and its card does not accept that",
                cure=f"Read {licence.url}; where you accept it, write 'licence_accepted: true' in the card.",
            )


def _check_hash(entry: Entry) -> None:
    found = manifest.sha256_of(entry.onnx)
    source = entry.card.source
    if isinstance(source, FileSource):
        expected = source.sha256
    else:
        expected = _recorded(entry, source)
    if found != expected:
        raise ModelRefusedError(
            f"{entry.onnx}: its SHA-256 is {found}, and {expected} is expected: the file was changed or damaged",
            cure=_how_to_get(entry),
        )


def _recorded(entry: Entry, source: NpmSource) -> str:
    """The hash that the conversion recorded, provided that it converted the card's own files."""
    if entry.manifest is None:
        raise ModelRefusedError(
            f"the card beside {entry.onnx} says that the model comes from npm, but the file lies outside the cache",
            cure="Give the card a source of kind 'file' with the file's SHA-256.",
        )
    record = manifest.read(entry.manifest)
    expected = {file.path: file.sha256 for file in source.files}
    if record.sources != expected or record.card != entry.card.name:
        raise ModelRefusedError(
            f"{entry.manifest}: the model was made from other files than its card names",
            cure=_how_to_get(entry),
        )
    return record.onnx_sha256


def _how_to_get(entry: Entry) -> str:
    source = entry.card.source
    if isinstance(source, NpmSource):
        return f"Fetch it: cityedge models pull {entry.card.name}"
    return f"Get {source.file} from {source.found_at} and put it at {entry.onnx}."
