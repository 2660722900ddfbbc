"""Writes to ``/api/v2/write`` (InfluxDB 1.8, 2.x, 3) through influxdb-client, in its synchronous mode.

Its batching mode is not used: it drops batches after some minutes without the server, and tells only a callback.
"""

from typing import Any, Final

import urllib3
from influxdb_client import InfluxDBClient, WritePrecision
from influxdb_client.client.write_api import SYNCHRONOUS
from influxdb_client.rest import ApiException

from cloud.errors import StoreBusyError
from cloud.settings import InfluxStoreSettings
from cloud.store import influx_outcome

_NO_ORG: Final = "-"
"""Servers that know no organisations still want a word there."""


class ClientWriter:
    """A :class:`cloud.store.influx_server.Writer`.

    Args:
        settings: Where the server is.
        token: The token, or ``user:password`` for 1.8.
    """

    def __init__(self, settings: InfluxStoreSettings, token: str | None) -> None:
        self._settings = settings
        self._org = settings.org or _NO_ORG
        self._client: Any = InfluxDBClient(
            url=settings.url,
            token=token or "",
            org=self._org,
            timeout=int(settings.timeout_s * 1000),
        )
        self._api: Any = self._client.write_api(write_options=SYNCHRONOUS)

    def write(self, lines: bytes) -> None:
        """Write lines.

        Raises:
            StoreBusyError: Try again later.
            TooLargeError: Send less at once.
            BadPointsError: Some point is bad.
        """
        try:
            self._api.write(
                bucket=self._settings.database,
                org=self._org,
                record=lines,
                write_precision=WritePrecision.NS,
            )
        except ApiException as error:
            influx_outcome.check(
                error.status or 0,
                _text(error.body or error.reason or ""),
                retry_after=(error.headers or {}).get("Retry-After"),
                where=self._settings.url,
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise StoreBusyError(f"{self._settings.url} cannot be reached: {error}") from error

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()


def _text(said: str | bytes) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
