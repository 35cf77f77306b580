"""Cleaning: rules, corrections and carrying on small tables, then the known faults of 2020."""

import csv
import math
from pathlib import Path
from statistics import median, quantiles

import pandas as pd
import pytest
from conftest import read

from analysis.ranking import cleaning, readings
from analysis.ranking.averaging import AVERAGED_COLUMNS
from analysis.results import building

VOLUME, REPEATED = "telecom_volume", "gdp_per_head_repeated"


def reading(adcode: str, year: int, value: float | None, rule: str = "", correction: object = None):
    return {
        "adcode": adcode, "variable": "x", "year": year, "value": value, "rule": rule,
        "printed": "" if value is None else str(value), "unit": "persons", "file": f"{year}.csv",
        "line": 2, "column": "x", "correction": correction,
    }  # fmt: skip


def chosen(
    *found: dict, carry: int = 0, lead: int = 0, before: int = 0, after: int = 0
) -> dict[str, dict]:
    """The cell of each city for data year 2019."""
    measure = {
        "measure": "m", "variable": "x", "carry_years": carry, "lead_years": lead,
        "years_before": before, "years_after": after,
    }  # fmt: skip
    table = pd.DataFrame(found).astype({"value": float, "correction": object})
    return (
        cleaning.choose(table, pd.DataFrame([measure]), 2019).set_index("adcode").to_dict("index")
    )


# A city with a figure of the data year, so that gaps of others may be filled.
ANOTHER = reading("B", 2019, 7)


@pytest.mark.parametrize("current", [[], [reading("A", 2019, None), reading("B", 2019, None)]])
def test_a_measure_that_no_city_has_for_the_data_year_is_lost_and_not_carried(current):
    cells = chosen(reading("A", 2018, 1), reading("B", 2018, 2), *current, carry=2)
    assert all(math.isnan(cell["value"]) for cell in cells.values())


def test_the_data_year_comes_first():
    cell = chosen(reading("A", 2018, 1), reading("A", 2019, 2), carry=1)["A"]
    assert (cell["value"], cell["status"], cell["year"]) == (2, "observed", 2019)


def test_a_blank_is_filled_from_the_last_year_within_the_years_that_may_be_carried():
    found = [reading("A", 2017, 1), reading("A", 2018, 2), reading("A", 2019, None)]
    cell = chosen(*found, ANOTHER, carry=2)["A"]
    assert (cell["value"], cell["status"], cell["year"]) == (2, "carried", 2018)
    assert cell["refused"] == ""


@pytest.mark.parametrize(("carry", "status"), [(1, "missing"), (2, "carried")])
def test_nothing_is_carried_beyond_its_years(carry, status):
    cell = chosen(reading("A", 2017, 1), reading("A", 2019, None), ANOTHER, carry=carry)["A"]
    assert cell["status"] == status
    assert math.isnan(cell["value"]) == (status == "missing")


def test_a_missing_cell_keeps_the_place_of_the_data_year():
    cell = chosen(reading("A", 2018, 1, "r"), reading("A", 2019, 2, "r"), carry=1)["A"]
    assert (cell["status"], cell["year"], cell["file"]) == ("missing", 2019, "2019.csv")
    assert (cell["printed"], cell["refused"], cell["rule"]) == ("2", "2", "r")
    assert math.isnan(cell["value"])


def test_a_carried_cell_names_the_refused_figure_and_its_rule():
    cell = chosen(reading("A", 2018, 1), reading("A", 2019, 9, "too_large"), carry=1)["A"]
    assert (cell["value"], cell["status"], cell["printed"]) == (1, "carried", "1")
    assert (cell["refused"], cell["rule"]) == ("9", "too_large")


def test_a_refused_figure_of_another_year_leaves_no_trace_on_a_good_one():
    cell = chosen(reading("A", 2018, 9, "too_large"), reading("A", 2019, 1), carry=1)["A"]
    assert (cell["value"], cell["status"], cell["refused"], cell["rule"]) == (1, "observed", "", "")


