"""Rules of what method and corrections say of the raw files: sources, columns, possible figures.

Method and corrections are shared by all editions, so what this edition lacks may stand in the
description of another one.
"""

import re
from collections.abc import Iterator

import pandas as pd

from analysis.editions import LATEST, Edition, edition_names
from analysis.editions.corrections import corrections_of
from analysis.editions.incoming import description, place_name, span_of
from analysis.editions.text_tables import UnreadableTableError
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.rule_faults import ABOVE_ZERO, SIZES
from analysis.editions.validation.sound import SoundEdition

DESCRIBED = ["file", "column", "role", "variable", "year", "minimum", "maximum"]
YEAR = re.compile(r"\d{4}")


def lost_evidence(edition: SoundEdition) -> list[Fault]:
    """What the index of this edition lacks; no faults, for evidence that is lost is a result."""
    return [*lost_measures(edition), *unexplained_indicators(edition)]


def unexplained_indicators(edition: Edition) -> list[Fault]:
    """Indicators without a measure that the index includes, and without a note that says why."""
    if not edition.describes("evidence_notes.csv"):
        return []
    framework, measures, notes = (
        edition.reference_table(name) for name in ("framework", "measures", "evidence_notes")
    )
    included = measures.loc[measures["included"] == "1", "indicator"]
    explained = {*included, *notes["code"]}
    indicators = framework.loc[framework["level"] == "indicator", "code"]
    rule = "no included measure measures it, and evidence_notes.csv does not say why"
    return each_fault("framework.csv", indicators[~indicators.isin(explained)], rule)


def lost_measures(edition: SoundEdition) -> list[Fault]:
    """Measures of which no file of the edition is said to have figures of the data year."""
    printed = printed_variables(edition)
    # The year from which on there are figures, of what reaches the data year at all.
    soonest = printed[printed["last"].ge(edition.data_year)].groupby("variable")["first"].min()
    context = edition.reference_table("context_measures")
    # One that stands in for another is missed only where that one is, which is named then.
    measures = edition.reference_table("measures").query("included == '1' and stands_in_for == ''")
    found = []
    for name, table in (("measures", measures), ("context_measures", context)):
        first = table["variable"].map(soonest)  # a gap is no year in reach
        lacking = table.loc[~first.le(edition.data_year + table["lead_years"]), "variable"]
        rule = f"no file has figures of {edition.data_year} of this variable"
        found += each_fault(f"{name}.csv", lacking, rule)
    return found


def measure_source_faults(edition: SoundEdition) -> list[Fault]:
    """Measures said to be of a source that does not print their variable."""
    variables = edition.reference_table("variables").set_index("variable")["source"]
    printed = printed_variables(edition).groupby("variable")["source"].agg(set)
    faults = []
    for name in ("measures", "context_measures"):
        table = edition.reference_table(name)
        for line, variable, named in table[["variable", "source"]].itertuples(name=None):
            sources = printed.get(variable, {variables[variable]})
            if named not in sources:
                rule = f"must be {' or '.join(sorted(sources))}, the source of {variable}"
                faults.append(Fault(f"{name}.csv", line, "source", named, rule))
    return faults


def printed_variables(edition: SoundEdition) -> pd.DataFrame:
    """`variable, source, first, last`: what a file is said to hold, and of which years.

    A list of designations says of every later year, too, who was designated.
    """
    rows: list[tuple[str, str, int, int]] = []
    for source in edition.raw_table("sources.csv").to_dict("records"):
        columns = edition.descriptions[source["file"]]
        first, last = span_of(source["years"])
        if source["layout"] == "designations":
            table = edition.tables.get(source["file"], pd.DataFrame())
            named = columns.loc[columns["role"] == "variable", "column"]
            variables = {value for name in named if name in table for value in table[name]}
            rows += [(variable, source["source"], first, LATEST) for variable in variables]
        else:
            values = columns.loc[columns["role"] == "value", ["variable", "year"]]
            rows += [
                (variable, source["source"], int(year or first), int(year or last))
                for variable, year in values.itertuples(index=False)
            ]
    return pd.DataFrame(rows, columns=["variable", "source", "first", "last"])


def naming_faults(edition: SoundEdition) -> list[Fault]:
    """Ways to name a city in a list of designations of which nobody has said whether they count."""
    known = edition.reference_table("designation_levels")["level"]
    rule = (
        "is not known in designation_levels.csv, column level: "
        "add it there, with 1 under counts if it makes the city designated, else 0"
    )
    faults = []
    for file in edition.raw_table("sources.csv").query("layout == 'designations'")["file"]:
        columns, table = edition.descriptions[file], edition.tables.get(file, pd.DataFrame())
        for name in columns.loc[columns["role"] == "naming", "column"]:
            if list(table.columns).count(name) == 1:
                unknown = table.loc[~table[name].isin(known), name]
                faults += each_fault(place_name(file), unknown, rule)
    return faults


