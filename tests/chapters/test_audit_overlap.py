"""Redundant pairs of the index, and reliability without size."""

import numpy as np
import pandas as pd
import pytest
from speech import said

from analysis.chapters import audit_overlap
from analysis.chapters.city_study import heads

PAIRS = pd.DataFrame(
    [("a", "b", -0.96, 9, 0.5), ("b", "c", 0.91, 8, 0.4)],
    columns=["first", "second", "correlation", "n", "weight"],
)
WEIGHTS = pd.DataFrame({"code": ["a", "b", "c", "d"], "nominal": [0.3, 0.2, 0.2, 0.3]})
WORDS = pd.Series({code: f"<{code}>" for code in [*"abcd", "index", "x", "y", "z", "single"]})


@pytest.fixture(scope="module")
def cells(built_tiny) -> pd.DataFrame:
    return built_tiny.result("cells")


def test_a_measure_of_two_pairs_is_weighed_once():
    found = said(audit_overlap.redundancy_facts(PAIRS, WEIGHTS), labels=WORDS)
    # a, b and c weigh 0.3 + 0.2 + 0.2.
    assert (found["pairs"], found["measures"], found["weight"]) == ("2", "3", "70 %")
    assert (found["closest"], found["closest_correlation"]) == ("<a> and <b>", "−0.96")
    assert found["closest_weight"] == "50 %"


def test_without_pairs_none_is_named():
    found = said(audit_overlap.redundancy_facts(PAIRS.head(0), WEIGHTS))
    assert found == {"limit": "0.9", "pairs": "0", "measures": "0", "weight": "0 %"}


@pytest.mark.parametrize(("correlation", "pairs"), [(0.9, 1), (0.899, 0)])
def test_pairs_on_the_limit_of_the_audit_are_listed(correlation, pairs):
    # With x and y uncorrelated and of one length, r x + √(1 - r²) y correlates with x by r.
    x, y = np.array([-1.0, -1, 1, 1]), np.array([-1.0, 1, -1, 1])
    values = pd.DataFrame({"a": x, "b": correlation * x + np.sqrt(1 - correlation**2) * y})
    weights = pd.Series({"a": 0.5, "b": 0.5})
    found = audit_overlap.redundant_pairs(values, weights, audit_overlap.REDUNDANT)
    assert len(found) == pairs


def test_groups_that_hold_by_size_alone_are_named():
    table = pd.DataFrame(
        [
            ("x", 3, 9, 0.7, 0.69),
            ("y", 3, 9, 0.9, 0.7),
            ("z", 3, 9, 0.69, 0.1),
            ("single", 1, 9, np.nan, np.nan),
            ("index", 4, 8, 0.87, 0.53),
        ],
        columns=["code", "items", "n", "alpha", "alpha_rest"],
    )
    found = said(audit_overlap.size_free_facts(table), labels=WORDS)
    assert found["shaky"] == "<x> and <index>"
    assert set(found["by_group"]) == {"x", "y", "z", "index"}
    assert found["by_group"]["index"] == {"alpha": "0.87", "rest": "0.53", "cities": "8"}


def test_size_is_the_logarithm_of_gdp_and_of_the_population(ranking, cells):
    cities = ranking.matrix.index
    found = audit_overlap.size_drivers(cells, cities)
    context = cells.pivot(index="adcode", columns="measure", values="value")
    assert found["gdp"].tolist() == np.log(context.loc[cities, "gdp"]).tolist()
    people = heads(context)[cities]
    assert np.exp(found["resident_population"]).to_numpy() == pytest.approx(people.to_numpy())


def test_a_size_of_zero_is_no_figure(cells, ranking):
    city = ranking.matrix.index[0]
    zero = cells.assign(
        value=cells["value"].mask(cells["measure"].eq("gdp") & cells["adcode"].eq(city), 0.0)
    )
    found = audit_overlap.size_drivers(zero, ranking.matrix.index)
    assert found["gdp"].isna().tolist() == [code == city for code in ranking.matrix.index]


def test_without_any_size_the_table_stays_and_says_nothing(ranking, cells):
    sizes = ["gdp", "gdp_per_head", "resident_population", "registered_population"]
    without = cells[~cells["measure"].isin(sizes)]
    table = audit_overlap.overlap_tables(ranking.composite, without)["audit_size_free"]
    assert table["alpha_rest"].isna().all()
    assert table["code"].iloc[-1] == "index"
    assert audit_overlap.size_free_facts(table)["by_group"] == {}


def test_pairs_are_of_the_measures_of_the_index_and_groups_of_all_its_parts(ranking, cells):
    found = audit_overlap.overlap_tables(ranking.composite, cells)
    pairs = found["audit_redundancy"]
    assert {*pairs["first"], *pairs["second"]} <= set(ranking.composite.normalised)
    assert pairs["correlation"].abs().ge(0.9).all()
    domains = set(ranking.composite.framework.query("level == 'domain'")["code"])
    assert set(found["audit_size_free"]["code"]) == domains | {"index"}
