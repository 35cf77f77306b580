"""A fault is written as one line, and a refusal names every fault."""

import pandas as pd
import pytest

from analysis.editions.validation.faults import MOST_FAULTS, Fault, each_fault, refuse
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


@pytest.mark.parametrize(("more", "last"), [(0, None), (1, "1 more lines"), (1234, "1,234 more")])
def test_the_first_of_many_faults_are_named_and_the_others_counted(more, last):
    found = pd.Series("x", index=range(2, MOST_FAULTS + more + 2), name="b")
    faults = each_fault("a.csv", found, lambda line, value: f"{value} of {line}")
    named = [Fault("a.csv", line, "b", "x", f"x of {line}") for line in range(2, MOST_FAULTS + 2)]
    assert faults[:MOST_FAULTS] == named
    assert [fault.rule.startswith(str(last)) for fault in faults[MOST_FAULTS:]] == [True] * bool(
        more
    )


def test_many_lines_with_one_fault_are_counted_not_listed(tiny):
    path = tiny.path("census.csv")
    lines = "".join(f"{n},乙市,many\n" for n in range(100_000, 105_000))
    path.write_text(path.read_text("utf8") + lines, "utf8")
    faults = pd.DataFrame(tiny.faults(), columns=["file", "line", "column", "value", "rule"])
    assert len(faults) < 350
    more = faults.loc[faults["line"] == "", ["column", "rule"]].to_numpy().tolist()
    assert ["popu_2020", "4,900 more lines have a fault like the last one"] in more
    assert ["adcode", "4,900 more lines have a fault like the last one"] in more
