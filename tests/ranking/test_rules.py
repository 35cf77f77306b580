"""The kinds of cleaning rules, on small tables worked by hand."""

import pandas as pd
import pytest

from analysis.ranking import rules

NO_BOUND = float("nan")


def wide(**variables: dict[tuple[str, int], float]) -> pd.DataFrame:
    """City and year × variables; what is not given is blank."""
    table = pd.DataFrame({name: pd.Series(cells) for name, cells in variables.items()})
    return table.rename_axis(index=["adcode", "year"]).sort_index()


def rule(**parts: object) -> dict:
    return {"variable": "x", "compared_with": "y", "minimum": NO_BOUND, "maximum": NO_BOUND} | parts


def refused(kind: str, table: pd.DataFrame, **parts: object) -> list[tuple[str, int]]:
    return list(table.index[rules.RULES[kind](table, rule(**parts))])


def test_a_ratio_outside_its_bounds_is_refused_and_on_the_bound_it_is_not():
    table = wide(
        x={("A", 2019): 10, ("B", 2019): 10.1, ("C", 2019): 5, ("D", 2019): 4.9},
        y=dict.fromkeys([("A", 2019), ("B", 2019), ("C", 2019), ("D", 2019)], 5),
    )
    # A: 10/5 = 2. B: 10.1/5 = 2.02. C: 5/5 = 1. D: 4.9/5 = 0.98.
    assert refused("ratio", table, minimum=1, maximum=2) == [("B", 2019), ("D", 2019)]
    assert refused("ratio", table, maximum=2) == [("B", 2019)]
    assert refused("ratio", table, minimum=1) == [("D", 2019)]


def test_a_ratio_uses_the_nearest_year_where_the_other_figure_is_blank():
    table = wide(
        x={("A", 2018): 10, ("A", 2019): 10, ("B", 2018): 10, ("B", 2019): 10, ("C", 2019): 10},
        y={("A", 2018): 4, ("B", 2019): 4},
    )
    # A and B: 10/4 = 2.5 in both years. C has nothing to compare with and is not judged.
    assert refused("ratio", table, maximum=2) == [
        ("A", 2018),
        ("A", 2019),
        ("B", 2018),
        ("B", 2019),
    ]


def test_the_nearest_year_is_the_earlier_one_if_both_are_there():
    value = wide(x={("A", 2017): 1, ("A", 2018): NO_BOUND, ("A", 2019): 3})["x"]
    assert rules.nearest_year(value).tolist() == [1, 1, 3]


def test_a_figure_below_the_minimum_is_refused_and_a_blank_is_not():
    table = wide(x={("A", 2019): 0.0, ("B", 2019): 0.01, ("C", 2019): NO_BOUND})
    assert refused("minimum", table, minimum=0.01) == [("A", 2019)]


def test_a_figure_equal_to_the_year_before_is_refused_in_the_later_year_only():
    table = wide(
        x={
            ("A", 2018): 500, ("A", 2019): 500,
            ("B", 2018): 500, ("B", 2019): 501,
            ("C", 2018): 63996.4, ("C", 2019): 63996,
            ("D", 2017): 500, ("D", 2019): 500,
        }
    )  # fmt: skip
    # C repeats 63996.4 rounded. D has no year before: 2018 is not there.
    assert refused("repeat", table) == [("A", 2019), ("C", 2019)]


def test_a_jump_is_refused_in_the_year_that_lies_farther_from_the_median_ratio():
    table = wide(
        x={
            ("A", 2018): 10, ("A", 2019): 100,
            ("B", 2018): 100, ("B", 2019): 10,
            ("C", 2018): 10, ("C", 2019): 50,
            ("D", 2018): 10, ("D", 2019): 49,
            ("E", 2018): 10, ("E", 2019): 10,
        },
        y=dict.fromkeys([(city, year) for city in "ABCDE" for year in (2018, 2019)], 1000),
    )  # fmt: skip
    # Six of the ten ratios are 0.01, so that is the median. A and B jump by 10, C by 5, D by 4.9.
    assert refused("jump", table, maximum=5) == [("A", 2019), ("B", 2018), ("C", 2019)]


def test_figures_below_one_jump_too():
    table = wide(
        x={("A", 2018): 0.1, ("A", 2019): 0.9, ("B", 2018): 0.1, ("B", 2019): 0.1},
        y=dict.fromkeys([(city, year) for city in "AB" for year in (2018, 2019)], 10),
    )
    assert refused("jump", table, maximum=5) == [("A", 2019)]


