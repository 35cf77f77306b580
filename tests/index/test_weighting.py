import math

import numpy as np
import pandas as pd
import pytest

from analysis.index import weighting

from .cases import ragged

GAP = math.nan


def approx(**expected):
    return pytest.approx(expected)


def test_equal_weights():
    assert weighting.equal(pd.DataFrame({"a": [1], "b": [2]})).to_dict() == {"a": 0.5, "b": 0.5}


def test_entropy_weights_of_two_units_worked_by_hand():
    # a: shares 1/4, 3/4, e = (1/4 ln 4 + 3/4 ln 4/3) / ln 2 = 2 - 3/4 log2 3 = 0.811278.
    # b: shares 0, 1, e = 0. Weights (1 - e) in the proportion 0.188722 : 1.
    weights = weighting.entropy(pd.DataFrame({"a": [10.0, 30.0], "b": [0.0, 100.0]}))
    divergence = 1 - (2 - 0.75 * math.log2(3))
    assert weights.to_dict() == approx(a=divergence / (1 + divergence), b=1 / (1 + divergence))
    assert weights["a"] == pytest.approx(0.188722 / 1.188722, rel=1e-5)


def test_entropy_weights_of_four_units_with_a_gap_worked_by_hand():
    # a: shares 1/8, 1/8, 1/4, 1/2: e = (3/8 + 3/8 + 1/2 + 1/2) / log2 4 = 1.75 / 2.
    # b: two units present, shares 1/4 and 3/4 of 4: e = 0.811278 as above, with ln 2.
    # c: 0, 0, 1/2, 1/2: e = 1 / 2.
    table = pd.DataFrame(
        {"a": [1.0, 1.0, 2.0, 4.0], "b": [1.0, 3.0, GAP, GAP], "c": [0.0, 0.0, 5.0, 5.0]}
    )
    divergence = np.array([0.125, 0.75 * math.log2(3) - 1, 0.5])
    assert weighting.entropy(table).tolist() == pytest.approx(list(divergence / divergence.sum()))


def test_entropy_refuses_negative_values_and_constant_columns():
    with pytest.raises(ValueError, match=r"unit 1, column 'b' has the value -2\.0"):
        weighting.entropy(pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, -2.0]}))
    with pytest.raises(ValueError, match=r"columns \['a'\] have fewer than two"):
        weighting.entropy(pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 2.0]}))


def test_critic_weights_worked_by_hand():
    # Deviations a: -50, 0, 50; b: 50, 0, -50; c: -50, 50, 0; d: -10, 10, 0.
    # r: ab -1, ac 1/2, ad 1/2, bc -1/2, bd -1/2, cd 1.
    # sum of 1 - r: a 2 + 1/2 + 1/2 = 3, b 2 + 3/2 + 3/2 = 5, c 1/2 + 3/2 + 0 = 2, d 2.
    # Standard deviations 50, 50, 50, 10: information 150, 250, 100, 20, in sum 520.
    table = pd.DataFrame(
        {
            "a": [0.0, 50.0, 100.0],
            "b": [100.0, 50.0, 0.0],
            "c": [0.0, 100.0, 50.0],
            "d": [40.0, 60.0, 50.0],
        }
    )
    expected = approx(a=150 / 520, b=250 / 520, c=100 / 520, d=20 / 520)
    assert weighting.critic(table).to_dict() == expected


def test_critic_refuses_columns_without_conflict():
    table = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 5.0, 9.0]})
    with pytest.raises(ValueError, match=r"\['a', 'b'\] are perfectly correlated"):
        weighting.critic(table)


def test_principal_component_weights_are_squared_loadings_and_never_negative():
    # a and b move together, c against them, d apart from all: the correlation matrix has the
    # eigenvalues 3, 1, 0, 0; the first component is (1, 1, -1, 0) / √3.
    a = np.array([1.0, -1.0, 1.0, -1.0])
    d = np.array([1.0, 1.0, -1.0, -1.0])
    table = pd.DataFrame({"a": a, "b": 2 * a + 7, "c": -a, "d": d})
    weights = weighting.principal_component(table)
    assert weights.to_dict() == approx(a=1 / 3, b=1 / 3, c=1 / 3, d=0.0)
    assert (weights >= 0).all()


def test_principal_component_refuses_an_undetermined_first_component():
    table = pd.DataFrame({"a": [1.0, -1.0, 1.0, -1.0], "b": [1.0, 1.0, -1.0, -1.0]})
    with pytest.raises(ValueError, match="explain the same variance"):
        weighting.principal_component(table)


@pytest.mark.parametrize("method", sorted(weighting.WEIGHTINGS))
def test_a_single_column_has_the_weight_one(method):
    weights = weighting.WEIGHTINGS[method](pd.DataFrame({"a": [1.0, 2.0, 5.0]}))
    assert weights.to_dict() == {"a": 1.0}


