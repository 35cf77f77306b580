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


def test_every_class_of_errors_is_a_refusal():
    """A class is made for what users are told; mistakes are raised as what Python calls them."""
    for path in (ROOT / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                bases = {ast.unparse(base) for base in node.bases}
                family = {"RefusalError", "RefusedValueError"}
                assert bases & family or path.stem == "refusal", (path, node.name)


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
