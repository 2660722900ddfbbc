"""Puts the page on the server's application."""

import copy
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from nicegui import Client, core, ui

from cityedge import __version__
from cityedge.clock import Clock
from cloud.live import LiveState
from cloud.page.desk import Desk
from cloud.page.page import Page
from cloud.page.texts import Texts
from cloud.page.viewer import Viewer, viewer_of
from cloud.types import Store

_STATIC: Final = Path(str(files("cloud.page"))) / "static"
_STATIC_URL: Final = f"/static/{__version__}"


def mount(app: FastAPI, *, store: Store, live: LiveState, clock: Clock) -> None:
    """Serve the operations centre at ``/``.

    NiceGUI has one application per process: the page mounted last is the one that is served.

    Args:
        app: The server's application.
        store: Where the numbers are.
        live: The newest of everything.
        clock: Tells the time.
    """
    desk = Desk(store, live, clock)

    async def centre(request: Request) -> None:
        viewer = viewer_of(request.query_params, cookies=request.cookies, headers=request.headers)
        sight = await desk.look(viewer.period, viewer.zone)
        _dress(viewer)
        Page(desk, viewer).build(sight)

    # A server that was stopped in this process left its middleware, to which NiceGUI adds nothing, and its
    # visitors, whose pages would find themselves known again but nobody who keeps them up to date.
    core.app.middleware_stack = None
    core.app.user_middleware.clear()
    Client.instances.clear()
    app.mount(_STATIC_URL, StaticFiles(directory=_STATIC))
    ui.page("/", title="CityEdge", favicon=_STATIC / "favicon.svg")(centre)
    # No storage_secret: what a browser chose is in cookies of its own, so there is no session to sign.
    ui.run_with(app, title="CityEdge", dark=None, tailwind=False, show_welcome_message=False)


def _dress(viewer: Viewer) -> None:
    """Language, title, style and script of one visitor's page."""
    client = ui.context.client
    # The page object is shared by all visitors; the language is one visitor's own.
    client.page = copy.copy(client.page)
    client.page.language = "vi" if viewer.texts.language == "vi" else "en-US"
    client.title = viewer.texts("title")
    ui.add_head_html(_head(viewer.texts, viewer))


def _head(texts: Texts, viewer: Viewer) -> str:
    data = {
        "language": texts.language,
        "theme": viewer.theme,
        "lost": texts("offline_page"),
        "lost-cure": texts("offline_page_cure"),
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    return (
        f'<link rel="stylesheet" href="{_STATIC_URL}/page.css">'
        f'<script src="{_STATIC_URL}/page.js" {attributes}></script>'
    )
