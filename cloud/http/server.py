"""The one HTTP server of the cloud side: the API and the operations centre, in a thread of its own."""

import logging
import socket
import ssl
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from cityedge import __version__
from cityedge.clock import Clock, SystemClock
from cityedge.errors import CityEdgeError
from cloud.http import problems
from cloud.http.api import PREFIX, make_api, make_probes
from cloud.http.guard import Guard, read_token
from cloud.live import LiveState
from cloud.page.mount import mount
from cloud.settings import HttpSettings
from cloud.types import Store

_log = logging.getLogger(__name__)

_START_WITHIN_S: Final = 15.0
_STOP_WITHIN_S: Final = 10.0
_LET_GO_S: Final = 2
"""Open connections are given so long when the server stops: pages hold theirs for ever."""
_BACKLOG: Final = 256


class HttpServer:
    """The server. One per process at a time: NiceGUI has one application.

    Args:
        settings: Where to listen, and who may come in.
        store: Where the numbers are.
        live: The newest of everything.
        clock: Tells the time.
    """

    def __init__(
        self, settings: HttpSettings, store: Store, live: LiveState, *, clock: Clock | None = None
    ) -> None:
        self._settings = settings
        self._store = store
        self._live = live
        self._clock = clock or SystemClock()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the page."""
        scheme = "https" if self._settings.cert_file else "http"
        host = self._settings.host
        named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - read, not bound
        return f"{scheme}://{named}:{self._settings.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve; returns when connections are accepted.

        Raises:
            CityEdgeError: The port is taken, the address is not of this machine, or a file cannot be used.
        """
        token_file = self._settings.access_token_file
        token = read_token(Path(token_file)) if token_file else None
        check_certificate(self._settings)
        listener = listen(self._settings)
        try:
            app = make_app(self._store, self._live, self._clock, token=token)
            self._server = uvicorn.Server(_uvicorn_config(self._settings, app))
            self._thread = threading.Thread(
                target=self._server.run, kwargs={"sockets": [listener]}, name="http", daemon=True
            )
            self._thread.start()
            self._wait_until_started()
        except BaseException:
            self.stop()
            listener.close()
            raise

    def stop(self) -> None:
        """Stop serving; returns when the thread has ended. Nothing where it does not run."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_STOP_WITHIN_S)
        if self._thread.is_alive():
            _log.warning("the HTTP server did not stop within %.0f s", _STOP_WITHIN_S)
        self._server = self._thread = None

    def _wait_until_started(self) -> None:
        assert self._server is not None  # noqa: S101 - by the only caller; tells mypy
        assert self._thread is not None  # noqa: S101 - as above
        deadline_s = time.monotonic() + _START_WITHIN_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline_s:
                raise CityEdgeError(f"the HTTP server did not start at {self.url}", cure="Look in the log.")
            time.sleep(0.01)


def make_app(store: Store, live: LiveState, clock: Clock, *, token: str | None) -> ASGIApp:
    """The application: API, probes and page, behind the guard.

    Args:
        store: Where the numbers are.
        live: The newest of everything.
        clock: Tells the time.
        token: What callers must carry; None lets everybody in.

    Returns:
        An ASGI application.
    """
    # FastAPI's own documentation pages load scripts from elsewhere: the description alone is served.
    app = FastAPI(
        title="CityEdge",
        summary="Counts you can defend, with their gaps.",
        description="Times are RFC 3339, UTC. Where an access token is set, send `Authorization: Bearer TOKEN`.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
    )
    problems.install(app)
    app.include_router(make_api(store, live, clock))
    app.include_router(make_probes(store, live, clock))
    mount(app, store=store, live=live, clock=clock)
    return Guard(app, token=token)


def listen(settings: HttpSettings) -> socket.socket:
    """A socket that listens where the settings say.

    Raises:
        CityEdgeError: The port is taken, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise CityEdgeError(
            f"http: cannot listen on {settings.host}:{settings.port}: {error.strerror}",
            cure="Stop what uses that port ('ss -ltnp' shows it), or set another 'http.port'.",
        ) from error
    return listener


def check_certificate(settings: HttpSettings) -> None:
    """Whether the certificate and its key can be used.

    Raises:
        CityEdgeError: They cannot be read, or do not belong together.
    """
    if settings.cert_file is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.cert_file, settings.key_file)
    except OSError as error:  # ssl.SSLError is one
        raise CityEdgeError(
            f"http.cert_file: {settings.cert_file} with key {settings.key_file} cannot be used: {error}",
            cure="Both must be PEM, belong together, and be readable by this user.",
        ) from error


def _uvicorn_config(settings: HttpSettings, app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        ssl_certfile=settings.cert_file,
        ssl_keyfile=settings.key_file,
        timeout_graceful_shutdown=_LET_GO_S,
        lifespan="on",
    )
