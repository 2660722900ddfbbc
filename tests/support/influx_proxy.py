"""Stands between a store and a real InfluxDB 1.6: speaks as a newer server does, or says no where a test wants it.

No InfluxDB 2 or 3 can be had from Debian, so the path of influxdb-client (``/api/v2/write``) is proven on the real
1.6 behind this.
"""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit


@dataclass(frozen=True)
class Refusal:
    """What the next write is answered with instead of being passed on.

    Attributes:
        status: HTTP status.
        body: What it says.
        headers: Further headers.
    """

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class InfluxProxy(ThreadingHTTPServer):
    """The proxy.

    Args:
        upstream_port: Of the real server, on this machine.
        version: What it says that it is.

    Attributes:
        refusals: Answers for the next writes, one each; the writes after them are passed on.
        writes: The parameters of every write to ``/api/v2/write``, refused ones included.
        tokens: What each of them carried as authorization.
    """

    daemon_threads = True

    def __init__(self, upstream_port: int, *, version: str = "1.8.10") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream_port = upstream_port
        self.version = version
        self.refusals: deque[Refusal] = deque()
        self.writes: list[Mapping[str, str]] = []
        self.tokens: list[str] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: InfluxProxy

    def do_GET(self) -> None:
        self._pass_on(self.path, None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = urlsplit(self.path)
        if url.path != "/api/v2/write":
            self._pass_on(self.path, body)
            return
        asked = {name: values[-1] for name, values in parse_qs(url.query).items()}
        self.server.writes.append(asked)
        self.server.tokens.append(self.headers.get("Authorization", ""))
        if self.server.refusals:
            refusal = self.server.refusals.popleft()
            self._send(refusal.status, refusal.body.encode(), refusal.headers)
        else:
            told = urlencode({"db": asked["bucket"], "precision": asked["precision"][0]})
            self._pass_on(f"/write?{told}", body)

    def _pass_on(self, path: str, body: bytes | None) -> None:
        upstream = HTTPConnection("127.0.0.1", self.server.upstream_port, timeout=10)
        try:
            upstream.request(self.command, path, body=body or None)
            answer = upstream.getresponse()
            headers = {"X-Influxdb-Version": self.server.version} if path == "/ping" else {}
            self._send(answer.status, answer.read(), headers)
        finally:
            upstream.close()

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing."""
