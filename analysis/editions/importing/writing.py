"""What a proposal changes in an edition: the file, its recipes, and the lines of the two lists."""

import hashlib
from pathlib import Path

import pandas as pd

from analysis.editions.edition import Edition
from analysis.editions.importing.proposal import Proposal, TableProposal
from analysis.editions.incoming import SHEET_MARK, stem
from analysis.editions.new_edition import csv_text
from analysis.editions.recipes import FOLDER, Recipe, recipe_path, recipe_text
from analysis.editions.storage import change_folder
from analysis.editions.units import Sizes, factor, sizes

KEPT = ["authority", "terms"]


def changes(edition: Edition, proposal: Proposal) -> dict[str, bytes]:
    """What is to be written below the folder of the edition, by path; nothing that is there."""
    texts = {
        "sources.csv": csv_text(source_lines(edition, proposal)),
        "columns.csv": csv_text(column_lines(edition, proposal)),
    }
    for table in proposal.tables:
        path = recipe_path(edition, table.table)
        if table.recipe != Recipe() or path.is_file():
            texts[f"{FOLDER}/{path.name}"] = recipe_text(table.table, table.recipe)
    found = {proposal.path.name: proposal.path.read_bytes()}
    found |= {name: text.encode() for name, text in texts.items()}
    return {name: data for name, data in found.items() if not is_there(edition.raw / name, data)}


def is_there(path: Path, data: bytes) -> bool:
    """Whether a file holds exactly this."""
    return path.is_file() and path.read_bytes() == data


def write(edition: Edition, proposal: Proposal) -> list[str]:
    """Make the file part of the edition, whole or not at all; returns what was written."""
    new = changes(edition, proposal)
    if new:
        change_folder(edition.raw, new)
    return list(new)


def replaced(edition: Edition, proposal: Proposal) -> list[str]:
    """Tables of `sources.csv` that those of the file take the place of.

    They are the tables of the same file, those of the same name but for the ending, those of the
    same source and years that are expected and have not come, and those that a person names.
    """
    sources = edition.raw_table("sources.csv")
    mine = {table.table for table in proposal.tables}
    stems = {stem(proposal.path.name), *map(stem, mine)}
    file = sources["file"].str.partition(SHEET_MARK)[0]
    absent = ~file.map(lambda name: (edition.raw / name).is_file())
    expected = absent & sources["source"].eq(proposal.source) & sources["years"].eq(proposal.years)
    same = file.eq(proposal.path.name) | sources["file"].map(stem).isin(stems)
    same |= sources["file"].isin(proposal.replace)
    return list(sources.loc[same | expected, "file"])


def source_lines(edition: Edition, proposal: Proposal) -> pd.DataFrame:
    """`sources.csv` with a line for each table of the file, in the place of those it replaces."""
    sources = edition.raw_table("sources.csv")
    old = sources["file"].isin(replaced(edition, proposal))
    like = sources[old & sources["source"].eq(proposal.source)]
    like = like if len(like) else sources[sources["source"] == proposal.source]
    model = like.iloc[0] if len(like) else pd.Series("", sources.columns)
    seals = sources.set_index("file")["sha256"]
    digest = hashlib.sha256(proposal.path.read_bytes()).hexdigest()
    rows = [
        {
            **{name: model[name] for name in KEPT},
            "file": table.table, "source": proposal.source, "layout": "table",
            "years": proposal.years, "citation": proposal.citation,
            "sha256": digest if seals.get(table.table) == digest else "",
        }
        for table in proposal.tables
    ]  # fmt: skip
    new = pd.DataFrame(rows, columns=sources.columns).astype(object).fillna("")
    first = int(old.to_numpy().argmax()) if old.any() else 0
    kept = sources[~old]
    return pd.concat([kept.iloc[:first], new, kept.iloc[first:]])


def column_lines(edition: Edition, proposal: Proposal) -> pd.DataFrame:
    """`columns.csv` with the columns of each table of the file, in the place of those before."""
    listed = edition.raw_table("columns.csv")
    gone = listed["file"].isin([*replaced(edition, proposal), *(t.table for t in proposal.tables)])
    known = known_columns(edition)
    units = sizes(edition.reference_table("units"))
    usual = edition.reference_table("variables").set_index("variable")["unit"]
    new = [
        pd.DataFrame(table_columns(table, proposal.years, known, units, usual),
                     columns=listed.columns).astype(object).fillna("")
        for table in proposal.tables
    ]  # fmt: skip
    first = int(gone.to_numpy().argmax()) if gone.any() else 0
    kept = listed[~gone]
    return pd.concat([kept.iloc[:first], *new, kept.iloc[first:]])


def known_columns(edition: Edition) -> pd.DataFrame:
    """What `columns.csv` of this edition and those before say of each variable, by variable."""
    tables = [each.raw_table("columns.csv") for each in (edition, *edition.earlier)]
    values = pd.concat(tables).query("role == 'value'")
    return values.drop_duplicates("variable").set_index("variable")


def table_columns(
    table: TableProposal, years: str, known: pd.DataFrame, units: Sizes, usual: pd.Series
) -> list[dict[str, str]]:
    """The lines of `columns.csv` about one table."""
    span = years.split("-")
    bounds = {"minimum": span[0], "maximum": span[-1]}
    rows = [
        {"file": table.table, "column": heading, "role": role, **(bounds if role == "year" else {})}
        for role, heading in table.roles.items()
    ]
    stated = "" if "year" in table.roles else years
    for match in (match for match in table.matches if match.variable):
        like = known.loc[match.variable] if match.variable in known.index else pd.Series(dtype=str)
        size = factor(match.unit, usual[match.variable], units) or 1.0
        before = factor(like.get("unit", match.unit), usual[match.variable], units) or 1.0
        rows.append({
            "file": table.table, "column": match.heading, "role": "value",
            "variable": match.variable, "year": stated, "unit": match.unit,
            "scope": like.get("scope", ""), "table": table.title[:80], "heading": match.heading,
            **{end: scaled(like.get(end, ""), before / size) for end in ("minimum", "maximum")},
        })  # fmt: skip
    return rows


def scaled(bound: str, times: float) -> str:
    """A bound in another unit; empty if there is none."""
    return f"{float(bound) * times:.12g}" if bound else ""
