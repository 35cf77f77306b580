"""A sample report that uses every element of the dialect, and a browser to show pages in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.publish.notebooks import execution
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.prerender import prerender

from .browser import chromium

TESTS = Path(__file__).parents[1]
PARAMETERS = {"edition": "2020", "language": "en"}


def copy_sample(target: Path) -> Path:
    shutil.copytree(TESTS / "fixtures" / "sample_report", target, dirs_exist_ok=True)
    shutil.copytree(TESTS.parent / "theme", target / "theme", dirs_exist_ok=True)
    return target


@pytest.fixture(scope="session", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package whose code tests may change; notebooks are executed again when it changes."""
    folder = tmp_path_factory.mktemp("package")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execution, "PACKAGE", folder)
        yield folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after the pre-render step: read it, never write to it."""
    root = copy_sample(tmp_path_factory.mktemp("sample"))
    prerender(root, "2020", PARAMETERS)
    return root


@pytest.fixture(scope="session")
def rendered(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, rendered by the embedded renderer: read it, never write to it."""
    root = tmp_path_factory.mktemp("rendered")
    shutil.copytree(prepared, root, dirs_exist_ok=True)
    render_embedded(root)
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: two at once in one process would be in each other's way."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def only_tab(browser: Browser) -> Page:
    """One tab for a module: to open another takes a browser longer than to show what is in it."""
    return browser.new_page()


@pytest.fixture
def tab(only_tab: Page) -> Page:
    """That tab as if it were new: empty, on a screen as wide as a desk, by daylight."""
    only_tab.goto("about:blank")
    only_tab.set_viewport_size({"width": 1280, "height": 900})
    only_tab.emulate_media(media="screen", color_scheme="light")
    return only_tab


@pytest.fixture
def sample(prepared: Path, tmp_path: Path) -> Path:
    """A prepared copy of the sample that a test may change."""
    shutil.copytree(prepared, tmp_path / "sample")
    return tmp_path / "sample"


@pytest.fixture
def write_body(sample: Path):
    """Replace what follows the front matter of the sample's report."""

    def write(body: str) -> Path:
        path = sample / "report.qmd"
        front = path.read_text("utf8").split("---\n")[1]
        path.write_text(f"---\n{front}---\n{body}", "utf8")
        return sample

    return write
