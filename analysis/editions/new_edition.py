"""Laying out the folder of a new edition after the pattern of an earlier one.

Files that are out already are copied; for every source that must bring new figures there is a
template with the columns that are expected, and a table of what the earlier edition had in them.
"""

import csv
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.editions.edition import EARLIEST, LATEST, NAME_RULE, Edition, is_name
from analysis.editions.incoming import (
    SHEET_MARK,
    described_columns,
    file_and_sheet,
    raw_table,
    stem,
    to_numbers,
)
from analysis.editions.recipes import recipe_path
from analysis.index.refusal import RefusedValueError

YEARS = re.compile(r"(?<!\d)\d{4}(?:_\d{4})*(?!\d)")
Contents = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """Lines of `sources.csv` that the new edition takes over, and those it needs anew.

    `origin` names, for every expected file, the file of the earlier edition that it follows.
    """

    copied: pd.DataFrame
    expected: pd.DataFrame
    origin: dict[str, str]


def lay_out(earlier: Edition, name: str, data_year: int) -> Edition:
    """Make the raw folder of edition `name` after `earlier`, whole or not at all.

    Raises
    ------
    RefusedValueError
        If there is such a folder already, or the name or the data year cannot be one.
    """
    edition = Edition(name, earlier.root)
    if rule := refused_because(edition, data_year, earlier):
        raise RefusedValueError(f"{rule}; nothing was changed")
    chosen = plan(earlier, data_year)
    part = edition.raw.with_name(f".{name}.part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "templates").mkdir(parents=True)
    for table in chosen.copied["file"]:
        copy_with_recipe(earlier, table, part)
    for path, text in contents(earlier, chosen, name, data_year).items():
        (part / path).write_text(text, encoding="utf8", newline="")
    part.rename(edition.raw)
    return edition


def to_bring(edition: Edition) -> list[str]:
    """The files of `sources.csv` that are not in the folder, a workbook of several tables once."""
    tables = edition.raw_table("sources.csv")["file"]
    paths = dict.fromkeys(file_and_sheet(edition, table)[0] for table in tables)
    return [path.name for path in paths if not path.is_file()]


def copy_with_recipe(earlier: Edition, table: str, folder: Path) -> None:
    """Copy the file of a raw table into the folder of an edition, and its recipe if it has one."""
    path, recipe = file_and_sheet(earlier, table)[0], recipe_path(earlier, table)
    shutil.copyfile(path, folder / path.name)
    if recipe.is_file():
        (folder / recipe.parent.name).mkdir(exist_ok=True)
        shutil.copyfile(recipe, folder / recipe.parent.name / recipe.name)


def refused_because(edition: Edition, data_year: int, earlier: Edition) -> str:
    """What keeps an edition from being laid out; empty if nothing does."""
    if not is_name(edition.name):
        return f"{edition.name!r}: {NAME_RULE}"
    if not EARLIEST <= data_year <= LATEST:
        return f"data year {data_year}: must be a year from {EARLIEST} to {LATEST}"
    if data_year <= earlier.data_year:
        described = f"{earlier.data_year}, which edition {earlier.name} describes"
        return f"data year {data_year}: must be later than {described}; --from names another one"
    return f"{edition.raw} is there already" if edition.raw.exists() else ""


def plan(earlier: Edition, data_year: int) -> Plan:
    """Which files of `earlier` still serve, and which must come anew for `data_year`.

    A file serves as long as a measure may carry or average its last year. A source is expected
    anew if it has figures of the earlier data year and none of the new one; what is to be cited is
    left open.
    """
    sources = earlier.raw_table("sources.csv")
    span = sources["years"].str.findall(r"\d{4}").map(lambda years: [int(year) for year in years])
    first, last = span.str[0], span.str[-1]
    reach = earlier.reference_table("measures")[["carry_years", "years_before"]].max().max()
    current = first.le(earlier.data_year) & last.ge(earlier.data_year) & last.lt(data_year)
    expected = sources[current & sources["layout"].eq("table")]
    # The earlier edition may have the next year's file already, to average over years.
    is_new = [new_file(file, data_year) not in set(sources["file"]) for file in expected["file"]]
    expected = expected[is_new]
    new = expected.assign(
        file=[new_file(file, data_year) for file in expected["file"]],
        years=str(data_year),
        citation="",
        note="",
        sha256="",
    )
    origin = dict(zip(new["file"], expected["file"], strict=True))
    return Plan(sources[last >= data_year - reach], new, origin)


def new_file(file: str, data_year: int) -> str:
    """Name of a file with `data_year` in place of its year or years."""
    name, mark, sheet = file.partition(SHEET_MARK)
    dated = YEARS.sub(str(data_year), name, count=1)
    new = dated if dated != name else f"{Path(name).stem}_{data_year}{Path(name).suffix}"
    return new + mark + sheet


def contents(earlier: Edition, chosen: Plan, name: str, data_year: int) -> Contents:
    """The texts of the new folder, by path within it."""
    columns = earlier.raw_table("columns.csv")
    kept = columns[columns["file"].isin(chosen.copied["file"])]
    wanted = {
        file: new_columns(described_columns(earlier, old), file, earlier.data_year, data_year)
        for file, old in chosen.origin.items()
    }
    written = {
        "edition.toml": settings_text(earlier, name, data_year),
        "sources.csv": csv_text(pd.concat([chosen.expected, chosen.copied])),
        "columns.csv": csv_text(pd.concat([*wanted.values(), kept])[list(columns.columns)]),
        "templates/expected.csv": csv_text(
            pd.concat([had_before(earlier, chosen.origin[f], rows) for f, rows in wanted.items()])
        ),
    }
    for file, rows in wanted.items():
        written[f"templates/{stem(file)}.csv"] = csv_text(template(earlier, rows, data_year))
    return written


def new_columns(columns: pd.DataFrame, file: str, before: int, data_year: int) -> pd.DataFrame:
    """The description of the columns of an expected file: that of data year `before`, moved on.

    Of a figure with a column for each of several years, the last one is expected.
    """
    written = columns[columns["heading_in_file"] != ""]
    of_year = written["year"].where(written["year"].ne(""), str(before)).astype(int)
    is_last = of_year.eq(of_year.groupby(written["variable"]).transform("max"))
    written = written[is_last | written["role"].ne("value")]
    is_year, has_year = written["role"].eq("year"), written["year"].ne("")
    new = {name: written[name].mask(is_year, str(data_year)) for name in ("minimum", "maximum")}
    new["year"] = written["year"].mask(has_year, str(data_year))
    years = of_year[written.index]
    for name, old in (("column", "heading_in_file"), ("table", "table"), ("heading", "heading")):
        texts = zip(written[old], years, strict=True)
        new[name] = [moved_on(text, year, data_year) for text, year in texts]
    return written.assign(file=file, **new)


def moved_on(text: str, before: int, data_year: int) -> str:
    """A heading with its years as far on as the figures are; one of base years before stays.

    >>> moved_on("firms_2019 (2020_06), prices of 2015", 2019, 2021)
    'firms_2021 (2022_06), prices of 2015'
    """

    def later(year: re.Match[str]) -> str:
        found = int(year[0])
        return str(found + data_year - before) if before <= found <= LATEST else year[0]

    return re.sub(r"(?<!\d)\d{4}(?!\d)", later, text)


def template(earlier: Edition, columns: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """An empty table with the expected columns and a line per city."""
    cities = earlier.reference_table("cities")
    filled = {"key": cities["adcode"], "name": cities["name_zh_hans"], "year": str(data_year)}
    return pd.DataFrame(
        {row["column"]: filled.get(row["role"], "") for row in columns.to_dict("records")},
        index=cities.index,
    )


def had_before(earlier: Edition, file: str, columns: pd.DataFrame) -> pd.DataFrame:
    """What the earlier edition had in the columns that are expected: units, counts and range."""
    table = raw_table(earlier, file)
    if "year" in table:
        table = table[table["year"] == str(earlier.data_year)]
    rows = []
    for row in columns[columns["role"] == "value"].to_dict("records"):
        figures = to_numbers(table[row["heading_in_file"]])
        rows.append(
            {
                "file": row["file"],
                "column": row["column"],
                "unit": row["unit"],
                "scope": row["scope"],
                "printed_heading": row["heading"],
                "cities_before": figures.count(),
                "lowest_before": figures.min(),
                "median_before": figures.median(),
                "highest_before": figures.max(),
            }
        )
    return pd.DataFrame(rows)


def settings_text(earlier: Edition, name: str, data_year: int) -> str:
    """The `edition.toml` of the new edition."""
    return f"""# One edition of the report, laid out after edition {earlier.name}.
edition = "{name}"
data_year = {data_year}

# The edition before this one: `check` and the report set the two side by side.
previous = "{earlier.name}"

# The design of the uncertainty analysis, a file in data/reference, if there is to be one.
{"" if earlier.uncertainty_design else "# "}uncertainty_design = "{
        earlier.uncertainty_design or "uncertainty.csv"
    }"

# The edition whose score anchors are used, with its treatment and its limits of every measure, so
# that the numbers of cities in the bands are results.
score_anchors = "{earlier.settings["score_anchors"]}"

# The published ranking that this edition is set beside, a file in data/reference, if there is one.
# published_list = "published_{name}_top100.csv"
"""


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV with plain line ends."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.astype(object).where(table.notna(), "").to_numpy())
    return written.getvalue()
