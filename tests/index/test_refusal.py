"""What the program refuses on purpose: one family of errors, which survives between processes."""

import ast
import pickle
from pathlib import Path

import pytest

from analysis.editions import ROOT
from analysis.editions.storage import DiskRefusedError, WritingFailedError
from analysis.editions.text_tables import Flaw, UnreadableTableError
from analysis.editions.validation.faults import Fault, InputRefusedError
from analysis.index.refusal import RefusalError
from analysis.index.robustness.kernel import FailedDrawError

# It goes from a table with faults to the rule that asked for it, and no further.
WITHIN = {"UnjudgedError"}


def test_every_class_of_errors_is_a_refusal():
    """A class is made for what users are told; mistakes are raised as what Python calls them."""
    for path in (ROOT / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                bases = {ast.unparse(base) for base in node.bases}
                family = {"RefusalError", "RefusedValueError"}
                known = path.stem == "refusal" or node.name in WITHIN
                assert bases & family or known, (path, node.name)


def caught_classes(handler: ast.ExceptHandler) -> set[str]:
    """Names of the classes that a handler catches; without any it catches everything."""
    named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {ast.unparse(each) if each else "BaseException" for each in named}


def handlers() -> list[tuple[str, ast.ExceptHandler]]:
    """Every handler of exceptions of the package, with the module it stands in."""
    return [
        (path.relative_to(ROOT).as_posix(), node)
        for path in sorted((ROOT / "analysis").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.ExceptHandler)
    ]


def test_whatever_catches_everything_raises_again():
    """So that a mistake of the program is not passed over in silence."""
    broad = [
        (path, handler)
        for path, handler in handlers()
        if caught_classes(handler) & {"Exception", "BaseException"}
    ]
    assert len(broad) == 3
    for path, handler in broad:
        assert any(isinstance(node, ast.Raise) for node in ast.walk(handler)), path


def test_the_base_of_all_refusals_alone_ends_a_command():
    caught = {path for path, handler in handlers() if "RefusalError" in caught_classes(handler)}
    # The settings of an edition are judged by what another one refuses.
    assert caught == {
        "analysis/commands/cli.py",
        "analysis/editions/validation/setting_faults.py",
    }


@pytest.mark.parametrize(
    "refusal",
    [
        InputRefusedError([Fault("cities.csv", 3, "lon", "x", "must be a number")]),
        UnreadableTableError(Path("t.csv"), [Flaw(2, "1 fields where the header has 3")]),
        FailedDrawError("economy", "110000", 7, "is missing"),
        WritingFailedError("results: the disk is full"),
        DiskRefusedError("own.csv: permission is denied"),
    ],
)
def test_a_refusal_of_a_worker_reaches_whoever_asked(refusal):
    again = pickle.loads(pickle.dumps(refusal))
    assert isinstance(again, type(refusal))
    assert isinstance(again, RefusalError)
    assert str(again) == str(refusal)
    if isinstance(refusal, InputRefusedError):
        assert again.faults == refusal.faults