@pytest.mark.parametrize(("year", "cities"), [(2020, {"A"}), (2021, set())])
def test_a_later_figure_counts_as_observed_within_the_lead_years_only(year, cities):
    found = chosen(reading("A", year, 5), lead=1)
    assert set(found) == cities
    assert {cell["status"] for cell in found.values()} <= {"observed"}


def test_a_corrected_figure_is_called_corrected_and_names_its_correction():
    cell = chosen(reading("A", 2019, 7, correction="misprint"))["A"]
    assert (cell["value"], cell["status"], cell["rule"]) == (7, "corrected", "misprint")


# Three cities in two years. 2018: A 20, B 40, mean 30. 2019: A 50, B 60, C 70, mean 60.
TWO_YEARS = [
    reading("A", 2018, 20), reading("B", 2018, 40),
    reading("A", 2019, 50), reading("B", 2019, 60), reading("C", 2019, 70),
]  # fmt: skip


def test_a_mean_adds_the_distances_from_the_means_of_the_years_to_that_of_the_data_year():
    cells = chosen(*TWO_YEARS, before=1)
    # A: -10 and -10, so 60 - 10. B: 10 and 0, so 60 + 5. C has the data year alone, as printed.
    assert {name: found["value"] for name, found in cells.items()} == {"A": 50, "B": 65, "C": 70}
    assert {name: (found["status"], found["averaged"]) for name, found in cells.items()} == {
        "A": ("averaged", "2018|2019"),
        "B": ("averaged", "2018|2019"),
        "C": ("observed", ""),
    }
    assert (cells["B"]["printed"], cells["B"]["file"]) == ("60", "2019.csv")


def test_a_mean_that_no_city_has_leaves_the_values_of_other_measures_numbers():
    terms = {"carry_years": 0, "lead_years": 0, "years_before": 1, "years_after": 0}
    measures = pd.DataFrame([
        {"measure": "m", "variable": "x", **terms, "years_before": 0},
        {"measure": "lost", "variable": "y", **terms},
    ])  # fmt: skip
    readings = pd.DataFrame([ANOTHER]).astype({"value": float, "correction": object})
    values = cleaning.choose(readings, measures, 2019)["value"]
    assert values.dtype == float
    assert values.tolist() == [7]


def test_a_window_of_as_many_years_before_as_after_is_a_mean_all_the_same():
    cells = chosen(*TWO_YEARS, reading("A", 2020, 9), reading("B", 2020, 5), before=1, after=1)
    # The years have means of 30, 60 and 7. A: -10, -10 and 2; B: 10, 0 and -2; C as printed.
    found = {name: cell["value"] for name, cell in cells.items()}
    assert found == pytest.approx({"A": 54, "B": 60 + 8 / 3, "C": 70})


def test_years_outside_the_window_do_not_enter_a_mean():
    plain = chosen(*TWO_YEARS, before=0, after=1)
    assert {found["value"] for found in plain.values()} == {50, 60, 70}
    later = chosen(*TWO_YEARS, reading("A", 2020, 9), reading("B", 2020, 5), before=1)
    assert {name: found["value"] for name, found in later.items()} == {"A": 50, "B": 65, "C": 70}


def test_a_refused_figure_enters_no_mean_and_no_mean_of_a_year():
    cells = chosen(*TWO_YEARS, reading("D", 2018, 900), reading("D", 2019, 0, "zero"), before=1)
    # 2018: 20, 40, 900, mean 320; A is 300 below it and 10 below that of 2019.
    assert cells["A"]["value"] == 60 + (20 - 320 + 50 - 60) / 2
    found = cells["D"]
    # D is 580 above the mean of 2018, and its figure of 2019 is refused.
    assert (found["value"], found["status"], found["averaged"]) == (640, "averaged", "2018")
    assert (found["refused"], found["rule"], found["year"]) == ("0", "zero", 2019)


