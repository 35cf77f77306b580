"""How large the page of the report is, and how soon it is there, beside an earlier one.

The page is that of the latest edition as `make report` leaves it; the earlier one is the file that
the environment variable `EARLIER_PAGE` names, such as that of version 0.2.0, made by `make report`
in a worktree of it. Both are opened in turn in the machine's Chromium, for it is never equally busy
for long, and the least time counts, to which other work has added least. Nothing is measured if the
browser or the page is not there.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from analysis.editions import load
from analysis.publish.folders import report_files

EARLIER = "EARLIER_PAGE"
TURNS = 9
LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    report = report_page()
    if shutil.which("chromium") is None or not report.is_file():
        return
    pages = {"page": report}
    if os.environ.get(EARLIER):
        pages["earlier_page"] = Path(os.environ[EARLIER])
    for name, path in pages.items():
        yield f"{name}_size", path.stat().st_size / 1e6, "MB"
    times = loading_times(pages)
    for name, found in times.items():
        yield f"{name}_loaded", min(found), "ms"
    if "earlier_page" in times:
        least = [min(times[name]) for name in ("page", "earlier_page")]
        yield "page_loaded_in_part_of_earlier", 100 * least[0] / least[1], "%"


def report_page() -> Path:
    """The HTML of the latest edition's report."""
    edition = load()
    return edition.root / report_files(edition)[0]


def loading_times(pages: dict[str, Path], turns: int = TURNS) -> dict[str, list[float]]:
    """Milliseconds until the content of each page is there, in every turn."""
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(turns):
            for name, path in pages.items():
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(path.resolve().as_uri())
                times[name].append(page.evaluate(LOADED))
                page.close()
        browser.close()
    return times