def correction_place_faults(edition: SoundEdition) -> list[Fault]:
    """Corrections of figures that no edition has, or to a figure that is not possible.

    Whether the files of this edition print what they correct is looked up there, by `raw_faults`.
    """
    corrections, own = corrections_of(edition), own_figures(edition)
    # Reading the lists of all editions takes long, and hardly a correction needs them.
    columns = own if all_within(corrections, own) else figures_anywhere(edition, own)
    context = edition.reference_table("context_measures")
    sizes = set(context.loc[context["measure"].isin(SIZES), "variable"])
    faults = []
    for line, row in corrections.iterrows():
        mine = columns[columns["variable"].eq(row["variable"])]
        of_year = mine[mine["first"].le(row["year"]) & mine["last"].ge(row["year"])]
        if mine.empty or (of_year.empty and not edition.complete):
            # All figures of it are lost, or they may be in a file whose lines have faults.
            continue
        if of_year.empty:
            known = f"there are some of {mine['first'].min()} to {mine['last'].max()}"
            rule = f"no edition has figures of {row['variable']} of this year: correct it; {known}"
            faults.append(Fault("corrections.csv", line, "year", row["year"], rule))
        elif rule := value_rule(row["value"], of_year.iloc[0], sizes):
            faults.append(Fault("corrections.csv", line, "value", row["value"], rule))
    return faults


def value_rule(value: float, column: pd.Series, sizes: set[str]) -> str:
    """What a corrected figure breaks; empty if nothing."""
    if column["minimum"] and value < float(column["minimum"]):
        return f"must be at least {column['minimum']}, as columns.csv says of the column"
    if column["maximum"] and value > float(column["maximum"]):
        return f"must be at most {column['maximum']}, as columns.csv says of the column"
    is_size = column["variable"] in sizes
    return ABOVE_ZERO if is_size and value <= 0 else ""


def own_figures(edition: SoundEdition) -> pd.DataFrame:
    """Columns of figures of this edition: `variable, first, last` and range.

    `first` and `last` are the years that they describe, `minimum` and `maximum` what is possible.
    """
    sources = edition.raw_table("sources.csv")
    spans = zip(sources["file"], sources["years"].map(span_of), strict=True)
    return of_all([figures_within(edition.descriptions[file], *span) for file, span in spans])


def all_within(corrections: pd.DataFrame, columns: pd.DataFrame) -> bool:
    """Whether there are figures of the variable and year of every correction."""
    spans = columns.groupby("variable").agg({"first": list, "last": list})
    return all(
        variable in spans.index
        and any(
            first <= year <= last
            for first, last in zip(*spans.loc[variable, ["first", "last"]], strict=True)
        )
        for variable, year in zip(corrections["variable"], corrections["year"], strict=True)
    )


def figures_anywhere(edition: Edition, own: pd.DataFrame) -> pd.DataFrame:
    """Columns of figures of this edition, which are its `own`, then those of the others."""
    found = [own]
    for each in others(edition):
        columns, sources = each.raw_table("columns.csv"), each.raw_table("sources.csv")
        if not ({*DESCRIBED} <= set(columns) and {"file", "years"} <= set(sources)):
            continue
        spans = zip(sources["file"], sources["years"].map(span_or_none), strict=True)
        found += [figures_within(description(columns, file), *span) for file, span in spans if span]
    return of_all(found)


def of_all(found: list[pd.DataFrame]) -> pd.DataFrame:
    """Columns of figures in one table, with whole years."""
    whole = pd.concat(found) if found else pd.DataFrame(columns=[*DESCRIBED, "first", "last"])
    return whole.astype({"first": int, "last": int})


def figures_within(columns: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """The columns of figures of a description, with the years that they are of."""
    values = columns[columns["role"] == "value"]
    stated = pd.to_numeric(values["year"], errors="coerce")
    return values.assign(first=stated.fillna(first), last=stated.fillna(last))


def span_or_none(years: str) -> tuple[int, int] | None:
    """The first and the last year of a text, none if it has no year."""
    return span_of(years) if any(YEAR.findall(years)) else None


def others(edition: Edition) -> Iterator[Edition]:
    """The other editions whose lists can be read."""
    for name in edition_names(edition.root):
        other = Edition(name, edition.root)
        try:
            lists = [other.raw_table(file) for file in ("sources.csv", "columns.csv")]
        except UnreadableTableError:
            continue
        if name != edition.name and lists:
            yield other