def test_a_city_that_the_data_year_does_not_list_keeps_the_place_of_its_own_year():
    found = chosen(*TWO_YEARS, reading("D", 2018, 30), before=1)["D"]
    # The mean of 2018 is 30 as before.
    assert (found["value"], found["year"], found["file"]) == (60, 2018, "2018.csv")


def test_other_years_do_not_stand_in_for_a_data_year_that_no_city_has():
    cells = chosen(reading("A", 2018, 1), reading("A", 2019, None), before=1)
    assert (cells["A"]["status"], cells["A"]["averaged"]) == ("missing", "")
    assert math.isnan(cells["A"]["value"])


def test_a_corrected_figure_that_enters_a_mean_names_its_correction():
    found = chosen(*TWO_YEARS[:2], reading("A", 2019, 7, correction="misprint"), before=1)["A"]
    assert (found["value"], found["status"], found["rule"]) == (2, "averaged", "misprint")


def judged(tiny) -> pd.DataFrame:
    return cleaning.judged_readings(tiny.edition)


def test_the_figures_behind_a_mean_are_listed_with_their_places(tiny):
    line = 2 + list(read(tiny.path("measures.csv"))["measure"]).index("patents_granted")
    tiny.put("measures.csv", line, "carry_years", "0")
    tiny.put("measures.csv", line, "years_before", "1")
    assert tiny.faults() == []
    table = cleaning.averaged_figures(judged(tiny), tiny.edition)
    cells = cleaning.clean(tiny.edition).set_index(["adcode", "measure"])
    assert set(table["measure"]) == {"patents_granted"}
    assert table.index.tolist() == list(range(len(table)))
    files = {file: records(tiny.edition.raw / file) for file in table["file"].unique()}
    for row in table.to_dict("records"):
        at = files[row["file"]][row["line"] - 2]
        assert (at[row["column"]], at["adcode"]) == (row["printed"], row["adcode"])
        assert row["deviation"] == row["value"] - row["year_mean"]
    # Each mean is that of the listed figures of its year, and each value follows from the list.
    assert (table.groupby("year")["value"].mean() == table.groupby("year")["year_mean"].max()).all()
    level = table.loc[table["year"] == 2019, "year_mean"].iloc[0]
    for adcode, deviation in table.groupby("adcode")["deviation"].mean().items():
        value = cells.loc[(adcode, "patents_granted"), "value"]
        assert value == pytest.approx(level + deviation, abs=1e-9)


def test_nothing_is_listed_where_nothing_is_averaged(tiny):
    table = cleaning.averaged_figures(judged(tiny), tiny.edition)
    assert list(table.columns) == AVERAGED_COLUMNS
    assert table.empty


def test_rules_that_compare_years_see_what_the_others_have_left(tiny):
    # 2018: 3000 of 20,000 and so on; a ratio rule refuses 30,000 of Elm, which then is no
    # neighbour that 3000 could jump to.
    tiny.add_line("cleaning_rules.csv", "too_many,ratio,emp_it,emp_urban_units,,0.05,s,r")
    marked = judged(tiny).query("variable == 'emp_it' and adcode == '920200'")
    assert marked.set_index("year")["rule"].to_dict() == {2018: "", 2019: "too_many"}


def cell(cells: pd.DataFrame, adcode: str, measure: str) -> dict:
    """One cell of `cells`; gaps are empty."""
    found = cells[(cells["adcode"] == adcode) & (cells["measure"] == measure)]
    (record,) = found.astype(object).where(found.notna(), "").to_dict("records")
    return record


def tried(record: dict) -> tuple:
    return tuple(record[name] for name in ("value", "status", "year", "printed", "refused", "rule"))


@pytest.fixture(scope="module")
def tiny_cells(built_tiny) -> pd.DataFrame:
    """The cells of the tiny edition, cleaned afresh: read only."""
    return cleaning.clean(built_tiny)


