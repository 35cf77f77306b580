"""The sheets of what goes in: cleaned cells with their sources, weights, and the method."""

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from analysis.index.framework import nominal_weights
from analysis.publish.workbook.averaged import mean_formulas
from analysis.publish.workbook.book import CODE, FIRST, SCORES, START, Book, quoted
from analysis.ranking import lineage

CELLS, WEIGHTS, METHOD = "cells", "weights", "method"
# Columns of the sheet Cells.
HEADS = ("adcode", "city", "measure", "value", "unit", "status", "year", "averaged", "printed",
         "refused", "reason", "file", "line", "column", "source")  # fmt: skip
WIDTHS = (9, 18, 22, 16, 16, 10, 7, 16, 14, 14, 50, 26, 7, 20, 60)
VALUE, STATUS = HEADS.index("value"), HEADS.index("status")
# Columns of the sheet Weights.
WEIGHT, IN_INDEX = 4, 5
# Rows of the sheet Method.
PARAMETER_ROW = {"coverage_all": 4, "coverage_domain": 5, "skewness_limit": 6, "kurtosis_limit": 7}
CHOICE_ROW = {"normalisation": 8, "aggregation": 9, "renormalisation": 10}
ANCHOR_ROW, TIER_ROW = 13, 21
STATUS_COLOURS = {
    "averaged": "#cfe6d4",
    "carried": "#fbe3b3",
    "corrected": "#f6c9a8",
    "missing": "#e4e7ea",
}


def cell_row(city: int, measure: int, measures: int) -> int:
    """Row in the sheet Cells of the cell of a city and one of the measures, by their numbers."""
    return CODE + 1 + city * measures + measure


def write_cells(book: Book) -> None:
    """Every cell of a measure of the index: value to use, what is printed, why, and where."""
    sheet = book.sheet(CELLS, book.model.say("note_cells"))
    book.heads(sheet, CODE, HEADS)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    table, means = cell_table(book), mean_formulas(book)
    for row, record in enumerate(table.itertuples(index=False), CODE + 1):
        for column, value in enumerate(record):
            if column == VALUE:
                formula = means.get((record.adcode, record.measure), "")
                write_value(book, sheet, row, value, formula)
            elif not pd.isna(value) and value != "":
                writer = sheet.write_string if isinstance(value, str) else sheet.write_number
                writer(row, column, value)
    last = CODE + len(table)
    for status, colour in STATUS_COLOURS.items():
        look = book.workbook.add_format({"bg_color": colour})
        value = quoted(book.coded("status", status))
        rule = {"type": "cell", "criteria": "==", "value": value, "format": look}
        sheet.conditional_format(CODE + 1, STATUS, last, STATUS, rule)
    sheet.freeze_panes(CODE + 1, 3)
    sheet.autofilter(CODE, 0, last, len(HEADS) - 1)


def write_value(book: Book, sheet: Worksheet, row: int, value: float, formula: str) -> None:
    """A value that may be changed; blank for a gap, a formula for a mean over years."""
    look = book.formats["edit_number"]
    if pd.isna(value):
        sheet.write_blank(row, VALUE, None, look)
    elif formula:
        sheet.write_formula(row, VALUE, formula, look, value)
    else:
        sheet.write_number(row, VALUE, value, look)


def cell_table(book: Book) -> pd.DataFrame:
    """The cells in the order of the rows, with reason and source in words."""
    model = book.model
    keys = pd.MultiIndex.from_product([model.cities.index, model.codes("measure")])
    table = model.cells.set_index(["adcode", "measure"]).loc[keys].reset_index()
    references = {name: model.speaker.texts(name) for name in ("corrections", "cleaning_rules")}
    reasons = {rule: lineage.reason(rule, references) for rule in table["rule"].unique()}
    sources = model.edition.raw_table("sources.csv").set_index("file")["citation"]
    words = table.assign(
        printed=printed_texts(table, model.edition.raw_table("columns.csv")),
        city=table["adcode"].map(model.speaker.towns),
        unit=table["unit"].map(model.speaker.unit),
        status=table["status"].map(lambda status: book.coded("status", status)),
        reason=table["rule"].map(reasons),
        source=table["file"].map(sources).fillna(""),
    )
    return words[list(HEADS)]


