"""The refusal of bad input: every fault at once, each with its place, and nothing written."""

import re
import shutil
from collections.abc import Callable

import pytest
from conftest import EditionOnDisk, read, results_bytes, write

from analysis.editions.validation import input_faults
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking import cleaning
from analysis.results import building

YEARBOOK = "yearbook_2019.csv"
UNFIT = "postal_rev_10kyuan"
CORRECT = "correct it, or add it there"
ONE_OF_TWO = "correct or take out one of the two"
MISSING = "the column is missing: add it to the first line, and a field for it to the others"
CALLED_UNFIT = "the cleaning rules call it unfit: name another variable, or take that rule out"
NO_PARENT = "must be a code of the level subdomain for a node of the level indicator"
NO_NAME = (
    "is not a name of the city with code 910200: aliases.csv may name it if it is one; else "
    "correct the code or the name"
)
RAGGED = "add what lacks, or put quotes around the field that the delimiter parts"
CHANGED = (
    "census.csv: the file has changed since sources.csv recorded its sha256: if it is meant, empty "
    "that of line 4; else put the file back as it was"
)


def test_good_input_passes(tiny):
    assert tiny.faults() == []


def test_the_input_of_the_real_edition_passes(real):
    input_faults.validate(real)


def test_a_changed_byte_in_a_raw_file_is_refused_and_the_file_is_named(tiny):
    path = tiny.path("census.csv")
    path.write_bytes(path.read_bytes().replace(b"9900000", b"9900001"))
    with pytest.raises(InputRefusedError) as refusal:
        input_faults.validate(tiny.edition)
    assert str(refusal.value) == CHANGED


def test_line_ends_that_git_has_changed_are_told_from_a_changed_figure(tiny):
    path = tiny.path("census.csv")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(InputRefusedError) as refusal:
        input_faults.validate(tiny.edition)
    assert str(refusal.value) == (
        "census.csv: only its line ends differ from the sealed file, as in an old clone: "
        "clone again"
    )


def test_a_changed_byte_does_not_hide_the_bad_number_it_made(tiny):
    path = tiny.path("census.csv")
    path.write_bytes(path.read_bytes().replace(b"9900000", b"99OOOOO"))
    with pytest.raises(InputRefusedError) as refusal:
        input_faults.validate(tiny.edition)
    assert str(refusal.value).splitlines() == [
        CHANGED,
        "census.csv, line 2, column popu_2020, value '99OOOOO': must be a number",
    ]