@pytest.mark.parametrize(
    ("adcode", "measure", "expected"),
    [
        # 2310 replaces the misprint 2100.
        ("920300", "gdp", (2310, "corrected", 2019, "2100", "", "fir_gdp")),
        # The correction has no value and sewage treatment is never carried.
        ("930100", "sewage_treatment", ("", "missing", 2019, "120.5", "120.5", "gum_sewage")),
        # 4,500,000 / 500 = 9000 yuan; in 2018 420,000 / 480 = 875.
        ("910300", "telecom_revenue", (420_000, "carried", 2018, "420000", "4500000", VOLUME)),
        # 3,900,000 / 430 = 9070 yuan; in 2018 3,500,000 / 410 = 8537.
        ("920100", "telecom_revenue", ("", "missing", 2019, "3900000", "3900000", VOLUME)),
        # 30,000 is ten times the 3,000 of 2018; a tenth of all employment is far above the median.
        ("920200", "it_employment", (3000, "carried", 2018, "3000", "30000", "it_employment_jump")),
        # 52,000 in both years.
        ("930200", "gdp_per_head", ("", "missing", 2019, "52000", "52000", REPEATED)),
        # Blank in 2019.
        ("940200", "patents_granted", (120, "carried", 2018, "120", "", "")),
        ("940300", "patents_granted", ("", "missing", 2019, "", "", "")),
        ("940100", "broadband_china", (0, "observed", 2019, "not listed", "", "")),
        # The census of the year after is the nearest count.
        ("940300", "resident_population", (2300, "observed", 2020, "2300", "", "")),
    ],
)  # fmt: skip
def test_the_tiny_edition_is_cleaned_as_worked_by_hand(tiny_cells, adcode, measure, expected):
    assert tried(cell(tiny_cells, adcode, measure)) == expected


def test_every_city_has_one_cell_per_measure_in_a_fixed_order(tiny_cells):
    cells = tiny_cells
    assert list(cells.columns) == cleaning.CELL_COLUMNS
    assert len(cells) == 12 * 8
    assert not cells.duplicated(["adcode", "measure"]).any()
    assert cells["adcode"].is_monotonic_increasing
    assert set(cells["status"]) == {"observed", "corrected", "carried", "missing"}
    assert (cells["value"].isna() == cells["status"].eq("missing")).all()


def test_a_correction_that_replaces_a_misprint_is_not_judged_again(tiny):
    # Corrected to 5,000,000 the figure would break the rule: 5,000,000 / 900 = 5556 > 2000.
    tiny.add_line(
        "corrections.csv",
        "alder_telecom,telecom_rev_10kyuan,910100,2019,800000,5000000,Settled.,",
    )
    found = cell(cleaning.clean(tiny.edition), "910100", "telecom_revenue")
    assert (found["value"], found["status"], found["rule"]) == (
        5_000_000,
        "corrected",
        "alder_telecom",
    )


def test_a_corrected_figure_is_what_the_other_rules_compare_with(tiny):
    # With 5000 instead of 500 subscribers Cedar's 4,500,000 is 900 yuan each, and stands.
    tiny.add_line(
        "corrections.csv",
        "cedar_mobile,mobile_subs_10k,910300,2019,500,5000,A digit was lost.,",
    )
    found = cell(cleaning.clean(tiny.edition), "910300", "telecom_revenue")
    assert (found["value"], found["status"]) == (4_500_000, "observed")


def test_a_source_that_no_longer_prints_a_column_leaves_gaps_and_the_build_goes_on(tiny):
    for year in (2018, 2019):
        for column in ("telecom_rev_10kyuan", "mobile_subs_10k"):
            tiny.no_longer_print(f"yearbook_{year}.csv", column)
    assert tiny.faults() == []
    cells = cleaning.clean(tiny.edition)
    lost = cells[cells["measure"] == "telecom_revenue"]
    assert set(lost["status"]) == {"missing"}
    assert set(lost["file"]) == {""}
    building.build(tiny.without_published_list())
    assert "telecom_revenue" not in set(tiny.edition.result("treatment")["measure"])


