import math

import numpy as np
import pandas as pd
import pymcdm.weights
import pytest

from analysis.index.audit import weights
from analysis.index.weighting import WEIGHTINGS, equal
from index.audit.cases import TREE, A, B, C, tree


def positive_sample(seed=4):
    """Eight units and three columns on the scale 1 to 100, none of them at zero."""
    values = np.random.default_rng(seed).uniform(size=(8, 3))
    spread = (values - values.min(axis=0)) / (values.max(axis=0) - values.min(axis=0))
    return pd.DataFrame(1 + 99 * spread, columns=["a", "b", "c"])


def test_balanced_weights_of_two_columns_are_inverse_to_their_deviations():
    # Equal correlations with w1 a + w2 b need w1 s1 = w2 s2, whatever the correlation of a and b.
    # Deviations 10 and 20: weights 2/3 and 1/3.
    table = pd.DataFrame({"a": [0.0, 10.0, 20.0], "b": [0.0, 40.0, 20.0]})
    assert weights.balanced(table).to_dict() == pytest.approx({"a": 2 / 3, "b": 1 / 3})


def test_balanced_weights_of_uncorrelated_columns_are_inverse_to_their_deviations():
    # The correlation of column i with the mean is w_i s_i over the same deviation: 4, 2, 1 of 7.
    table = pd.DataFrame({"a": A, "b": 2 * B, "c": 4 * C})
    assert weights.balanced(table).tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_balanced_weights_make_the_correlations_equal():
    table = pd.DataFrame({"a": A + 0.2 * C, "b": 3 * B + A, "c": 2 * C + B})
    mean = table @ weights.balanced(table)
    correlations = table.corrwith(mean)
    assert correlations.tolist() == pytest.approx([correlations["a"]] * 3)


def test_a_column_that_would_need_a_negative_weight_keeps_the_least_share():
    # c = a + b + C/2 with the variance 2.25. Equal correlations need wa + wc = 1, wb + wc = 1 and
    # wa + wb + 2.25 wc = 1.5, so wc = -2: it stays at 0.01, and a and b share the rest.
    table = pd.DataFrame({"a": A, "b": B, "c": A + B + C / 2})
    assert weights.balanced(table).to_dict() == pytest.approx({"a": 0.495, "b": 0.495, "c": 0.01})


def test_balanced_weights_do_not_depend_on_the_unit_of_the_scale():
    table = positive_sample()
    assert weights.balanced(1e6 * table).tolist() == pytest.approx(weights.balanced(table).tolist())


def test_a_single_column_has_the_balanced_weight_1():
    assert weights.balanced(pd.DataFrame({"a": A})).to_dict() == {"a": 1}
    assert weights.balanced(pd.DataFrame({"a": [5.0, 5.0]})).to_dict() == {"a": 1}


def test_balanced_weights_refuse_constant_columns():
    with pytest.raises(ValueError, match=r"balanced weights: the columns \['b'\]"):
        weights.balanced(pd.DataFrame({"a": A, "b": 1.0}))


def test_every_level_is_weighed_by_the_means_below_it():
    # a and b, uncorrelated with deviations 1 and 3, weigh 3/4 and 1/4, so x = 3/4 (A + B) has the
    # deviation 3/4 √2 and y = C the deviation 1: w_x : w_y = 1 : 3/4 √2.
    values = pd.DataFrame({"a": A, "b": 3 * B, "c": C})
    table = weights.weight_table({"balanced": weights.weigh(values, TREE, weights.balanced)})
    found = table.set_index("code")["weight"]
    deviation = 0.75 * math.sqrt(2)
    assert found["a"] == pytest.approx(0.75)
    assert found["x"] == pytest.approx(1 / (1 + deviation))
    assert found["c"] == 1


def test_the_table_has_every_node_but_the_root_under_every_method():
    values = positive_sample()
    frameworks = weights.weighted_frameworks(values, TREE)
    table = weights.weight_table(frameworks)
    assert list(table["method"].drop_duplicates()) == [*WEIGHTINGS, "balanced"]
    assert list(table["code"]) == ["x", "y", "a", "b", "c"] * 5
    assert list(table["level"][:3]) == ["domain", "domain", "measure"]
    siblings = table["code"].map(TREE.set_index("code")["parent"])
    assert table.groupby(["method", siblings])["weight"].sum().to_numpy() == pytest.approx(1)
    assert (table["weight"] > 0).all()


