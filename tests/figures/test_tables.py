"""Tables ready to read, with every text from data made inert."""

import html

import pandas as pd
import pytest

from analysis.figures import tables

LABELS = {"city": "City", "rank": "Rank", "index": "Index", "percent_sign": " %"}
FRAME = pd.DataFrame({"city": ["甲 Alder", None], "rank": [1, 2], "index": [-12.345, None]})


def test_numbers_are_formatted_and_gaps_become_a_dash():
    found = tables.formatted(FRAME, {"index": ".1f", "city": "", "rank": "d"}, LABELS)
    assert found.to_dict("list") == {
        "index": ["−12.3", "–"],
        "city": ["甲 Alder", "–"],
        "rank": ["1", "2"],
    }


def test_only_the_columns_asked_for_are_shown_in_their_order():
    assert list(tables.formatted(FRAME, {"rank": "d", "city": ""}, LABELS).columns) == [
        "rank",
        "city",
    ]


def test_text_is_set_left_numbers_right_and_headings_are_labels():
    text = tables.markdown(FRAME, {"city": "", "rank": "d", "index": ".2f"}, LABELS).data
    assert text.splitlines() == [
        "| City | Rank | Index |",
        "| :--- | ---: | ---: |",
        "| 甲 Alder | 1 | −12.35 |",
        "| – | 2 | – |",
    ]


@pytest.mark.parametrize("intervals", [["1–24", "–"], ["−9 to 25", "3 to 8"], ["−2 至 8", "1.5–2"]])
def test_intervals_stand_in_the_middle(intervals):
    text = tables.markdown(FRAME.assign(city=intervals), {"rank": "d", "city": ""}, LABELS).data
    assert text.splitlines()[1] == "| ---: | :---: |"


def test_a_column_of_which_one_cell_is_a_word_is_text():
    text = tables.markdown(FRAME.assign(city=["1–24", "none"]), {"city": ""}, LABELS).data
    assert text.splitlines()[1] == "| :--- |"


def test_a_column_without_a_label_is_refused():
    with pytest.raises(KeyError, match="tier"):
        tables.markdown(FRAME.assign(tier="top"), {"tier": ""}, LABELS)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{< include /etc/passwd >}}",
        '#read("/etc/passwd")',
        "](javascript:alert(1))",
        '=HYPERLINK("http://x")',
        "a | b",
        "x\n\n# heading",
        "`r code`",
        "$x$",
    ],
)
@pytest.mark.parametrize("place", ["cell", "heading"])
def test_hostile_text_shows_as_itself_and_does_nothing(hostile, place):
    label = hostile if place == "heading" else "City"
    name = hostile if place == "cell" else "甲"
    frame = pd.DataFrame({"city": [name]})
    text = tables.markdown(frame, {"city": ""}, {"city": label}).data
    assert hostile not in text
    header, _, row = text.splitlines()
    line = header if place == "heading" else row
    content = line.removeprefix("| ").removesuffix(" |")
    for sign in ("<", ">", "{", "}", "[", "]", "(", ")", "#read", '"', "=", "|", "`", "$", "\n"):
        assert sign not in content
    assert html.unescape(content).split() == hostile.split()


def test_a_long_table_is_cut_into_parts_side_by_side():
    table = pd.DataFrame({"a": list("12345"), "b": list("vwxyz")})
    whole = tables.side_by_side(table, 2)
    assert list(whole.columns) == ["a", "b", "a", "b"]
    assert whole.iloc[0].tolist() == ["1", "v", "4", "y"]
    assert whole.iloc[2].tolist()[:2] == ["3", "x"]
    assert whole.iloc[2, 2:].isna().all()
    assert tables.side_by_side(table, 1).equals(table)


def test_parts_of_a_table_have_the_same_heads_and_empty_cells_at_the_end():
    frame = pd.DataFrame({"n": [1, 2, 3]})
    shown = tables.markdown(frame, {"n": ".0f"}, {"n": "N"}, abreast=2).data
    assert shown.splitlines() == ["| N | N |", "| ---: | ---: |", "| 1 | 3 |", "| 2 |  |"]
