"""``cityedge demo``: a whole city on this machine, from pictures to the operations centre, with the books closed.

It starts what a city would run, as processes of their own: a broker, the cloud side on the embedded store, a
street with known truth, and one gateway with two cameras. Nothing in it is there for the demo only.
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from cityedge.errors import CityEdgeError, UsageError
from cityedge.paths import configs_dir
from simulators import footage
from simulators.broker import running
from simulators.city import figures
from simulators.city.processes import DemoError, Process, answers, free_port, is_free, wait_for

_SHOW_EVERY_S: Final = 5.0
_UNWATCHED_S: Final = 120.0
_DRAIN_S: Final = 15.0
_SETTLE_S: Final = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add(
        "--duration",
        type=float,
        metavar="S",
        help=f"end after so many seconds; else with Ctrl-C, or without a terminal after {_UNWATCHED_S:.0f} s",
    )
    add("--headless", action="store_true", help="do not open a browser")
    add("--json", action="store_true", help="print the result as JSON, on the last line; progress goes to stderr")
    add("--port", type=int, default=8080, help="of the operations centre (default 8080)")
    add("--seed", type=int, default=1, help="of the simulated street (default 1)")
    add("--keep", type=Path, metavar="DIR", help="keep configurations, logs and store in this folder")


@dataclass(frozen=True)
class _Demo:
    """What the running demo consists of; ``say`` prints a line of progress."""

    folder: Path
    page: str
    street: str
    plaza: bool
    processes: list[Process]
    say: Callable[[str], None]

    def start(self, name: str, *words: str) -> Process:
        process = Process(name, words, self.folder / f"{name.replace(' ', '-')}.log")
        self.processes.append(process)
        return process


def run(args: argparse.Namespace) -> int:
    """Run the demo; 1 where the books do not close."""
    stream = sys.stderr if args.json else sys.stdout

    def say(line: str) -> None:
        print(line, file=stream, flush=True)

    if not is_free(args.port):
        raise UsageError(f"port {args.port} on this machine is taken", cure="Choose another with --port.")
    seconds = args.duration
    if seconds is None and not sys.stdin.isatty():
        seconds = _UNWATCHED_S
        say(f"no terminal: the demo ends after {seconds:.0f} s (--duration S for another time)")
    with _folder(args.keep) as folder:
        broker_port = free_port()
        with running(broker_port, folder):
            return _run(args, folder, broker_port, seconds, say)


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise UsageError(f"--keep {keep}: is not empty", cure="Name a new folder.")
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="cityedge-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(
    args: argparse.Namespace, folder: Path, broker_port: int, seconds: float | None, say: Callable[[str], None]
) -> int:
    street_port = free_port()
    street = f"http://127.0.0.1:{street_port}"
    demo = _Demo(folder, f"http://127.0.0.1:{args.port}", street, _plaza(say), [], say)
    ports = {"broker_port": broker_port, "page_port": args.port, "street_port": street_port}
    cloud_file, gateway_file = _write_configs(demo, ports)
    try:
        cloud = demo.start("cloud side", "cloud", "run", str(cloud_file))
        served = ("--serve", f"127.0.0.1:{street_port}", "--await-viewer")
        sim = demo.start("street", "sim", "street", "--seed", str(args.seed), *served)
        wait_for(lambda: answers(f"{demo.page}/api/v1/health"), cloud)
        wait_for(lambda: answers(f"{street}/truth.json"), sim)
        gateway = demo.start("gateway", "edge", "run", str(gateway_file))
        say(f"the operations centre is open at {demo.page}")
        if not args.headless:
            webbrowser.open(demo.page)
        _watch(demo, seconds)
        result = _finish(demo, gateway)
    finally:
        for process in reversed(demo.processes):
            process.stop()
    return _report(result, demo, as_json=args.json)


def _plaza(say: Callable[[str], None]) -> bool:
    """Whether the plaza's footage can be had; fetched once where it can."""
    try:
        footage.fetch(say)
    except CityEdgeError as error:
        say(f"without the plaza: {error.message}")
        return False
    return True


def _write_configs(demo: _Demo, ports: dict[str, int]) -> tuple[Path, Path]:
    values = {**ports, "folder": demo.folder, "footage": footage.footage_path()}

    def filled(name: str) -> str:
        return Template((configs_dir() / "demo" / name).read_text(encoding="utf-8")).substitute(values)

    cloud_file, gateway_file = demo.folder / "cloud.yaml", demo.folder / "gateway.yaml"
    cloud_file.write_text(filled("cloud.yaml"), encoding="utf-8")
    gateway_file.write_text(
        filled("gateway.yaml") + (filled("plaza.yaml") if demo.plaza else ""), encoding="utf-8"
    )
    return cloud_file, gateway_file


