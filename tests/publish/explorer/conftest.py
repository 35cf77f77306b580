"""What the tests of the explorer open in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from conftest import cleaned_to
from playwright.sync_api import Error, Page

from analysis.editions import ROOT, Edition
from analysis.publish.explorer import build

from ..site_project import REPORT

STYLE = ROOT / "theme" / "report.css"
PLACEHOLDER = '<div id="explorer"><p>A sentence.</p></div>'


def page_of(data: dict, folder: Path, place: str = PLACEHOLDER) -> str:
    """A page with the place of the explorer and the explorer, as a file address."""
    head = f"<title>Explorer</title><style>{STYLE.read_text('utf8')}</style>"
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body><main><h1>Cities</h1>{place}</main>{build.explorer_html(data)}</body></html>"
    )
    path = folder / "page.html"
    path.write_text(text, "utf8")
    return path.as_uri()


def calculated(tab: Page, ask: str, *values: object) -> object:
    """What the scripts below the view make of values, which `ask` calls ``a``, ``b`` …"""
    names = ", ".join("abc"[: len(values)])
    scripts = [name for name in build.SCRIPTS if name != "view.js"]
    code = "\n".join((build.FOLDER / name).read_text("utf8") for name in scripts)
    return tab.evaluate(f"([{names}]) => {{ {code}\n return {ask}; }}", list(values))


def all_lines(page: Page) -> None:
    """Wait until the lines out of sight are there too."""
    page.wait_for_timeout(60)


def with_report(edition: Edition) -> Edition:
    """An edition below a temporary folder, which is given a report."""
    (edition.root / "_quarto.yml").write_text("project: {render: [report.qmd]}\n")
    (edition.root / "report.qmd").write_text(REPORT)
    return edition


@pytest.fixture(scope="session")
def data(real: Edition, real_cells: pd.DataFrame) -> dict:
    """The data of edition 2020: read only."""
    with cleaned_to(real_cells):
        return build.explorer_data(real)


@pytest.fixture(scope="session")
def address(data: dict, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with all cities."""
    return page_of(data, tmp_path_factory.mktemp("explorer"))


@pytest.fixture
def page(tab: Page, address: str) -> Iterator[Page]:
    """That page, opened anew; a script that fails fails the test."""
    failures: list[str] = []

    def note(error: Error) -> None:
        failures.append(str(error))

    tab.on("pageerror", note)
    tab.goto(address)
    all_lines(tab)
    yield tab
    tab.remove_listener("pageerror", note)
    assert failures == []
