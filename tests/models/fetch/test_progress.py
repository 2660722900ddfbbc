"""Showing progress."""

import io

from models.fetch.progress import Progress


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_now_and_then() -> None:
    log = io.StringIO()
    progress = Progress(log)

    progress.step("fetching x")
    for done in range(1001):
        progress.bytes_done(done * 10_000, 10_000_000)

    lines = log.getvalue().splitlines()
    assert lines[0] == "fetching x"
    assert [line.split()[-1] for line in lines[1:]] == ["20%", "40%", "60%", "80%", "100%"]
    assert lines[-1].split()[:2] == ["10.0", "of"]


def test_a_terminal_gets_one_line_that_changes() -> None:
    terminal = Terminal()
    progress = Progress(terminal)

    progress.bytes_done(5_000_000, 10_000_000)
    progress.step("converting")

    assert terminal.getvalue() == "\r     5.0 of 10.0 MB   50%\nconverting\n"


def test_a_terminal_is_not_written_to_for_every_byte() -> None:
    terminal = Terminal()
    progress = Progress(terminal)

    for done in range(1000):
        progress.bytes_done(done, 1000)

    assert terminal.getvalue().count("\r") < 20


def test_quiet_says_nothing() -> None:
    progress = Progress(None)

    progress.step("fetching")
    progress.bytes_done(1, 2)
    progress.finish()
