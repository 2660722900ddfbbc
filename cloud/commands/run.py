"""``cityedge cloud run``: collect, store and show, in one process, until it is told to stop."""

import argparse
import logging
import random
import signal
import threading
from pathlib import Path

from cityedge import log
from cityedge.clock import SystemClock
from cityedge.settings import load
from cloud.collector import Collector
from cloud.http.server import HttpServer
from cloud.live import LiveState
from cloud.settings import CloudSettings
from cloud.store.opening import open_store

_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="cloud.yaml ('cityedge config sample cloud' prints one)")
    add("--duration", type=float, metavar="S", help="stop after so many seconds")
    add("-v", "--verbose", action="store_true", help="log more")


def run(args: argparse.Namespace) -> int:
    """Run it. Returns 0 after a clean stop, 1 where it could not go on: start it again."""
    log.set_up(verbose=args.verbose)
    settings = load(args.config, CloudSettings)
    clock = SystemClock()
    live = LiveState()
    told_to_stop = threading.Event()
    store = open_store(settings.store, make=True)
    try:
        collector = Collector(
            settings.broker,
            settings.collector,
            store=store,
            live=live,
            clock=clock,
            rng=random.SystemRandom(),
            on_failure=told_to_stop.set,
        )
        with HttpServer(settings.http, store, live, clock=clock) as server:
            _log.info("the operations centre is at %s", server.url)
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: told_to_stop.set())
            with collector:
                told_to_stop.wait(args.duration)
    finally:
        store.close()
    _log.info("stopped")
    return 1 if collector.failed else 0
