"""Raw files as a statistics office sends them: read if they can be read in one way, else refused.

Line 3 of the tiny yearbook is Birch (乙市, 910200) with a GDP of 7400.
"""

import csv
from pathlib import Path

import pytest
from conftest import EditionOnDisk, read, write
from openpyxl.workbook.workbook import Workbook

from analysis.editions import incoming
from analysis.ranking import readings

YEARBOOK = "yearbook_2019.csv"
WORKBOOK = "yearbook_2019.xlsx"


def rows_of(edition: EditionOnDisk, file: str = YEARBOOK) -> list[list[str]]:
    return list(csv.reader(edition.path(file).read_text("utf8").splitlines()))


def write_text(path: Path, rows: list[list[str]], encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows(rows)


def as_stored(text: str) -> object:
    """What a spreadsheet stores for a text that was typed into it."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def to_workbook(edition: EditionOnDisk, sheet: str = "") -> Path:
    """Replace the yearbook by a workbook with the same figures, below sources.csv's new name."""
    book = Workbook()
    book.active.title = sheet or "Sheet1"
    for row in rows_of(edition):
        book.active.append([as_stored(field) for field in row])
    path = edition.edition.raw / WORKBOOK
    book.save(path)
    edition.path(YEARBOOK).unlink()
    rename_source(edition, WORKBOOK, sheet)
    return path


def rename_source(edition: EditionOnDisk, file: str, sheet: str) -> None:
    sources = read(edition.path("sources.csv"))
    table = f"{file}#{sheet}" if sheet else file
    sources["file"] = sources["file"].replace([YEARBOOK, WORKBOOK], table)
    write(edition.path("sources.csv"), sources)


def figures(edition: EditionOnDisk) -> dict[tuple[str, str, int], float]:
    table = readings.read_all(edition.edition).dropna(subset="value")
    keys = zip(table["adcode"], table["variable"], table["year"], strict=True)
    return dict(zip(keys, table["value"], strict=True))


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8", ";"), ("utf-8-sig", "\t"), ("gb18030", ","), ("gb18030", ";"),
        ("utf-16", ","), ("utf-16", "\t"),
    ],
)  # fmt: skip
def test_every_encoding_and_delimiter_gives_the_same_figures(tiny, encoding, delimiter):
    expected = figures(tiny)
    write_text(tiny.path(YEARBOOK), rows_of(tiny), encoding, delimiter)
    assert tiny.faults() == []
    assert figures(tiny) == expected


@pytest.mark.parametrize("sheet", ["", "地级市"])
def test_a_workbook_gives_the_same_figures(tiny, sheet):
    expected = figures(tiny)
    to_workbook(tiny, sheet)
    assert tiny.faults() == []
    assert figures(tiny) == expected


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7,400.5", 7400.5),
        ("1,007,400", 1007400),
        ("7 400", 7400),
        ("７４００", 7400),
        ("７，４００．５", 7400.5),
        (" 7400 ", 7400),
        ("7400", 7400),
    ],
)
def test_a_figure_is_read_whatever_its_digits_and_separators(tiny, printed, value):
    tiny.put(YEARBOOK, 3, "gdp_100m", printed)
    assert tiny.faults() == []
    assert figures(tiny)["910200", "gdp_100m", 2019] == value
    table = readings.read_all(tiny.edition).set_index(["adcode", "variable", "year"])
    assert table.loc[("910200", "gdp_100m", 2019), "printed"] == printed


@pytest.mark.parametrize(
    "printed", ["7400,5", "9.800,0", "7,40", "0,123", "7,400 500", "1e5x", "97%", "7400*", "..."]
)
def test_a_figure_that_is_no_number_is_refused_as_it_is_printed(tiny, printed):
    tiny.put(YEARBOOK, 3, "gdp_100m", printed)
    assert tiny.faults() == [(YEARBOOK, "3", "gdp_100m", printed, "must be a number")]


def test_a_share_above_100_is_refused_behind_its_separator(tiny):
    tiny.put(YEARBOOK, 3, "sewage_treat_pct", "9,710")
    rule = "must be at least 0 and at most 100"
    assert tiny.faults() == [(YEARBOOK, "3", "sewage_treat_pct", "9,710", rule)]


def test_full_width_codes_and_years_are_read(tiny):
    expected = figures(tiny)
    tiny.put(YEARBOOK, 3, "adcode", "９１０２００")
    tiny.put(YEARBOOK, 3, "year", "２０１９")
    assert tiny.faults() == []
    assert figures(tiny) == expected


@pytest.mark.parametrize("name", ["乙市", "乙城", "Birch", " 乙 市 "])
@pytest.mark.parametrize("code", ["", "the name"])
def test_a_name_takes_the_place_of_a_code(tiny, name, code):
    expected = figures(tiny)
    tiny.put(YEARBOOK, 3, "city", name)
    tiny.put(YEARBOOK, 3, "adcode", name if code else "")
    assert tiny.faults() == []
    assert figures(tiny) == expected


