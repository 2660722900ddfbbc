"""A real Mosquitto broker on a port of its own: started, stopped, killed and started again by a test.

Example::

    with Mosquitto(tmp_path) as broker:
        settings = BrokerSettings(port=broker.port)
        broker.kill()     # kill -9
        broker.start()    # the same port
"""

import getpass
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.certificates import TlsFiles
from tests.support.ports import free_port, wait_until_answers


class Mosquitto:
    """One broker.

    Args:
        folder: Where its configuration, log and database go; a test's ``tmp_path`` will do.
        port: Where it listens; a free one where None.
        persistence: Keep sessions and retained messages over :meth:`restart` (not over :meth:`kill`, which
            leaves what was saved last).
        tls: Listen with TLS under this certificate, and ask clients for theirs where ``client_cert_needed``.
        client_cert_needed: Mutual TLS.
        users: Names and passwords; anybody may connect where None.
        extra: Further lines for its configuration, for example ``max_inflight_messages 5``.

    Attributes:
        port: Where it listens.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        persistence: bool = False,
        tls: TlsFiles | None = None,
        client_cert_needed: bool = False,
        users: Mapping[str, str] | None = None,
        extra: Sequence[str] = (),
    ) -> None:
        self.port = port or free_port()
        self._folder = folder / f"mosquitto-{self.port}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._log = self._folder / "broker.log"
        self._config = self._folder / "mosquitto.conf"
        self._process: subprocess.Popen[bytes] | None = None
        lines = [f"listener {self.port} 127.0.0.1", f"user {getpass.getuser()}", "log_type all"]
        lines += _persistence_lines(self._folder) if persistence else []
        lines += _tls_lines(tls, client_cert_needed=client_cert_needed) if tls else []
        lines += _user_lines(self._folder, users) if users else ["allow_anonymous true"]
        self._config.write_text("\n".join([*lines, *extra, ""]), encoding="utf-8")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def log(self) -> str:
        """What it logged so far, over all its starts."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Start it and return when it accepts connections; nothing where it runs already."""
        if self._process is not None:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [_program(), "-c", str(self._config)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        try:
            wait_until_answers(self.port)
        except TimeoutError:
            self.kill()
            raise AssertionError(f"mosquitto did not start:\n{self.log}") from None

    def stop(self) -> None:
        """Stop it as a service manager would; with ``persistence`` it saves what it holds."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None

    def kill(self) -> None:
        """Kill it with signal 9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def restart(self) -> None:
        """Stop it and start it again on the same port."""
        self.stop()
        self.start()


def _program() -> str:
    # Debian puts it where only root's PATH looks.
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise FileNotFoundError("mosquitto is not installed: apt-get install mosquitto")
    return found


def _persistence_lines(folder: Path) -> list[str]:
    return ["persistence true", f"persistence_location {folder}/", "autosave_interval 1"]


def _tls_lines(tls: TlsFiles, *, client_cert_needed: bool) -> list[str]:
    lines = [f"cafile {tls.ca_file}", f"certfile {tls.server_cert_file}", f"keyfile {tls.server_key_file}"]
    return [*lines, "require_certificate true"] if client_cert_needed else lines


def _user_lines(folder: Path, users: Mapping[str, str]) -> list[str]:
    passwords = folder / "passwords"
    passwords.write_text("".join(f"{name}:{word}\n" for name, word in users.items()), encoding="utf-8")
    subprocess.run(["mosquitto_passwd", "-U", str(passwords)], check=True, capture_output=True)
    return ["allow_anonymous false", f"password_file {passwords}"]
