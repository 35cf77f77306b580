"""Inferred weights: what the order of the pairs says about the weights, and what it cannot say."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from analysis.chapters import inferred
from analysis.index import inference

WEIGHTS = np.array([0.6, 0.3, 0.1])


@pytest.fixture(scope="module")
def known() -> tuple[np.ndarray, np.ndarray]:
    """Values of 50 cities and the places that known weights give them, with very little noise."""
    random = np.random.default_rng(1)
    values = random.uniform(0, 10, (50, 3))
    score = values @ WEIGHTS + random.normal(0, 0.02, 50)
    return values, places(score)


@pytest.fixture(scope="module")
def noise() -> tuple[np.ndarray, np.ndarray]:
    """Values of 80 cities and places that have nothing to do with them."""
    random = np.random.default_rng(2)
    return random.uniform(0, 10, (80, 4)), random.permutation(80) + 1


def places(score: np.ndarray) -> np.ndarray:
    return (-score).argsort().argsort() + 1


def listed(pairs: inference.Pairs) -> dict[tuple[float, ...], float]:
    """The share of each pair by its differences, column by column."""
    rows, columns = np.nonzero(pairs.shares)
    return {
        tuple((pairs.ahead[row] - pairs.behind[column]).tolist()): pairs.shares[row, column]
        for row, column in zip(rows, columns, strict=True)
    }


def test_a_pair_is_the_better_placed_city_beside_the_other():
    values = np.array([[1, 0], [3, 1], [2, 5]])
    # By place: (3, 1), (1, 0), (2, 5).
    found = inference.ordered_pairs(values, np.array([2, 1, 3]), np.ones(3))
    assert listed(found) == {(2, 1): 1 / 3, (1, -4): 1 / 3, (-1, -5): 1 / 3}


def test_sums_over_pairs_are_worked_by_hand():
    # The pairs of above: (2, 1), (1, -4) and (-1, -5), counted once, twice and three times.
    values = np.array([[1, 0], [3, 1], [2, 5]])
    pairs = inference.ordered_pairs(values, np.array([2, 1, 3]), np.ones(3))
    assert pairs.ahead.mean(axis=0) == pytest.approx([0, -1.5])  # less the means 2 and 2
    # Ahead stand the first two cities, in the order of the table; behind the first and the third.
    times = np.array([[0.0, 3.0], [1.0, 2.0]])
    # 2 + 2 - 3 = 1 and 1 - 8 - 15 = -22.
    assert inference.summed_differences(pairs, times) == pytest.approx([1, -22])
    # 4 + 2 + 3 = 9, 2 - 8 + 15 = 9, 1 + 32 + 75 = 108.
    assert inference.summed_squares(pairs, times) == pytest.approx(np.array([[9, 9], [9, 108]]))


def test_a_pair_counts_as_often_as_its_cities_are_drawn_together():
    values = np.array([[1, 0], [3, 1], [2, 5]])
    # The first city twice, the second once, the third not at all: one pair, and none with itself.
    found = inference.ordered_pairs(values, np.array([2, 1, 3]), np.array([2, 1, 0]))
    assert listed(found) == {(2, 1): 1}
    # Twice, once and three times: pairs of 2, 3 and 6.
    found = inference.ordered_pairs(values, np.array([1, 2, 3]), np.array([2, 1, 3]))
    assert listed(found) == {(-2, -1): 2 / 11, (-1, -5): 6 / 11, (1, -4): 3 / 11}


def test_cities_of_one_place_make_no_pair():
    values = np.array([[9.0], [5.0], [4.0]])
    # The last two are not listed: both stand behind the first, in no order among themselves.
    found = inference.ordered_pairs(values, np.array([1, 2, 2]), np.ones(3))
    assert listed(found) == {(4,): 0.5, (5,): 0.5}
    # Nor do they count as a pair that is in order or not.
    every = np.arange(3)
    assert inference.share_in_order(np.array([9.0, 5, 4]), np.array([1, 2, 2]), every) == 1
    assert inference.share_in_order(np.array([4.5, 5, 4]), np.array([1, 2, 2]), every) == 1 / 2


def test_known_weights_are_recovered(known):
    assert inference.fit_weights(*known, penalty=1e-4) == pytest.approx(WEIGHTS, abs=0.02)


def test_weights_are_never_negative_and_sum_to_one(known, noise):
    for values, order in (known, noise):
        weights = inference.fit_weights(values, order, penalty=0.01)
        assert (weights >= 0).all()
        assert weights.sum() == pytest.approx(1)


def test_a_column_that_runs_against_the_order_gets_no_weight(known):
    values, order = known
    against = np.column_stack([values, order / 5])
    assert inference.fit_weights(against, order, penalty=1e-4)[3] == 0


def test_a_strong_penalty_leaves_nothing_but_equal_weights(known):
    found = inference.fit_weights(*known, penalty=1e5)
    assert found == pytest.approx([1 / 3] * 3, abs=1e-3)


def test_columns_that_no_pair_supports_keep_equal_weights():
    # The better-placed city has the smaller values: the best weights are zero.
    values = np.array([[1.0, 3.0], [2.0, 5.0]])
    assert inference.fit_weights(values, np.array([1, 2]), penalty=0.1) == pytest.approx(0.5)
    for weights in inference.weight_path(values, np.array([1, 2])):
        assert weights == pytest.approx(0.5)


def test_an_order_that_one_column_explains_in_full_is_fitted():
    # Larger weights are better without end; only their shares count.
    values, order = np.array([[9.0], [7.0], [4.0]]), np.array([1, 2, 3])
    assert inference.fit_weights(values, order, penalty=100.0) == pytest.approx(1)
    twice = np.column_stack([values, values])
    assert inference.fit_weights(twice, order, penalty=1e-4) == pytest.approx(0.5)


def test_the_loss_is_worked_by_hand():
    pairs = inference.Pairs(np.array([[2.0, 1.0]]), np.zeros((1, 2)), np.ones((1, 1)))
    # One pair, difference (2, 1), weights (1, 0): margin 2, loss ln(1 + exp(-2)); the weights
    # lie 0.5 from their mean, so the penalty is 2 (0.25 + 0.25) = 1.
    found = inference.point(np.array([1.0, 0.0]), pairs, penalty=2.0)
    assert found.loss == pytest.approx(np.log1p(np.exp(-2)) + 1)


@pytest.mark.parametrize("penalty", [1e-3, 0.1, 10.0])
def test_a_general_optimiser_finds_no_smaller_loss(noise, penalty):
    values, order = noise
    pairs = inference.ordered_pairs(values, order, np.ones(len(order)))
    start = np.full(values.shape[1], 0.25)
    found = inference.least_loss(pairs, penalty, start)
    other = minimize(
        lambda weights: inference.point(weights, pairs, penalty).loss, start,
        method="L-BFGS-B", bounds=[(0, None)] * 4, options={"ftol": 1e-14, "gtol": 1e-10},
    )  # fmt: skip
    assert inference.point(found, pairs, penalty).loss <= other.fun + 1e-12
    assert found == pytest.approx(other.x, abs=1e-4)


def test_a_city_drawn_twice_counts_as_two_alike(known):
    values, order = (part[:12] for part in known)
    drawn = np.array([2.0, 1, 1, 0, 1, 3, 1, 1, 1, 1, 1, 2])
    rows = np.repeat(np.arange(12), drawn.astype(int))
    first, second = np.triu_indices(len(rows), 1)
    apart = rows[first] != rows[second]
    better = np.where(order[rows[first]] < order[rows[second]], 1, -1)[:, None]
    differences = (values[rows[first]] - values[rows[second]]) * better
    share = np.full((apart.sum(), 1), 1 / apart.sum())
    pairs = inference.Pairs(differences[apart], np.zeros((1, 3)), share)
    expected = inference.least_loss(pairs, 0.1, np.full(3, 1 / 3))
    found = inference.fit_weights(values, order, 0.1, drawn)
    assert found == pytest.approx(expected / expected.sum(), abs=1e-9)


def test_a_path_of_weights_ends_where_single_fits_do(known):
    path = inference.weight_path(*known)
    for penalty, weights in zip(inference.PENALTIES, path, strict=True):
        assert weights == pytest.approx(inference.fit_weights(*known, penalty), abs=1e-6)


def test_a_path_starts_at_equal_weights_and_each_fit_where_the_last_one_ended(known, monkeypatch):
    starts, ends = [], [np.array([0.2, 0.3, 2.0 + step]) for step in range(13)]

    def fit(_pairs, _penalty, start):
        starts.append(start.tolist())
        return ends[len(starts) - 1]

    monkeypatch.setattr(inference, "least_loss", fit)
    inference.weight_path(*known)
    assert starts == [[1 / 3] * 3, *(end.tolist() for end in ends[:-1])]


def test_a_single_fit_starts_at_equal_weights(known, monkeypatch):
    starts = []

    def fit(_pairs, _penalty, start):
        starts.append(start.tolist())
        return np.array([1.0, 2.0, 5.0])

    monkeypatch.setattr(inference, "least_loss", fit)
    assert inference.fit_weights(*known, penalty=0.1).tolist() == [0.125, 0.25, 0.625]
    assert starts == [[1 / 3] * 3]


@pytest.mark.parametrize(("difference", "step"), [(2e-7, 0.0), (1e-6, 2e6)])
def test_an_axis_of_less_than_a_ten_million_millionth_of_the_curvature_is_left(difference, step):
    # Two pairs of half each, doubt 1/2: slopes -1/4 and -difference/4, curvatures 1/8 and
    # difference²/8, that is 4e-14 or 1e-12 of the steepest; slope by curvature is 2 / difference.
    pairs = inference.Pairs(np.diag([1.0, difference]), np.zeros((1, 2)), np.full((2, 1), 0.5))
    here = inference.point(np.zeros(2), pairs, penalty=0.0)
    found = inference.newton_step(here, pairs, np.zeros((2, 2)))
    assert found == pytest.approx([2.0, step])


def test_folds_part_the_cities_evenly():
    parts = inference.folds(10, 4, seed=3)
    assert sorted(np.concatenate(parts)) == list(range(10))
    assert {len(part) for part in parts} == {2, 3}
    again = inference.folds(10, 4, seed=3)
    assert [part.tolist() for part in parts] == [part.tolist() for part in again]


def test_the_share_in_order_counts_pairs_with_an_unseen_city():
    order, score = np.array([1, 2, 3]), np.array([3.0, 1.0, 2.0])
    # Pairs 1-2 and 1-3 are in order, 2-3 is not.
    assert inference.share_in_order(score, order, np.array([0])) == 1
    assert inference.share_in_order(score, order, np.array([1])) == 1 / 2
    assert inference.share_in_order(score, order, np.array([0, 1, 2])) == pytest.approx(2 / 3)


def test_cross_validation_is_near_perfect_where_the_weights_are_known(known):
    parts = inference.folds(50, 5, seed=1)
    assert inference.choose_penalty(*known, parts)["agreement"].iloc[0] > 0.98
    assert inference.out_of_sample_rho(*known, parts, count=3) > 0.98


def test_among_equally_good_penalties_the_strongest_is_chosen(known, monkeypatch):
    monkeypatch.setattr(inference, "PENALTIES", np.array([10.0, 1.0, 0.1]))
    found = {0: [0.4, 0.6, 0.9], 1: [0.6, 0.9, 0.6]}
    monkeypatch.setattr(inference, "unseen_agreement", lambda _v, _o, part: found[part])
    table = inference.choose_penalty(*known, [0, 1])
    # Means 0.5, 0.75 and 0.75.
    assert table["penalty"].tolist() == [1.0, 0.1, 10.0]
    assert table["agreement"].tolist() == [0.75, 0.75, 0.5]
    assert table.index.tolist() == [0, 1, 2]


def test_an_unseen_city_has_no_say_in_the_penalty(noise, monkeypatch):
    values, order = noise
    chosen_among = []
    choose = inference.choose_penalty

    def spy(seen_values, seen_order, parts):
        chosen_among.append(set(seen_order))
        return choose(seen_values, seen_order, parts)

    monkeypatch.setattr(inference, "choose_penalty", spy)
    monkeypatch.setattr(inference, "PENALTIES", np.array([10.0, 0.1]))
    parts = inference.folds(80, 4, seed=1)
    inference.out_of_sample_rho(values, order, parts, count=2)
    assert [set(order) - among for among in chosen_among] == [set(order[part]) for part in parts]


def test_out_of_sample_noise_explains_nothing(noise):
    values, order = noise
    parts = inference.folds(80, 5, seed=1)
    unseen = inference.out_of_sample_rho(values, order, parts, count=4)
    score = values @ inference.fit_weights(values, order, 0.01)
    seen = pd.Series(score).corr(pd.Series(-order), method="spearman")
    # Chance alone gives a rank correlation of 80 pairs a standard error of 0.11.
    assert abs(unseen) < 0.25
    assert unseen < seen


def test_redrawn_cities_give_weights_around_those_of_all(known):
    draws = inference.bootstrap_weights(*known, 1e-3, draws=12, seed=4)
    assert draws.shape == (12, 3)
    assert draws.mean(axis=0) == pytest.approx(WEIGHTS, abs=0.05)
    assert draws.std(axis=0).min() > 0
    again = inference.bootstrap_weights(*known, 1e-3, draws=12, seed=4)
    assert np.array_equal(draws, again)


def test_a_city_is_dominated_by_worse_placed_ones_that_are_nowhere_lower():
    values = pd.DataFrame({"x": [2, 3, 1, 2], "y": [2, 3, 4, 2]}, index=list("ABCD"))
    order = pd.Series([1, 3, 2, 4], index=list("ABCD"))
    # B, placed behind A, beats it in both. B beats C in x, but not in y. D, behind all, equals A.
    assert inference.dominated_pairs(values, order).to_dict() == {"A": 1, "B": 0, "C": 0, "D": 0}


def test_a_value_that_is_lower_by_rounding_only_is_not_lower():
    # D is behind A by the rounding of a sum and ahead of it in y; C is ahead of A by rounding only.
    values = pd.DataFrame(
        {"x": [0.3, 1, 0.1 + 0.2, 0.3 - 6e-17], "y": [2, 3, 2, 4]}, index=list("ABCD"), dtype=float
    )
    order = pd.Series([1, 2, 3, 4], index=list("ABCD"))
    assert inference.dominated_pairs(values, order).to_dict() == {"A": 2, "B": 0, "C": 1, "D": 0}


NODES = pd.DataFrame(
    np.random.default_rng(5).uniform(0, 100, (14, 2)),
    index=[f"c{n}" for n in range(14)],
    columns=["economy", "society"],
)


def published_by(score: pd.Series) -> pd.DataFrame:
    """A published list of the cities of a score, best first."""
    order = score.sort_values(ascending=False).index
    table = pd.DataFrame({"adcode": order, "rank": range(1, len(order) + 1)})
    return table.assign(city=table["adcode"].str.upper())


# The index has a third domain, without any value here.
RECORD = pd.Series({"economy": 0.3, "society": 0.2}, name="domain")
TRIES = inferred.Tries(splits=1, draws=3, seed=1)


@pytest.fixture(scope="module")
def found() -> inferred.Inferred:
    listed = published_by((NODES @ [0.8, 0.2]).head(12))
    nodes = NODES.copy()
    nodes.loc["c13", "society"] = np.nan
    places = inferred.published_places(nodes.index, listed)
    return inferred.infer(nodes, RECORD, places, inferred.Tries(splits=2, draws=20, seed=1))


def test_a_level_is_described_by_weights_and_fit(found):
    assert found.weights["code"].tolist() == ["economy", "society"]
    assert found.weights["record"].tolist() == pytest.approx([0.6, 0.4])
    assert found.weights["weight"].sum() == pytest.approx(1)
    assert found.weights["weight"].idxmax() == 0
    inside = (found.weights["low"] <= found.weights["high"]) & (found.weights["low"] >= 0)
    assert inside.all()
    fit = found.fit.iloc[0]
    assert (fit["level"], fit["n"]) == ("domain", 12)
    assert fit["penalty"] in inference.PENALTIES
    assert fit["in_sample_rho"] > fit["record_rho"]
    assert fit["out_of_sample_low"] <= fit["out_of_sample_rho"] <= fit["out_of_sample_high"]


def test_a_column_without_a_weight_of_record_takes_no_part():
    nodes = NODES.assign(empty=np.nan)
    places = inferred.published_places(nodes.index, published_by(NODES["society"]))
    weights = inferred.infer(nodes, RECORD, places, TRIES).weights
    assert weights["code"].tolist() == ["economy", "society"]


def test_where_the_order_is_that_of_record_the_weights_are_those_of_record():
    order = published_by(NODES[["economy", "society"]] @ RECORD)
    places = inferred.published_places(NODES.index, order)
    weights = inferred.infer(NODES, RECORD, places, TRIES).weights
    assert weights["weight"].tolist() == pytest.approx([0.6, 0.4], abs=0.05)


def test_cities_that_are_not_listed_follow_without_a_place():
    cities = pd.Index(["c1", "c3", "c2", "c9"])
    listed = pd.DataFrame({"adcode": ["c2", "c7", "c1"], "rank": [1, 2, 3]})
    alone = inferred.published_places(cities, listed)
    assert alone.to_dict() == {"c2": 1, "c1": 3}
    every = inferred.published_places(cities, listed, unlisted=True)
    assert every.index.tolist() == ["c2", "c1", "c3", "c9"]
    assert inferred.order_of(every).tolist() == [1, 3, 4, 4]


def test_pairs_with_unlisted_cities_say_what_being_listed_follows():
    # Among the listed the economy decides, and being listed follows society alone.
    economy = [90.0, 80, 70, 60, 50, 40, 95, 85, 75, 65, 55, 45]
    society = [60.0, 75, 62, 74, 61, 73, 20, 22, 21, 23, 20, 22]
    cities = [f"c{number:02}" for number in range(12)]
    nodes = pd.DataFrame({"economy": economy, "society": society}, index=cities)
    listed = pd.DataFrame({"adcode": cities[:6], "rank": range(1, 7)})
    found = [
        inferred.infer(
            nodes, RECORD, inferred.published_places(nodes.index, listed, unlisted=unlisted), TRIES
        )
        for unlisted in (False, True)
    ]
    alone, every = (each.weights.set_index("code")["weight"] for each in found)
    assert alone["economy"] > 0.5 > every["economy"]
    assert [each.fit["n"].item() for each in found] == [6, 12]
    tables = inferred.pair_tables(*found)
    weights = tables["inferred_pairs"]
    assert weights["pairs"].tolist() == ["listed"] * 2 + ["with_unlisted"] * 2
    assert weights["weight"].tolist() == [*alone, *every]
    assert tables["inferred_pairs_fit"]["pairs"].tolist() == ["listed", "with_unlisted"]


def test_all_cities_are_scored_and_a_gap_takes_the_mean_of_its_column(found):
    weight = found.weights.set_index("code")["weight"]
    assert found.score["c12"] == pytest.approx((NODES.loc["c12"] * weight).sum())
    mean = NODES["society"].drop("c13").mean()
    expected = NODES.loc["c13", "economy"] * weight["economy"] + mean * weight["society"]
    assert found.score["c13"] == pytest.approx(expected)


SCORES = pd.DataFrame(
    {
        "adcode": list("abcde"),
        "city": list("ABCDE"),
        "province": "Northshore",
        "rank": [1, 2, 3, 4, 5],
    }
)
LISTED = pd.DataFrame({"adcode": ["a", "c", "z"], "city": ["A", "C", "Z"], "rank": [1, 2, 3]})


def test_beyond_the_list_some_are_admitted_and_others_left_out():
    score = pd.Series({"a": 9.0, "b": 8.0, "c": 5.0, "d": 7.0, "e": 4.0})
    table = inferred.beyond_table(score, SCORES, LISTED, places=3)
    # By score: a b d c e. The first three are a (listed), b and d; c falls out; z is not ranked.
    assert table["adcode"].tolist() == ["b", "d", "c"]
    assert table["change"].tolist() == ["admitted", "admitted", "left_out"]
    assert table["inferred_rank"].tolist() == [2, 3, 4]
    assert table["open_rank"].tolist() == [2, 4, 3]
    assert table["rank"].isna().tolist() == [True, True, False]


def test_the_unexplained_come_first_that_stand_ahead_of_most_better_cities():
    nodes = pd.DataFrame({"x": [1, 2, 3, 9], "y": [1, 2, 3, None]}, index=["a", "c", "e", "f"])
    free = pd.DataFrame({"p": [1, 0, 0, 0], "q": [0, 1, 2, 0], "r": None}, index=nodes.index)
    listed = pd.DataFrame(
        {"adcode": ["a", "c", "e", "f", "z"], "city": list("ACEFZ"), "rank": [1, 2, 3, 4, 5]}
    )
    table = inferred.unexplained_table({"domain": nodes, "measure": free}, listed)
    # Domains: a stands ahead of c and e, which beat it; c ahead of e; f has a gap and z no values.
    # Measures: only e beats c in one and equals it in the other; the empty one does not count.
    assert table["level"].tolist() == ["domain"] * 3 + ["measure"] * 4
    assert table["adcode"].tolist() == ["a", "c", "e", "c", "a", "e", "f"]
    assert table["dominated_by"].tolist() == [2, 1, 0, 1, 0, 0, 0]
    assert list(table.columns) == ["level", "adcode", "city", "rank", "dominated_by"]


def test_a_tie_puts_no_pair_in_order():
    assert inference.share_in_order(np.ones(2), np.array([1, 2]), np.array([0])) == 0


def test_penalties_run_from_a_hundred_down_to_a_ten_thousandth_two_to_a_power_of_ten():
    steps = inference.PENALTIES[:-1] / inference.PENALTIES[1:]
    assert (inference.PENALTIES[0], inference.PENALTIES[-1]) == (100, 1e-4)
    assert steps == pytest.approx(np.sqrt(10))


def test_columns_that_say_the_same_are_fitted_without_any_penalty():
    values, order = np.array([[9.0], [7.0], [8.0], [4.0]]), np.array([1, 2, 3, 4])
    weights = inference.fit_weights(np.column_stack([values] * 3), order, penalty=0.0)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()


def test_the_penalties_are_numbered_from_the_best_one():
    values, order = np.array([[4.0], [3.0], [2.0], [1.0]]), np.array([1, 2, 3, 4])
    table = inference.choose_penalty(values, order, inference.folds(4, 2, seed=1))
    assert table.index.tolist() == list(range(len(inference.PENALTIES)))


@pytest.mark.parametrize(
    ("x_of_first", "x_of_second", "dominated"), [(1, 0, 1), (1.001, 0, 0), (0, 1, 1)]
)
def test_as_good_is_what_lies_behind_by_no_more_than_a_tie(x_of_first, x_of_second, dominated):
    x = np.array([x_of_first, x_of_second]) * inference.TIE_TOLERANCE
    values = pd.DataFrame({"x": x, "y": [0.0, 1.0]}, index=["u", "v"])
    found = inference.dominated_pairs(values, pd.Series([1, 2], index=["u", "v"]))
    assert found.to_dict() == {"u": dominated, "v": 0}


@pytest.mark.parametrize(("ties", "dominated"), [(1, 0), (1.001, 1)])
def test_better_is_what_lies_ahead_by_more_than_a_tie(ties, dominated):
    values = pd.DataFrame({"x": [0.0, ties * inference.TIE_TOLERANCE]}, index=["u", "v"])
    found = inference.dominated_pairs(values, pd.Series([1, 2], index=["u", "v"]))
    assert found.to_dict() == {"u": dominated, "v": 0}


def test_a_city_of_the_same_place_is_not_placed_worse():
    values = pd.DataFrame({"x": [1.0, 2.0]}, index=["u", "v"])
    found = inference.dominated_pairs(values, pd.Series([1, 1], index=["u", "v"]))
    assert found.to_dict() == {"u": 0, "v": 0}


def test_unseen_cities_are_scored_under_the_best_penalty_of_the_others(monkeypatch):
    values, order = np.array([[4.0], [3.0], [2.0], [1.0]]), np.array([1, 2, 3, 4])
    taken = []

    def fitted(seen, _order, penalty):
        taken.append(penalty)
        return np.ones(seen.shape[1])

    table = pd.DataFrame({"penalty": [7.0, 3.0], "agreement": [0.9, 0.8]})
    monkeypatch.setattr(inference, "choose_penalty", lambda *_: table)
    monkeypatch.setattr(inference, "fit_weights", fitted)
    inference.out_of_sample_rho(values, order, inference.folds(4, 2, seed=1), count=2)
    assert taken == [7, 7]
