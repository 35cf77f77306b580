"""The children of all nodes at once are those of each."""

import pandas as pd

from analysis.index.families import families
from analysis.index.framework import children

TREE = pd.DataFrame(
    {"code": ["b", "top", "m", "a", "z"], "parent": ["m", None, "top", "m", "elsewhere"]}
)


def test_every_code_has_its_children_in_the_order_of_the_table():
    expected = {"b": [], "top": ["m"], "m": ["b", "a"], "a": [], "z": []}
    assert families(TREE) == expected
    assert {code: children(TREE, code) for code in TREE["code"]} == expected
