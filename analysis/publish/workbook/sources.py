"""The sheets of what goes in: cleaned cells with their sources, weights, and the method."""

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from analysis.index.framework import sibling_weights
from analysis.publish.workbook.book import CODE, FIRST, SCORES, START, Book, cell, down
from analysis.ranking import lineage

CELLS, WEIGHTS, METHOD = "Cells", "Weights", "Method"
# Columns of the sheet Cells.
HEADS = ("adcode", "city", "measure", "value", "unit", "status", "year", "printed", "refused",
         "reason", "file", "line", "column", "source")  # fmt: skip
WIDTHS = (9, 18, 22, 16, 16, 10, 7, 14, 14, 50, 26, 7, 20, 60)
VALUE, STATUS = HEADS.index("value"), HEADS.index("status")
# Rows of the sheet Method.
PARAMETER_ROW = {"coverage_all": 4, "coverage_domain": 5, "skewness_limit": 6, "kurtosis_limit": 7}
CHOICE_ROW = {"normalisation": 8, "aggregation": 9}
CHOICE_NOTE = "The formulas are those of this choice; another one is made in method.csv."
ANCHOR_ROW, TIER_ROW = 12, 20
STATUS_COLOURS = {"carried": "#fbe3b3", "corrected": "#f6c9a8", "missing": "#e4e7ea"}


def cell_row(city: int, measure: int, measures: int) -> int:
    """Row in the sheet Cells of the cell of a city and one of the measures, by their numbers."""
    return CODE + 1 + city * measures + measure


def write_cells(book: Book) -> None:
    """Every cell of a measure of the index: value to use, what is printed, why, and where."""
    sheet = book.sheet(
        CELLS,
        "Cleaned cells",
        "Change a value in the yellow column and every sheet behind it follows. An empty value is "
        "a gap; it never counts as zero.",
    )
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.write_string(CODE, column, head, book.formats["head"])
        sheet.set_column(column, column, width)
    table = cell_table(book)
    for row, record in enumerate(table.itertuples(index=False), CODE + 1):
        for column, value in enumerate(record):
            if column == VALUE:
                write_value(book, sheet, row, value)
            elif not pd.isna(value) and value != "":
                writer = sheet.write_string if isinstance(value, str) else sheet.write_number
                writer(row, column, value)
    last = CODE + len(table)
    for status, colour in STATUS_COLOURS.items():
        look = book.workbook.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{status}"', "format": look}
        sheet.conditional_format(CODE + 1, STATUS, last, STATUS, rule)
    sheet.freeze_panes(CODE + 1, 3)
    sheet.autofilter(CODE, 0, last, len(HEADS) - 1)


def write_value(book: Book, sheet: Worksheet, row: int, value: float) -> None:
    """A value that may be changed; blank for a gap."""
    look = book.formats["edit_number"]
    if pd.isna(value):
        sheet.write_blank(row, VALUE, None, look)
    else:
        sheet.write_number(row, VALUE, value, look)


def cell_table(book: Book) -> pd.DataFrame:
    """The cells in the order of the rows, with reason and source in words."""
    model = book.model
    keys = pd.MultiIndex.from_product([model.cities.index, model.codes("measure")])
    table = model.cells.set_index(["adcode", "measure"]).loc[keys].reset_index()
    references = {
        name: model.edition.reference_table(name) for name in ("corrections", "cleaning_rules")
    }
    reasons = {rule: lineage.reason(rule, references) for rule in table["rule"].unique()}
    sources = model.edition.raw_table("sources.csv").set_index("file")["citation"]
    words = table.assign(
        reason=table["rule"].map(reasons), source=table["file"].map(sources).fillna("")
    )
    return words[list(HEADS)]


def write_weights(book: Book) -> None:
    """The weight of every node among its siblings, to be changed."""
    model = book.model
    sheet = book.sheet(
        WEIGHTS,
        "Weights",
        "Change a weight in the yellow column. Only the proportion among siblings counts; where a "
        "city has a gap, its weight goes to the siblings.",
    )
    heads = ("level", "code", "name", "below", "weight")
    for column, head in enumerate(heads):
        sheet.write_string(CODE, column, head, book.formats["head"])
    for row, node in enumerate(weighed(book).to_dict("records"), CODE + 1):
        for column, text in enumerate(
            (node["level"], node["code"], str(model.names[node["code"]]),
             str(model.names[node["parent"]]))
        ):  # fmt: skip
            sheet.write_string(row, column, text)
        sheet.write_number(row, len(heads) - 1, node["weight"], book.formats["edit_number"])
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 3, 34)
    sheet.freeze_panes(CODE + 1, 0)


def weighed(book: Book) -> pd.DataFrame:
    """All nodes but the top with their weights."""
    framework = book.model.framework
    return framework[framework["parent"].isin(sibling_weights(framework))]


def weight_cell(book: Book, code: str) -> str:
    """Reference to the weight of a node."""
    return cell(WEIGHTS, CODE + 1 + list(weighed(book)["code"]).index(code), 4)


def write_method(book: Book) -> None:
    """Limits of the coverage rule and of the treatment, anchors of the score, the stages."""
    model = book.model
    sheet = book.sheet(
        METHOD, "Method", "The numbers in yellow may be changed. Source: data/reference/method.csv."
    )
    meanings = model.edition.reference_table("method").set_index("parameter")["meaning"]
    for name, row in PARAMETER_ROW.items():
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, model.method.number(name), book.formats["edit_number"])
        sheet.write_string(row, 3, meanings[name], book.formats["quiet"])
    for name, row in CHOICE_ROW.items():
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, model.method.parameters[name])
        sheet.write_string(row, 3, CHOICE_NOTE, book.formats["quiet"])
    write_anchors(book, sheet)
    sheet.write_string(TIER_ROW - 1, 0, "stage", book.formats["head"])
    sheet.write_string(TIER_ROW - 1, 1, "lowest score", book.formats["head"])
    for row, tier in enumerate(tiers(book).to_dict("records"), TIER_ROW):
        sheet.write_string(row, 0, tier["name_en"])
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
    heads = ("score", "index", "place")
    for column, head in enumerate(heads):
        sheet.write_string(ANCHOR_ROW - 1, column, head, book.formats["head"])
    ranked = down(SCORES, START, FIRST, book.last)
    for row, anchor in enumerate(book.model.anchors.to_dict("records"), ANCHOR_ROW):
        sheet.write_number(row, 0, anchor["score"])
        if pd.isna(anchor["place"]):
            sheet.write_number(row, 1, anchor["index"], book.formats["edit_number"])
            sheet.write_string(row, 2, "frozen", book.formats["quiet"])
            continue
        place = f"$C${row + 1}"
        formula = f"=(LARGE({ranked},{place})+LARGE({ranked},{place}+1))/2"
        sheet.write_formula(row, 1, formula, book.formats["value"], anchor["index"])
        sheet.write_number(row, 2, anchor["place"], book.formats["edit_number"])
