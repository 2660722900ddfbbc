"""One InfluxDB over HTTP: which one it is, questions, and writes by the way that it understands."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import urllib3

from cityedge.errors import ConfigError
from cloud.errors import QueryError, StoreBusyError
from cloud.settings import InfluxStoreSettings
from cloud.store import influx_outcome, influxql

_VERSION: Final = re.compile(r"v?(\d+)\.(\d+)")
_FIRST_WITH_V2_WRITE: Final = (1, 8)
_AT_FAULT: Final = 400


class Writer(Protocol):
    """A way to write points."""

    def write(self, lines: bytes) -> None:
        """Write lines; raises as :func:`cloud.store.influx_outcome.check` does."""
        ...


@dataclass(frozen=True)
class Version:
    """What a server says that it is.

    Attributes:
        text: In its own words; empty where it does not say.
        number: Major and minor; (0, 0) where it does not say.
    """

    text: str
    number: tuple[int, int]

    @property
    def is_first(self) -> bool:
        """Whether it is one of the 1.x, where databases are made with InfluxQL."""
        return self.number[0] == 1

    @property
    def needs_old_write(self) -> bool:
        """Whether it is older than ``/api/v2/write``."""
        return self.is_first and self.number < _FIRST_WITH_V2_WRITE


def version_of(text: str) -> Version:
    """A version from what a server calls itself, for example ``1.6.7~rc0`` or ``v2.7.1``."""
    match = _VERSION.match(text)
    return Version(text, (int(match[1]), int(match[2])) if match else (0, 0))


def read_token(settings: InfluxStoreSettings) -> str | None:
    """The token, or ``user:password``, that the settings' file holds; None where they name no file.

    Raises:
        ConfigError: The file cannot be read.
    """
    if settings.token_file is None:
        return None
    try:
        return Path(settings.token_file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(
            [f"store.token_file: '{settings.token_file}' cannot be read: {error.strerror}"]
        ) from error


class InfluxServer:
    """Speaks HTTP with one server; any thread may.

    Args:
        settings: Where it is.
        token: As :func:`read_token` gives it.
    """

    def __init__(self, settings: InfluxStoreSettings, token: str | None) -> None:
        self._settings = settings
        self._url = settings.url.rstrip("/")
        self._headers = _authorization(token)
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(settings.timeout_s), retries=False, maxsize=4)

    def version(self) -> Version:
        """Ask it what it is.

        Raises:
            StoreBusyError: It does not answer.
        """
        ping = self._request("GET", "/ping")
        text = ping.headers.get("X-Influxdb-Version") or _version_in(ping.data)
        if not text:
            text = _version_in(self._request("GET", "/health").data)
        return version_of(text)

    def ask(self, question: str, *, method: str = "GET") -> Mapping[str, Any]:
        """Run InfluxQL.

        Args:
            question: One statement.
            method: ``POST`` for a statement that changes something.

        Returns:
            The answer's JSON.

        Raises:
            QueryError: The server does not understand the question.
            StoreBusyError: It cannot answer now, or not to us.
        """
        asked = urlencode({"db": self._settings.database, "q": question, "epoch": "ns"})
        response = self._request(method, f"/query?{asked}")
        said = response.data.decode("utf-8", "replace")
        try:
            body = json.loads(said)
        except ValueError:
            body = {"error": f"{response.status} {said[:200]}"}
        wrong = influxql.error_of(body)
        if wrong and response.status == _AT_FAULT:
            raise QueryError(f"{self._url} does not understand the question: {wrong}")
        if wrong or response.status > _AT_FAULT:
            raise StoreBusyError(f"{self._url} does not answer: {response.status} {wrong or said[:200]}")
        return dict(body)

    def write(self, lines: bytes) -> None:
        """Write lines to ``/write``, the way of 1.6 and 1.7.

        Raises:
            StoreBusyError: Try again later.
            TooLargeError: Send less at once.
            BadPointsError: Some point is bad.
        """
        # The precision is always said: 'us' would silently be read as nanoseconds, 'ns' is not known here.
        told = urlencode({"db": self._settings.database, "precision": "n"})
        response = self._request("POST", f"/write?{told}", body=lines)
        influx_outcome.check(
            response.status,
            response.data.decode("utf-8", "replace"),
            retry_after=response.headers.get("Retry-After"),
            where=self._url,
        )

    def close(self) -> None:
        """Let the connections go."""
        self._pool.clear()

    def _request(self, method: str, path: str, *, body: bytes | None = None) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(method, self._url + path, body=body, headers=self._headers)
        except urllib3.exceptions.HTTPError as error:
            raise StoreBusyError(f"{self._url} cannot be reached: {error}") from error


def _authorization(token: str | None) -> dict[str, str]:
    if token is None:
        return {}
    if ":" in token:
        return {"Authorization": "Basic " + base64.b64encode(token.encode()).decode()}
    return {"Authorization": f"Token {token}"}


def _version_in(body: bytes) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("version", "")) if isinstance(said, dict) else ""
