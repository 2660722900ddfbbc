"""``cityedge edge count`` beside the plain loop: the same clip, the same model file, run in turn."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.benchmarks.process import Run, measure

FPS: Final = 7
"""Pictures a second of scene time in ``vtest.avi``; its header says 10."""

TRUTH_IN: Final = 14
TRUTH_OUT: Final = 18
"""People whose foot point crosses the upright middle line in the clip's published ground truth."""

_PLAIN_LOOP: Final = Path(__file__).with_name("plain_loop.py")
_LOOKING: Final = ("decode", "infer")


@dataclass(frozen=True)
class Counter:
    """One way of counting the clip, measured several times.

    Attributes:
        name: For the table.
        runs: In the order in which they ran.
        fps: Pictures a second of each run, by its own stopwatch: neither imports nor loading the model count.
        crossed_in: Counted inwards.
        crossed_out: Counted outwards.
    """

    name: str
    runs: tuple[Run, ...]
    fps: tuple[float, ...]
    crossed_in: int
    crossed_out: int

    @property
    def median_fps(self) -> float:
        """Pictures a second, median of the runs."""
        return median(self.fps)

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds a picture, start-up included, median of the runs."""
        return median(1000 * run.cpu_s / int(run.answer["frames"]) for run in self.runs)

    @property
    def peak_bytes(self) -> int:
        """Most resident memory of any run."""
        return max(run.peak_bytes for run in self.runs)

    @property
    def stages_ms(self) -> Mapping[str, float]:
        """Mean milliseconds a picture by stage, in the run of median speed."""
        ranked = sorted(zip(self.fps, self.runs, strict=True), key=lambda pair: pair[0])
        stages: Mapping[str, float] = ranked[len(ranked) // 2][1].answer["stages_ms"]
        return stages

    @property
    def overhead_share(self) -> float:
        """Share of a picture's time that is neither decoding nor inference."""
        looking_ms = sum(self.stages_ms[stage] for stage in _LOOKING)
        return 1.0 - looking_ms / sum(self.stages_ms.values())


def compare(
    clip: Path, model: Path, peers: Path, *, times: int, progress: Callable[[str], None]
) -> tuple[Counter, ...]:
    """Measure all ways of counting, in turn, so that a slow minute of the machine hits all of them.

    Args:
        clip: ``vtest.avi``.
        model: The ONNX file that all of them use.
        peers: The interpreter of the peers' environment.
        times: How often each runs.
        progress: Told what is about to run.

    Returns:
        CityEdge first.
    """
    plain = [str(peers), str(_PLAIN_LOOP), str(clip), str(model), f"--fps={FPS}"]
    commands: Mapping[str, Sequence[str]] = {
        "`cityedge edge count`": _edge_count(clip),
        "plain loop, tracker's defaults": plain,
        "plain loop, tracker at the detector's thresholds": [*plain, "--score=0.4"],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(times):
        for name, words in commands.items():
            progress(f"{name}: run {turn + 1} of {times}")
            runs[name].append(measure(words))
    ours, *others = commands
    return (
        _counter(ours, runs[ours], _crossings_of_ours),
        *(_counter(n, runs[n], _crossings_of_plain) for n in others),
    )


def _edge_count(clip: Path) -> Sequence[str]:
    words = [sys.executable, "-m", "cityedge", "edge", "count", str(clip), "--fps", str(FPS)]
    return [*words, "--line", "middle=0.5,0,0.5,1", "--stages", "--json"]


def _counter(name: str, runs: Iterable[Run], crossings: Callable[[Run], tuple[int, int]]) -> Counter:
    runs = tuple(runs)
    fps = tuple(run.answer["frames"] / run.answer["wall_s"] for run in runs)
    return Counter(name, runs, fps, *crossings(runs[-1]))


def _crossings_of_ours(run: Run) -> tuple[int, int]:
    person = run.answer["lines"]["middle"]["person"]
    return person["in"], person["out"]


def _crossings_of_plain(run: Run) -> tuple[int, int]:
    return run.answer["in"], run.answer["out"]
