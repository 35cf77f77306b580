"""`check`: a table for a person, all of it for a program, a page, and the exit status."""

import csv
import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import check, cli
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding, causes

RUNNER = CliRunner()
YEARBOOK = "yearbook_2019.csv"


def fault(
    line: int, column: str = "beds", rule: str = "must be a number", cause: str = ""
) -> Fault:
    return Fault("a.csv", line, column, f"n{line}", rule, cause)


@pytest.fixture
def project(tiny, monkeypatch):
    """The tiny edition as the project of the command line."""
    monkeypatch.setattr(check, "load", lambda name: editions.load(name, tiny.edition.root))
    tiny.seal()
    return tiny


def spoilt(project) -> None:
    for line in range(2, 7):
        project.put(YEARBOOK, line, "emp_it", "—")
    project.seal()


def run(*words: str):
    return RUNNER.invoke(cli.app, ["check", "tiny", *words])


@pytest.mark.usefixtures("project")
def test_what_is_found_goes_to_standard_output_and_a_sound_edition_passes():
    done = run()
    assert done.exit_code == 0
    assert done.stderr == ""
    last = done.stdout.splitlines()[-1]
    assert last.startswith("edition tiny: all input is in order; ")


@pytest.mark.usefixtures("followed")
def test_the_last_line_says_that_evidence_is_lost(project):
    lines = project.path("sources.csv").read_text("utf8").splitlines()
    kept = [line for line in lines if not line.startswith("pilots.csv")]
    project.path("sources.csv").write_text("\n".join(kept) + "\n", "utf8")
    last = run().stdout.splitlines()[-1]
    # Of its one variable a measure is made.
    assert last.startswith(
        "edition tiny: all input is in order, but evidence is lost: 1 cause (1 in all); "
    )


def test_five_faults_of_one_cause_are_one_line_with_the_first_three(project):
    spoilt(project)
    done = run()
    assert done.exit_code == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("refused")] == [
        f"refused: {YEARBOOK}, column emp_it: must be a number: 5 in all: "
        "line 2, '—'; line 3, '—'; line 4, '—'; and 2 more"
    ]
    assert "edition tiny: 1 cause (5 in all) to settle before it can be built" in done.stdout


def test_json_has_every_cell(project):
    spoilt(project)
    done = run("--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["edition"], said["accepted"]) == (1, "tiny", False)
    first = said["causes"][0]
    assert (first["severity"], first["cells"], first["weight"]) == ("refused", 5, 0.125)
    assert [row["line"] for row in first["findings"]] == [2, 3, 4, 5, 6]


def test_csv_has_a_line_for_every_cell(project):
    spoilt(project)
    rows = list(csv.DictReader(io.StringIO(run("--csv").stdout)))
    refused = [row for row in rows if row["severity"] == "refused"]
    assert [(row["line"], row["value"], row["says"]) for row in refused] == [
        (str(line), "—", "must be a number") for line in range(2, 7)
    ]
    assert tuple(rows[0]) == check.FIELDS


@pytest.mark.usefixtures("project")
def test_one_way_to_print_at_a_time():
    assert run("--json", "--csv").exit_code == 2


@pytest.mark.usefixtures("project")
def test_a_page_is_written_and_named(tmp_path):
    path = tmp_path / "page.html"
    done = run("--html", str(path))
    assert f"{path}: written" in done.stdout
    assert "<html" in path.read_text("utf8")


@pytest.mark.parametrize("width", [60, 120])
def test_the_table_is_as_wide_as_the_terminal(width):
    found = causes(Finding("refused", fault(line)) for line in range(2, 2002))
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system=None)
    console.print(check.table(found))
    lines = console.file.getvalue().splitlines()
    assert {len(line) for line in lines} == {width}
    assert "2,000" in console.file.getvalue()


def test_several_columns_are_counted_beyond_the_first_three():
    found = causes(Finding("refused", fault(n, f"c{n}")) for n in range(5))
    assert check.where(found[0]) == "a.csv\nc0, c1, c2 and 2 more columns"
    assert check.examples(found[0]) == [
        "line 0, c0, 'n0'", "line 1, c1, 'n1'", "line 2, c2, 'n2'", "and 2 more",
    ]  # fmt: skip


def test_missing_files_are_one_line():
    faults = [Fault(f"{name}.csv", "", "", "", "the file is not there") for name in "abcde"]
    [cause] = causes(Finding("refused", each) for each in faults)
    assert check.line_of(cause) == (
        "refused: a.csv, b.csv, c.csv and 2 more files: the file is not there: 5 in all"
    )


def test_a_figure_is_shown_with_that_before_unless_its_rule_says_it():
    plain = [Finding("suspicious", fault(n), before="7") for n in (2, 3)]
    told = [
        Finding("suspicious", fault(n, rule="9 times", cause="far"), before="7") for n in (2, 3)
    ]
    assert check.examples(causes(plain)[0])[0] == "line 2, 'n2': before 7"
    assert check.examples(causes(told)[0])[0] == "line 2, 'n2': 9 times"


def test_what_a_rule_settles_is_said_of_a_single_figure_too():
    [cause] = causes([Finding("suspicious", fault(2), "beds", "1")], {}, {("beds", "1")})
    assert check.line_of(cause).endswith(
        "must be a number; a cleaning rule or a correction settles it"
    )
