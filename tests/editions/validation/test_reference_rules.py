"""Rules of reference tables: what `build` could not use, or would not look at, is refused."""

import shutil

import pytest
from conftest import EditionOnDisk, read, write

from analysis import editions
from analysis.chapters.claim_tests import TESTS
from analysis.editions.validation import input_faults, reference_rules
from analysis.editions.validation.faults import Fault
from analysis.results import checking

YEARBOOK = "yearbook_2019.csv"


UNKNOWN_VARIABLE = "is not known in variables.csv, column variable: correct it, or add it there"
OF_COLUMN = "as columns.csv says of the column"
MINIMUM_ABOVE = "must be the minimum of the stage above, on the line before"
AFTER_PLACE = "must follow the last place of the stage above, on the line before"
NUMBER_OF_PLACES = "must be the number of places from the first to the last"
OF_PROVINCE = "must be what provinces.csv has for the province"
TIERS = (
    "must be one of ecosystem_innovation, capability_synergy, unit_digitalisation, "
    "below_published_range"
)
# File, line, column, value; and the line and rule of the fault: what `columns.csv` finds by itself,
OF_COLUMNS = [
    ("measures.csv", 2, "variable", "emp_itt", 2, UNKNOWN_VARIABLE),
    ("measures.csv", 3, "weight", "1e308", 3, "must be at least 1e-9 and at most 1e6"),
    ("cleaning_rules.csv", 2, "variable", "telecom", 2, UNKNOWN_VARIABLE),
    ("corrections.csv", 2, "value", "1e308", 2, "must not be larger than 1e+30 in size"),
    ("tiers.csv", 4, "tier", "third", 4, TIERS),
    ("claims.csv", 2, "test", "number_of_towns", 2,
     "is not known in claim_tests.csv, column test: correct it, or add it there"),
    ("provinces.csv", 3, "region", "Centre", 3,
     "is not known in regions.csv, column region: correct it, or add it there"),
    ("regions.csv", 3, "order", "1", 3,
     "must not repeat line 2: correct or take out one of the two"),
]  # fmt: skip
# and what the rules find that look at several lines or tables.
OF_RULES = [
    ("measures.csv", 2, "source", "yearbok", 2, "must be yearbook, the source of emp_it"),
    ("measures.csv", 3, "source", "census", 3,
     "must be yearbook, the source of telecom_rev_10kyuan"),
    ("measures.csv", 4, "source", "yearbook", 4, "must be pilots, the source of broadband_china"),
    ("context_measures.csv", 4, "source", "pilots", 4,
     "must be census, the source of resident_population"),
    ("cleaning_rules.csv", 2, "minimum", "2001", 2, "must not lie above the maximum"),
    ("cleaning_rules.csv", 2, "compared_with", "telecom_rev_10kyuan", 2,
     "must be another variable: no figure is compared with itself"),
    ("cleaning_rules.csv", 4, "maximum", "5", 4,
     "must be empty: a rule of the kind repeat does not use it"),
    ("corrections.csv", 2, "value", "-2310", 2, f"must be at least 0, {OF_COLUMN}"),
    ("corrections.csv", 2, "value", "0", 2, "must be above 0: a city has an economy"),
    ("corrections.csv", 3, "value", "120", 3, f"must be at most 100, {OF_COLUMN}"),
    ("tiers.csv", 3, "minimum", "69", 4, MINIMUM_ABOVE),
    ("tiers.csv", 3, "maximum", "84", 3, MINIMUM_ABOVE),
    ("tiers.csv", 2, "maximum", "99", 2, "must be empty: no stage is above the first"),
    ("tiers.csv", 3, "minimum", "90", 3, "must lie below the maximum"),
    ("tiers.csv", 3, "first_place", "2", 3, AFTER_PLACE),
    ("tiers.csv", 3, "last_place", "6", 4, AFTER_PLACE),
    ("tiers.csv", 3, "last_place", "1", 3, "must not lie above the first place"),
    ("tiers.csv", 3, "cities", "4", 3, NUMBER_OF_PLACES),
    ("aliases.csv", 2, "alias", "丙市", 2,
     "is the name of several cities: Birch, Cedar; take it out"),
    ("aliases.csv", 2, "alias", "cedar", 2,
     "is the name of several cities: Birch, Cedar; take it out"),
    ("cities.csv", 3, "region", "West", 3, OF_PROVINCE),
    ("cities.csv", 4, "province_zh_hans", "北", 4, OF_PROVINCE),
    ("provinces.csv", 3, "tile_column", "0", 3, "must not be the tile of an earlier province"),
    ("claims.csv", 2, "expected", "", 2, "must be 1 number for this test"),
    ("claims.csv", 2, "expected", "1e", 2, "must be numbers, with | between them"),
    ("claims.csv", 2, "subjects", "East", 2, "must be empty: the test takes no codes"),
    ("claims.csv", 3, "subjects", "East", 3, "must be empty: no test"),
    ("claim_tests.csv", 2, "several", "1", 2, "must be empty: the test takes no codes"),
    ("claims.csv", 3, "expected", "1", 3, "must be empty: no test"),
    ("claims.csv", 3, "caveat", "", 3, "must say why the claim is not tested"),
    ("cases.csv", 2, "domain", "it_development", 2,
     "is a node but no domain: name one of that level"),
    ("other_rankings.csv", 2, "city", "丁市", 2,
     "is not a name of the city with code 910200: aliases.csv may name it if it is one; else "
         "correct the code or the name"),
]  # fmt: skip


