"""How much the explorer adds to the HTML, and how soon it answers a first change of a weight.

Measured in the machine's Chromium on the report of the latest edition; nothing if either is not
there.
"""

import shutil
from collections.abc import Iterator

from benchmarks.command import ROOT
from benchmarks.page import report_page

SNIPPET = ROOT / "_build" / "explorer.html"
CHANGE = """() => {
  const slider = document.getElementById("explorer-domains-0");
  const start = performance.now();
  slider.value = 4;
  slider.dispatchEvent(new Event("input"));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    report = report_page()
    program = shutil.which("chromium")
    if program is None or not report.is_file():
        return
    from playwright.sync_api import sync_playwright

    yield "explorer_adds", SNIPPET.stat().st_size / 1000, "kB"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(report.as_uri())
        page.wait_for_timeout(1000)
        yield "explorer_first_interaction", page.evaluate(CHANGE), "ms"
        browser.close()
