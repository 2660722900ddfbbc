"""Takes the README's pictures of a running operations centre: ``python scripts/screenshots.py --url URL``."""

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, sync_playwright

IMAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        name: File name.
        query: What the address asks for.
        width_px: Width of the window.
        height_px: Its height.
    """

    name: str
    query: str
    width_px: int
    height_px: int


SHOTS: Final = (
    Shot("operations-centre.png", "lang=en&theme=light", 1440, 900),
    Shot("operations-centre-vi.png", "lang=vi&theme=dark", 1440, 900),
    Shot("operations-centre-phone.png", "lang=en&theme=light", 390, 844),
)


def main() -> int:
    """Take all pictures.

    Returns:
        0 when they are written, 1 when the page did not answer.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="where the operations centre runs")
    parser.add_argument("--range", default="15min", choices=("15min", "1h", "24h", "today"), help="what it shows")
    parser.add_argument("--zone", default="Asia/Ho_Chi_Minh", help="time zone of the browser")
    parser.add_argument("--folder", type=Path, default=IMAGES, help="where the pictures go")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        try:
            for shot in SHOTS:
                _take(browser, shot, f"{args.url}/?{shot.query}&range={args.range}", args.zone, args.folder)
        except Error as error:
            print(f"screenshots: {error.message}", file=sys.stderr)
            return 1
        finally:
            browser.close()
    return 0


def _take(browser: Browser, shot: Shot, url: str, zone: str, folder: Path) -> None:
    size = {"width": shot.width_px, "height": shot.height_px}
    page = browser.new_page(viewport=size, timezone_id=zone, locale="en-GB")  # type: ignore[arg-type]
    page.goto(url)
    # The chart comes last; then one more second for the numbers of the newest window.
    page.wait_for_selector("[data-testid=chart] canvas")
    page.wait_for_timeout(1_500)
    page.screenshot(path=folder / shot.name)
    page.close()
    print(folder / shot.name)


if __name__ == "__main__":
    raise SystemExit(main())
