"""Every combination of the method of an index runs, or is refused with what makes it run."""

import re
from itertools import product

import numpy as np
import pandas as pd
import pytest
from any_units import faults, ranking, tables

from analysis.editions import ROOT
from analysis.editions.validation.any_method import PARAMETERS

ALLOWED = PARAMETERS.set_index("column")["allowed"].str.split("|")
NORMALISATIONS, WEIGHTINGS, MEANS = (
    ALLOWED[name] for name in ("normalisation", "weighting", "aggregation")
)
COMBINATIONS = list(product(NORMALISATIONS, WEIGHTINGS, MEANS))
TREE = """code,parent,weight,direction
top,,,
left,top,2,
right,top,1,
a,left,1,1
b,left,3,-1
c,left,1,1
d,right,1,1
e,right,2,-1
f,top,1,1
"""
# No figure is 0, no two leaves go together, and there are gaps.
DATA = """unit,a,b,c,d,e,f
A,3,9,1,20,4,7
B,8,2,6,11,,5
C,5,4,9,35,9,1
D,1,7,3,,2,8
E,9,5,7,14,6,3
F,4,1,2,29,8,9
G,7,6,4,17,1,2
"""
WITHOUT_TREATMENT = "treatment,none"


def method(scale: str, weighting: str, mean: str, *more: str) -> str:
    named = (f"normalisation,{scale}", f"weighting,{weighting}", f"aggregation,{mean}")
    return "\n".join([WITHOUT_TREATMENT, *named, *more])


def reaches_zero(scale: str) -> bool:
    """The worst unit of every leaf has 0 on two of the scales, and less on a third."""
    return scale in {"min_max", "percentile_rank", "z_score"}


def impossible(scale: str, weighting: str, mean: str) -> bool:
    """A mean of logarithms or reciprocals takes no 0, and entropy nothing below."""
    below = scale == "z_score" and weighting == "entropy"
    return below or (mean != "arithmetic" and reaches_zero(scale))


def test_a_third_of_the_method_table_cannot_be_carried_out_as_it_is():
    assert len(COMBINATIONS) == 90
    assert sum(impossible(*each) for each in COMBINATIONS) == 31


def scaled(scale: str, figures: pd.Series, direction: int, lower: float) -> pd.Series:
    """One leaf on its scale, from the definitions."""
    x = figures * direction
    top = 100.0
    if scale == "efficacy_coefficient":
        lower = 60.0
    if scale in {"min_max", "efficacy_coefficient"}:
        return lower + (top - lower) * (x - x.min()) / (x.max() - x.min())
    places = x.rank()
    if scale == "percentile_rank":
        return lower + (top - lower) * (places - 1) / (x.count() - 1)
    if scale == "rank_scores":
        return places
    if scale == "distance_to_best":
        return 100 * figures / figures.max() if direction == 1 else 100 * figures.min() / figures
    z = (x - x.mean()) / np.sqrt(((x - x.mean()) ** 2).sum() / (x.count() - 1))
    return 100 + 10 * z if lower else z


def mean_of(mean: str, values: np.ndarray, weights: np.ndarray) -> float:
    there = ~np.isnan(values)
    values, weights = values[there], weights[there] / weights[there].sum()
    if mean == "geometric":
        return float(np.prod(values**weights))
    if mean == "harmonic":
        return float(1 / (weights / values).sum())
    return float((weights * values).sum())


def check_against_definitions(found, scale: str, mean: str, lower: float) -> None:
    """Leaves from the figures, nodes from the leaves under the weights that are told."""
    figures = pd.DataFrame([line.split(",") for line in DATA.split()[1:]]).set_index(0)
    figures = figures.set_axis(list("abcdef"), axis=1).replace("", None).astype(float)
    tree = pd.DataFrame([line.split(",") for line in TREE.split()[1:]]).set_index(0)
    values = {leaf: scaled(scale, figures[leaf], int(tree.loc[leaf, 3]), lower) for leaf in figures}
    leaves = found["leaves"].set_index("unit")
    pd.testing.assert_frame_equal(leaves, pd.DataFrame(values), check_names=False)
    weights = found["weights"].set_index("code")["weight"]
    assert weights.groupby(tree[1]).sum().tolist() == pytest.approx([1, 1, 1])
    for node, children in (("left", "abc"), ("right", "de"), ("top", ["left", "right", "f"])):
        columns, shares = [values[c] for c in children], weights[list(children)].to_numpy()
        rows = np.column_stack(columns)
        values[node] = pd.Series([mean_of(mean, row, shares) for row in rows], figures.index)
    index = found["ranking"].set_index("unit")["index"]
    assert index.to_dict() == pytest.approx(values["top"].to_dict())


@pytest.mark.parametrize(("scale", "weighting", "mean"), COMBINATIONS)
def test_every_combination_runs_or_says_what_makes_it_run(tmp_path, scale, weighting, mean):
    chosen = method(scale, weighting, mean)
    lower = 0.0
    if impossible(scale, weighting, mean):
        found = faults(tmp_path, TREE, DATA, chosen)
        places = {(file, line, value) for file, line, _, value, _ in found}
        assert places <= {("method.csv", "5", mean), ("method.csv", "4", weighting)}
        lines = re.findall(r"scale_\w+,\d+", found[0][4])
        assert lines
        chosen = method(scale, weighting, mean, *lines)
        lower = 1.0
    found = tables(tmp_path, TREE, DATA, chosen)
    assert np.isfinite(found["ranking"]["index"]).all()
    check_against_definitions(found, scale, mean, lower)


