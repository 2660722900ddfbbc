"""Private by construction: no message and no stored row has a field for a picture or a hardware address.

The types are walked, not the examples: a field that is added tomorrow is looked at too. And what lies under a
privacy mask reaches neither detector nor picture nor disk, from the camera to the last file that is written.
"""

import json
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import cv2
import msgspec
import msgspec.inspect as shape
import numpy as np
import pytest

from cityedge.cli import main
from cityedge.messages import Message
from cloud.types import FieldValue, Measurement
from tests.support.gateway_process import GatewayProcess
from tests.support.ports import free_port
from tests.support.real_models import plaza_video

LONGEST_TEXT: Final = 500
"""Characters; the smallest useful picture of a face takes several times that in any encoding."""

SUSPICIOUS: Final = frozenset(
    {
        *("picture", "image", "img", "jpeg", "png", "pixels", "thumbnail", "snapshot", "crop", "bgr", "rgb"),
        *("face", "plate", "embedding", "features", "descriptor"),
        *("mac", "bssid", "ssid", "imei", "imsi", "hwaddr", "address", "client", "device", "station"),
    }
)
"""Words that no field's name has as a part: what they stand for stays in the gateway's memory."""

SCALARS: Final = (
    *(shape.IntType, shape.FloatType, shape.BoolType, shape.NoneType),
    *(shape.DateTimeType, shape.LiteralType, shape.EnumType),
)

NUMBER_LISTS: Final = {
    "ExpiredMessage.ranges": "pairs of sequence numbers, as many as there are holes",
}
"""Fields that are lists of bare numbers, each with its reason: pixels are lists of bare numbers too."""


@dataclass(frozen=True)
class Field:
    """One field of the wire, however deep.

    Attributes:
        owner: The type that has it.
        name: Its name on the wire.
        type: What it may hold.
    """

    owner: str
    name: str
    type: shape.Type

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


def fields_of(kind: shape.Type) -> Iterator[Field]:
    """All fields of a type and of the types in it."""
    if isinstance(kind, shape.Metadata):
        yield from fields_of(kind.type)
    elif isinstance(kind, shape.StructType):
        for field in kind.fields:
            yield Field(kind.cls.__name__, field.encode_name, field.type)
            yield from fields_of(field.type)
    elif isinstance(kind, shape.UnionType):
        for member in kind.types:
            yield from fields_of(member)
    elif isinstance(kind, shape.VarTupleType | shape.ListType):
        yield from fields_of(kind.item_type)


def may_hold(kind: shape.Type) -> str:
    """What a field could smuggle; nothing where it is empty."""
    match kind:
        case shape.Metadata(type=inner):
            return may_hold(inner)
        case shape.UnionType(types=members):
            return "; ".join(filter(None, map(may_hold, members)))
        case shape.StrType(max_length=longest, pattern=pattern):
            bounded = bool(pattern) or (longest is not None and longest <= LONGEST_TEXT)
            return "" if bounded else "text without an end"
        case shape.StructType():
            return ""
        case shape.VarTupleType(item_type=shape.StructType()):
            return ""
    return "" if isinstance(kind, SCALARS) else type(kind).__name__


WIRE: Final = tuple({str(field): field for field in fields_of(shape.type_info(Message))}.values())

every_field = pytest.mark.parametrize("field", [pytest.param(field, id=str(field)) for field in WIRE])


@every_field
def test_a_field_of_the_wire_holds_a_number_a_name_or_a_short_text(field: Field) -> None:
    if str(field) not in NUMBER_LISTS:
        assert may_hold(field.type) == ""


@every_field
def test_no_field_of_the_wire_is_named_for_what_must_stay_on_the_gateway(field: Field) -> None:
    assert not SUSPICIOUS & set(field.name.lower().split("_"))


def test_a_list_of_numbers_on_the_wire_is_one_that_has_a_reason() -> None:
    lists = {str(field) for field in WIRE if may_hold(field.type) == "VarTupleType"}

    assert lists == set(NUMBER_LISTS)


def test_a_stored_row_holds_numbers_flags_and_names() -> None:
    assert set(typing.get_args(FieldValue)) == {float, int, str, bool}


def test_no_table_is_named_for_what_must_stay_on_the_gateway() -> None:
    assert not SUSPICIOUS & set(typing.get_args(Measurement))


# The walk itself: what it must not let through.


