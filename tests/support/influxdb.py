"""A real InfluxDB 1.6 on ports of its own: started, stopped, killed and started again by a test."""

import os
import shutil
import subprocess
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.ports import free_port
from tests.support.waiting import wait_for

_CONFIG = """
reporting-disabled = true
bind-address = "127.0.0.1:{rpc_port}"
[meta]
  dir = "{folder}/meta"
[data]
  dir = "{folder}/data"
  wal-dir = "{folder}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[http]
  bind-address = "127.0.0.1:{port}"
  log-enabled = false
  auth-enabled = {auth}
  max-body-size = {max_body_bytes}
"""


class InfluxDb:
    """One server.

    Args:
        folder: Where its configuration, log and data go; a test's ``tmp_path`` will do.
        max_body_bytes: Larger writes are answered with 413.
        auth: Ask for a user; make the first with ``CREATE USER … WITH ALL PRIVILEGES``.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, folder: Path, *, max_body_bytes: int = 25_000_000, auth: bool = False) -> None:
        self.port = free_port()
        self._folder = folder / f"influxdb-{self.port}"
        self._folder.mkdir(parents=True)
        self._config = self._folder / "influxdb.conf"
        self._log = self._folder / "influxdb.log"
        self._process: subprocess.Popen[bytes] | None = None
        text = _CONFIG.format(
            folder=self._folder,
            port=self.port,
            rpc_port=free_port(),
            auth=str(auth).lower(),
            max_body_bytes=max_body_bytes,
        )
        self._config.write_text(text, encoding="utf-8")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and return when it answers; nothing where it runs already."""
        if self._process is not None:
            return
        program = shutil.which("influxd")
        if program is None:
            raise FileNotFoundError("influxd is not installed: apt-get install influxdb")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [program, "run", "-config", str(self._config)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "HOME": str(self._folder)},
            )
        wait_for(self._answers, within_s=20.0, what=f"influxd to answer; its log is {self._log}")

    def kill(self) -> None:
        """Kill it with signal 9: a test's data needs no good-bye."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/ping")
            return connection.getresponse().status == HTTPStatus.NO_CONTENT
        except OSError:
            return False
        finally:
            connection.close()
