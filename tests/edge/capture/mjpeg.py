"""A real HTTP camera for tests: MJPEG as most cameras send it, from a thread."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.edge.capture.clips import jpegs


class _Camera(ThreadingHTTPServer):
    daemon_threads = True
    login: str | None = None
    frames = 600
    interval_s = 0.05

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.switched_off = threading.Event()
        self.silent_from: int | None = None
        self.damaged: frozenset[int] = frozenset()


class _Handler(BaseHTTPRequestHandler):
    server: _Camera

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send the stream, if the address and the login are right."""
        if self.path == "/page":
            self._page()
        elif not self.path.startswith("/stream"):
            self.send_error(404)
        elif self.server.login not in {None, self.headers.get("Authorization")}:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.end_headers()
        else:
            self._stream()

    def _page(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><body>Welcome to your camera</body></html>" * 100)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for number, jpeg in enumerate(jpegs(self.server.frames)):
            if self.server.switched_off.wait(self.server.interval_s):
                return
            while self.server.silent_from is not None and number >= self.server.silent_from:
                if self.server.switched_off.wait(self.server.interval_s):
                    return
            body = jpeg[:40] if number in self.server.damaged else jpeg
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
            try:
                self.wfile.write(head.encode() + body + b"\r\n")
            except OSError:
                return


class MjpegCamera:
    """A camera at :attr:`url` that sends 20 numbered pictures a second."""

    def __init__(self, server: _Camera) -> None:
        self._server = server

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """The stream's address."""
        return f"http://127.0.0.1:{self.port}/stream"

    def fall_silent(self, *, after: int = 0) -> None:
        """Send nothing more, and yet hold the line; ``after`` so many pictures of a stream."""
        self._server.silent_from = after

    def speak_again(self) -> None:
        """Send pictures again, also to those who are still there."""
        self._server.silent_from = None

    def hang_up(self) -> None:
        """End every running stream."""
        self._server.switched_off.set()

    def damage(self, numbers: range) -> None:
        """Send pictures with these numbers cut short."""
        self._server.damaged = frozenset(numbers)


@contextmanager
def mjpeg_camera(*, login: tuple[str, str] | None = None) -> Iterator[MjpegCamera]:
    """A camera that is switched on, and off at the end."""
    server = _Camera()
    if login is not None:
        server.login = "Basic " + base64.b64encode(":".join(login).encode()).decode()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield MjpegCamera(server)
    finally:
        server.switched_off.set()
        server.shutdown()
        server.server_close()
        thread.join()
