"""What an edition says about itself: every slip is named with its place, none ends in a crash."""

import re
import shutil

import pytest
from conftest import EditionOnDisk, read, write

from analysis import editions
from analysis.editions.validation import input_faults, seals, setting_faults
from analysis.editions.validation.faults import InputRefusedError
from analysis.index.aggregation import AGGREGATIONS
from analysis.index.normalisation import NORMALISATIONS
from analysis.ranking import of_record
from analysis.ranking.cleaning import clean
from analysis.results import building, checking

YEARBOOK = "yearbook_2019.csv"
MISSING = "the column is missing: add it to the first line, and a field for it to the others"
GDP = 5  # line of the yearbook's GDP in the tiny columns.csv

SAME_VARIABLE = (
    "another column of the file has the same variable and year: correct one of the two, or give "
    "it the role text"
)


def set_setting(edition: EditionOnDisk, line: str, instead: str) -> None:
    path = edition.edition.raw / "edition.toml"
    lines = path.read_text("utf8").splitlines()
    kept = [text for text in lines if not text.startswith(instead)]
    path.write_text("\n".join([*kept, line]) + "\n", "utf8")
    edition.edition = editions.load(edition.edition.name, edition.edition.root)


def put_description(edition: EditionOnDisk, line: int, column: str, value: str) -> None:
    """`put` for the columns.csv of the edition, which a reference table shares its name with."""
    path = edition.edition.raw / "columns.csv"
    table = read(path)
    table.loc[line - 2, column] = value
    write(path, table)


def describe(edition: EditionOnDisk, **row: str) -> int:
    path = edition.edition.raw / "columns.csv"
    table = read(path)
    table.loc[len(table)] = {column: row.get(column, "") for column in table.columns}
    write(path, table)
    return len(table) + 1


@pytest.mark.parametrize(
    ("line", "instead", "place", "rule"),
    [
        ("data_year = '2019'", "data_year", "data_year", "must be a whole number"),
        ("data_year = true", "data_year", "data_year", "must be a whole number"),
        ("data_year = 219", "data_year", "data_year", "must be a year from 1949 to 2100"),
        ("", "data_year", "data_year", "the setting is missing: add a line data_year = …"),
        ("", "score_anchors", "score_anchors",
         "the setting is missing: add a line score_anchors = …"),
        ("score_anchors = '1999'", "score_anchors", "score_anchors",
         "there is no such edition: name another; there is none"),
        ("previous = '1999'", "previous", "previous",
         "there is no such edition: name another; there is none"),
        ("edition = '2020'", "edition", "edition", "must be the name of the folder, tiny"),
        ("edition = 2020", "edition", "edition", "must be text in quotes"),
        ("published_list = 'x.csv'", "published_list", "published_list",
         "there is no such list: put it into data/reference and describe its columns in "
         "columns.csv there, or take the setting out"),
        ("colour = 'red'", "colour", "colour",
         "no such setting is known; known are edition, data_year, score_anchors, published_list, "
         "uncertainty_design, previous, document"),
        ("document = '../x.qmd'", "document", "document", "must be like report-open.qmd"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tiny, line, instead, place, rule):
    set_setting(tiny, line, instead)
    [(file, _, column, _, found)] = tiny.faults()
    assert (file, column, found) == ("edition.toml", place, rule)


def test_the_line_of_a_setting_is_named(tiny):
    set_setting(tiny, "score_anchors = '1999'", "score_anchors")
    text = (tiny.edition.raw / "edition.toml").read_text("utf8").splitlines()
    assert tiny.faults()[0][1] == str(text.index("score_anchors = '1999'") + 1)


def test_settings_that_are_no_toml_are_named(tiny):
    set_setting(tiny, "data_year = ", "data_year")
    [(file, line, _, _, rule)] = tiny.faults()
    assert (file, line) == ("edition.toml", "5")
    assert rule.startswith("the file is not TOML (Invalid value)")


def test_anchors_of_an_edition_that_was_never_built_are_refused(tiny):
    later = tiny.edition.raw.parent / "later"
    later.mkdir()
    (later / "edition.toml").write_text("", "utf8")
    set_setting(tiny, "score_anchors = 'later'", "score_anchors")
    rule = "that edition has no anchors.csv among its results: build it first"
    assert [fault[4] for fault in tiny.faults()] == [rule]


def test_rulers_of_an_edition_that_was_built_without_them_are_refused(built_copy):
    raw = built_copy.edition.raw
    later = raw.parent / "later"
    shutil.copytree(raw, later)
    text = (later / "edition.toml").read_text("utf8")
    (later / "edition.toml").write_text(text.replace('edition = "tiny"', 'edition = "later"'))
    (built_copy.edition.results / "rulers.csv").unlink()
    faults = setting_faults.settings_faults(editions.load("later", built_copy.edition.root))
    rule = "that edition has no rulers.csv among its results: build it first"
    assert [(fault.column, fault.rule) for fault in faults] == [("score_anchors", rule)]


@pytest.mark.parametrize(
    ("line", "column", "value", "rule"),
    [
        (GDP, "role", "figure",
         "must be one of key, year, variable, item, naming, name, value, text"),
        (GDP, "role", "", "must not be empty"),
        (GDP, "variable", "", "a value column needs a variable"),
        (GDP, "year", "19", "must be at least 1949 and at most 2100"),
        (GDP, "minimum", "low", "must be a number"),
        (GDP, "variable", "gdp_pc_yuan", SAME_VARIABLE),
        (GDP, "role", "name",
         "yearbook_2019.csv has another column of this role: give one of the two the role text"),
    ],
)  # fmt: skip
def test_a_wrong_description_of_a_column_is_named(tiny, line, column, value, rule):
    put_description(tiny, line, column, value)
    found = {(fault[0], fault[2], fault[4]) for fault in tiny.faults()}
    assert ("columns.csv", column, rule) in found


def test_a_range_upside_down_is_named(tiny):
    put_description(tiny, GDP, "minimum", "10")
    put_description(tiny, GDP, "maximum", "1")
    assert tiny.faults() == [
        ("columns.csv", str(GDP), "minimum", "10", "must not lie above the maximum")
    ]


def test_a_value_column_of_a_file_without_years_needs_its_own(tiny):
    columns = read(tiny.edition.raw / "columns.csv")
    line = columns.index[columns["column"] == "popu_2020"][0] + 2
    put_description(tiny, line, "year", "")
    rule = "the file has no column of years, so popu_2020 needs its year here"
    assert tiny.faults() == [("columns.csv", str(line), "year", "", rule)]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("layout", "list", "must be one of table, designations"),
        ("layout", "", "must not be empty"),
        ("source", "", "must not be empty"),
        ("file", YEARBOOK, "must not repeat line 2: correct or take out one of the two"),
    ],
)
def test_a_wrong_line_of_the_sources_is_named(tiny, column, value, rule):
    sources = read(tiny.path("sources.csv"))
    sources.loc[1, column] = value
    write(tiny.path("sources.csv"), sources)
    assert ("sources.csv", "3", column, value, rule) in tiny.faults()