def test_a_jump_down_may_be_the_slip_and_the_size_of_the_city_decides():
    table = wide(
        x={
            ("A", 2018): 10, ("A", 2019): 60,
            ("B", 2018): 10, ("B", 2019): 10,
            ("C", 2018): 10, ("C", 2019): 10,
        },
        y={
            ("A", 2018): 6000, ("A", 2019): 6000,
            ("B", 2018): 1000, ("B", 2019): 1000,
            ("C", 2018): 1000, ("C", 2019): 1000,
        },
    )  # fmt: skip
    # Median 0.01. A: 10/6000 = 0.0017 lies far from it, 60/6000 = 0.01 does not: 2018 is the slip.
    assert refused("jump", table, maximum=5) == [("A", 2018)]


def test_a_peak_between_two_years_is_refused_alone():
    table = wide(
        x={("A", 2017): 10, ("A", 2018): 100, ("A", 2019): 12},
        y={("A", 2017): 1000, ("A", 2018): 1000, ("A", 2019): 1000},
    )
    # Ratios 0.010, 0.100, 0.012: median 0.012; both neighbours of 2018 lie nearer.
    assert refused("jump", table, maximum=5) == [("A", 2018)]


def test_zero_and_years_apart_are_no_jump():
    table = wide(
        x={("A", 2018): 0, ("A", 2019): 100, ("B", 2017): 10, ("B", 2019): 100},
        y=dict.fromkeys([("A", 2018), ("A", 2019), ("B", 2017), ("B", 2019)], 1000),
    )
    assert refused("jump", table, maximum=5) == []


def test_without_anything_to_compare_with_a_jump_cannot_be_laid_at_one_year():
    table = wide(x={("A", 2018): 10, ("A", 2019): 100}, y={("B", 2019): 1})
    assert refused("jump", table, maximum=5) == []


def test_the_odd_one_of_three_years_is_refused_whatever_its_neighbours_are_compared_with():
    table = wide(
        x={("A", 2018): 94, ("A", 2019): 1409, ("A", 2020): 126},
        # Ratios 0.94, 0.94 and 0.08: two years at a time would refuse 126, and not 1409.
        y={("A", 2018): 100, ("A", 2019): 1500, ("A", 2020): 1500},
    )
    assert refused("jump", table, maximum=5) == [("A", 2019)]


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([1409, 94, 126], 2018),
        ([94, 126, 1409], 2020),
        # 450 is less than 5 times 94, and 1409 more.
        ([94, 450, 1409], None),
        # 470 is 5 times 94, and 1409 not 5 times 470: 94 is borne out by neither.
        ([94, 470, 1409], 2018),
    ],
)
def test_of_three_years_that_is_odd_which_neither_of_the_others_bears_out(values, odd):
    table = wide(x={("A", 2018 + n): value for n, value in enumerate(values)}, y={("B", 2018): 1})
    assert refused("jump", table, maximum=5) == ([("A", odd)] if odd else [])


def test_where_the_witnesses_disagree_the_size_of_the_city_decides():
    years = (2017, 2018, 2019, 2020)
    table = wide(
        x=dict(zip([("A", year) for year in years], (10, 11, 100, 110), strict=True))
        | {("B", year): 10 for year in years},
        y={(city, year): 1000 for city in "AB" for year in years},
    )
    # Two and two: 10 speaks for 11, 110 for 100. Usual is 0.01, and 0.1 lies farther from it.
    assert refused("jump", table, maximum=5) == [("A", 2019)]
    assert refused("jump", table.assign(y=float("nan")), maximum=5) == []


def test_a_jump_between_two_others_is_laid_at_the_year_without_a_like():
    table = wide(
        x={("A", 2017): 10, ("A", 2018): 100, ("A", 2019): 1000, ("A", 2020): 12},
        y={("B", 2017): 1},
    )
    # Four years of which no neighbours agree; nothing tells, and there is nothing to compare with.
    assert refused("jump", table, maximum=5) == []


