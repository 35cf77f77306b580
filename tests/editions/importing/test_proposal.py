"""What a file becomes in an edition: what is taken for what, and what is asked."""

import pytest
from openpyxl import load_workbook

from analysis.editions.importing.proposal import Answers, propose
from analysis.editions.importing.writing import write
from analysis.editions.new_edition import lay_out
from analysis.editions.text_tables import UnreadableTableError
from analysis.editions.validation.input_faults import all_faults
from analysis.index.refusal import RefusedValueError

from .conftest import HEAD

GDP = "经济 / gdp_100m / （亿元）"


def test_a_table_with_titles_totals_and_notes_is_understood_whole(waiting, office):
    found = propose(waiting, office, Answers())
    assert found.questions == []
    assert (found.source, found.years, found.citation) == (
        "yearbook", "2020", "《虚构统计年鉴2021》",
    )  # fmt: skip
    [table] = found.tables
    assert (table.cities, table.recipe.header_rows, table.recipe.missing_values) == (
        12, (2, 3, 4), ("—",),
    )  # fmt: skip
    assert table.roles == {"name": "城市"}
    taken = {match.heading: (match.variable, match.unit) for match in table.matches}
    assert taken[GDP] == ("gdp_100m", "100 million yuan")
    assert set(taken.values()) == {
        ("gdp_100m", "100 million yuan"), ("telecom_rev_10kyuan", "10,000 yuan"),
        ("sewage_treat_pct", "percent"),
    }  # fmt: skip
    reasons = dict(zip(table.left_out["name"], table.left_out["reason"], strict=True))
    assert reasons == {
        "北岸省": "totals of provinces", "资料来源：《虚构统计年鉴2021》": "notes, no place",
        "州州": "州地 is an autonomous prefecture, prefecture or league, and no city",
    }  # fmt: skip
    assert table.title == "2020年主要指标"


def test_what_a_file_does_not_say_is_asked_with_the_option_that_answers(waiting, put, body):
    path = put("t.xlsx", Sheet1=[*HEAD[1:], *body])
    asked = propose(waiting, path, Answers()).questions
    assert len(asked) == 2
    assert "--year 2020" in asked[0]
    assert "--citation" in asked[1]
    answered = propose(waiting, path, Answers(year="2020", citation="An office"))
    assert (answered.questions, answered.years, answered.citation) == ([], "2020", "An office")


def test_a_misprint_is_asked_about_and_never_taken_in_silence(waiting, put, body):
    body[1][0] = "已市"  # 己市, and 乙市 is missing now
    body[5][0] = "乙　市"
    path = put("t.xlsx", Sheet1=[*HEAD, *body])
    [asked] = [text for text in propose(waiting, path, Answers()).questions if "已市" in text]
    assert "--name 已市=己" in asked
    answers = Answers(names={"已市": "己市"}, citation="x")
    found = propose(waiting, path, answers)
    assert found.questions == []
    assert found.tables[0].recipe.names == (("已市", "920300"),)
    assert found.tables[0].cities == 12


def test_a_place_that_is_left_out_is_named_with_the_reason(waiting, put, body):
    path = put("t.xlsx", Sheet1=[*HEAD, *body, ["某地", 3, 3, 3]])
    assert any("某地" in text for text in propose(waiting, path, Answers(citation="x")).questions)
    found = propose(waiting, path, Answers(citation="x", leave_out=("某地",)))
    assert found.questions == []
    assert list(found.tables[0].left_out.query("name == '某地'")["reason"]) == [
        "left out, as you say"
    ]


def test_a_city_given_twice_is_asked_about_by_its_line(waiting, put, body):
    path = put("t.xlsx", Sheet1=[*HEAD, *body, body[0]])
    [asked] = propose(waiting, path, Answers(citation="x")).questions
    assert "甲　市 in line 17" in asked
    assert propose(waiting, path, Answers(citation="x", leave_out=("17",))).questions == []


