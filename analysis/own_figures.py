"""An edition of its own from one file of indicators that somebody brings for any set of cities.

The file takes the place of the public measures: every indicator that it has is measured by its
column, those that it lacks by nothing. Framework, method and cities are those of the edition that
it is laid out after, which also lends the size of the economy.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.editions import Edition
from analysis.incoming import read_file
from analysis.new_edition import csv_text
from analysis.schemas import FAULT_COLUMNS, collect, fault
from analysis.storage import copy_tree
from analysis.text_tables import read_table
from analysis.validation import refuse, unreadable

NAME = "own"
SOURCE = "own"
# What one of their own measures is called; the indicator itself is a node of the framework.
PREFIX = "own_"
KEYS = {"adcode": "key", "city": "name", "name": "name"}
# With fewer cities than this the shares, correlations and draws of a report say nothing.
LEAST_CITIES = 30
# Choices of the uncertainty design that act on public measures only.
OF_PUBLIC_MEASURES = ["measures", "evidence"]


@dataclass(frozen=True)
class OwnFile:
    """The file that somebody brings: its name, the sheet of a workbook, and its table of text."""

    name: str
    sheet: str
    table: pd.DataFrame


def lay_out(
    base: Edition, figures: Path, root: Path, weights: Path | None = None, sheet: str = ""
) -> Edition:
    """Make an edition below `root` in which the file `figures` is the evidence.

    Parameters
    ----------
    base
        The edition whose framework, method, cities and economic size are taken.
    figures
        A table with a column `adcode`, `city` or `name` and one for each indicator, by its code.
    weights
        A table `code, weight` for nodes of the framework; the others keep their weights.
    sheet
        The sheet of a workbook.

    Raises
    ------
    InputRefusedError
        Naming every fault that can be seen before the edition is checked as any other.
    """
    files = [(figures, sheet), *([(weights, "")] if weights else [])]
    refuse(collect(unreadable(path, of_file) for path, of_file in files))
    file = OwnFile(figures.name, sheet, read_file(figures, sheet))
    framework = base.reference_table("framework")
    indicators = list(framework.loc[framework["level"] == "indicator", "code"])
    refuse(collect([heading_faults(file, indicators), weight_faults(weights, framework)]))
    refuse(number_faults(base, file, indicators))
    edition = Edition(NAME, root)
    data = edition.reference.parent
    shutil.rmtree(data, ignore_errors=True)
    copy_tree(base.reference, edition.reference)
    copy_tree(base.raw, edition.raw)
    shutil.copyfile(base.reference.parent / "dictionary.csv", data / "dictionary.csv")
    shutil.copyfile(figures, edition.raw / figures.name)
    anchors = anchor_edition(base, file.table, indicators)
    if anchors != NAME:
        for folder in ("raw", "results"):
            other = Edition(anchors, base.root)
            copy_tree(getattr(other, folder), getattr(Edition(anchors, root), folder))
    for path, text in contents(base, edition, file, anchors).items():
        path.write_text(text, "utf8", newline="")
    if weights:
        reweigh(edition, read_file(weights))
    return edition


def heading_faults(own: OwnFile, indicators: list[str]) -> pd.DataFrame:
    """Headings that are neither an indicator's code nor a city's code or name."""
    known, file, table = {*indicators, *KEYS}, own.name, own.table
    rule = "is neither adcode, city nor the code of an indicator in framework.csv"
    faults = [fault(file, 1, name, "", rule) for name in table.columns if name not in known]
    if not set(KEYS) & set(table.columns):
        faults.append(fault(file, 1, "", "", "a column adcode or city is missing"))
    if not set(indicators) & set(table.columns):
        faults.append(fault(file, 1, "", "", "no column has the code of an indicator"))
    return collect(faults)


def number_faults(base: Edition, own: OwnFile, indicators: list[str]) -> pd.DataFrame:
    """Too few cities with enough figures to make a report of."""
    cities = len(complete(base, own.table, indicators))
    rule = (
        f"{cities} cities have enough figures for a rank, a report needs {LEAST_CITIES}; "
        "the command index ranks any number of units"
    )
    return collect([fault(own.name, "", "", "", rule)] if cities < LEAST_CITIES else [])


def weight_faults(path: Path | None, framework: pd.DataFrame) -> pd.DataFrame:
    """Codes that are no node, and weights that are no positive numbers."""
    if path is None:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    table = read_file(path)
    if set(table.columns) != {"code", "weight"}:
        return fault(path.name, 1, "", "", "the columns must be code and weight")
    number = pd.to_numeric(table["weight"], errors="coerce")
    wrong = {
        "code": (~table["code"].isin(framework["code"]), "is no node of the framework"),
        "weight": (~(number > 0), "must be a number above 0"),
    }
    return collect(
        fault(path.name, line, column, value, rule)
        for column, (found, rule) in wrong.items()
        for line, value in table.loc[found, column].items()
    )


def anchor_edition(base: Edition, table: pd.DataFrame, indicators: list[str]) -> str:
    """The edition whose score anchors are used: its own if enough cities can be ranked.

    The scale of the published bands needs a city below the last of the published places.
    """
    places = base.reference_table("tiers")["last_place"].max()
    enough = len(complete(base, table, indicators)) > places
    return NAME if enough else base.settings["score_anchors"]


def complete(base: Edition, table: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """The figures of the cities that have as large a share of them as a rank needs."""
    method = base.reference_table("method").set_index("parameter")["value"]
    figures = table[[name for name in indicators if name in table]]
    enough = figures.ne("").mean(axis=1) >= float(method["coverage_all"])
    return figures[enough]


def contents(base: Edition, edition: Edition, file: OwnFile, anchors: str) -> dict[Path, str]:
    """The texts that make the file the evidence of the edition, by path."""
    framework = base.reference_table("framework").set_index("code")
    found = [name for name in file.table.columns if name in framework.index]
    gaps = complete(base, file.table, found).eq("").any(axis=None)
    design = read_table(base.reference / str(base.uncertainty_design))
    dropped = [*OF_PUBLIC_MEASURES, *([] if gaps else ["gaps"])]
    return {
        edition.raw / "edition.toml": settings_text(base, anchors),
        edition.raw / "sources.csv": sources_text(base, file),
        edition.raw / "columns.csv": csv_text(column_table(base, file)),
        edition.reference / "measures.csv": csv_text(measure_table(base, found)),
        edition.reference / str(base.uncertainty_design): csv_text(
            design[~design["factor"].isin(dropped)]
        ),
    }


def settings_text(base: Edition, anchors: str) -> str:
    """The `edition.toml` of the edition."""
    return (
        f'edition = "{NAME}"\ndata_year = {base.data_year}\nscore_anchors = "{anchors}"\n'
        f'uncertainty_design = "{base.uncertainty_design}"\ndocument = "report-own.qmd"\n'
    )


def sources_text(base: Edition, file: OwnFile) -> str:
    """The sources of `base`, not sealed, and the file as one more."""
    sources = base.raw_table("sources.csv").assign(sheet="")
    row = {
        "file": file.name,
        "source": SOURCE,
        "layout": "table",
        "years": str(base.data_year),
        "authority": "whoever gave the figures",
        "citation": f"Figures given for this report in the file {file.name}",
        "sheet": file.sheet,
    }
    return csv_text(pd.concat([sources, pd.DataFrame([row])]))


def column_table(base: Edition, file: OwnFile) -> pd.DataFrame:
    """The description of the columns of all files, those of the file among them."""
    rows = [
        {
            "file": file.name,
            "column": name,
            "role": KEYS.get(name, "value"),
            "variable": "" if name in KEYS else PREFIX + name,
            "year": "" if name in KEYS else str(base.data_year),
            "scope": "" if name in KEYS else "city",
        }
        for name in file.table.columns
    ]
    return pd.concat([base.raw_table("columns.csv"), pd.DataFrame(rows)])


def measure_table(base: Edition, indicators: list[str]) -> pd.DataFrame:
    """One measure for each indicator of the file, observed, more being better."""
    framework = base.reference_table("framework").set_index("code")
    columns = read_table(base.reference / "measures.csv").columns
    names = framework.loc[indicators, ["name_en", "name_zh_hant", "name_zh_hans"]]
    table = names.rename_axis("indicator").reset_index()
    own = PREFIX + table["indicator"]
    fixed = {"kind": "index", "direction": "1", "weight": "1", "carry_years": "0",
             "evidence": "observed", "included": "1", "note": ""}  # fmt: skip
    return table.assign(measure=own, variable=own, source=SOURCE, **fixed)[list(columns)]


def reweigh(edition: Edition, weights: pd.DataFrame) -> None:
    """Write the weights into the framework of the edition."""
    path = edition.reference / "framework.csv"
    framework = read_table(path)
    new = dict(zip(weights["code"], weights["weight"], strict=True))
    changed = framework["code"].map(new).fillna(framework["weight"])
    path.write_text(csv_text(framework.assign(weight=changed)), "utf8", newline="")