def test_a_list_without_a_needed_column_is_named(tiny):
    tiny.drop_column("sources.csv", "layout")
    assert ("sources.csv", "1", "layout", "", MISSING) in tiny.faults()


def test_two_files_of_one_name_are_refused(tiny):
    (tiny.edition.raw / "census.txt").write_bytes(tiny.path("census.csv").read_bytes())
    tiny.add_line("sources.csv", "census.txt,census,table,2020,Office,Census,,,")
    rule = "another file has the same name but for its end: rename one of the two"
    assert tiny.faults() == [("sources.csv", "6", "file", "census.txt", rule)]


def test_a_list_of_designations_needs_its_columns(tiny):
    columns = read(tiny.edition.raw / "columns.csv")
    kept = columns[(columns["file"] != "pilots.csv") | ~columns["column"].isin(["policy", "name"])]
    write(tiny.edition.raw / "columns.csv", kept)
    assert {fault[4] for fault in tiny.faults()} == {
        "pilots.csv lists designations: it needs the role variable",
        "pilots.csv lists designations: it needs a column name, as in the notice",
    }


def test_a_file_without_any_key_is_refused(tiny):
    columns = read(tiny.edition.raw / "columns.csv")
    keys = (columns["file"] == "census.csv") & columns["role"].isin(["key", "name"])
    write(tiny.edition.raw / "columns.csv", columns[~keys])
    rule = "census.csv needs a column of the role key (codes of cities) or name (their names)"
    assert [fault[4] for fault in tiny.faults()] == [rule]


@pytest.mark.parametrize(
    ("parameter", "value", "rule"),
    [
        ("skewness_limit", "two", "skewness_limit must be a number"),
        ("maximum_winsorised", "2.5", "maximum_winsorised must be a whole number"),
        ("normalisation", "minmax", "normalisation must be one of min_max, z_score"),
        ("aggregation", "mean", "aggregation must be one of arithmetic, geometric, harmonic"),
        ("coverage_all", "65", "coverage_all must be at least 0 and at most 1"),
        ("bootstrap_draws", "0", "bootstrap_draws must be at least 1 and at most 100000"),
        ("evidence", "observed|good", "evidence must name grades among observed, proxy, weak"),
    ],
)
def test_a_parameter_that_the_engine_cannot_use_is_named(tiny, parameter, value, rule):
    method = read(tiny.path("method.csv"))
    place = method.index[method["parameter"] == parameter][0]
    tiny.put("method.csv", place + 2, "value", value)
    [(file, line, column, found, text)] = tiny.faults()
    assert (file, line, column, found) == ("method.csv", str(place + 2), "value", value)
    assert text.startswith(rule)