def test_figures_in_another_unit_than_printed_are_a_question(waiting, put, body):
    rows = [[name, gdp if gdp == "—" else gdp * 10_000, *rest] for name, gdp, *rest in body]
    path = put("t.xlsx", Sheet1=[*HEAD, *rows])
    [asked] = propose(waiting, path, Answers(citation="x")).questions
    assert "10,000 times last year's in 11 of 11 cities: another unit?" in asked
    assert f"--unit {GDP!r}='10,000 yuan'" in asked
    answers = Answers(citation="x", units={GDP: "10,000 yuan"})
    found = propose(waiting, path, answers)
    assert found.questions == []
    assert found.tables[0].matches[0].unit == "10,000 yuan"


def test_a_column_can_be_decided_or_left_out(waiting, office):
    found = propose(waiting, office, Answers(columns={GDP: "-"}))
    assert found.tables[0].matches[0].variable == ""
    assert GDP in found.tables[0].recipe.leave_out_columns
    wrong = propose(waiting, office, Answers(columns={"nothing": "gdp_100m"}))
    assert "no column of figures has the heading 'nothing'" in wrong.questions[0]


def test_a_column_that_was_left_out_can_be_taken_later(waiting, office):
    write(waiting, propose(waiting, office, Answers(columns={GDP: "-"})))
    found = propose(waiting, office, Answers(columns={GDP: "gdp_100m"}))
    assert found.questions == []
    assert GDP not in found.tables[0].recipe.leave_out_columns
    assert "gdp_100m" in {match.variable for match in found.tables[0].matches}


def test_a_name_that_means_no_city_is_refused(waiting, office):
    with pytest.raises(RefusedValueError, match="--name 已市=nowhere: no such city"):
        propose(waiting, office, Answers(names={"已市": "nowhere"}))


def test_every_sheet_with_a_table_of_cities_is_a_table(waiting, put, body):
    two = [row[:2] for row in body], [[row[0], row[2]] for row in body]
    path = put(
        "t.xlsx",
        A=[["城市", "gdp_100m（亿元）"], *two[0]],
        B=[["城市", "telecom_rev_10kyuan（万元）"], *two[1]],
        说明=[["nothing to see"]],
    )
    found = propose(waiting, path, Answers(year="2020", citation="x"))
    assert [table.table for table in found.tables] == ["t.xlsx#A", "t.xlsx#B"]
    assert found.other_sheets == ["t.xlsx#说明"]
    assert found.questions == []


def test_a_long_table_is_recognised(waiting, tmp_path, before):
    lines = [
        f"{row['city']},2020,{name},{unit},{float(row[name]) * 1.01:.2f}"
        for row in before.to_dict("records")
        for name, unit in (("gdp_100m", "（亿元）"), ("telecom_rev_10kyuan", "（万元）"))
        if row[name]
    ]
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(["城市,年份,指标,单位,数值", *lines]), "utf8")
    found = propose(waiting, path, Answers(citation="x"))
    assert found.questions == []
    [table] = found.tables
    assert (table.recipe.layout, table.recipe.indicator, table.recipe.unit, table.recipe.value) == (
        "long", "指标", "单位", "数值",
    )  # fmt: skip
    assert {match.variable for match in table.matches} == {"gdp_100m", "telecom_rev_10kyuan"}


def test_a_file_of_the_same_variables_and_year_is_asked_about(waiting, office, before):
    columns = ["city", "year", "gdp_100m"]
    before.assign(year="2020")[columns].to_csv(waiting.raw / "yearbook_2020.csv", index=False)
    [asked] = propose(waiting, office, Answers()).questions
    assert asked.startswith("yearbook_2020.csv has ")
    assert propose(waiting, office, Answers(replace=("yearbook_2020.csv",))).questions == []


def test_a_file_without_a_table_of_cities_is_refused(waiting, put):
    path = put("t.xlsx", Sheet1=[["a", "b"], ["x", 1]])
    with pytest.raises(UnreadableTableError, match="no table of cities is found"):
        propose(waiting, path, Answers())


def test_a_mark_that_the_kept_recipe_does_not_know_is_asked_about(waiting, office, put, body):
    write(waiting, propose(waiting, office, Answers()))
    body[1][1] = "…"
    again = put("office.xlsx", Sheet1=[*HEAD, *body])
    [asked] = propose(waiting, again, Answers()).questions
    assert "--missing '…'" in asked
    found = propose(waiting, again, Answers(missing=("…",)))
    assert (found.questions, found.tables[0].recipe.missing_values) == ([], ("—", "…"))
    write(waiting, found)
    assert propose(waiting, again, Answers()).questions == []


