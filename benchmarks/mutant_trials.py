"""Trying mutants: the tests of a module, which of them see a line, and whether one notices.

The tests of a module are collected once. A first run without any mistake notes which lines of the
module each test, or a fixture that it uses, goes through. Then every mutant gets a process of its
own, which has everything loaded before the mistake is put in, and meets the tests up to the one
that fails: first those that go through its line, then those that go through its function, then
the others, which may take what an earlier one has computed; of each the fastest first. A mistake
outside of all functions has the program loaded anew. What lives on meets all tests of its module
once more, with those among them that take long.
"""

import ast
import gc
import importlib
import importlib.abc
import importlib.util
import inspect
import os
import pickle
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TextIO

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from benchmarks.mistakes import ROOT, Mutant, functions

# Name of the function that notes lines.
MARK = "_mark_lines_"

# Modules that other tests of their room try too, besides the file of their own name.
TESTED_BY = {
    "index/audit/distribution": ["index/audit/test_coverage.py"],
    "index/robustness/draws": ["index/robustness/test_engine.py"],
    "index/robustness/kernel": ["index/robustness/test_engine.py"],
    "index/robustness/flatten": ["index/robustness/test_engine.py"],
    "index/robustness/states": [
        "index/robustness/test_engine.py",
        "index/robustness/test_frozen.py",
    ],
    "index/robustness/replay": ["index/robustness/test_engine.py"],
    "index/robustness/study": ["index/robustness/test_engine.py"],
    "ranking/bands": ["ranking/test_scores.py"],
    "ranking/of_record": ["ranking/test_scores.py"],
}
SLOW = (
    "every_rank_is_that or every_score_is_that or same_figures_share or the_plain_kernel "
    "or nine_intervals or a_hundred_draws or a_gap_leaves_its_weight "
    "or figure_stands_in or carried_figure_says or every_unit_has_gaps or negative_scores "
    "or does_not_matter or small_cache or failing_draw_stops"
)
# What these prepare takes long too.
SLOW_FIXTURES = {"other_method", "real_copy", "real_cells", "ranked", "shenzhen"}
# Seconds of computing after which a mutant that meets all tests counts as one that never ends.
LONGEST = 900


def own_tests(path: Path) -> list[str]:
    """The module itself for its examples, and the tests of its name."""
    name = str(path.relative_to(ROOT / "analysis").with_suffix(""))
    folder, stem = name.rsplit("/", 1)
    named = ROOT / "tests" / folder / f"test_{stem}.py"
    others = [ROOT / "tests" / file for file in TESTED_BY.get(name, [])]
    examples = [path] if "/index/" in str(path) else []
    return [str(file) for file in [*examples, *([named] if named.exists() else []), *others]]


def load(path: Path) -> ModuleType:
    """A module of the program, or of the tests."""
    base = ROOT if path.is_relative_to(ROOT / "analysis") else ROOT / "tests"
    return importlib.import_module(".".join(path.relative_to(base).with_suffix("").parts))