ACCEPTED = {
    ("min_max", "arithmetic"),
    ("percentile_rank", "arithmetic"),
    ("distance_to_best", "arithmetic"),
    *(("efficacy_coefficient", mean) for mean in AGGREGATIONS),
}
# What depends on the figures is found when the index is built: the tiny edition has zeros.
OF_FIGURES = {("distance_to_best", mean) for mean in ("geometric", "harmonic")}


@pytest.mark.parametrize("scale", NORMALISATIONS)
@pytest.mark.parametrize("mean", AGGREGATIONS)
def test_a_scale_and_a_mean_are_accepted_if_and_only_if_an_index_comes_of_them(tiny, scale, mean):
    edition = tiny.choose(normalisation=scale, aggregation=mean, skewness_limit="1000")
    tiny.seal()
    lines = [str(x) for x in checking.findings(edition) if x.severity != "note"]
    if (scale, mean) in ACCEPTED:
        assert lines == []
        table = of_record.index_tables(edition, of_record.ranked_cities(edition, clean(edition)))
        assert building.dictionary_faults(edition, table) == []
        return
    [line] = lines
    assert line.startswith("refused: method.csv, line ")
    assert f"value {scale!r}" in line or f"value {mean!r}" in line
    assert re.search(r"[Tt]ake (min_max|efficacy_coefficient|percentile_rank)", line)
    of_figures = "does not fit the figures" in line
    assert of_figures == ((scale, mean) in OF_FIGURES)
    if of_figures:  # the others are refused by the check, with which a build begins
        with pytest.raises(InputRefusedError) as refusal:
            building.build(edition)
        assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("parameter", ["coverage_all", "evidence", "bootstrap_seed"])
def test_a_missing_parameter_is_named(tiny, parameter):
    method = read(tiny.path("method.csv"))
    write(tiny.path("method.csv"), method[method["parameter"] != parameter])
    rule = "the parameter is missing: add its line"
    assert tiny.faults() == [("method.csv", "", "parameter", parameter, rule)]


def add_rules(tiny):
    """Rules of the kinds that the invented edition has none of."""
    tiny.add_line("cleaning_rules.csv", "part,odds,emp_it,emp_urban_units,,5,s,r")
    tiny.add_line("cleaning_rules.csv", "rate,step,emp_it,,,90000,s,r")


@pytest.mark.parametrize(
    ("kind", "column", "rule"),
    [
        ("jump", "maximum", "a rule of the kind jump needs its maximum"),
        ("jump", "compared_with", "a rule of the kind jump needs its compared_with"),
        ("ratio", "maximum", "a rule of the kind ratio needs its minimum or maximum"),
        ("odds", "maximum", "a rule of the kind odds needs its maximum"),
        ("odds", "compared_with", "a rule of the kind odds needs its compared_with"),
        ("step", "maximum", "a rule of the kind step needs its maximum"),
    ],
)
def test_a_cleaning_rule_without_what_its_kind_needs_is_refused(tiny, kind, column, rule):
    add_rules(tiny)
    rules = read(tiny.path("cleaning_rules.csv"))
    one_bound = rules["kind"].eq(kind) & rules["minimum"].eq("")
    place = rules.index[one_bound][0]
    tiny.put("cleaning_rules.csv", place + 2, column, "")
    assert [fault[4] for fault in tiny.faults()] == [rule]


def test_a_jump_by_a_factor_of_one_is_refused(tiny):
    rules = read(tiny.path("cleaning_rules.csv"))
    place = rules.index[rules["kind"] == "jump"][0]
    tiny.put("cleaning_rules.csv", place + 2, "maximum", "1")
    assert [fault[4] for fault in tiny.faults()] == ["must be above 1: a jump is a factor"]


@pytest.mark.parametrize(
    ("line", "value", "rule"),
    [
        ("part,odds,emp_it,emp_urban_units,,1,s,r", "1.0", "must be above 1: a jump is a factor"),
        ("rate,step,emp_it,,,0,s,r", "0.0", "must be above 0: a step has a size"),
    ],
)
def test_odds_that_stand_still_and_a_step_of_nothing_are_no_limits(tiny, line, value, rule):
    number = str(tiny.add_line("cleaning_rules.csv", line))
    assert tiny.faults() == [("cleaning_rules.csv", number, "maximum", value, rule)]