def test_a_rule_whose_yardstick_is_gone_judges_nothing(tiny):
    for year in (2018, 2019):
        tiny.no_longer_print(f"yearbook_{year}.csv", "mobile_subs_10k")
    found = cell(cleaning.clean(tiny.edition), "910300", "telecom_revenue")
    assert (found["value"], found["status"]) == (4_500_000, "observed")


def records(path: Path) -> list[dict[str, str]]:
    """The lines of a file, each split by itself; element 0 is line 2."""
    header, *lines = path.read_text("utf-8-sig").splitlines()
    names = next(csv.reader([header]))
    return [dict(zip(names, next(csv.reader([line])), strict=True)) for line in lines]


def test_every_cell_of_the_real_edition_points_at_the_figure_it_prints(real, real_cells):
    placed = real_cells[real_cells["line"].notna()]
    assert len(placed) > 9_000
    files = {file: pd.DataFrame(records(real.raw / file)) for file in placed["file"].unique()}
    for (file, column), group in placed.groupby(["file", "column"]):
        at = files[file].iloc[group["line"].astype(int) - 2]
        assert at[column].tolist() == group["printed"].tolist(), (file, column)
        assert at["adcode"].tolist() == group["adcode"].tolist(), (file, column)


def test_every_used_figure_of_the_real_edition_is_the_printed_or_the_corrected_one(real_cells):
    used = real_cells[real_cells["value"].notna() & real_cells["line"].notna()]
    figures = used[~used["column"].eq("name") & ~used["status"].isin(["corrected", "averaged"])]
    assert (figures["value"] == figures["printed"].astype(float)).all()
    assert used.loc[used["status"] == "corrected", "adcode"].tolist() == ["411000"]


def test_fiscal_transparency_is_the_mean_of_three_years_by_its_file(real, real_cells):
    scores: dict[str, dict[str, float]] = {"2018": {}, "2019": {}, "2020": {}}
    for row in records(real.raw / "fiscal_transparency_2018_2020.csv"):
        if float(row["fiscal_transparency_score"] or 0) > 0:
            scores[row["year"]][row["adcode"]] = float(row["fiscal_transparency_score"])
    means = {year: sum(found.values()) / len(found) for year, found in scores.items()}
    assert {year: round(mean, 1) for year, mean in means.items()} == {
        "2018": 47.5, "2019": 53.2, "2020": 61.7,
    }  # fmt: skip
    found = real_cells[real_cells["measure"] == "fiscal_transparency"].set_index("adcode")
    for city in scores["2019"]:
        own = {year: of[city] - means[year] for year, of in scores.items() if city in of}
        expected = means["2019"] + sum(own.values()) / len(own)
        assert found.loc[city, "value"] == pytest.approx(expected, abs=1e-9)
        assert found.loc[city, "averaged"] == "|".join(own)


def test_every_refused_figure_names_its_rule_and_every_missing_one_has_no_value(real_cells, real):
    assert (real_cells.loc[real_cells["refused"] != "", "rule"] != "").all()
    assert (real_cells["value"].isna() == real_cells["status"].eq("missing")).all()
    measures = [len(real.reference_table(name)) for name in ("measures", "context_measures")]
    assert real_cells.groupby("adcode").size().eq(sum(measures)).all()
    assert real_cells["adcode"].nunique() == 297


def test_the_gdp_of_xuchang_is_corrected(real_cells):
    found = cell(real_cells, "411000", "gdp")
    assert tried(found) == (3395.6795, "corrected", 2019, "2831", "", "xuchang_gdp")


