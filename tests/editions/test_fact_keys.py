"""No fact takes the place of another."""

import ast

import pandas as pd
import pytest
from speech import said

from analysis.chapters import audit, claims, regions
from analysis.chapters.claim_verdicts import HOLDS
from analysis.editions import ROOT
from analysis.editions.fact_keys import joined, keyed

ROOMS = [ROOT / "analysis" / room for room in ("chapters", "results")]
FACTS = {
    f"{path.stem}.{node.name}": node
    for room in ROOMS
    for path in sorted(room.glob("*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf8")))
    if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Facts"
}
NAMES = pd.Series({"1": "One"})


def test_names_from_data_are_refused_if_one_comes_twice():
    assert keyed("claim", ["a", "b"], ["1", "2"]) == {"a": "1", "b": "2"}
    with pytest.raises(ValueError, match="two facts of the claim 'a'"):
        keyed("claim", ["a", "b", "a"], ["1", "2", "3"])


def test_parts_that_share_a_name_are_not_joined():
    assert joined({"a": "1"}, {"b": "2"}) == {"a": "1", "b": "2"}
    with pytest.raises(ValueError, match="two facts are called b and c"):
        joined({"a": "1", "b": "2", "c": "3"}, {"c": "3", "b": "2"})


def test_a_claim_may_be_called_as_a_fact_about_all_claims_is():
    ledger = pd.DataFrame(
        [("count", HOLDS, {"share": 0.7}), ("fails", HOLDS, {"share": 0.8})],
        columns=["claim", "verdict", "found"],
    ).assign(origin="ours", evidence="published", kind="share", expected=None)
    tiers = pd.DataFrame({"basis": ["published"], "median_gdp": [1.0]})
    found = claims.claim_facts(ledger, tiers)
    assert (found["count"], found["fails"]) == (2, 0)
    assert found["by_claim"]["count"] == {
        "verdict": {"label": "verdict_holds"},
        "found": {"share": 0.7},
    }


def test_a_domain_may_be_called_as_a_fact_about_all_domains_is():
    table = pd.DataFrame(
        [("domain", "highest", 0.5, 0.8, 1.6), ("domain", "times", 0.5, 0.2, 0.4),
         ("measure", "a", 0.2, 0.6, 3.0)],
        columns=["level", "code", "nominal", "importance", "ratio"],
    )  # fmt: skip
    word = pd.Series({code: code for code in ("highest", "times", "a")})
    found = said(audit.importance_facts(table), labels=word)
    assert (found["highest"], found["times"]) == ("highest", "4.0")
    assert found["by_domain"] == {"highest": "80 %", "times": "20 %"}


def test_regions_that_differ_in_capitals_only_are_refused():
    places = pd.DataFrame(
        {"region": ["East", "EAST"], "cities": 1, "cities_share": 0.5, "open_cities": 1,
         "open_share": 0.5, "open_representation": 1.0}
    )  # fmt: skip
    provinces = pd.DataFrame({"province": ["A"], "open_share": [1.0]})
    with pytest.raises(ValueError, match="region 'east'"):
        regions.region_facts({"regions": places, "provinces": provinces})


def silent(node: ast.AST) -> bool:
    """Whether an expression would let one fact replace another without a word.

    These are dictionaries spread into others, joined by a bar, or made by a loop over data.
    """
    if isinstance(node, ast.Dict):
        return None in node.keys
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.BitOr)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return any(isinstance(side, ast.Call | ast.Dict) for side in (node.left, node.right))
    if isinstance(node, ast.DictComp):
        loops = [loop.iter for loop in node.generators]
        return not all(isinstance(loop, ast.Name | ast.Tuple) for loop in loops)
    return False


def test_the_functions_that_make_facts_are_known_by_what_they_return():
    assert len(FACTS) > 50
    assert {"facts.facts", "claims.claim_facts", "robustness.robustness_facts"} <= FACTS.keys()


@pytest.mark.parametrize("function", FACTS.values(), ids=FACTS)
def test_facts_are_put_together_by_what_refuses_a_collision(function):
    assert [node.lineno for node in ast.walk(function) if silent(node)] == []


@pytest.mark.parametrize(
    "line",
    [
        "found = {'a': '1', **other}",
        "found |= other",
        "found = f(x) | g(x)",
        "found = {row['a']: '1' for row in table.to_dict('records')}",
        "found = {a: b for a, b in zip(x, y)}",
    ],
)
def test_a_line_that_hides_a_collision_is_seen(line):
    assert any(silent(node) for node in ast.walk(ast.parse(line)))
