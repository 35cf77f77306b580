"""The one writer of results: from the raw tables of an edition to every results table.

Nothing is written unless all input is accepted and every table agrees with the data dictionary.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import yaml

from analysis.chapters.assembly import (
    analysis_tables,
    deciding_tables,
    doubt_tables,
    ledger_tables,
    placed_tables,
)
from analysis.chapters.noise import repeat_table, year_error_table
from analysis.editions import FLOAT_FORMAT, Edition, Tables, values_as_json, write_tables
from analysis.editions.storage import alone, recover
from analysis.editions.validation.faults import Fault, refuse
from analysis.editions.validation.input_faults import validate
from analysis.editions.validation.schemas import table_faults
from analysis.editions.validation.seals import seal
from analysis.ranking import cleaning
from analysis.ranking.of_record import index_tables, ranked_edition
from analysis.ranking.rule_account import rule_table
from analysis.results import facts

# Takes a function and its arguments, and gives what returns the result when it is asked for.
Submit = Callable[..., Callable[[], Any]]


def at_once(function: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
    """Do a piece of work before anything else; other ways to submit it may do it meanwhile."""
    result = function(*arguments)
    return lambda: result


def build(
    edition: Edition,
    progress: Callable[[str], None] = lambda _: None,
    submit: Submit = at_once,
) -> list[str]:
    """Validate the input of an edition, compute all results and write them; returns their names.

    One build of an edition runs at a time. It first puts back what an interrupted one left, and
    it seals the raw files that it is the first to accept.

    Raises
    ------
    InputRefusedError
        Naming every fault of the input, or every cell of a table that breaks the dictionary.
    WritingFailedError
        If the disk does not take the results; the earlier ones are unchanged then.
    """
    with alone(edition.lock, lambda: progress("waiting for another build of this edition")):
        recover(edition.results)
        progress("validating")
        validate(edition)
        tables = compute(edition, progress, submit)
        progress("writing")
        refuse(dictionary_faults(edition, tables))
        texts = {"facts.yml": yaml.safe_dump(facts.facts(edition, tables), allow_unicode=True)}
        seal(edition)
        write_tables(edition.results, tables, texts)
    return [*(f"{name}.csv" for name in tables), *texts]


def compute(
    edition: Edition,
    progress: Callable[[str], None] = lambda _: None,
    submit: Submit = at_once,
) -> Tables:
    """Every results table of an edition, by name, from validated input."""
    progress("cleaning")
    readings = cleaning.judged_readings(edition)
    cells = cleaning.cells_of(readings, edition)
    progress("ranking")
    ranked = ranked_edition(edition, cells)
    cleaned = cleaning_tables(edition, readings)
    earlier = {each.name: cleaning.clean(each) for each in edition.earlier}
    before = earlier[edition.previous] if edition.previous else None
    # Without a design there is nothing to draw, for which another process would have to start.
    begin = submit if edition.uncertainty_design else at_once
    doubt = begin(doubt_tables, ranked, cleaned["year_errors"], before)
    progress("analysing")
    index = index_tables(edition, ranked.ranking)
    chapters = analysis_tables(edition, cells, index, ranked.ranking.composite, earlier)
    tables = {
        "cells": cells,
        **cleaned,
        **index,
        **chapters,
        **deciding_tables(ranked),
    }
    progress("drawing rankings")
    doubted, values = doubt()
    tables |= doubted
    tables |= placed_tables(ranked, tables)
    return tables | ledger_tables(edition, tables, values)


def cleaning_tables(edition: Edition, readings: pd.DataFrame) -> Tables:
    """What enters means, what each rule refused, how well measures repeat and how far off."""
    rules, measures = (edition.reference_table(name) for name in ("cleaning_rules", "measures"))
    usable = cleaning.usable_readings(readings)
    return {
        "averaged": cleaning.averaged_figures(readings, edition),
        "rules": rule_table(readings, rules, edition.data_year),
        "repeats": repeat_table(usable, measures),
        "year_errors": year_error_table(usable, measures, edition.data_year),
    }


def dictionary_faults(edition: Edition, tables: Tables) -> list[Fault]:
    """Cells of results that break the data dictionary: what it calls required, types, ranges."""
    known = {"cities.adcode": frozenset(edition.reference_table("cities")["adcode"])}
    return [
        fault
        for name, table in tables.items()
        for fault in table_faults(f"{name}.csv", as_text(table), edition.dictionary(name), known)
    ]


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it will stand in its file: numbers as text, gaps empty."""
    columns = {name: cells_as_text(cells) for name, cells in values_as_json(table).items()}
    return pd.DataFrame(columns, table.index, dtype=str)


def cells_as_text(cells: pd.Series) -> list[str]:
    """A column as it will stand in its file."""
    written = FLOAT_FORMAT.__mod__ if pd.api.types.is_float_dtype(cells) else str
    pairs = zip(cells.tolist(), cells.isna().tolist(), strict=True)
    return ["" if lacking else written(cell) for cell, lacking in pairs]
