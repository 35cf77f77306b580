"""What is good to know: idle files, sources and corrections, and the years that count."""

from dataclasses import replace

import pandas as pd
import pytest
from conftest import EditionOnDisk, read, write

from analysis.editions.recipes import Omission, Recipe, recipe_path, recipe_text
from analysis.editions.validation.findings import Finding
from analysis.editions.validation.input_faults import judged
from analysis.editions.validation.source_notes import (
    measures_in_use,
    source_notes,
    stray_files,
    use_of,
)

YEARBOOK = "yearbook_2019.csv"


def notes(on_disk: EditionOnDisk) -> list[Finding]:
    on_disk.seal()
    now = judged(on_disk.edition)[0]
    return source_notes(now.sound, now.figures)


def test_a_table_in_the_folder_that_no_line_lists_is_suspicious(tiny):
    for name in ("more.xlsx", "notes.md", ".hidden.csv", "~$open.xlsx"):
        (tiny.edition.raw / name).write_text("x", "utf8")
    stray = [finding for finding in notes(tiny) if "lies in the folder" in finding.fault.rule]
    assert [(finding.severity, finding.fault.file) for finding in stray] == [
        ("suspicious", "more.xlsx")
    ]


def test_a_source_that_no_measure_uses_is_noted(tiny):
    table = read(tiny.path("context_measures.csv"))
    write(tiny.path("context_measures.csv"), table[table["source"] != "census"])
    idle = [finding for finding in notes(tiny) if "no measure uses" in finding.fault.rule]
    assert [(f.severity, f.fault.line, f.fault.value) for f in idle] == [("note", 4, "census")]


def test_a_correction_of_a_city_that_is_gone_is_said_and_lets_the_edition_pass(tiny):
    path = tiny.path(YEARBOOK)
    table = read(path)
    write(path, table[table["adcode"] != "920300"])
    assert tiny.faults() == []
    gone = [finding for finding in notes(tiny) if finding.fault.file == "corrections.csv"]
    assert [(f.severity, f.fault.line, f.fault.value) for f in gone] == [
        ("suspicious", 2, "920300")
    ]


def test_which_year_of_a_source_counts_is_noted(tiny):
    said = {f.fault.value: f.fault.rule for f in notes(tiny) if "years of" in f.fault.rule}
    assert said["yearbook"] == "years of the source: 2018: fills gaps; 2019: counts"
    assert "pilots" not in said


def test_years_of_what_is_lost_or_in_reserve_serve_nothing(tiny):
    """Only 2018 has people in IT: no figure of it is carried, for the whole column is gone."""
    blocks = "blocks,Blocks,塊,块,yearbook,mobile_subs_10k,size,1,1,1,0,0,0,proxy,1"
    tiny.add_line("measures.csv", f"it_development,{blocks},,telecom_revenue,")
    used = set(measures_in_use(judged(tiny.edition)[0].sound)["variable"])
    assert {"emp_it", "telecom_rev_10kyuan"} <= used
    assert "mobile_subs_10k" not in used
    for variable in ("emp_it", "telecom_rev_10kyuan"):
        tiny.no_longer_print("yearbook_2019.csv", variable)
    used = set(measures_in_use(judged(tiny.edition)[0].sound)["variable"])
    assert {"emp_it", "telecom_rev_10kyuan"}.isdisjoint(used)
    assert "mobile_subs_10k" in used


def measures(**years: int) -> pd.DataFrame:
    columns = dict.fromkeys(["carry_years", "lead_years", "years_before", "years_after"], 0)
    return pd.DataFrame([columns | years])


@pytest.mark.parametrize(
    ("year", "years", "use"),
    [
        (2019, {}, "counts"),
        (2018, {}, "not used"),
        (2018, {"carry_years": 1}, "fills gaps"),
        (2017, {"carry_years": 1}, "not used"),
        (2020, {"lead_years": 1}, "stands for the data year"),
        (2021, {"lead_years": 1}, "not used"),
        (2018, {"years_before": 1}, "enters means of several years"),
        (2017, {"years_before": 1}, "not used"),
        (2020, {"years_before": 1}, "not used"),
        (2020, {"years_before": 1, "years_after": 1}, "enters means of several years"),
    ],
)
def test_a_year_is_used_as_far_as_a_measure_reaches(year, years, use):
    assert use_of(year, 2019, measures(**years)) == use


def test_a_year_may_have_two_uses_or_none():
    both = pd.concat([measures(carry_years=1), measures(years_before=1)])
    assert use_of(2018, 2019, both) == "enters means of several years and fills gaps"
    assert use_of(2019, 2019, both.iloc[:0]) == "no measure uses it"


def test_of_lists_with_faults_nothing_is_said(tiny):
    tiny.put("sources.csv", 4, "years", "soon")
    (tiny.edition.raw / "more.csv").write_text("x", "utf8")
    assert notes(tiny) == []


def test_what_a_recipe_leaves_out_is_noted_but_not_the_titles_above_the_head(tiny):
    path = tiny.path(YEARBOOK)
    path.write_text("a title\n" + path.read_text("utf8"), "utf8")
    recipe = Recipe(header_rows=(2,), leave_out=(Omission("asked twice", line=4),))
    kept = recipe_path(tiny.edition, YEARBOOK)
    kept.parent.mkdir()
    kept.write_text(recipe_text(YEARBOOK, recipe), "utf8")
    said = [finding for finding in notes(tiny) if "leaves it out" in finding.fault.rule]
    assert [(f.severity, f.fault.file, f.fault.line, f.fault.rule) for f in said] == [
        ("note", YEARBOOK, 4, "the recipe leaves it out, asked twice")
    ]


def test_a_workbook_of_which_a_sheet_is_listed_is_no_stray_file(tiny):
    """Its sheet cannot be read here, which is another fault."""
    now = judged(tiny.edition)[0].sound
    (now.raw / "export.xlsx").write_bytes(b"x")
    sources = now.lists["sources.csv"].assign(file="export.xlsx#one")
    listed = replace(now, lists={**now.lists, "sources.csv": sources.iloc[:1]})
    assert "export.xlsx" not in {finding.fault.file for finding in stray_files(listed)}
