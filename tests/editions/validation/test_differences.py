"""What `check` sets beside the edition before: the figures of one data year and of the other."""

import pandas as pd
import pytest
from conftest import EditionOnDisk, read, write

from analysis import editions
from analysis.editions.validation import differences
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding
from analysis.results import checking

YEARBOOKS = ("yearbook_2019.csv", "yearbook_2018.csv")
LISTS = ("columns.csv", "sources.csv")


def listed(on_disk: EditionOnDisk, severity: str) -> set[tuple[str, str, str]]:
    found = checking.findings(editions.load("tiny", on_disk.edition.root))
    return {
        (fault.file, fault.column, str(fault.value))
        for grade, fault, *_ in found
        if grade == severity
    }


def far_apart(now: pd.DataFrame, before: pd.DataFrame) -> set[tuple[str, str]]:
    """Column and printed value of every figure that is five times the other, or a fifth."""
    figures = now.columns.drop(["adcode", "city", "year"])
    return {
        (column, value)
        for column in figures
        for value, old in zip(now[column], before[column], strict=True)
        if value and old and not 1 / 5 < float(value) / float(old) < 5
    }


def test_a_city_with_blanks_in_its_name_or_without_its_last_sign_is_the_same():
    named = pd.DataFrame({"adcode": ["1", "2", "3"], "city": ["北甲市", "北乙市", "北丙市"]})
    figures = named.assign(file="f.csv", line=[2, 3, 4])
    now = figures.assign(city=["  北　甲", "Birch", "北丙市"])
    found = differences.city_differences(now, figures, unread=False)
    assert [(each.severity, *each.fault[:4]) for each in found] == [
        ("suspicious", "f.csv", 3, "city", "Birch")
    ]


def test_editions_that_hold_the_same_files_are_compared_year_by_year(followed):
    now, before = (read(followed.path(file)) for file in YEARBOOKS)
    expected = {(YEARBOOKS[0], *figure) for figure in far_apart(now, before)}
    assert (YEARBOOKS[0], "telecom_rev_10kyuan", "4500000") in expected
    assert listed(followed, "suspicious") == expected


def test_the_years_of_one_file_are_compared_too(followed):
    tables = [read(followed.path(file)) for file in YEARBOOKS]
    expected = {("panel.csv", *figure) for figure in far_apart(*tables)}
    for name in ("tiny", "earlier"):
        raw = editions.load(name, followed.edition.root).raw
        write(raw / "panel.csv", pd.concat(tables))
        for file in YEARBOOKS:
            (raw / file).unlink()
        for file, old in (("sources.csv", "years"), ("columns.csv", "minimum")):
            table = read(raw / file)
            kept = table[table["file"] != YEARBOOKS[1]].replace(
                {"file": {YEARBOOKS[0]: "panel.csv"}}
            )
            panel = kept["file"].eq("panel.csv") & kept[old].eq("2019")
            span = "2018-2019" if file == "sources.csv" else "2018"
            write(raw / file, kept.assign(**{old: kept[old].mask(panel, span)}))
        EditionOnDisk(name, followed.edition.root).seal()
    assert listed(followed, "suspicious") == expected


def test_a_file_split_in_two_and_renamed_loses_nothing_and_jumps_nowhere(followed):
    before = listed(followed, "suspicious"), listed(followed, "lost"), listed(followed, "new")
    table, columns, sources = (read(followed.path(f)) for f in (YEARBOOKS[0], *LISTS))
    keys, figures = ["adcode", "city", "year"], list(table.columns.drop(["adcode", "city", "year"]))
    for name, half in (("part_one.csv", figures[:3]), ("part_two.csv", figures[3:])):
        write(followed.edition.raw / name, table[[*keys, *half]].iloc[::-1])
        mine = columns[columns["file"].eq(YEARBOOKS[0]) & columns["column"].isin([*keys, *half])]
        columns = pd.concat([columns, mine.assign(file=name)])
        line = sources[sources["file"] == YEARBOOKS[0]].assign(file=name)
        sources = pd.concat([sources, line])
    followed.path(YEARBOOKS[0]).unlink()
    for file, lines in zip(LISTS, (columns, sources), strict=True):
        write(followed.path(file), lines[lines["file"] != YEARBOOKS[0]])
    followed.seal()
    assert listed(followed, "refused") == set()
    after = listed(followed, "suspicious"), listed(followed, "lost"), listed(followed, "new")
    assert [{x[1:] for x in found} for found in after] == [
        {x[1:] for x in found} for found in before
    ]


