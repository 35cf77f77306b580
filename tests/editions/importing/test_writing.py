"""What a proposal writes: the file as it came, its recipe and the lines of the two lists."""

import pytest
from conftest import read

from analysis.editions import storage
from analysis.editions.importing.grids import Grid
from analysis.editions.importing.kept import kept_recipe
from analysis.editions.importing.proposal import Answers, propose
from analysis.editions.importing.writing import changes, replaced, scaled, write
from analysis.editions.incoming import file_rows, left_out_lines, raw_table
from analysis.editions.recipes import recipe_of, recipe_path
from analysis.ranking.readings import read_all

OFFICE = "office.xlsx"


def taken(edition, path, **answers):
    write(edition, propose(edition, path, Answers(**answers)))
    return edition


def test_a_file_takes_the_place_of_the_one_that_was_expected(waiting, office):
    proposal = propose(waiting, office, Answers())
    assert replaced(waiting, proposal) == ["yearbook_2020.csv"]
    write(waiting, proposal)
    sources = read(waiting.raw / "sources.csv").set_index("file")
    assert "yearbook_2020.csv" not in sources.index
    line = sources.loc[OFFICE]
    assert (line["source"], line["years"], line["authority"], line["citation"]) == (
        "yearbook", "2020", "Invented office", "《虚构统计年鉴2021》",
    )  # fmt: skip
    assert (waiting.raw / OFFICE).read_bytes() == office.read_bytes()
    columns = read(waiting.raw / "columns.csv").query("file == @OFFICE").set_index("column")
    assert columns.loc["城市", "role"] == "name"
    share = columns.loc["环境 / sewage_treat_pct / （%）"]
    assert (share["variable"], share["year"], share["unit"], share["maximum"]) == (
        "sewage_treat_pct", "2020", "percent", "100",
    )  # fmt: skip


def test_the_figures_are_those_of_the_file_at_their_lines(waiting, office):
    found = read_all(taken(waiting, office)).query("file == @OFFICE and variable == 'gdp_100m'")
    alder = found[found["adcode"] == "910100"].iloc[0]
    assert (alder["value"], alder["line"], alder["year"]) == (9898.0, 6, 2020)  # 9800 × 1.01
    assert alder["column"] == "经济 / gdp_100m / （亿元）"
    assert len(found) == 12


def test_what_is_left_out_is_named(waiting, office):
    left = left_out_lines(taken(waiting, office), OFFICE)
    assert list(left["name"]) == [
        "2020年主要指标",
        "北岸省",
        "州州",
        "资料来源：《虚构统计年鉴2021》",
    ]
    assert list(left["line"]) == [1, 5, 18, 20]


def test_a_second_time_nothing_changes(waiting, office):
    taken(waiting, office)
    assert changes(waiting, propose(waiting, office, Answers())) == {}


def test_a_recipe_edited_by_hand_is_kept(waiting, office):
    path = recipe_path(taken(waiting, office), OFFICE)
    path.write_text(path.read_text("utf8").replace("totals of provinces", "sums"), "utf8")
    proposal = propose(waiting, office, Answers())
    write(waiting, proposal)
    assert "sums" in {omission.reason for omission in recipe_of(waiting, OFFICE).leave_out}


def test_the_recipe_of_the_year_before_comes_first(waiting, office):
    """The same head in the edition before: its recipe and columns are taken, whatever they say."""
    taken(waiting, office)
    from analysis.editions.new_edition import lay_out

    following = lay_out(waiting, "after", 2021)
    kept = kept_recipe(following, Grid("office_2021.xlsx", file_rows(office)))
    assert kept.origin == "the recipe of office.xlsx in edition next"
    assert kept.recipe == recipe_of(waiting, OFFICE)
    assert kept.columns["经济 / gdp_100m / （亿元）"] == ("gdp_100m", "100 million yuan")
    other = [(1, ["城市", "x"]), (2, ["甲市", "1"])]
    assert kept_recipe(following, Grid("t.csv", other)) is None


def test_a_share_of_1_has_its_bounds_in_its_own_unit(waiting, put, body):
    rows = [[row[0], row[3] if row[3] == "—" else row[3] / 100] for row in body]
    path = put("t.xlsx", Sheet1=[["城市", "sewage_treat_pct"], *rows])
    edition = taken(waiting, path, year="2020", citation="x")
    line = read(edition.raw / "columns.csv").query("file == 't.xlsx' and role == 'value'").iloc[0]
    assert (line["unit"], line["minimum"], line["maximum"]) == ("share of 1", "0", "1")
    figures = read_all(edition).query("file == 't.xlsx' and adcode == '910100'")
    assert list(figures["value"]) == [98.5]


@pytest.mark.parametrize(
    ("bound", "times", "text"), [("", 9, ""), ("100", 0.01, "1"), ("0", 5, "0")]
)
def test_a_bound_moves_with_its_unit(bound, times, text):
    assert scaled(bound, times) == text


def test_a_failure_leaves_the_edition_as_it_was(waiting, office, monkeypatch):
    proposal = propose(waiting, office, Answers())
    kept = {path: path.read_bytes() for path in waiting.raw.rglob("*") if path.is_file()}

    def fail(*_):
        raise OSError(28, "no space left")

    monkeypatch.setattr(storage, "swap", fail)
    with pytest.raises(storage.WritingFailedError, match="the disk is full; nothing was written"):
        write(waiting, proposal)
    assert {path: path.read_bytes() for path in waiting.raw.rglob("*") if path.is_file()} == kept


def test_a_long_table_names_the_line_of_every_figure(waiting, tmp_path, before):
    lines = [f"{row['city']},2020,gdp_100m,（亿元）,{row['gdp_100m']}"
             for row in before.to_dict("records") for _ in (0,)]  # fmt: skip
    lines += [f"{row['city']},2020,telecom_rev_10kyuan,（万元）,{row['telecom_rev_10kyuan']}"
              for row in before.to_dict("records")]  # fmt: skip
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(["城市,年份,指标,单位,数值", *lines]), "utf8")
    edition = taken(waiting, path, citation="x")
    found = read_all(edition).query("file == 'panel.csv' and adcode == '910200'")
    assert dict(zip(found["variable"], found["line"], strict=True)) == {
        "gdp_100m": 3, "telecom_rev_10kyuan": 15,
    }  # fmt: skip
    assert list(raw_table(edition, "panel.csv")["adcode"])[:2] == ["910100", "910200"]