@pytest.mark.parametrize("method", ["critic", "principal_component"])
def test_columns_that_share_too_few_units_are_refused(method):
    table = pd.DataFrame({"a": [1.0, 2.0, GAP, GAP], "b": [GAP, GAP, 1.0, 3.0]})
    with pytest.raises(ValueError, match=r"too few units have two of the columns \['a', 'b'\]"):
        weighting.WEIGHTINGS[method](table)


def comparisons(ab, ac, bc):
    entries = [[1, ab, ac], [1 / ab, 1, bc], [1 / ac, 1 / bc, 1]]
    return pd.DataFrame(entries, index=list("abc"), columns=list("abc"))


def test_consistent_judgements_give_back_the_weights_behind_them():
    # a : b : c = 4 : 2 : 1.
    matrix = comparisons(ab=2, ac=4, bc=2)
    weights = weighting.analytic_hierarchy(matrix)
    assert weights.to_dict() == approx(a=4 / 7, b=2 / 7, c=1 / 7)
    assert weighting.consistency_ratio(matrix) == pytest.approx(0, abs=1e-12)


def test_circular_judgements_have_a_large_consistency_ratio():
    # a over b 2, b over c 2, but c over a 2. For three items the largest eigenvalue is
    # 1 + t + 1/t with t = (ac / (ab bc))^(1/3) = (1/8)^(1/3) = 1/2, so 3.5; the index is
    # (3.5 - 3) / 2 = 0.25, the ratio 0.25 / 0.58. The weights are geometric row means: equal.
    matrix = comparisons(ab=2, ac=1 / 2, bc=2)
    assert weighting.consistency_ratio(matrix) == pytest.approx(0.25 / 0.58)
    assert weighting.analytic_hierarchy(matrix).tolist() == pytest.approx([1 / 3] * 3)


def test_two_judgements_cannot_contradict_each_other():
    pair = pd.DataFrame([[1, 3], [0.333, 1]], index=["a", "b"], columns=["a", "b"])
    assert weighting.consistency_ratio(pair) == 0.0
    assert weighting.analytic_hierarchy(pair)["a"] == pytest.approx(0.75, abs=1e-3)


def test_faulty_comparison_matrices_are_refused():
    matrix = comparisons(2, 4, 2)
    with pytest.raises(ValueError, match="same labels"):
        weighting.analytic_hierarchy(matrix.iloc[:2])
    with pytest.raises(ValueError, match="positive number"):
        weighting.analytic_hierarchy(matrix.replace(2, -2))
    with pytest.raises(ValueError, match="'a' to 'b' is not the reciprocal"):
        weighting.consistency_ratio(matrix.replace(2, 3))
    with pytest.raises(ValueError, match="'c' to 'c' is not the reciprocal"):
        weighting.analytic_hierarchy(matrix.mask(np.diag([False, False, True]), 2.0))


def test_the_random_index_ends_at_ten():
    labels = list("abcdefghijk")
    with pytest.raises(ValueError, match="11 rows"):
        weighting.consistency_ratio(pd.DataFrame(1.0, index=labels, columns=labels))


def scores():
    return pd.DataFrame(
        {
            "z": [0.0, 30.0, 100.0, 80.0],
            "a": [0.0, 50.0, 100.0, 20.0],
            "b": [0.0, 100.0, 90.0, 10.0],
            "c": [100.0, 0.0, 40.0, 60.0],
            "d": [70.0, 0.0, 100.0, 30.0],
            "e": [0.0, 100.0, 60.0, 50.0],
        }
    )


def test_the_lowest_level_weighs_groups_of_leaves_and_keeps_the_rest():
    weighed = weighting.weigh_siblings(scores(), ragged(), "entropy").set_index("code")["weight"]
    expected = weighting.entropy(scores()[["a", "b"]])
    assert weighed[["a", "b"]].tolist() == pytest.approx(expected.tolist())
    expected = weighting.entropy(scores()[["c", "d"]])
    assert weighed[["c", "d"]].tolist() == pytest.approx(expected.tolist())
    # e and z have siblings that are nodes, so their groups are not of the lowest level.
    assert weighed[["left", "right", "deep", "e", "z"]].tolist() == [2, 1, 1, 1, 1]


def test_every_level_weighs_nodes_by_their_means_under_the_new_weights():
    weighed = weighting.weigh_siblings(scores(), ragged(), "critic", level="every")
    weights = weighed.set_index("code")["weight"]
    deep = scores()[["c", "d"]] @ weighting.critic(scores()[["c", "d"]])
    group = pd.DataFrame({"deep": deep, "e": scores()["e"]})
    expected = weighting.critic(group)
    assert weights[["deep", "e"]].tolist() == pytest.approx(expected.tolist())
    assert weights[["left", "right", "z"]].sum() == pytest.approx(1)


