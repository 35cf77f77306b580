"""Whatever is wrong with the tables of an index is refused with its place and what to do."""

from dataclasses import replace

import numpy as np
import pytest
from any_units import DATA, FLAT, SOME, TREE, faults, lay_out, ranking
from hypothesis import given
from hypothesis import strategies as st

from analysis.editions.validation.case_files import read_case
from analysis.index.refusal import RefusalError
from analysis.ranking.any_units import index_tables

LIMIT = "must not be larger than 1e+30 in size: take another unit of measurement"
FORMULA = "must not begin with = + - or @, as a formula does"
CONTROL = "must not hold a line break, a tab or another control character"
COLUMNS = "code, parent, weight, direction, level, name, note, number, "

ONE_OF_TWO = "correct or take out one of the two"


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (
            TREE.replace("rents,income,3", "rents,income,-3").replace(",-1,", ",down,"),
            [
                ("7", "direction", "down", "must be one of 1, -1"),
                ("9", "weight", "-3", "must be at least 1e-9"),
            ],
        ),
        (
            TREE.replace("rents,income,3", "rents,income,1e308"),
            [("9", "weight", "1e308", "must not be larger than 1e+30 in size")],
        ),
        (
            TREE.replace("births,health", "births,helath"),
            [("6", "parent", "helath", "is no code of the framework; the nearest: health, "
              "wealth, deaths")],
        ),
        (
            TREE.replace("wealth,top", "wealth,"),
            [("3", "parent", "", "is empty, and so is that of top: one code is the top")],
        ),
        (
            TREE.replace("top,,", "top,income,"),
            [
                (line, "parent", parent, f"lies below the code itself: {path} run in a circle")
                for line, parent, path in [
                    ("2", "income", "top, income, wealth"),
                    ("3", "top", "wealth, top, income"),
                    ("5", "wealth", "income, wealth, top"),
                ]
            ]
            + [("", "parent", "", "every code has one: leave it empty for the top, of which the "
                "index is made")],
        ),
        ("code,parent\ntop,\n", [("", "", "", "there is no leaf below the top")]),
        (
            TREE.replace("health,top,1,,", "health,top,1,-1,"),
            [("4", "direction", "-1",
              "only leaves have a direction: empty this one and turn those below (births, "
              "deaths)")],
        ),
        (
            TREE.replace("top,,,,", "top,,,-1,"),
            [("2", "direction", "-1", "only leaves have a direction: empty this one and turn those "
              "below (births, deaths, wages, rents)")],
        ),
        (
            TREE.replace("income,wealth,", " =income ,wealth,").replace(",income,", ",=income,"),
            [("5", "code", "=income", FORMULA)],
        ),
        (
            TREE.replace("Everything", "@sum"),
            [("2", "name", "@sum", FORMULA)],
        ),
        (
            TREE.replace("Everything", '"Every\nthing"'),
            [("3", "name", "Every\nthing", CONTROL)],
        ),
        (
            TREE.replace("wealth", "rents"),
            [("9", "code", "rents", f"must not repeat line 3: {ONE_OF_TWO}")],
        ),
        (
            TREE.replace("name\n", "colour\n", 1),
            [("1", "colour", "", f"no such column is known; known are {COLUMNS}name_…")],
        ),
        (
            TREE.replace("weight,direction", "weight,weight"),
            [("1", "weight", "", "the column stands twice: take one of the two out")],
        ),
        (
            TREE.replace("code,parent", "code,code"),
            [
                ("1", "parent", "",
                 "the column is missing (a framework needs both); there are: code, code, weight, "
                 "direction, name"),
                ("1", "code", "", "the column stands twice: take one of the two out"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_table_that_is_no_tree_is_refused_with_every_fault(tmp_path, tree, expected):
    assert faults(tmp_path, tree) == [("tree.csv", *fault) for fault in expected]


@pytest.mark.parametrize("code", ["unit", "name", "index", "rank", "coverage"])
@pytest.mark.parametrize("place", ["branch", "leaf"])
def test_a_code_that_is_a_column_of_the_results_is_refused(tmp_path, code, place):
    old = "wealth" if place == "branch" else "wages"
    line = {"branch": "3", "leaf": "8"}[place]
    rule = "is the name of a column of the results: choose another code"
    assert faults(tmp_path, TREE.replace(old, code)) == [("tree.csv", line, "code", code, rule)]


def test_the_top_may_be_called_index_as_that_is_what_it_is(tmp_path):
    renamed = ranking(tmp_path, TREE.replace("top", "index"))
    assert renamed.equals(ranking(tmp_path))


@pytest.mark.parametrize("code", ["all", "reason", "leaf", "weight", "value", "level"])
def test_no_other_name_is_reserved(tmp_path, code):
    for old in ("wealth", "wages", "top"):
        tree, data = TREE.replace(old, code), DATA.replace(old, code)
        assert ranking(tmp_path, tree, data)["index"].tolist() == [78.125, 68.75, 31.25]


SWAPPED = "the column is missing (the framework is named first, then the data); there are: "


def test_tables_in_the_wrong_order_are_told_apart(tmp_path):
    there = f"{SWAPPED}unit, wages, rents, births, deaths"
    assert faults(tmp_path, DATA, TREE) == [
        ("tree.csv", "1", name, "", there) for name in ("code", "parent")
    ]


def test_a_framework_that_calls_its_codes_otherwise_is_refused_in_one_line(tmp_path):
    rule = "the column is missing (a framework needs both); there are: id, parent, weight"
    tree = "id,parent,weight\ntop,,\na,top,1\n"
    assert faults(tmp_path, tree, "unit,a\nA,1\nB,2\n") == [("tree.csv", "1", "code", "", rule)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            DATA.replace("wages", "wage").replace("Unit B", "Unit A").replace("10,20", '10,"2,5"'),
            [
                ("1", "wage", "", "no such column is known as a leaf of the framework; "
                 "the nearest: wages"),
                ("2", "deaths", "2,5", "must be a number, with a point before its decimals"),
                ("3", "unit", "Unit A", f"must not repeat line 2: {ONE_OF_TWO}"),
            ],
        ),
        (
            DATA.replace("wages", "health"),
            [("1", "health", "", "is a branch of the framework, and only leaves have figures")],
        ),
        (
            DATA.replace("wages", "rents"),
            [("1", "rents", "", "the column stands twice: take one of the two out")],
        ),
        (DATA.replace("Unit C", "=1+1"), [("4", "unit", "=1+1", FORMULA)]),
        (DATA.replace("Unit C", '"\t=cmd()"'), [("4", "unit", "=cmd()", FORMULA)]),
        (DATA.replace("Unit C", '"\r=cmd()"'), [("5", "unit", "=cmd()", FORMULA)]),
        (DATA.replace("Unit C", "  +1"), [("4", "unit", "+1", FORMULA)]),
        (DATA.replace("Unit C", "＝1+1"), [("4", "unit", "＝1+1", FORMULA)]),
        (DATA.replace("Unit C", '"A\tB"'), [("4", "unit", "A\tB", CONTROL)]),
        (DATA.replace("Unit C", "A\u2028B"), [("4", "unit", "A\u2028B", CONTROL)]),
        (DATA.replace("Unit C", "A\x85B"), [("4", "unit", "A\x85B", CONTROL)]),
        (DATA.replace("Unit C", ""), [("4", "unit", "", "must not be empty")]),
        (DATA.replace("Unit C", "\u3000"), [("4", "unit", "", "must not be empty")]),
        (
            "unit,other\na,1\n",
            [
                ("1", "other", "", "no such column is known as a leaf of the framework"),
                ("1", "", "", "no column has the code of a leaf of the framework"),
            ],
        ),
        (
            "wages,rents\n0,10\n10,0\n",
            [("1", "wages", "", "is a code of the framework: put a column with the names of the "
              "units before it")],
        ),
        ("unit,wages,rents\n", [("", "", "", "the table has a header and no units below it")]),
        ("unit,wages,rents\nA,,\nB,,\n", [("", "", "", "no leaf has a figure")]),
        (
            DATA.replace("deaths\n", "deaths,\n").replace("20\n", "20,5\n").replace("10\n", "10,\n")
            .replace("15\n", "15,\n").replace(",,,\n", ",,,,\n"),
            [("1", "no. 6", "", "has no heading: name it by the code of a leaf, or take the column "
              "out")],
        ),
        (DATA.replace("10,20", "10,1e308"), [("2", "deaths", "1e308", LIMIT)]),
        (DATA.replace("10,20", "10,-1e308"), [("2", "deaths", "-1e308", LIMIT)]),
        (
            DATA.replace("10,20", "10,..").replace("0,10\n", "0,12 kg\n"),
            [
                ("2", "deaths", "..", "must be a number; if it marks a missing figure, add "
                 "--missing '..'"),
                ("3", "deaths", "12 kg", "must be a number, without a unit of measurement or a "
                 "note"),
            ],
        ),
        (
            DATA.replace("10,20", "10,20%"),
            [("2", "deaths", "20%", "has a sign of percent, which every figure of a column has or "
              "none")],
        ),
    ],
)  # fmt: skip
def test_data_that_do_not_fit_are_refused_with_every_fault(tmp_path, data, expected):
    assert faults(tmp_path, TREE, data) == [("data.csv", *fault) for fault in expected]


def test_a_heading_that_is_left_out_names_the_units(tmp_path):
    assert ranking(tmp_path, TREE, DATA.removeprefix("unit")).equals(ranking(tmp_path))


def test_blanks_around_anything_do_not_count(tmp_path):
    spaced = "\n".join(
        ",".join(f" {field} " for field in line.split(",")) for line in TREE.split("\n")[:-1]
    )
    data = DATA.replace("Unit A", " Unit A\u3000").replace("Unit B,10", "Unit B, 10 ")
    assert ranking(tmp_path, spaced, data).equals(ranking(tmp_path))


def test_a_comma_at_the_end_of_every_line_is_no_column(tmp_path):
    assert ranking(tmp_path, FLAT, SOME.replace("\n", ",\n")).equals(ranking(tmp_path, FLAT, SOME))


FIELDS = [
    "", "0", "1", "-1", "2.5", "1e308", "-1e-300", "a", "b", "top", "=1", "10%", "..", "NaN", "inf",
    "x", "\u3000", '"', "1,000", "٣", "1e400", "index", "name", "\x00", "é", "none", "log",
    "harmonic", "entropy", "z_score", "critic", "principal_component", "distance_to_best",
    "treatment",
]  # fmt: skip
METHOD = "parameter,value\ntreatment,winsorise\nnormalisation,min_max\nweighting,equal\n"


@st.composite
def spoilt(draw: st.DrawFn) -> list[str]:
    """The three tables of a sound case, with some fields, lines or columns changed."""
    found = [FLAT, SOME, METHOD + "aggregation,arithmetic\ncoverage_all,0"]
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, 2))
        rows = [line.split(",") for line in found[number].splitlines()]
        row = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, len(rows[row]) - 1))
        kind = draw(st.sampled_from(["field", "field", "field", "line", "column", "again"]))
        if kind == "field":
            rows[row][column] = draw(st.sampled_from(FIELDS))
        elif kind == "line" and len(rows) > 1:
            del rows[row]
        elif kind == "again":
            rows.append(rows[row])
        elif kind == "column" and all(len(each) > max(column, 1) for each in rows):
            rows = [each[:column] + each[column + 1 :] for each in rows]
        found[number] = "\n".join(map(",".join, rows)) + "\n"
    return found


@given(spoilt())
def test_any_tables_are_an_index_or_refused_and_nothing_else(tmp_path_factory, case):
    tree, data, method = case
    files = lay_out(tmp_path_factory.mktemp("any"), tree, data)
    chosen = files.data.with_name("method.csv")
    chosen.write_text(method, "utf8")
    try:
        found = index_tables(read_case(replace(files, method=chosen)))["ranking"]
    except RefusalError:
        return
    assert len(found) >= 2
    assert np.isfinite(found["index"]).all()
    assert found["rank"].iloc[0] == 1
