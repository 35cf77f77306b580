"""Digital level and economic size: relations, shapes and expectations."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.chapters import economy
from analysis.index import shapes

SIZES = np.array([100.0, 250, 400, 900, 1600, 2500, 4000, 9000])


def by_city(values: np.ndarray) -> pd.Series:
    return pd.Series(values, index=[f"city {number}" for number in range(len(values))])


def fits(index: np.ndarray, size: np.ndarray = SIZES) -> pd.DataFrame:
    return economy.fit_table(by_city(index), by_city(size)).set_index("shape")


@pytest.mark.parametrize(
    ("shape", "index", "intercept", "slope"),
    [
        ("linear", 5 + 0.01 * SIZES, 5, 0.01),
        ("log_linear", -20 + 12 * np.log(SIZES), -20, 12),
        # ln(3 size^0.4) = ln 3 + 0.4 ln size.
        ("power", 3 * SIZES**0.4, np.log(3), 0.4),
    ],
)
def test_a_known_shape_is_recovered_and_found_best(shape, index, intercept, slope):
    table = fits(index)
    found = table.loc[shape]
    assert (found["intercept"], found["slope"]) == pytest.approx((intercept, slope))
    assert found["r_squared"] == pytest.approx(1)
    assert found["prediction_error"] == pytest.approx(0, abs=1e-9)
    assert table.index[table["best"] == 1].tolist() == [shape]
    assert table["n"].tolist() == [8, 8, 8]


def noisy(seed: int, size: int = 25) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    x = generator.uniform(1, 10, size)
    return x, 3 + 2 * x + generator.normal(0, 1.5, size)


@pytest.mark.parametrize("seed", range(3))
def test_leaving_one_out_equals_fitting_without_it(seed):
    x, y = noisy(seed)
    predicted = []
    for place in range(len(x)):
        line = stats.linregress(np.delete(x, place), np.delete(y, place))
        predicted.append(line.intercept + line.slope * x[place])
    assert shapes.left_out(x, y) == pytest.approx(predicted, rel=1e-9)


def test_the_prediction_error_of_a_power_law_is_on_the_scale_of_the_index():
    generator = np.random.default_rng(4)
    index = 3 * SIZES**0.4 * np.exp(generator.normal(0, 0.2, len(SIZES)))
    errors = []
    for place in range(len(SIZES)):
        line = stats.linregress(np.log(np.delete(SIZES, place)), np.log(np.delete(index, place)))
        errors.append(index[place] - np.exp(line.intercept + line.slope * np.log(SIZES[place])))
    found = fits(index).loc["power"]
    assert found["prediction_error"] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    line = stats.linregress(np.log(SIZES), np.log(index))
    residuals = index - np.exp(line.intercept + line.slope * np.log(SIZES))
    assert found["r_squared"] == pytest.approx(
        1 - np.sum(residuals**2) / np.sum((index - index.mean()) ** 2)
    )


def test_the_misfit_test_equals_the_t_test_of_the_squared_fit():
    # With one added power the F test of RESET is the square of the t test of its coefficient.
    x, y = noisy(5)
    short = np.column_stack([np.ones(25), x])
    fitted = short @ np.linalg.lstsq(short, y, rcond=None)[0]
    full = np.column_stack([short, fitted**2])
    coefficients = np.linalg.lstsq(full, y, rcond=None)[0]
    variance = np.sum((y - full @ coefficients) ** 2) / (25 - 3)
    error = np.sqrt(variance * np.linalg.inv(full.T @ full)[2, 2])
    expected = 2 * stats.t.sf(abs(coefficients[2] / error), 25 - 3)
    assert economy.reset_p(x, y, fitted) == pytest.approx(expected, rel=1e-6)


def test_a_bent_relation_is_a_misfit_of_the_straight_line_only():
    generator = np.random.default_rng(6)
    x = generator.uniform(1, 10, 60)
    bent = 3 + x**2 + generator.normal(0, 1, 60)
    straight = 3 + 2 * x + generator.normal(0, 1, 60)
    assert fits(bent, x).loc["linear", "misfit_p"] < 1e-6
    assert fits(straight, x).loc["linear", "misfit_p"] > 0.01


def test_cities_without_a_size_or_an_index_take_no_part():
    index, size = by_city(5 + 0.01 * SIZES), by_city(SIZES)
    size["city 0"] = None
    size["elsewhere"] = 1e6
    assert economy.fit_table(index, size)["n"].tolist() == [7, 7, 7]


SCORES = pd.DataFrame(
    {"adcode": list("ABCDE"), "city": list("abcde"), "index": [90.0, 70.0, 60.0, 30.0, 20.0]}
)
ECONOMY = pd.DataFrame(
    {"gdp": [900.0, 800.0, 500.0, 600.0, None], "gdp_per_head": [9.0, 7.0, 8.0, 3.0, 2.0]},
    index=list("ABCDE"),
)


def test_a_better_published_place_counts_as_higher():
    published = pd.DataFrame({"adcode": list("ABCD"), "rank": [1, 2, 3, 4]})
    table = economy.relation_table(SCORES, published, ECONOMY, draws=20, seed=1)
    found = table.set_index(["evidence", "size", "statistic"])
    # GDP of A to D: 900 800 500 600; one of six pairs is discordant: tau = (5 - 1) / 6.
    assert found.loc[("published", "gdp", "kendall"), "estimate"] == pytest.approx(4 / 6)
    assert found.loc[("published", "gdp", "kendall"), "n"] == 4
    # GDP per head of A to E: 9 7 8 3 2; one of ten pairs is discordant: tau = (9 - 1) / 10.
    assert found.loc[("open", "gdp_per_head", "kendall"), "estimate"] == pytest.approx(0.8)
    assert found.loc[("open", "gdp_per_head", "kendall"), "n"] == 5
    assert set(table["level"]) == {"place", "index"}


def test_without_a_published_list_only_the_index_is_related():
    table = economy.relation_table(SCORES, None, ECONOMY, draws=20, seed=1)
    assert set(table["evidence"]) == {"open"}
    assert len(table) == 4


@pytest.mark.parametrize(
    ("shape", "intercept", "slope", "expected"),
    [
        ("linear", 10.0, 0.1, 10 + 0.1 * 500),
        ("log_linear", 1.0, 5.0, 1 + 5 * np.log(500)),
        ("power", np.log(2), 0.5, 2 * 500**0.5),
    ],
)
def test_what_size_predicts_follows_the_best_shape(shape, intercept, slope, expected):
    best = pd.DataFrame({"shape": [shape], "intercept": intercept, "slope": slope, "best": 1})
    table = economy.expected_table(SCORES, ECONOMY, best).set_index("adcode")
    assert table.loc["C", "expected"] == pytest.approx(expected)
    assert table.loc["C", "difference"] == pytest.approx(60 - expected)


def test_cities_come_by_difference_and_those_without_gdp_are_left_out():
    line = pd.DataFrame({"shape": ["linear"], "intercept": 0.0, "slope": 0.1, "best": 1})
    table = economy.expected_table(SCORES, ECONOMY, line)
    # Expected 90 80 50 60; differences A 0, B -10, C 10, D -30; E has no GDP.
    assert table["adcode"].tolist() == ["C", "A", "B", "D"]
    assert table["difference"].tolist() == pytest.approx([10, 0, -10, -30])
