"""Shapes and their errors, worked by hand and against a fit without each point."""

import numpy as np
import pytest

from analysis.index.shapes import SHAPES, left_out, prediction_error

X = np.array([1.0, 2.0, 4.0, 8.0])
Y = np.array([[3.0, 5.0, 9.0, 17.0], [1.0, 4.0, 2.0, 9.0]])


def without(x: np.ndarray, y: np.ndarray, at: int) -> float:
    """What a straight line through the other points gives at one of them."""
    slope, intercept = np.polyfit(np.delete(x, at), np.delete(y, at), 1)
    return intercept + slope * x[at]


def test_each_point_is_predicted_by_the_line_through_the_others():
    expected = [[without(X, y, at) for at in range(4)] for y in Y]
    assert left_out(X, Y) == pytest.approx(np.array(expected))
    assert left_out(X, Y[1]) == pytest.approx(np.array(expected[1]))


def test_a_straight_line_has_no_error_where_the_points_lie_on_it():
    # 1 + 2x
    assert prediction_error("linear", X, Y) == pytest.approx(
        [0, np.sqrt(np.mean([(without(X, Y[1], at) - Y[1, at]) ** 2 for at in range(4)]))]
    )


@pytest.mark.parametrize(
    ("shape", "index"), [("log_linear", 3 + 2 * np.log(X)), ("power", 3 * X**0.5)]
)
def test_each_curve_has_no_error_on_its_own_shape_and_is_the_best_there(shape, index):
    errors = {name: prediction_error(name, X, index) for name in SHAPES}
    assert errors[shape] == pytest.approx(0, abs=1e-9)
    assert min(errors, key=lambda name: errors[name]) == shape
