"""Whether anybody is kept out of the finished pages: rules of accessibility, and the keyboard.

Looked at are the pages of the latest edition as `make site` leaves them, wide and as narrow as a
phone, light and dark. Nothing is measured of pages that are not there, or without the browser.
"""

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analysis.editions import load
from analysis.publish.folders import output_folder
from benchmarks.keyboard import longest_stretch, stops

PAGES = (
    "report.html", "site/index.html", "site/explorer.html", "site/cities/440300.html",
    "site/dictionary.html", "site/checklist.html", "site/notebooks/05_regions.html",
)  # fmt: skip
WIDTHS, MODES = (1280, 400), ("light", "dark")
# What a reader has not come to yet is not laid out; it is to be looked at all the same.
WHOLE = "main div.quarto-float { content-visibility: visible !important }"


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    edition = load()
    folder = edition.root / output_folder(edition)
    there = [name for name in PAGES if (folder / name).is_file()]
    if not there or shutil.which("chromium") is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name in there:
            stem = Path(name).stem
            yield f"{stem}_violations", violations(browser, folder / name), "rules"
            for width in WIDTHS:
                lost, longest = keyboard(browser, folder / name, width)
                yield f"{stem}_{width}_focus_lost", lost, "stops"
                yield f"{stem}_{width}_to_next_section", longest, "stops"
        browser.close()


def violations(browser: Browser, path: Path) -> int:
    """Rules of axe-core that a page breaks, over all widths and modes."""
    from axe_playwright_python.sync_playwright import Axe

    broken = 0
    for width, mode in product(WIDTHS, MODES):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=mode)
        page.goto(path.resolve().as_uri())
        page.add_style_tag(content=WHOLE)
        broken += len(Axe().run(page).response["violations"])
        page.close()
    return broken


def keyboard(browser: Browser, path: Path, width: int) -> tuple[int, int]:
    """Stops at which the focus is not to be seen, and the most from a section to the next."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.resolve().as_uri())
    page.wait_for_timeout(500)
    walk = list(stops(page))
    page.close()
    return sum(stop.lost for stop in walk), longest_stretch(walk)[0]