def rounds(spoilt: list[tuple]) -> list[list[tuple]]:
    """Cells that can be spoilt at once: one of each line."""
    found: list[list[tuple]] = []
    for each in spoilt:
        for together in found:
            if not {cell[:2] for cell in together} & {each[:2]}:
                together.append(each)
                break
        else:
            found.append([each])
    return found


@pytest.mark.parametrize("together", [*rounds(OF_COLUMNS), *rounds(OF_RULES)])
def test_a_line_that_does_not_fit_is_named_with_its_place_and_rule(tiny, together):
    for file, line, column, value, _, _ in together:
        tiny.put(file, line, column, value)
    places = {(file, line, rule) for file, line, _, _, rule in tiny.faults()}
    assert {(file, str(line), rule) for file, *_, line, rule in together} - places == set()


def line_of(edition: EditionOnDisk, parameter: str) -> int:
    return list(read(edition.path("method.csv"))["parameter"]).index(parameter) + 2


def test_absurd_parameters_of_the_method_are_refused(tiny):
    absurd = {
        "uncertainty_draws": ("0", "must be at least 1 and at most 200000"),
        "weighting_draws": ("0", "must be at least 1 and at most 200000"),
        "bootstrap_draws": ("1e12", "must be a whole number"),
        "inference_splits": ("0", "must be at least 1 and at most 100"),
        "comparison_draws": ("1000000000000", "must be at least 1 and at most 20000"),
        "sensitivity_runs": ("2000", "must be one of 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, "
                             "4096, 8192, 16384, 32768, 65536"),
        "uncertainty_level": ("1.5", "must be at least 0.5 and at most 0.999"),
        "told_apart_level": ("nan", "must be a number"),
        "uncertainty_seed": ("-1", "must be at least 0 and at most 4294967295"),
        "claim_draws": ("0", "must be at least 1 and at most 20000"),
        "claim_share_held": ("0.5", "must be at least 0.6 and at most 1"),
        "claim_share_all": ("1.1", "must be at least 0 and at most 1"),
        "maximum_winsorised": ("1000", "must be at least 0 and at most 100"),
        "evidence": ("observed|", "must name grades among observed, proxy, weak"),
    }  # fmt: skip
    for parameter, (value, _) in absurd.items():
        tiny.put("method.csv", line_of(tiny, parameter), "value", value)
    found = {fault[4] for fault in tiny.faults()}
    assert {f"{parameter} {rule}" for parameter, (_, rule) in absurd.items()} - found == set()