def _watch(demo: _Demo, seconds: float | None) -> None:
    """Print counted against true until the time is over or somebody presses Ctrl-C."""
    begun_s = time.monotonic()
    demo.say("counting; press Ctrl-C to end" if seconds is None else f"counting for {seconds:.0f} s")
    with contextlib.suppress(KeyboardInterrupt):
        while seconds is None or time.monotonic() - begun_s < seconds:
            left_s = _SHOW_EVERY_S if seconds is None else begun_s + seconds - time.monotonic()
            time.sleep(max(0.0, min(_SHOW_EVERY_S, left_s)))
            for process in demo.processes:
                process.check()
            demo.say(_line_of_progress(demo, time.monotonic() - begun_s))


def _line_of_progress(demo: _Demo, elapsed_s: float) -> str:
    found, true = figures.counted(demo.page), _truth(demo)
    books, _ = figures.balance(demo.page)
    parts = []
    for camera in ("street", "plaza") if demo.plaza else ("street",):
        counts = found.get(camera, {})
        ways = " ".join(f"{way} {figures.total(counts, 'mid', way)}" for way in ("in", "out"))
        known = " ".join(f"{way} {figures.total(true, 'mid', way)}" for way in ("in", "out"))
        parts.append(f"{camera}: counted {ways}" + (f", true {known}" if camera == "street" else ""))
    return f"{elapsed_s:5.0f} s  {' · '.join(parts)} · stored {books['stored']} of {books['produced']} messages"


def _truth(demo: _Demo) -> figures.Counts:
    lines: figures.Counts = figures.get_json(f"{demo.street}/truth.json")["lines"]  # type: ignore[assignment]
    return lines


def _finish(demo: _Demo, gateway: Process) -> dict[str, object]:
    """Stop the gateway, wait until the cloud side has everything, and take the final figures."""
    demo.say("stopping the gateway: the running windows are closed and delivered …")
    true = _truth(demo)
    code = gateway.stop()
    if code != 0:
        raise DemoError(f"the gateway stopped with code {code} instead of 0; see {demo.folder / 'gateway.log'}")
    books, closes = _settled_balance(demo)
    found = figures.counted(demo.page)
    cameras: dict[str, object] = {"street": {"counted": found.get("street", {}), "truth": true}}
    if demo.plaza:
        cameras["plaza"] = {"counted": found.get("plaza", {}), "truth": None}
    return {"cameras": cameras, "balance": books, "closes": closes}


def _settled_balance(demo: _Demo) -> tuple[dict[str, int], bool]:
    deadline_s = time.monotonic() + _DRAIN_S
    while True:
        books, closes = figures.balance(demo.page)
        if (closes and books["queued"] == 0) or time.monotonic() > deadline_s:
            return books, closes
        time.sleep(_SETTLE_S)


def _report(result: dict[str, object], demo: _Demo, *, as_json: bool) -> int:
    cameras: dict[str, dict[str, figures.Counts]] = result["cameras"]  # type: ignore[assignment]
    for camera, both in cameras.items():
        demo.say(_table(camera, both["counted"], both["truth"]))
    books: dict[str, int] = result["balance"]  # type: ignore[assignment]
    verdict = "closes" if result["closes"] and books["queued"] == 0 else "DOES NOT CLOSE"
    demo.say(
        "balance: produced {produced} = stored {stored} + queued {queued} + expired {expired} "
        "+ refused {refused}: ".format(**books)
        + verdict
    )
    if as_json:
        print(json.dumps(result), flush=True)
    return 0 if verdict == "closes" else 1


def _table(camera: str, found: figures.Counts, true: figures.Counts | None) -> str:
    rows = [f"{os.linesep}{camera:<12}{'':<12}{'counted':>14}" + (f"{'true':>14}" if true is not None else "")]
    for line in sorted({*found, *(true or {})}):
        names = sorted({*found.get(line, {}), *(true or {}).get(line, {})})
        rows += [
            f"{line:<12}{name:<12}{_ways(found, line, name)}" + (_ways(true, line, name) if true else "")
            for name in names
        ]
    if true:
        wrong, of = figures.difference(found, true)
        rows.append(f"differences, which may not cancel: {wrong} of {of} crossings")
    return "\n".join(rows)


def _ways(counts: figures.Counts, line: str, name: str) -> str:
    both = counts.get(line, {}).get(name, {"in": 0, "out": 0})
    return f"{'in {in} out {out}'.format(**both):>14}"
