"""Refusing models that do not fit their card."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from models import registry, verify
from models.card import Card
from models.detector import Detector
from models.errors import ModelMissingError, ModelRefusedError
from models.manifest import sha256_of
from tests.support.cards import changed, write_beside
from tests.support.real_models import nanodet_folder

AGPL = {
    "covers": "weights",
    "spdx": "AGPL-3.0-only",
    "copyright": "Copyright somebody",
    "url": "https://example.org/licence",
}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache with the real NanoDet-m in it, to spoil."""
    shutil.copytree(nanodet_folder(), tmp_path / "models" / registry.DEFAULT)
    return tmp_path


def rewrite_manifest(cache: Path, **changes: object) -> None:
    path = cache / "models" / registry.DEFAULT / "manifest.json"
    tree: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**tree, **changes}))


def own_model(folder: Path, **changes: Any) -> Path:
    """The real NanoDet-m as a file of one's own, with a card beside it."""
    onnx = folder / "street.onnx"
    shutil.copyfile(nanodet_folder() / "model.onnx", onnx)
    source = {"kind": "file", "file": onnx.name, "sha256": sha256_of(onnx), "found_at": "a friend"}
    columns = {"person": 0, "bicycle": 1, "car": 2, "motorcycle": 3, "bus": 4, "truck": 5}
    write_beside(onnx, changed(**{"name": "street", "source": source, "classes": columns, **changes}))
    return onnx


def test_an_unharmed_model_is_accepted(cache: Path) -> None:
    verify.check_files(registry.find(registry.DEFAULT, cache=cache))


def test_one_flipped_bit_is_refused(cache: Path) -> None:
    onnx = cache / "models" / registry.DEFAULT / "model.onnx"
    content = bytearray(onnx.read_bytes())
    content[len(content) // 2] ^= 1
    onnx.write_bytes(content)

    with pytest.raises(ModelRefusedError, match="changed or damaged") as caught:
        Detector.open(registry.DEFAULT, cache=cache)

    assert f"cityedge models pull {registry.DEFAULT}" in caught.value.cure


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sources": {"package/models/nanodet.bin": "0" * 64}}, id="from other files"),
        pytest.param({"recipe": "revision 0, classes 0, any size"}, id="in another way"),
        pytest.param({"card": "nanodet-g-416"}, id="for another card"),
    ],
)
def test_a_model_that_was_made_otherwise_than_its_card_says_is_refused(
    cache: Path, change: Mapping[str, object]
) -> None:
    rewrite_manifest(cache, **change)

    with pytest.raises(ModelRefusedError, match="made from other files, or in another way"):
        Detector.open(registry.DEFAULT, cache=cache)


def test_a_record_that_cannot_be_read_is_refused(cache: Path) -> None:
    (cache / "models" / registry.DEFAULT / "manifest.json").write_text("{", encoding="utf-8")

    with pytest.raises(ModelRefusedError, match="not the record of a conversion"):
        Detector.open(registry.DEFAULT, cache=cache)


def test_a_model_without_its_record_counts_as_missing(cache: Path) -> None:
    (cache / "models" / registry.DEFAULT / "manifest.json").unlink()

    with pytest.raises(ModelMissingError, match="is not on this machine") as caught:
        Detector.open(registry.DEFAULT, cache=cache)

    assert caught.value.cure == f"Run: cityedge models pull {registry.DEFAULT}"


def test_a_missing_model_that_its_user_brings_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError) as caught:
        Detector.open("yolox-nano-416", cache=tmp_path)

    assert "https://" in caught.value.cure
    assert "cityedge models pull yolox-nano-416 --from yolox_nano.onnx" in caught.value.cure


def test_a_file_of_ones_own_with_a_fitting_card_is_loaded(tmp_path: Path) -> None:
    assert Detector.open(own_model(tmp_path)).card.name == "street"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"licences": [AGPL]}, "comes under AGPL-3.0-only", id="a licence that asks for acceptance"),
        pytest.param(
            {"source": {"kind": "file", "file": "street.onnx", "sha256": "0" * 64, "found_at": "a friend"}},
            "changed or damaged",
            id="another hash",
        ),
        pytest.param(
            {"source": msgspec.to_builtins(registry.card(registry.DEFAULT).source)},
            "says that the model comes from npm",
            id="a source that is not its own",
        ),
        pytest.param(
            {"outputs": {**registry.card(registry.DEFAULT).outputs, "cls8": [1, 2704, 80]}},
            r"gives 'cls8' as \[1, 2704, 6\], its card says \[1, 2704, 80\]",
            id="an output of another shape",
        ),
        pytest.param(
            {"outputs": {"boxes": [1, 9, 4]}, "golden": {}},
            "its card names 'boxes'",
            id="an output that is not there",
        ),
    ],
)
def test_a_file_of_ones_own_that_does_not_fit_its_card_is_refused(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    onnx = own_model(tmp_path, **change)

    with pytest.raises(ModelRefusedError, match=reason):
        Detector.open(onnx)


def test_a_licence_that_was_accepted_in_the_card_is_no_obstacle(tmp_path: Path) -> None:
    detector = Detector.open(own_model(tmp_path, licences=[AGPL], licence_accepted=True))

    assert detector.card.licence_accepted


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    onnx = tmp_path / "street.onnx"
    onnx.write_bytes(b"not a model")
    source = {"kind": "file", "file": onnx.name, "sha256": sha256_of(onnx), "found_at": "a friend"}
    write_beside(onnx, changed("yolox-nano-416", source=source))

    with pytest.raises(ModelRefusedError, match="ONNX Runtime cannot load it"):
        Detector.open(onnx)


def with_input(**changes: object) -> Card:
    return changed(input={**msgspec.to_builtins(registry.card(registry.DEFAULT).input), **changes})


@pytest.mark.parametrize(
    ("card", "inputs", "reason"),
    [
        pytest.param(
            with_input(), {"x": (1, 3, "h", "w")}, "has the inputs 'x', its card says 'image'", id="another name"
        ),
        pytest.param(
            with_input(),
            {"image": (1, 3, "h", "w"), "x": (1,)},
            "has the inputs 'image', 'x'",
            id="a second input",
        ),
        pytest.param(
            with_input(), {"image": (1, 3, 416, 416)}, "its card says any multiple", id="a size that is not free"
        ),
        pytest.param(
            with_input(), {"image": (1, "h", "w", 3)}, r"takes \[1, 'h', 'w', 3\] alone", id="channels last"
        ),
        pytest.param(
            with_input(multiple_px=None),
            {"image": (1, 3, 320, 320)},
            r"takes \[1, 3, 320, 320\], its card says \[1, 3, 416, 416\]",
            id="another size",
        ),
        pytest.param(
            with_input(multiple_px=None), {"image": (1, 3, "h", "w")}, "its card says", id="a size that is free"
        ),
    ],
)
def test_a_model_that_takes_something_else_is_refused(
    card: Card, inputs: Mapping[str, verify.Shape], reason: str
) -> None:
    with pytest.raises(ModelRefusedError, match=reason):
        verify.check_input(card, inputs)
