"""The figures as tables in Markdown: what is printed, and on request written down."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.collector import CollectorFigures
from tests.benchmarks.counting import TRUTH_IN, TRUTH_OUT, Counter
from tests.benchmarks.messages import SETTING
from tests.benchmarks.outbox import OutboxFigures

_MB: Final = 1_000_000


def counting_table(counters: Sequence[Counter]) -> str:
    """CityEdge and the plain loops side by side.

    Args:
        counters: CityEdge first: the others are what it is compared with.

    Returns:
        A Markdown table.
    """
    rows = [
        (
            counter.name,
            f"{counter.median_fps:.1f}",
            f"{min(counter.fps):.1f} to {max(counter.fps):.1f}",
            f"{counter.cpu_ms:.1f}",
            f"{counter.peak_bytes / _MB:.0f}",
            str(counter.crossed_in),
            str(counter.crossed_out),
            f"{counters[0].median_fps / counter.median_fps:.2f}×",
        )
        for counter in counters
    ]
    truth = ("ground truth", "", "", "", "", str(TRUTH_IN), str(TRUTH_OUT), "")
    head = ("", "frames/s, median", "range", "CPU ms a frame", "memory, MB", "in", "out", "CityEdge is")
    return _table(head, [*rows, truth])


def stage_table(counter: Counter, *, clock: str) -> str:
    """Where one way of counting spends a frame's time.

    Args:
        counter: Any of them.
        clock: What its stopwatch counts: ``wall`` time, or time of the ``processor`` where stages overlap.

    Returns:
        A Markdown table with the share of each stage.
    """
    total_ms = sum(counter.stages_ms.values())
    rows = [(stage, f"{ms:.2f}", f"{ms / total_ms:.1%}") for stage, ms in counter.stages_ms.items()]
    overhead_ms = total_ms * counter.overhead_share
    rows.append(("**all but decode and inference**", f"{overhead_ms:.2f}", f"**{counter.overhead_share:.1%}**"))
    return _table((f"stage of {counter.name}", f"ms a frame, {clock} time", "share"), rows)


def carrying_table(outbox: OutboxFigures, collector: CollectorFigures) -> str:
    """What keeping and carrying the counts costs, beside the bars that the project holds itself to.

    Args:
        outbox: Of the gateway's queue.
        collector: Of the cloud's end.

    Returns:
        A Markdown table.
    """
    rows = [
        (
            f"outbox, durable rows a second, in groups of {outbox.group_rows}",
            f"{outbox.rows_per_s:,.0f}",
            "≥ 5,000",
        ),
        ("outbox, durable rows a second, one by one", f"{outbox.commits_per_s:,.0f}", ""),
        (
            f"disk, MB written for a camera and day ({SETTING}, windows of a minute)",
            f"{outbox.disk_bytes_a_day / _MB:.1f}",
            "≤ 50",
        ),
        ("uplink, MB of payload for the same", f"{outbox.uplink_bytes_a_day / _MB:.1f}", "≤ 5"),
        (
            f"collector, messages a second into the embedded store ({collector.messages:,} waiting in Mosquitto)",
            f"{collector.messages_per_s:,.0f}",
            "≥ 5,000",
        ),
        ("collector, rows of the data model a second", f"{collector.rows_per_s:,.0f}", "≥ 50,000"),
        ("collector, memory at its peak, MB", f"{collector.peak_bytes / _MB:.0f}", ""),
    ]
    return _table(("", "measured", "bar"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
