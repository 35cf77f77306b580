"""Raw tables to one row per city and measure, with value, status and reason.

Corrections and stated rules decide which readings (`ranking.readings`) are usable; each measure
takes the reading of the data year or, failing that, carries the last usable one, or is the mean of
the years around the data year (`ranking.averaging`). Nothing else is estimated here, and no raw
file is changed.
"""

import numpy as np
import pandas as pd

from analysis.editions import Edition
from analysis.editions.corrections import CELL, corrections_of, met
from analysis.ranking.averaging import (
    AVERAGED_COLUMNS,
    entering_years,
    is_averaged,
    mean_values,
)
from analysis.ranking.readings import read_all
from analysis.ranking.rules import OF_NEIGHBOURS, RULES

CELL_COLUMNS = [
    "adcode", "city", "measure", "value", "unit", "status", "year", "averaged", "printed",
    "refused", "rule", "file", "line", "column",
]  # fmt: skip


def clean(edition: Edition) -> pd.DataFrame:
    """One row per city and measure of the edition, with the columns `CELL_COLUMNS`.

    `status` is observed, averaged, corrected, carried or missing; `printed` is the figure as it
    stands in `file`, `line`, `column`; `refused` is the figure of the data year that a rule
    refused, and `rule` names that rule or correction. A value is in the `unit` of its column.
    `averaged` names the years of a value that is a mean.
    """
    return cells_of(judged_readings(edition), edition)


def judged_readings(edition: Edition) -> pd.DataFrame:
    """All readings, corrected and judged: with ``correction`` and ``rule``, empty if usable."""
    return apply_rules(apply_corrections(read_all(edition), edition), edition)


