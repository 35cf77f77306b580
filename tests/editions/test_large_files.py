"""No table can make the program hang or fill the memory: it is read, or refused with the limit.

All files are read in one process, which reports the processor time of each and its largest memory.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from analysis.editions.incoming import read_file
from analysis.editions.text_tables import UnreadableTableError

outcomes = {}
for path in map(Path, sys.argv[1:]):
    begun = time.process_time()
    try:
        outcome = list(read_file(path).shape)
    except UnreadableTableError as error:
        outcome = str(error)
    outcomes[path.name] = [outcome, time.process_time() - begun]
if sys.platform == "linux":  # getrusage counts what the process that started this one had
    status = Path("/proc/self/status").read_text("ascii")
    largest = int(status.partition("VmHWM:")[2].split()[0]) / 1024
else:
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
print(json.dumps([outcomes, largest]))
"""
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>a</t></is></c></row>'
)
BEYOND = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
LAST_ROW = '<row r="1048576"><c r="B1048576"><v>1</v></c></row>'


def sheet_xml(rows: str) -> str:
    return f"<worksheet {NAMESPACE}><sheetData>{HEADER}{rows}</sheetData></worksheet>"


def workbook(path: Path, coloured: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in (["unit", "a"], ["x", 1], ["y", 2]):
        book.active.append(row)
    if coloured:
        book.active[coloured].fill = PatternFill("solid", fgColor="FF0000")
    book.save(path)
    return path


def with_part(path: Path, name: str, text: str) -> None:
    """A workbook of which one part is another one."""
    source = workbook(path.with_suffix(".source.xlsx"))
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    source.unlink()


def many_styles(folder: Path) -> str:
    with zipfile.ZipFile(workbook(folder / "plain.xlsx")) as archive:
        styles = archive.read("xl/styles.xml").decode()
    style = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return styles.replace("</cellXfs>", style * 200_000 + "</cellXfs>")


def cell_rows(cell: str, count: int) -> str:
    """Rows of the sheet with the same cell each; {0} stands for the number of the row."""
    return "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(2, count + 2))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> tuple[dict, float]:
    """Outcome and seconds by file, and the memory of all in MB."""
    folder = tmp_path_factory.mktemp("large")
    workbook(folder / "last_row.xlsx", "A1048576")
    workbook(folder / "last_cell.xlsx", "XFD1048576")
    parts = {
        "bomb": (SHEET, sheet_xml(" " * 601_000_000)),
        "many_figures": (SHEET, sheet_xml(cell_rows('<c r="A{0}"><v>1</v></c>', 50_000))),
        "too_many_figures": (SHEET, sheet_xml(cell_rows('<c r="B{0}"><v>1</v></c>', 1_000_001))),
        "no_cells": (SHEET, sheet_xml(cell_rows("", 300_000))),
        "value_in_last_row": (SHEET, sheet_xml(LAST_ROW)),
        "beyond_last_row": (SHEET, sheet_xml(BEYOND)),
        "far_columns": (SHEET, sheet_xml(cell_rows('<c r="XFD{0}" s="0"/>', 20_000))),
        "no_column": (SHEET, sheet_xml('<row r="2"><c r="AAAAAAAAA2"><v>1</v></c></row>')),
        "formulas": (SHEET, sheet_xml(cell_rows('<c r="A{0}"><f>1+1</f></c>', 20_000))),
        "styles": ("xl/styles.xml", many_styles(folder)),
        "broken": (SHEET, "<worksheet><sheetData><row>"),
        "entities": (SHEET, entities()),
    }  # fmt: skip
    for name, (part, text) in parts.items():
        with_part(folder / f"{name}.xlsx", part, text)
    (folder / "cut.xlsx").write_bytes((folder / "formulas.xlsx").read_bytes()[:20_000])
    texts = {
        "blank_lines": b"unit,a\nx,1\n" + b"\n" * 61_000_000,
        "fewer_blank_lines": b"unit,a\nx,1\n" + b"\n" * 3_000_000,
        "commas": b"," * 3_000_000,
        "lines_of_commas": b"unit,a\n" + b",\n" * 1_100_000,
        "one_field": b"unit,a\n" + b"x" * 3_000_000,
        "ragged": b"unit,a\n" + b"x\n" * 200_000,
        "long": b"unit,a\n" + b"".join(b"u%d,%d\n" % (n, n) for n in range(900_000)),
    }
    for name, content in texts.items():
        (folder / f"{name}.csv").write_bytes(content)
    files = sorted(path for path in folder.iterdir() if path.name != "plain.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *files], capture_output=True, check=True, text=True
    )
    for path in files:
        path.unlink()
    found, memory = json.loads(done.stdout)
    return found, memory


def entities() -> str:
    """A sheet whose one text would unfold to 10^9 letters."""
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    text = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return f'<!DOCTYPE x [<!ENTITY e0 "x">{"".join(names)}]>{sheet_xml(text)}'


@pytest.mark.parametrize(
    ("file", "outcome"),
    [
        ("last_row.xlsx", [2, 2]),
        ("last_cell.xlsx", [2, 2]),
        ("no_cells.xlsx", [0, 2]),
        ("fewer_blank_lines.csv", [1, 2]),
        ("long.csv", [900_000, 2]),
        ("blank_lines.csv", "the file has 61 MB; up to 60 MB are read"),
        ("bomb.xlsx", "unpacked, the workbook has 601 MB; 600 are read; save the sheet as CSV"),
        ("many_figures.xlsx", [50_000, 2]),
        ("too_many_figures.xlsx", "the table has more than 2,000,000 cells"),
        ("value_in_last_row.xlsx", "the table has more than 2,000,000 cells"),
        ("beyond_last_row.xlsx", "the table has more than 1,048,576 lines"),
        ("far_columns.xlsx", [0, 2]),
        ("no_column.xlsx", "the table has more than 16,384 columns"),
        ("formulas.xlsx", "and 19,900 more faults like these"),
        ("styles.xlsx", "the workbook has more styles than the 50,000 tags that are read"),
        ("broken.xlsx", "the file is no Excel workbook (.xlsx) that can be opened"),
        ("entities.xlsx", "the file is no Excel workbook (.xlsx) that can be opened"),
        ("cut.xlsx", "the file is no Excel workbook (.xlsx) that can be opened"),
        ("commas.csv", "the table has more than 16,384 columns"),
        ("lines_of_commas.csv", "the table has more than 2,000,000 cells"),
        ("one_field.csv", "line 2: field larger than field limit"),
        ("ragged.csv", "and 199,900 more faults like these"),
    ],
)
def test_a_large_file_is_read_or_refused_with_the_limit_in_ten_seconds(outcomes, file, outcome):
    found, seconds = outcomes[0][file]
    assert found == outcome if isinstance(outcome, list) else outcome in found
    assert seconds < 10


def test_no_large_file_takes_a_gigabyte(outcomes):
    assert outcomes[1] < 1000
