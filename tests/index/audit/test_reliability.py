import math

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA

from analysis.index.audit.reliability import (
    LEAST_ALPHA,
    component_table,
    components_above_one,
    cronbach_alpha,
    item_table,
    loadings,
    reliability_table,
    sampling_adequacy,
    sphericity,
)
from index.audit.cases import COMMON, A, B, C

# Each item is the common factor and one of its own: variance 2, covariance 1, correlation 1/2.
ITEMS = pd.DataFrame({"a": COMMON + A, "b": COMMON + B, "c": COMMON + C})
GROUPS = {"x": ["a", "b", "c"], "y": ["a"]}


def test_alpha_worked_by_hand():
    # Variances 3 × 2 = 6, variance of the sum 3 × 2 + 6 × 1 = 12: 3/2 (1 - 6/12) = 3/4.
    assert cronbach_alpha(ITEMS) == pytest.approx(0.75)


def test_by_convention_seven_tenths_are_the_least_alpha():
    assert LEAST_ALPHA == 0.7


def test_a_single_item_has_no_alpha():
    assert math.isnan(cronbach_alpha(ITEMS[["a"]]))


def test_adequacy_worked_by_hand():
    # Partial correlation (1/2 - 1/4) / (1 - 1/4) = 1/3, so (1/4) / (1/4 + 1/9) = 9/13.
    whole, each = sampling_adequacy(ITEMS)
    assert whole == pytest.approx(9 / 13)
    assert each.to_dict() == pytest.approx(dict.fromkeys("abc", 9 / 13))


def test_adequacy_of_each_item_worked_by_hand():
    # r² of ab 1/2, of bc 1/4, of ac 0. Partial r²: ab 1/2 / (1 - 1/4) = 2/3,
    # bc 1/4 / (1 - 1/2) = 1/2, ac (1/2 × 1/4) / ((1 - 1/2) (1 - 1/4)) = 1/3.
    # a: 1/2 over 1/2 + 2/3 + 1/3; b: 3/4 over 3/4 + 2/3 + 1/2; c: 1/4 over 1/4 + 1/2 + 1/3.
    items = pd.DataFrame({"a": A, "b": A + B, "c": B + C})
    whole, each = sampling_adequacy(items)
    assert each.to_dict() == pytest.approx({"a": 1 / 3, "b": 9 / 23, "c": 3 / 13})
    assert whole == pytest.approx(0.75 / (0.75 + 1.5))


def test_sphericity_worked_by_hand():
    # det R = (1 - 1/2)² (1 + 2 × 1/2) = 1/2; n = 8, k = 3: (7 - 11/6) ln 2 with 3 degrees.
    chi_square, freedom, p = sphericity(ITEMS)
    assert chi_square == pytest.approx((7 - 11 / 6) * math.log(2))
    assert freedom == 3
    assert 0.25 < p < 0.35  # a chi-square of 3.58 lies below the 7.81 of p = 0.05


def test_loadings_are_correlations_with_the_first_component():
    # The component is the sum of the items: covariance 2 + 1 + 1 = 4, deviations √2 and √12.
    assert loadings(ITEMS).tolist() == pytest.approx([4 / math.sqrt(24)] * 3)


def test_loadings_sum_to_a_positive_number_whatever_the_sign_of_the_component():
    assert loadings(-ITEMS).sum() > 0
    assert loadings(ITEMS.assign(a=-ITEMS["a"])).sum() > 0


def test_eigenvalues_and_shares_of_all_components():
    # With correlations of 1/2 they are 1 + 2/2, 1/2, 1/2.
    table = component_table(ITEMS, GROUPS)
    assert table["code"].tolist() == ["x", "x", "x", "y"]
    assert table["component"].tolist() == [1, 2, 3, 1]
    assert table["eigenvalue"].tolist() == pytest.approx([2, 0.5, 0.5, 1])
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6, 1])


def test_every_group_has_a_row_and_a_single_item_no_statistics():
    table = reliability_table(ITEMS, GROUPS).set_index("code")
    assert table["items"].tolist() == [3, 1]
    assert table.loc["x", "alpha"] == pytest.approx(0.75)
    assert table.loc["x", "kmo"] == pytest.approx(9 / 13)
    assert table.loc["x", "bartlett_df"] == 3
    assert table.loc["x", ["first_eigenvalue", "second_eigenvalue", "first_share"]].tolist() == (
        pytest.approx([2, 0.5, 2 / 3])
    )
    assert table.loc["x", "above_one"] == 1
    assert table.loc["y"].drop(["items", "n"]).isna().all()


def test_units_with_a_gap_in_the_group_are_left_out():
    gap = ITEMS.assign(c=ITEMS["c"].where(ITEMS.index > 0))
    table = reliability_table(gap, GROUPS).set_index("code")
    assert table["n"].to_dict() == {"x": 7, "y": 8}


def test_alpha_without_each_item():
    # Two items: variances 4, variance of the sum 6: 2 (1 - 4/6) = 2/3.
    table = item_table(ITEMS, GROUPS)
    assert table["item"].tolist() == ["a", "b", "c"]
    assert table["alpha_without"].tolist() == pytest.approx([2 / 3] * 3)
    assert table["kmo"].tolist() == pytest.approx([9 / 13] * 3)


def test_in_a_group_of_two_no_alpha_is_left():
    assert item_table(ITEMS, {"x": ["a", "b"]})["alpha_without"].isna().all()