def cells_of(readings: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """The cells of an edition, as `clean` gives them, from its judged readings."""
    measures = all_measures(edition)
    chosen = [
        choose(readings, measure, edition.data_year) for measure in measures.to_dict("records")
    ]
    return with_every_city(pd.concat(chosen), measures, edition)


def averaged_figures(readings: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Every printed figure that enters the mean of several years, with its place.

    Returns
    -------
    pd.DataFrame
        `AVERAGED_COLUMNS`, by city, measure and year: a row for each judged reading that enters.
    """
    measures = all_measures(edition)
    usable = usable_readings(readings)
    entering = [
        entering_years(usable, measure, edition.data_year)
        for measure in measures[is_averaged(measures)].to_dict("records")
    ]
    table = pd.concat(entering) if entering else pd.DataFrame(columns=AVERAGED_COLUMNS)
    names = edition.reference_table("cities").set_index("adcode")["name_en"]
    named = table.assign(city=table["adcode"].map(names))[AVERAGED_COLUMNS]
    ordered = named.sort_values(["adcode", "measure", "year"], ignore_index=True)
    return ordered.astype({"year": "Int64", "line": "Int64"})


def usable_readings(readings: pd.DataFrame) -> pd.DataFrame:
    """The judged readings that hold a figure which no rule refuses."""
    return readings[readings["rule"].eq("") & readings["value"].notna()]


def all_measures(edition: Edition) -> pd.DataFrame:
    """Measures of indicators and of context: what may be carried, and what is averaged."""
    measures, context = (edition.reference_table(n) for n in ("measures", "context_measures"))
    columns = ["measure", "variable", "carry_years", "lead_years", "years_before", "years_after"]
    beside = context.assign(years_before=0, years_after=0)
    return pd.concat([measures[columns], beside[columns]], ignore_index=True)


def apply_corrections(readings: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Replace the misprints listed in `corrections.csv`; adds the column `correction`.

    A correction without a value leaves a gap.
    """
    corrections = corrections_of(edition)
    place = [*CELL, "figure"]
    # The form in which figures meet is needed of few.
    concerned = readings["variable"].isin(corrections["variable"])
    printed = readings["printed"].where(concerned, "")
    keyed = readings.assign(figure=met(printed, readings["value"]))
    marked = keyed.merge(
        corrections[[*place, "correction", "value"]], on=place, how="left", suffixes=("", "_new")
    )
    value = marked["value"].where(marked["correction"].isna(), marked["value_new"])
    return marked.assign(value=value).drop(columns=["value_new", "figure"])


def apply_rules(
    readings: pd.DataFrame, edition: Edition, of: set[str] | None = None
) -> pd.DataFrame:
    """Mark the readings that a cleaning rule refuses; adds the column `rule` (empty if usable).

    With `of` only rules for these variables are applied.

    Rules that judge a figure by itself or by another one come first. Those that compare years see
    what these have left, for a figure known to be wrong tells nothing of its neighbours. Within
    each of the two steps no rule sees what another one refuses, so the order of the rules does not
    matter. A corrected figure is not judged.
    """
    rules = edition.reference_table("cleaning_rules")
    rules = rules if of is None else rules[rules["variable"].isin(of)]
    marked = readings.assign(
        rule=readings["correction"].fillna("").where(readings["value"].isna(), "")
    )
    compares_years = rules["kind"].isin(OF_NEIGHBOURS)
    for step in (rules[~compares_years & rules["kind"].ne("unfit")], rules[compares_years]):
        marked = marked_by(marked, step)
    return marked


def marked_by(marked: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The readings with the marks of these rules, none of which sees what another one refuses."""
    wide = unrefused(marked, {*rules["variable"], *rules["compared_with"]})
    row = wide.index.get_indexer(pd.MultiIndex.from_frame(marked[["adcode", "year"]]))
    found = marked["rule"].copy()
    for rule in rules.to_dict("records"):
        refused = RULES[rule["kind"]](wide, rule)
        hit = (marked["variable"] == rule["variable"]) & refused[row]
        found[hit & marked["correction"].isna() & found.eq("")] = rule["rule"]
    return marked.assign(rule=found)


def unrefused(marked: pd.DataFrame, variables: set[str]) -> pd.DataFrame:
    """City and year × variables: the figures that no rule has refused so far.

    A source that no longer prints a variable leaves nothing to judge, or to judge by.
    """
    kept = marked.assign(value=marked["value"].where(marked["rule"].eq("")))
    wide = kept.pivot(index=["adcode", "year"], columns="variable", values="value")
    return wide.reindex(columns=sorted({*wide.columns, *variables}))


def choose(readings: pd.DataFrame, measure: dict, data_year: int) -> pd.DataFrame:
    """One row per city for one measure: the usable reading nearest to the data year, or a mean.

    A city without a usable reading keeps the place of its data-year cell and has no value.
    """
    mine = readings_in_reach(readings, measure, data_year)
    own = mine[mine["year"] == data_year].drop_duplicates("adcode").set_index("adcode")
    if measure["years_before"] + measure["years_after"] > 0:
        cells = averaged_cells(readings, own, measure, data_year)
    else:
        cells = nearest_cells(mine, own, data_year)
    rule, refused = (
        cells["adcode"].map(column).astype(object).fillna("")
        for column in (own["rule"], own["printed"].where(own["rule"] != ""))
    )
    return cells.assign(
        measure=measure["measure"],
        status=status(cells, data_year, measure["lead_years"]),
        refused=refused,
        rule=rule.where(cells["correction"].isna(), cells["correction"]),
    )


def nearest_cells(mine: pd.DataFrame, own: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """The usable reading of each city nearest to the data year, else its cell without a value."""
    usable = usable_readings(mine)
    ranked = usable.assign(distance=(usable["year"] - data_year).abs()).sort_values("distance")
    used = ranked.drop_duplicates("adcode").drop(columns=["distance", "rule"])
    empty = own[~own.index.isin(used["adcode"])].reset_index().assign(value=np.nan)
    return pd.concat([used, empty.drop(columns="rule")]).assign(averaged="")


def averaged_cells(
    readings: pd.DataFrame, own: pd.DataFrame, measure: dict, data_year: int
) -> pd.DataFrame:
    """The mean of the years of each city, at the place of its data-year cell if it has one."""
    entering = entering_years(usable_readings(readings), measure, data_year)
    means = mean_values(entering, data_year)
    elsewhere = entering.sort_values("year").drop_duplicates("adcode").set_index("adcode")
    places = pd.concat([own, elsewhere[~elsewhere.index.isin(own.index)]])[own.columns]
    cells = places.assign(value=means["value"], averaged=means["averaged"]).reset_index()
    years = cells["averaged"].astype(object).fillna("")
    return cells.assign(averaged=years).drop(columns="rule")


def readings_in_reach(readings: pd.DataFrame, measure: dict, data_year: int) -> pd.DataFrame:
    """The readings of a measure that may be used: of the data year, or carried to it.

    An older figure fills the gap of a city. It does not stand in for a measure that no source
    prints for the data year: such a measure is lost, and the report says so.
    """
    low, high = data_year - measure["carry_years"], data_year + measure["lead_years"]
    mine = readings[readings["variable"] == measure["variable"]]
    current = mine[mine["year"].between(data_year, high)]
    return mine[mine["year"].between(low, high)] if current["value"].notna().any() else current


def status(cells: pd.DataFrame, data_year: int, lead_years: int) -> np.ndarray:
    """observed, averaged, corrected, carried or missing."""
    current = cells["year"].between(data_year, data_year + lead_years)
    return np.select(
        [cells["value"].isna(), cells["averaged"].ne(""), cells["correction"].notna(), current],
        ["missing", "averaged", "corrected", "observed"],
        "carried",
    )


def with_every_city(cells: pd.DataFrame, measures: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Every city × every measure, in a fixed order; what no source has is missing."""
    cities = edition.reference_table("cities").set_index("adcode")["name_en"]
    every = pd.MultiIndex.from_product(
        [cities.index, measures["measure"]], names=["adcode", "measure"]
    )
    units = cells.groupby("measure")["unit"].first()
    full = cells.set_index(["adcode", "measure"]).reindex(every).reset_index()
    full["city"] = full["adcode"].map(cities)
    full["unit"] = full["measure"].map(units)
    full["status"] = full["status"].fillna("missing")
    text = ["unit", "averaged", "printed", "refused", "rule", "file", "column"]
    full[text] = full[text].fillna("")
    return full[CELL_COLUMNS].astype({"year": "Int64", "line": "Int64"})
