"""An edition that waits for its yearbook, laid out after the tiny one, and workbooks for it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from conftest import EditionOnDisk, read

from analysis.editions import Edition
from analysis.editions.new_edition import lay_out

HEAD = [
    ["2020年主要指标", "", "", ""],
    ["城市", "经济", "", "环境"],
    ["", "gdp_100m", "telecom_rev_10kyuan", "sewage_treat_pct"],
    ["", "（亿元）", "（万元）", "（%）"],
]
NOTES = [["", "", "", ""], ["资料来源：《虚构统计年鉴2021》", "", "", ""]]
Put = Callable[..., Path]


@pytest.fixture
def waiting(tiny: EditionOnDisk) -> Edition:
    """The edition after the tiny one, of data year 2020, whose yearbook has not come."""
    return lay_out(tiny.edition, "next", 2020)


@pytest.fixture
def before(tiny: EditionOnDisk) -> pd.DataFrame:
    """The figures of the year before, by line from 2."""
    return read(tiny.path("yearbook_2019.csv"))


@pytest.fixture
def body(before: pd.DataFrame) -> list[list[object]]:
    """The lines of a table of the year after: each figure a hundredth more, 甲市 first."""
    names = ["gdp_100m", "telecom_rev_10kyuan", "sewage_treat_pct"]
    figures = before[names].apply(pd.to_numeric)
    figures[names[:2]] *= 1.01
    found = figures.round(4).astype(object).where(figures.notna(), "—")
    return [
        [city[0] + "　市", *row] for city, row in zip(before["city"], found.to_numpy(), strict=True)
    ]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes rows as sheets of a workbook and returns its path."""

    def write(name: str, **sheets: list[list[object]]) -> Path:
        (tmp_path / "sent").mkdir(exist_ok=True)
        path = tmp_path / "sent" / name
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for line, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if value != "":
                            sheet.write(line, column, value)
        return path

    return write


@pytest.fixture
def office(put: Put, body: list[list[object]]) -> Path:
    """A yearbook table as an office sends it: titles, totals, a place outside the list, notes."""
    total, outside = ["北岸省", 9, 9, 9], ["州州", 5, "", ""]
    rows = [*HEAD, total, *body, outside, *NOTES]
    return put("office.xlsx", Sheet1=rows)
