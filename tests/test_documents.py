"""README and guides: every link, file, module, function, command and target named is there."""

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer
from test_architecture import MODULES, ROOMS

from analysis.commands import cli
from analysis.editions import ROOT, Edition

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "data/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
# Folders whose files are committed: a path into one of them, and one into a room without the name
# of the package before it, as the drawing has them, with the functions named behind.
FOLDERS = r"analysis|tests|sections|notebooks|benchmarks|theme|docs|\.ci|\.github|data/reference"
PATH = re.compile(rf"(?<![\w/<.])(?:{FOLDERS})/[\w./*<>-]*\w")
ROOM = rf"(?<![\w/])((?:{'|'.join(ROOMS)})/[\w/]+)"
FUNCTIONS = re.compile(rf"{ROOM}: (\w+(?:, \w+)*)")
DOTTED = re.compile(r"\banalysis(?:\.[A-Za-z_]\w*)+")
MAKE = re.compile(r"\bmake ([a-z]+)\b")


def commands(document: Path) -> list[list[str]]:
    """The words of every command line shown in a document."""
    blocks = BLOCK.findall(document.read_text("utf8"))
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


def test_every_link_leads_to_a_file():
    links = [
        (document.name, link, document.parent / link)
        for document in DOCUMENTS
        for link in LINK.findall(document.read_text("utf8"))
        if "://" not in link
    ]
    assert len(links) > 10
    assert [(name, link) for name, link, target in links if not target.exists()] == []


def test_every_command_shown_exists_with_its_options():
    shown = [line for document in DOCUMENTS for line in commands(document)]
    ours = [words[1:] for words in shown if words and words[0].endswith("digital-city")]
    assert len(ours) >= 4
    known = typer.main.get_command(cli.app).commands
    for name, *words in ours:
        options = {option for given in known[name].params for option in given.opts}
        assert {word for word in words if word.startswith("--")} <= options, name


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf8")
    return set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))


def test_every_target_of_make_shown_exists():
    lines = [line for document in DOCUMENTS for line in commands(document)]
    asked = {words[1] for words in lines if words[:1] == ["make"]}
    for document in DOCUMENTS:
        quoted = re.findall(r"`([^`\n]+)`", document.read_text("utf8"))
        asked |= {target for text in quoted for target in MAKE.findall(text)}
    assert asked >= {"report", "test", "check", "format", "help"}
    assert asked <= targets()


def test_make_help_lists_every_target_that_is_no_file():
    makefile = (ROOT / "Makefile").read_text("utf8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"^make (\w+) +\w", shown.stdout, re.MULTILINE) == phony


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_file_named_is_there(document):
    named = {path for path in PATH.findall(document.read_text("utf8")) if "<" not in path}
    assert [path for path in sorted(named) if not list(ROOT.glob(path))] == []


def test_every_test_named_is_there():
    text = "".join(document.read_text("utf8") for document in DOCUMENTS)
    named = set(re.findall(r"\btest_\w+\b(?!\.py)", text))
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf8"), re.MULTILINE)
    }
    assert named
    assert named - defined == set()


def functions(module: str) -> set[str]:
    """What a module, called by its path below the package, defines at its top."""
    path = ROOT / "analysis" / f"{module}.py"
    tree = ast.parse(path.read_text("utf8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_module_named_with_full_stops_is_there(document):
    lost = set()
    for name in DOTTED.findall(document.read_text("utf8")):
        module, _, last = name.removeprefix("analysis.").rpartition(".")
        if name not in MODULES and last not in functions(module.replace(".", "/")):
            lost.add(name)
    assert lost == set()


def test_every_module_and_function_of_the_drawing_is_there():
    text = ARCHITECTURE.read_text("utf8")
    drawn = set(re.findall(ROOM, text))
    called = {(name, part) for name, parts in FUNCTIONS.findall(text) for part in parts.split(", ")}
    assert min(len(drawn), len(called)) > 10
    package = ROOT / "analysis"
    there = {
        name for name in drawn if (package / name).is_dir() or (package / f"{name}.py").is_file()
    }
    assert drawn - there == set()
    assert [(name, part) for name, part in sorted(called) if part not in functions(name)] == []


def test_the_rooms_of_the_page_are_those_of_the_rule():
    text = ARCHITECTURE.read_text("utf8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", text, re.MULTILINE)
    shown = {room: set(re.findall(r"`(\w+)`", allowed)) for room, allowed in rows}
    assert shown == {room: set(allowed.split()) for room, allowed in ROOMS.items()}
    assert [room for room, _ in rows] == list(reversed(ROOMS))
    assert [allowed for _, allowed in rows if "`" not in allowed] == ["nothing"]


def test_version_and_date_are_the_same_wherever_they_stand():
    number, date = re.search(
        r"^## (\S+) — (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf8"), re.MULTILINE
    ).groups()
    assert f'version = "{number}"' in (ROOT / "pyproject.toml").read_text("utf8")
    assert f"version: {number}\ndate-released: {date}" in (ROOT / "CITATION.cff").read_text("utf8")
    for report in ROOT.glob("report*.qmd"):
        assert f'date: {date}\nversion: "{number}"' in report.read_text("utf8"), report.name


def test_the_cities_that_the_readme_counts_are_those_of_the_edition():
    text = (ROOT / "README.md").read_text("utf8")
    name, *counted = re.search(r"Edition (\d+) ranks (\d+) of (\d+) cities", text).groups()
    edition = Edition(name)
    tables = (edition.result("scores"), edition.reference_table("cities"))
    assert [int(number) for number in counted] == [len(table) for table in tables]