def test_weights_are_shares_among_siblings():
    framework = TREE.assign(weight=[1, 3, 1, 2, 2, 5])
    found = weights.weight_table({"given": framework}).set_index("code")["weight"]
    assert found.to_dict() == {"x": 0.75, "y": 0.25, "a": 0.5, "b": 0.5, "c": 1}


@pytest.mark.parametrize("seed", range(5))
def test_entropy_and_critic_agree_with_pymcdm(seed):
    values = positive_sample(seed)
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "abc"])
    theirs = {
        "entropy": pymcdm.weights.entropy_weights(values.to_numpy()),
        "critic": pymcdm.weights.critic_weights(values.to_numpy()),
    }
    methods = {name: WEIGHTINGS[name] for name in theirs}
    table = weights.weight_table(weights.weighted_frameworks(values, flat, methods))
    for name, expected in theirs.items():
        found = table.loc[table["method"] == name, "weight"]
        assert found.tolist() == pytest.approx(expected.tolist())


def test_principal_component_weights_are_never_negative():
    # b runs against a and c, so that its loading is negative.
    values = pd.DataFrame({"a": A + 0.1 * B, "b": -A + 0.2 * C, "c": A + 0.3 * B})
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "abc"])
    weighed = weights.weigh(values, flat, WEIGHTINGS["principal_component"])
    assert (weighed["weight"][1:] > 0).all()


def test_a_method_that_leaves_a_weight_of_zero_is_refused():
    with pytest.raises(ValueError, match="weight of 'b' is 0"):
        weights.weigh(
            positive_sample(), TREE, lambda group: equal(group).where(group.columns != "b", 0)
        )


def test_effects_are_counted_in_places():
    # Under equal weights the index is 2, 1.5, 1, so the places are 1, 2, 3; on b alone (its weight
    # is nearly 1) they are 3, 2, 1: shifts 2, 0, 2.
    values = pd.DataFrame({"a": [4.0, 2.0, 0.0], "b": [0.0, 1.0, 2.0]})
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "ab"])
    other = flat.assign(weight=[1, 1, 999])
    effects = weights.effect_table(values, flat, {"equal": flat, "b": other}).set_index("method")
    assert effects.loc["equal"].tolist() == [1, 0, 0, 0, 0]
    assert effects.loc["b"].tolist() == pytest.approx([-1, 4 / 3, 2, 0, 0])


def test_effects_are_those_of_the_mean_of_the_index():
    # By geometric means 1 × 9 = 9 ties with 3 × 3 and lies below 4 × 4; b alone puts it first.
    values = pd.DataFrame({"a": [1.0, 3.0, 4.0], "b": [9.0, 3.0, 4.0]})
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "ab"])
    other = flat.assign(weight=[1, 1, 999])
    effects = weights.effect_table(values, flat, {"equal": flat, "b": other}, "geometric")
    # Places 2, 2, 1 become 1, 3, 2; by arithmetic means, of 5, 3 and 4, none would move.
    assert effects["mean_shift"].tolist() == [0, 1]
    assert weights.effect_table(values, flat, {"b": other})["mean_shift"].tolist() == [0]


def test_siblings_are_weighed_by_the_values_that_their_mean_gives_them():
    values = positive_sample()
    found = {
        mean: weights.weigh(values, TREE, WEIGHTINGS["entropy"], mean).set_index("code")["weight"]
        for mean in ("arithmetic", "geometric")
    }
    # a and b are weighed alike, and make another x, which is weighed beside y.
    for code in "ab":
        assert found["arithmetic"][code] == found["geometric"][code]
    share = found["geometric"][["a", "b"]] / found["geometric"][["a", "b"]].sum()
    x = np.exp((np.log(values[["a", "b"]]) * share).sum(axis=1))
    expected = WEIGHTINGS["entropy"](pd.DataFrame({"x": x, "y": values["c"]}))
    assert found["geometric"][["x", "y"]].tolist() == pytest.approx(expected.tolist())
    assert found["arithmetic"]["x"] != pytest.approx(found["geometric"]["x"], rel=1e-3)


