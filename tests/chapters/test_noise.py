"""How well years agree, and what a mean over them is worth."""

import math

import pandas as pd
import pytest

from analysis.chapters import noise

MEASURES = pd.DataFrame(
    [("steady", "s", 0, 0), ("shaky", "x", 1, 1)],
    columns=["measure", "variable", "years_before", "years_after"],
)
# Ten cities. The second year of s is twice the first; that of x has halves exchanged, so that
# 0..9 meet 5..9, 0..4.
ONE = list(range(10))
OTHER = [5, 6, 7, 8, 9, 0, 1, 2, 3, 4]


def usable(cities: int = 10) -> pd.DataFrame:
    columns = {
        ("s", 2018): ONE, ("s", 2019): [2 * value for value in ONE],
        ("x", 2018): ONE, ("x", 2019): OTHER, ("x", 2020): ONE,
    }  # fmt: skip
    return pd.DataFrame(
        [
            {"adcode": f"{city:06}", "variable": variable, "year": year, "value": values[city]}
            for (variable, year), values in columns.items()
            for city in range(cities)
        ]
    )


def test_every_two_years_are_correlated_over_the_cities_that_have_both():
    found = noise.repeat_table(usable(), MEASURES)
    # Of the sum of products of x: 82.5 times -0.515: deviations multiply to -42.5.
    expected = {
        ("steady", 2018, 2019): 1, ("shaky", 2018, 2019): -42.5 / 82.5,
        ("shaky", 2018, 2020): 1, ("shaky", 2019, 2020): -42.5 / 82.5,
    }  # fmt: skip
    keys = list(found[["measure", "first_year", "second_year"]].itertuples(index=False, name=None))
    assert keys == list(expected)
    assert found["pearson"].tolist() == pytest.approx(list(expected.values()))
    assert found["spearman"].tolist() == pytest.approx(list(expected.values()))
    assert set(found["cities"]) == {10}


def test_with_too_few_cities_or_one_figure_for_all_nothing_is_said():
    assert noise.repeat_table(usable(noise.LEAST_CITIES - 1), MEASURES).empty
    same = usable().assign(value=7)
    assert noise.repeat_table(same, MEASURES).empty


def test_a_curved_relation_has_a_rank_correlation_of_one_only():
    figures = usable().query("variable == 's'").copy()
    later = figures["year"] == 2019
    figures.loc[later, "value"] = figures.loc[later, "value"] ** 3
    found = noise.repeat_table(figures, MEASURES).iloc[0]
    assert found["spearman"] == pytest.approx(1)
    assert found["pearson"] < 0.95


def test_three_years_tell_error_from_change():
    # True values with variance 1 that do not change, errors with variance 1: all correlate by 1/2.
    assert noise.one_year_reliability(0.5, 0.5, 0.5) == 0.5
    # The same true values without error, changing: r13 is r12 times r23.
    assert noise.one_year_reliability(0.8, 0.64, 0.8) == pytest.approx(1)


def test_a_mean_of_years_is_more_reliable_and_that_of_one_is_not():
    # Variance of the truth 1, of the error 1/k: reliability 1 / (1 + 1/k).
    assert [noise.mean_reliability(0.5, years) for years in (1, 2, 3)] == pytest.approx(
        [1 / 2, 2 / 3, 3 / 4]
    )


def repeats(*correlations: float) -> pd.DataFrame:
    pairs = [(2018, 2019), (2018, 2020), (2019, 2020)]
    rows = [("shaky", *pair, 10, r, r) for pair, r in zip(pairs, correlations, strict=False)]
    columns = ["measure", "first_year", "second_year", "cities", "pearson", "spearman"]
    return pd.DataFrame(rows, columns=columns)


def averaged(*years: int) -> pd.DataFrame:
    return pd.DataFrame({"measure": "shaky", "year": years})


def test_the_account_names_the_years_that_enter_and_those_that_lack():
    facts = noise.noise_facts(repeats(0.5, 0.5, 0.5), averaged(2019, 2018, 2018), MEASURES, 2019)
    [found] = facts["account"]["measures"]
    assert (found["measure"], found["years"], found["lacking"]) == ("shaky", [2018, 2019], [2020])
    assert found["correlations"] == [0.5, 0.5, 0.5]
    assert found["reliability"] == {"single": 0.5, "mean": pytest.approx(2 / 3)}


@pytest.mark.parametrize("correlations", [(0.5,), (0.5, -0.1, 0.5), (0.5, 0.0, 0.5)])
def test_without_three_years_or_with_none_alike_no_reliability_is_told(correlations):
    facts = noise.noise_facts(repeats(*correlations), averaged(2018, 2019, 2020), MEASURES, 2019)
    assert facts["account"]["measures"][0]["reliability"] == {}