@pytest.fixture
def read_of(waiting, put):
    """Imports the rows of a sheet whose citation is known, and returns the faults of its file."""

    def imported(*rows: list[object]) -> list[tuple[object, str, str]]:
        found = propose(waiting, put("t.xlsx", Sheet1=[*HEAD, *rows]), Answers(citation="x"))
        assert found.questions == []
        write(waiting, found)
        return [
            (fault.line, str(fault.value), fault.rule)
            for fault in all_faults(waiting)
            if fault.file == "t.xlsx" and fault.value != "120.5"  # which is printed so
        ]

    return imported


NOT_A_NUMBER = "must be a number"


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ("9898", []),
        ("９，８９８．０", []),  # full-width digits and signs
        ("9,898.00", []),
        ("9\u00a0898.00", []),
        ("#N/A", []),  # a mark for missing, which is shown as one
        ("9898①", [(5, "9898①", NOT_A_NUMBER)]),  # the sign of a note is no digit
        ("9898²", [(5, "9898²", NOT_A_NUMBER)]),
        ("98·98", [(5, "98·98", NOT_A_NUMBER)]),
        ("#DIV/0!", [(5, "#DIV/0!", NOT_A_NUMBER)]),
        ("2020-05-01", [(5, "2020-05-01", NOT_A_NUMBER)]),
    ],
)
def test_a_figure_is_read_or_refused_and_never_guessed(read_of, body, cell, faults):
    body[0][1] = cell
    assert read_of(*body) == faults


def test_totals_between_the_cities_are_asked_about(waiting, put, body):
    rows = [*body[:3], ["北岸省合计", 1, 1, 1], *body[3:6], ["合计", 2, 2, 2], *body[6:]]
    asked = propose(waiting, put("t.xlsx", Sheet1=[*HEAD, *rows]), Answers(citation="x")).questions
    assert [question.partition(" is no")[0] for question in asked] == ["'北岸省合计'", "'合计'"]


def test_a_second_table_below_the_first_is_asked_about_by_its_line(waiting, put, body):
    rows = [*HEAD, *body[:6], ["", "", "", ""], ["续表", "", "", ""], *HEAD[1:], *body[6:]]
    found = propose(waiting, put("t.xlsx", Sheet1=rows), Answers(citation="x"))
    [asked] = found.questions
    assert asked.startswith("line 13 repeats the head: ")
    answers = Answers(citation="x", leave_out=("城市",))
    agreed = propose(waiting, put("t.xlsx", Sheet1=rows), answers)
    assert (agreed.questions, agreed.tables[0].cities) == ([], 12)


def test_a_hidden_line_is_a_line(waiting, put, body):
    path = put("t.xlsx", Sheet1=[*HEAD, *body, body[0]])
    book = load_workbook(path)
    book.active.row_dimensions[17].hidden = True
    book.save(path)
    [asked] = propose(waiting, path, Answers(citation="x")).questions
    assert "in line 17" in asked


def test_figures_of_merged_cells_are_refused_and_merged_heads_are_not(waiting, put, body):
    path = put("t.xlsx", Sheet1=[*HEAD, *body])
    book = load_workbook(path)
    book.active.merge_cells("B2:C2")
    book.active.merge_cells("A2:A4")
    book.save(path)
    assert propose(waiting, path, Answers(citation="x")).questions == []
    book.active.merge_cells("B7:B8")
    book.save(path)
    with pytest.raises(UnreadableTableError, match="line 7, column B: the cells B7:B8 are merged"):
        propose(waiting, path, Answers(citation="x"))


def test_a_column_for_each_year_is_asked_about(waiting, put, body):
    rows = [["城市", "gdp_100m 2019", "gdp_100m 2020"], *[[row[0], row[1], row[1]] for row in body]]
    path = put("t.xlsx", Sheet1=rows)
    assert "are one figure in several years" in propose(waiting, path, Answers()).questions[-1]
    answers = Answers(
        citation="x", year="2020",
        columns={"gdp_100m 2019": "-", "gdp_100m 2020": "gdp_100m"},
    )  # fmt: skip
    assert propose(waiting, path, answers).questions == []


