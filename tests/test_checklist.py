"""Every line of the checklist leads somewhere: to a file of the project and to a test."""

import ast
from itertools import pairwise

import pytest

from analysis.editions import ROOT, read_table

CHECKLIST = read_table(ROOT / "data" / "reference" / "checklist.csv").to_dict("records")


@pytest.mark.parametrize("row", CHECKLIST, ids=[row["claim"][:60] for row in CHECKLIST])
def test_a_claim_names_a_file_and_a_test_that_are_there(row):
    assert (ROOT / row["file"]).is_file()
    path, _, name = row["test"].partition("::")
    tree = ast.parse((ROOT / path).read_text("utf8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_claims_of_one_part_stand_together():
    parts = [row["part"] for row in CHECKLIST]
    changes = sum(one != other for one, other in pairwise(parts))
    assert changes == len(set(parts)) - 1
