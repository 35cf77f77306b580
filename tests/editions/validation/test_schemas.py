"""What a table may hold: faults of shape, values and keys."""

import pandas as pd
import pytest

from analysis.editions.validation import schemas

NO_KEYS = {"cities.adcode": frozenset({"110000", "120000"})}


def columns(*rows: dict[str, str]) -> pd.DataFrame:
    """A table of columns; what a row does not say is empty."""
    names = ["column", "type", "key", "required", "minimum", "maximum", "allowed", "references"]
    return pd.DataFrame([{name: row.get(name, "") for name in names} for row in rows])


def values(*texts: str) -> pd.DataFrame:
    """A table of one column x, its first record on line 2."""
    return pd.DataFrame(
        {"x": texts}, index=pd.RangeIndex(2, 2 + len(texts), name="line"), dtype=str
    )


def faults(table: pd.DataFrame, *rows: dict[str, str]) -> list[tuple]:
    return [fault[:5] for fault in schemas.table_faults("t.csv", table, columns(*rows), NO_KEYS)]


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("number", "1,5", "must be a number"),
        ("number", "n/a", "must be a number"),
        ("number", "nan", "must be a number"),
        ("number", "inf", "must be a number"),
        ("number", " 1", "must be a number"),
        ("number", "1 000", "must be a number"),
        ("number", "１２", "must be a number"),
        ("number", "-", "must be a number"),
        ("integer", "1.5", "must be a whole number"),
        ("integer", "1e3", "must be a whole number"),
        ("integer", "١", "must be a whole number"),
        ("flag", "2", "must be 0 or 1"),
        ("flag", "true", "must be 0 or 1"),
        ("code", "11000", "must be a six-digit division code"),
        ("code", "1100000", "must be a six-digit division code"),
        ("code", "11000A", "must be a six-digit division code"),
        ("code", "１１００００", "must be a six-digit division code"),
        *(
            ("identifier", text, schemas.PATTERNS["identifier"][1])
            for text in ("ant group", "ant-group", "Ant", "2ant", "_ant", "ant\u00a0", "蚂蚁")
        ),
    ],
)
def test_text_of_the_wrong_type_is_refused_with_its_place(kind, text, rule):
    assert faults(values(text), {"column": "x", "type": kind}) == [("t.csv", 2, "x", text, rule)]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("number", ["0", "-1.5", "+2", ".5", "3.", "6e-29", "1E+05", ""]),
        ("integer", ["0", "-3", "12", "5.0", ""]),
        ("flag", ["0", "1", ""]),
        ("code", ["110000", ""]),
        ("identifier", ["a", "ant_group", "a2", "a_", ""]),
        ("text", ["1,5", "甲", ""]),
    ],
)
def test_text_of_the_right_type_and_empty_text_pass(kind, texts):
    assert faults(values(*texts), {"column": "x", "type": kind}) == []


def test_bounds_are_inside_and_the_rule_names_them():
    both = {"column": "x", "type": "number", "minimum": "0", "maximum": "100"}
    rule = "must be at least 0 and at most 100"
    assert faults(values("0", "100", "100.1", "-0.1", ""), both) == [
        ("t.csv", 4, "x", "100.1", rule),
        ("t.csv", 5, "x", "-0.1", rule),
    ]


@pytest.mark.parametrize(
    ("bound", "refused", "rule"),
    [
        ({"minimum": "2"}, "1", "must be at least 2"),
        ({"maximum": "2"}, "3", "must be at most 2"),
    ],
)
def test_one_bound_may_stand_alone(bound, refused, rule):
    row = {"column": "x", "type": "number", **bound}
    assert faults(values("2", refused), row) == [("t.csv", 3, "x", refused, rule)]


def test_a_value_of_the_wrong_type_is_not_also_called_out_of_range():
    row = {"column": "x", "type": "number", "minimum": "0"}
    assert [rule for *_, rule in faults(values("1,5"), row)] == ["must be a number"]


