"""A real server over a real store, and a real Chromium without a screen that looks at it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from cloud.http.server import HttpServer
from cloud.live import LiveState
from cloud.settings import HttpSettings
from cloud.store.embedded import EmbeddedStore
from tests.support.city import GatewayInStore
from tests.support.ports import free_port

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LAPTOP: Final = (1440, 900)
PHONE: Final = (390, 844)


@dataclass(frozen=True)
class Centre:
    """A running operations centre with one gateway.

    Attributes:
        store: Where the numbers are.
        live: What the collector would keep.
        server: The server.
        gateway: Writes windows into the store.
        last: Start of the newest window that is over.
    """

    store: EmbeddedStore
    live: LiveState
    server: HttpServer
    gateway: GatewayInStore
    last: datetime

    def minute(self, ago: int) -> datetime:
        """Start of the window so many before the newest."""
        return self.last - timedelta(minutes=ago)


@dataclass
class Visits:
    """Opens pages, and keeps what they complained about and whom they asked.

    Attributes:
        complaints: Console errors and warnings, exceptions, failed requests.
        strangers: Addresses outside the server that something was fetched from.
    """

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, url: str, *, size: tuple[int, int] = LAPTOP, **context: Any) -> Page:
        """A page in a browser that was never here before, in Hanoi."""
        settings = {"timezone_id": "Asia/Ho_Chi_Minh", "locale": "en-GB", **context}
        fresh = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **settings)
        page = fresh.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._check(request, urlsplit(url).netloc))
        page.goto(url)
        page.wait_for_selector("[data-testid=live]")
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")

    def _check(self, request: Request, host: str) -> None:
        if urlsplit(request.url).netloc != host and not request.url.startswith(("data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visits(chromium: Browser) -> Iterator[Visits]:
    """Every test that visits also shows that nothing complained and nothing was fetched from elsewhere."""
    visits = Visits(chromium)
    yield visits
    for context in chromium.contexts:
        context.close()
    assert visits.complaints == []
    assert visits.strangers == []


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Centre]]:
    """Starts an operations centre; stops it after the test."""
    started: list[Centre] = []

    def start(**settings: Any) -> Centre:
        store, live = EmbeddedStore(tmp_path / "cloud.duckdb"), LiveState()
        live.note_connected(connected=True)
        server = HttpServer(HttpSettings(port=free_port(), **settings), store, live)
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        gateway = GatewayInStore(store, live)
        centre = Centre(store, live, server, gateway, now - timedelta(minutes=2))
        server.start()
        started.append(centre)
        return centre

    yield start
    for centre in started:
        centre.server.stop()
        centre.store.close()


@pytest.fixture
def centre(start: Callable[..., Centre]) -> Centre:
    """Half an hour of a street with two lines and a zone; it was offline from the 12th to the 9th minute ago."""
    centre = start()
    for ago in range(30, -1, -1):
        offline = 9 <= ago <= 12
        centre.gateway.count(
            "street",
            centre.minute(ago),
            lines={"kerb": {"car": (ago, 1), "person": (40, 2)}, "lane": {"motorcycle": (3, 100)}},
            zones={"stop": {"person": 2.5}},
            observed=0.0 if offline else 1.0,
            see="offline" if offline else "ok",
        )
    centre.gateway.say(datetime.now(UTC))
    return centre
