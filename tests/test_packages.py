"""What is installed: every package that is imported, no other, the same for everyone."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml

from analysis.editions import ROOT
from analysis.figures.font_files import SOURCES
from analysis.publish.report.quarto import OLDEST

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
# Declared and yet imported nowhere here: by whom they are used instead.
USED_BY_OTHERS = {
    "brotli": "fontTools, to write woff2",
    "coverage": "pytest-cov",
    "frictionless": "a test, as a program",
    "matplotlib-inline": "kernels, by the name of a backend",
    "mypy": "make check",
    "pytest-cov": "make test",
    "pytest-xdist": "make test",
    "ruff": "make check",
    "seaborn": "nobody yet",
    "types-pyyaml": "mypy",
    "uv": "make, to install all others",
}
# What decides how pages and figures look.
DRAWN_WITH = ("matplotlib", "typst", "pypandoc-binary", "fontpkg-fira-sans", "pylopdf-fonts-zh-cn")


def canonical(requirement: str) -> str:
    """The name in a requirement, in the form in which names are compared."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def declared(*places: list) -> set[str]:
    return {canonical(item) for place in places for item in place if isinstance(item, str)}


def imported(code: str) -> set[str]:
    """Top-level names of the modules that a piece of code imports, at the top or late."""
    nodes = list(ast.walk(ast.parse(code)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    others = {
        node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    }
    return {name.partition(".")[0] for name in plain | others}


def distributions(folders: list[str]) -> set[str]:
    """Packages from outside that the modules and notebooks below `folders` import."""
    helpers = {path.stem for path in (ROOT / "tests").iterdir()}
    own = {"analysis", "benchmarks", "tests", *helpers, *sys.stdlib_module_names}
    names: set[str] = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            names |= imported(path.read_text("utf8"))
        for path in (ROOT / folder).glob("*.ipynb"):
            for cell in json.loads(path.read_text("utf8"))["cells"]:
                if cell["cell_type"] == "code":
                    names |= imported("".join(cell["source"]))
    providers = packages_distributions()
    fonts = {source.package for source in SOURCES.values()}
    return {canonical(providers.get(name, [name])[0]) for name in names - own} | fonts


BASE = declared(PROJECT["project"]["dependencies"])
EXTRAS = declared(*PROJECT["project"]["optional-dependencies"].values())
GROUPS = declared(*PROJECT["dependency-groups"].values())


def test_every_package_that_is_imported_is_declared():
    assert distributions(["analysis", "notebooks"]) - BASE - EXTRAS == set()
    assert distributions(["tests", "benchmarks"]) - BASE - EXTRAS - GROUPS == set()


def test_every_package_that_is_declared_is_imported():
    assert BASE - distributions(["analysis", "notebooks"]) - set(USED_BY_OTHERS) == set()
    assert (
        GROUPS - distributions(["analysis", "tests", "benchmarks"]) - set(USED_BY_OTHERS) == set()
    )


def test_what_the_look_depends_on_is_pinned():
    pins = {canonical(item): item for item in PROJECT["project"]["dependencies"]}
    assert [name for name in DRAWN_WITH if not re.search(r"[=~]=\d", pins[name])] == []


def locked(name: str) -> set[str]:
    """Names with versions in a lock file."""
    text = (ROOT / name).read_text("utf8")
    return set(re.findall(r"^([\w.-]+==\S+)", text, re.MULTILINE))


def test_the_lock_of_a_reader_holds_what_rendering_needs_and_not_what_tests_need():
    names = {canonical(pin) for pin in locked("requirements.lock")}
    assert BASE | {"uv"} <= names
    assert (GROUPS - BASE - {"uv"}) & names == set()


def test_tests_run_with_the_very_versions_of_a_reader():
    assert locked("requirements.lock") <= locked("requirements-dev.lock")
    assert {canonical(pin) for pin in locked("requirements-dev.lock")} >= GROUPS


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_its_hashes(name):
    entries = re.split(r"^(?=\w)", (ROOT / name).read_text("utf8"), flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_a_font_that_is_withdrawn_keeps_nothing_else_from_being_installed():
    (fonts,) = re.findall(r"^FONTS = (.*)$", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)
    of_fonts = {source.package for source in SOURCES.values()}
    needed_by_them = set(fonts.split()) - of_fonts
    assert of_fonts <= set(fonts.split())
    lock = (ROOT / "requirements.lock").read_text("utf8")
    for name in needed_by_them:
        users = re.search(rf"^{name}==(?:.*\n)(?:    .*\n)*", lock, re.MULTILINE)[0]
        assert set(re.findall(r"# via ([\w-]+)", users)) <= of_fonts


def test_the_conda_environment_is_that_of_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf8"))
    listed = [item for item in environment["dependencies"] if isinstance(item, str)]
    (of_pip,) = (item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert listed == [f"python={oldest}", "pip", f"quarto>={'.'.join(map(str, OLDEST))}"]
    extras = re.fullmatch(r"-e \.\[(.*)\]", of_pip[0])[1].split(",")
    assert len(of_pip) == 1
    assert set(extras) <= set(PROJECT["project"]["optional-dependencies"])


def test_every_place_that_names_the_oldest_python_names_the_same():
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    makefile = (ROOT / "Makefile").read_text("utf8")
    major, minor = oldest.split(".")
    assert f"sys.version_info >= ({major}, {minor})" in makefile
    assert f"sys.version_info < ({major}, {minor})" in makefile
    assert f"--python-version {oldest}" in makefile
    assert f"Python {oldest} or newer" in (ROOT / "README.md").read_text("utf8")
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{major}{minor}"


def test_every_week_everything_is_installed_from_the_locks_and_built():
    """A package that is withdrawn is noticed before a reader needs it."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text("utf8"))
    triggers = workflow[True]  # in YAML, `on` is a truth value
    assert re.fullmatch(r"\d+ \d+ \* \* \d", triggers["schedule"][0]["cron"])
    (job,) = workflow["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert {"make report", "make .venv/dev"} <= set(commands)
    assert not any("cache" in str(step) for step in job["steps"])