def test_items_of_which_one_follows_from_the_others_have_an_alpha_but_no_adequacy():
    items = ITEMS.assign(d=ITEMS["a"] + ITEMS["b"])
    row = reliability_table(items, {"x": ["a", "b", "d"]}).iloc[0]
    assert row["alpha"] == pytest.approx(cronbach_alpha(items[["a", "b", "d"]]))
    assert row[["kmo", "bartlett_chi2", "bartlett_df", "bartlett_p"]].isna().all()
    parts = item_table(items, {"x": ["a", "b", "d"]})
    assert parts["kmo"].isna().all()
    assert parts["loading"].notna().all()
    with pytest.raises(ValueError, match="is a sum of multiples of the others"):
        sampling_adequacy(items[["a", "b", "d"]])


@pytest.mark.parametrize("a", [1.0, float("nan")])
def test_a_group_with_an_item_that_does_not_vary_has_no_statistics(a):
    items = ITEMS.assign(a=a)
    row = reliability_table(items, {"x": ["a", "b"]}).iloc[0]
    assert row["n"] == (0 if pd.isna(a) else len(ITEMS))
    assert row.drop(["code", "items", "n"]).isna().all()
    assert component_table(items, {"x": ["a", "b"]}).empty
    assert item_table(items, {"x": ["a", "b"]}).empty


@pytest.mark.parametrize(("noise", "adequate"), [(1e-4, True), (1e-6, False)])
def test_items_are_singular_if_what_is_their_own_is_lost_in_rounding(noise, adequate):
    # The smallest eigenvalue is 1 less the correlation, half the square of the noise.
    items = pd.DataFrame({"a": A, "b": A + noise * B})
    assert reliability_table(items, {"x": ["a", "b"]})["kmo"].notna().tolist() == [adequate]


@pytest.mark.parametrize(("eigenvalue", "count"), [(1.0, 0), (1 + 1e-12, 0), (1 + 1e-8, 1)])
def test_an_eigenvalue_counts_as_a_dimension_only_above_one(eigenvalue, count):
    assert components_above_one(np.array([eigenvalue, 0.5])) == count


def test_two_pairs_of_related_items_have_two_dimensions_and_unrelated_items_none():
    # Within a pair the correlation is 1/2, so each has the eigenvalues 1.5 and 0.5.
    pairs = pd.DataFrame({"a": A + np.sqrt(3) * B, "b": A, "c": C + np.sqrt(3) * COMMON, "d": C})
    table = reliability_table(pairs.assign(e=A * B), {"x": list("abcd"), "y": list("bde")})
    assert table["first_eigenvalue"].tolist() == pytest.approx([1.5, 1])
    assert table["above_one"].tolist() == [2, 0]


# Items of uneven correlations; no unit has a gap.
UNEVEN = pd.DataFrame({"a": 3 * A + B, "b": A + 2 * COMMON, "c": B - COMMON + C, "d": A + C})


def test_components_are_those_of_scikit_learn():
    standardised = (UNEVEN - UNEVEN.mean()) / UNEVEN.std()
    other = PCA().fit(standardised)
    found = component_table(UNEVEN, {"x": list("abcd")})
    assert found["eigenvalue"].tolist() == pytest.approx(other.explained_variance_.tolist())
    assert found["share"].tolist() == pytest.approx(other.explained_variance_ratio_.tolist())
    first = other.components_[0] * np.sqrt(other.explained_variance_[0])
    assert loadings(UNEVEN).tolist() == pytest.approx((first * np.sign(first.sum())).tolist())


def test_adequacy_is_that_of_partial_correlations_found_by_regression():
    # As factor_analyzer's calculate_kmo, but each pair is cleared of the others by least squares.
    names, simple, partial = list(UNEVEN), {}, {}
    for one in names:
        for two in set(names) - {one}:
            others = UNEVEN[[name for name in names if name not in (one, two)]].to_numpy()
            design = np.column_stack([np.ones(len(others)), others])
            rest = [UNEVEN[name] - design @ np.linalg.lstsq(design, UNEVEN[name], rcond=None)[0]
                    for name in (one, two)]  # fmt: skip
            simple[one, two] = np.corrcoef(UNEVEN[one], UNEVEN[two])[0, 1] ** 2
            partial[one, two] = np.corrcoef(*rest)[0, 1] ** 2
    whole, each = sampling_adequacy(UNEVEN)
    sums = [sum(squares.values()) for squares in (simple, partial)]
    assert whole == pytest.approx(sums[0] / sum(sums))
    for one in names:
        own = [sum(r for pair, r in squares.items() if pair[0] == one)
               for squares in (simple, partial)]  # fmt: skip
        assert each[one] == pytest.approx(own[0] / sum(own))


@pytest.mark.parametrize(("above", "counted"), [(4e-10, 0), (6e-10, 1), (4e-9, 1)])
def test_an_eigenvalue_above_one_by_rounding_only_is_not_counted(above, counted):
    assert components_above_one(np.array([1 + above, 0.5])) == counted


@pytest.mark.parametrize("turned", ["a", "b", "c"])
def test_loadings_sum_to_a_positive_number_below_one_too(turned):
    # Two loadings of 4/√24 and one of its opposite.
    found = loadings(ITEMS.assign(**{turned: -ITEMS[turned]}))
    assert found.sum() == pytest.approx(4 / math.sqrt(24))
    assert found[turned] == pytest.approx(-4 / math.sqrt(24))
