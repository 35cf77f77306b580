"""The mean over years: which figures enter it, and what comes out."""

import pandas as pd
import pytest

from analysis.ranking import averaging

MEASURE = {"measure": "m", "variable": "x", "years_before": 1, "years_after": 2}


def usable(**figures: dict[str, float]) -> pd.DataFrame:
    """Readings of the variable x by year (as y2018) and city."""
    rows = [
        {"adcode": city, "variable": "x", "year": int(year[1:]), "value": value}
        for year, found in figures.items()
        for city, value in found.items()
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("before", "after", "years"),
    [(0, 0, [2019]), (1, 1, [2018, 2019, 2020]), (2, 0, [2017, 2018, 2019]), (0, 1, [2019, 2020])],
)
def test_the_window_holds_the_data_year_and_those_around_it(before, after, years):
    measure = {"years_before": before, "years_after": after}
    assert list(averaging.window(measure, 2019)) == years
    table = pd.DataFrame([measure])
    assert averaging.is_averaged(table).tolist() == [len(years) > 1]


def test_the_years_of_the_window_enter_with_the_mean_of_their_year():
    readings = usable(
        y2017={"A": 1}, y2018={"A": 10, "B": 30}, y2019={"A": 50}, y2021={"B": 8}, y2022={"B": 9}
    )
    found = averaging.entering_years(readings, MEASURE, 2019)
    rows = found[["adcode", "year", "year_mean", "deviation"]].to_numpy().tolist()
    assert rows == [
        ["A", 2018, 20, -10], ["B", 2018, 20, 10], ["A", 2019, 50, 0], ["B", 2021, 8, 0],
    ]  # fmt: skip


def test_other_variables_do_not_enter_and_without_the_data_year_nothing_does():
    readings = usable(y2018={"A": 10}, y2019={"A": 50})
    other = readings.assign(variable="z", value=999.0)
    both = averaging.entering_years(pd.concat([readings, other]), MEASURE, 2019)
    assert set(both["value"]) == {10, 50}
    assert averaging.entering_years(readings, MEASURE, 2020)["value"].empty


def test_the_value_is_the_mean_deviation_above_the_mean_of_the_data_year():
    readings = usable(y2018={"A": 10, "B": 30}, y2019={"A": 50, "B": 50, "C": 80}, y2020={"A": 3})
    found = averaging.mean_values(averaging.entering_years(readings, MEASURE, 2019), 2019)
    # The mean of 2019 is 60. A: -10, -10 and 0. B: 10 and -10. C: 80 alone, as printed.
    assert found["value"].tolist() == pytest.approx([60 - 20 / 3, 60, 80])
    assert found["averaged"].tolist() == ["2018|2019|2020", "2018|2019", ""]


def test_a_change_that_all_cities_share_moves_no_city():
    readings = usable(y2018={"A": 10, "B": 30}, y2019={"A": 50, "B": 70})
    found = averaging.mean_values(averaging.entering_years(readings, MEASURE, 2019), 2019)
    assert found["value"].tolist() == [50, 70]


def test_nothing_comes_of_nothing():
    empty = averaging.entering_years(usable(y2018={"A": 1}), MEASURE, 2019)
    assert averaging.mean_values(empty, 2019).empty
