"""``cityedge sim street``: a street with known truth, served as a camera or written to files."""

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, get_args

from cityedge.clock import SystemClock
from cityedge.errors import UsageError
from simulators.commands.street_options import SERVE_AT, address, positive, scenario_table, setting_of, size
from simulators.errors import OutputError
from simulators.live import LiveStreet
from simulators.mjpeg import STREAM_PATH, MjpegServer
from simulators.recorders import FolderRecorder, MotRecorder, Recorder, Shown, VideoRecorder
from simulators.street.actors import Cast
from simulators.street.conditions import Hour
from simulators.street.report import truth_report, truth_table
from simulators.street.scenario import Scenario, load_scenario
from simulators.street.script import load_script
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic

_DURATION_S: Final = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add(
        "--serve",
        nargs="?",
        const=SERVE_AT,
        type=address,
        metavar="HOST:PORT",
        help=f"be a camera ({SERVE_AT})",
    )
    add("--video", type=Path, metavar="OUT.mp4", help="write a video: .mp4, .mkv (H.264) or .avi (motion JPEG)")
    add("--frames", type=Path, metavar="DIR", help="write every frame as a JPEG file")
    add("--mot", type=Path, metavar="GT.txt", help="write who was where, as MOTChallenge ground truth")
    add("--truth", type=Path, metavar="OUT.json", help="write the true crossings and zone use")
    add("--json", action="store_true", help="print the truth as JSON at the end, on one line")
    add("--scenario", metavar="NAME|FILE.yaml", help="a street that tries a counter; the options below change it")
    add("--list-scenarios", action="store_true", help="print the names of the scenarios, and stop")
    add("--seed", type=int, metavar="N", help="another seed, another street (1)")
    add("--duration", type=positive, metavar="S", help="seconds of street (60; served: until stopped)")
    add("--fps", type=positive, metavar="F", help="frames per second (10)")
    add("--density", type=float, default=1.0, metavar="X", help="how busy, from 0; 1 is moderate (1)")
    add("--light", choices=get_args(Hour), help="how it is lit (day)")
    add("--size", type=size, default="768x576", metavar="WxH", help="size of the picture (768x576)")
    add("--script", type=Path, metavar="FILE", help="a YAML file that says who passes, instead of the seed")
    add("--line", action="append", default=[], metavar="NAME=x1,y1,x2,y2", help="a line (repeatable)")
    add("--zone", action="append", default=[], metavar="NAME=x,y;x,y;…", help="a zone (repeatable)")
    add("--await-viewer", action="store_true", help="with --serve: begin when somebody looks")
    add("--realtime", action="store_true", help="write files no faster than the street lives")


def run(args: argparse.Namespace) -> int:
    """Serve or write the street, then say what was true."""
    if args.list_scenarios:
        print(scenario_table())
        return 0
    _check(args)
    scenario = load_scenario(args.scenario) if args.scenario else None
    setting = setting_of(args, scenario)
    duration_s, cast = _cast(args, setting, scenario)
    street = Street(setting, cast)
    report = _serve(args, street, duration_s) if args.serve else _record(args, street, duration_s or _DURATION_S)
    if args.truth:
        _write(args.truth, report)
    print(json.dumps(report) if args.json else truth_table(report), flush=True)
    return 0


def _check(args: argparse.Namespace) -> None:
    files = [args.video, args.frames, args.mot]
    if args.serve and any(files):
        raise UsageError("--serve does not go with --video, --frames or --mot", cure="Run the command twice.")
    if args.scenario and args.script:
        raise UsageError(
            "--scenario does not go with --script", cure="Write the script's actors into the scenario."
        )
    if args.await_viewer and not args.serve:
        raise UsageError("--await-viewer goes with --serve")
    if not (args.serve or any(files) or args.truth or args.json):
        raise UsageError("nothing is asked for", cure="Add --serve, --video, --frames, --mot, --truth or --json.")
    if not 0 <= args.density <= Traffic.MOST:
        raise UsageError(f"--density {args.density:g}: is 0 to {Traffic.MOST:g}")


def _cast(args: argparse.Namespace, setting: Setting, scenario: Scenario | None) -> tuple[float | None, Cast]:
    """How long it lasts, and who comes."""
    duration_s: float | None = args.duration
    if scenario:
        if duration_s is None and not args.serve:
            duration_s = scenario.duration_s
        return duration_s, scenario.cast(
            setting.camera, seed=setting.seed, end_s=duration_s, density=args.density, name=args.scenario
        )
    if args.script:
        script = load_script(args.script, setting.camera)
        return duration_s or script.end_s, script
    if duration_s is None and not args.serve:
        duration_s = _DURATION_S
    return duration_s, Traffic(setting.camera, seed=setting.seed, density=args.density, end_s=duration_s)


def _serve(args: argparse.Namespace, street: Street, duration_s: float | None) -> dict[str, Any]:
    live = LiveStreet(street, SystemClock())
    host, port = args.serve
    with MjpegServer(host, port, feed=live.feed, truth=live.truth) as server, _told_to_stop() as stop:
        where = f"{server.url}{STREAM_PATH}  (truth so far: {server.url}/truth.json)"
        print(where, file=sys.stderr if args.json else sys.stdout, flush=True)
        if args.await_viewer:
            live.await_viewer(stop)
        live.run(stop, end_s=duration_s)
    return live.truth()


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, so that the truth is still written."""
    stop = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in signals]
    try:
        yield stop
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _record(args: argparse.Namespace, street: Street, duration_s: float) -> dict[str, Any]:
    with ExitStack() as stack:
        recorders = _recorders(args, street.setting)
        for recorder in recorders:
            stack.callback(recorder.close)
        if recorders:
            _write_frames(street, recorders, duration_s, realtime=args.realtime)
    street.finish(duration_s)
    return truth_report(street, duration_s)


def _recorders(args: argparse.Namespace, setting: Setting) -> list[Recorder]:
    recorders: list[Recorder] = []
    if args.video:
        recorders.append(VideoRecorder(args.video, fps=setting.fps, camera=setting.camera))
    if args.frames:
        recorders.append(FolderRecorder(args.frames))
    if args.mot:
        recorders.append(MotRecorder(args.mot, camera=setting.camera))
    return recorders


def _write_frames(street: Street, recorders: Sequence[Recorder], duration_s: float, *, realtime: bool) -> None:
    begun_s, number = time.monotonic(), 0
    for index in range(int(duration_s * street.setting.fps)):
        if realtime:
            time.sleep(max(0.0, begun_s + street.time_s(index) - time.monotonic()))
        if not street.arrives(index):
            continue
        number += 1
        shown = Shown(number, index, street.frame(index), street.appearances(index))
        for recorder in recorders:
            recorder.write(shown)


def _write(path: Path, report: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
