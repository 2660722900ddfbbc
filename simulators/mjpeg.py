"""An HTTP camera: motion JPEG as cheap network cameras serve it, and the truth beside it.

===================  =====================================================================================
``/``                a page that shows the picture
``/stream.mjpg``     ``multipart/x-mixed-replace``; each part has ``X-Timestamp``, Unix seconds of the frame
``/snapshot.jpg``    the newest frame
``/truth.json``      the truth so far
===================  =====================================================================================
"""

import json
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self, cast

from simulators.errors import AddressError
from simulators.feed import Feed, Shot

STREAM_PATH: Final = "/stream.mjpg"
_BOUNDARY: Final = "frame"
_WAIT_S: Final = 10.0
_PAGE: Final = (
    b"<!doctype html><meta charset=utf-8><title>simulated street</title>"
    b"<img src=stream.mjpg alt='the street'><p><a href=truth.json>truth so far</a>"
)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], feed: Feed, truth: Callable[[], dict[str, Any]]) -> None:
        self.feed = feed
        self.truth = truth
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    timeout = _WAIT_S

    def do_GET(self) -> None:
        """Answer one request; a client that hangs up is nobody's fault."""
        server = cast("_Server", self.server)
        try:
            match self.path.partition("?")[0]:
                case "/":
                    self._answer(_PAGE, "text/html; charset=utf-8")
                case "/truth.json":
                    self._answer(json.dumps(server.truth()).encode(), "application/json")
                case "/snapshot.jpg":
                    self._snapshot(server.feed)
                case path if path == STREAM_PATH:
                    self._stream(server.feed)
                case _:
                    self.send_error(HTTPStatus.NOT_FOUND, f"there is {STREAM_PATH}, /snapshot.jpg, /truth.json")
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _snapshot(self, feed: Feed) -> None:
        shot = feed.newer(-1, timeout_s=_WAIT_S)
        if shot is None:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE, "no picture yet, or none any more")
        else:
            self._answer(shot.jpeg, "image/jpeg")

    def _stream(self, feed: Feed) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        shot = feed.newer(-1, timeout_s=_WAIT_S)
        while shot is not None:
            self.wfile.write(_part(shot))
            shot = feed.newer(shot.number, timeout_s=_WAIT_S)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: a camera has no log."""


def _part(shot: Shot) -> bytes:
    head = (
        f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(shot.jpeg)}\r\n"
        f"X-Timestamp: {shot.captured.timestamp():.6f}\r\n\r\n"
    )
    return head.encode() + shot.jpeg + b"\r\n"


class MjpegServer:
    """Serves a feed until it is closed; a context manager.

    Args:
        host: Address to listen on.
        port: Port to listen on; any free one where 0.
        feed: The pictures.
        truth: Asked for the truth so far, from the server's threads.

    Raises:
        AddressError: The address is taken, or not of this machine.
    """

    def __init__(self, host: str, port: int, *, feed: Feed, truth: Callable[[], dict[str, Any]]) -> None:
        try:
            self._server = _Server((host, port), feed, truth)
        except OSError as error:
            raise AddressError(
                f"cannot listen on {host}:{port}: {error.strerror or error}",
                cure="Choose another port, or 0 for any that is free.",
            ) from error
        self._feed = feed
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="mjpeg", daemon=True)

    @property
    def url(self) -> str:
        """Where the camera is."""
        host, port = self._server.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._feed.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