def test_the_page_says_which_combinations_can_be_carried_out():
    page = (ROOT / "docs" / "own-index.md").read_text("utf8")
    rows = re.findall(
        r"^\| (`.*) \| (.*) \| (.*) \|$", page[page.index("| normalisation |") :], re.M
    )
    said = {name: row[1:] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert set(said) == set(NORMALISATIONS)
    for name, (means, _) in said.items():
        assert ("scale" in means and name != "efficacy_coefficient") == reaches_zero(name)


@pytest.mark.parametrize("scale", ["min_max", "percentile_rank", "efficacy_coefficient"])
def test_the_ends_of_a_scale_are_those_of_the_table(tmp_path, scale):
    chosen = f"{WITHOUT_TREATMENT}\nnormalisation,{scale}\nscale_lower,20\nscale_upper,30"
    leaves = tables(tmp_path, TREE, DATA, chosen)["leaves"].set_index("unit")
    assert set(leaves.min()) == {20}
    assert set(leaves.max()) == {30}
    assert ranking(tmp_path, TREE, DATA, chosen.replace("scale_upper,30", "weighting,equal"))[
        "index"
    ].between(20, 100).all()  # fmt: skip


LONG_TAIL = "unit,a,b\n" + "".join(f"u{n},{n % 7},{n}\n" for n in range(20)) + "far,9000,3\n"
TWO = "code,parent\ntop,\na,top\nb,top\n"


@pytest.mark.parametrize(
    ("chosen", "method_of_leaf"),
    [
        ("coverage_all,0", "winsorised"),
        ("treatment,winsorise", "winsorised"),
        ("maximum_winsorised,0", "log"),
        ("treatment,log", "log"),
        ("treatment,none", "none"),
        ("skewness_limit,1000", "none"),
    ],
)
def test_the_treatment_is_stated_and_none_is_one_of_its_values(tmp_path, chosen, method_of_leaf):
    found = tables(tmp_path, TWO, LONG_TAIL, chosen)
    assert found["treatment"].set_index("leaf")["method"].to_dict() == {
        "a": method_of_leaf,
        "b": "none",
    }
    assert len(found["treated_points"]) == {"winsorised": 1, "log": 21, "none": 0}[method_of_leaf]


KNOWN = "no such parameter is known; known are treatment, skewness_limit"


@pytest.mark.parametrize(
    ("lines", "line", "value", "rule"),
    [
        ("normalisation,zscore", 2, "zscore", "normalisation must be one of min_max, z_score"),
        ("coverage_all,1.5", 2, "1.5", "coverage_all must be at least 0 and at most 1"),
        ("colour,red", 2, "colour", KNOWN),
        ("treatment,1e9", 2, "1e9", "treatment must be one of winsorise, log, none"),
        ("treatment,none\nskewness_limit,3", 3, "3",
         "skewness_limit has no use where treatment is none: it takes no parameter"),
        ("maximum_winsorised,3\ntreatment,log", 2, "3",
         "maximum_winsorised has no use where treatment is log: it takes skewness_limit and"),
        ("scale_mean,10", 2, "10",
         "scale_mean has no use where normalisation is min_max: it takes scale_lower and scale_u"),
        ("normalisation,rank_scores\nscale_lower,1", 3, "1",
         "scale_lower has no use where normalisation is rank_scores: it takes no parameter"),
        ("scale_lower,100", 2, "100", "scale_lower must lie at least 0.001 below the upper end"),
        ("scale_upper,0", 2, "0", "scale_upper must lie at least 0.001 above the lower end, 0"),
        ("normalisation,efficacy_coefficient\nscale_upper,50", 3, "50",
         "scale_upper must lie at least 0.001 above the lower end, 60"),
        ("normalisation,z_score\nscale_sd,0", 3, "0", "scale_sd must be at least 0.001"),
        ("scale_lower,-5\naggregation,geometric", 3, "geometric",
         "aggregation geometric takes values above 0 only; min_max gives the worst unit of every "
         "leaf -5: raise scale_lower above 0"),
        ("scale_lower,-5\nweighting,entropy", 3, "entropy",
         "weighting entropy takes no values below 0; min_max gives the worst unit of"),
    ],
)  # fmt: skip
def test_a_wrong_method_is_refused_with_line_and_value(tmp_path, lines, line, value, rule):
    [(file, found_line, _, found_value, found)] = faults(tmp_path, TREE, DATA, lines)
    assert (file, found_line, found_value) == ("method.csv", str(line), value)
    assert found.startswith(rule)


def test_a_parameter_that_stands_twice_is_refused(tmp_path):
    [fault] = faults(tmp_path, TREE, DATA, "coverage_all,0\ncoverage_all,1")
    assert fault == (
        "method.csv",
        "3",
        "parameter",
        "coverage_all",
        "must not repeat line 2: correct or take out one of the two",
    )


def test_what_the_project_says_of_its_own_parameters_may_stand_beside(tmp_path):
    table = "parameter,value,unit,meaning\ncoverage_all,0.9,share,words"
    found = tables(tmp_path, TREE, DATA, table)
    assert set(found["unranked"]["unit"]) == {"B", "D"}
