"""What `check` sets beside the edition before: the figures of one data year and of the other."""

import shutil

import pandas as pd
import pytest
from conftest import EditionOnDisk, read, write

from analysis import editions
from analysis.editions.validation import differences
from analysis.editions.validation.faults import Fault
from analysis.results import checking

YEARBOOKS = ("yearbook_2019.csv", "yearbook_2018.csv")


@pytest.fixture
def followed(tiny: EditionOnDisk) -> EditionOnDisk:
    """The tiny edition of data year 2019 after one of 2018 that holds the very same files."""
    earlier = tiny.edition.raw.with_name("earlier")
    shutil.copytree(tiny.edition.raw, earlier)
    settings = 'edition = "earlier"\ndata_year = 2018\nscore_anchors = "earlier"\n'
    (earlier / "edition.toml").write_text(settings, "utf8")
    with (tiny.edition.raw / "edition.toml").open("a", encoding="utf8") as file:
        file.write('previous = "earlier"\n')
    return EditionOnDisk("tiny", tiny.edition.root)


def listed(on_disk: EditionOnDisk, severity: str) -> set[tuple[str, str, str]]:
    found = checking.findings(editions.load("tiny", on_disk.edition.root))
    return {
        (fault.file, fault.column, str(fault.value)) for grade, fault in found if grade == severity
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


def test_a_source_that_no_longer_reaches_the_data_year_is_lost(followed):
    sources = read(followed.path("sources.csv"))
    write(followed.path("sources.csv"), sources[sources["file"] != YEARBOOKS[0]])
    found = differences.differences(
        editions.load("tiny", followed.edition.root),
        editions.load("earlier", followed.edition.root),
    )
    assert [(severity, fault.file, fault.rule) for severity, fault in found] == [
        ("lost", YEARBOOKS[1], "no file of the source yearbook has figures of 2019")
    ]


def test_a_file_without_cities_is_refused_and_compared_no_further(followed):
    for column in ("adcode", "city"):
        followed.drop_column(YEARBOOKS[0], column)
    followed.seal()
    found = checking.findings(editions.load("tiny", followed.edition.root))
    missing = [fault for _, fault in found if fault.rule == "the column is missing"]
    assert [fault.column for fault in missing] == ["adcode", "city"]
    assert {fault.file for fault in missing} == {YEARBOOKS[0]}


def test_a_column_that_stands_twice_is_refused_and_compared_no_further(followed):
    path = followed.path(YEARBOOKS[0])
    path.write_text(path.read_text("utf8").replace("gdp_pc_yuan", "gdp_100m", 1), "utf8")
    followed.seal()
    found = checking.findings(editions.load("tiny", followed.edition.root))
    assert "the column stands twice" in {fault.rule for _, fault in found}


def test_a_finding_is_one_line_that_begins_with_how_grave_it_is():
    fault = Fault("measures.csv", 7, "measure", "parcels", "has no figures")
    assert str(differences.Finding("lost", fault)) == (
        "lost: measures.csv, line 7, column measure, value 'parcels': has no figures"
    )


def test_two_files_without_a_common_city_have_no_figure_that_jumped():
    columns = ["adcode", "city", "beds"]
    now, before = (
        pd.DataFrame([row], columns=columns)
        for row in (("110000", "Beijing", "5"), ("120000", "Tianjin", "1"))
    )
    assert differences.jumps("a.csv", now, before, 5.0) == []
    assert differences.jumps("a.csv", now, before.iloc[:0], 5.0) == []
    assert len(differences.jumps("a.csv", now, now.assign(beds="1"), 5.0)) == 1
