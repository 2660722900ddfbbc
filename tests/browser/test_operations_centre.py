import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page, expect

from cloud.types import SeriesQuestion
from tests.browser.conftest import PHONE, Centre, Visits

TOKEN = "0123456789abcdef0123"
CHART = "[data-testid=chart]"


def figure(page: Page, testid: str) -> int:
    return int(page.get_by_test_id(testid).get_attribute("data-value") or "")


def drawn(page: Page) -> dict[str, Any]:
    """The options that ECharts really has."""
    page.wait_for_selector(f"{CHART} canvas")
    options = page.evaluate(
        "(chart) => getElement(Number(document.querySelector(chart).id.slice(1))).chart.getOption()", CHART
    )
    return cast("dict[str, Any]", options)


def series_named(page: Page, name: str) -> dict[str, Any]:
    return next(one for one in drawn(page)["series"] if one["name"] == name)


def width_beyond(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_the_page_shows_the_numbers_that_the_store_holds(centre: Centre, visits: Visits) -> None:
    held = centre.store.series(
        SeriesQuestion(
            measurement="crossing",
            fields=("in", "out"),
            start=centre.minute(60),
            end=centre.last + timedelta(minutes=1),
            bucket_s=86_400,
            where={},
            group_by=("line", "class"),
        )
    )

    page = visits.open(centre.server.url)

    shown = {
        (tags["line"], tags["class"], way): figure(page, f"count-street-{tags['line']}-{tags['class']}-{way}")
        for tags in (one.tags for one in held)
        for way in ("in", "out")
    }
    assert shown == {
        (one.tags["line"], one.tags["class"], way): sum(value or 0 for value in one.values[way])
        for one in held
        for way in ("in", "out")
    }
    assert figure(page, "count-street-kerb-total-in") == 27 * 40 + sum(range(31)) - (9 + 10 + 11 + 12)
    assert page.get_by_test_id("count-street-kerb-person-in").inner_text() == "1,080"
    assert figure(page, "total-motorcycle") == 27 * 103
    assert page.get_by_test_id("zone-street-stop-occupancy").inner_text() == "2.5"
    assert figure(page, "gateway-gw-plaza-stored") == 31
    expect(page.get_by_test_id("gateway-gw-plaza-closes")).to_contain_text("Balance closes")
    expect(page.get_by_test_id("see-street")).to_contain_text("Watching")


def test_a_new_window_appears_within_two_seconds_without_a_reload_or_a_jump(
    centre: Centre, visits: Visits
) -> None:
    page = visits.open(centre.server.url)
    drawn(page)
    before = figure(page, "count-street-kerb-car-in")
    page.evaluate(
        """() => {
            window.sameAsBefore = true;
            window.shifted = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) window.shifted += entry.value;
            }).observe({ type: "layout-shift" });
        }"""
    )

    centre.gateway.count("street", centre.last + timedelta(minutes=1), lines={"kerb": {"car": (5, 0)}})

    cell = page.get_by_test_id("count-street-kerb-car-in")
    expect(cell).to_have_attribute("data-value", str(before + 5), timeout=2_000)
    expect(page.get_by_test_id("count-street-kerb-last-in")).to_have_text("5")
    assert page.evaluate("window.sameAsBefore") is True
    assert page.evaluate("window.shifted") < 0.001


def test_a_gap_is_drawn_as_a_gap_and_zeros_as_zeros(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url)

    values = {value[0]: value[1] for value in series_named(page, "Buses")["data"]}
    gap = {(centre.minute(ago).timestamp() + 30) * 1000 for ago in range(9, 13)}
    watched = {(centre.minute(ago).timestamp() + 30) * 1000 for ago in (13, 8)}
    assert {values[at] for at in gap} == {None}
    assert {values[at] for at in watched} == {0}
    shaded = series_named(page, "not watched")["markArea"]["data"]
    assert ["camera offline", centre.minute(12).timestamp() * 1000, centre.minute(8).timestamp() * 1000] in [
        [begin["name"].replace("\n", " "), begin["xAxis"], end["xAxis"]] for begin, end in shaded
    ]


def test_the_chart_shows_the_line_and_direction_that_are_chosen(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url)
    drawn(page)

    page.get_by_test_id("chart-line").select_option("lane")
    page.get_by_test_id("chart-direction").select_option("in")

    page.wait_for_function(
        """(chart) => {
            const id = Number(document.querySelector(chart).id.slice(1));
            const shown = getElement(id).chart.getOption().series.find((one) => one.name === "Motorcycles");
            return shown.data.some((item) => item[1] === 3) && !shown.data.some((item) => item[1] > 3);
        }""",
        arg=CHART,
    )


def test_vietnamese_is_chosen_by_address_and_remembered(centre: Centre, visits: Visits) -> None:
    page = visits.open(f"{centre.server.url}/?lang=vi")

    for _ in range(2):
        expect(page).to_have_title("CityEdge · Trung tâm điều hành")
        assert page.evaluate("document.documentElement.lang") == "vi"
        assert page.get_by_test_id("count-street-kerb-person-in").inner_text() == "1.080"
        assert page.get_by_test_id("zone-street-stop-occupancy").inner_text() == "2,5"
        expect(page.get_by_test_id("see-street")).to_contain_text("Đang quan sát")
        expect(page.get_by_test_id("zone")).to_have_text("Ho Chi Minh (UTC+7)")
        assert "Xe máy" in [item["name"] for item in drawn(page)["legend"][0]["data"]]
        page.goto(centre.server.url)


def test_a_phone_shows_all_without_scrolling_sideways(centre: Centre, visits: Visits) -> None:
    long = "a-camera-whose-name-is-as-long-as-names-may-be-in-this-city-1234"
    centre.gateway.count(long, centre.last, lines={long: {"car": (1_234_567, 2)}}, zones={long: {"bus": 1.0}})

    for language in ("en", "vi"):
        page = visits.open(f"{centre.server.url}/?lang={language}", size=PHONE, has_touch=True)
        drawn(page)
        assert width_beyond(page) <= 0
        expect(page.get_by_test_id(f"count-{long}-{long}-car-in")).to_be_visible()


def test_before_anything_is_reported_the_page_says_how_to_begin(
    start: Callable[..., Centre], visits: Visits
) -> None:
    centre = start()
    page = visits.open(centre.server.url)
    empty = page.get_by_test_id("empty")
    expect(empty).to_contain_text("No gateway has reported yet.")
    expect(empty).to_contain_text("cityedge edge run gateway.yaml")

    centre.gateway.count("street", centre.last, lines={"kerb": {"car": (2, 1)}})

    expect(page.get_by_test_id("count-street-kerb-car-in")).to_have_text("2")
    expect(empty).to_be_hidden()


def test_a_lost_broker_and_a_gateway_that_is_gone_are_told_and_taken_back(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url)
    notice, state = page.get_by_test_id("notice-broker"), page.get_by_test_id("gateway-gw-plaza-state")
    expect(notice).to_have_count(0)

    centre.live.note_connected(connected=False)
    centre.gateway.say(datetime.now(UTC), online=False)
    expect(notice).to_contain_text("lost the broker")
    expect(state).to_contain_text("Offline")
    expect(page.get_by_test_id("see-street")).to_contain_text("No word from gateway")
    expect(page.get_by_test_id("live")).to_have_attribute("data-state", "stale")

    centre.live.note_connected(connected=True)
    centre.gateway.say(datetime.now(UTC))
    expect(notice).to_have_count(0)
    expect(state).to_contain_text("Online")


def test_the_range_is_chosen_by_keyboard_and_remembered(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url)
    hour = figure(page, "count-street-kerb-person-in")
    button = page.get_by_test_id("range-15min")

    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("(element) => element === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("count-street-kerb-person-in")).not_to_have_text(f"{hour:,}")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_ground_follows_the_system_until_one_is_chosen(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url, color_scheme="dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")

    toggle = page.get_by_test_id("theme")
    toggle.click()
    expect(toggle).to_have_attribute("aria-label", re.compile("Light"))
    toggle.click()

    expect(root).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")


def test_with_a_token_the_page_lives_behind_a_log_in(
    start: Callable[..., Centre], visits: Visits, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(TOKEN)
    centre = start(access_token_file=str(tmp_path / "token"))
    page = visits.open(centre.server.url, http_credentials={"username": "operator", "password": TOKEN})

    centre.gateway.count("street", centre.last, lines={"kerb": {"car": (2, 1)}})

    expect(page.get_by_test_id("count-street-kerb-car-in")).to_have_text("2")


def test_the_page_comes_back_by_itself_when_the_server_does(centre: Centre, visits: Visits) -> None:
    page = visits.open(centre.server.url)
    drawn(page)

    centre.server.stop()
    expect(page.locator("#popup")).to_contain_text("Connection to the server lost.")
    expect(page.locator("#popup")).to_be_visible()
    centre.gateway.count("street", centre.last + timedelta(minutes=1), lines={"kerb": {"bus": (77, 0)}})
    centre.server.start()

    expect(page.get_by_test_id("count-street-kerb-bus-in")).to_have_text("77", timeout=20_000)
    # That nobody answered for a while is what this test is about.
    visits.complaints[:] = [one for one in visits.complaints if "net::ERR_" not in one]
