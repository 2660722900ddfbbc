"""The newest picture for any number of readers."""

import threading
from datetime import UTC, datetime

from simulators.feed import Feed, Shot

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_reader_gets_the_newest_picture_and_not_those_it_missed() -> None:
    feed = Feed()
    for number in range(3):
        feed.publish(Shot(number, b"x", NOW))
    shot = feed.newer(-1, timeout_s=1)
    assert shot is not None
    assert shot.number == 2


def test_a_reader_who_knows_the_newest_picture_waits_for_the_next() -> None:
    feed = Feed()
    feed.publish(Shot(0, b"x", NOW))
    timer = threading.Timer(0.05, feed.publish, [Shot(1, b"y", NOW)])
    timer.start()
    shot = feed.newer(0, timeout_s=10)
    timer.join()
    assert shot is not None
    assert shot.jpeg == b"y"


def test_nothing_new_in_time_is_none() -> None:
    assert Feed().newer(-1, timeout_s=0.01) is None


def test_closing_releases_who_waits() -> None:
    feed = Feed()
    timer = threading.Timer(0.05, feed.close)
    timer.start()
    assert feed.newer(-1, timeout_s=30) is None
    timer.join()