def test_a_step_is_compared_with_nothing(tiny):
    number = str(tiny.add_line("cleaning_rules.csv", "r,step,emp_it,emp_urban_units,,9,s,r"))
    rule = "must be empty: a rule of the kind step does not use it"
    [fault] = tiny.faults()
    assert fault == ("cleaning_rules.csv", number, "compared_with", "emp_urban_units", rule)


@pytest.mark.parametrize("column", ["years_before", "years_after"])
def test_a_measure_that_is_averaged_is_not_carried_too(tiny, column):
    tiny.put("measures.csv", 2, column, "1")
    rule = "must be 0: the measure is a mean over years, and these fill its gaps"
    assert tiny.faults() == [("measures.csv", "2", "carry_years", "1", rule)]
    tiny.put("measures.csv", 2, "carry_years", "0")
    assert tiny.faults() == []


@pytest.mark.parametrize("value", ["-1", "6"])
def test_years_of_a_mean_beyond_reason_are_refused(tiny, value):
    tiny.put("measures.csv", 2, "carry_years", "0")
    tiny.put("measures.csv", 2, "years_before", value)
    [fault] = tiny.faults()
    assert fault[:4] == ("measures.csv", "2", "years_before", value)
    assert fault[4] == "must be at least 0 and at most 5"


def test_a_second_correction_of_a_cell_is_refused(tiny):
    line = tiny.add_line("corrections.csv", "again,gdp_100m,920300,2019,2100.0,2311,A slip.,")
    first = 2 + list(read(tiny.path("corrections.csv"))["adcode"]).index("920300")
    rule = f"corrects the cell of line {first}: correct or take out one of the two"
    assert tiny.faults() == [("corrections.csv", str(line), "printed", "2100.0", rule)]


@pytest.mark.parametrize("zero", ["0", "0.0", "０"])
@pytest.mark.parametrize("column", ["gdp_100m", "gdp_pc_yuan"])
def test_an_economy_of_nothing_is_refused(tiny, column, zero):
    tiny.put(YEARBOOK, 3, column, zero)
    rule = "must be above 0: a city has an economy"
    assert tiny.faults() == [(YEARBOOK, "3", column, zero, rule)]


@pytest.mark.parametrize("value", ["1e999", "-1e999"])
def test_a_number_beyond_all_numbers_is_refused(tiny, value):
    tiny.put(YEARBOOK, 3, "emp_it", value)
    assert (
        YEARBOOK,
        "3",
        "emp_it",
        value,
        "must not be larger than 1e+30 in size",
    ) in tiny.faults()


@pytest.mark.parametrize("place", ["2", "2.0", "02"])
def test_two_equal_places_of_the_published_list_are_refused(tiny, place):
    tiny.put("published_tiny.csv", 4, "rank", place)
    assert ("published_tiny.csv", "4", "rank") in {fault[:3] for fault in tiny.faults()}


def test_a_figure_that_two_files_give_is_refused(tiny):
    table = read(tiny.path(YEARBOOK))[["adcode", "city", "year", "gdp_100m"]]
    write(tiny.edition.raw / "second.csv", table.iloc[2:3])
    tiny.add_line("sources.csv", "second.csv,yearbook,table,2019,Office,Book,,,")
    for column, role, variable in [
        ("adcode", "key", ""), ("city", "name", ""), ("year", "year", ""),
        ("gdp_100m", "value", "gdp_100m"),
    ]:  # fmt: skip
        unit = "100 million yuan" * (role == "value")
        describe(tiny, file="second.csv", column=column, role=role, variable=variable, unit=unit)
    rule = (
        "yearbook_2019.csv has gdp_100m of 2019 too for the city 910300: leave it out of one of "
        "the two, by the role text or in a recipe"
    )
    assert tiny.faults() == [("second.csv", "2", "gdp_100m", "5200", rule)]


def test_a_file_is_sealed_by_the_first_build_that_accepts_it(tiny):
    sources = read(tiny.path("sources.csv"))
    write(tiny.path("sources.csv"), sources.assign(sha256=""))
    assert seals.unsealed(tiny.edition) == list(sources["file"])
    building.build(tiny.without_published_list())
    sealed = read(tiny.path("sources.csv"))
    assert sealed.drop(columns="sha256").equals(sources.drop(columns="sha256"))
    assert sealed["sha256"].tolist() == sources["sha256"].tolist()
    path = tiny.path("census.csv")
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputRefusedError, match=r"census\.csv: the file has changed"):
        input_faults.validate(tiny.edition)