def test_a_text_that_is_wrong_in_several_lines_is_named_in_each():
    row = {"column": "x", "type": "number", "minimum": "0", "key": "unique"}
    assert [fault[1:] for fault in faults(values("-1", "n/a", "-1", "n/a", "2"), row)] == [
        (2, "x", "-1", "must be at least 0"),
        (3, "x", "n/a", "must be a number"),
        (4, "x", "-1", "must be at least 0"),
        (4, "x", "-1", "must not repeat line 2: correct or take out one of the two"),
        (5, "x", "n/a", "must be a number"),
        (5, "x", "n/a", "must not repeat line 3: correct or take out one of the two"),
    ]


def test_a_required_column_has_no_empty_text():
    assert faults(values("a", ""), {"column": "x", "required": "1"}) == [
        ("t.csv", 3, "x", "", "must not be empty")
    ]


def test_allowed_values_are_listed_in_the_rule():
    assert faults(values("size", "", "bulk"), {"column": "x", "allowed": "size|share"}) == [
        ("t.csv", 4, "x", "bulk", "must be one of size, share")
    ]


def test_a_reference_names_the_table_that_does_not_know_the_value():
    row = {"column": "x", "type": "code", "references": "cities.adcode"}
    assert faults(values("110000", "999999", ""), row) == [
        (
            "t.csv",
            3,
            "x",
            "999999",
            "is not known in cities.csv, column adcode: correct it, or add it there",
        )
    ]


def test_a_unique_column_names_the_later_of_two_equal_values():
    assert faults(values("a", "b", "a"), {"column": "x", "key": "unique"}) == [
        ("t.csv", 4, "x", "a", "must not repeat line 2: correct or take out one of the two")
    ]


def test_a_key_of_two_columns_repeats_only_as_a_whole():
    table = pd.DataFrame(
        {"city": ["甲", "甲", "甲"], "year": ["2018", "2019", "2018"]}, index=[2, 3, 4], dtype=str
    )
    keys = [{"column": "city", "key": "1"}, {"column": "year", "key": "1"}]
    assert faults(table, *keys) == [
        (
            "t.csv",
            4,
            "city, year",
            "甲, 2018",
            "the key repeats line 2: correct or take out one of the two",
        )
    ]


def test_missing_and_unknown_columns_do_not_hide_bad_values_in_the_others():
    table = values("n/a").assign(extra="1")
    assert faults(table, {"column": "x", "type": "number"}, {"column": "y", "key": "1"}) == [
        ("t.csv", 1, "y", "", schemas.MISSING),
        ("t.csv", 1, "extra", "", "no such column is known: correct its heading, or take it out"),
        ("t.csv", 2, "x", "n/a", "must be a number"),
    ]


def test_a_column_that_stands_twice_is_named():
    table = pd.DataFrame([["1", "2"]], columns=["x", "x"], index=[2], dtype=str)
    assert faults(table, {"column": "x", "type": "number"}) == [
        ("t.csv", 1, "x", "", "the column stands twice: take one of the two out")
    ]


def test_two_faults_of_one_value_are_both_listed():
    row = {"column": "x", "type": "number", "maximum": "5", "allowed": "1|2"}
    assert [rule for *_, rule in faults(values("9"), row)] == [
        "must be at most 5",
        "must be one of 1, 2",
    ]


def test_a_table_without_records_has_no_faults():
    assert faults(values(), {"column": "x", "type": "number", "required": "1"}) == []


def test_a_table_of_columns_is_empty_where_a_row_leaves_something_out():
    table = schemas.table_of_columns(
        schemas.column("code", key="unique"), schemas.column("weight", type="number", default="1")
    )
    assert list(table.columns) == [*schemas.RULES, "default"]
    assert table[["column", "type", "key", "maximum", "default"]].to_numpy().tolist() == [
        ["code", "text", "unique", "", ""],
        ["weight", "number", "", "", "1"],
    ]
