"""A sample report that uses every element of the dialect, prepared once for all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.publish.notebooks import execution
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.prerender import prerender

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