def printed_texts(table: pd.DataFrame, columns: pd.DataFrame) -> pd.Series:
    """What is printed for each cell, with its unit where that is another one than the value's.

    `columns` is the table `columns.csv`, `table` has `printed, unit, file, column`.
    """
    units = columns.set_index(["file", "column"])["unit"].to_dict()
    places = zip(table["file"], table["column"], strict=True)
    unit = pd.Series([units.get(place, "") for place in places], table.index)
    other = unit.ne("") & unit.ne(table["unit"]) & table["printed"].fillna("").ne("")
    return table["printed"].mask(other, table["printed"] + " " + unit)


def write_weights(book: Book) -> None:
    """The weight of every node among its siblings, to be changed, and what it is in the index."""
    model = book.model
    note = f"note_weights_{model.ranking.composite.method.renormalisation}"
    sheet = book.sheet(WEIGHTS, model.say(note))
    book.heads(sheet, CODE, ("level", "code", "name", "below", "weight", "weight_in_index"))
    nominal = nominal_weights(model.framework)
    for row, node in enumerate(model.weighed.to_dict("records"), CODE + 1):
        for column, text in enumerate(
            (book.coded("level", node["level"]), node["code"], str(model.names[node["code"]]),
             str(model.names[node["parent"]]))
        ):  # fmt: skip
            sheet.write_string(row, column, text)
        sheet.write_number(row, WEIGHT, node["weight"], book.formats["edit_number"])
        siblings = [weight_cell(book, code) for code in model.children(node["parent"])]
        above = weight_cell(book, node["parent"], IN_INDEX) if node["level"] != "domain" else "1"
        share = f"={above}*{weight_cell(book, node['code'])}/({'+'.join(siblings)})"
        sheet.write_formula(row, IN_INDEX, share, book.formats["value"], nominal[node["code"]])
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 3, 34)
    sheet.freeze_panes(CODE + 1, 0)


def weight_cell(book: Book, code: str, column: int = WEIGHT) -> str:
    """Reference to the weight of a node among its siblings, or in the index."""
    return book.cell(WEIGHTS, CODE + 1 + list(book.model.weighed["code"]).index(code), column)


def write_method(book: Book) -> None:
    """Limits of the coverage rule and of the treatment, anchors of the score, the stages."""
    model = book.model
    sheet = book.sheet(METHOD, model.say("note_method"))
    meanings = model.speaker.texts("method").set_index("parameter")["meaning"]
    for name, row in PARAMETER_ROW.items():
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, model.method.number(name), book.formats["edit_number"])
        sheet.write_string(row, 3, meanings[name], book.formats["quiet"])
    for name, row in CHOICE_ROW.items():
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, model.method.parameters[name])
        sheet.write_string(row, 3, model.say("choice"), book.formats["quiet"])
    write_anchors(book, sheet)
    book.heads(sheet, TIER_ROW - 1, ("stage", "lowest_score"))
    for row, tier in enumerate(tiers(book).to_dict("records"), TIER_ROW):
        sheet.write_string(row, 0, str(model.names[tier["tier"]]))
        if not pd.isna(tier["minimum"]):
            sheet.write_number(row, 1, tier["minimum"])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 14)
    sheet.set_column(3, 3, 80)


def tiers(book: Book) -> pd.DataFrame:
    """The stages, highest first."""
    table = book.model.edition.reference_table("tiers")
    return table.sort_values("minimum", ascending=False, na_position="last", ignore_index=True)


def write_anchors(book: Book, sheet: Worksheet) -> None:
    """The points that the score goes through: midway between two places, or frozen."""
    book.heads(sheet, ANCHOR_ROW - 1, ("score", "index", "place"))
    ranked = book.down(SCORES, START, FIRST, book.last)
    for row, anchor in enumerate(book.model.anchors.to_dict("records"), ANCHOR_ROW):
        sheet.write_number(row, 0, anchor["score"])
        if pd.isna(anchor["place"]):
            sheet.write_number(row, 1, anchor["index"], book.formats["edit_number"])
            sheet.write_string(row, 2, book.word("frozen"), book.formats["quiet"])
            continue
        place = f"$C${row + 1}"
        formula = f"=(LARGE({ranked},{place})+LARGE({ranked},{place}+1))/2"
        sheet.write_formula(row, 1, formula, book.formats["value"], anchor["index"])
        sheet.write_number(row, 2, anchor["place"], book.formats["edit_number"])
