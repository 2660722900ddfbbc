from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cityedge.messages import Flow, Speed
from cloud.live import LiveState
from cloud.page.board import build
from cloud.page.periods import Period
from cloud.page.readings import read
from cloud.page.views import Board, CameraKey, SpeedView, Tally, TripView
from cloud.store.embedded import EmbeddedStore
from tests.support.city import GatewayInStore

NOW = datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC)
LAST = NOW.replace(second=0) - timedelta(minutes=3)


@dataclass(frozen=True)
class Site:
    store: EmbeddedStore
    live: LiveState
    gateway: GatewayInStore

    def board(self, period: Period = "1h", now: datetime = NOW) -> Board:
        return build(read(self.store, self.live, period=period, zone=UTC, now=now))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    store, live = EmbeddedStore(tmp_path / "cloud.duckdb"), LiveState()
    yield Site(store, live, GatewayInStore(store, live, name="gw-1", site="plaza"))
    store.close()


def test_nothing_reported_is_an_empty_board(site: Site) -> None:
    board = site.board()

    assert (board.cameras, board.gateways, board.newest) == ((), (), None)
    assert board.totals["car"] == 0


def test_lines_add_up_over_the_period_and_tell_the_last_window_apart(site: Site) -> None:
    site.gateway.count("north", LAST - timedelta(hours=3), lines={"kerb": {"car": (100, 100)}})
    site.gateway.count("north", LAST - timedelta(minutes=1), lines={"kerb": {"car": (1, 2), "bus": (1, 0)}})
    site.gateway.count("north", LAST, lines={"kerb": {"car": (3, 4)}})

    board = site.board()

    (camera,) = board.cameras
    assert camera.key == CameraKey("plaza", "gw-1", "north")
    (line,) = camera.lines
    assert line.counts["car"] == Tally(4, 6)
    assert line.total == Tally(5, 6)
    assert line.last == Tally(3, 4)
    assert list(line.counts) == ["person", "bicycle", "motorcycle", "car", "bus", "truck"]
    assert (board.totals["car"], board.totals["bus"]) == (10, 1)
    assert (camera.start, camera.end, board.newest) == (LAST, LAST + timedelta(minutes=1), camera.end)


def test_a_window_that_was_not_watched_does_not_show_the_counts_of_the_one_before(site: Site) -> None:
    site.gateway.count(
        "north",
        LAST - timedelta(minutes=1),
        lines={"kerb": {"car": (1, 2)}},
        zones={"stop": {"person": 2.0}},
    )
    site.gateway.count("north", LAST, observed=0.0, see="covered")

    (camera,) = site.board().cameras

    assert (camera.observed, camera.see) == (0.0, "covered")
    assert camera.lines[0].last is None
    assert camera.zones[0].occupancy is None
    assert camera.lines[0].counts["car"] == Tally(1, 2)


def test_a_zone_shows_how_many_were_in_it_in_the_last_window(site: Site) -> None:
    site.gateway.count("north", LAST, zones={"stop": {"person": 2.5, "car": 0.5}})

    (zone,) = site.board().cameras[0].zones

    assert zone.occupancy == {
        "person": 2.5,
        "bicycle": 0.0,
        "motorcycle": 0.0,
        "car": 0.5,
        "bus": 0.0,
        "truck": 0.0,
    }
    assert (zone.peak, zone.entries, zone.exits) == (4, 2, 2)


def test_a_camera_says_how_badly_it_saw_in_its_last_window(site: Site) -> None:
    site.gateway.count("north", LAST, lines={"kerb": {"car": (1, 0)}}, see="defocused", impaired=0.4)
    site.gateway.count("south", LAST, lines={"kerb": {"car": (1, 0)}})

    north, south = site.board().cameras

    assert (north.observed, north.impaired, north.impairment) == (1.0, 0.4, "defocused")
    assert (south.impaired, south.impairment) == (0.0, None)


