"""Cleaning: rules, corrections and carrying on small tables, then the known faults of 2020."""

import csv
import math
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from analysis.ranking import cleaning, readings
from analysis.results import building

NO_BOUND = float("nan")
VOLUME, REPEATED = "telecom_volume", "gdp_per_head_repeated"


def wide(**variables: dict[tuple[str, int], float]) -> pd.DataFrame:
    """City and year × variables; what is not given is blank."""
    table = pd.DataFrame({name: pd.Series(cells) for name, cells in variables.items()})
    return table.rename_axis(index=["adcode", "year"]).sort_index()


def rule(**parts: object) -> dict:
    return {"variable": "x", "compared_with": "y", "minimum": NO_BOUND, "maximum": NO_BOUND} | parts


def refused(kind: str, table: pd.DataFrame, **parts: object) -> list[tuple[str, int]]:
    return list(table.index[cleaning.RULES[kind](table, rule(**parts))])


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
    assert cleaning.nearest_year(value).tolist() == [1, 1, 3]


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


def reading(adcode: str, year: int, value: float | None, rule: str = "", correction: object = None):
    return {
        "adcode": adcode, "variable": "x", "year": year, "value": value, "rule": rule,
        "printed": "" if value is None else str(value), "unit": "persons", "file": f"{year}.csv",
        "line": 2, "column": "x", "correction": correction,
    }  # fmt: skip


def chosen(*found: dict, carry: int = 0, lead: int = 0) -> dict[str, dict]:
    """The cell of each city for data year 2019."""
    measure = {"measure": "m", "variable": "x", "carry_years": carry, "lead_years": lead}
    table = pd.DataFrame(found).astype({"value": float, "correction": object})
    return cleaning.choose(table, measure, 2019).set_index("adcode").to_dict("index")


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
        "alder_telecom,yearbook_2019.csv,910100,telecom_rev_10kyuan,800000,5000000,Settled.,",
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
        "cedar_mobile,yearbook_2019.csv,910300,mobile_subs_10k,500,5000,A digit was lost.,",
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
    figures = used[~used["column"].eq("name") & used["status"].ne("corrected")]
    assert (figures["value"] == figures["printed"].astype(float)).all()
    assert used.loc[used["status"] == "corrected", "adcode"].tolist() == ["411000"]


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
    measures = cleaning.all_measures(tiny_edition).set_index("measure")
    own = tiny_edition.reference_table("measures")["measure"]
    assert (measures.loc[own, "lead_years"] == 0).all()
