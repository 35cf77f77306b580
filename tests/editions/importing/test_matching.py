"""Which variable a column holds, and in which unit."""

import numpy as np
import pandas as pd
import pytest

from analysis.editions.importing import matching
from analysis.editions.importing.matching import Decided, Known, Match, matches
from analysis.editions.units import printed_units, sizes

CITIES = [f"c{n}" for n in range(12)]
UNITS = pd.DataFrame({
    "unit": ["yuan", "10,000 yuan", "100 million yuan", "percent", "persons"],
    "base": ["yuan", "yuan", "yuan", "percent", "persons"],
    "size": [1, 1e4, 1e8, 1, 1],
    "printed_zh": ["元", "万元", "亿元", "%", "人"],
    "printed_en": "",
})  # fmt: skip
GDP = pd.Series(np.linspace(100, 1200, 12), CITIES)
JOBS = pd.Series(np.linspace(900, 50, 12) ** 1.5, CITIES)
KNOWN = Known(
    headings={
        "gdp": ("gdp", "2-9 经济 / 地区生产总值（当年价格）（亿元） GRP"),
        "jobs": ("jobs", "从业人员期末人数"),
    },
    units={"gdp": "100 million yuan", "jobs": "persons"},
    figures=pd.DataFrame({"gdp": GDP, "jobs": JOBS}),
    sizes=sizes(UNITS),
    forms=printed_units(UNITS),
)


def one(heading: str, figures: pd.Series, known: Known = KNOWN, **given) -> matching.Match:
    [found] = matches(pd.DataFrame({heading: figures}), given.get("given", {}), known)
    return found


@pytest.mark.parametrize(
    "heading", ["地区生产总值（亿元）", "经济 / 地区生产总值 / （亿元）", "gdp"]
)
def test_a_column_is_known_by_its_heading(heading):
    found = one(heading, GDP * 1.05)
    assert (found.variable, found.unit, found.question) == ("gdp", "100 million yuan", "")


def test_figures_that_are_all_over_the_place_are_another_thing():
    rng = np.random.default_rng(1)
    found = one("地区生产总值（亿元）", GDP * 10 ** rng.uniform(-2, 2, 12))
    assert found.variable == ""
    assert "--column '地区生产总值（亿元）'=gdp" in found.question


def test_a_heading_that_is_but_alike_needs_figures_that_are_near():
    heading = "城镇单位从业人员（人）"
    assert one(heading, JOBS * 1.02).variable == "jobs"
    nothing_known = KNOWN._replace(figures=pd.DataFrame())
    assert one(heading, JOBS, nothing_known).variable == ""


def test_a_unit_that_counts_something_else_speaks_against_a_variable():
    assert one("地区生产总值（人）", GDP * 1.05).variable == ""


def test_another_unit_in_print_is_taken_from_the_heading():
    found = one("地区生产总值（万元）", GDP * 10_000)
    assert (found.variable, found.unit, found.stated) == ("gdp", "10,000 yuan", True)


def test_another_unit_that_is_not_printed_follows_from_the_figures():
    found = one("gdp", GDP * 10_000)
    assert (found.unit, found.stated, found.question) == ("10,000 yuan", False, "")
    assert "10,000 times last year's in 12 of 12 cities" in found.why
    assert "1/100 of last year's in 12 of 12 cities" in one("gdp（亿元）", GDP / 100).question


def test_figures_against_the_printed_unit_are_a_question():
    found = one("地区生产总值（亿元）", GDP * 10_000)
    assert "another unit? --unit '地区生产总值（亿元）'='10,000 yuan'" in found.question


@pytest.mark.parametrize(("near", "asked"), [(10, True), (9, False)])
def test_nearly_all_cities_must_say_so(near, asked):
    """Ten of twelve are 83 %, nine are 75 %: the limit is 80 %."""
    times = np.r_[np.full(near, 1e4), np.full(12 - near, 1e9)]
    found = matching.in_unit(Match("x（亿元）", "gdp", "", ""), GDP * times, KNOWN, False)
    assert bool(found.question) is asked


