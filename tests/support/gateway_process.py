"""``cityedge edge run`` in a process of its own, as a service manager runs it."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from cityedge.paths import REPOSITORY
from tests.support.waiting import wait_for


class GatewayProcess:
    """A running agent.

    Args:
        config: Its configuration; the log goes beside it.
        options: Further words of the command.
        environment: Variables beside those of the test.
    """

    def __init__(self, config: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
        self._log = config.with_suffix(".log")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cityedge", "edge", "run", str(config), *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=REPOSITORY,
                env={**os.environ, **(environment or {})},
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def log(self) -> str:
        """What it logged so far."""
        return self._log.read_text(encoding="utf-8")

    def wait_for_log(self, text: str, *, within_s: float = 60.0) -> None:
        """Return when it has logged this.

        Raises:
            AssertionError: It ended before.
        """

        def said() -> bool:
            if text in self.log:
                return True
            assert self._process.poll() is None, f"it ended with {self._process.returncode}:\n{self.log}"
            return False

        wait_for(said, within_s=within_s, what=f"'{text}' in:\n{self.log}")

    def wait(self, *, within_s: float = 60.0) -> int:
        """Its exit code, when it has ended by itself."""
        return self._process.wait(timeout=within_s)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as a service manager does. Returns its exit code."""
        self._process.send_signal(how)
        return self.wait()

    def kill(self) -> None:
        """Kill it with signal 9; nothing where it has ended."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(timeout=10)
