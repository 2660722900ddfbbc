"""``cityedge edge run``: run the gateway until it is told to stop."""

import argparse
import random
import signal
from pathlib import Path

from cityedge import log
from cityedge.clock import SystemClock
from cityedge.settings import load
from edge.agent.agent import Agent
from edge.settings import GatewaySettings
from models.detector import Detector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="gateway.yaml ('cityedge config sample gateway' prints one)")
    add("--until-end", action="store_true", help="stop when every camera is a recording that has ended")
    add("--duration", type=float, metavar="S", help="stop after so many seconds")
    add("-v", "--verbose", action="store_true", help="log more")


def run(args: argparse.Namespace) -> int:
    """Run it. Returns 0 after a clean stop."""
    log.set_up(verbose=args.verbose)
    settings = load(args.config, GatewaySettings)
    detector = Detector.open(settings.model)
    agent = Agent(settings, detector, clock=SystemClock(), rng=random.SystemRandom())
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: agent.stop())
    return agent.run(until_end=args.until_end, duration_s=args.duration)