def test_unknown_methods_and_levels_are_refused():
    with pytest.raises(ValueError, match="'guess' is not one of"):
        weighting.weigh_siblings(scores(), ragged(), "guess")
    with pytest.raises(ValueError, match="'top' is neither"):
        weighting.weigh_siblings(scores(), ragged(), "equal", level="top")


def test_a_weight_of_zero_is_refused_by_name():
    # Three shares equal but for one unit: entropy cannot tell the column from a constant one.
    data = scores().assign(a=[1e9, 1e9 + 1, 1e9, 1e9])
    with pytest.raises(ValueError, match="weight of 'a' is"):
        weighting.weigh_siblings(data, ragged(), "entropy")


def test_the_random_index_is_that_of_saaty():
    # The Analytic Hierarchy Process (1980), from one to ten judged things.
    assert weighting.RANDOM_INDEX == (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


@pytest.mark.parametrize(
    ("size", "random_index"), [(3, 0.58), (4, 0.9), (5, 1.12), (6, 1.24), (7, 1.32), (10, 1.49)]
)
def test_the_ratio_divides_by_the_random_index_of_the_size(size, random_index):
    # Each is twice as important as its successor, and the last as the first: every row holds a 2,
    # a 1/2 and ones, and sums to n + 1/2, the largest eigenvalue.
    matrix = np.ones((size, size))
    for row in range(size):
        matrix[row, (row + 1) % size], matrix[(row + 1) % size, row] = 2, 0.5
    index = 0.5 / (size - 1)
    found = weighting.consistency_ratio(pd.DataFrame(matrix))
    assert found == pytest.approx(index / random_index)


@pytest.mark.parametrize(("opposite", "taken"), [(1.0099, True), (1.0101, False), (0.9901, True)])
def test_an_entry_may_miss_the_reciprocal_by_one_per_cent(opposite, taken):
    pair = pd.DataFrame([[1, 1], [opposite, 1]], index=["a", "b"], columns=["a", "b"])
    if taken:
        assert weighting.analytic_hierarchy(pair).sum() == pytest.approx(1)
        return
    with pytest.raises(ValueError, match="'a' to 'b' is not the reciprocal"):
        weighting.analytic_hierarchy(pair)


# Four units; the cosine of the angle between the deviations is the correlation.
ONE = np.array([1.0, -1.0, 1.0, -1.0])
OTHER = np.array([1.0, 1.0, -1.0, -1.0])


@pytest.mark.parametrize(("correlation", "taken"), [(2e-9, True), (1e-10, False)])
def test_the_first_component_is_determined_if_its_variance_is_larger_by_a_billionth(
    correlation, taken
):
    # With the correlation r the variances are 1 + r and 1 - r: they differ by 2 r.
    table = pd.DataFrame({"a": ONE, "b": OTHER + correlation * ONE})
    if taken:
        weights = weighting.principal_component(table)
        assert weights.tolist() == pytest.approx([0.5, 0.5], abs=1e-6)
        return
    with pytest.raises(ValueError, match="explain the same variance"):
        weighting.principal_component(table)


@pytest.mark.parametrize(("angle", "taken"), [(1e-4, True), (1e-5, False)])
def test_a_conflict_of_less_than_a_billionth_is_none(angle, taken):
    # The correlation is the cosine, which misses 1 by half the square of a small angle.
    table = pd.DataFrame({"a": ONE, "b": ONE + angle * OTHER})
    if taken:
        assert weighting.critic(table).tolist() == pytest.approx([0.5, 0.5], abs=1e-3)
        return
    with pytest.raises(ValueError, match="perfectly correlated"):
        weighting.critic(table)


def test_entropy_takes_a_value_of_zero():
    assert weighting.entropy(pd.DataFrame({"a": [0.0, 1.0], "b": [0.0, 5.0]})).tolist() == [0.5] * 2


def test_a_judgement_of_zero_is_refused():
    matrix = pd.DataFrame([[1.0, 0.0], [0.0, 1.0]], ["a", "b"], ["a", "b"])
    with pytest.raises(ValueError, match="every entry must be a positive number"):
        weighting._check_comparisons(matrix)


def test_the_contrast_of_a_column_is_over_the_units_that_it_has():
    # Two columns share one conflict. Deviations of a -50, 50, 0: √(5000 / 2); of b -50, 0, 50, 0:
    # √(5000 / 3).
    table = pd.DataFrame({"a": [0.0, 100, 50, GAP], "b": [0.0, 50, 100, 50]})
    a, b = 2**-0.5, 3**-0.5
    assert weighting.critic(table).to_dict() == approx(a=a / (a + b), b=b / (a + b))


@pytest.mark.parametrize("entry", [0.0, -2.0, GAP])
def test_a_comparison_that_is_not_positive_is_refused(entry):
    matrix = comparisons(ab=2, ac=4, bc=2)
    matrix.loc["a", "b"] = entry
    with pytest.raises(ValueError, match="every entry must be a positive number"):
        weighting.analytic_hierarchy(matrix)