def test_a_parameter_that_nothing_reads_is_refused(tiny):
    line = tiny.add_line("method.csv", "uncertainty_drawz,100,,Misspelt.")
    [(file, at, column, value, rule)] = tiny.faults()
    assert (file, at, column, value) == (
        "method.csv", str(line), "parameter", "uncertainty_drawz",
    )  # fmt: skip
    assert rule.startswith("no such parameter is known; known are skewness_limit, ")


NEVER_EMPTY = {
    "cities.csv", "provinces.csv", "regions.csv", "framework.csv", "measures.csv", "variables.csv",
    "claims.csv", "claim_tests.csv", "cases.csv", "other_rankings.csv", "labels.csv",
    "published_tiny.csv",
}  # fmt: skip


def keep(edition: EditionOnDisk, file: str, lines: int) -> None:
    write(edition.path(file), read(edition.path(file)).iloc[:lines])


def test_tables_of_which_only_the_header_is_left_are_refused(tiny):
    for file in [*NEVER_EMPTY, "tiers.csv", "context_measures.csv"]:
        keep(tiny, file, 0)
    found = {(file, rule) for file, *_, rule in tiny.faults()}
    assert {
        (file, "the table needs at least one line: add it") for file in NEVER_EMPTY
    } - found == set()
    assert {
        (f"{name}.csv", "the line is missing: add it") for name in ("tiers", "context_measures")
    } <= found


def test_tables_of_which_half_the_lines_are_left_are_refused(tiny):
    for file, lines in (("provinces.csv", 2), ("variables.csv", 4), ("tiers.csv", 2)):
        keep(tiny, file, lines)
    found = {(file, rule) for file, *_, rule in tiny.faults()}
    assert (
        "cities.csv",
        "is not known in provinces.csv, column province_en: correct it, or add it there",
    ) in found
    assert ("measures.csv", UNKNOWN_VARIABLE) in found
    assert ("tiers.csv", "the line is missing: add it") in found


def test_a_published_list_of_which_half_is_left_and_a_method_without_parameters_are_refused(tiny):
    keep(tiny, "published_tiny.csv", 4)
    keep(tiny, "method.csv", 9)
    found = {(file, rule) for file, *_, rule in tiny.faults()}
    lacking = "the list goes to 8 (tiers.csv): add 5, 6, 7, 8"
    assert ("published_tiny.csv", lacking) in found
    assert ("method.csv", "the parameter is missing: add its line") in found


def test_every_test_of_a_claim_is_listed_with_what_it_tests(real):
    assert set(real.reference_table("claim_tests")["test"]) == set(TESTS)


def test_a_table_that_nothing_reads_is_refused(tiny):
    (tiny.edition.reference / "mesures.csv").write_text("a\n", "utf8")
    own = tiny.edition.raw / "reference"
    own.mkdir()
    shutil.copy(tiny.edition.reference / "method.csv", own)
    shutil.copy(tiny.edition.reference / "method.csv", own / "metod.csv")
    shutil.copy(tiny.edition.reference / "columns.csv", own)
    no_use = "is no table that an edition may have of its own: take it out"
    assert tiny.faults() == [
        (
            "mesures.csv",
            "",
            "",
            "",
            "columns.csv does not describe it: add its columns there, or take the file out",
        ),
        ("reference/columns.csv", "", "", "", no_use),
        ("reference/metod.csv", "", "", "", no_use),
    ]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        (
            "type",
            "nubmer",
            "must be one of text, integer, number, flag, code, identifier, value, years, file",
        ),
        ("key", "yes", "must be one of 1, unique"),
        (
            "references",
            "towns.adcode",
            "must be a column of a reference table, written as cities.adcode",
        ),
        ("minimum", "low", "must be a number"),
    ],
)  # fmt: skip
def test_a_slip_in_the_table_of_columns_is_named(tiny, column, value, rule):
    path = tiny.edition.reference / "columns.csv"
    table = read(path)
    table.loc[1, column] = value
    write(path, table)
    assert tiny.faults() == [("columns.csv", "3", column, value, rule)]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("years", "none", "must be a year or a span of years, such as 2018-2019"),
        ("years", "20192", "must be a year or a span of years, such as 2018-2019"),
        ("years", "9999", "must be years from 1949 to 2100, the earlier one first"),
        ("years", "2019-2018", "must be years from 1949 to 2100, the earlier one first"),
        ("file", "../tiny/census.csv", "must be the name of a file in the folder of the edition"),
        ("file", "/etc/passwd", "must be the name of a file in the folder of the edition"),
        ("file", ".hidden.csv", "must be the name of a file in the folder of the edition"),
    ],
)
def test_a_source_of_no_years_or_outside_the_edition_is_refused(tiny, column, value, rule):
    sources = read(tiny.path("sources.csv"))
    sources.loc[2, column] = value
    write(tiny.path("sources.csv"), sources)
    found = input_faults.all_faults(editions.load("tiny", tiny.edition.root))
    assert [(fault.file, fault.line, fault.value, fault.rule) for fault in found] == [
        ("sources.csv", 4, value, rule)
    ]


