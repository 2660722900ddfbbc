"""Whether a model's file fits its card: hash, licence, shapes."""

from collections.abc import Iterable, Mapping

from models import manifest
from models.card import Card, FileSource, NpmSource
from models.errors import ModelMissingError, ModelRefusedError
from models.recipe import recipe
from models.registry import Entry

Shape = tuple[int | str | None, ...]


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
        raise ModelMissingError(f"the model '{entry.card.name}' is not on this machine", cure=how_to_get(entry))
    _check_hash(entry)


def how_to_get(entry: Entry) -> str:
    """What to do so that a model is on this machine.

    Args:
        entry: The model.

    Returns:
        A sentence.
    """
    source = entry.card.source
    name = entry.card.name
    if isinstance(source, NpmSource):
        return f"Run: cityedge models pull {name}"
    if entry.own:
        return "Get the file that the card describes. Where this one is right, write its SHA-256 into the card."
    return f"Get {source.file} from {source.found_at}, then run: cityedge models pull {name} --from {source.file}"


def check_input(card: Card, inputs: Mapping[str, Shape]) -> None:
    """Check that a loaded model takes what its card says.

    Args:
        card: The card.
        inputs: Shape of each of its inputs by name; a word stands for a size that may differ.

    Raises:
        ModelRefusedError: The name or the shape is another.
    """
    expected = (1, 3, card.input.height_px, card.input.width_px)
    if set(inputs) != {card.input.name}:
        raise _misfit(card, f"has the inputs {_listed(inputs)}, its card says '{card.input.name}'")
    found = tuple(inputs[card.input.name])
    if card.input.multiple_px is not None:
        sizes_are_free = len(found) == len(expected) and not any(isinstance(size, int) for size in found[2:])
        if not sizes_are_free:
            raise _misfit(card, f"takes {list(found)} alone, its card says any multiple of a size")
        found = (*found[:2], *expected[2:])
    if found != expected:
        raise _misfit(card, f"takes {list(found)}, its card says {list(expected)}")


def check_outputs(card: Card, outputs: Mapping[str, Shape]) -> None:
    """Check that a model gives what its card says.

    Args:
        card: The card.
        outputs: Shape of each of its outputs by name, at the input's full size.

    Raises:
        ModelRefusedError: A name is missing or a shape is another.
    """
    for name, expected in card.outputs.items():
        if name not in outputs:
            raise _misfit(card, f"has the outputs {_listed(outputs)}, its card names '{name}'")
        if tuple(outputs[name]) != expected:
            raise _misfit(card, f"gives '{name}' as {list(outputs[name])}, its card says {list(expected)}")


def _misfit(card: Card, what: str) -> ModelRefusedError:
    return ModelRefusedError(
        f"the model '{card.name}' {what}", cure="Correct the card, or get the file that it describes."
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names)) or "none"


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
    expected = source.sha256 if isinstance(source, FileSource) else _recorded(entry, source)
    if found != expected:
        raise ModelRefusedError(
            f"{entry.onnx}: its SHA-256 is {found}, and {expected} is expected: the file was changed or damaged",
            cure=how_to_get(entry),
        )


def _recorded(entry: Entry, source: NpmSource) -> str:
    """The hash that the conversion recorded, provided that it converted the card's own files."""
    if entry.manifest is None:
        raise ModelRefusedError(
            f"the card beside {entry.onnx} says that the model comes from npm, but files of one's own do not",
            cure="Give the card a source of kind 'file' with the file's SHA-256.",
        )
    record = manifest.read(entry.manifest)
    expected = {file.path: file.sha256 for file in source.files}
    if (record.card, record.sources, record.recipe) != (entry.card.name, expected, recipe(entry.card)):
        raise ModelRefusedError(
            f"{entry.manifest}: the model was made from other files, or in another way, than its card says",
            cure=how_to_get(entry),
        )
    return record.onnx_sha256
