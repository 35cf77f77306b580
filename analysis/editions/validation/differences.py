"""How the figures of an edition differ from those of the edition before.

Columns, cities and single figures are compared by source and variable, data year with data year,
whatever files they stand in. A difference is no fault: it may be right, but somebody should have
looked at it.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple

import pandas as pd

from analysis.editions import Tables
from analysis.editions.city_keys import name_key
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding
from analysis.editions.validation.other_units import Rescaled, rescaled, unit_rule

FACTOR = 5.0
GONE, ADDED = "no file of the source is left", "the source is new"


class Year(NamedTuple):
    """The figures of an edition (`printed_figures`), and its data year."""

    figures: pd.DataFrame
    data_year: int


def differences(
    now: Year,
    before: Year,
    factor: float = FACTOR,
    unread: Collection[str] = (),
    lines: Mapping[tuple[str, str], Hashable] | None = None,
) -> list[Finding]:
    """Differences between the figures of two editions, source by source.

    Parameters
    ----------
    now, before
        The two editions.
    factor
        Times by which a figure must change to be listed.
    unread
        Sources of which not all files could be read: of these it is not said that something is
        gone.
    lines
        The line of `columns.csv` of each file and column.
    """
    here, there = (by_source(chosen(each)) for each in (now, before))
    found = [
        of_file("lost", first_file(old), f"no file of the source {source} is left", GONE)
        for source, old in there.items()
        if source not in here and source not in unread
    ]
    found += [
        of_file("new", first_file(new), f"the source {source} is new", ADDED)
        for source, new in here.items()
        if source not in there
    ]
    for source, mine in here.items():
        if (theirs := there.get(source)) is None:
            continue
        if theirs["current"].any() and not mine["current"].any() and source not in unread:
            rule = f"no file of the source {source} has figures of {now.data_year}"
            stale = f"no figures of {now.data_year} of the source"
            found.append(of_file("lost", main_file(mine), rule, stale))
            continue
        found += column_differences(mine, theirs, now.data_year, source in unread)
        found += city_differences(of_data_year(mine), of_data_year(theirs), source in unread)
        found += changed(mine, theirs, factor, lines or {})
    return found


def of_data_year(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of the data year, or all if there are none of it."""
    return figures[figures["current"]] if figures["current"].any() else figures


def of_file(severity: str, file: str, rule: str, cause: str) -> Finding:
    """One difference of a whole file."""
    return Finding(severity, Fault(file, "", "", "", rule, cause))


def chosen(edition: Year) -> pd.DataFrame:
    """The figures of each variable of a source for the data year, or else for its latest year.

    `current` says whether they are of the data year, or of a later one that stands for it.
    """
    figures = edition.figures
    year = pd.to_numeric(figures["year"], errors="coerce").astype(float)
    variable = figures.groupby(["source", "variable"], sort=False).ngroup()
    own = year.eq(edition.data_year)
    has_own = own.groupby(variable).transform("any")
    counts = own.where(has_own, year.eq(year.groupby(variable).transform("max")))
    return figures[counts].assign(current=year[counts].ge(edition.data_year))


def by_source(figures: pd.DataFrame) -> Tables:
    """The figures of each source, in the order of the sources."""
    return {str(source): mine for source, mine in figures.groupby("source", sort=False)}


def first_file(figures: pd.DataFrame) -> str:
    """The first file of a source."""
    return str(figures["file"].iloc[0])


def main_file(figures: pd.DataFrame) -> str:
    """The file that has most of the figures."""
    return str(figures["file"].value_counts(sort=True).index[0])


def column_differences(
    new: pd.DataFrame, old: pd.DataFrame, data_year: int, unread: bool
) -> list[Finding]:
    """Variables of a source that only one edition has, or has of its data year."""
    here, there = (table.drop_duplicates("variable") for table in (new, old))
    file = main_file(new)
    gone = [] if unread else [*there.loc[~there["variable"].isin(here["variable"]), "variable"]]
    added = here[~here["variable"].isin(there["variable"])]
    older = here[~here["current"] & here["variable"].isin(there.loc[there["current"], "variable"])]
    older = older.iloc[: 0 if unread else None]
    stale = f"no figures of {data_year} any more, only earlier ones"
    return [
        *(Finding("lost", Fault(file, "", name, "", "the column is gone"), name) for name in gone),
        *(
            Finding(severity, Fault(row["file"], "", row["column"], "", rule), row["variable"])
            for severity, rule, rows in (
                ("lost", stale, older),
                ("new", "the column is new", added),
            )
            for row in rows.to_dict("records")
        ),
    ]