def test_a_line_that_does_not_count_is_left_out_again_only_if_it_is_the_same_place(
    waiting, put, body
):
    answers = Answers(citation="x", leave_out=("17",))
    write(waiting, propose(waiting, put("t.xlsx", Sheet1=[*HEAD, *body, body[0]]), answers))
    further = propose(waiting, put("t.xlsx", Sheet1=[["more"], *HEAD, *body, body[0]]), Answers())
    assert further.questions == []
    assert [each.line for each in further.tables[0].recipe.leave_out] == [18]
    other = propose(waiting, put("t.xlsx", Sheet1=[*HEAD, *body, body[1]]), Answers())
    assert "in line 17" in other.questions[0]
    assert other.tables[0].recipe.leave_out == ()


@pytest.fixture
def third(waiting, office):
    """The edition after the one that has imported a yearbook."""
    write(waiting, propose(waiting, office, Answers()))
    return lay_out(waiting, "third", 2021)


def next_years(body, times=1.01) -> list[list[object]]:
    head = [[text.replace("2020", "2021") for text in row] for row in HEAD]
    rows = [[name, gdp if gdp == "—" else gdp * times, *rest] for name, gdp, *rest in body]
    return [*head, *rows, ["资料来源：《虚构统计年鉴2022》", "", "", ""]]


def test_next_years_file_of_the_same_shape_needs_no_decision(third, put, body):
    rows = next_years(body)
    for more in ([], [["more"]]):
        found = propose(third, put("sent.xlsx", Sheet1=[*more, *rows]), Answers())
        assert (found.questions, found.years, found.source) == ([], "2021", "yearbook")
        [table] = found.tables
        assert table.origin.startswith("the recipe of office.xlsx in edition next")
        assert (table.new, table.gone) == ([], ())
        assert all(match.why.startswith("by the recipe") for match in table.matches)


def test_what_differs_in_next_years_file_is_said_or_asked(third, put, body):
    more = ["", "", "桥梁数", "（座）", *range(100, 1300, 100), ""]
    rows = [[*row, text] for row, text in zip(next_years(body), more, strict=True)]
    found = propose(third, put("sent.xlsx", Sheet1=rows), Answers())
    [table] = found.tables
    assert (table.new, table.gone) == (["环境 / 桥梁数 / （座）"], ())
    asked = propose(third, put("sent.xlsx", Sheet1=next_years(body, 1e4)), Answers()).questions
    assert len(asked) == 1
    assert "10,000 times last year's in 11 of 11 cities: another unit?" in asked[0]


@pytest.mark.parametrize(
    ("file", "headings", "years", "asked"),
    [
        ("t_2020.xlsx", ["gdp_100m_2020", "telecom_rev_10kyuan_2020"], "2020", ""),
        ("t.xlsx", ["gdp_100m_2020", "telecom_rev_10kyuan_2020"], "2020", ""),
        ("t_2020.xlsx", ["gdp_100m_2019", "telecom_rev_10kyuan_2019"], "", "it names 2019, 2020"),
        ("t_2020.xlsx", ["gdp_100m_2020", "telecom_rev_10kyuan (2015)"], "2020", ""),
        ("t.xlsx", ["gdp_100m", "telecom_rev_10kyuan"], "", "The file does not say."),
    ],
)
def test_the_year_of_the_headings_is_that_of_the_figures(waiting, put, body, file, headings, years,
                                                         asked):  # fmt: skip
    rows = [["城市", *headings], *[row[:3] for row in body]]
    found = propose(waiting, put(file, Sheet1=rows), Answers(citation="x"))
    assert found.years == years
    assert [asked in question for question in found.questions] == [True] * bool(asked)


def test_an_expected_file_with_the_headings_of_another_year_is_asked_about_once(waiting, tmp_path,
                                                                              before):  # fmt: skip
    path = tmp_path / "yearbook_2020.csv"
    names = {name: f"{name}_2019" for name in ("gdp_100m", "telecom_rev_10kyuan", "emp_it")}
    before[["city", *names]].rename(columns=names).to_csv(path, index=False)
    [asked] = propose(waiting, path, Answers(citation="x")).questions
    assert "it names 2019, 2020" in asked
    write(waiting, propose(waiting, path, Answers(citation="x", year="2020")))
    assert propose(waiting, path, Answers()).questions == []
