"""What ``cityedge edge count`` writes beside its answer: tracks, crossings, windows, the annotated video."""

import argparse
import json
import sys
import time
from typing import Final, TextIO

from cityedge import codec
from cityedge.classes import CLASSES
from edge.annotate import AnnotatedVideo
from edge.detect import Sighting
from edge.pipeline import Step
from edge.recording import Counted
from edge.settings import CameraSettings
from edge.track.trails import TrailRow, Trails
from edge.types import LineCrossing

_PROGRESS_EVERY_S: Final = 2.0


class Outputs:
    """Files that are written beside the counting, and the progress that is shown.

    Args:
        args: Of the command: tracks, crossings, windows, video_out, fps.
        camera: What is counted.
    """

    def __init__(self, args: argparse.Namespace, camera: CameraSettings) -> None:
        self._args = args
        self._camera = camera
        self._tracks: TextIO | None = args.tracks.open("w", encoding="ascii") if args.tracks else None
        self._trails = Trails()
        self._crossings: TextIO | None = args.crossings.open("w", encoding="utf-8") if args.crossings else None
        self._windows: TextIO | None = args.windows.open("w", encoding="utf-8") if args.windows else None
        self._windows_written = 0
        self._video: AnnotatedVideo | None = None
        self._lines = {line.name: [0, 0] for line in camera.lines}
        self._alarms: dict[tuple[str, str], str] = {}
        self._shown_s = time.monotonic()

    def write(self, sighting: Sighting, step: Step) -> None:
        """Write what one frame led to."""
        for crossing in step.outcome.crossings:
            self._lines[crossing.line][crossing.direction != "in"] += 1
            if self._crossings is not None:
                self._crossings.write(json.dumps(_crossing_row(crossing)) + "\n")
        if self._tracks is not None:
            self._trails.add(sighting.frame.index, sighting.frame.time_s, step.objects)
        if self._args.video_out:
            self._draw(sighting, step)

    def progress(self, counted: Counted) -> None:
        """Write the windows that have closed, and now and then show how far it is."""
        if self._windows is not None:
            for message in counted.windows[self._windows_written :]:
                self._windows.write(codec.encode(message).decode() + "\n")
        self._windows_written = len(counted.windows)
        now_s = time.monotonic()
        if now_s - self._shown_s >= _PROGRESS_EVERY_S:
            self._shown_s = now_s
            print(f"counted {counted.frames} frames, {counted.last_s:.0f} s of the scene", file=sys.stderr)

    def close(self) -> None:
        """Finish all files."""
        if self._tracks is not None:
            self._tracks.writelines(map(_mot_row, self._trails.rows()))
        for file in (self._tracks, self._crossings, self._windows):
            if file is not None:
                file.close()
        if self._video is not None:
            self._video.close()

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
            zone_counts={name: sum(sample.present.values()) for name, sample in step.outcome.zones.items()},
            notes=self._notes(step),
        )

    def _notes(self, step: Step) -> list[str]:
        """What is wrong at the moment: what the camera cannot see, and alarms that are on or just happened."""
        now = []
        for change in step.outcome.alarms:
            if change.state == "raised":
                self._alarms[change.rule, change.place] = f"{change.rule} at {change.place}"
            elif change.state == "cleared":
                self._alarms.pop((change.rule, change.place), None)
            else:
                now.append(f"{change.rule} at {change.place}")
        sees = [] if step.sight.state == "ok" else [f"camera {step.sight.state}"]
        return [*sees, *self._alarms.values(), *now]


def _crossing_row(crossing: LineCrossing) -> dict[str, object]:
    return {
        "time_s": round(crossing.time_s, 3),
        "line": crossing.line,
        "class": CLASSES[crossing.label],
        "direction": crossing.direction,
        "track": crossing.track_id,
    }


def _mot_row(row: TrailRow) -> str:
    """A MOTChallenge row; frames count from 1."""
    left, top, right, bottom = row.box_px
    box = f"{left:.2f},{top:.2f},{right - left:.2f},{bottom - top:.2f}"
    return f"{row.frame + 1},{row.track_id},{box},{row.score:.4f},-1,-1,-1\n"
