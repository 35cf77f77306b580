import pandas as pd
import pytest
from scipy.optimize import OptimizeResult

from analysis.index.audit import frontier
from analysis.index.audit.frontier import frontier_table

EQUAL = pd.Series({"x": 1.0, "y": 1.0})


def scores(rows, nominal=EQUAL, **bounds):
    parts = pd.DataFrame(rows, index=["x", "y"]).T.astype(float)
    return frontier_table(parts, nominal, **bounds).set_index("unit")


def test_specialists_reach_the_frontier_and_the_balanced_unit_its_best_share():
    # Weights between a quarter and the whole. p at (3/4, 1/4) has 75 against 25 of q: 1. r has 40
    # whatever the weights; the best of the others is lowest, 50, at equal weights: 0.8.
    table = scores({"p": [100, 0], "q": [0, 100], "r": [40, 40]})
    assert table["frontier"].to_dict() == pytest.approx({"p": 1, "q": 1, "r": 0.8})
    assert table["distance"].to_dict() == pytest.approx({"p": 0, "q": 0, "r": 0.2}, abs=1e-12)
    assert table["frontier_rank"].to_dict() == {"p": 1, "q": 1, "r": 3}
    assert table["on_frontier"].to_dict() == {"p": 1, "q": 1, "r": 0}


def test_half_of_the_best_in_all_parts_is_half_under_any_weights():
    assert scores({"p": [100, 50], "q": [50, 25]})["frontier"].to_dict() == pytest.approx(
        {"p": 1, "q": 0.5}
    )


def test_weights_stop_at_their_bounds():
    # q lives by y alone. Its weight of y ends at twice its share of 1/4, at (1/2, 1/2): 50 of 50
    # for p = (100, 0) and 40 of q: 0.8. Unbounded it would have the frontier for itself.
    nominal = pd.Series({"x": 3.0, "y": 1.0})
    rows = {"p": [100, 0], "q": [0, 80]}
    assert scores(rows, nominal)["frontier"]["q"] == pytest.approx(0.8)
    assert scores(rows, nominal, least=0, most=4)["frontier"]["q"] == pytest.approx(1)


def test_bounds_that_leave_no_choice_give_the_index_over_the_best():
    # Means 60, 45 and 30.
    table = scores({"p": [100, 20], "q": [40, 50], "r": [10, 50]}, least=1, most=1)
    assert table["frontier"].to_dict() == pytest.approx({"p": 1, "q": 0.75, "r": 0.5})


def test_a_unit_without_anything_scores_zero():
    assert scores({"p": [1, 1], "q": [0, 0]})["frontier"]["q"] == pytest.approx(0)


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_gaps_negative_and_infinite_values_are_refused(value):
    with pytest.raises(ValueError, match="frontier: unit 'q', column 'y'"):
        scores({"p": [1, 1], "q": [1, value]})


@pytest.mark.parametrize(("least", "most"), [(-0.1, 2), (1.1, 2), (0.5, 0.9)])
def test_bounds_that_do_not_enclose_the_weights_are_refused(least, most):
    with pytest.raises(ValueError, match="must enclose 1"):
        scores({"p": [1, 1], "q": [1, 2]}, least=least, most=most)


def test_a_programme_without_a_solution_is_reported(monkeypatch):
    failure = OptimizeResult(success=False, message="numerical difficulties", fun=None)
    monkeypatch.setattr(frontier, "linprog", lambda *_, **__: failure)
    with pytest.raises(ValueError, match="was not solved: numerical difficulties"):
        scores({"p": [1, 1], "q": [1, 2]})


@pytest.mark.parametrize(("share", "on"), [(1 - 5e-8, 1), (1 - 2e-7, 0)])
def test_what_misses_the_frontier_by_no_more_than_the_solver_does_is_on_it(share, on):
    table = scores({"p": [100, 100], "q": [100 * share, 100 * share]})
    assert table.loc["q", "on_frontier"] == on
    assert (table.loc["q", "distance"] == 0) == bool(on)


@pytest.mark.parametrize(("least", "most"), [(0, 1), (1, 1), (1, 2)])
def test_bounds_that_touch_the_weights_or_zero_are_taken(least, most):
    assert scores({"p": [1, 1], "q": [1, 2]}, least=least, most=most)["frontier"]["q"] == 1