@pytest.mark.parametrize("given", [("gdp", ""), ("gdp", "yuan")])
def test_what_a_person_says_counts(given):
    found = one("nothing", GDP, given={"nothing": Decided(*given)})
    assert (found.variable, found.unit) == ("gdp", given[1] or "100 million yuan")


def test_a_dash_leaves_a_column_out():
    assert (
        one("地区生产总值（亿元）", GDP, given={"地区生产总值（亿元）": Decided("-")}).variable
        == ""
    )


def test_two_columns_are_never_one_variable():
    table = pd.DataFrame({"地区生产总值（亿元）": GDP, "地区生产总值": GDP * 1.5})
    found = [match.variable for match in matches(table, {}, KNOWN)]
    assert found.count("gdp") == 1


@pytest.mark.parametrize(("cities", "known"), [(10, 10), (9, 0)])
def test_a_ratio_needs_ten_cities(cities, known):
    figures = GDP.where(np.arange(12) < cities)
    assert matching.ratio(figures, "gdp", KNOWN).cities == known


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("2-9 地区生产总值（亿元） GRP", "地区生产总值"), ("占GDP比重(%)", "占gdp比重"),
        ("gdp_100m", "gdp_100m"), ("Gross Product (yuan)", "grossproduct"),
    ],
)  # fmt: skip
def test_the_key_of_a_heading_is_its_subject(heading, key):
    assert matching.heading_key(heading) == key


KEPT = Decided("gdp", "100 million yuan", "by the recipe", final=False)


def test_what_the_recipe_of_last_year_says_holds_if_the_figures_agree():
    found = one("output", GDP * 1.05, given={"output": KEPT})
    assert (found.variable, found.unit, found.question) == ("gdp", "100 million yuan", "")
    assert found.why == "by the recipe, half of 12 cities within 0% of the usual change"


def test_figures_in_another_unit_than_last_year_are_a_question():
    found = one("output", GDP * 10_000, given={"output": KEPT})
    assert "10,000 times last year's in 12 of 12 cities: another unit?" in found.question
    assert "--unit 'output'='10,000 yuan', or ='100 million yuan' if they are right" in (
        found.question
    )
    # What a person has said of this very file is not asked again.
    assert one("output", GDP * 10_000, given={"output": KEPT._replace(final=True)}).question == ""


def test_other_figures_than_last_year_under_the_same_heading_are_a_question():
    rng = np.random.default_rng(1)
    found = one("output", GDP * 10 ** rng.uniform(-2, 2, 12), given={"output": KEPT})
    assert found.variable == ""
    assert "--column 'output'=gdp, or =-" in found.question


def test_figures_like_last_years_under_another_heading_are_a_question():
    """A fifth of the jobs is no other heading for them, whatever the cities have in common."""
    found = one("岗位（人）", JOBS * 1.1)
    assert found.variable == ""
    assert "is '岗位（人）' the variable jobs (heading 0% alike" in found.question
    assert one("岗位（人）", JOBS / 5).question == ""


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        ("从业人员", "从业人员期末人数", 2 / 3),  # all four letters: 2 * 4 / 12
        ("人数从业", "从业人员", 0.75),  # 人, 从, 业 in any order: 2 * 3 / 8
        ("工业", "工业总产值", 4 / 7),
        ("值", "地区生产总值", 0.5),  # 2 / 7, but a beginning would have half
        ("进出口", "地区生产总值", 0),
    ],
)
def test_what_keys_can_have_in_common_is_known_by_their_letters(one, other, most):
    assert matching.most_alike(one, other) == pytest.approx(most)
    assert matching.alikeness(one, other) <= most


def test_a_heading_is_like_the_nearest_of_the_known_ones():
    known = ("jobs", "从业人员期末人数", "工业总产值")
    # 从业人员 begins 从业人员期末人数: 2 * 4 letters of 4 + 8.
    assert matching.heading_score("从业人员（人）", known) == pytest.approx(8 / 12)
    assert matching.heading_score("jobs", known) == 1
    assert matching.heading_score("（人）", known) == 0
