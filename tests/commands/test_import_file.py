"""The command `import`: what it shows, asks and writes."""

from pathlib import Path

import pytest
from conftest import read
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import cli, import_file
from analysis.editions.importing.proposal import Proposal
from analysis.editions.new_edition import lay_out
from analysis.index.refusal import RefusedValueError

CITATION = ["--citation", "An office: a table"]


@pytest.fixture
def run(tiny, monkeypatch):
    """Runs the command on the edition after the tiny one; returns what it says."""
    edition = lay_out(tiny.edition, "next", 2020)
    monkeypatch.setattr(import_file, "load", lambda *_: edition)

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(cli.app, ["import", *arguments], catch_exceptions=True)
        if isinstance(result.exception, RefusedValueError):
            return result.output + str(result.exception)
        assert result.exception is None, result.exception
        return result.output

    call.edition = edition
    return call


@pytest.fixture
def sent(tiny, tmp_path):
    table = read(tiny.path("yearbook_2019.csv")).assign(year="2020")
    path = tmp_path / "sent.csv"
    table[["city", "year", "gdp_100m", "emp_it"]].to_csv(path, index=False)
    return path


def state(edition: editions.Edition) -> dict:
    return {path: path.read_bytes() for path in edition.raw.rglob("*") if path.is_file()}


def test_nothing_is_written_before_all_is_decided(run, sent):
    before = state(run.edition)
    said = run(str(sent), "--yes")
    assert "1. what is to be cited" in said
    assert "1 to decide; nothing was written" in said
    assert state(run.edition) == before


def test_without_a_terminal_somebody_must_say_yes(run, sent):
    before = state(run.edition)
    assert "--yes agrees to what is proposed" in run(str(sent), *CITATION)
    assert state(run.edition) == before


def test_what_was_taken_for_what_is_shown_and_written(run, sent):
    said = run(str(sent), "--yes", *CITATION)
    assert "'gdp_100m': gdp_100m in 100 million yuan" in said
    assert "takes the place of: yearbook_2020.csv" in said
    assert "expected and not in the file: gdp_pc_yuan" in said
    assert "edition next: check has" in said  # the tiny one is not built, whose rulers it needs
    assert (run.edition.raw / "sent.csv").read_bytes() == sent.read_bytes()
    assert "has all of this already" in run(str(sent), "--yes")


@pytest.mark.parametrize("text", ["gdp", "=gdp", "gdp="])
def test_an_option_of_two_texts_needs_both(text):
    with pytest.raises(RefusedValueError, match="must be two texts with = between them"):
        import_file.pairs("--column", [text])


def test_a_heading_may_have_an_equals_sign():
    assert import_file.pairs("--column", ["a=b=gdp"]) == {"a=b": "gdp"}
    assert import_file.pairs("--column", None) == {}


def test_what_is_left_out_is_counted_and_the_first_are_named():
    from analysis.commands.common import left_out_line

    names = [f"n{number}" for number in range(8)]
    assert left_out_line("totals", names[:2]) == "left out, totals: 2 (n0; n1)"
    assert (
        left_out_line("totals", names) == "left out, totals: 8 (n0; n1; n2; n3; n4; n5 and 2 more)"
    )


def test_sheets_that_are_left_aside_are_one_line():
    names = [f"t.xlsx#{number}" for number in range(8)]
    proposal = Proposal(Path("t.xlsx"), [], names, "", "", "", [], (), [])
    assert next(import_file.proposal_lines(proposal, [])) == (
        "left out, sheets without a table of cities: 8 (t.xlsx#0; t.xlsx#1; t.xlsx#2; t.xlsx#3; "
        "t.xlsx#4; t.xlsx#5 and 2 more)"
    )