def test_trips_add_up_and_speeds_are_averaged_by_how_many_they_are_of(site: Site) -> None:
    trip = Flow(from_="north", to="east", class_="car", count=2)
    slow = Speed(line="kerb", class_="car", mean_mps=5.0, p85_mps=6.0, count=3)
    fast = Speed(line="kerb", class_="car", mean_mps=9.0, p85_mps=10.0, count=1)
    site.gateway.count("north", LAST - timedelta(minutes=1), lines={"kerb": {}}, flows=[trip], speeds=[slow])
    site.gateway.count("north", LAST, lines={"kerb": {}}, flows=[trip], speeds=[fast])

    (camera,) = site.board().cameras

    assert camera.trips == (TripView("north", "east", "car", 4),)
    assert camera.speeds == (SpeedView("kerb", "car", 6.0, 7.0),)


def test_the_newest_alerts_come_first_and_name_their_place(site: Site) -> None:
    site.gateway.alert("north", LAST, rule="crowding", place="stop")
    site.gateway.alert("north", LAST + timedelta(seconds=30), rule="crowding", place="stop", state="cleared")
    site.gateway.alert("gateway", LAST - timedelta(hours=30), rule="outbox_failing")

    newest, older = site.board().alerts

    assert (newest.rule, newest.place, newest.state) == ("crowding", "stop", "cleared")
    assert (older.source, older.state, older.time) == ("north", "raised", LAST)


def test_a_gateway_that_is_gone_makes_its_cameras_silent_and_keeps_when_it_was_seen(site: Site) -> None:
    site.gateway.count("north", LAST, lines={"kerb": {}})
    site.gateway.say(NOW - timedelta(minutes=2))
    site.gateway.say(NOW - timedelta(minutes=1), online=False)

    board = site.board()

    assert board.cameras[0].see == "silent"
    (gateway,) = board.gateways
    assert (gateway.online, gateway.seen) == (False, NOW - timedelta(minutes=2))
    assert gateway.cameras == {"north": "silent"}


def test_a_camera_is_shown_as_soon_as_its_gateway_names_it(site: Site) -> None:
    site.gateway.cameras["south"] = "frozen"
    site.gateway.say(NOW)

    (camera,) = site.board().cameras

    assert (camera.see, camera.rate_fps, camera.start, camera.lines) == ("frozen", 7.0, None, ())


def test_after_a_restart_of_the_cloud_the_store_still_knows_the_gateway(site: Site) -> None:
    site.gateway.count("north", LAST, lines={"kerb": {"car": (1, 0)}})
    site.gateway.say(NOW)
    restarted = Site(site.store, LiveState(), site.gateway)

    board = restarted.board()

    assert board.gateways[0].online
    assert board.cameras[0].lines[0].counts["car"] == Tally(1, 0)


def test_the_books_of_all_epochs_of_a_gateway_are_one_balance(site: Site) -> None:
    site.gateway.count("north", LAST - timedelta(minutes=1), lines={"kerb": {}})
    site.gateway.say(NOW - timedelta(minutes=1))
    site.gateway.epoch, site.gateway.seq = "e2", 0
    site.gateway.count("north", LAST, lines={"kerb": {}})
    site.gateway.say(NOW, queued=2)

    (gateway,) = site.board().gateways

    assert gateway.books is not None
    assert (gateway.books.produced, gateway.books.stored, gateway.books.queued) == (4, 2, 2)
    assert gateway.books.lost == 0


def test_a_camera_is_new_where_it_said_nothing_before_the_frame(site: Site) -> None:
    site.gateway.count("new", LAST, lines={"kerb": {}})
    site.gateway.count("old", LAST - timedelta(hours=5), lines={"kerb": {}})

    assert site.board().older == {CameraKey("plaza", "gw-1", "old")}


def test_the_frame_follows_the_longest_window(site: Site) -> None:
    site.gateway.count("north", LAST - timedelta(minutes=5), window_s=300.0, lines={"kerb": {}})

    board = site.board()

    assert (board.window_s, board.frame.bucket_s) == (300.0, 300)