def city_differences(new: pd.DataFrame, old: pd.DataFrame, unread: bool) -> list[Finding]:
    """Cities of a source that only one edition has, and cities under another name."""
    here, there = (
        table.drop_duplicates("adcode").set_index("adcode", drop=False) for table in (new, old)
    )
    file = main_file(new)
    gone = there[~there.index.isin(here.index)].iloc[: 0 if unread else None]
    added = here[~here.index.isin(there.index)]
    both = here[here.index.isin(there.index)]
    before = there.loc[both.index, "city"]
    # With or without 市, and with blanks inside, a name is the same.
    other = both["city"].map(name_key).ne(before.map(name_key))
    renamed = both[other & both["city"].ne("") & before.ne("")]
    return [
        *(
            Finding("lost", Fault(file, "", "adcode", named(row), "the city is gone"))
            for row in gone.to_dict("records")
        ),
        *(
            Finding("new", Fault(row["file"], row["line"], "adcode", named(row), "the city is new"))
            for row in added.to_dict("records")
        ),
        *(
            Finding("suspicious", renamed_fault(row, before[row["adcode"]]))
            for row in renamed.to_dict("records")
        ),
    ]


def renamed_fault(row: Mapping[str, object], before: str) -> Fault:
    """A city under another name than before."""
    place = (str(row["file"]), int(str(row["line"])), "city", row["city"])
    return Fault(*place, f"the city was called {before}", "the city had another name")


def named(row: Mapping[str, object]) -> str:
    """Name and code of a city."""
    return f"{row['city']} {row['adcode']}".strip()


def changed(
    new: pd.DataFrame,
    old: pd.DataFrame,
    factor: float,
    lines: Mapping[tuple[str, str], Hashable],
) -> list[Finding]:
    """Columns in another unit, and figures that changed by `factor` or more, the largest first."""
    # What only one of them has of its data year is lost or new, and its years are no pair.
    cell = ["variable", "adcode", "current"]
    earlier = old.drop_duplicates(cell)[[*cell, "number"]]
    both = new.merge(earlier, on=cell, suffixes=("", "_before"))
    both = both[(both["number"] > 0) & (both["number_before"] > 0)]
    found: list[Finding] = []
    scale = pd.Series(1.0, both.index)
    for _, figures in both.groupby(["variable", "file"], sort=False):
        if (other := rescaled(figures["number"], figures["number_before"])) is not None:
            found += in_other_unit(figures, other, lines)
            scale[figures.index] = 10.0**other.power
    ratio = both["number"] / both["number_before"]
    apart = ratio / scale  # what is left of a column in another unit
    times = apart.where(apart >= 1, 1 / apart)
    far = both.assign(ratio=apart, scale=scale, times=times)[times >= factor]
    order = far.sort_values("times", ascending=False, kind="stable")
    return found + [jump(row, factor) for row in order.to_dict("records")]


def in_other_unit(
    figures: pd.DataFrame, other: Rescaled, lines: Mapping[tuple[str, str], Hashable]
) -> list[Finding]:
    """A finding for every figure of a column in another unit; they have one cause."""
    file, column, unit = (figures[name].iloc[0] for name in ("file", "column", "unit"))
    rule = unit_rule(unit, other, lines.get((file, column), ""))
    return [
        Finding(
            "suspicious",
            Fault(file, row["line"], column, row["printed"], rule),
            row["variable"],
            "",
            figure_text(row["number_before"]),
            whole=True,
        )
        for row in figures.to_dict("records")
    ]


def jump(row: Mapping[str, float], factor: float) -> Finding:
    """A figure that is far from that of the same city before."""
    before, unit = figure_text(row["number_before"]), "" if row["scale"] == 1 else " in its unit"
    rule = f"{named(row)}: {times_text(row['ratio'])} the {before} before{unit}"
    cause = f"at least {factor:g} times, or at most 1/{factor:g} of, the figure before"
    place = (str(row["file"]), int(row["line"]), str(row["column"]), row["printed"])
    return Finding(
        "suspicious",
        Fault(*place, rule, cause),
        str(row["variable"]),
        str(row["adcode"]),
        before,
    )


def times_text(ratio: float) -> str:
    """A ratio as a person says it, with three digits: 10,500 times, or 1/9,640 of.

    >>> times_text(10_485.2), times_text(5), times_text(0.000_103_7)
    ('10,500 times', '5 times', '1/9,640 of')
    """
    above = ratio if ratio >= 1 else 1 / ratio
    number = figure_text(float(f"{above:.3g}"))
    return f"{number} times" if ratio >= 1 else f"1/{number} of"


def figure_text(number: float) -> str:
    """A figure with thousands separators and no more digits than it has."""
    if number and not 1e-4 <= abs(number) < 1e15:
        return f"{number:.6g}"
    text = f"{number:,.6f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
