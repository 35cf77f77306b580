"""Raw tables to one row per city and measure, with value, status and reason.

Corrections and stated rules decide which readings (`ranking.readings`) are usable; each measure
takes the reading of the data year or, failing that, carries the last usable one. Nothing is
estimated here, and no raw file is changed.
"""

import numpy as np
import pandas as pd

from analysis.editions import Edition
from analysis.ranking.readings import read_all

CELL_COLUMNS = [
    "adcode", "city", "measure", "value", "unit", "status", "year", "printed", "refused",
    "rule", "file", "line", "column",
]  # fmt: skip


def clean(edition: Edition) -> pd.DataFrame:
    """One row per city and measure of the edition, with the columns `CELL_COLUMNS`.

    `status` is observed, corrected, carried or missing; `printed` is the figure as it stands in
    `file`, `line`, `column`; `refused` is the figure of the data year that a rule refused, and
    `rule` names that rule or correction. A value is in the `unit` of its column.
    """
    readings = apply_rules(apply_corrections(read_all(edition), edition), edition)
    measures = all_measures(edition)
    chosen = [
        choose(readings, measure, edition.data_year) for measure in measures.to_dict("records")
    ]
    return with_every_city(pd.concat(chosen), measures, edition)


def all_measures(edition: Edition) -> pd.DataFrame:
    """Measures of indicators and of context, with the years each may be carried."""
    measures, context = (edition.reference_table(n) for n in ("measures", "context_measures"))
    columns = ["measure", "variable", "carry_years", "lead_years"]
    return pd.concat([measures[columns], context[columns]], ignore_index=True)


def apply_corrections(readings: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Replace the misprints listed in `corrections.csv`; adds the column `correction`.

    A correction without a value leaves a gap.
    """
    corrections = edition.reference_table("corrections")
    place = ["file", "adcode", "column", "printed"]
    marked = readings.merge(
        corrections[[*place, "correction", "value"]], on=place, how="left", suffixes=("", "_new")
    )
    value = marked["value"].where(marked["correction"].isna(), marked["value_new"])
    return marked.assign(value=value).drop(columns="value_new")


def apply_rules(readings: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Mark the readings that a cleaning rule refuses; adds the column `rule` (empty if usable).

    Every rule judges the figures as printed or corrected, whatever the other rules say, so the
    order of the rules does not matter. A corrected figure is not judged.
    """
    rules = edition.reference_table("cleaning_rules")
    wide = readings.pivot(index=["adcode", "year"], columns="variable", values="value")
    # A source that no longer prints a variable leaves nothing to judge, or to judge by.
    named = {*wide.columns, *rules["variable"], *rules["compared_with"]}
    wide = wide.reindex(columns=sorted(named))
    marked = readings.assign(
        rule=readings["correction"].fillna("").where(readings["value"].isna(), "")
    )
    for rule in rules[rules["kind"] != "unfit"].to_dict("records"):
        refused = RULES[rule["kind"]](wide, rule)
        places = pd.MultiIndex.from_frame(marked[["adcode", "year"]])
        hit = (marked["variable"] == rule["variable"]) & places.isin(wide.index[refused])
        open_to_rule = marked["correction"].isna() & marked["rule"].eq("")
        marked.loc[hit & open_to_rule, "rule"] = rule["rule"]
    return marked


def refused_by_ratio(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures whose ratio to `compared_with` lies outside the bounds of the rule."""
    ratio = wide[rule["variable"]] / nearest_year(wide[rule["compared_with"]])
    return ((ratio < rule["minimum"]) | (ratio > rule["maximum"])).to_numpy()


def refused_by_minimum(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures below the minimum of the rule."""
    return (wide[rule["variable"]] < rule["minimum"]).to_numpy()


def refused_by_repeat(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures equal to the year before, to the precision in which they are printed."""
    value = wide[rule["variable"]]
    return (value == year_before(value)).to_numpy() | (
        value == year_before(value).round()
    ).to_numpy()


def refused_by_jump(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """The worse of two neighbouring years that differ by the factor `maximum` or more.

    Worse is the year whose ratio to `compared_with` lies farther, in logarithms, from the
    median ratio of all cities and years.
    """
    value = wide[rule["variable"]].where(wide[rule["variable"]] > 0)
    ratio = np.log(value / nearest_year(wide[rule["compared_with"]]))
    oddness = (ratio - ratio.median()).abs()
    refused = pd.Series(False, index=wide.index)
    for neighbour in (year_before, year_after):
        jumps = np.log(value / neighbour(value)).abs() >= np.log(rule["maximum"])
        refused |= jumps & (oddness > neighbour(oddness))
    return refused.to_numpy()


RULES = {
    "ratio": refused_by_ratio,
    "minimum": refused_by_minimum,
    "repeat": refused_by_repeat,
    "jump": refused_by_jump,
}


def year_before(value: pd.Series) -> pd.Series:
    """The same city's value one year earlier."""
    return _shifted(value, 1)


def year_after(value: pd.Series) -> pd.Series:
    """The same city's value one year later."""
    return _shifted(value, -1)


def _shifted(value: pd.Series, years: int) -> pd.Series:
    city, year = value.index.get_level_values("adcode"), value.index.get_level_values("year")
    moved = value.set_axis(pd.MultiIndex.from_arrays([city, year + years], names=value.index.names))
    return moved.reindex(value.index)


def nearest_year(value: pd.Series) -> pd.Series:
    """The value itself or, where it is blank, that of the nearest year, the earlier one first."""
    by_city = value.groupby(level="adcode")
    return value.fillna(by_city.ffill()).fillna(by_city.bfill())


def choose(readings: pd.DataFrame, measure: dict, data_year: int) -> pd.DataFrame:
    """One row per city for one measure: the usable reading nearest to the data year.

    A city without a usable reading keeps the place of its data-year cell and has no value.
    """
    mine = readings_in_reach(readings, measure, data_year)
    usable = mine[mine["rule"].eq("") & mine["value"].notna()]
    ranked = usable.assign(distance=(usable["year"] - data_year).abs()).sort_values("distance")
    used = ranked.drop_duplicates("adcode").drop(columns=["distance", "rule"])
    own = mine[mine["year"] == data_year].drop_duplicates("adcode").set_index("adcode")
    empty = own[~own.index.isin(used["adcode"])].reset_index().assign(value=np.nan)
    cells = pd.concat([used, empty.drop(columns="rule")])
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
    """observed, corrected, carried or missing."""
    current = cells["year"].between(data_year, data_year + lead_years)
    return np.select(
        [cells["value"].isna(), cells["correction"].notna(), current],
        ["missing", "corrected", "observed"],
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
    text = ["unit", "printed", "refused", "rule", "file", "column"]
    full[text] = full[text].fillna("")
    return full[CELL_COLUMNS].astype({"year": "Int64", "line": "Int64"})
