"""The engine reproduces COINr 1.1.14 on a synthetic case, step by step."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.index import treatment
from analysis.index.aggregation import aggregate
from analysis.index.composite import Method, build
from analysis.index.framework import bottom_up, leaves, prune, with_weights
from analysis.index.normalisation import normalise
from analysis.index.ranking import rank
from analysis.index.shape import kurtosis, skewness

FOLDER = Path(__file__).parents[1] / "fixtures" / "coinr_syn297"
TOLERANCE = 1e-10


def read(name):
    return pd.read_csv(FOLDER / f"{name}.csv", index_col=0)


def read_framework():
    meta = read("iMeta").query("Type != 'Group'").reset_index()
    names = {"iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction"}
    return meta.rename(columns=names)[list(names.values())]


def assert_same(ours, theirs):
    assert set(ours.columns) <= set(theirs.columns)
    np.testing.assert_allclose(ours, theirs.loc[ours.index, ours.columns], rtol=TOLERANCE, atol=0)


@pytest.fixture(scope="module")
def framework():
    return read_framework()


@pytest.fixture(scope="module")
def imputed():
    return read("02_Imputed")


@pytest.fixture(scope="module")
def result(framework, imputed):
    return build(imputed, framework, method=Method())


def test_the_case_is_what_its_description_says(framework, imputed):
    assert imputed.shape == (297, 34)
    assert len(bottom_up(framework)) == 14 + 6 + 1
    assert (framework.set_index("code").loc[leaves(framework), "direction"] == -1).sum() == 2


def test_the_imputed_data_are_the_data_with_group_means_in_the_gaps(imputed):
    raw = read("iData")
    groups = raw.pop("Tier")
    assert 0.03 < raw.isna().mean(axis=None) < 0.05
    assert_same(raw.fillna(raw.groupby(groups).transform("mean")), imputed)


def test_the_treated_data(result):
    assert_same(result.treated, read("03_Treated"))


def test_the_shape_of_every_column_before_and_after(result):
    theirs = read("treat_details")
    ours = result.treatment.set_index("column")
    before = theirs[["check_SkewKurt0.Skew", "check_SkewKurt0.Kurt"]]
    np.testing.assert_allclose(ours[["skewness_before", "kurtosis_before"]], before, rtol=TOLERANCE)
    # The last check that was made describes the treated column.
    for ending, column in {"Skew": "skewness_after", "Kurt": "kurtosis_after"}.items():
        checks = theirs[[f"check_SkewKurt{step}.{ending}" for step in (0, 1, 2)]]
        np.testing.assert_allclose(ours[column], checks.ffill(axis=1).iloc[:, -1], rtol=TOLERANCE)
    passes = theirs[[f"check_SkewKurt{step}.Pass" for step in (0, 1, 2)]].ffill(axis=1)
    assert ours["passes"].tolist() == passes.iloc[:, -1].astype(bool).tolist()


def test_the_method_of_every_column(result):
    theirs = read("treat_details")
    expected = np.select(
        [theirs["check_SkewKurt0.Pass"], theirs["check_SkewKurt1.Pass"].eq(True)],
        ["none", "winsorised"],
        "log",
    )
    assert result.treatment["method"].tolist() == expected.tolist()
    assert set(expected) == {"none", "winsorised", "log"}


def test_the_winsorised_stage_of_every_column_that_failed(imputed):
    theirs = read("treat_details").dropna(subset="winsorise.nwin")
    for column, row in theirs.iterrows():
        winsorised = treatment.winsorise(imputed[column])
        assert treatment.count_changed(imputed[column], winsorised) == row["winsorise.nwin"]
        shape = [skewness(winsorised), kurtosis(winsorised)]
        expected = [row["check_SkewKurt1.Skew"], row["check_SkewKurt1.Kurt"]]
        assert shape == pytest.approx(expected, rel=TOLERANCE)


def test_the_normalised_data(result):
    assert_same(result.normalised, read("04_Normalised"))


def test_every_node(result, framework):
    assert set(result.nodes.columns) == set(bottom_up(framework))
    assert_same(result.nodes, read("05_Aggregated"))


def test_every_rank(result):
    theirs = read("results_ranks_Full").loc[result.index.index]
    ours = rank(pd.concat([result.nodes, result.normalised], axis=1))
    assert set(ours.columns) == set(theirs.columns)
    assert (ours == theirs[ours.columns]).all(axis=None)


def test_the_mean_shift_of_ranks_when_one_indicator_is_left_out(result, framework):
    theirs = read("remove_L1_meanabsdiff")["MeanAbsDiff"].drop("Nominal")
    nominal = rank(result.index)
    shifts = {}
    for left_out in leaves(framework):
        pruned = prune(framework, [leaf for leaf in leaves(framework) if leaf != left_out])
        shifts[left_out] = (
            (rank(aggregate(result.normalised, pruned)["Index"]) - nominal).abs().mean()
        )
    np.testing.assert_allclose(pd.Series(shifts), theirs[list(shifts)], rtol=TOLERANCE)


def test_a_hundred_draws_of_treatment_normalisation_aggregation_and_weights(framework, imputed):
    draws, weights = read("uncertainty_100_params"), read("sens_noisy_weights")
    scores, ranks = read("uncertainty_100_scores"), read("uncertainty_100_ranks")
    scales = {
        "n_minmax": ("min_max", {"lower": 1.0, "upper": 100.0}),
        "n_zscore": ("z_score", {"mean": 10.0, "sd": 2.0}),
    }
    means = {"a_amean": "arithmetic", "a_gmean": "geometric"}
    directions = framework.set_index("code")["direction"]
    for points, with_points in draws.groupby("Winmax"):
        treated, _ = treatment.treat(imputed, maximum_winsorised=points)
        for scale, with_scale in with_points.groupby("Norm"):
            name, options = scales[scale]
            normalised = normalise(treated, directions, name, **options)
            for draw, row in with_scale.iterrows():
                weighed = with_weights(framework, weights[f"w{row['WeightSet']}"])
                index = aggregate(normalised, weighed, means[row["Agg"]])["Index"]
                expected = scores.loc[index.index, f"r_{draw}"]
                np.testing.assert_allclose(index, expected, rtol=TOLERANCE)
                assert (rank(index) == ranks.loc[index.index, f"r_{draw}"]).all()