def test_a_rate_that_steps_is_refused_in_the_year_farther_from_all_cities():
    table = wide(
        x={
            ("A", 2018): 46.7, ("A", 2019): 97.5,
            ("B", 2018): 91, ("B", 2019): 46.9,
            ("C", 2018): 70, ("C", 2019): 93,
            ("D", 2018): 70.1, ("D", 2019): 93,
            ("E", 2018): 95, ("E", 2019): 95,
        }
    )  # fmt: skip
    # Median 92: A is low in 2018, B in 2019. C steps by 23, and 70 is farther; D by 22.9.
    assert refused("step", table, maximum=23) == [("A", 2018), ("B", 2019), ("C", 2018)]


def test_a_step_of_just_the_limit_is_one_whatever_the_last_bits_say():
    table = wide(x={("A", 2018): 0.3, ("A", 2019): 0.1, ("B", 2018): 0.3})
    assert 0.3 - 0.1 < 0.2
    assert refused("step", table, maximum=0.2) == [("A", 2019)]


def test_of_three_rates_the_odd_one_is_refused_even_if_it_is_the_usual_one():
    table = wide(
        x={("A", 2018): 50, ("A", 2019): 95, ("A", 2020): 52, ("B", 2018): 95, ("C", 2018): 95}
    )
    # By the median, 95, the years 2018 and 2020 would be the odd ones.
    assert refused("step", table, maximum=23) == [("A", 2019)]


def test_a_part_whose_odds_jump_is_refused_in_the_year_farther_from_all_cities():
    table = wide(
        x={
            ("A", 2018): 20, ("A", 2019): 80,
            ("B", 2018): 20, ("B", 2019): 60,
            ("C", 2018): 20, ("C", 2019): 20,
        },
        y=dict.fromkeys([(city, year) for city in "ABC" for year in (2018, 2019)], 100),
    )  # fmt: skip
    # Odds: A 1/4 and 4, a factor of 16; B 1/4 and 3/2, a factor of 6. The median is 1/4.
    assert refused("odds", table, maximum=16) == [("A", 2019)]
    assert refused("odds", table, maximum=16.1) == []
    assert refused("odds", table, maximum=6) == [("A", 2019), ("B", 2019)]


def test_a_part_that_is_all_or_nothing_of_its_whole_has_no_odds():
    table = wide(
        x={("A", 2018): 100, ("A", 2019): 1, ("B", 2018): 0, ("B", 2019): 9, ("C", 2019): 1},
        y={("A", 2018): 100, ("A", 2019): 100, ("B", 2018): 100, ("B", 2019): 10},
    )
    assert refused("odds", table, maximum=2) == []


@pytest.mark.parametrize(
    ("difference", "apart"), [(1.0, True), (1 - 4e-10, True), (1 - 6e-10, False), (0.999, False)]
)
def test_what_lies_below_a_limit_by_rounding_only_is_on_it(difference, apart):
    value, other = pd.Series([difference]), pd.Series([0.0])
    assert rules.far_apart(value, other, 1.0).tolist() == [apart]
    assert rules.close(value, other, 1.0).tolist() == [not apart]


def test_a_blank_is_neither_apart_nor_close():
    value, other = pd.Series([NO_BOUND]), pd.Series([0.0])
    assert not rules.far_apart(value, other, 1.0).any()
    assert not rules.close(value, other, 1.0).any()


def test_the_odds_of_less_than_one_are_compared_too():
    table = wide(
        x={("A", 2018): 0.1, ("A", 2019): 0.9, ("B", 2018): 0.1, ("B", 2019): 0.1},
        y=dict.fromkeys([(city, year) for city in "AB" for year in (2018, 2019)], 1),
    )
    # Odds 1/9 but for one of 9, which is 81 times as much.
    assert refused("odds", table, maximum=5) == [("A", 2019)]


def test_of_two_years_as_far_from_the_median_neither_is_the_odd_one():
    table = wide(
        x={("A", 2018): 10, ("A", 2019): 30, ("B", 2018): 20, ("B", 2019): 20, ("C", 2019): 20}
    )
    assert refused("step", table, maximum=5) == []


def test_a_witness_on_the_limit_speaks_for_neither_year():
    # 0, 5 and 10, each 5 from the next, all equally odd: no two of them are close.
    value = wide(x={("A", 2017): 0, ("A", 2018): 5, ("A", 2019): 10})["x"]
    assert not rules.odd_years(value, value * 0, 5).any()
    assert rules.odd_years(value.replace(5, 4.9), value * 0, 5).tolist() == [False, False, True]
