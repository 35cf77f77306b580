"""The files of an index on any units: a framework table, a data table, and a method if wanted.

All are taken in every form in which raw files are taken. Whatever is wrong with them is refused at
once, each fault with file, line, column, value and rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.editions.encodings import sample
from analysis.editions.incoming import TEXTS, file_text, plain_numbers, read_file
from analysis.editions.validation.any_method import ChosenMethod, chosen_method, method_faults
from analysis.editions.validation.case_faults import (
    FRAMEWORK,
    NEEDED,
    column_faults,
    data_faults,
    framework_faults,
)
from analysis.editions.validation.case_figures import plain_figures, stripped
from analysis.editions.validation.faults import Fault, refuse
from analysis.editions.validation.judging import unreadable
from analysis.index.framework import leaves

# What the columns hold that a framework need not have.
OPTIONAL = FRAMEWORK.set_index("column")["default"].drop(NEEDED).to_dict()
NO_METHOD = pd.DataFrame({"parameter": [], "value": []}, dtype=str)


@dataclass(frozen=True)
class CaseFiles:
    """The files of a case, and how to read them.

    Attributes
    ----------
    framework, data, method
        The tables.
    sheet
        That of the data in a workbook.
    encoding
        That of tables which are neither UTF-8 nor plain Chinese.
    missing
        Marks that stand for a missing figure.
    """

    framework: Path
    data: Path
    method: Path | None = None
    sheet: str = ""
    encoding: str = ""
    missing: tuple[str, ...] = ()

    @property
    def sheets(self) -> dict[Path, str]:
        """Every file with the sheet to read."""
        method = {self.method: ""} if self.method else {}
        return {self.framework: "", **method, self.data: self.sheet}


@dataclass(frozen=True)
class Case:
    """What an index on any units is computed from.

    Attributes
    ----------
    framework
        ``code, parent, level, name, weight, direction``, whole, also where figures are lacking.
    data
        Units × leaves as numbers, gaps as NaN; the index is called `unit`.
    names
        A further name of every unit, empty if the file has none.
    method
        The method.
    file, lines, printed
        Name of the file of the data, the line of every unit in it, and units × leaves as text.
    """

    framework: pd.DataFrame
    data: pd.DataFrame
    names: pd.Series
    method: ChosenMethod
    file: str
    lines: pd.Series
    printed: pd.DataFrame

    def fault(self, unit: str, leaf: str, rule: str) -> Fault:
        """A fault of one figure."""
        value = self.printed.loc[unit, leaf]
        return Fault(self.file, self.lines[unit], leaf, value, rule)


def read_case(files: CaseFiles) -> Case:
    """Read and check the files of a case.

    Raises
    ------
    InputRefusedError
        Naming every fault of the files.
    """
    refuse(
        fault
        for path, sheet in files.sheets.items()
        for fault in unreadable(path, sheet, files.encoding)
    )
    framework, data = (
        stripped(read_file(path, files.sheets[path], files.encoding))
        for path in (files.framework, files.data)
    )
    refuse(column_faults(files.framework.name, framework, data))
    method = stripped(read_file(files.method, "", files.encoding)) if files.method else NO_METHOD
    name = files.method.name if files.method else ""
    tree = with_defaults(framework)
    refuse([*framework_faults(files.framework.name, tree), *method_faults(name, method)])
    plain = plain_figures(data, leaves(tree), files.missing)
    refuse(data_faults(files.data.name, plain, tree))
    return case_of(tree, data, plain, chosen_method(name, method), files.data.name)


def notes(files: CaseFiles) -> Iterator[str]:
    """A line about every file that was not read as UTF-8, with a sample of what it holds."""
    for path in files.sheets:
        if path.suffix.lower() in TEXTS:
            text, encoding = file_text(path, files.encoding)
            shown = sample(text)
            if not encoding.startswith("utf-8"):
                yield f"{path.name}: read as {encoding}" + (f", such as {shown}" if shown else "")


def with_defaults(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with every column: an empty weight or direction is 1, a name the code."""
    full = framework.assign(
        **{name: text for name, text in OPTIONAL.items() if name not in framework}
    )
    for column in ("weight", "direction"):
        full[column] = plain_numbers(full[column]).replace("", OPTIONAL[column])
    full["direction"] = full["direction"].str.removesuffix(".0").str.removeprefix("+")
    return full.assign(name=full["name"].where(full["name"] != "", full["code"]))


def case_of(
    framework: pd.DataFrame,
    data: pd.DataFrame,
    plain: pd.DataFrame,
    method: ChosenMethod,
    file: str,
) -> Case:
    """The case of tables that are free of faults.

    Parameters
    ----------
    framework
        A framework table: ``code, parent, weight, direction``, all as text, and what else the
        case is to keep.
    data
        The figures as printed, a row per unit and a column per leaf; the first column names the
        units, a column `name` behind it names them further, and the index tells the lines.
    plain
        The same figures as plain numbers, still as text, a gap as an empty one.
    method
        The method.
    file
        Name of the file of the data.
    """
    tree = framework.reset_index(drop=True).assign(
        weight=framework["weight"].astype(float).to_numpy(),
        direction=framework["direction"].astype(int).to_numpy(),
    )
    units = pd.Index(data.iloc[:, 0], name="unit")
    printed, rows = data.set_axis(units), plain.set_axis(units)
    figures = [leaf for leaf in leaves(tree) if leaf in rows]
    numbers = rows[figures].replace("", None).apply(pd.to_numeric).astype(float)
    names = printed["name"] if "name" in printed.columns[1:] else pd.Series("", index=units)
    lines = pd.Series(data.index, index=units)
    return Case(tree, numbers, names, method, file, lines, printed[figures])
