"""What each cleaning rule judged and refused, and which rules have lost what they judge by."""

import pandas as pd

from analysis.ranking.rules import OF_NEIGHBOURS, nearest_year, year_after, year_before


def rule_table(readings: pd.DataFrame, rules: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """The account of the rules, in their order.

    Parameters
    ----------
    readings
        Judged readings: ``adcode, variable, year, value, rule``.
    rules
        `cleaning_rules.csv`: ``rule, kind, variable, compared_with``.
    data_year
        The year whose figures are counted.

    Returns
    -------
    pd.DataFrame
        ``rule``; ``state`` (see `state_of`); ``figures``, the figures of the data year;
        ``judged``, those that the rule had something to judge by; ``refused``, those that it
        refused, each under the first rule that did; and ``share``, refused by judged, blank where
        nothing was judged.
    """
    wide = readings.pivot(index=["adcode", "year"], columns="variable", values="value")
    wide = wide.reindex(
        columns=sorted({*wide.columns, *rules["variable"], *rules["compared_with"]})
    )
    of_year = readings[readings["year"] == data_year]
    rows = [
        {
            "rule": rule["rule"],
            "state": state_of(wide, rule, data_year),
            "figures": int(in_year(wide[rule["variable"]].notna(), data_year).sum()),
            "judged": int(in_year(can_judge(wide, rule), data_year).sum()),
            "refused": int(of_year["rule"].eq(rule["rule"]).sum()),
        }
        for rule in rules.to_dict("records")
    ]
    table = pd.DataFrame(rows, columns=["rule", "state", "figures", "judged", "refused"])
    return table.assign(share=table["refused"] / table["judged"].where(table["judged"] > 0))


def state_of(wide: pd.DataFrame, rule: dict, data_year: int) -> str:
    """What the rule can do in an edition.

    ``unfit`` uses no figure at all; ``figures_lost``: no source prints what it would judge;
    ``yardstick_lost``: none prints what it would judge by, in any year; ``older_yardstick``: only
    another year has that; else ``judging``.
    """
    if rule["kind"] == "unfit":
        return "unfit"
    if not in_year(wide[rule["variable"]].notna(), data_year).any():
        return "figures_lost"
    yardstick = wide[rule["compared_with"]].notna() if rule["compared_with"] else None
    if yardstick is None or in_year(yardstick, data_year).any():
        return "judging"
    return "older_yardstick" if yardstick.any() else "yardstick_lost"


def can_judge(wide: pd.DataFrame, rule: dict) -> pd.Series:
    """City and year: whether the rule has a figure there, and something to judge it by."""
    there = wide[rule["variable"]].notna()
    if rule["kind"] in OF_NEIGHBOURS:
        return there & neighboured(wide, rule)
    if rule["kind"] == "repeat":
        return there & year_before(there.astype(float)).eq(1)
    if rule["kind"] == "ratio":
        return there & nearest_year(wide[rule["compared_with"]]).notna()
    return there & (rule["kind"] != "unfit")


def neighboured(wide: pd.DataFrame, rule: dict) -> pd.Series:
    """Whether a neighbouring year has a figure, and a yardstick or a third year tells the odd one.

    The part of a whole is judged by its odds, which a year without the whole does not have.
    """
    there = wide[rule["variable"]].notna().astype(float)
    if rule["kind"] == "odds":
        there *= wide[rule["compared_with"]].notna()
    before, after = year_before(there).eq(1), year_after(there).eq(1)
    third = (before & after) | year_before(before.astype(float)).eq(1) & before
    third |= year_after(after.astype(float)).eq(1) & after
    if rule["kind"] == "jump":
        third |= nearest_year(wide[rule["compared_with"]]).notna()
        return (before | after) & third
    return there.eq(1) & (before | after)


def in_year(found: pd.Series, year: int) -> pd.Series:
    """The rows of one year."""
    return found[found.index.get_level_values("year") == year]
