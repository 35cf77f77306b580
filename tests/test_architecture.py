"""What may import what, and the other promises of the design that a reader relies on."""

import ast
import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from analysis.commands import steps
from analysis.editions import ROOT
from analysis.publish.notebooks import execution

PACKAGE = ROOT / "analysis"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What each room may import, besides itself and the word for a refusal; all else is forbidden.
ROOMS = {
    "index": "",
    "editions": "index",
    "language": "editions",
    "ranking": "editions index",
    "chapters": "ranking editions index",
    "results": "chapters ranking editions index",
    "figures": "language chapters",
    "publish": "figures language chapters ranking editions index",
    "commands": "publish figures results language chapters ranking editions index",
}
SHOWS = ("analysis.figures", "analysis.publish", "analysis.commands")
REFUSAL = "analysis.index.refusal"
CHAPTERS = {name for name in MODULES if name.startswith("analysis.chapters.")}
# What puts the chapters together, and what three of them share.
SHARED = {"analysis.chapters.assembly", "analysis.chapters.city_study"}
# The chapter on claims fills several modules: its tests, their conditions, the rule of verdicts.
CLAIMS = {name for name in CHAPTERS if name.startswith("analysis.chapters.claim")}
# What a chapter needs of an edition to make facts; of its folders and files it needs nothing.
MAKES_FACTS = {"Facts", "Tables", "fact_values", "joined", "keyed"}
TESTS = ROOT / "tests"
# Tests of what no module does alone: a reference by other people, a page of the documentation, the
# limits of all readers, the docstrings of the engine, the sentences of all languages, the two
# renderers side by side, a language on all pages, and the sources of all facts together.
SUBJECTS = {
    "commands/test_own_index_page.py",
    "editions/test_large_files.py",
    "index/test_coinr_reference.py",
    "index/test_docstrings.py",
    "language/test_same_sentences.py",
    "language/test_terms.py",
    "language/test_titles.py",
    "publish/report/test_layout.py",
    "publish/report/test_outline.py",
    "publish/report/test_page.py",
    "publish/test_languages.py",
    "publish/report/test_real_quarto.py",
    "results/fact_sources/test_sources.py",
}
# The case of the examples is tried by them.
ELSEWHERE = {"index/robustness/example.py"}
# The names of the folders are known to `editions`, and to what wraps the analysis for publishing.
KNOWS_FOLDERS = ("analysis.editions.edition", "analysis.commands", "analysis.publish")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf8"))