def test_units_that_leave_the_leading_places_are_counted():
    # Twelve units; the other weights turn the order round: places 1 and 2 become 12 and 11.
    values = pd.DataFrame({"a": np.arange(12.0), "b": -np.arange(12.0)})
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "ab"])
    record, other = flat.assign(weight=[1, 9, 1]), flat.assign(weight=[1, 1, 9])
    effects = weights.effect_table(values, record, {"turned": other}).iloc[0]
    assert effects["changed_top10"] == 2
    assert effects["changed_top100"] == 0
    assert effects["largest_shift"] == 11


def judgements(ratio):
    return pd.DataFrame([[1, ratio], [1 / ratio, 1]], index=["x", "y"], columns=["x", "y"])


def test_judgements_become_weights_with_their_consistency():
    weighed, consistency = weights.judged_framework(TREE, {"index": judgements(3)})
    found = weights.weight_table({"judged": weighed}).set_index("code")["weight"]
    assert found.to_dict() == pytest.approx({"x": 0.75, "y": 0.25, "a": 0.5, "b": 0.5, "c": 1})
    assert consistency.to_numpy().tolist() == [["index", 2, 0]]


@pytest.mark.parametrize("node", ["x", "a", "nowhere"])
def test_judgements_over_other_nodes_than_the_children_are_refused(node):
    with pytest.raises(ValueError, match=rf"judgements of '{node}': the matrix is over \['x', 'y'"):
        weights.judged_framework(TREE, {node: judgements(3)})


def test_judgements_in_pairs_become_a_reciprocal_matrix():
    pairs = pd.DataFrame(
        [("index", "x", "y", 2.0), ("index", "z", "x", 4.0), ("index", "y", "z", 0.5)],
        columns=["node", "first", "second", "times"],
    )
    matrix = weights.judgement_matrices(pairs)["index"].loc[list("xyz"), list("xyz")]
    assert matrix.to_numpy().tolist() == [[1, 2, 0.25], [0.5, 1, 0.5], [4, 2, 1]]


def test_matrices_come_in_the_order_of_the_judgements():
    pairs = pd.DataFrame(
        [("top", "b", "a", 2.0), ("below", "d", "c", 1.0)],
        columns=["node", "first", "second", "times"],
    )
    assert list(weights.judgement_matrices(pairs)) == ["top", "below"]


def test_a_pair_without_a_judgement_is_refused():
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "abc"])
    pairs = pd.DataFrame(
        [("index", "a", "b", 2.0), ("index", "b", "c", 1.0)],
        columns=["node", "first", "second", "times"],
    )
    with pytest.raises(ValueError, match="every entry must be a positive number"):
        weights.judged_framework(flat, weights.judgement_matrices(pairs))


@pytest.mark.parametrize(("units", "left"), [(10, 0), (11, 1), (20, 10)])
def test_a_unit_leaves_the_first_ten_from_the_eleventh_place_on(units, left):
    # The other weights turn the order round: of the first ten, those beyond place ten leave.
    values = pd.DataFrame({"a": np.arange(float(units)), "b": -np.arange(float(units))})
    flat = tree(("index", "", "index", 1), *[(code, "index", "measure", 1) for code in "ab"])
    record, other = flat.assign(weight=[1, 9, 1]), flat.assign(weight=[1, 1, 9])
    effects = weights.effect_table(values, record, {"turned": other}).iloc[0]
    assert effects["changed_top10"] == left


def test_the_deviation_of_a_column_is_over_all_units_that_have_it():
    # Uncorrelated over the four units with both: a has the variance 4/3, b 9 · 6/5, and the
    # weights are inverse to their roots.
    table = pd.DataFrame({"a": [-1.0, 1, -1, 1, None, None], "b": [-3.0, -3, 3, 3, -3, 3]})
    found = weights.balanced(table)
    assert found["a"] / found["b"] == pytest.approx(math.sqrt(9 * 6 / 5 / (4 / 3)))
