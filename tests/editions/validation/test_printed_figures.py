"""Every figure of the raw files with its place, whatever file it stands in."""

import pandas as pd

from analysis.editions.validation.printed_figures import printed_figures

SOURCES = pd.DataFrame(
    [("a.csv", "office", "table"), ("b.csv", "notices", "designations")],
    columns=["file", "source", "layout"],
)


def description(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["column", "role", "variable", "year"])
    return table.assign(unit="people", factor=1.0)


TABLE = pd.DataFrame(
    {
        "adcode": ["110000", "120000"],
        "year": ["２０１９", "2019"],
        "men": ["1,000", ""],
        "b18": ["x", "7"],
    },
    index=[2, 3],
)
COLUMNS = description(
    ("adcode", "key", "", ""), ("year", "year", "", ""), ("men", "value", "men", ""),
    ("b18", "value", "boys", "2018"), ("gone", "value", "girls", ""),
)  # fmt: skip


def test_each_cell_of_a_column_of_figures_is_a_line_with_its_place():
    found = printed_figures(SOURCES, {"a.csv": TABLE, "b.csv": TABLE}, {"a.csv": COLUMNS})
    shown = found[["source", "file", "variable", "adcode", "year", "printed", "line"]]
    assert shown.to_numpy().tolist() == [
        ["office", "a.csv", "men", "110000", "2019", "1,000", 2],
        ["office", "a.csv", "men", "120000", "2019", "", 3],
        ["office", "a.csv", "boys", "110000", "2018", "x", 2],
        ["office", "a.csv", "boys", "120000", "2018", "7", 3],
    ]
    assert found["number"].fillna(-1).tolist() == [1000, -1, -1, 7]


def test_a_figure_counts_in_the_unit_of_its_variable():
    columns = COLUMNS.assign(factor=[1.0, 1.0, 0.001, 100.0, 1.0])
    found = printed_figures(SOURCES, {"a.csv": TABLE}, {"a.csv": columns})
    # 1,000 in thousandths, 7 in hundreds.
    assert found["number"].dropna().tolist() == [1, 700]


def test_a_table_without_codes_has_no_figures():
    found = printed_figures(SOURCES, {"a.csv": TABLE.drop(columns="adcode")}, {"a.csv": COLUMNS})
    assert found.empty


def test_of_no_files_there_are_no_figures():
    found = printed_figures(SOURCES, {}, {})
    assert found.empty
    assert {"variable", "number"} <= set(found.columns)