def test_a_column_in_another_unit_is_one_cause_and_leaves_the_jumps_within_it(followed):
    table = read(followed.path(YEARBOOKS[0]))
    figures = pd.to_numeric(table["emp_urban_units"]) / 10_000
    figures.iloc[0] *= 7
    write(followed.path(YEARBOOKS[0]), table.assign(emp_urban_units=figures.astype(str)))
    followed.seal()
    found = checking.checked(editions.load("tiny", followed.edition.root))
    [unit] = [cause for cause in found if cause.findings[0].whole]
    cities = len(unit.findings)
    assert unit.columns == ["emp_urban_units"]
    assert unit.text.startswith(
        f"1/10,000 of the figures before in {cities - 1} of {cities} cities"
    )
    assert "if the file has 10,000 persons, write that" in unit.text
    [jump] = [c for c in found if c.columns == ["emp_urban_units"] and c is not unit]
    assert [each.fault.line for each in jump.findings] == [2]
    assert jump.text.endswith(" before in its unit")


def test_of_a_source_that_could_not_be_read_nothing_is_said_to_be_gone(followed):
    followed.path(YEARBOOKS[0]).unlink()
    assert {file for file, *_ in listed(followed, "lost")} == set()


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (10_485.2, "10,500 times"), (5.0, "5 times"), (234.27, "234 times"), (1.0, "1 times"),
        (0.2, "1/5 of"), (0.000_103_7, "1/9,640 of"), (0.0301, "1/33.2 of"),
    ],
)  # fmt: skip
def test_a_ratio_is_said_in_numbers_that_a_person_reads(ratio, text):
    assert differences.times_text(ratio) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(761_843.0, "761,843"), (30_319.9787, "30,319.9787"), (1e-7, "1e-07"), (0.5, "0.5"), (0, "0")],
)
def test_a_figure_has_separators_and_no_more_digits_than_it_has(number, text):
    assert differences.figure_text(number) == text


def test_a_source_that_no_longer_reaches_the_data_year_is_lost(followed):
    sources = read(followed.path("sources.csv"))
    write(followed.path("sources.csv"), sources[sources["file"] != YEARBOOKS[0]])
    found = checking.findings(editions.load("tiny", followed.edition.root))
    assert ("lost", YEARBOOKS[1], "no file of the source yearbook has figures of 2019") in [
        (severity, fault.file, fault.rule) for severity, fault, *_ in found
    ]


def test_a_file_without_cities_is_refused_and_compared_no_further(followed):
    for column in ("adcode", "city"):
        followed.drop_column(YEARBOOKS[0], column)
    followed.seal()
    found = checking.findings(editions.load("tiny", followed.edition.root))
    missing = [fault for _, fault, *_ in found if fault.rule.startswith("the column is missing")]
    assert [fault.column for fault in missing] == ["adcode", "city"]
    assert {fault.file for fault in missing} == {YEARBOOKS[0]}


def test_a_column_that_stands_twice_is_refused_and_compared_no_further(followed):
    path = followed.path(YEARBOOKS[0])
    path.write_text(path.read_text("utf8").replace("gdp_pc_yuan", "gdp_100m", 1), "utf8")
    followed.seal()
    found = checking.findings(editions.load("tiny", followed.edition.root))
    assert "the column stands twice: take one of the two out" in {
        fault.rule for _, fault, *_ in found
    }


def test_a_finding_is_one_line_that_begins_with_how_grave_it_is():
    fault = Fault("measures.csv", 7, "measure", "parcels", "has no figures")
    assert str(Finding("lost", fault)) == (
        "lost: measures.csv, line 7, column measure, value 'parcels': has no figures"
    )


def test_two_files_without_a_common_city_have_no_figure_that_jumped(followed):
    table = read(followed.path(YEARBOOKS[0]))
    write(followed.path(YEARBOOKS[0]), table.iloc[:6])
    earlier = EditionOnDisk("earlier", followed.edition.root)
    before = read(earlier.path(YEARBOOKS[1]))
    write(earlier.path(YEARBOOKS[1]), before.iloc[6:])
    followed.seal()
    earlier.seal()
    yearbooks = {file for file, _, _ in listed(followed, "suspicious")} & {*YEARBOOKS}
    assert yearbooks == set()
    gone = [value for _, column, value in listed(followed, "lost") if column == "adcode"]
    assert gone
