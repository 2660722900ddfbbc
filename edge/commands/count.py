"""``cityedge edge count``: the agent's own pipeline on a recording, as fast as it goes."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from cityedge.classes import CLASSES, PERSON
from cityedge.clock import SystemClock
from edge.annotate import AnnotatedVideo
from edge.capture import open_source
from edge.commands.count_options import gateway_of
from edge.detect import Sighting, worker_count
from edge.pipeline import Step
from edge.recording import Counted, RecordingCounter
from edge.settings import CameraSettings
from edge.types import LineCrossing
from models.detector import Detector

_PROGRESS_EVERY_S = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("video", type=Path, metavar="VIDEO", help="a video file or a folder of pictures")
    add("--config", metavar="FILE", help="count as the camera of this gateway.yaml does")
    add("--camera", metavar="NAME", help="which camera of it, where it has several")
    add("--line", action="append", default=[], metavar="NAME=x1,y1,x2,y2", help="a counting line (repeatable)")
    add("--zone", action="append", default=[], metavar="NAME=x,y;x,y;…", help="a counting zone (repeatable)")
    add("--classes", metavar="A,B", help="what to count; everything where left out")
    add("--model", metavar="M", help="a model's name, or an ONNX file with its card beside it")
    add("--fps", type=float, metavar="F", help="the true frame rate, where the file claims another")
    add("--threads", type=int, default=0, metavar="N", help="frames looked at at once; 0: one per core")
    add("--json", action="store_true", help="print the result as JSON, on the last line")
    add("--stages", action="store_true", help="say where the time went")
    add(
        "--tracks",
        type=Path,
        metavar="OUT.txt",
        help="write what was tracked, as MOTChallenge rows (no parked vehicles)",
    )
    add("--crossings", type=Path, metavar="OUT.jsonl", help="write every crossing: time, line, class, direction")
    add("--video", dest="video_out", type=Path, metavar="OUT.mp4", help="write the annotated video")


def run(args: argparse.Namespace) -> int:
    """Count, and print what was counted."""
    gateway, camera = gateway_of(args)
    detector = Detector.open(args.model or gateway.model)
    source = open_source(camera.source, clock=SystemClock(), max_fps=camera.max_fps, start_unix_s=0.0)
    counter = RecordingCounter(detector, camera, gateway, workers=worker_count(args.threads))
    begun = time.monotonic()
    outputs = _Outputs(args, camera)
    try:
        for sighting, step in counter.run(source.frames()):
            outputs.write(sighting, step)
            outputs.progress(counter.counted)
    finally:
        source.close()
        outputs.close()
    result = _result(counter.counted, time.monotonic() - begun, stages=args.stages)
    print(json.dumps(result) if args.json else _table(result))
    return 0


class _Outputs:
    """Files that are written beside the counting, and the progress that is shown."""

    def __init__(self, args: argparse.Namespace, camera: CameraSettings) -> None:
        self._args = args
        self._camera = camera
        self._tracks: TextIO | None = args.tracks.open("w", encoding="ascii") if args.tracks else None
        self._crossings: TextIO | None = args.crossings.open("w", encoding="utf-8") if args.crossings else None
        self._video: AnnotatedVideo | None = None
        self._lines = {line.name: [0, 0] for line in camera.lines}
        self._shown_s = time.monotonic()

    def write(self, sighting: Sighting, step: Step) -> None:
        for crossing in step.crossings:
            self._lines[crossing.line][crossing.direction != "in"] += 1
            if self._crossings is not None:
                self._crossings.write(json.dumps(_crossing_row(crossing)) + "\n")
        if self._tracks is not None:
            self._tracks.writelines(_mot_rows(sighting.frame.index + 1, step))
        if self._args.video_out:
            self._draw(sighting, step)

    def _draw(self, sighting: Sighting, step: Step) -> None:
        frame = sighting.frame
        if self._video is None:
            self._video = AnnotatedVideo(
                self._args.video_out,
                fps=self._args.fps or 10.0,
                width_px=frame.width_px,
                height_px=frame.height_px,
                lines=self._camera.lines,
                zones=self._camera.zones,
            )
        self._video.write(
            frame,
            step.objects,
            line_counts={name: (inward, outward) for name, (inward, outward) in self._lines.items()},
            zone_counts={name: sum(sample.present.values()) for name, sample in step.zones.items()},
        )

    def progress(self, counted: Counted) -> None:
        now_s = time.monotonic()
        if now_s - self._shown_s >= _PROGRESS_EVERY_S:
            self._shown_s = now_s
            print(f"counted {counted.frames} frames, {counted.last_s:.0f} s of the scene", file=sys.stderr)

    def close(self) -> None:
        for file in (self._tracks, self._crossings):
            if file is not None:
                file.close()
        if self._video is not None:
            self._video.close()


def _crossing_row(crossing: LineCrossing) -> dict[str, object]:
    return {
        "time_s": round(crossing.time_s, 3),
        "line": crossing.line,
        "class": CLASSES[crossing.label],
        "direction": crossing.direction,
        "track": crossing.track_id,
    }


def _mot_rows(frame: int, step: Step) -> list[str]:
    """MOTChallenge rows: 1-based frames, observed boxes only; vehicles that never moved are furniture."""
    rows = []
    for item in step.objects:
        if item.observed and item.settled and (item.moved or item.label == PERSON):
            left, top, right, bottom = item.box_px
            box = f"{left:.2f},{top:.2f},{right - left:.2f},{bottom - top:.2f}"
            rows.append(f"{frame},{item.track_id},{box},{item.score:.4f},-1,-1,-1\n")
    return rows


def _result(counted: Counted, wall_s: float, *, stages: bool) -> dict[str, object]:
    result: dict[str, object] = {
        **counted.totals.as_json(),
        "frames": counted.frames,
        "scene_s": round(counted.scene_s, 3),
        "wall_s": round(wall_s, 3),
        "inferences": counted.frames,
    }
    if stages:
        per_frame = 1e3 / max(1, counted.frames)
        result["stages_ms"] = {k: round(v * per_frame, 3) for k, v in vars(counted.stages).items()}
    return result


def _table(result: Mapping[str, object]) -> str:
    rows = [f"{result['frames']} frames, {result['scene_s']} s of the scene, in {result['wall_s']} s"]
    for kind in ("lines", "zones"):
        for name, classes in dict(result[kind]).items():  # type: ignore[call-overload]
            rows.append(f"\n{kind[:-1]} {name}")
            rows += [
                f"  {label:<11}{_figures(figures)}" for label, figures in classes.items() if any(figures.values())
            ]
    if "stages_ms" in result:
        rows.append(f"\nms per frame: {_figures(dict(result['stages_ms']))}")  # type: ignore[call-overload]
    return "\n".join(rows)


def _figures(figures: Mapping[str, float]) -> str:
    return "   ".join(f"{name} {value:g}" for name, value in figures.items())
