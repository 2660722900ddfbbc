"""References on disk: written whole or not at all, and what is damaged is said to be."""

from pathlib import Path

import msgspec
import pytest

from edge.errors import ReferenceFileError
from edge.see import Reference, ReferenceFile


@pytest.fixture
def references(tmp_path: Path) -> ReferenceFile:
    return ReferenceFile(tmp_path / "references")


def test_what_was_written_is_read(references: ReferenceFile, plaza_reference: Reference) -> None:
    references.write("gate", plaza_reference)

    assert references.read("gate") == plaza_reference
    assert references.read("door") is None


def test_a_reference_takes_the_place_of_the_one_before(
    references: ReferenceFile, plaza_reference: Reference
) -> None:
    references.write("gate", plaza_reference)
    path = references.write("gate", msgspec.structs.replace(plaza_reference, sharpness=0.5))

    assert references.read("gate") == msgspec.structs.replace(plaza_reference, sharpness=0.5)
    assert [file.name for file in path.parent.iterdir()] == ["gate.json"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is damaged", id="nothing"),
        pytest.param(b'{"version": 1, "structure": [', "is damaged", id="cut short"),
        pytest.param(b'{"version": 1}', "is damaged: Object missing required field `structure`", id="a part"),
        pytest.param(b"\xff\xfe", "is damaged", id="no text"),
    ],
)
def test_a_damaged_file_is_an_error_that_names_it_and_says_what_to_do(
    content: bytes, said: str, references: ReferenceFile
) -> None:
    path = references.path("gate")
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(ReferenceFileError, match=said) as raised:
        references.read("gate")

    assert str(path) in raised.value.message
    assert "cityedge edge reference" in raised.value.cure
    assert path.read_bytes() == content


def test_a_file_of_a_newer_programme_is_not_misread(references: ReferenceFile, plaza_reference: Reference) -> None:
    references.write("gate", msgspec.structs.replace(plaza_reference, version=2))

    with pytest.raises(ReferenceFileError, match="is of version 2, this programme reads 1"):
        references.read("gate")


def test_a_disk_that_does_not_take_it_is_an_error(tmp_path: Path, plaza_reference: Reference) -> None:
    (tmp_path / "references").write_text("no folder")

    with pytest.raises(ReferenceFileError, match="cannot be written"):
        ReferenceFile(tmp_path / "references").write("gate", plaza_reference)
