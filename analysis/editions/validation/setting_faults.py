"""Faults of `edition.toml`: settings that are missing, unknown or lead nowhere."""

import re
from typing import Any

import pandas as pd

from analysis.editions import EARLIEST, LATEST, Edition, edition_names, is_name
from analysis.editions.text_tables import read_table
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.sound import attempted
from analysis.index.ranking import piecewise_score
from analysis.index.refusal import RefusalError, RefusedValueError

SETTINGS = {
    "edition": str,
    "data_year": int,
    "score_anchors": str,
    "published_list": str,
    "uncertainty_design": str,
    "previous": str,
    "document": str,
}
OPTIONAL_SETTINGS = {"published_list", "uncertainty_design", "previous", "document"}
NO_LIST = (
    "there is no such list: put it into data/reference and describe its columns in columns.csv "
    "there, or take the setting out"
)
# What a reference table must have to be named by one of these settings.
COLUMNS = {
    "published_list": {"rank", "city_as_printed", "province_as_printed", "adcode"},
    "uncertainty_design": {"factor", "level", "alternative", "low", "high", "share"},
}


def settings_faults(edition: Edition) -> list[Fault]:
    """Faults of `edition.toml`: no TOML, settings that are missing, unknown or lead nowhere."""
    try:
        settings = edition.settings
    except RefusedValueError as error:
        place, _, rule = str(error).partition(": ")
        line = place.partition("line ")[2]
        return [Fault("edition.toml", int(line) if line else "", "", "", rule)]
    text = (edition.raw / "edition.toml").read_text("utf8")
    faults = [
        Fault("edition.toml", "", name, "", f"the setting is missing: add a line {name} = …")
        for name in SETTINGS
        if name not in settings and name not in OPTIONAL_SETTINGS
    ]
    for name, value in settings.items():
        rule = setting_rule(edition, name, value)
        if rule:
            faults.append(Fault("edition.toml", setting_line(text, name), name, value, rule))
    return faults


def setting_line(text: str, name: str) -> int | str:
    """Line of a setting in `edition.toml`."""
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, line in lines if re.match(rf"\s*{re.escape(name)}\s*=", line)), "")


def setting_rule(edition: Edition, name: str, value: object) -> str:
    """The rule that one setting breaks; empty if none."""
    if name not in SETTINGS:
        return f"no such setting is known; known are {', '.join(SETTINGS)}"
    if not isinstance(value, SETTINGS[name]) or isinstance(value, bool):
        return "must be a whole number" if SETTINGS[name] is int else "must be text in quotes"
    if name in COLUMNS:
        return list_rule(edition, value, COLUMNS[name])
    return SETTING_RULES[name](edition, value)


def year_rule(edition: Edition, value: Any) -> str:
    """The data year is a year."""
    del edition  # the same for all
    within = EARLIEST <= value <= LATEST
    return "" if within else f"must be a year from {EARLIEST} to {LATEST}"


def name_rule(edition: Edition, value: Any) -> str:
    """The edition is called as its folder is."""
    return "" if value == edition.name else f"must be the name of the folder, {edition.name}"


def list_rule(edition: Edition, value: Any, needed: set[str]) -> str:
    """A list that is named is a reference table with the columns that are `needed`."""
    columns = attempted(read_table, edition.reference / "columns.csv")
    if columns is None or not {"file", "column"} <= set(columns):
        return ""  # refused for its header
    described = set(columns.loc[columns["file"] == value, "column"])
    if not described or not edition.reference_file(value).is_file():
        return NO_LIST
    lacking = ", ".join(sorted(needed - described))
    return f"is no such list: add the column {lacking}, or name another list" if lacking else ""


def edition_rule(edition: Edition, value: Any) -> str:
    """Another edition that is named is there."""
    there = is_name(value) and (Edition(value, edition.root).raw / "edition.toml").is_file()
    known = ", ".join(name for name in edition_names(edition.root) if name != edition.name)
    return "" if there else f"there is no such edition: name another; there is {known or 'none'}"


def previous_rule(edition: Edition, value: Any) -> str:
    """The edition that this one is compared with is there, and of an earlier data year."""
    if rule := edition_rule(edition, value):
        return rule
    before, now = (
        own_setting(each, "data_year") for each in (Edition(value, edition.root), edition)
    )
    if isinstance(before, int) and isinstance(now, int) and before < now:
        return ""
    return "must name an edition whose data year is an earlier one"


def anchor_rule(edition: Edition, value: Any) -> str:
    """Anchors and rulers are the edition's own, or those that another one has made for itself."""
    if value == edition.name:
        return ""
    if rule := edition_rule(edition, value):
        return rule
    other = Edition(value, edition.root)
    for name in ("anchors", "rulers"):
        if not other.has_result(name):
            return f"that edition has no {name}.csv among its results: build it first"
    if own_setting(other, "score_anchors") != value:
        return "that edition takes its anchors from another one: name that other one"
    try:
        other.result("rulers")
        piecewise_score(pd.Series(dtype=float), other.result("anchors"))
    except RefusalError as error:
        return f"its results cannot be used, build it anew: {error}"
    return ""


def own_setting(edition: Edition, name: str) -> object:
    """A setting of another edition; None if it has none or its settings cannot be read."""
    try:
        return edition.settings.get(name)
    except RefusedValueError:
        return None


def document_rule(edition: Edition, value: Any) -> str:
    """The document is one of the reports beside `report.qmd`."""
    del edition  # documents belong to the project, not to an edition
    return "" if re.fullmatch(r"report(-[a-z]+)?\.qmd", value) else "must be like report-open.qmd"


SETTING_RULES = {
    "edition": name_rule,
    "data_year": year_rule,
    "score_anchors": anchor_rule,
    "previous": previous_rule,
    "document": document_rule,
}
