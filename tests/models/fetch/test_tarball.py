"""Checking an npm tarball and taking files out of it."""

import base64
import hashlib
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from models.card import NpmSource, SourceFile
from models.errors import ModelRefusedError
from models.fetch.tarball import check_integrity, extract
from models.registry import DEFAULT, card

CONTENTS = {"package/a.json": b"{}", "package/b.bin": bytes(range(200)), "package/README": b"not wanted"}


def pack(path: Path, contents: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def described(name: str, content: bytes) -> SourceFile:
    return SourceFile(name, len(content), hashlib.sha256(content).hexdigest())


WANTED = tuple(described(name, CONTENTS[name]) for name in ("package/a.json", "package/b.bin"))


def test_only_the_wanted_files_are_taken_out(tmp_path: Path) -> None:
    contents = extract(pack(tmp_path / "x.tgz", CONTENTS), WANTED)

    assert contents == {file.path: CONTENTS[file.path] for file in WANTED}


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        pytest.param({"package/a.json": b"{}"}, "holds no 'package/b.bin'", id="a file is missing"),
        pytest.param({**CONTENTS, "package/b.bin": bytes(200)}, "its card says", id="a file has other bytes"),
        pytest.param({**CONTENTS, "package/b.bin": bytes(range(201))}, "201 bytes", id="a file is longer"),
    ],
)
def test_a_tarball_whose_files_are_not_the_cards_is_refused(
    tmp_path: Path, contents: Mapping[str, bytes], reason: str
) -> None:
    with pytest.raises(ModelRefusedError, match=reason):
        extract(pack(tmp_path / "x.tgz", contents), WANTED)


def source_of(tarball: Path) -> NpmSource:
    known = card(DEFAULT).source
    assert isinstance(known, NpmSource)
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    return msgspec.structs.replace(known, integrity=f"sha512-{digest}")


def test_a_tarball_with_the_cards_integrity_is_accepted(tmp_path: Path) -> None:
    tarball = pack(tmp_path / "x.tgz", CONTENTS)

    check_integrity(tarball, source_of(tarball))


def test_a_tarball_with_one_flipped_bit_is_refused(tmp_path: Path) -> None:
    tarball = pack(tmp_path / "x.tgz", CONTENTS)
    source = source_of(tarball)
    content = bytearray(tarball.read_bytes())
    content[50] ^= 1
    tarball.write_bytes(content)

    with pytest.raises(ModelRefusedError, match=r"@vladmandic/human@1\.1\.9: the tarball's integrity is sha512-"):
        check_integrity(tarball, source)
