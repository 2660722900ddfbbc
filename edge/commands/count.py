"""``cityedge edge count``: the agent's own pipeline on a recording, as fast as it goes."""

import argparse
import json
import time
from pathlib import Path

from cityedge.clock import SystemClock
from edge.capture import open_source
from edge.commands.count_options import gateway_of
from edge.commands.count_outputs import Outputs
from edge.commands.count_result import result_of, table_of
from edge.detect import worker_count
from edge.recording import RecordingCounter
from models.detector import Detector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("video", type=Path, metavar="VIDEO", help="a video file or a folder of pictures")
    add("--config", metavar="FILE", help="count as the camera of this gateway.yaml does")
    add("--camera", metavar="NAME", help="which camera of it, where it has several")
    add("--line", action="append", default=[], metavar="NAME=x1,y1,x2,y2", help="a counting line (repeatable)")
    add("--zone", action="append", default=[], metavar="NAME=x,y;x,y;…", help="a counting zone (repeatable)")
    add("--mask", action="append", default=[], metavar="NAME=x,y;x,y;…", help="a part that nobody looks at")
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
        help="write what was tracked, as MOTChallenge rows (neither parked vehicles nor riders)",
    )
    add("--crossings", type=Path, metavar="OUT.jsonl", help="write every crossing: time, line, class, direction")
    add("--windows", type=Path, metavar="OUT.jsonl", help="write the summary of every window, as it would be sent")
    add("--video", dest="video_out", type=Path, metavar="OUT.mp4", help="write the annotated video")


def run(args: argparse.Namespace) -> int:
    """Count, and print what was counted."""
    gateway, camera = gateway_of(args)
    detector = Detector.open(args.model or gateway.model)
    counter = RecordingCounter(detector, camera, gateway, workers=worker_count(args.threads))
    source = open_source(
        camera.source, clock=SystemClock(), max_fps=camera.max_fps, start_unix_s=0.0, masks=camera.masks
    )
    begun = time.monotonic()
    outputs = Outputs(args, camera)
    try:
        for sighting, step in counter.run(source.frames()):
            outputs.write(sighting, step)
            outputs.progress(counter.counted)
        outputs.progress(counter.counted)
    finally:
        source.close()
        outputs.close()
    result = result_of(counter.counted, time.monotonic() - begun, stages=args.stages)
    print(json.dumps(result) if args.json else table_of(result))
    return 0