def prepare(files: list[Path]) -> None:
    """Load the program and its tests once."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    for path in {Path(test) for file in files for test in own_tests(file)}:
        few_examples()  # tests keep what holds while they are loaded
        load(path)


def few_examples() -> None:
    """Try few examples for each property."""
    settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, max_examples=5,
        phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    settings.load_profile("mutants")


def put_in(mutant: Mutant) -> bool:
    """Put a mistake into the loaded program, if it is in a function, else have it loaded anew."""
    code = compile(mutant.source, str(mutant.path), "exec")
    function = _function(load(mutant.path), mutant.function)
    new = _code(code, mutant.function)
    if function is not None and new is not None:
        function.__code__ = new
        return True
    load_anew_with(mutant)
    return False


def load_anew_with(mutant: Mutant) -> None:
    """Forget the program and its tests, so that they are loaded again, with the mistake."""
    folders = str(ROOT / "analysis"), str(ROOT / "tests")
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    for name in [name for name, file in files.items() if str(file).startswith(folders)]:
        del sys.modules[name]
    sys.meta_path.insert(0, Mistaken(mutant))


class Mistaken(importlib.abc.Loader):
    """Finds the module with the mistake when it is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> Any:
        """The module with the mistake, and no other."""
        if name != self.mutant.module:
            return None
        path = self.mutant.path
        return importlib.util.spec_from_file_location(name, path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the source with the mistake."""
        exec(compile(self.mutant.source, str(self.mutant.path), "exec"), module.__dict__)


def _function(module: ModuleType, name: str) -> FunctionType | None:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part, None)
    for wrapper in ("fget", "func", "__wrapped__", "__func__"):
        found = getattr(found, wrapper, None) or found
    return found if isinstance(found, FunctionType) else None


def _code(code: CodeType, name: str) -> CodeType | None:
    inside = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    below = (_code(part, name) for part in inside)
    return next((part for part in [*inside, *below] if part and part.co_qualname == name), None)


class Marked(ast.NodeTransformer):
    """Has every statement of a function preceded by a mark of its lines."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Put the marks in."""
        for part in ast.walk(node):
            for body in (getattr(part, name, None) for name in ("body", "orelse", "finalbody")):
                if isinstance(body, list):
                    body[:] = [each for statement in body for each in (_mark(statement), statement)]
        return node


def _mark(statement: ast.stmt) -> ast.stmt:
    inside = getattr(statement, "body", None)
    after = inside[0].lineno if inside else (statement.end_lineno or statement.lineno) + 1
    lines: list[ast.expr] = [ast.Constant(statement.lineno), ast.Constant(after)]
    return ast.Expr(ast.Call(ast.Name(MARK, ast.Load()), lines, []))


class Lines:
    """Which lines of a module are gone through, and how long, apart for every test and fixture."""

    def __init__(self, path: Path) -> None:
        self.now: list[set[int]] = [set()]
        self.of_fixture: dict[int, tuple[set[int], float]] = {}
        self.prepared = 0.0
        module, tree = load(path), Marked().visit(ast.parse(path.read_text("utf8")))
        code = compile(ast.fix_missing_locations(tree), str(path), "exec")
        vars(module)[MARK] = lambda *lines: self.now[-1].update(range(*lines))
        for name, _ in functions(tree):
            function, marked = _function(module, name), _code(code, name)
            if function is not None and marked is not None:
                function.__code__ = marked

    @contextmanager
    def noted(self) -> Iterator[set[int]]:
        """The lines that are gone through meanwhile, but for those of a fixture."""
        self.now.append(set())
        yield self.now[-1]
        self.now.pop()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        """Keep the lines and seconds of a fixture for every test that uses it."""
        begun = time.process_time()
        with self.noted() as lines:
            found = yield
        seconds = time.process_time() - begun
        self.prepared += seconds
        known, _ = self.of_fixture.get(id(fixturedef), (set(), 0.0))
        self.of_fixture[id(fixturedef)] = known | lines, seconds
        return found

    def with_fixtures(
        self, item: pytest.Item, own: set[int], seconds: float
    ) -> tuple[float, set[int]]:
        """The seconds and lines of a test that has to prepare all of its fixtures."""
        uses = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
        found = [self.of_fixture[id(each)] for some in uses for each in some
                 if id(each) in self.of_fixture]  # fmt: skip
        return seconds + sum(of for _, of in found), own.union(*(lines for lines, _ in found))


class Trial:
    """Takes the place of a run of tests: tries mutants one after the other."""

    def __init__(self, mutants: list[Mutant], tell: Callable[[Mutant, bool], None]) -> None:
        self.mutants, self.tell = mutants, tell
        self.failing: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the tests for which something slow has to be prepared."""
        items[:] = [item for item in items if not SLOW_FIXTURES & set(_fixtures(item))]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests without a mistake, and if none fails, with each."""
        few_examples()
        gc.freeze()
        path = self.mutants[0].path
        read, write = os.pipe()
        if not os.fork():
            os.close(read)
            with os.fdopen(write, "wb") as file:
                pickle.dump(_without(path, session.items, session.config), file)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as file:
            known: list[tuple[bool, float, set[int]]] = pickle.load(file)
        tests = [(item, *of) for item, of in zip(session.items, known, strict=True)]
        self.failing = [item.nodeid for item, passed, *_ in tests if not passed]
        for mutant in self.mutants if not self.failing else []:
            chosen = _ordered(mutant, tests)
            limit = 10 + int(4 * sum(seconds for _, seconds in chosen))
            self.tell(mutant, alive(mutant, [item for item, _ in chosen], limit))
        return True


def _without(
    path: Path, items: list[pytest.Item], config: pytest.Config
) -> list[tuple[bool, float, set[int]]]:
    """Of every test whether it passes, its seconds, and the lines it goes through."""
    lines = Lines(path)
    config.pluginmanager.register(lines)
    found = []
    for item, after in zip(items, [*items[1:], None], strict=True):
        begun, lines.prepared = time.process_time(), 0.0
        with lines.noted() as own:
            passed = _passes(item, after)
        seconds = time.process_time() - begun - lines.prepared
        found.append((passed, *lines.with_fixtures(item, own, seconds)))
    return found


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=after))