@pytest.mark.parametrize(
    "expected",
    [
        (YEARBOOK, 3, "gdp_100m", "74O0", "must be a number"),
        (YEARBOOK, 3, "gdp_100m", "7400,5", "must be a number"),
        (YEARBOOK, 3, "gdp_100m", "see note", "must be a number"),
        (YEARBOOK, 3, "gdp_100m", "-1", "must be at least 0"),
        (YEARBOOK, 3, "sewage_treat_pct", "100.4", "must be at least 0 and at most 100"),
        (YEARBOOK, 3, "year", "2020", "must be at least 2019 and at most 2019"),
        (YEARBOOK, 3, "year", "", "must not be empty"),
        (YEARBOOK, 3, "adcode", "999999", f"is not known in cities.csv, column adcode: {CORRECT}"),
        (YEARBOOK, 3, "city", "丙市", NO_NAME),
        ("pilots.csv", 3, "year", "2009", "must be at least 2010 and at most 2020"),
        ("cities.csv", 3, "lon", "12", "must be at least 73 and at most 136"),
        ("cities.csv", 3, "region", "Middle",
         f"is not known in regions.csv, column region: {CORRECT}"),
        ("cities.csv", 3, "name_en", "Alder", f"must not repeat line 2: {ONE_OF_TWO}"),
        ("measures.csv", 3, "weight", "0", "must be at least 1e-9 and at most 1e6"),
        ("measures.csv", 3, "direction", "0", "must be one of 1, -1"),
        ("measures.csv", 3, "indicator", "it_devel",
         f"is not known in framework.csv, column code: {CORRECT}"),
        ("measures.csv", 3, "indicator", "economy",
         "is a node but no indicator: name an indicator"),
        ("measures.csv", 3, "variable", UNFIT, CALLED_UNFIT),
        ("context_measures.csv", 2, "variable", UNFIT, CALLED_UNFIT),
        ("framework.csv", 3, "weight", "0", "must be at least 1e-9 and at most 1e6"),
        ("framework.csv", 3, "parent", "indx",
         f"is not known in framework.csv, column code: {CORRECT}"),
        ("framework.csv", 8, "parent", "economy", NO_PARENT),
        ("published_tiny.csv", 4, "city_as_printed", "乙城",
         f"must not repeat line 3: {ONE_OF_TWO}"),
        ("published_tiny.csv", 3, "adcode", "999999",
         f"is not known in cities.csv, column adcode: {CORRECT}"),
        ("aliases.csv", 2, "adcode", "999999",
         f"is not known in cities.csv, column adcode: {CORRECT}"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_with_its_place_and_rule(tiny, expected):
    file, line, column, value, rule = expected
    tiny.put(file, line, column, value)
    assert (file, str(line), column, value, rule) in tiny.faults()


def test_a_wrong_name_in_the_published_list_is_refused(tiny):
    tiny.put("published_tiny.csv", 3, "city_as_printed", "乙镇")
    assert tiny.faults() == [
        (
            "published_tiny.csv",
            "3",
            "city_as_printed",
            "乙镇",
            NO_NAME,
        )
    ]


def test_every_name_of_a_city_is_accepted(tiny):
    for line, name in ((3, "Birch"), (4, "丙市")):
        tiny.put(YEARBOOK, line, "city", name)
    tiny.put("pilots.csv", 3, "city", "乙城")
    assert tiny.faults() == []


def test_a_duplicate_key_names_the_later_line(tiny):
    first = tiny.path(YEARBOOK).read_text("utf8").splitlines()[1]
    line = tiny.add_line(YEARBOOK, first)
    assert tiny.faults() == [
        (
            YEARBOOK,
            str(line),
            "adcode, year",
            "910100, 2019",
            "the key repeats line 2: correct or take out one of the two",
        )
    ]


def test_a_missing_column_is_named(tiny):
    tiny.drop_column(YEARBOOK, "emp_it")
    line = 2 + list(read(tiny.path("columns.csv"))["column"]).index("emp_it")
    rule = (
        f"the column is missing: if the file does not print it, delete line {line} of columns.csv"
    )
    assert tiny.faults() == [(YEARBOOK, "1", "emp_it", "", rule)]


def test_missing_codes_and_names_are_named_and_hide_no_other_fault(tiny):
    for column in ("adcode", "city"):
        tiny.drop_column(YEARBOOK, column)
    tiny.put(YEARBOOK, 3, "emp_it", "many")
    found = tiny.faults()
    assert (YEARBOOK, "1", "adcode", "", MISSING) in found
    assert (YEARBOOK, "3", "emp_it", "many", "must be a number") in found


def test_an_unknown_column_is_named(tiny):
    lines = tiny.path("census.csv").read_text("utf8").splitlines()
    widened = [f"{line},{'note' if place == 0 else ''}" for place, line in enumerate(lines)]
    tiny.path("census.csv").write_text("\n".join(widened) + "\n", "utf8")
    [(*place, rule)] = tiny.faults()
    assert place == ["census.csv", "1", "note", ""]
    assert rule.startswith(
        "no such column is known; to leave it aside add to columns.csv the line "
        "census.csv,note,text,,,,,,,, and to use it write value in place of text"
    )


@pytest.mark.parametrize("heading", ["a,b", 'a "b"', "甲"])
def test_the_line_that_is_to_be_added_makes_the_column_known(tiny, heading):
    path = tiny.path("census.csv")
    table = read(path)
    write(path, table.assign(**{heading: "x"}))
    [(*_, rule)] = tiny.faults()
    line = rule.partition("columns.csv the line ")[2].partition(" and to use it")[0]
    tiny.add_line("columns.csv", line)
    assert tiny.faults() == []


def test_a_column_of_no_reference_table_is_named(tiny):
    tiny.drop_column("tiers.csv", "minimum")
    assert tiny.faults() == [("tiers.csv", "1", "minimum", "", MISSING)]


def test_ragged_lines_are_named_in_every_file(tiny):
    tiny.replace_line("census.csv", 3, "910200,乙市")
    tiny.replace_line("census.csv", 5, "920100,丁市,5700000,5700000")
    tiny.replace_line("aliases.csv", 2, "乙城")
    assert tiny.faults() == [
        ("census.csv", "3", "", "", f"2 fields where the header has 3: {RAGGED}"),
        ("census.csv", "5", "", "", f"4 fields where the header has 3: {RAGGED}"),
        ("aliases.csv", "2", "", "", f"1 fields where the header has 3: {RAGGED}"),
    ]


def test_a_file_in_another_encoding_is_refused_with_what_it_may_say(tiny):
    path = tiny.path("census.csv")
    path.write_bytes(path.read_text("utf8").replace("乙市", "Türkiye").encode("cp1252", "ignore"))
    [(file, line, _, _, rule)] = tiny.faults()
    assert (file, line) == ("census.csv", "3")
    assert "cannot be told ('Türkiye' in cp1252, 'T黵kiye' in gb18030); save it as UTF-8" in rule


@pytest.mark.parametrize("file", ["census.csv", "tiers.csv", "sources.csv"])
def test_a_file_that_is_not_there_is_named(tiny, file):
    tiny.path(file).unlink()
    with pytest.raises(InputRefusedError) as refusal:
        input_faults.validate(tiny.edition)
    assert str(refusal.value).startswith(f"{file}: the file is not there")


def test_a_framework_cycle_is_refused(tiny):
    # economy stands below digital_industries, which stands below economy.
    tiny.put("framework.csv", 3, "parent", "digital_industries")
    assert [(file, rule) for file, *_, rule in tiny.faults()] == [
        ("framework.csv", "the parents of ['economy', 'digital_industries'] run in a cycle")
    ]


def test_a_framework_with_two_roots_is_refused(tiny):
    tiny.put("framework.csv", 3, "parent", "")
    assert [(file, rule) for file, *_, rule in tiny.faults()] == [
        ("framework.csv", "exactly one code has an empty parent, not ['index', 'economy']")
    ]


@pytest.mark.parametrize("column", ["value", "adcode"])
def test_a_correction_whose_printed_value_is_gone_is_refused(tiny, column):
    if column == "value":
        tiny.put(YEARBOOK, 7, "gdp_100m", "2310")
        here = "'2310'"
    else:
        tiny.put("corrections.csv", 2, "adcode", "910200")
        here = "'7400'"
    [(*place, rule)] = tiny.faults()
    assert place == ["corrections.csv", "2", "printed", "2100"]
    assert rule.startswith(f"{here} is printed here now: a correction counts only where")


def test_a_correction_of_a_variable_that_nobody_knows_is_refused(tiny):
    tiny.put("corrections.csv", 2, "variable", "gdp")
    rule = f"is not known in variables.csv, column variable: {CORRECT}"
    assert tiny.faults() == [("corrections.csv", "2", "variable", "gdp", rule)]


def test_a_correction_of_a_year_that_no_edition_has_is_refused(tiny):
    line = tiny.add_line("corrections.csv", "old,gdp_100m,910100,2015,1,2,Misprint,")
    rule = (
        "no edition has figures of gdp_100m of this year: correct it; there are some of 2018 to "
        "2019"
    )
    assert tiny.faults() == [("corrections.csv", str(line), "year", "2015", rule)]
    other = tiny.edition.raw.with_name("other")
    shutil.copytree(tiny.edition.raw, other)
    for file in ("sources.csv", "columns.csv"):
        text = (other / file).read_text("utf8").replace("2018", "2015")
        (other / file).write_text(text, "utf8")
    assert tiny.faults() == []


def test_a_correction_table_may_be_empty(tiny):
    for line, column, value in ((7, "gdp_100m", "2310"), (8, "sewage_treat_pct", "95")):
        tiny.put(YEARBOOK, line, column, value)
    path = tiny.path("corrections.csv")
    path.write_text(path.read_text("utf8").splitlines()[0] + "\n", "utf8")
    assert tiny.faults() == []
    assert set(cleaning.clean(tiny.edition)["status"]) >= {"observed", "missing"}


def test_a_misprint_is_acknowledged_for_its_own_city_only(tiny):
    # 120.5 percent is a listed misprint of Gum (line 8), not of Birch (line 3).
    tiny.put(YEARBOOK, 3, "sewage_treat_pct", "120.5")
    rule = "must be at least 0 and at most 100"
    assert tiny.faults() == [(YEARBOOK, "3", "sewage_treat_pct", "120.5", rule)]


def test_every_fault_is_listed_at_once(tiny):
    tiny.put(YEARBOOK, 2, "gdp_100m", "9.800,0")
    tiny.put(YEARBOOK, 4, "city", "丁市")
    tiny.put("yearbook_2018.csv", 5, "sewage_treat_pct", "952")
    tiny.put("census.csv", 6, "adcode", "920299")
    tiny.put("corrections.csv", 2, "printed", "2101")
    tiny.put("measures.csv", 2, "variable", UNFIT)
    places = {(file, line, column, value) for file, line, column, value, _ in tiny.faults()}
    assert places == {
        (YEARBOOK, "2", "gdp_100m", "9.800,0"),
        (YEARBOOK, "4", "city", "丁市"),
        ("yearbook_2018.csv", "5", "sewage_treat_pct", "952"),
        ("census.csv", "6", "adcode", "920299"),
        ("corrections.csv", "2", "printed", "2101"),
        ("measures.csv", "2", "variable", UNFIT),
    }


def test_the_message_has_one_line_per_fault(tiny):
    tiny.put(YEARBOOK, 3, "sewage_treat_pct", "100.4")
    tiny.put("census.csv", 6, "adcode", "920299")
    tiny.seal()
    with pytest.raises(InputRefusedError) as refusal:
        input_faults.validate(tiny.edition)
    assert str(refusal.value).splitlines() == [
        "yearbook_2019.csv, line 3, column sewage_treat_pct, value '100.4': "
        "must be at least 0 and at most 100",
        "census.csv, line 6, column adcode, value '920299': "
        f"is not known in cities.csv, column adcode: {CORRECT}",
    ]


def test_without_a_published_list_there_is_nothing_to_check_in_it(tiny):
    tiny.put("published_tiny.csv", 3, "city_as_printed", "乙镇")
    input_faults.validate(tiny.without_published_list())


def test_refused_input_writes_nothing(tiny):
    tiny.put(YEARBOOK, 3, "gdp_100m", "7400,5")
    with pytest.raises(InputRefusedError):
        building.build(tiny.edition)
    assert results_bytes(tiny.edition) == {}


def spoil_checksum(edition: EditionOnDisk) -> None:
    path = edition.path(YEARBOOK)
    path.write_bytes(path.read_bytes().replace(b"35371", b"35372", 1))


def spoil_number(edition: EditionOnDisk) -> None:
    edition.replace_line("metro_2019_05.csv", 2, "110000,北京市,many,23")
    edition.seal()


def spoil_framework(edition: EditionOnDisk) -> None:
    path = edition.path("framework.csv")
    path.write_text(path.read_text("utf8").replace("economy,index,", "economy,inex,", 1), "utf8")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (spoil_checksum, "yearbook_2019.csv: the file has changed"),
        (spoil_number, "metro_2019_05.csv, line 2, column metro_stations_n, value 'many'"),
        (spoil_framework, "framework.csv, line 3, column parent, value 'inex'"),
    ],
)
def test_earlier_results_of_the_real_edition_survive_a_refusal(real_copy, spoil, named):
    earlier = results_bytes(real_copy.edition)
    assert "scores.csv" in earlier
    spoil(real_copy)
    with pytest.raises(InputRefusedError, match=named):
        building.build(real_copy.edition)
    assert results_bytes(real_copy.edition) == earlier


def test_judgements_name_every_pair_of_siblings_once(real_copy):
    real_copy.put("judgements.csv", 5, "times", "12")
    rule = "must be at least 0.11 and at most 9"
    assert real_copy.faults() == [("judgements.csv", "5", "times", "12", rule)]
    real_copy.put("judgements.csv", 5, "times", "1")
    real_copy.put("judgements.csv", 2, "second", "economy")
    real_copy.put("judgements.csv", 7, "first", "government")
    real_copy.put("judgements.csv", 7, "second", "economy")
    assert [fault for fault in real_copy.faults() if fault[0] == "judgements.csv"] == [
        ("judgements.csv", "2", "second", "economy", "name two children of index"),
        (
            "judgements.csv",
            "7",
            "second",
            "economy",
            "an earlier line judges this pair: take one out",
        ),
        (
            "judgements.csv",
            "",
            "node",
            "index",
            "the pair economy and governance is not judged: add a line",
        ),
        (
            "judgements.csv",
            "",
            "node",
            "index",
            "the pair governance and government is not judged: add a line",
        ),
    ]


# What can be done about a fault: what a value must be, what is there, or what to do.
REMEDY = re.compile(
    r"\b(must|needs?|add|correct|delete|empty|give|leave|name|put|take|write|save|choose|import|"
    r"known are|there (is|are)|stand in)\b"
)


def ragged(tiny: EditionOnDisk) -> None:
    tiny.replace_line("census.csv", 3, "910200,乙市")
    tiny.replace_line("aliases.csv", 2, "乙城")
    tiny.path("tiers.csv").write_text("", "utf8")
    tiny.path("pilots.csv").unlink()


def values(*cells: tuple[str, int, str, str]) -> Callable[[EditionOnDisk], None]:
    def spoil(tiny: EditionOnDisk) -> None:
        for cell in cells:
            tiny.put(*cell)

    return spoil


SPOILT = {
    "files": ragged,
    "raw tables": values(
        (YEARBOOK, 3, "gdp_100m", "many"), (YEARBOOK, 4, "adcode", "999999"),
        (YEARBOOK, 5, "city", "丙市"), (YEARBOOK, 6, "year", "2020"), (YEARBOOK, 7, "emp_it", "-1"),
        ("census.csv", 3, "adcode", "910100"), ("pilots.csv", 2, "mapping_level", "by ear"),
        ("corrections.csv", 2, "printed", "1"), ("corrections.csv", 3, "year", "1999"),
    ),
    "lists": values(
        ("columns.csv", 3, "role", "key"), ("columns.csv", 5, "variable", "gdpp"),
        ("columns.csv", 6, "unit", "percent"), ("columns.csv", 7, "minimum", "1e9"),
        ("sources.csv", 4, "layout", "list"), ("sources.csv", 5, "years", "2020-2019"),
    ),
    "places": values(
        ("cities.csv", 3, "name_en", "Alder"), ("cities.csv", 4, "region", "Middle"),
        ("cities.csv", 5, "province_zh_hans", "北岸省"), ("aliases.csv", 2, "alias", "丙市"),
        ("published_tiny.csv", 3, "city_as_printed", "乙镇"),
        ("published_tiny.csv", 4, "rank", "1"),
        ("provinces.csv", 3, "tile_column", "0"),
    ),
    "method": values(
        ("measures.csv", 3, "indicator", "economy"), ("measures.csv", 4, "variable", UNFIT),
        ("measures.csv", 2, "source", "census"), ("framework.csv", 8, "parent", "economy"),
        ("cleaning_rules.csv", 2, "minimum", "9999"), ("cleaning_rules.csv", 3, "maximum", "1"),
        ("method.csv", 3, "parameter", "colour"), ("claims.csv", 2, "expected", "1|2"),
        ("tiers.csv", 3, "minimum", "99"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_every_refusal_names_a_remedy(tiny, spoil):
    spoil(tiny)
    rules = {fault.rule for fault in input_faults.all_faults(tiny.edition)}
    assert len(rules) >= 3
    assert [rule for rule in rules if not REMEDY.search(rule)] == []