class _Leaky(msgspec.Struct):
    picture: bytes
    note: str
    pixels: tuple[int, ...]
    anything: typing.Any
    extras: dict[str, str]
    inner: "tuple[_Inner, ...] | None" = None


class _Inner(msgspec.Struct):
    raw: bytes


@pytest.mark.parametrize("name", ["picture", "note", "pixels", "anything", "extras", "raw"])
def test_the_walk_finds_a_field_that_could_hold_a_picture(name: str) -> None:
    found = {field.name: may_hold(field.type) for field in fields_of(shape.type_info(_Leaky))}

    assert found[name] != ""


# Privacy masks, from end to end.

SENTINEL: Final = (255, 0, 255)
"""Magenta, which is nowhere else on the plaza, painted into the part that is masked; BGR."""
MASKED_SHARE: Final = 0.55
"""The left of the picture, where people walk too."""


@pytest.fixture(scope="module")
def plaza_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five seconds of the plaza as a folder of pictures, with a magenta sign on its left."""
    folder = tmp_path_factory.mktemp("plaza")
    with av.open(str(plaza_video())) as film:
        for index, frame in zip(range(35), film.decode(video=0), strict=False):
            picture = frame.to_ndarray(format="bgr24").copy()
            picture[20:60, 30:300] = SENTINEL
            cv2.imwrite(str(folder / f"{index:04}.png"), picture)
    return folder


def write_config(folder: Path, pictures: Path, *, masked: bool) -> Path:
    """A gateway that looks at the pictures."""
    right = MASKED_SHARE
    mask = f"[{{name: left, points: [[0, 0], [{right}, 0], [{right}, 1], [0, 1]]}}]" if masked else "[]"
    config = folder / "gateway.yaml"
    config.write_text(
        f"""\
site: s
gateway: g
state_dir: {folder}/state
window_s: 1
broker: {{port: {free_port()}}}
cameras:
  - name: plaza
    source: {{url: '{pictures}', fps: 7, pace: fast}}
    classes: [person]
    zones: [{{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}}]
    masks: {mask}
""",
        encoding="utf-8",
    )
    return config


def magenta(picture: np.ndarray) -> bool:
    """Whether a trace of the sign is there."""
    blue, green, red = (picture[..., channel].astype(int) for channel in range(3))
    return bool(((blue - green > 60) & (red - green > 60)).any())


def feet_on_the_left(tracks: Path) -> int:
    """How many of the boxes that were tracked have their middle well within the masked part."""
    rows = [line.split(",") for line in tracks.read_text(encoding="ascii").splitlines()]
    return sum(float(row[2]) + float(row[4]) / 2 < 0.9 * MASKED_SHARE * 768 for row in rows)


@pytest.mark.parametrize("masked", [pytest.param(False, id="without a mask"), pytest.param(True, id="masked")])
def test_nobody_is_seen_under_a_mask_and_no_pixel_of_it_is_written(
    masked: bool,  # noqa: FBT001 - of a table
    plaza_pictures: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    config, video, tracks = (
        write_config(tmp_path, plaza_pictures, masked=masked),
        tmp_path / "o.mp4",
        tmp_path / "t.txt",
    )

    words = ["edge", "count", str(plaza_pictures), "--fps", "7", "--config", str(config), "--json"]
    code = main([*words, "--video", str(video), "--tracks", str(tracks)])

    assert code == 0
    assert json.loads(capsys.readouterr().out)["frames"] == 35
    with av.open(str(video)) as film:
        shown = [magenta(frame.to_ndarray(format="bgr24")) for frame in film.decode(video=0)]
    assert shown == [not masked] * 35
    assert (feet_on_the_left(tracks) == 0) is masked


def test_the_gateway_writes_no_picture_to_its_disk(plaza_pictures: Path, tmp_path: Path) -> None:
    config = write_config(tmp_path, plaza_pictures, masked=True)

    with GatewayProcess(config, "--until-end") as gateway:
        assert gateway.wait() == 0

    written = {path.name: path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()}
    assert any(name.startswith("outbox") for name in written)
    row = bytes(SENTINEL) * 8
    signs = {"raw pixels": row, "raw RGB": row[::-1], "JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG", "MP4": b"ftyp"}
    assert [(name, kind) for name, data in written.items() for kind, sign in signs.items() if sign in data] == []
    # Counts take some kilobytes a window; the pictures would be a hundred times that, however well packed.
    assert sum(map(len, written.values())) < 35 * 416 * 312 // 10
