import pandas as pd
import pytest

from analysis.language.markdown import escape_markdown, frame_to_pipe_table


@pytest.mark.parametrize("text", ["Shenzhen", "深圳", "12.5", "Sino-foreign", "1,234", "36 %"])
def test_plain_words_and_numbers_stay_as_they_are(text):
    assert escape_markdown(text) == text


def test_punctuation_becomes_a_character_reference():
    # & is 38, # is 35, | is 124, ` is 96, $ is 36 in ASCII
    assert escape_markdown("&#|`$") == "&#38;&#35;&#124;&#96;&#36;"


def test_the_opener_of_a_shortcode_is_broken():
    escaped = escape_markdown("{{< include /etc/passwd >}}")
    assert "{{<" not in escaped
    assert escaped.startswith("&#123;&#123;&#60; include")


def test_line_breaks_become_spaces():
    assert escape_markdown("two\nlines\u2028and\ta tab") == "two lines and a tab"


def test_text_that_would_start_a_typst_list_gets_a_space_that_does_not():
    assert escape_markdown("- a") == "&#45;&nbsp;a"
    assert escape_markdown("1. a") == "1&#46;&nbsp;a"
    assert escape_markdown("== a") == "&#61;&#61;&nbsp;a"


def test_characters_that_hide_or_reverse_text_are_spelled_out():
    assert escape_markdown("a\u202eb") == "a&#60;U&#43;202E&#62;b"


def test_a_frame_becomes_a_pipe_table_with_alignments():
    frame = pd.DataFrame({"City": ["深圳", "A|B"], "Score": ["90.0", "1.5"]})
    assert frame_to_pipe_table(frame, {"Score": "right"}) == (
        "| City | Score |\n| :--- | ---: |\n| 深圳 | 90.0 |\n| A&#124;B | 1.5 |\n"
    )


def test_missing_values_are_empty_cells():
    frame = pd.DataFrame({"A": [None, float("nan"), pd.NA, "x"]}, dtype=object)
    cells = [line.strip("| ") for line in frame_to_pipe_table(frame, {}).splitlines()[2:]]
    assert cells == ["", "", "", "x"]


def test_whole_numbers_beside_fractions_keep_their_form():
    frame = pd.DataFrame({"Rank": [1, 2], "Score": [0.5, 1.25]})
    assert frame_to_pipe_table(frame, {}).splitlines()[2] == "| 1 | 0.5 |"


@pytest.mark.parametrize(
    ("alignments", "reason"),
    [({"Town": "left"}, "not a column"), ({"City": "middle"}, "'middle' is not one of")],
)
def test_an_alignment_that_means_nothing_is_refused(alignments, reason):
    with pytest.raises(ValueError, match=reason):
        frame_to_pipe_table(pd.DataFrame({"City": ["x"]}), alignments)


def test_a_table_without_columns_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        frame_to_pipe_table(pd.DataFrame(), {})
