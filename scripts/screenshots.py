"""Takes the pictures of README.md from a running demo: ``make screenshots``.

Only charts and figures are photographed; no camera's picture is on any page.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

_ROOT: Final = Path(__file__).resolve().parents[1]
_PICTURES: Final = _ROOT / "docs" / "pictures"
_ADDRESS: Final = "http://127.0.0.1:8080"
_STARTS_WITHIN_S: Final = 60.0
_RUNS_S: Final = 180
"""Long enough for the chart to have something to show."""
_STOPS_WITHIN_S: Final = 60.0


def main() -> int:
    """Take them.

    Returns:
        0 taken, 1 the demo or the browser did not start.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("screenshots: there is no Chromium on this machine", file=sys.stderr)
        return 1
    with _demo():
        if not _answers():
            print(f"screenshots: the demo's page did not answer on {_ADDRESS}", file=sys.stderr)
            return 1
        print(f"screenshots: letting the demo count for {_RUNS_S} s …", file=sys.stderr)
        time.sleep(_RUNS_S)
        _photograph(browser)
    return 0


@contextmanager
def _demo() -> Iterator[None]:
    words = [sys.executable, "-m", "cityedge", "demo", "--headless", "--duration", str(_RUNS_S * 4)]
    process = subprocess.Popen(words, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=_STOPS_WITHIN_S)


def _answers() -> bool:
    deadline_s = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline_s:
        try:
            with urlopen(_ADDRESS, timeout=5):
                return True
        except (URLError, OSError):
            time.sleep(0.5)
    return False


def _photograph(browser: str) -> None:
    _PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.goto(_ADDRESS)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(3_000)  # charts draw themselves in
        path = _PICTURES / "operations-centre.png"
        page.screenshot(path=path)
        chromium.close()
    print(f"screenshots: {path.relative_to(_ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
