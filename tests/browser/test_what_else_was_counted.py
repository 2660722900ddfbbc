"""Trips, speeds, how well a camera saw, and alerts, as a browser shows them."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from cityedge.messages import Flow, Speed
from tests.browser.conftest import Centre, Visits


def test_a_card_shows_trips_and_speeds_and_how_badly_the_camera_saw(centre: Centre, visits: Visits) -> None:
    centre.gateway.count(
        "crossroads",
        centre.last,
        lines={"stop-line": {"car": (4, 0)}},
        see="dark",
        impaired=0.25,
        flows=[Flow(from_="north", to="east", class_="car", count=3)],
        speeds=[Speed(line="stop-line", class_="car", mean_mps=10.0, p85_mps=12.5, count=4)],
    )

    page = visits.open(centre.server.url)

    expect(page.get_by_test_id("trips-crossroads").locator("tbody tr")).to_have_text(
        [re.compile("north → east3$")]
    )
    expect(page.get_by_test_id("speeds-crossroads").locator("tbody td")).to_have_text(["36", "45"])
    expect(page.get_by_test_id("impaired-crossroads")).to_have_text("did not see well for 25%: too dark")
    expect(page.get_by_test_id("trips-street")).to_be_empty()


def test_an_alert_appears_by_itself_with_its_place_and_in_the_visitors_language(
    centre: Centre, visits: Visits
) -> None:
    page = visits.open(f"{centre.server.url}/?lang=vi")
    alerts = page.get_by_test_id("alerts")
    expect(alerts).to_be_hidden()

    centre.gateway.alert("street", centre.last + timedelta(seconds=30), rule="crowding", place="stop")

    expect(alerts.locator("li")).to_have_count(1)
    expect(alerts).to_contain_text("Tụ tập đông người")
    expect(alerts).to_contain_text("gw-plaza · street · stop")
