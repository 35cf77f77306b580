"""The normalised data under every choice: gaps, treatment, and what is kept."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.refusal import RefusalError
from analysis.index.robustness.design import Alternative, read_design
from analysis.index.robustness.draws import NONE
from analysis.index.robustness.states import States, gap_pattern, treated
from analysis.index.robustness.study import Study
from index.robustness.cases import alternatives, design_table

LIMITS = {"skewness_limit": 2.0, "kurtosis_limit": 3.5}
FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1, 1),
        ("a", "index", "measure", 1, 1),
        ("b", "index", "measure", 1, -1),
    ],
    columns=["code", "parent", "level", "weight", "direction"],
)
DATA = pd.DataFrame({"a": [0.0, 10.0, 5.0], "b": [1.0, float("nan"), 3.0]}, list("xyz"))


def test_complete_units_come_first_and_gaps_are_told_by_leaf():
    present = np.array([[True, True, True], [True, False, True]])
    pattern = gap_pattern(present)
    assert pattern.order.tolist() == [0, 2, 1]
    assert (pattern.complete, pattern.gap_leaves) == (2, {1})
    assert pattern.present.tolist() == [[1.0], [0.0]]


def test_without_gaps_every_unit_keeps_its_place():
    pattern = gap_pattern(np.ones((2, 3), dtype=bool))
    assert pattern.order.tolist() == [0, 1, 2]
    assert (pattern.complete, pattern.gap_leaves, pattern.present.shape) == (3, frozenset(), (2, 0))


SKEWED = pd.Series([*range(1, 20), 1000.0])


def test_a_column_is_left_alone_that_the_rule_does_not_ask_to_treat():
    even, two = pd.Series([1.0, 2.0, 3.0, 4.0]), pd.Series([0.0] * 30 + [1.0])
    for values in (even, two):
        assert treated(values, Alternative("winsorise maximum=1"), LIMITS) is values
    assert treated(SKEWED, Alternative("none"), LIMITS) is SKEWED


def test_a_point_is_pulled_in_if_so_many_may_be_and_else_the_logarithm_is_taken():
    pulled = treated(SKEWED, Alternative("winsorise maximum=1"), LIMITS)
    assert pulled.tolist() == [*range(1, 20), 19]
    logged = treated(SKEWED, Alternative("log"), LIMITS)
    # ln(x - lowest + 0.01 (highest - lowest)), of the lowest and the highest.
    assert logged.iloc[[0, -1]].tolist() == pytest.approx([np.log(9.99), np.log(999 * 1.01)])


def states(scales: list[str], means: tuple[str, ...] = ("arithmetic",)) -> States:
    rows = [
        *alternatives("treatment", "none"),
        *alternatives("normalisation", *scales),
        *alternatives("aggregation", *means),
    ]
    return States(Study(DATA, FRAMEWORK), read_design(design_table(*rows)))


def test_a_state_holds_both_scales_with_gaps_as_zero_and_complete_units_first():
    found = states(["min_max", "min_max lower=1 upper=101"])
    state = found.get((0, 0, 0, NONE, NONE))
    assert state.complete["arithmetic"].tolist() == [[0, 50], [100, 0]]  # x and z; b turned round
    assert state.partial["arithmetic"].tolist() == [[100], [0]]
    shifted = found.get((0, 1, 0, NONE, NONE))
    assert shifted.complete["arithmetic"].tolist() == [[1, 51], [101, 1]]


def test_logarithms_are_made_only_where_a_geometric_mean_takes_the_leaves():
    scale = ["min_max lower=1 upper=101"]
    assert "geometric" not in states(scale).get((0, 0, 0, NONE, NONE)).complete
    both = states(scale, ("arithmetic", "geometric"))
    assert both.geometric_leaves == {0, 1}
    logarithms = both.get((0, 0, 0, NONE, NONE)).complete["geometric"]
    assert np.allclose(logarithms, np.log([[1, 51], [101, 1]]))


def test_a_scale_that_reaches_zero_is_refused_under_a_geometric_mean():
    with pytest.raises(RefusalError, match="under a geometric mean"):
        states(["min_max"], ("geometric",))


def test_a_state_is_made_once(monkeypatch):
    found = states(["min_max"])
    first = found.get((0, 0, 0, NONE, NONE))
    monkeypatch.setattr(States, "_state", lambda *_: pytest.fail("it was made again"))
    assert found.get((0, 0, 0, NONE, NONE)) is first
