"""Gaps are filled by draws whose spread is honest."""

import numpy as np
import pandas as pd
import pytest
import sklearn.impute
from sklearn.experimental import enable_iterative_imputer  # noqa: F401  (it is registered there)

from analysis.index.robustness import imputation
from analysis.index.robustness.imputation import (
    Hiding,
    hidden_cell_coverage,
    impute,
    normal_scores,
    score_scale,
)


def correlated(units=300, seed=1):
    """Four skewed columns that share a common part."""
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(units, 1))
    values = np.exp(common + 0.5 * generator.normal(size=(units, 4)))
    return pd.DataFrame(values, columns=list("pqrs"))


@pytest.fixture(scope="module")
def holed():
    data = correlated()
    data.loc[5:24, "p"] = np.nan
    data.loc[15:30, "q"] = np.nan
    return data


@pytest.fixture(scope="module")
def filled(holed):
    return impute(holed, 3, seed=7)


def test_normal_scores_are_quantiles_of_the_mid_ranks():
    scores = normal_scores(pd.Series([30.0, 10.0, None, 20.0]))
    # Mid-ranks 5/6, 1/6 and 1/2: quantiles 0.967, -0.967 and 0.
    assert scores.tolist() == pytest.approx([0.9674, -0.9674, np.nan, 0.0], abs=1e-4, nan_ok=True)


def test_the_scale_of_scores_rises_with_the_different_values_present():
    scores, values = score_scale(pd.Series([3.0, 3.0, 1.0, None, 100.0]))
    assert values.tolist() == [1.0, 3.0, 100.0]
    # Mid-ranks 1/8, 4/8 and 7/8.
    assert scores.tolist() == pytest.approx([-1.1503, 0.0, 1.1503], abs=1e-4)


def test_values_present_stay_as_they_are(holed, filled):
    for copy in filled:
        assert copy.where(holed.notna()).equals(holed)
        assert copy.notna().all(axis=None)


def test_filled_values_stay_within_the_range_observed(holed, filled):
    for copy in filled:
        assert (copy.min() >= holed.min()).all()
        assert (copy.max() <= holed.max()).all()


def test_the_copies_differ_where_there_were_gaps(holed, filled):
    differ = (filled[0] != filled[1]).to_numpy()
    assert differ[holed.isna().to_numpy()].mean() > 0.9


def test_a_copy_does_not_depend_on_how_many_are_made(holed, filled):
    assert impute(holed, 1, seed=7)[0].equals(filled[0])


def test_a_chain_goes_three_rounds_over_the_columns_with_gaps(holed, monkeypatch):
    rounds = []

    class Counted(sklearn.impute.IterativeImputer):
        def fit_transform(self, scores):
            found = super().fit_transform(scores)
            rounds.append((self.n_iter_, len(self.imputation_sequence_)))
            return found

    monkeypatch.setattr(sklearn.impute, "IterativeImputer", Counted)
    impute(holed, 2, seed=7)
    assert rounds == [(3, 6), (3, 6)]


def test_helpers_are_used_and_left_behind(holed):
    helper = correlated().rename(columns={"p": "helper"})[["helper"]]
    copy = impute(holed, 1, seed=7, helpers=helper)[0]
    assert list(copy.columns) == list("pqrs")
    gaps = holed["p"].isna()
    # The helper is the column itself, so the draws follow it closely.
    errors = (np.log(copy["p"]) - np.log(helper["helper"]))[gaps].abs()
    assert errors.max() < 0.3


def test_a_column_from_which_nothing_is_learnt_is_refused(holed):
    with pytest.raises(ValueError, match=r"columns \['q'\] have fewer than two"):
        impute(holed.assign(q=1.0), 1, seed=1)


def test_nine_intervals_of_ten_hold_the_hidden_value():
    hiding = Hiding(share=0.1, repetitions=2, count=40, seed=3)
    found = hidden_cell_coverage(correlated(), columns=list("pqrs"), hiding=hiding)
    # About 240 hidden cells: the standard error of the share is 0.02.
    assert 180 < len(found) < 300
    assert found["covered"].mean() == pytest.approx(0.9, abs=0.06)
    inside = (found["low"] <= found["value"]) & (found["value"] <= found["high"])
    assert (inside.astype(int) == found["covered"]).all()


def test_cells_are_hidden_in_columns_with_gaps_unless_others_are_named(holed):
    found = hidden_cell_coverage(holed, hiding=Hiding(repetitions=1, count=5))
    assert set(found["column"]) == {"p", "q"}


def test_a_hidden_value_is_covered_if_it_lies_between_both_ends():
    values = np.random.default_rng(8).normal(size=(40, 2))
    data = pd.DataFrame(values, columns=["a", "b"])
    hiding = Hiding(share=0.5, count=3, level=0.5, seed=2)
    table = hidden_cell_coverage(data, columns=["a", "b"], hiding=hiding)
    below, above = table["value"] < table["low"], table["value"] > table["high"]
    # Unrelated columns and a narrow interval: some values lie on either side of it.
    assert below.any()
    assert above.any()
    assert (table["covered"] == (~below & ~above)).all()


@pytest.mark.parametrize(("level", "low", "high"), [(0.9, 1, 19), (0.5, 5, 15)])
def test_nineteen_draws_cut_the_line_into_twenty_equally_likely_parts(
    monkeypatch, level, low, high
):
    # Of an interval of 0.9 one part lies on either side, of one of 0.5 five.
    data = pd.DataFrame({"a": [low - 0.5, low, 10.0, high, high + 0.5]}, index=list("uvwxy"))
    data = data.astype(float)

    def drawn(masked, count, *_):
        assert masked["a"].isna().all()
        return [masked.fillna(float(k)) for k in range(1, count + 1)]

    monkeypatch.setattr(imputation, "impute", drawn)
    hiding = Hiding(share=1.0, repetitions=2, count=19, level=level)
    table = hidden_cell_coverage(data, columns=["a"], hiding=hiding)
    assert table.index.tolist() == list(range(10))
    assert table["unit"].tolist() == list("uvwxy") * 2
    assert table["low"].to_numpy() == pytest.approx(low)
    assert table["high"].to_numpy() == pytest.approx(high)
    # A value on either end is covered.
    assert table["covered"].tolist() == [0, 1, 1, 1, 0] * 2


def test_cells_are_hidden_once_by_a_tenth_unless_it_is_said_otherwise():
    assert Hiding() == Hiding(share=0.1, repetitions=1, count=19, level=0.9, seed=0)
