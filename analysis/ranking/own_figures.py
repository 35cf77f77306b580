"""An edition of its own from one file of indicators that somebody brings for any set of cities.

The file takes the place of the public measures: every indicator that it has is measured by its
column, those that it lacks by nothing. Framework, method and cities are those of the edition that
it is laid out after, which also lends the size of the economy.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import SHEET_MARK, read_file, stem
from analysis.editions.new_edition import csv_text
from analysis.editions.storage import copy_tree
from analysis.editions.text_tables import read_table
from analysis.editions.validation.faults import Fault, refuse
from analysis.editions.validation.flat_measures import flat_faults
from analysis.editions.validation.input_faults import all_faults
from analysis.editions.validation.judging import unreadable
from analysis.ranking.cleaning import clean
from analysis.ranking.method import load
from analysis.ranking.of_record import covered_cities

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
    """The file that somebody brings.

    Attributes
    ----------
    path, sheet
        Where it is, and the sheet of a workbook.
    name
        What it is called among the files of the edition.
    table
        Its figures as text.
    """

    path: Path
    sheet: str
    name: str
    table: pd.DataFrame

    @property
    def listed(self) -> str:
        """Its name in `sources.csv`, with its sheet if one is named."""
        return f"{self.name}{SHEET_MARK}{self.sheet}" if self.sheet else self.name

    def indicators(self, framework: pd.DataFrame) -> list[str]:
        """The indicators of which the file has any figure; an empty column has none."""
        filled = self.table.columns[self.table.map(str.strip).ne("").any()]
        codes = framework.loc[framework["level"] == "indicator", "code"]
        return [name for name in filled if name in set(codes)]

    def under_its_name(self, faults: list[Fault]) -> list[Fault]:
        """Faults of the edition, those of this file under the name that it came with."""
        return [
            fault._replace(file=fault.file.replace(self.name, self.path.name)) for fault in faults
        ]


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
        Naming every fault of the file, and figures of which no report can be made.
    """
    files = [(figures, sheet), *([(weights, "")] if weights else [])]
    refuse(fault for path, of_file in files for fault in unreadable(path, of_file))
    file = OwnFile(figures, sheet, free_name(base, figures.name), read_file(figures, sheet))
    framework = base.reference_table("framework")
    refuse([*heading_faults(file, framework), *weight_faults(weights, framework)])
    edition = Edition(NAME, root)
    copy_data(base, edition)
    shutil.copyfile(figures, edition.raw / file.name)
    write_texts(contents(base, edition, file))
    if weights:
        reweigh(edition, read_file(weights))
    refuse(file.under_its_name(all_faults(edition)))
    cells = clean(edition)
    ranked = covered_cities(edition, cells).matrix
    flat = file.under_its_name(flat_faults(edition, cells, ranked))
    refuse([*number_faults(base, file, len(ranked)), *flat])
    places = base.reference_table("tiers")["last_place"].max()
    if len(ranked) > places:  # the published bands need a city below the last of their places
        write_texts({edition.raw / "edition.toml": settings_text(base, NAME)})
    return Edition(NAME, root)  # with the settings that have just been written


def free_name(base: Edition, name: str) -> str:
    """A name for the file that none of the edition's own files has, whatever their ending."""
    taken = {stem(path.name).casefold() for path in base.raw.iterdir()}
    while stem(name).casefold() in taken:
        name = f"own_{name}"
    return name


def copy_data(base: Edition, edition: Edition) -> None:
    """Lay out the data of `base` under the new name, and what it may be scored by."""
    data = edition.reference.parent
    shutil.rmtree(data, ignore_errors=True)
    copy_tree(base.reference, edition.reference)
    copy_tree(base.raw, edition.raw)
    own = edition.own_reference
    if own.is_dir():  # tables of its own, which would hide those made here
        copy_tree(own, edition.reference)
        shutil.rmtree(own)
    shutil.copyfile(base.reference.parent / "dictionary.csv", data / "dictionary.csv")
    anchors = base.settings["score_anchors"]
    there, here = Edition(anchors, base.root), Edition(anchors, edition.root)
    files = {"raw": ["edition.toml"], "results": ["anchors.csv", "rulers.csv"]}
    for folder, names in files.items():
        getattr(here, folder).mkdir(parents=True)
        for name in names:
            shutil.copyfile(getattr(there, folder) / name, getattr(here, folder) / name)


def heading_faults(own: OwnFile, framework: pd.DataFrame) -> list[Fault]:
    """Headings that are neither an indicator's code nor a city's code or name, and lacking ones."""
    indicators = set(framework.loc[framework["level"] == "indicator", "code"])
    file, headings = own.path.name, list(own.table.columns)
    rule = "is neither adcode, city nor the code of an indicator in framework.csv"
    faults = [
        Fault(file, 1, name, "", rule + nearest(name, indicators))
        for name in headings
        if name not in indicators and name not in KEYS
    ]
    faults += [
        Fault(file, 1, name, "", f"stands above {headings.count(name)} columns: keep one of them")
        for name in dict.fromkeys(headings)
        if headings.count(name) > 1
    ]
    if {"city", "name"} <= set(headings):
        faults.append(Fault(file, 1, "name", "", "city and name are one thing: keep one of them"))
    if not set(KEYS) & set(headings):
        faults.append(Fault(file, 1, "", "", "a column adcode or city is missing"))
    if not own.indicators(framework):
        rule = "no column with the code of an indicator holds a figure"
        faults.append(Fault(file, 1, "", "", rule))
    return faults