def test_a_source_that_is_a_list_of_the_edition_is_refused(tiny):
    tiny.add_line("sources.csv", "columns.csv,own,table,2019,Office,Book,,,")
    found = {fault[4] for fault in tiny.faults()}
    assert "is a file that the edition itself needs: give yours another name" in found


def test_a_variable_in_another_unit_or_unknown_is_refused(tiny):
    path = tiny.edition.raw / "columns.csv"
    columns = read(path)
    columns.loc[3, "unit"] = "percent"
    columns.loc[4, "variable"] = "gdp_pc"
    write(path, columns)
    assert tiny.faults() == [
        (
            "columns.csv",
            "6",
            "variable",
            "gdp_pc",
            "is not known in variables.csv, column variable: correct it, or add it there",
        ),
        (
            "columns.csv",
            "5",
            "unit",
            "percent",
            "variables.csv has '100 million yuan': write a unit that units.csv can turn into it",
        ),
    ]


def test_a_designation_that_no_table_knows_is_refused(tiny):
    tiny.put("pilots.csv", 3, "policy", "broadband_chnia")
    expected = ("pilots.csv", "3", "policy", "broadband_chnia", UNKNOWN_VARIABLE)
    assert tiny.faults() == [expected]


def test_a_year_that_is_none_is_refused_without_bounds_of_its_own(tiny):
    path = tiny.edition.raw / "columns.csv"
    columns = read(path)
    columns.loc[columns["role"] == "year", ["minimum", "maximum"]] = ""
    write(path, columns)
    tiny.put(YEARBOOK, 3, "year", "20190")
    assert (
        YEARBOOK,
        "3",
        "year",
        "20190",
        "must be at least 1949 and at most 2100",
    ) in tiny.faults()


def test_a_measure_of_which_no_file_has_figures_is_noted_where_no_edition_had_it_before(tiny):
    tiny.no_longer_print(YEARBOOK, "emp_it")
    found = checking.findings(editions.load("tiny", tiny.edition.root))
    assert {finding.severity for finding in found} == {"note"}
    assert [str(finding) for finding in found if finding.variable == "emp_it"] == [
        "note: measures.csv, line 2, column variable, value 'emp_it': "
        "no file has figures of 2019 of this variable"
    ]


OF_CLAIMS = [
    ("subjects", "Nowhere",
     "Nowhere is no region; those there are stand in regions.csv, column region"),
    ("subjects", "", "must be region for this test"),
    ("expected", "0.5|0.6", "must be 1 number for this test"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "rule"), OF_CLAIMS)
def test_a_claim_that_its_test_cannot_take_is_named_with_what_it_takes(
    real_copy, column, value, rule
):
    claims = real_copy.edition.reference_table("claims")
    line = int(claims.index[claims["claim"] == "east_majority"][0])
    real_copy.put("claims.csv", line, column, value)
    assert reference_rules.claim_faults(real_copy.edition) == [
        Fault("claims.csv", line, column, value, rule)
    ]


