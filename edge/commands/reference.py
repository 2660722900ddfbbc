"""``cityedge edge reference``: remember what a camera's picture is like when all is well."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import msgspec

from cityedge.clock import SystemClock
from cityedge.errors import CityEdgeError, UsageError
from cityedge.settings import load
from cityedge.wording import nearest
from edge.capture import open_source
from edge.errors import SourceError
from edge.see import Eye, Reference, ReferenceFile
from edge.settings import CameraSettings, GatewaySettings
from edge.types import Frame, Sight

_WIDTH_PX: Final = 416
"""Of the picture that is looked at: about what models are given."""
_PATIENCE: Final = 3.0
"""How many times as long as it must see well a camera is looked at before it is given up."""
_SPARE_S: Final = 10.0


@dataclass(frozen=True)
class Outcome:
    """What came of one camera.

    Attributes:
        camera: Its name.
        ok: Whether its reference was written.
        text: What was found, or what is wrong.
        cure: What to do about it; empty where nothing is to be done.
        file: Where the reference is; empty where there is none.
    """

    camera: str
    ok: bool
    text: str
    cure: str = ""
    file: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="gateway.yaml")
    add("--camera", metavar="NAME", help="only this camera; all of them where left out")
    add("--seconds", type=float, default=30.0, metavar="S", help="how long it must see well, from 5 (30)")
    add("--json", action="store_true", help="for programs: {ok, cameras: [{camera, ok, text, cure, file}]}")


def run(args: argparse.Namespace) -> int:
    """Look through every camera and write its reference. Returns 1 where one could not be made."""
    if not 5.0 <= args.seconds <= 600.0:  # noqa: PLR2004 - said in the sentence
        raise UsageError(f"--seconds {args.seconds:g}: passers-by average out over 5 to 600 s")
    settings = load(args.config, GatewaySettings)
    references = ReferenceFile.of(settings.state_dir)
    outcomes = []
    for camera in _cameras(settings, args.camera):
        if not args.json:
            print(f"{camera.name}: looking for {args.seconds:g} s …", file=sys.stderr, flush=True)
        outcomes.append(_remember(camera, references, learn_s=args.seconds))
    ok = all(outcome.ok for outcome in outcomes)
    if args.json:
        print(json.dumps({"ok": ok, "cameras": [asdict(outcome) for outcome in outcomes]}))
    else:
        print("\n".join(_lines(outcomes)))
    return 0 if ok else 1


def _cameras(settings: GatewaySettings, name: str | None) -> Sequence[CameraSettings]:
    names = [camera.name for camera in settings.cameras]
    if not names:
        raise UsageError("the configuration has no camera", cure="Add one under 'cameras'.")
    if name is None:
        return settings.cameras
    if name not in names:
        raise UsageError(f"--camera: there is no camera '{name}'; {nearest(name, names)}")
    return [settings.cameras[names.index(name)]]


def _remember(camera: CameraSettings, references: ReferenceFile, *, learn_s: float) -> Outcome:
    try:
        reference = learn(camera, learn_s=learn_s)
        path = references.write(camera.name, reference)
    except CityEdgeError as error:
        return Outcome(camera.name, ok=False, text=error.message, cure=error.cure)
    return Outcome(camera.name, ok=True, text=_portrait(reference), file=str(path))


def learn(camera: CameraSettings, *, learn_s: float) -> Reference:
    """Look through a camera until its reference is learnt.

    Args:
        camera: Its settings; a recording is read as fast as it can be.
        learn_s: For how long it must see well, scene time.

    Returns:
        The reference.

    Raises:
        SourceError: The camera cannot be read, sees badly, or its recording is too short.
    """
    settings = msgspec.structs.replace(camera.source, pace="fast", loop=False)
    source = open_source(settings, clock=SystemClock(), max_fps=camera.max_fps, masks=camera.masks)
    eye = Eye(camera.see, None, masks=camera.masks, learn_s=learn_s)
    try:
        return _watch(source.frames(), eye, label=source.label, learn_s=learn_s)
    finally:
        source.close()


def _watch(frames: Iterable[Frame], eye: Eye, *, label: str, learn_s: float) -> Reference:
    sight, begun_s, time_s = Sight("ok", 0.0), 0.0, 0.0
    for index, frame in enumerate(frames):
        height = round(_WIDTH_PX * frame.height_px / frame.width_px)
        sight, time_s = eye.look(frame.bgr(_WIDTH_PX, height), frame.time_s), frame.time_s
        begun_s = begun_s if index else time_s
        if eye.reference is not None:
            return eye.reference
        if time_s - begun_s > _PATIENCE * learn_s + _SPARE_S:
            break
    watched_s = time_s - begun_s
    if sight.state != "ok":
        raise SourceError(
            f"source {label}: the camera does not see well: {sight.state} ({sight.text})",
            cure="Clean, uncover, light or focus it, then call this again",
        )
    raise SourceError(
        f"source {label}: it did not see well for {learn_s:g} s of the {watched_s:.0f} s that it was looked at",
        cure="Look at its picture; or ask for fewer --seconds",
    )


def _portrait(reference: Reference) -> str:
    rich = sum(detail > 0 for detail in reference.detail)
    detail = sum(reference.detail) / max(1, rich)
    edges = (
        f"sharpness {reference.sharpness:.2f}" if reference.sharpness else "too few edges to tell its sharpness"
    )
    return f"learnt over {reference.learnt_s:.0f} s: {edges}, {detail:.1f} grey levels of detail"


def _lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        yield f"{'ok     ' if outcome.ok else 'ERROR  '} {outcome.camera}: {outcome.text}"
        if outcome.file:
            yield f"          → {outcome.file}; restart the gateway, so that it uses it"
        if outcome.cure:
            yield f"          → {outcome.cure}"
