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
# What tells the cell of a city and a measure from all others.
PLACE = ["adcode", "measure"]


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
    return with_every_city(choose(readings, measures, edition.data_year), measures, edition)


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
    places = marked.groupby("variable").indices
    is_open = (marked["correction"].isna() & marked["rule"].eq("")).to_numpy(copy=True)
    found = marked["rule"].to_numpy(dtype=object, copy=True)
    for rule in rules[rules["variable"].isin(list(places))].to_dict("records"):
        mine = places[rule["variable"]]
        hit = mine[RULES[rule["kind"]](wide, rule)[row[mine]] & is_open[mine]]
        found[hit], is_open[hit] = rule["rule"], False
    return marked.assign(rule=found)


def unrefused(marked: pd.DataFrame, variables: set[str]) -> pd.DataFrame:
    """City and year × variables: the figures that no rule has refused so far.

    A source that no longer prints a variable leaves nothing to judge, or to judge by.
    """
    kept = marked.assign(value=marked["value"].where(marked["rule"].eq("")))
    wide = kept.pivot(index=["adcode", "year"], columns="variable", values="value")
    return wide.reindex(columns=sorted({*wide.columns, *variables}))


def choose(readings: pd.DataFrame, measures: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """One row per city and measure: the usable reading nearest to the data year, or a mean.

    A city without a usable reading keeps the place of its data-year cell and has no value.

    Parameters
    ----------
    readings
        Judged readings: ``variable, adcode, year, value, rule, correction`` and their place.
    measures
        As of `all_measures`: ``measure, variable, carry_years, lead_years`` and the years of means.
    data_year
        The year that the edition describes.
    """
    terms = measures[["measure", "variable", "carry_years", "lead_years"]]
    mine = readings.merge(terms, on="variable")
    own = mine[mine["year"] == data_year].drop_duplicates(PLACE)
    averaged = measures[is_averaged(measures)]
    alone, own_alone = (table[~table["measure"].isin(averaged["measure"])] for table in (mine, own))
    cells = [nearest_cells(alone, own_alone, data_year)]
    for measure in averaged.to_dict("records"):
        place = own[own["measure"] == measure["measure"]]
        cells.append(averaged_cells(readings, place, measure, data_year))
    return with_reasons(pd.concat(cells, ignore_index=True), own, data_year)


def with_reasons(cells: pd.DataFrame, own: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """Cells with their `status` and with what was `refused` of the data year by which `rule`."""
    judged = own[[*PLACE, "rule"]].assign(refused=own["printed"].where(own["rule"] != ""))
    found = cells.merge(judged, on=PLACE, how="left")
    texts = {name: found[name].astype(object).fillna("") for name in ("rule", "refused")}
    by = texts["rule"].where(found["correction"].isna(), found["correction"])
    return found.assign(status=status(found, data_year), refused=texts["refused"], rule=by)


def nearest_cells(mine: pd.DataFrame, own: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """The usable reading of each city nearest to the data year, else its cell without a value."""
    usable = usable_readings(in_reach(mine, data_year))
    distance = (usable["year"] - data_year).abs()
    ranked = usable.assign(distance=distance).sort_values("distance", kind="stable")
    used = ranked.drop_duplicates(PLACE).drop(columns="distance")
    cells = pd.concat([used, own.assign(value=np.nan)]).drop_duplicates(PLACE)
    return cells.drop(columns="rule").assign(averaged="")


def averaged_cells(
    readings: pd.DataFrame, own: pd.DataFrame, measure: dict, data_year: int
) -> pd.DataFrame:
    """The mean of the years of each city, at the place of its data-year cell if it has one."""
    entering = entering_years(usable_readings(readings), measure, data_year)
    means = mean_values(entering, data_year)
    elsewhere = entering.sort_values("year").assign(lead_years=measure["lead_years"])
    places = pd.concat([own, elsewhere]).drop_duplicates("adcode")[own.columns]
    averaged = places["adcode"].map(means["averaged"]).astype(object).fillna("")
    # Of a measure that nobody prints, no city has a mean; that is a gap all the same, a number.
    values = places["adcode"].map(means["value"]).astype(float)
    cells = places.assign(value=values, averaged=averaged)
    return cells.drop(columns="rule")


def in_reach(readings: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """The readings of measures that may be used: of the data year, or carried to it.

    An older figure fills the gap of a city. It does not stand in for a measure that no source
    prints for the data year: such a measure is lost, and the report says so.
    """
    year, latest = readings["year"], data_year + readings["lead_years"]
    current = year.between(data_year, latest)
    printed = readings.loc[current & readings["value"].notna(), "measure"]
    carried = year.ge(data_year - readings["carry_years"]) & readings["measure"].isin(printed)
    return readings[current | (carried & year.lt(data_year))]


def status(cells: pd.DataFrame, data_year: int) -> np.ndarray:
    """observed, averaged, corrected, carried or missing."""
    current = cells["year"].between(data_year, data_year + cells["lead_years"])
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