@pytest.mark.parametrize(
    "value", ["440300|livelihood", "livelihood", "livelihood|440300|economy", "440300"]
)
def test_a_claim_about_cities_in_a_domain_names_the_domain_first(real_copy, value):
    claims = real_copy.edition.reference_table("claims")
    line = int(claims.index[claims["claim"] == "livelihood_innovators"][0])
    real_copy.put("claims.csv", line, "subjects", value)
    rule = "must be a domain and, after it, one city or more"
    assert reference_rules.claim_faults(real_copy.edition) == [
        Fault("claims.csv", line, "subjects", value, rule)
    ]


def test_a_test_that_takes_codes_says_whether_it_takes_several(real_copy):
    tests = real_copy.edition.reference_table("claim_tests")
    line = int(tests.index[tests["test"] == "lowest_domain"][0])
    real_copy.put("claim_tests.csv", line, "several", "")
    rule = "must be 0 or 1: the test takes codes"
    assert reference_rules.claim_faults(real_copy.edition) == [
        Fault("claim_tests.csv", line, "several", "", rule)
    ]


def stand_in(tiny, line: int, for_measure: str) -> list[tuple[str, str, str, str, str]]:
    tiny.put("measures.csv", line, "stands_in_for", for_measure)
    return tiny.faults()


def test_a_measure_stands_in_for_another_of_its_indicator_only(tiny):
    assert stand_in(tiny, 3, "it_employment") == []
    assert stand_in(tiny, 4, "it_employment") == [
        (
            "measures.csv",
            "4",
            "stands_in_for",
            "it_employment",
            "must be a measure of the same indicator",
        )
    ]


def test_a_measure_stands_in_for_one_that_is_there_and_not_for_itself(tiny):
    (unknown,) = stand_in(tiny, 3, "gossip")
    assert unknown[:4] == ("measures.csv", "3", "stands_in_for", "gossip")
    (chained,) = stand_in(tiny, 3, "telecom_revenue")
    assert chained[-1] == "stands in itself: name a measure that counts wherever it has figures"


def test_of_a_weak_measure_it_is_said_whether_it_is_tried(tiny):
    tiny.put("measures.csv", 3, "evidence", "weak")
    (silent,) = reference_rules.weak_faults(tiny.edition)
    assert (silent.file, silent.line, silent.column) == ("measures.csv", 3, "weak_tried")
    assert "say 1 if the alternative of weak evidence may take it, or 0" in silent.rule
    for answer in ("0", "1"):
        tiny.put("measures.csv", 3, "weak_tried", answer)
        assert reference_rules.weak_faults(tiny.edition) == []


def test_of_other_measures_it_is_not_said_whether_they_are_tried_as_weak_ones(tiny):
    tiny.put("measures.csv", 4, "weak_tried", "1")
    assert tiny.faults() == [
        ("measures.csv", "4", "weak_tried", "1", "must be empty: it is not weak")
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("framework", "code"),
        ("measures", "measure"),
        ("context_measures", "measure"),
        ("variables", "variable"),
        ("variables", "source"),
        ("companies", "company"),
        ("cleaning_rules", "rule"),
        ("corrections", "correction"),
        ("claims", "claim"),
        ("claim_tests", "test"),
    ],
)
def test_a_code_with_a_space_is_refused_wherever_it_is_given(tiny, table, column):
    columns = tiny.edition.reference_table("columns")
    rows = columns[columns["file"].eq(f"{table}.csv") & columns["column"].eq(column)]
    assert rows["type"].tolist() == ["identifier"]


def test_a_company_whose_code_has_a_space_is_refused(tiny):
    tiny.put("companies.csv", 2, "company", "ant group")
    (fault,) = [each for each in tiny.faults() if each[0] == "companies.csv"]
    assert fault[:4] == ("companies.csv", "2", "company", "ant group")
    assert "must be a code" in fault[4]