def test_measures_that_repeat_badly_are_named_the_worst_first_and_those_on_the_limit_too():
    table = pd.concat(
        [repeats(noise.STEADY).assign(measure=name, pearson=r)
         for name, r in (("limit", 0.9), ("above", 0.901), ("worst", 0.1))]
    )  # fmt: skip
    two_years_apart = repeats(0.9, 0.0).iloc[1:].assign(measure="above")
    facts = noise.noise_facts(pd.concat([table, two_years_apart]), averaged(2019), MEASURES, 2019)
    said = facts["repeats"]
    assert (said["measures"], said["shaky"]) == (3, ["worst", "limit"])


KINDS = pd.DataFrame(
    [
        ("jobs", "j", "size", 0, 0), ("rate", "r", "share", 0, 0), ("score", "q", "index", 1, 1),
        ("named", "n", "designation", 0, 0), ("lone", "l", "size", 0, 0),
    ],
    columns=["measure", "variable", "kind", "years_before", "years_after"],
)  # fmt: skip


def changing() -> pd.DataFrame:
    """Ten cities: the jobs of half of them grow twice as much as those of the others."""
    columns = {
        # Doubled, and of the second half quadrupled: ±(ln 2) / 2 about the middle of ln 2, ln 4.
        ("j", 2018): [8.0] * 10, ("j", 2019): [16.0] * 5 + [32.0] * 5,
        # Two points up or four, then one or nine: ±1, ±4 about the middle. 2016 has no neighbour.
        ("r", 2016): [1.0] * 10, ("r", 2018): [50.0] * 10, ("r", 2019): [52.0] * 5 + [54.0] * 5,
        ("r", 2020): [53.0] * 5 + [63.0] * 5,
        ("q", 2018): [10.0] * 10, ("q", 2019): [10.0] * 9 + [30.0], ("q", 2020): [10.0] * 10,
        ("n", 2018): [0.0] * 10, ("n", 2019): [0.0, 1.0] * 5,
        ("l", 2017): [1.0] * 10, ("l", 2019): [float(n) for n in range(10)],
    }  # fmt: skip
    return pd.DataFrame(
        [
            {"adcode": f"{city:06}", "variable": variable, "year": year, "value": values[city]}
            for (variable, year), values in columns.items()
            for city in range(10)
        ]
    )


def test_the_error_is_half_of_the_variance_of_uneven_change():
    found = noise.year_error_table(changing(), KINDS, 2019).set_index("measure")
    half_variance = (math.pi / 2) ** 0.5 / 2**0.5  # of a mean absolute departure of one
    assert found["error"]["jobs"] == pytest.approx(math.log(2) / 2 * half_variance)
    assert found["error"]["rate"] == pytest.approx((1 + 4) / 2 * half_variance)
    # Of twenty changes, one is 20 up and one 20 down.
    assert found["error"]["score"] == pytest.approx(2 * half_variance)
    assert found["scale"].to_dict() == {
        "jobs": "log", "rate": "points", "score": "points", "named": "", "lone": "log",
    }  # fmt: skip
    assert found["years"]["rate"] == "2018|2019|2020"
    assert found["cities"].to_dict() == {
        "jobs": 10, "rate": 20, "score": 20, "named": 0, "lone": 0,
    }  # fmt: skip


def test_a_mean_of_years_is_less_wrong_by_the_root_of_their_number():
    found = noise.year_error_table(changing(), KINDS, 2019).set_index("measure")
    assert found["averaged_years"].tolist() == [1, 1, 3, 1, 1]
    assert found["value_error"]["score"] == pytest.approx(found["error"]["score"] / 3**0.5)
    assert found["value_error"]["jobs"] == found["error"]["jobs"]
    without = changing().query("variable != 'q' or year != 2020")
    found = noise.year_error_table(without, KINDS, 2019).set_index("measure")
    assert found["averaged_years"]["score"] == 2


def test_without_two_years_side_by_side_there_is_no_error():
    found = noise.year_error_table(changing(), KINDS, 2019).set_index("measure")
    assert found.loc[["named", "lone"], ["error", "value_error"]].isna().all(axis=None)
    few = changing().query("adcode < '000009'")  # nine cities
    found = noise.year_error_table(few, KINDS, 2019).set_index("measure")
    assert math.isnan(found["error"]["jobs"])
    assert found["years"]["jobs"] == ""
    assert noise.year_error_table(changing().iloc[:0], KINDS, 2019)["error"].isna().all()


def test_sizes_of_zero_have_no_logarithm_and_are_left_out():
    figures = changing()
    figures.loc[figures["adcode"].eq("000000") & figures["variable"].eq("j"), "value"] = 0.0
    found = noise.year_error_table(figures, KINDS, 2019).set_index("measure")
    assert found["cities"]["jobs"] == 0  # nine cities are too few
