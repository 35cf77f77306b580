"""Every example of docs/own-index.md is carried out as it is printed."""

import re
import shlex

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import cli, index, own
from analysis.editions import ROOT
from analysis.editions.validation import input_faults
from analysis.editions.validation.any_method import PARAMETERS
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking import own_figures

PAGE = (ROOT / "docs" / "own-index.md").read_text("utf8")
FILE = re.compile(r"^\*\*([\w.]+)\*\*\n\n```\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^```bash\n\.venv/bin/digital-city (.*?)\n```", re.MULTILINE | re.DOTALL)
FILES = dict(FILE.findall(PAGE))
COMMANDS = COMMAND.findall(PAGE)
INDICES = [line for line in COMMANDS if line.startswith("index ")]
REPORTS = [line for line in COMMANDS if line.startswith("report ")]
# What the page says of a file that is not UTF-8.
ENCODINGS = {"marked.csv": "cp1252"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with every file of the page, in which the commands are given."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, ENCODINGS.get(name, "utf8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(index, "ROOT", tmp_path / "project")
    return tmp_path


def test_the_page_has_the_examples_that_are_carried_out_here():
    blocks = PAGE.count("```") // 2
    assert blocks == len(FILES) + len(COMMANDS) == 11
    assert len(INDICES) == 3
    assert len(REPORTS) == 2


@pytest.mark.parametrize("line", INDICES)
def test_an_index_of_the_page_is_computed_and_has_the_tables_that_are_named(folder, line):
    done = CliRunner().invoke(cli.app, shlex.split(line))
    assert done.exit_code == 0, done.exception
    asked = re.search(r"--output (\S+)", line)
    written = folder / (asked[1] if asked else "project/_output/index")
    table = PAGE[PAGE.index("| in the folder |") :].partition("\n\n")[0]
    assert {path.name for path in written.iterdir()} == set(re.findall(r"`(\w+\.csv)`", table))
    data = shlex.split(line)[2]
    units = pd.read_csv(data, sep=None, engine="python", encoding=ENCODINGS.get(data)).iloc[:, 0]
    ranked, lacking = (
        pd.read_csv(written / f"{name}.csv")["unit"] for name in ("ranking", "unranked")
    )
    assert sorted([*ranked, *lacking]) == sorted(units)


def test_the_index_of_the_page_worked_by_hand(folder):
    CliRunner().invoke(cli.app, shlex.split(INDICES[0]))
    ranking = pd.read_csv(folder / "my-index" / "ranking.csv").set_index("unit")
    # income 100, 60, 0; births 100, -, 0; deaths 0, 100, 50; health 50, 100, 25;
    # top = (3 wealth + health) / 4.
    assert ranking["index"].to_dict() == {"Unit A": 87.5, "Unit B": 70, "Unit C": 6.25}


def test_the_method_of_the_page_worked_by_hand(folder):
    line = next(line for line in INDICES if "--method" in line)
    CliRunner().invoke(cli.app, shlex.split(line))
    ranking = pd.read_csv(folder / "project" / "_output" / "index" / "ranking.csv")
    # On a scale from 1 to 100: income 100, 60.4, 1; health of B the deaths alone, 100.
    expected = (60.4**3 * 100) ** 0.25
    assert ranking.set_index("unit").loc["Unit B", "index"] == pytest.approx(expected)


def test_what_the_page_says_to_be_refused_is(folder):
    for name, old, new, rule in [
        ("method.csv", "scale_lower,1\n", "", "add a line scale_lower,1"),
        ("framework.csv", "wealth,top,3,", "wealth,top,3,-1", "only leaves have a direction"),
        ("framework.csv", "births", "index", "is the name of a column of the results"),
        ("data.csv", "8,,10", "8,NA,10", "add --missing 'NA'"),
    ]:
        (folder / name).write_text(FILES[name].replace(old, new), "utf8")
        line = INDICES[0] + (" --method method.csv" if name == "method.csv" else "")
        done = CliRunner().invoke(cli.app, shlex.split(line))
        assert isinstance(done.exception, InputRefusedError), name
        assert rule in str(done.exception)
        (folder / name).write_text(FILES[name], "utf8")


def test_the_page_names_every_parameter_with_its_values_and_defaults():
    table = PAGE[PAGE.index("| parameter | what it may be |") :].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    named = {name: row[1:] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert list(named) == list(PARAMETERS["column"])
    for row in PARAMETERS.to_dict("records"):
        allowed, default = named[row["column"]]
        if row["allowed"]:
            assert re.findall(r"`(\w+)`", allowed) == row["allowed"].split("|")
        assert row["default"] in default


@pytest.mark.parametrize("line", REPORTS)
def test_a_report_of_the_page_is_laid_out_from_its_first_lines_and_more(folder, line, monkeypatch):
    """All but the rendering: the printed lines, and further cities up to the thirty it asks for."""
    cities = editions.load().reference_table("cities")
    known = cities.loc[~cities["name_en"].isin(["Shenzhen", "Hangzhou"]), "name_zh_hans"]
    more = [f"{city},{n},{n % 7},{n % 11}" for n, city in enumerate(known[:40])]
    (folder / "my.csv").write_text(FILES["my.csv"] + "\n".join(more) + "\n", "utf8")
    done = []

    def checked(base, figures, weights, sheet, *_):
        laid_out = own_figures.lay_out(base, figures, folder / "own", weights, sheet)
        input_faults.validate(laid_out)
        done.append(laid_out.reference_table("framework").set_index("code")["weight"])

    monkeypatch.setattr(own, "own_report", checked)
    assert CliRunner().invoke(cli.app, shlex.split(line)).exception is None
    [weights] = done
    expected = ("3", "2") if "--weights" in line else ("1", "1")
    assert (weights["economy"], weights["it_development"]) == tuple(map(float, expected))
