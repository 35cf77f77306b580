"""Alternatives for which a study has no evidence are left aside; the method of record stays."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.fitting import fitting
from analysis.index.robustness.replicates import replicated
from analysis.index.robustness.sensitivity import sensitivity_table
from analysis.index.robustness.study import Study
from index.robustness.cases import alternatives, design_table

DESIGN = read_design(
    design_table(
        ("weights", "indicator", "", 0.75, 1.25, None),
        *alternatives("treatment", "winsorise maximum=5", "none"),
        *alternatives("normalisation", "min_max lower=1 upper=100", "rank_scores"),
        *alternatives("aggregation", "arithmetic"),
        *alternatives("measures", "size", "per_head"),
        *alternatives("gaps", "left", "imputed draws=2"),
        *alternatives("figures", "as_printed", "with_error draws=2"),
        *alternatives("evidence", "observed proxy", "observed", "observed proxy weak"),
        ("left_out", "", "nothing", None, None, 1.0),
        ("left_out", "indicator", "one", None, None, 1.0),
    )
)
UNITS = list("abcdef")
# Each leaf in an indicator of its own; those not named here are observed.
VALUES = {
    "jobs": [9.0, 7, 5, 3, 2, 1],
    "twin": [9.0, 7, 5, 3, 2, 1],
    "roads": [1.0, 5, 2, 6, 3, 4],
    "homes": [4.0, 3, 6, 2, 5, 1],
    "apps": [3.0, 1, 4, 1, 5, 9],
    "vague": [2.0, 7, 1, 8, 2, 8],
}
GRADES = dict.fromkeys(VALUES, "observed") | {"apps": "proxy", "vague": "weak"}
# Roads have an error that nobody knows.
ERRORS = pd.DataFrame(
    {"scale": "points", "error": {"jobs": 0.5, "roads": np.nan, "homes": 0.0}}
).assign(lowest=np.nan, highest=np.nan)


def study(
    leaves: str = "jobs roads homes apps vague", gap: bool = True, heads: bool = True
) -> Study:
    names = leaves.split()
    data = pd.DataFrame({name: VALUES[name] for name in names}, index=UNITS)
    if gap:
        data.iloc[2, 0] = np.nan
    nodes = [("index", "", "index"), *[(f"i_{name}", "index", "indicator") for name in names]]
    rows = [*nodes, *[(name, f"i_{name}", "measure") for name in names]]
    framework = pd.DataFrame(rows, columns=["code", "parent", "level"])
    return Study(
        data=data,
        framework=framework.assign(weight=1.0, direction=1),
        imputed=[data.fillna(4.0)] * 2,
        heads=pd.Series(1.0, UNITS) if heads else None,
        errors=ERRORS,
        replicates=replicated(data, ERRORS, 2, 1),
        sizes=["jobs"] if "jobs" in names else [],
        grades=GRADES,
    )


def aside(of: Study) -> set[str]:
    """Texts of the alternatives that the design has and what fits the study has not."""
    fitted = fitting(DESIGN, of).alternatives
    return {
        alternative.text
        for factor, alternatives in DESIGN.alternatives.items()
        for alternative in alternatives
        if alternative not in fitted[factor]
    }


def test_with_all_evidence_nothing_is_left_aside():
    assert fitting(DESIGN, study()) == DESIGN


@pytest.mark.parametrize(
    ("of", "lost"),
    [
        (study(heads=False), {"per_head"}),
        # Without homes nothing observed would be left of unit c.
        (study("roads homes apps vague"), {"per_head", "observed", "with_error draws=2"}),
        (study(gap=False), {"imputed draws=2"}),
        (study("jobs roads homes apps"), {"observed proxy weak"}),
        (study("jobs roads homes vague"), {"observed"}),  # which is all of record then
        (study("jobs apps"), {"one", "observed", "observed proxy weak"}),
        (study("jobs apps", gap=False), {"imputed draws=2", "observed", "observed proxy weak"}),
    ],
)
def test_what_has_no_evidence_is_left_aside_and_the_rest_can_be_drawn(of, lost):
    assert aside(of) == lost
    design = fitting(DESIGN, of)
    assert all(
        design.of_record(factor) == DESIGN.of_record(factor) for factor in DESIGN.alternatives
    )
    engine = Engine(of, design)
    ranks = engine.ranks(engine.sampler.draw(1, 0, 50))
    assert ranks.min() == 1


def test_a_unit_without_heads_or_without_any_value_of_a_grade_is_enough():
    one = study()
    one.heads["b"] = np.nan
    assert aside(one) == {"per_head"}
    gaps = study()
    gaps.data.loc["b", ["jobs", "roads", "homes"]] = np.nan
    assert aside(gaps) == {"observed", "one"}  # apps is all that unit b has


def test_where_no_choice_moves_a_rank_every_share_is_nothing():
    twins = study("jobs twin", gap=False)
    engine = Engine(twins, fitting(DESIGN, twins))
    table = sensitivity_table(engine, np.arange(1, 7), base=16, seed=1)
    assert (table.drop(columns=["quantity", "factor"]) == 0).all(axis=None)
    assert {"weights", "measures", "treatment"} <= set(table["factor"])


def test_without_any_error_known_figures_are_as_printed():
    nothing_known = replace(study(), errors=None, replicates=())
    assert aside(nothing_known) == {"with_error draws=2"}
    no_error = replace(study(), errors=ERRORS.assign(error=0.0))
    assert aside(no_error) == {"with_error draws=2"}


def test_grades_that_leave_one_node_that_could_go_are_left_aside():
    # Roads hang right below the index: of the observed leaves only those of jobs can go.
    of = study("jobs roads apps", gap=False)
    framework = of.framework.replace({"parent": {"i_roads": "index"}})
    assert "observed" not in aside(of)
    assert "observed" in aside(replace(of, framework=framework[framework["code"] != "i_roads"]))