def test_a_file_without_codes_is_read_by_its_names(tiny):
    expected = figures(tiny)
    tiny.drop_column(YEARBOOK, "adcode")
    assert tiny.faults() == []
    assert figures(tiny) == expected


def test_key_columns_may_have_any_heading(tiny):
    expected = figures(tiny)
    headings = {"adcode": "行政区划代码", "city": "城市", "year": "年份"}
    write(tiny.path(YEARBOOK), read(tiny.path(YEARBOOK)).rename(columns=headings))
    columns = read(tiny.path("columns.csv"))
    mine = columns["file"] == YEARBOOK
    columns["column"] = columns["column"].mask(mine, columns["column"].replace(headings))
    write(tiny.path("columns.csv"), columns)
    assert tiny.faults() == []
    assert figures(tiny) == expected
    tiny.put(YEARBOOK, 3, "年份", "2020")
    assert [fault[:4] for fault in tiny.faults()] == [(YEARBOOK, "3", "年份", "2020")]


def test_an_unknown_name_is_refused_with_the_nearest_ones(tiny):
    tiny.put(YEARBOOK, 3, "adcode", "")
    tiny.put(YEARBOOK, 3, "city", "Birhc")
    [(file, line, column, value, rule)] = tiny.faults()
    assert (file, line, column, value) == (YEARBOOK, "3", "city", "Birhc")
    assert rule.startswith("is no known name of a city; the nearest: 乙市 Birch 910200")


def test_a_name_of_several_cities_is_refused_with_the_candidates(tiny):
    tiny.put("cities.csv", 3, "name_en_alt", "Twin")
    tiny.put("cities.csv", 4, "name_en_alt", "Twin/Other")
    tiny.put(YEARBOOK, 3, "adcode", "")
    tiny.put(YEARBOOK, 3, "city", "Twin")
    rule = "is the name of several cities: 乙市 Birch 910200, 丙市 Cedar 910300; give the code"
    assert tiny.faults() == [(YEARBOOK, "3", "city", "Twin", rule)]


def test_a_city_given_twice_by_name_and_by_code_is_refused(tiny):
    first = rows_of(tiny)[1]
    line = tiny.add_line(YEARBOOK, ",".join(["", *first[1:]]))
    assert tiny.faults() == [
        (
            YEARBOOK,
            str(line),
            "adcode, year",
            "910100, 2019",
            "the key repeats line 2: correct or take out one of the two",
        )
    ]


def test_a_line_shifted_by_one_column_is_refused(real_copy):
    table = read(real_copy.path(YEARBOOK))
    first = list(table.columns).index("patent_app_n")
    record = list(table.iloc[10])
    table.loc[10] = [*record[:first], "", *record[first:-1]]
    write(real_copy.path(YEARBOOK), table)
    [(file, line, _, _, rule)] = real_copy.faults()
    assert (file, line) == (YEARBOOK, "12")
    assert "the line looks shifted" in rule


def test_blank_lines_and_columns_at_the_end_are_left_out(tiny):
    expected = figures(tiny)
    width = len(rows_of(tiny)[0])
    tiny.add_line(YEARBOOK, "," * (width - 1))
    tiny.add_line(YEARBOOK, "")
    assert tiny.faults() == []
    assert figures(tiny) == expected


@pytest.mark.parametrize(
    "table", ["a,b,,\n1,2,,\n3,4,,\n", "a,b\n1,2,\n3,4\n", "a,b,\n1,2,\n3,4,\n,,\n"]
)
def test_columns_without_heading_and_fields_at_the_end_are_left_out(tmp_path, table):
    (tmp_path / "t.csv").write_text(table, "utf8")
    found = incoming.read_file(tmp_path / "t.csv")
    assert list(found.columns) == ["a", "b"]
    assert found.to_numpy().tolist() == [["1", "2"], ["3", "4"]]


def test_a_field_without_heading_is_not_left_out(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,\n1,2,\n3,4,5\n", "utf8")
    assert list(incoming.read_file(tmp_path / "t.csv").columns) == ["a", "b", ""]


def test_a_file_of_another_kind_is_refused(tiny):
    tiny.path("census.csv").rename(tiny.edition.raw / "census.pdf")
    tiny.put("sources.csv", 4, "file", "census.pdf")
    rule = "the ending of the file is none of .csv, .tsv, .txt, .xlsx, .xls, .ods, .dta, .parquet"
    assert tiny.faults() == [("census.pdf", "", "", "", rule)]


def test_a_sheet_of_a_text_file_is_refused(tiny):
    rename_source(tiny, YEARBOOK, "cities")
    place = f"{YEARBOOK}, sheet cities"
    assert tiny.faults() == [(place, "", "", "", "only a workbook (.xlsx, .xls, .ods) has sheets")]


def test_a_line_break_in_a_heading_is_a_blank(tmp_path):
    book = Workbook()
    book.active.append(["adcode", "GDP\n(100m yuan)"])
    book.active.append([110000, 1])
    book.save(tmp_path / "t.xlsx")
    assert list(incoming.read_file(tmp_path / "t.xlsx").columns) == ["adcode", "GDP (100m yuan)"]
