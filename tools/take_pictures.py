"""Take the README's picture from a running site: tools/take_pictures.py [http://127.0.0.1:8000]

Needs the development environment (`make test` makes it) and Chromium.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "img" / "comparison.png"
PAGE = "/compare/us-28-point-draft...european-counterproposal/#armed-forces"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def main(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 820}, color_scheme="light")
        page.goto(site + PAGE)
        page.wait_for_timeout(500)  # fonts
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
