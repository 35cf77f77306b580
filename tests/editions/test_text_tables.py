"""Tables as text, and what keeps a file from being one."""

import pytest

from analysis.editions.text_tables import RAGGED, UnreadableTableError, read_table


def test_a_quotation_that_never_ends_swallows_no_lines(tmp_path):
    (tmp_path / "t.csv").write_text('a,b\n1,"two\n3,four\n', "utf8")
    with pytest.raises(UnreadableTableError, match="unexpected end of data"):
        read_table(tmp_path / "t.csv")


def test_every_ragged_line_is_named_by_its_number(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3\n4,5,6\n", "utf8")
    with pytest.raises(UnreadableTableError) as refusal:
        read_table(tmp_path / "t.csv")
    assert [flaw.line for flaw in refusal.value.flaws] == [3, 4]
    assert str(refusal.value).splitlines() == [
        f"t.csv, line 3: 1 fields where the header has 2: {RAGGED}",
        f"t.csv, line 4: 3 fields where the header has 2: {RAGGED}",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b,,\n1,2,,\n,,,\n", [["a", "b"], ["1", "2"]]),
        ("a,b, ,\n1,2,,\n", [["a", "b"], ["1", "2"]]),
        ("a,b,,\n1,2,,3\n", [["a", "b", "", ""], ["1", "2", "", "3"]]),  # nothing is lost
        ("a,,b\n1,,2\n", [["a", "", "b"], ["1", "", "2"]]),
        ("a,b\n1,\n", [["a", "b"], ["1", ""]]),
    ],
)
def test_what_is_blank_below_and_at_the_right_is_no_part_of_a_table(tmp_path, text, found):
    (tmp_path / "t.csv").write_text(text, "utf8")
    table = read_table(tmp_path / "t.csv")
    assert [list(table.columns), *table.to_numpy().tolist()] == found


def test_a_blank_line_above_is_refused_with_the_lines_below(tmp_path):
    (tmp_path / "t.csv").write_text("\na,b\n", "utf8")
    with pytest.raises(UnreadableTableError, match="line 2: 2 fields where the header has 0"):
        read_table(tmp_path / "t.csv")


def test_a_record_has_the_line_on_which_it_ends(tmp_path):
    (tmp_path / "t.csv").write_text('a,b\n1,"two\nlines"\n3,four\n', "utf8")
    assert read_table(tmp_path / "t.csv")["b"].to_dict() == {3: "two\nlines", 4: "four"}


def test_what_is_no_text_or_empty_or_not_there_is_refused(tmp_path):
    for content, rule in ((b"a\xff\n", "its encoding cannot be told"), (b"", "the file is empty")):
        (tmp_path / "t.csv").write_bytes(content)
        with pytest.raises(UnreadableTableError, match=rule):
            read_table(tmp_path / "t.csv")
    with pytest.raises(UnreadableTableError, match="the file is not there"):
        read_table(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", "\t"), ("utf-16", "\t"), ("gb18030", ";"), ("gb18030", ",")],
)
def test_a_table_is_read_as_a_spreadsheet_program_saves_it(tmp_path, encoding, delimiter):
    rows = [["name", "seat"], ["统计局城市司", "西城区月坛南街"], ["", ""], ["x", "y"], ["", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    table = read_table(tmp_path / "t.csv")
    assert list(table.columns) == rows[0]
    assert table.to_numpy().tolist() == rows[1:4]
    assert list(table.index) == [2, 3, 4]


@pytest.mark.parametrize(("many", "lines"), [(100, 100), (101, 101), (2000, 101)])
def test_the_message_counts_very_many_flaws_and_the_flaws_are_all_there(tmp_path, many, lines):
    (tmp_path / "t.csv").write_text("a,b\n" + "1\n" * many, "utf8")
    with pytest.raises(UnreadableTableError) as refusal:
        read_table(tmp_path / "t.csv")
    assert len(refusal.value.flaws) == many
    said = str(refusal.value).splitlines()
    assert len(said) == lines
    assert said[-1].endswith("more faults like these") is (many > 100)