def _ordered(
    mutant: Mutant, tests: list[tuple[pytest.Item, bool, float, set[int]]]
) -> list[tuple[pytest.Item, float]]:
    """All tests with their seconds, those first that go through the line, or the function."""

    def key(test: tuple[pytest.Item, bool, float, set[int]]) -> tuple[bool, bool, float]:
        *_, seconds, lines = test
        return mutant.line not in lines, not lines.intersection(mutant.lines), seconds

    return [(item, seconds) for item, _, seconds, _ in sorted(tests, key=key)]


def alive(mutant: Mutant, items: list[pytest.Item], seconds: int) -> bool:
    """Whether tests pass with the mistake in the program, within so many seconds of computing."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os._exit(_noticed(mutant, items))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _noticed(mutant: Mutant, items: list[pytest.Item]) -> int:
    try:
        if put_in(mutant):
            pairs = zip(items, [*items[1:], None], strict=True)
            return int(not all(_passes(item, after) for item, after in pairs))
        order = InOrder([item.nodeid for item in items])
        return int(pytest.main(["-x", *options_of(mutant.path)], plugins=[order]))
    except BaseException:
        return 1


class InOrder:
    """Keeps the tests of these names, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.place = {name: number for number, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep and order them."""
        few_examples()
        items[:] = [item for item in items if item.nodeid in self.place]
        items.sort(key=lambda item: self.place[item.nodeid])


def lives_on(mutant: Mutant) -> bool:
    """Whether even the tests that take long pass with the mistake in the program."""
    child = os.fork()
    if not child:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        os._exit(_noticed_by_all(mutant))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _noticed_by_all(mutant: Mutant) -> int:
    try:
        load_anew_with(mutant)
        return int(pytest.main(["-x", *all_options_of(mutant.path)]))
    except BaseException:
        return 1


def options_of(path: Path) -> list[str]:
    """The tests of a module that are not slow and how they are run."""
    plain = ["--noconftest"] if "/index/" in str(path) else []
    return [*all_options_of(path), "-k", f"not ({SLOW})", *plain]


def all_options_of(path: Path) -> list[str]:
    """All tests of a module and how they are run."""
    plugins = ["cacheprovider", "xdist", "hypothesispytest"]
    options = ["-s", "-q", "--assert=plain", "--tb=no", "--rootdir", str(ROOT)]
    return [*own_tests(path), *options, *(f"-pno:{name}" for name in plugins)]


def try_all(mutants: list[Mutant], tell: Callable[[Mutant, bool], None]) -> list[str]:
    """Try mutants of one file; the tests that fail anyhow, with which none is tried."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        with os.fdopen(write, "w") as file:
            trial = Trial(mutants, lambda each, lives: _write(file, each.number, int(lives)))
            pytest.main(options_of(mutants[0].path), plugins=[trial])
            _write(file, "done", *trial.failing)
        os._exit(0)
    os.close(write)
    of = {mutant.number: mutant for mutant in mutants}
    with os.fdopen(read) as file:
        for words in map(str.split, file):
            if words[0] == "done":
                return words[1:]
            tell(of[int(words[0])], words[1] == "1")
    raise RuntimeError(f"the trial of {mutants[0].path} broke off")


def _write(file: TextIO, *words: object) -> None:
    print(*words, file=file, flush=True)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])
