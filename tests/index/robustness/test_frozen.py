"""Rulers of record that a study takes over: which draws have them, and how they bear every mean."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.index.composite import Method, build
from analysis.index.ranking import rank
from analysis.index.robustness.design import Alternative, read_design
from analysis.index.robustness.draws import NONE, Sampler
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.frozen import FACTORS, lifted_scale, rulers_of_record
from analysis.index.robustness.replay import replayed_ranks
from analysis.index.robustness.states import States
from analysis.index.robustness.study import Study
from analysis.index.treatment import fit
from index.robustness.cases import alternatives, design_table

FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1, 1),
        ("left", "index", "domain", 1, 1),
        ("right", "index", "domain", 1, 1),
        ("a", "left", "measure", 1, 1),
        ("b", "right", "measure", 1, -1),
        ("c", "right", "measure", 1, 1),
    ],
    columns=["code", "parent", "level", "weight", "direction"],
)
GAP = float("nan")
# Of other units a ran from 10 to 20, and b from 0 to 4; c nobody had.
RULERS = fit(pd.DataFrame({"a": [10.0, 20.0], "b": [0.0, 4.0]}))
DATA = pd.DataFrame(
    {"a": [5.0, 15.0, 20.0, 12.0], "b": [4.0, 2.0, 0.0, 1.0], "c": [0.0, 2.0, GAP, 1.0]},
    list("wxyz"),
)
DESIGN = read_design(
    design_table(
        ("weights", "domain", "", 0.5, 1.5, None),
        *alternatives("treatment", "winsorise maximum=5", "none"),
        *alternatives("normalisation", "min_max lower=1 upper=101", "rank_scores"),
        *alternatives("aggregation", "arithmetic", "arithmetic index=geometric"),
        *alternatives("measures", "size", "per_head"),
        *alternatives("gaps", "left", "imputed draws=1"),
        *alternatives("figures", "as_printed", "with_error draws=2"),
    )
)

NO_COPIES = replace(
    DESIGN,
    alternatives={
        factor: found[:1] if factor in ("gaps", "figures") else found
        for factor, found in DESIGN.alternatives.items()
    },
)


def study() -> Study:
    filled = DATA.fillna({"c": 9.0})
    heads = pd.Series(1.0, DATA.index) * [1, 2, 3, 4]
    # One copy has a figure below all that are printed: a quarter of the ruler below its foot.
    lower = DATA.assign(a=[7.5, 16.0, 20.0, 11.0])
    return Study(
        DATA, FRAMEWORK, imputed=[filled], replicates=[DATA, lower], heads=heads, sizes=["a"],
        rulers=RULERS,
    )  # fmt: skip


def record() -> dict[str, Alternative]:
    return {factor: DESIGN.of_record(factor) for factor in FACTORS}


@pytest.mark.parametrize("factor", FACTORS)
def test_another_treatment_scale_or_size_makes_its_own_rulers(factor):
    assert rulers_of_record(study(), DESIGN, record()) is RULERS
    changed = record() | {factor: DESIGN.alternatives[factor][1]}
    assert rulers_of_record(study(), DESIGN, changed) is None
    assert rulers_of_record(replace(study(), rulers=None), DESIGN, record()) is None


def test_the_foot_is_lifted_until_the_lowest_figure_stands_on_it():
    # w has 5 in a: half of the ruler below its foot. 1 + (101 - 1) / 3 = 34.333; one half of the
    # way from there to the top, 33.333, below it is 1.
    lifted = lifted_scale(study(), DESIGN.of_record("normalisation"))
    assert lifted == pytest.approx({"lower": 1 + 100 / 3, "upper": 101})
    efficacy = lifted_scale(study(), Alternative("efficacy_coefficient base=1 span=100"))
    assert efficacy == pytest.approx({"base": 1 + 100 / 3, "span": 200 / 3})


def test_the_foot_is_lifted_for_copies_with_errors_too():
    inside = replace(study(), data=DATA.replace({"a": {5.0: 10.0}}), imputed=())
    inside = replace(inside, replicates=study().replicates[1:])
    # A quarter of the ruler below the foot: (1 + 101 / 4) / 1.25 = 21 stands for 10.
    lifted = lifted_scale(inside, DESIGN.of_record("normalisation"))
    assert lifted == pytest.approx({"lower": 21, "upper": 101})


def test_a_scale_below_which_nothing_lies_stays_and_one_that_is_no_line_too():
    inside = replace(study(), data=DATA.replace({"a": {5.0: 10.0}}), imputed=())
    inside = replace(inside, replicates=())
    scale = DESIGN.of_record("normalisation")
    assert lifted_scale(inside, scale) == {"lower": 1, "upper": 101}
    assert lifted_scale(study(), Alternative("rank_scores")) == {}
    assert lifted_scale(replace(study(), rulers=None), scale) == scale.numbers


def test_where_all_figures_lie_above_the_foot_the_scale_stays():
    # The lowest of all is a fifth of its ruler up: 12 in a.
    above = DATA.assign(a=[12.0, 15, 20, 12], b=[2.0, 2, 0, 1])
    inside = replace(study(), data=above, imputed=(), replicates=())
    assert lifted_scale(inside, DESIGN.of_record("normalisation")) == {"lower": 1, "upper": 101}


def test_rulers_of_other_leaves_change_nothing():
    other = replace(study(), rulers=fit(pd.DataFrame({"q": [1.0, 2.0]})))
    scale = DESIGN.of_record("normalisation")
    assert lifted_scale(other, scale) == {"lower": 1, "upper": 101}
    own = States(replace(study(), rulers=None), DESIGN).get((0, 0, 0, NONE, NONE))
    found = States(other, DESIGN).get((0, 0, 0, NONE, NONE))
    assert np.allclose(found.complete["arithmetic"], own.complete["arithmetic"])


def test_the_state_of_record_has_the_rulers_and_every_other_one_has_not():
    found = States(study(), DESIGN)
    # Worked by hand on 34.333 … 101: of a 5, 15 and 12 lie -0.5, 0.5 and 0.2 up the ruler.
    complete = found.get((0, 0, 0, NONE, NONE)).complete["arithmetic"]
    span, foot = 200 / 3, 1 + 100 / 3
    assert complete[0] == pytest.approx([1, foot + 0.5 * span, foot + 0.2 * span])
    own = found.get((1, 0, 0, NONE, NONE)).complete["arithmetic"]
    assert own[0].tolist() == pytest.approx([1, 1 + 100 * 10 / 15, 1 + 100 * 7 / 15])


def test_where_no_unit_reaches_the_top_of_a_ruler_the_state_of_record_tells():
    # As above, but the best has 18 in a, so that the units' own scale runs from 5 to 18.
    found = States(replace(study(), data=DATA.replace({"a": {20.0: 18.0}}), imputed=()), NO_COPIES)
    a = [found.get((n, 0, 0, NONE, NONE)).complete["arithmetic"][0].tolist() for n in (0, 1)]
    span, foot = 200 / 3, 1 + 100 / 3
    assert a[0] == pytest.approx([1, foot + 0.5 * span, foot + 0.2 * span])
    assert a[1] == pytest.approx([1, 1 + 100 * 10 / 13, 1 + 100 * 7 / 13])


def test_the_draw_of_record_has_the_ranks_of_the_index_by_the_same_rulers():
    engine = Engine(study(), DESIGN)
    index = build(DATA, FRAMEWORK, method=Method(), rulers=RULERS).index
    assert engine.ranks(engine.sampler.of_record())[0].tolist() == rank(index).tolist()


def test_many_draws_have_the_ranks_of_one_at_a_time():
    engine = Engine(study(), DESIGN)
    draws = Sampler(DESIGN, study()).draw(seed=5, first=0, count=64)
    assert len({tuple(draws.choices[factor][n] for factor in FACTORS) for n in range(64)}) > 4
    slow = replayed_ranks(study(), DESIGN, draws).to_numpy().T
    assert (engine.ranks(draws) == slow).all()
