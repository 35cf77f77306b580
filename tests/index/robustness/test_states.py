"""The normalised data under every choice: gaps, treatment, and what is kept."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.refusal import RefusalError
from analysis.index.robustness.design import read_design
from analysis.index.robustness.draws import NONE
from analysis.index.robustness.states import States, gap_pattern
from analysis.index.robustness.study import Study
from index.robustness.cases import alternatives, design_table

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


SKEWED = [*range(1, 20), 1000.0]


def test_the_treatment_is_that_of_the_index_engine_for_every_alternative_and_copy():
    # a is skewed and may be treated, b is as skewed and may not; the copy of a is even.
    data = pd.DataFrame({"a": SKEWED, "b": SKEWED}, [f"u{n:02}" for n in range(20)])
    rows = [
        *alternatives("treatment", "none", "winsorise maximum=1", "log"),
        *alternatives("normalisation", "min_max"),
        *alternatives("aggregation", "arithmetic"),
        *alternatives("figures", "as_printed", "with_error draws=1"),
    ]
    even = data.assign(a=range(20))
    study = Study(data, FRAMEWORK, replicates=[even], untreated=["b"])
    found = States(study, read_design(design_table(*rows)))
    states_of = [found.get((n, 0, 0, NONE, NONE)).complete["arithmetic"] for n in range(3)]
    a, b = ([state[leaf] for state in states_of] for leaf in (0, 1))
    # On scales from 0 to 100: 2 of 1 to 1000; of 1 to 19; ln(1 + 9.99) between ln 9.99 and
    # ln(999 + 9.99).
    steps = np.log([10.99 / 9.99, 1008.99 / 9.99])
    assert [each[1] for each in a] == pytest.approx(
        [100 / 999, 100 / 18, 100 * steps[0] / steps[1]]
    )
    assert [each[-2:].tolist() for each in a[:2]] == [pytest.approx([1800 / 999, 100]), [100, 100]]
    assert [each[1] for each in b] == pytest.approx([100 - 100 / 999] * 3)
    copies = [found.get((n, 0, 0, NONE, 0)).complete["arithmetic"][0, 1] for n in range(3)]
    assert copies == pytest.approx([100 / 19] * 3)


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


def test_the_logarithm_of_a_value_below_one_is_negative():
    scale = ["min_max lower=0.5 upper=100.5"]
    found = states(scale, ("geometric",)).get((0, 0, 0, NONE, NONE)).complete["geometric"]
    assert found[0].tolist() == pytest.approx([np.log(0.5), np.log(50.5)])
