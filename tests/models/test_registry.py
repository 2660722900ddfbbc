"""Finding models by name and by path."""

from pathlib import Path

import pytest

from models import registry
from models.errors import ModelMissingError, UnknownModelError
from tests.support.cards import changed, write_beside


def test_the_default_comes_first() -> None:
    assert registry.names()[0] == registry.DEFAULT


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        pytest.param("nanodet-m", "Did you mean 'nanodet-m-416'?", id="nearly right"),
        pytest.param("xyz", "'cityedge models list' shows", id="far off"),
    ],
)
def test_a_name_that_is_not_known_comes_with_advice(name: str, cure: str) -> None:
    with pytest.raises(UnknownModelError, match=f"there is no model '{name}'") as caught:
        registry.find(name)

    assert cure in caught.value.cure


def test_a_model_that_was_not_pulled_is_known_but_not_present(tmp_path: Path) -> None:
    entry = registry.find(registry.DEFAULT, cache=tmp_path)

    assert not entry.present
    assert entry.onnx == tmp_path / "models" / registry.DEFAULT / "model.onnx"


def test_a_file_of_ones_own_is_found_with_the_card_beside_it(tmp_path: Path) -> None:
    onnx = tmp_path / "street.onnx"
    onnx.write_bytes(b"onnx")
    write_beside(onnx, changed("yolox-nano-416", name="street"))

    entry = registry.find(onnx)

    assert entry.card.name == "street"
    assert (entry.own, entry.present) == (True, True)


def test_a_file_without_a_card_is_not_loaded(tmp_path: Path) -> None:
    onnx = tmp_path / "street.onnx"
    onnx.write_bytes(b"onnx")

    with pytest.raises(ModelMissingError, match=r"there is no card .*street\.card\.yaml"):
        registry.find(onnx)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"there is no file .*street\.onnx"):
        registry.find(str(tmp_path / "street.onnx"))