@pytest.mark.parametrize(
    ("adcode", "revenue", "subscribers", "earlier"),
    [
        ("410100", 12_684_189, 1666, (1_391_500, 1592)),
        ("350200", 5_102_200, 649, (3_287_200, 631)),
        ("440400", 2_892_704, 387, (1_760_325, 368)),
        ("630100", 2_283_519, 327, (1_256_748, 323)),
        ("150100", 1_876_353, 459, (988_350, 483)),
        ("450300", 3_730_969, 531, (342_372, 536)),
    ],
)
def test_printed_telecom_volume_is_not_used(real_cells, adcode, revenue, subscribers, earlier):
    # Both printed in units of ten thousand, so the ratio is in yuan per subscriber.
    assert revenue / subscribers > 2000
    plausible = earlier[0] / earlier[1] <= 2000
    found = cell(real_cells, adcode, "telecom_revenue")
    assert (found["refused"], found["rule"]) == (str(revenue), "telecom_volume")
    assert found["status"] == ("carried" if plausible else "missing")
    assert found["value"] == (earlier[0] if plausible else "")


@pytest.mark.parametrize("adcode", ["440300", "440100", "320500", "320100"])
def test_blank_research_spending_of_the_large_cities_is_carried(real_cells, adcode):
    found = cell(real_cells, adcode, "rd_spending")
    assert (found["status"], found["refused"]) == ("carried", "")
    assert found["year"] in {2017, 2018}


@pytest.mark.parametrize(
    ("adcode", "printed", "gdp"),
    # 930287/618 = 1505 > 1000; 13/1745 and 5/678 are below 1 (0.01 percent of GDP).
    [("620900", "930287", 618), ("210300", "13", 1745), ("460200", "5", 678)],
)
def test_implausible_research_spending_is_not_used(real_cells, adcode, printed, gdp):
    assert not 1 <= float(printed) / gdp <= 1000
    found = cell(real_cells, adcode, "rd_spending")
    assert found["status"] != "observed"
    assert (found["refused"], found["rule"]) == (printed, "rd_share_of_gdp")


def test_the_extra_digit_of_dongguan_in_2017_is_refused(real, real_cells):
    marked = cleaning.apply_rules(
        cleaning.apply_corrections(readings.read_all(real), real), real
    ).query("adcode == '441900' and variable == 'rd_exp_10kyuan'")
    # 18,814,187 / 8278.592 (GDP of 2018, the nearest year) = 2273 > 1000.
    assert marked.set_index("year")["rule"].to_dict() == {
        2017: "rd_share_of_gdp",
        2018: "",
        2019: "",
    }
    assert cell(real_cells, "441900", "rd_spending")["year"] == 2019


FENCED = [
    # Rule, numerator, denominator, and what is left out of the spread.
    ("telecom_low", "telecom_rev_10kyuan", "mobile_subs_10k", 2000),
    ("broadband_residents", "broadband_subs_10k", "resident_pop_second_series_10k", math.inf),
    ("broadband_mobile", "broadband_subs_10k", "mobile_subs_10k", math.inf),
    ("passengers_buses", "bus_pax_10k_ud", "buses_ud", math.inf),
]


def printed_figures(real) -> dict[str, dict[tuple[str, str], float]]:
    """The figures above zero of 2018 and 2019 by variable, city and year, from the raw files."""
    found: dict[str, dict[tuple[str, str], float]] = {}
    for file in ("yearbook_2018.csv", "yearbook_2019.csv", "gdp_crosscheck_2018_2019.csv"):
        for row in records(real.raw / file):
            for name, text in row.items():
                key = {"resident_pop_10k": "resident_pop_second_series_10k"}.get(name, name)
                if name not in ("adcode", "city", "year") and text and float(text) > 0:
                    found.setdefault(key, {})[row["adcode"], row["year"]] = float(text)
    return found


def fences(values: list[float]) -> tuple[float, float]:
    """Three interquartile ranges below the lower and above the upper quartile."""
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low - 3 * (high - low), high + 3 * (high - low)


