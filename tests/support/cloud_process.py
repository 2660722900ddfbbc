"""``cityedge cloud run`` as a process of its own: started, stopped and killed by a test."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from cityedge.paths import REPOSITORY
from tests.support.ports import free_port, wait_until_answers


class CloudProcess:
    """One cloud side.

    Args:
        folder: Where its configuration, store and log go.
        broker_port: The broker's, on this machine.
        store: The store's settings; an embedded one in the folder where None.
        http: Further settings of the API.

    Attributes:
        config: Its configuration file.
        http_port: Where its API answers.
    """

    def __init__(
        self,
        folder: Path,
        broker_port: int,
        *,
        store: Mapping[str, object] | None = None,
        http: Mapping[str, object] | None = None,
    ) -> None:
        self.config = folder / "cloud.yaml"
        self.http_port = free_port()
        self._log = folder / "cloud.log"
        self._process: subprocess.Popen[bytes] | None = None
        settings = {
            "broker": {"port": broker_port},
            "store": store or {"kind": "embedded", "path": str(folder / "store.duckdb")},
            "collector": {"batch_wait_s": 0.02},
            "http": {"port": self.http_port, **(http or {})},
        }
        # JSON is YAML.
        self.config.write_text(json.dumps(settings), encoding="utf-8")

    @property
    def log(self) -> str:
        """What it logged so far, over all its starts."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def start(self, *words: str) -> None:
        """Start it; returns when its API accepts connections."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cityedge", "cloud", "run", str(self.config), *words],
                cwd=REPOSITORY,
                stdout=log,
                stderr=log,
            )
        try:
            wait_until_answers(self.http_port, within_s=40.0)
        except TimeoutError:
            self.kill()
            raise AssertionError(f"the cloud side did not start:\n{self.log}") from None

    def stop(self) -> int:
        """Stop it as a service manager would; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self._process is not None
        return self._process.wait(timeout=30)

    def kill(self) -> None:
        """Kill it with signal 9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
