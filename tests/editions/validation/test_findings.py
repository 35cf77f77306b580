"""Findings are told by cause: what is gravest for ranks first, what a rule settles last."""

from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding, causes


def finding(severity: str, column: str = "c", cause: str = "", **more) -> Finding:
    fault = Fault(more.pop("file", "a.csv"), more.pop("line", 2), column, "x", "is bad", cause)
    return Finding(severity, fault, more.pop("variable", column), **more)


def test_two_thousand_faults_of_one_cause_are_one():
    found = causes(finding("refused", f"c{n % 37}", line=n) for n in range(2000))
    assert [len(cause.findings) for cause in found] == [2000]
    assert len(found[0].columns) == 37
    assert [each.fault.line for each in found[0].shown] == [0, 1, 2]


def test_the_gravest_come_first():
    order = ["note", "new", "suspicious", "lost", "refused"]
    assert [cause.severity for cause in causes(map(finding, order))] == order[::-1]


def test_of_one_severity_the_weightiest_measure_comes_first_and_then_the_larger_number():
    found = [
        *(finding("suspicious", name) for name in ("light", "heavy", "none")),
        *(finding("suspicious", "twice", line=n) for n in (2, 3)),
    ]
    order = causes(found, {"heavy": 0.2, "light": 0.1})
    assert [cause.columns for cause in order] == [["heavy"], ["light"], ["twice"], ["none"]]
    assert [cause.weight for cause in order] == [0.2, 0.1, 0, 0]


def test_what_a_rule_settles_is_a_cause_of_its_own_and_the_last():
    found = [finding("suspicious", "heavy", adcode=code) for code in ("1", "2")]
    order = causes([*found, finding("suspicious", "light")], {"heavy": 1}, {("heavy", "2")})
    assert [(c.columns, c.settled) for c in order] == [
        (["heavy"], False), (["light"], False), (["heavy"], True),
    ]  # fmt: skip
    assert order[-1].text == "is bad; a cleaning rule or a correction settles it"


def test_a_column_in_another_unit_comes_before_single_figures():
    found = [finding("suspicious", "heavy"), finding("suspicious", "unit", whole=True)]
    assert [cause.columns for cause in causes(found, {"heavy": 1})] == [["unit"], ["heavy"]]


def test_faults_of_several_columns_are_told_together_and_jumps_by_column():
    for severity, number in (("refused", 1), ("suspicious", 2)):
        assert len(causes([finding(severity, "a"), finding(severity, "b")])) == number


def test_files_that_are_concerned_as_a_whole_are_told_together():
    faults = [Fault(f"{name}.csv", "", "", "", "is not there") for name in "abcd"]
    [cause] = causes(Finding("refused", fault) for fault in faults)
    assert cause.files == ["a.csv", "b.csv", "c.csv", "d.csv"]
    cells = [finding("refused", file="a.csv"), finding("refused", file="b.csv")]
    assert [each.files for each in causes(cells)] == [["a.csv"], ["b.csv"]]


def test_one_finding_says_all_and_several_what_they_have_in_common():
    one = causes([finding("refused", cause="bad in common")])
    two = causes([finding("refused", cause="bad in common", line=n) for n in (2, 3)])
    assert [one[0].text, two[0].text] == ["is bad", "bad in common"]


def test_a_finding_is_one_line_that_begins_with_how_grave_it_is():
    assert str(finding("lost")) == "lost: a.csv, line 2, column c, value 'x': is bad"