@pytest.mark.parametrize(("rule", "above", "below", "most"), FENCED)
def test_the_stated_limits_are_the_outer_fences_of_all_cities(real, rule, above, below, most):
    figures = printed_figures(real)
    both = set(figures[above]) & set(figures[below])
    ratios = [figures[above][key] / figures[below][key] for key in both]
    low, high = fences([math.log(ratio) for ratio in ratios if ratio <= most])
    stated = real.reference_table("cleaning_rules").set_index("rule").loc[rule]
    for limit, fence in ((stated["minimum"], math.exp(low)), (stated["maximum"], math.exp(high))):
        assert math.isnan(limit) or limit == pytest.approx(fence, rel=0.02)


def odds_of(real) -> dict[tuple[str, str], float]:
    """Logarithms of inventions by other patents."""
    figures = printed_figures(real)
    part, whole = figures["inv_patent_grant_n"], figures["patent_grant_n"]
    keys = [key for key in part if whole.get(key, 0) > part[key]]
    return {key: math.log(part[key] / (whole[key] - part[key])) for key in keys}


def test_the_stated_limits_of_inventions_are_the_outer_fences_of_their_odds(real):
    odds = odds_of(real)
    rules = real.reference_table("cleaning_rules").set_index("rule")
    _, high = fences(list(odds.values()))
    share = math.exp(high) / (1 + math.exp(high))
    assert rules.loc["inventions_patents", "maximum"] == pytest.approx(share, rel=0.01)
    changes = [odds[c, "2019"] - odds[c, "2018"] for c, y in odds
               if y == "2018" and (c, "2019") in odds]  # fmt: skip
    _, most = fences([*changes, *(-change for change in changes)])
    assert rules.loc["inventions_odds", "maximum"] == pytest.approx(math.exp(most), rel=0.01)


def test_99_percent_of_the_changes_of_treatment_rates_are_below_the_stated_limit(real):
    figures = printed_figures(real)
    changes = [
        abs(of[city, "2019"] - value)
        for of in (figures["sewage_treat_pct"], figures["garbage_treat_pct"])
        for (city, year), value in of.items()
        if year == "2018" and of.get((city, "2019"), 101) <= 100
    ]
    rules = real.reference_table("cleaning_rules").set_index("rule")
    for name in ("sewage_step", "garbage_step"):
        limit = rules.loc[name, "maximum"]
        assert sum(change < limit for change in changes) / len(changes) == pytest.approx(
            0.99, abs=0.002
        )


@pytest.mark.parametrize(
    ("adcode", "measure", "cell_of_2020"),
    [
        # 390 on 320 residents is 1.22; in 2018 298 on 298 mobile subscribers is 1: a gap.
        ("511000", "broadband_subscribers", ("", "missing", 2019, "390", "390")),
        # 192 on 189 mobile subscribers is 1.02; 121 on 186 is 0.65.
        ("620800", "broadband_subscribers", (121, "carried", 2018, "121", "192")),
        # Blank in 2019; in 2018 456 on 510 mobile subscribers is 0.89, so it is not carried.
        ("441200", "broadband_subscribers", ("", "missing", 2019, "", "")),
        # 250 on 352 mobile subscribers is 0.71: inside, however doubtful after 104.
        ("350300", "broadband_subscribers", (250, "observed", 2019, "250", "")),
        # 52,792 on 321 is 164 yuan, and 53,255 on 324 in 2018 too.
        ("511600", "telecom_revenue", ("", "missing", 2019, "52792", "52792")),
        # 81,520 on 415 is 196 yuan; 262,908 on 446 is 589.
        ("511700", "telecom_revenue", (262_908, "carried", 2018, "262908", "81520")),
        # 46.69 in 2018: low for a city, and far from 97.49.
        ("540100", "sewage_treatment", (97.49, "observed", 2019, "97.49", "")),
        ("340700", "sewage_treatment", (94.51, "carried", 2018, "94.51", "62.89")),
        ("220500", "garbage_treatment", (91.03, "carried", 2018, "91.03", "46.86")),
        ("520600", "garbage_treatment", (88.89, "carried", 2018, "88.89", "60.03")),
        # 33,202 of 39,258 after 8807 of 32,397: odds of 5.5 after 0.37.
        ("420100", "invention_patents", (8807, "carried", 2018, "8807", "33202")),
        # 4042 and 4238 before 33,722: the odd one of three years.
        ("150800", "rd_spending", (4238, "carried", 2018, "4238", "33722")),
    ],
)  # fmt: skip
def test_known_slips_of_2020_are_not_used(real_cells, adcode, measure, cell_of_2020):
    found = cell(real_cells, adcode, measure)
    names = ("value", "status", "year", "printed", "refused")
    assert tuple(found[name] for name in names) == cell_of_2020