def nearest(name: str, indicators: set[str]) -> str:
    """The codes that a heading may be meant for, as the end of a rule; empty if there is none."""
    key = "_".join(name.casefold().split())
    near = get_close_matches(key, sorted(indicators), n=2, cutoff=0.6)
    return f"; the nearest: {', '.join(near)}" if near else ""


def number_faults(base: Edition, own: OwnFile, ranked: int) -> list[Fault]:
    """Too few cities with enough figures to make a report of."""
    method = load(base)
    least, domain = (
        f"{100 * method.number(f'coverage_{part}'):.0f} %" for part in ("all", "domain")
    )
    cities = "city has" if ranked == 1 else "cities have"
    rule = (
        f"{ranked} {cities} enough figures for a rank ({least} of the "
        f"indicators of the file, and {domain} of those of each domain), a report needs "
        f"{LEAST_CITIES}; the command index ranks any number of units"
    )
    return [Fault(own.path.name, "", "", "", rule)] if ranked < LEAST_CITIES else []


def weight_faults(path: Path | None, framework: pd.DataFrame) -> list[Fault]:
    """Codes that are no node, and weights that are no positive numbers."""
    if path is None:
        return []
    table = read_file(path)
    if set(table.columns) != {"code", "weight"}:
        return [Fault(path.name, 1, "", "", "the columns must be code and weight")]
    number = pd.to_numeric(table["weight"], errors="coerce")
    wrong = {
        "code": (~table["code"].isin(framework["code"]), "is no node of the framework"),
        "weight": (~(number > 0), "must be a number above 0"),
    }
    return [
        Fault(path.name, line, column, value, rule)
        for column, (found, rule) in wrong.items()
        for line, value in table.loc[found, column].items()
    ]


def contents(base: Edition, edition: Edition, file: OwnFile) -> dict[Path, str]:
    """The texts that make the file the evidence of the edition, by path."""
    found = file.indicators(base.reference_table("framework"))
    name = str(base.uncertainty_design)
    design = read_table(base.reference_file(name))
    return {
        edition.raw / "edition.toml": settings_text(base, base.settings["score_anchors"]),
        edition.raw / "sources.csv": sources_text(base, file),
        edition.raw / "columns.csv": csv_text(column_table(base, file)),
        edition.reference / "measures.csv": csv_text(measure_table(base, found)),
        edition.reference / "variables.csv": csv_text(variable_table(base, file)),
        edition.reference / name: csv_text(design[~design["factor"].isin(OF_PUBLIC_MEASURES)]),
    }


def variable_table(base: Edition, file: OwnFile) -> pd.DataFrame:
    """The variables of `base`, and one for each indicator of the file, in a unit of its own."""
    known = read_table(base.reference_file("variables.csv"))
    codes = [name for name in file.table.columns if name not in KEYS]
    own = pd.DataFrame({"variable": [PREFIX + code for code in codes], "source": SOURCE})
    meaning = "as given for this report"
    return pd.concat([known, own.assign(unit="", meaning=meaning)])


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write the files of the edition."""
    for path, text in texts.items():
        path.write_text(text, "utf8", newline="")


def settings_text(base: Edition, anchors: str) -> str:
    """The `edition.toml` of the edition."""
    return (
        f'edition = "{NAME}"\ndata_year = {base.data_year}\nscore_anchors = "{anchors}"\n'
        f'uncertainty_design = "{base.uncertainty_design}"\ndocument = "report-own.qmd"\n'
    )


def sources_text(base: Edition, file: OwnFile) -> str:
    """The sources of `base`, not sealed, and the file as one more."""
    sources = base.raw_table("sources.csv")
    row = {
        "file": file.listed,
        "source": SOURCE,
        "layout": "table",
        "years": str(base.data_year),
        "authority": "whoever gave the figures",
        "citation": f"Figures given for this report in the file {file.path.name}",
    }
    return csv_text(pd.concat([sources, pd.DataFrame([row])]))


def column_table(base: Edition, file: OwnFile) -> pd.DataFrame:
    """The description of the columns of all files, those of the file among them."""
    rows = [
        {
            "file": file.listed,
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
    columns = read_table(base.reference_file("measures.csv")).columns
    names = framework.loc[indicators].filter(like="name_")
    table = names.rename_axis("indicator").reset_index()
    own = PREFIX + table["indicator"]
    fixed = {"kind": "index", "direction": "1", "weight": "1", "carry_years": "0",
             "lead_years": "0", "years_before": "0", "years_after": "0", "evidence": "observed",
             "included": "1", "weak_tried": "", "stands_in_for": "", "note": ""}  # fmt: skip
    return table.assign(measure=own, variable=own, source=SOURCE, **fixed)[list(columns)]


def reweigh(edition: Edition, weights: pd.DataFrame) -> None:
    """Write the weights into the framework of the edition, to hold among what is measured.

    Whoever names weights means those of the index, not of a framework of which parts are empty.
    """
    new = dict(zip(weights["code"], weights["weight"], strict=True))
    replace_values(edition.reference / "framework.csv", "code", "weight", new)
    as_given = {"renormalisation": "level_by_level"}
    replace_values(edition.reference / "method.csv", "parameter", "value", as_given)


def replace_values(path: Path, key: str, column: str, new: Mapping[str, str]) -> None:
    """Write new values by `key` into one column of a table."""
    table = read_table(path)
    changed = table[key].map(new).fillna(table[column])
    path.write_text(csv_text(table.assign(**{column: changed})), "utf8", newline="")
