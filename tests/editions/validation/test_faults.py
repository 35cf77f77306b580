"""A fault is written as one line, and a refusal names every fault."""

import pandas as pd
import pytest

from analysis.editions.validation.faults import (
    MOST_RULES,
    Fault,
    InputRefusedError,
    by_cause,
    each_fault,
    refuse,
)
from analysis.index.refusal import RefusalError


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (
            Fault("a.csv", 3, "lon", "x", "is wrong"),
            "a.csv, line 3, column lon, value 'x': is wrong",
        ),
        (Fault("a.csv", 0, "", 0, "is wrong"), "a.csv, line 0, value '0': is wrong"),
        (Fault("a.csv", "", "lon", "", "is wrong"), "a.csv, column lon: is wrong"),
        (Fault("a.csv", "", "", "", "is wrong"), "a.csv: is wrong"),
    ],
)
def test_a_fault_is_a_line_that_leaves_out_what_is_empty(fault, line):
    assert str(fault) == line


def test_a_value_is_shown_up_to_80_characters():
    assert f"value '{'x' * 80}': " in str(Fault("a.csv", 1, "b", "x" * 81, "is wrong"))


def test_a_refusal_names_every_fault_on_a_line_of_its_own():
    with pytest.raises(RefusalError, match=r"\Aa\.csv: one\nb\.csv: two\Z"):
        refuse(Fault(file, "", "", "", rule) for file, rule in (("a.csv", "one"), ("b.csv", "two")))


def test_without_a_fault_nothing_is_refused():
    refuse([])
    refuse(iter(()))


def test_a_rule_that_looks_into_each_value_is_asked_for_the_first_of_them_alone():
    found = pd.Series("x", index=range(2, MOST_RULES + 4), name="b")
    faults = each_fault("a.csv", found, lambda line, value: f"{value} of {line}", cause="bad")
    assert [fault.rule for fault in faults] == [
        *(f"x of {line}" for line in range(2, MOST_RULES + 2)), "bad", "bad",
    ]  # fmt: skip
    assert {fault.cause for fault in faults} == {"bad"}


@pytest.mark.parametrize(("many", "lines"), [(1, 1), (3, 3), (4, 4), (2000, 4)])
def test_of_faults_of_one_cause_three_are_written_out_and_the_others_counted(many, lines):
    with pytest.raises(InputRefusedError) as refusal:
        refuse(Fault("a.csv", line, "b", "x", "is bad") for line in range(2, many + 2))
    said = str(refusal.value).splitlines()
    assert len(said) == lines
    assert said[0] == "a.csv, line 2, column b, value 'x': is bad"
    assert (said[-1] == f"a.csv: {many - 3:,} more: is bad") is (many > 3)
    assert len(refusal.value.faults) == many


def test_faults_of_one_cause_are_told_together_and_those_of_another_file_apart():
    said = (("a.csv", "one 1", "one"), ("b.csv", "one 2", "one"), ("a.csv", "two", ""),
            ("a.csv", "one 3", "one"))  # fmt: skip
    groups = by_cause(Fault(file, "", "", "", rule, cause) for file, rule, cause in said)
    assert [[fault.rule for fault in group] for group in groups] == [
        ["one 1", "one 3"], ["one 2"], ["two"],
    ]  # fmt: skip


def test_every_one_of_many_faults_is_there(tiny):
    path = tiny.path("census.csv")
    lines = "".join(f"{n},乙市,many\n" for n in range(100_000, 100_400))
    path.write_text(path.read_text("utf8") + lines, "utf8")
    faults = pd.DataFrame(tiny.faults(), columns=["file", "line", "column", "value", "rule"])
    assert (faults["rule"] == "must be a number").sum() == 400