def test_more_patents_than_applications_are_refused_in_jinzhong(real_cells):
    assert 1523 / 571 > 1.5
    found = cell(real_cells, "140700", "patents_granted")
    assert (found["status"], found["refused"]) == ("missing", "1523")
    assert found["rule"] == "patents_applications"


def test_a_drop_to_a_thirtieth_is_refused_in_bayannur(real_cells):
    found = cell(real_cells, "150800", "patents_granted")
    assert tried(found) == (541, "carried", 2018, "541", "20", "patents_jump")


def log_ratios(real, variable: str) -> dict[tuple[str, int], float]:
    """ln(figure / employment) by city and year; blank employment is that of the other year."""
    rows = {
        (row["adcode"], year): row
        for year in (2018, 2019)
        for row in records(real.raw / f"yearbook_{year}.csv")
    }
    ratios = {}
    for (city, year), row in rows.items():
        employed = row["emp_urban_units"] or rows[city, 4037 - year]["emp_urban_units"]
        if row[variable] and float(row[variable]) > 0 and employed:
            ratios[city, year] = math.log(float(row[variable]) / float(employed))
    return ratios


@pytest.mark.parametrize(
    ("adcode", "sector"),
    [
        ("411000", ("emp_it", "it_employment", 3.5)),
        ("540200", ("emp_it", "it_employment", 3.5)),
        ("520500", ("emp_scitech", "science_employment", 5)),
    ],
)
def test_a_jump_of_employment_is_laid_at_the_year_the_rule_states(real, real_cells, adcode, sector):
    variable, measure, factor = sector
    ratios = log_ratios(real, variable)
    usual = median(ratios.values())
    figures = {
        year: next(
            float(row[variable])
            for row in records(real.raw / f"yearbook_{year}.csv")
            if row["adcode"] == adcode
        )
        for year in (2018, 2019)
    }
    assert max(figures.values()) / min(figures.values()) >= factor
    slip = max((2018, 2019), key=lambda year: abs(ratios[adcode, year] - usual))
    found = cell(real_cells, adcode, measure)
    expected = (figures[2019], "observed") if slip == 2018 else (figures[2018], "carried")
    assert (found["value"], found["status"]) == expected
    assert (found["refused"] != "") == (slip == 2019)


def test_postal_revenue_is_used_nowhere(real, real_cells):
    rules = real.reference_table("cleaning_rules").set_index("variable")
    assert rules.loc["postal_rev_10kyuan", "kind"] == "unfit"
    assert "postal_rev_10kyuan" not in set(real_cells["column"])


def test_impossible_treatment_rates_are_not_used(real_cells):
    for adcode, printed in (("420700", "121.9"), ("460100", "107.29")):
        found = cell(real_cells, adcode, "sewage_treatment")
        assert (found["status"], found["year"], found["refused"]) == ("carried", 2018, printed)


def test_a_measure_of_an_indicator_takes_no_figure_of_a_later_year(tiny_edition):
    measures = cleaning.all_measures(tiny_edition)
    assert measures.index.tolist() == list(range(len(measures)))
    measures = measures.set_index("measure")
    beside = tiny_edition.reference_table("context_measures")["measure"]
    assert (measures.loc[beside, ["years_before", "years_after"]] == 0).all(axis=None)
    own = tiny_edition.reference_table("measures")["measure"]
    assert (measures.loc[own, "lead_years"] == 0).all()