def imports(module: str) -> set[str]:
    """Modules of the package that `module` imports, at the top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name in MODULES} - {"analysis", module}


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in packages)


def path_parts(module: str) -> list[str]:
    """Texts that a module joins to a path with a slash, or passes to Path or joinpath."""
    joined = [node for node in ast.walk(tree(module)) if isinstance(node, ast.BinOp | ast.Call)]
    parts = [
        part
        for node in joined
        for part in (
            ([node.left, node.right] if isinstance(node.op, ast.Div) else [])
            if isinstance(node, ast.BinOp)
            else (node.args if ast.unparse(node.func).endswith(("Path", "joinpath")) else [])
        )
    ]
    return [part.value for part in parts if isinstance(part, ast.Constant)]


def room(module: str) -> str:
    return module.split(".")[1]


def test_the_top_of_the_package_holds_the_rooms_alone():
    found = {path.name for path in PACKAGE.iterdir()} - {"__pycache__"}
    assert found == {*ROOMS, "__init__.py", "__main__.py"}


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.count(".") > 1))
def test_a_module_imports_from_the_rooms_below_it_alone(module):
    allowed = {room(module), *ROOMS[room(module)].split()}
    assert [name for name in imports(module) - {REFUSAL} if room(name) not in allowed] == []


def test_the_word_for_a_refusal_rests_on_nothing():
    assert imports(REFUSAL) == set()


@pytest.mark.parametrize("chapter", sorted(CHAPTERS - SHARED))
def test_no_chapter_imports_another(chapter):
    allowed = {"analysis.chapters.city_study"} | (CLAIMS if chapter in CLAIMS else set())
    assert imports(chapter) & CHAPTERS - allowed == set()


def test_what_chapters_share_knows_none_of_them():
    assert imports("analysis.chapters.city_study") & CHAPTERS == set()


def names_from(module: str, package: str) -> set[str]:
    """What `module` imports by name from `package` and the modules in it."""
    return {
        alias.name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if within(f"{node.module}.{alias.name}", (package,))
    }


# The chapter on losses tries them on another edition, which it has to open.
@pytest.mark.parametrize("chapter", sorted(CHAPTERS - SHARED - {"analysis.chapters.losses"}))
def test_a_chapter_takes_frames_and_knows_no_edition(chapter):
    assert names_from(chapter, "analysis.editions") <= MAKES_FACTS


def notebook_imports() -> set[str]:
    """Modules of the package that a notebook imports."""
    cells = [cell for path in NOTEBOOKS for cell in json.loads(path.read_text("utf8"))["cells"]]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    named = re.findall(r"^from (analysis[\w.]*) import (.+)|^import (analysis[\w.]*)", code, re.M)
    names = {module or other for module, _, other in named}
    names |= {f"{module}.{part.strip()}" for module, parts, _ in named for part in parts.split(",")}
    return names & MODULES.keys() - {"analysis"}


def reached_from(start: set[str]) -> set[str]:
    """Modules that these import, and all that those import."""
    reached, found = set(), start
    while found:
        reached |= found
        found = {name for module in found for name in imports(module)} - reached
    return reached


def paths(patterns: Iterable[str]) -> set[str]:
    """Files below the project that match patterns."""
    return {
        str(path)
        for pattern in patterns
        for path in ROOT.glob(
            str(Path(pattern).relative_to(ROOT) if pattern[0] == "/" else pattern)
        )
    }


def test_a_change_of_what_fills_or_writes_a_notebook_makes_it_stale(monkeypatch):
    monkeypatch.setattr(execution, "PACKAGE", PACKAGE)  # a sample of other tests may stand there
    named = notebook_imports()
    assert len(named) > 5
    reached = reached_from({"analysis.publish.notebooks.execution"} | named)
    written_by = {f"analysis.publish.notebooks.{name}" for name in ("kernel", "outputs", "forks")}
    assert reached >= written_by
    assert {str(MODULES[name]) for name in reached} <= paths(execution.code_files())


def test_a_change_of_what_makes_results_makes_them_stale_and_no_other_change_does():
    inputs = paths(f"analysis/{name}/**/*.py" for name in steps.RESULTS_ROOMS)
    reached = reached_from({"analysis.results.building"})
    assert len(reached) > 50
    assert {str(MODULES[module]) for module in reached} <= inputs
    assert not {str(path) for name, path in MODULES.items() if within(name, SHOWS)} & inputs


def test_imports_run_one_way():
    order = TopologicalSorter({module: imports(module) for module in MODULES})
    assert set(order.static_order()) >= CHAPTERS


def test_nothing_but_results_writes_results():
    callers = {module for module in MODULES if "write_tables" in MODULES[module].read_text("utf8")}
    assert callers == {
        "analysis.editions",
        "analysis.editions.edition",
        "analysis.results.building",
    }


@pytest.mark.parametrize(
    "module", sorted(name for name in MODULES if not within(name, KNOWS_FOLDERS))
)
def test_no_module_but_editions_names_a_data_folder(module):
    folders = {"data", "raw", "reference", "results"}
    assert [part for part in path_parts(module) if folders & set(str(part).split("/"))] == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_is_longer_than_400_lines(module):
    assert len(MODULES[module].read_text("utf8").splitlines()) <= 400


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_says_what_it_is_for(module):
    assert ast.get_docstring(tree(module))


def place_of_tests(module: str) -> Path:
    """Where the tests of a module stand: its own path, below `tests`."""
    path = MODULES[module].relative_to(PACKAGE)
    return TESTS / path.parent / f"test_{path.name}"


NAMED = sorted(name for name, path in MODULES.items() if path.stem not in {"__init__", "__main__"})


@pytest.mark.parametrize("module", NAMED)
def test_every_module_is_tested_by_a_file_of_its_name(module):
    path = MODULES[module].relative_to(PACKAGE).as_posix()
    assert place_of_tests(module).is_file() == (path not in ELSEWHERE)


def test_every_file_of_tests_in_a_room_is_named_after_a_module_of_it():
    expected = {place_of_tests(module) for module in NAMED}
    found = {path for room in ROOMS for path in (TESTS / room).rglob("test_*.py")}
    others = {path.relative_to(TESTS).as_posix() for path in found - expected}
    assert others == SUBJECTS


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text("utf8"))["cells"]


def code(path: Path) -> str:
    """The Python of a notebook, without the commands of IPython."""
    sources = ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]
    lines = "\n".join(sources).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("%", "!")))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_define_no_functions(path):
    definitions = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    assert [n.name for n in ast.walk(ast.parse(code(path))) if isinstance(n, definitions)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path):
    for cell in cells(path):
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_write_nothing(path):
    assert not re.search(r"\.to_csv\(|\.write_text\(|\.savefig\(|open\(|write_tables", code(path))


def tracked_files() -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git here to list the files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_project_speaks_of_itself_alone():
    places = re.compile(
        r"/work/|/tmp/|/home/\w|pypi\.org|pythonhosted\.org|anaconda\.(org|com)|npmjs|crates\.io"
        r"|registry\.|--index-url|--extra-index-url|--find-links"
    )
    found = []
    for path in tracked_files():
        if path.is_relative_to(ROOT / "tests"):
            continue
        try:
            text = path.read_text("utf8")
        except UnicodeDecodeError:
            continue  # pictures and fonts
        for number, line in enumerate(text.splitlines(), 1):
            if match := places.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    assert found == []
