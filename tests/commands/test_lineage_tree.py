"""The way of a rank as a tree to read."""

from typer.testing import CliRunner

from analysis.commands import cli, lineage_tree

RUN = CliRunner()


def test_the_tree_names_the_way_to_an_indicator_and_nothing_beside_it():
    words = ["explain", "Shenzhen", "--indicator", "fixed_broadband", "--edition", "2020"]
    done = RUN.invoke(cli.app, words)
    assert done.exit_code == 0
    for text in (
        "深圳 Shenzhen",
        "90 % interval",
        "Digital infrastructure",
        "Broadband subscribers",
    ):
        assert text in done.stdout
    for text in ("Mobile internet", "Digital economy"):
        assert text not in done.stdout


def test_a_city_without_a_rank_shows_the_reason_and_its_figures():
    done = RUN.invoke(cli.app, ["explain", "三沙", "--edition", "2020"])
    assert done.exit_code == 0
    assert "not ranked: 52 % of all measures present, 65 % needed" in done.stdout
    assert "printed “131”" in done.stdout


def test_a_mean_over_years_shows_every_printed_figure_and_how_the_value_follows():
    words = ["explain", "Lhasa", "--indicator", "government_transparency", "--edition", "2020"]
    shown = " ".join(RUN.invoke(cli.app, words).stdout.replace("│", " ").split())
    assert "averaged over 2018, 2019, 2020" in shown
    assert "53.1532 + ((-18.1502) + (-22.8488) + (-10.4242)) / 3 = 36.0121" in shown
    for year, printed, line in (
        (2018, "29.315068493150687", 257),
        (2019, "30.304347826086953", 549),
        (2020, "51.29", 842),
    ):
        place = f"printed “{printed}” in fiscal_transparency_2018_2020.csv, line {line}, column"
        assert place in shown.partition(f"{year}: ")[2]


def test_the_figure_that_decides_is_said_unless_none_does():
    figure = {
        "name": "Buses", "file": "a.csv", "line": 7, "column": "n", "rank_without": 9, "moved": 2,
    }  # fmt: skip
    said = lineage_tree.deciding_line(figure)
    assert "Buses (a.csv, line 7, column n)" in said
    assert said.endswith("place 9")
    assert "no single figure decides" in lineage_tree.deciding_line(figure | {"moved": 0})


def test_a_heading_that_is_the_column_is_named_once():
    figure = {"file": "a.xlsx#A", "line": 7, "column": "GDP", "table": "", "heading": "GDP"}
    assert lineage_tree.place(figure) == "a.xlsx, sheet A, line 7, column GDP"
    titled = figure | {"table": "2-9 output"}
    assert lineage_tree.place(titled).endswith("column GDP (2-9 output)")
    other = titled | {"heading": "gross"}
    assert lineage_tree.place(other).endswith("column GDP (2-9 output gross)")
