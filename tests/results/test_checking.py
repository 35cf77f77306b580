"""What `check` lists, and how it says it."""

import pandas as pd

from analysis import editions
from analysis.results.checking import finding_lines, findings

COLUMNS = ["severity", "file", "line", "column", "value", "rule"]


def test_a_faultless_edition_without_a_predecessor_has_nothing_to_look_at(built_tiny):
    found = findings(built_tiny)
    assert list(found.columns) == COLUMNS
    assert found.empty
    assert list(finding_lines(found)) == []


def test_a_fault_is_refused_and_hides_what_would_be_said_of_sound_figures(tiny):
    tiny.put("yearbook_2019.csv", 2, "gdp_100m", "many")
    tiny.seal()
    found = findings(editions.load("tiny", tiny.edition.root))
    assert set(found["severity"]) == {"refused"}
    assert found[["file", "line", "column", "value"]].astype(str).to_numpy().tolist() == [
        ["yearbook_2019.csv", "2", "gdp_100m", "many"]
    ]
    (line,) = finding_lines(found)
    assert line.startswith("refused: yearbook_2019.csv, line 2, column gdp_100m, value 'many': ")


def test_a_finding_is_one_line_that_begins_with_how_grave_it_is():
    rows = [("lost", "measures.csv", 7, "measure", "parcels", "has no figures")]
    found = pd.DataFrame(rows, columns=COLUMNS)
    assert list(finding_lines(found)) == [
        "lost: measures.csv, line 7, column measure, value 'parcels': has no figures"
    ]
