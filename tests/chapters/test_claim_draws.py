"""Tests of claims in many draws: each draw is judged as the ledger judges one ranking."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.chapters import assembly, claim_draws
from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_draws import (
    TESTS_IN_DRAWS,
    domain_engine,
    domain_study,
    drawn_by,
    source,
    sources,
)
from analysis.chapters.claim_outcomes import Stated, stated
from analysis.chapters.claim_tests import TESTS
from analysis.chapters.claim_verdicts import verdict
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.example import small_design, small_study
from analysis.index.robustness.study import Study

CODES = [*"abcd"]
DRAWS = [[4.0, 3, 2, 1], [1, 2, 3, 4]]
SCORES = pd.DataFrame({"adcode": CODES, "region": ["East", "East", "West", "North"]})
REGIONS = pd.DataFrame(
    {"region": ["East", "West", "North"], "published_representation": [2.0, 1.0, 0.5]}
)
PUBLISHED = pd.DataFrame({"adcode": ["a", "b"], "rank": [1, 2], "tier": ["high", "low"]})
BANDS = pd.DataFrame({"tier": ["high", "low", "below"], "cities": [1, 1, None],
                      "last_place": [1, 2, None]})  # fmt: skip
CITIES = pd.DataFrame(
    {"adcode": CODES, "province_en": ["Coast", "Coast", "Hills", "Hills"],
     "region": ["East", "East", "West", "West"]}
)  # fmt: skip
SIZE = pd.DataFrame(
    {"gdp": [9.0, 8, 3, 1], "gdp_per_head": [90.0, 80, 30, 20]}, index=pd.Index(CODES)
)
TABLES = {
    "scores": SCORES, "regions": REGIONS, "published": PUBLISHED, "bands": BANDS,
    "cities": CITIES, "size": SIZE,
}  # fmt: skip


def judged(name: str, claim: Stated, draws: list[list[float]] = DRAWS, **tables) -> list[list]:
    values = pd.DataFrame(draws, columns=CODES)
    return lists(TESTS_IN_DRAWS[name](values, TABLES | tables, claim))


def lists(condition: Condition) -> list[list]:
    return [np.asarray(part).tolist() for part in condition]


def test_means_of_regions_are_compared_in_every_draw():
    # East 3.5, West 2, and the North with 1 below it; then East 1.5, West 3, the North with 4.
    assert judged("order_of_regions", Stated(["East", "West"], [])) == [
        [True, True],
        [True, True],
    ]
    better = [[4.0, 3, 1, 2]]
    assert judged("order_of_regions", Stated(["East", "West"], []), better) == [[True], [False]]


def economy(estimate: float, low: float, high: float) -> pd.DataFrame:
    """The place lies above every limit; the index has this interval."""
    rows = [("place", 0.95, 0.9, 0.99), ("index", estimate, low, high)]
    table = pd.DataFrame(rows, columns=["level", "estimate", "low", "high"])
    return table.assign(size="gdp", statistic="spearman")


def test_a_draw_with_the_correlation_of_record_has_the_interval_of_record():
    # Ranks 4, 2, 3, 1 against 4, 3, 2, 1: 1 - 6 * 2 / (4 * 15) = 0.8
    draws = [[4.0, 2, 3, 1]]
    for low, expected in ((0.7, [[True], [False]]), (0.699, [[True], [True]])):
        table = economy(0.8, low, 0.9)
        found = judged("correlation_with_size", Stated(["gdp"], [0.7]), draws, economy=table)
        assert found == expected


def test_correlations_are_spearmans():
    values = np.array([[4.0, 2, 3, 1], [1, 2, 3, 4]])
    found = claim_draws.rank_correlations(values, SIZE["gdp"].to_numpy())
    assert found == pytest.approx([0.8, -1])


def test_an_interval_moves_with_its_estimate_on_fishers_scale():
    # artanh 0.6 = ln 2, artanh 0 = 0: an end one ln 2 below 0.6 is 0, and below 0.0 it is -0.6.
    assert claim_draws.moved(0.0, 0.6, np.array([0.6, 0.0])) == pytest.approx([0, -0.6])


def test_a_line_is_compared_with_curves_in_every_draw():
    size = pd.DataFrame({"gdp": [1.0, 2, 4, 8]}, index=pd.Index(CODES))
    line, power = [3.0, 5, 9.1, 17], [1.0, 4, 16.1, 64]
    found = judged("linearity", Stated(["gdp"], [1.1]), [line, power], size=size)
    assert found == [[True, False], [False, True]]


def test_cities_without_a_positive_index_in_a_draw_take_no_part():
    size = pd.DataFrame({"gdp": [1.0, 2, 4, 8]}, index=pd.Index(CODES))
    with np.errstate(all="raise"):
        found = judged("linearity", Stated(["gdp"], [2]), [[2.0, 3, 5.5, -1]], size=size)
    assert found[0] == [True]


def test_places_of_leading_cities_are_those_of_every_draw():
    assert judged("leading_cities", Stated(["a"], [])) == [[True, True], [False, True]]


def test_values_that_are_the_same_share_the_better_place():
    values = pd.DataFrame([[1.0, 1 + 1e-12, 0, 2]], columns=CODES)
    assert claim_draws.ranks(values).to_numpy().tolist() == [[2, 2, 4, 1]]


def test_leading_cities_of_every_draw_are_sought_in_provinces_with_a_base():
    # Of the list all lie on the Coast, of the leading two of the draws all, then none.
    claim = Stated(["East"], [0.5])
    assert judged("economic_base", claim) == [[True, True], [False, True]]


def test_medians_of_a_domain_rise_with_the_stages_in_every_draw():
    claim = Stated(["infrastructure"], [])
    assert judged("rising_by_stage", claim) == [[True, False], [False, True]]


def test_gains_of_smaller_cities_are_those_of_every_draw():
    # By residents all are alike, so that none is smaller; by GDP c and d are.
    size = SIZE.assign(gdp_per_head=[1.0, 2, 3, 4], gdp=[4.0, 6, 6, 4])
    moves = [[1.0, -1, -1, 1], [-1.0, 1, 1, -1]]
    found = judged("smaller_cities_gain", Stated([], [0]), moves, size=size)
    assert found[0] == [True, False]


def test_values_of_a_domain_are_set_against_the_published_median_in_every_draw():
    # The published are a and b: medians 3.5 and 1.5.
    claim = Stated(["livelihood", "a"], [])
    assert judged("stand_out_in_domain", claim) == [[True, False], [False, True]]


CLAIMS = pd.DataFrame(
    [
        ("first", "leading_cities", "a", ""),
        ("sinking", "smaller_cities_gain", "", ""),
        ("stages", "rising_by_stage", "infrastructure", ""),
        ("towns", "stand_out_in_domain", "livelihood|a", ""),
        ("doubtful", "leading_cities", "a", "But."),
        ("counted", "bands", "", ""),
    ],
    columns=["claim", "test", "subjects", "caveat"],
)


def test_what_each_claim_is_judged_by_is_named_and_others_are_left_out():
    tests = pd.DataFrame({"test": [*TESTS_IN_DRAWS, "bands"]})
    tests["drawn"] = ["1"] * len(TESTS_IN_DRAWS) + ["0"]
    assert sources(CLAIMS, tests) == {
        "first": "index", "sinking": "moves", "stages": "infrastructure", "towns": "livelihood"
    }  # fmt: skip
    assert source({"test": "linearity", "subjects": "gdp"}) == "index"


def test_every_test_that_is_said_to_be_judged_in_draws_is_and_no_other(real):
    tests = real.reference_table("claim_tests")
    assert set(tests.loc[tests["drawn"] == "1", "test"]) == set(TESTS_IN_DRAWS)


def test_draws_know_which_take_logarithms():
    found = drawn_by([Engine(small_study(), small_design())], seed=1, count=20)
    engine = Engine(small_study(), small_design())
    draws = engine.sampler.draw(1, first=0, count=20)
    assert found.table.to_numpy() == pytest.approx(engine.scores(draws))
    assert not (found.logarithms & found.none).any()


def nested_study() -> Study:
    """Beside b, which has a gap, a domain of a and of its half."""
    rows = [
        ("top", "", "index", 1.0),
        ("both", "top", "domain", 2.0),
        ("a", "both", "part", 1.0),
        ("half", "both", "part", 1.0),
        ("b", "top", "part", 1.0),
    ]
    tree = pd.DataFrame(rows, columns=["code", "parent", "level", "weight"]).assign(direction=1)
    study = small_study()
    data = study.data.assign(b=[100.0, np.nan, 0.0], half=study.data["a"] / 2)
    whole = data.assign(b=50.0)
    return replace(study, framework=tree, data=data, sizes=["a", "b"], imputed=(whole,))


def test_the_study_of_a_domain_holds_its_leaves_alone():
    alone = domain_study(nested_study(), "both")
    assert alone is not None
    assert list(alone.data.columns) == ["a", "half"]
    assert list(alone.sizes) == ["a"]
    assert list(alone.framework["code"]) == ["top", "both", "a", "half"]
    assert [list(filled.columns) for filled in alone.imputed] == [["a", "half"]]


def test_a_domain_that_some_city_lacks_or_that_nothing_measures_has_no_study():
    study = nested_study()
    assert domain_study(study, "b") is None
    assert domain_study(replace(study, data=study.data[["b"]]), "both") is None


def test_the_index_of_the_study_of_a_domain_is_the_value_of_the_domain():
    design = small_design()
    engine = domain_engine(nested_study(), design, "both")
    assert engine is not None
    found = drawn_by([engine], seed=1, count=3)
    assert found.table.to_numpy().tolist() == [[0, 50, 100]] * 3


def test_the_ranking_of_record_is_judged_in_draws_as_in_the_ledger(real):
    tables = {path.stem: real.result(path.stem) for path in real.results.glob("*.csv")}
    tables |= assembly.claim_evidence(real, tables)
    claims, tests = (real.reference_table(name) for name in ("claims", "claim_tests"))
    record = tables["scores"].set_index("adcode")
    moves = tables["comparison"].set_index("adcode")["from_data"]
    judged_by = sources(claims, tests)
    assert len(judged_by) > 5
    for claim in claims[claims["claim"].isin(list(judged_by))].to_dict("records"):
        name = judged_by[claim["claim"]]
        values = moves if name == "moves" else record[name]
        one = values.to_frame().T.reset_index(drop=True).astype(float)
        condition = TESTS_IN_DRAWS[claim["test"]](one, tables, stated(claim))
        holds, qualified = (bool(part[0]) for part in condition)
        ledger = TESTS[claim["test"]](tables, stated(claim))
        assert verdict(holds, qualified=qualified) == ledger.verdict, claim["claim"]
