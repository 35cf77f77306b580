"""The sheets of the steps: measures, coverage, treatment, normalisation, and every level above."""

from collections.abc import Mapping

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from analysis.index.framework import nominal_weights
from analysis.publish.workbook.book import CODE, FIRST, START, UNIT, Book, quoted
from analysis.publish.workbook.formulas import (
    TREATMENTS,
    mean_formula,
    normalised_formula,
    treated_formula,
)
from analysis.publish.workbook.sources import (
    CELLS,
    IN_INDEX,
    METHOD,
    PARAMETER_ROW,
    VALUE,
    WEIGHT,
    cell_row,
    weight_cell,
)

MEASURES, COVERAGE, USED = "measures", "coverage", "used"
TREATMENT, TREATED, NORMALISED = "treatment", "treated", "normalised"
# The sheet of the values of each level.
SHEETS = {"measure": NORMALISED} | {level: level for level in ("indicator", "subdomain", "domain")}
BELOW = {"indicator": "measure", "subdomain": "indicator", "domain": "subdomain", "index": "domain"}
# Columns of the sheet Treatment.
DETAILS = ("measure", "name", "kind", "skewness", "kurtosis", "treatment", "points_at_the_top",
           "points_at_the_foot", "lower_limit", "upper_limit", "lowest", "highest",
           "lowest_treated", "highest_treated", "direction", "to_be_treated")  # fmt: skip
COLUMN = {name: number for number, name in enumerate(DETAILS)}


def write_measures(book: Book) -> None:
    """All cities × measures, taken from the cells."""
    model, codes = book.model, book.model.codes("measure")
    note = model.say("note_measures", cells=book.name(CELLS))
    sheet = book.step(MEASURES, note, codes)
    units = model.cells.drop_duplicates("measure").set_index("measure")["unit"]
    for offset, code in enumerate(codes):
        sheet.write_string(
            UNIT, START + offset, model.speaker.unit(units[code]), book.formats["quiet"]
        )

    def formula(row: int, column: int) -> str:
        place = book.cell(CELLS, cell_row(row - FIRST, column - START, len(codes)), VALUE)
        return f'=IF(ISNUMBER({place}),{place},"")'

    book.fill(sheet, formula, model.matrix, "number")


def write_coverage(book: Book) -> None:
    """Share of the measures that each city has, all and by domain, and whether it is ranked."""
    model, domains = book.model, book.model.codes("domain")
    note = model.say("note_coverage", method=book.name(METHOD))
    sheet = book.step(COVERAGE, note, ["all", *domains, "ranked"])
    spans = {"all": (START, START + len(model.codes("measure")) - 1)}
    spans |= {code: span_of(book, code) for code in domains}
    ends = list(spans.values())
    shares = model.coverage.assign(ranked=model.scores["rank"].notna().astype(int))
    limits = {name: book.cell(METHOD, place, 1) for name, place in PARAMETER_ROW.items()}

    def formula(row: int, column: int) -> str:
        if column - START < len(ends):
            cells = book.across(MEASURES, row, *ends[column - START])
            return f"=COUNT({cells})/COLUMNS({cells})"
        whole, parts = (
            book.near(COVERAGE, row, START),
            book.across(COVERAGE, row, START + 1, column - 1),
        )
        rule = f"{whole}>={limits['coverage_all']},MIN({parts})>={limits['coverage_domain']}"
        return f"=IF(AND({rule}),1,0)"

    book.fill(sheet, formula, shares, "share")
    sheet.set_column(START + len(ends), START + len(ends), 10, book.formats["whole"])


def span_of(book: Book, node: str) -> tuple[int, int]:
    """First and last column of the measures below a node."""
    codes = [node]
    while book.model.children(codes[0]):
        codes = [child for code in codes for child in book.model.children(code)]
    order = book.model.codes("measure")
    return START + order.index(codes[0]), START + order.index(codes[-1])


def write_used(book: Book) -> None:
    """The measures of the ranked cities only: a city without a rank sets no bound of any scale."""
    model = book.model
    ranked = START + 1 + len(model.codes("domain"))
    sheet = book.step(USED, model.say("note_used"), model.codes("measure"))

    def formula(row: int, column: int) -> str:
        return f'=IF({book.near(COVERAGE, row, ranked)}=1,{book.near(MEASURES, row, column)},"")'

    book.fill(sheet, formula, model.step("used")[model.codes("measure")], "number")


def write_treatment(book: Book) -> None:
    """Shape of every measure, the decision that was taken, and the limits that follow from it."""
    model = book.model
    decisions = [book.coded("treatment", name) for name in TREATMENTS]
    anchor = model.edition.settings["score_anchors"] if model.ranking.frozen is not None else ""
    note = model.say("note_treatment", decisions=decisions, anchor=anchor)
    sheet = book.sheet(TREATMENT, note)
    book.heads(sheet, CODE, DETAILS)
    for row, code in enumerate(model.codes("measure"), CODE + 1):
        write_decision(book, sheet, row, code)
    sheet.set_row(CODE, 32)
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, len(DETAILS) - 1, 14)
    sheet.freeze_panes(CODE + 1, 2)
    look = book.workbook.add_format({"bg_color": "#f6c9a8"})
    last = CODE + len(model.codes("measure"))
    differs = quoted(book.word("differs"))
    rule = {"type": "cell", "criteria": "==", "value": differs, "format": look}
    sheet.conditional_format(CODE + 1, len(DETAILS) - 1, last, len(DETAILS) - 1, rule)


def write_decision(book: Book, sheet: Worksheet, row: int, code: str) -> None:
    """The row of one measure."""
    model = book.model
    details = model.ranking.composite.treatment.set_index("column").loc[code]
    texts = {"measure": code, "name": str(model.names[code]),
             "kind": book.coded("kind", model.measures.loc[code, "kind"])}  # fmt: skip
    for name, text in texts.items():
        sheet.write_string(row, COLUMN[name], text)
    sheet.write_string(
        row, COLUMN["treatment"], book.coded("treatment", details["method"]), book.formats["edit"]
    )
    direction = int(model.measures.loc[code, "direction"])
    sheet.write_number(row, COLUMN["direction"], direction, book.formats["edit_number"])
    frozen = model.ranking.frozen
    taken_over = frozen is not None and code in set(frozen["column"])
    (write_given_ruler if taken_over else write_own_ruler)(book, sheet, row, code)
    used = used_cells(book, code)
    write_values(book, sheet, row, {
        "skewness": (f"=SKEW({used})", details["skewness_before"]),
        "kurtosis": (f"=KURT({used})", details["kurtosis_before"]),
        **scale_ends(book, row, code),
    })  # fmt: skip


def used_cells(book: Book, code: str) -> str:
    """The figures of a measure of the ranked cities."""
    column = START + book.model.codes("measure").index(code)
    return book.down(USED, column, FIRST, book.last)


def write_values(
    book: Book, sheet: Worksheet, row: int, formulas: Mapping[str, tuple[str, object]]
) -> None:
    """Formulas with their present values, by the column they stand in."""
    for name, (formula, value) in formulas.items():
        sheet.write_formula(row, COLUMN[name], formula, book.formats["value"], value)


def scale_ends(book: Book, row: int, code: str) -> dict[str, tuple[str, object]]:
    """What the treatment of a measure makes of its lowest and its highest figure."""
    after = book.model.ranking.composite.limits.loc[code]
    here = {name: book.near(TREATMENT, row, number) for name, number in COLUMN.items()}
    names = treatment_names(book)
    return {
        f"{end}_treated": (treated_formula(here | {"x": here[end]}, names), after[end])
        for end in ("lowest", "highest")
    }


def treatment_names(book: Book) -> dict[str, str]:
    """What the sheet Treatment calls the treatments, as texts of a formula."""
    return {name: quoted(book.coded("treatment", name)) for name in TREATMENTS}


def write_given_ruler(book: Book, sheet: Worksheet, row: int, code: str) -> None:
    """Limits that are taken over from another edition, as numbers; an empty one pulls nothing."""
    ruler = book.model.ranking.composite.rulers.set_index("column").loc[code]
    values = book.model.ranking.matrix[code]
    numbers = {
        "points_at_the_top": int((values > ruler["upper_bound"]).sum()),
        "points_at_the_foot": int((values < ruler["lower_bound"]).sum()),
    }
    for name, number in numbers.items():
        sheet.write_number(row, COLUMN[name], number)
    given = {"lower_limit": "lower_bound", "upper_limit": "upper_bound",
             "lowest": "lowest", "highest": "highest"}  # fmt: skip
    for column, name in given.items():
        if pd.isna(ruler[name]):
            sheet.write_blank(row, COLUMN[column], None, book.formats["edit_number"])
        else:
            sheet.write_number(row, COLUMN[column], ruler[name], book.formats["edit_number"])
    sheet.write_string(row, COLUMN["to_be_treated"], book.word("taken_over"))


def write_own_ruler(book: Book, sheet: Worksheet, row: int, code: str) -> None:
    """Limits that follow from the figures, and whether the decision follows from their shape."""
    model, used = book.model, used_cells(book, code)
    values = model.ranking.matrix[code]
    ruler = model.ranking.composite.rulers.set_index("column").loc[code]
    top = int((values > ruler["upper_bound"]).sum())
    foot = int((values < ruler["lower_bound"]).sum())
    ordered = values.dropna().sort_values(ignore_index=True)
    limits = {name: book.cell(METHOD, place, 1) for name, place in PARAMETER_ROW.items()}
    here = {name: book.near(TREATMENT, row, number) for name, number in COLUMN.items()}
    # A measure of two different values is not treated, whatever its shape.
    at_ends = f"SUMPRODUCT(({used}={here['lowest']})+({used}={here['highest']}))"
    fails = (
        f"AND(ABS({here['skewness']})>={limits['skewness_limit']},"
        f"{here['kurtosis']}>={limits['kurtosis_limit']},{at_ends}<COUNT({used}),{here['kind']}<>"
        f"{quoted(book.coded('kind', model.method.parameters['untreated_kind']))})"
    )
    for name, number in {"points_at_the_top": top, "points_at_the_foot": foot}.items():
        sheet.write_number(row, COLUMN[name], number, book.formats["edit_number"])
    recorded, differs = book.word("as_recorded"), quoted(book.word("differs"))
    none = quoted(book.coded("treatment", "none"))
    write_values(book, sheet, row, {
        "lower_limit": (f"=SMALL({used},{here['points_at_the_foot']}+1)", ordered.iloc[foot]),
        "upper_limit": (f"=LARGE({used},{here['points_at_the_top']}+1)", ordered.iloc[-1 - top]),
        "lowest": (f"=MIN({used})", values.min()),
        "highest": (f"=MAX({used})", values.max()),
        "to_be_treated": (
            f"=IF({fails}=({here['treatment']}<>{none}),{quoted(recorded)},{differs})", recorded
        ),
    })  # fmt: skip


def write_treated(book: Book) -> None:
    """Figures after treatment."""
    codes = book.model.codes("measure")
    note = book.model.say("note_treated", treatment=book.name(TREATMENT))
    sheet = book.step(TREATED, note, codes)
    names = treatment_names(book)
    details = measure_cells(book)

    def formula(row: int, column: int) -> str:
        cells = details[column - START] | {"x": book.near(USED, row, column)}
        return treated_formula(cells, names)

    book.fill(sheet, formula, book.model.step("treated")[codes], "value")


def measure_cells(book: Book) -> list[dict[str, str]]:
    """The cells of the sheet Treatment that belong to each measure, in the order of the columns."""
    rows = range(CODE + 1, CODE + 1 + len(book.model.codes("measure")))
    return [
        {name: book.cell(TREATMENT, row, number) for name, number in COLUMN.items()} for row in rows
    ]


def write_normalised(book: Book) -> None:
    """Figures on the scale of the method, 100 always best; above them the weight of each."""
    codes, method = book.model.codes("measure"), book.model.ranking.composite.method
    note = book.model.say(f"scale_{method.normalisation}", **method.scale)
    sheet = book.step(NORMALISED, note, codes)
    write_column_weights(book, sheet, codes)
    details = measure_cells(book)

    def formula(row: int, column: int) -> str:
        of_row = {
            "x": book.near(TREATED, row, column),
            "treated": book.down(TREATED, column, FIRST, book.last),
        }
        cells = details[column - START] | of_row
        return normalised_formula(method.normalisation, method.scale, cells)

    book.fill(sheet, formula, book.model.step("normalised")[codes], "value")


def write_column_weights(book: Book, sheet: Worksheet, codes: list[str]) -> None:
    """The weight of each column's node, taken from the sheet Weights.

    Where weights are renormalised once it is that in the index, else that among siblings.
    """
    framework = book.model.framework
    weights, column = framework.set_index("code")["weight"], WEIGHT
    if renormalised_once(book):
        weights, column = nominal_weights(framework), IN_INDEX
    for offset, code in enumerate(codes):
        reference = f"={weight_cell(book, code, column)}"
        sheet.write_formula(
            UNIT, START + offset, reference, book.formats["value"], float(weights[code])
        )


def renormalised_once(book: Book) -> bool:
    """Whether a gap leaves its weight to all that a city has, and not to its siblings."""
    return book.model.ranking.composite.method.renormalisation == "once"


def write_level(book: Book, level: str) -> None:
    """Indicators, sub-domains or domains: weighted means over what a city has."""
    codes, means = book.model.codes(level), book.model.means
    name = SHEETS[level]
    note = f"note_level_{book.model.ranking.composite.method.renormalisation}"
    kinds = [book.word(f"mean_{kind}") for kind in sorted({means[code] for code in codes})]
    sheet = book.step(
        name, book.model.say(note, means=kinds, normalised=book.name(NORMALISED)), codes
    )
    write_column_weights(book, sheet, codes)

    def formula(row: int, column: int) -> str:
        return node_formula(book, codes[column - START], level, row)

    book.fill(sheet, formula, book.model.step("nodes")[codes], "value")


def node_formula(book: Book, code: str, level: str, row: int) -> str:
    """Weighted mean of what stands below a node over what the city of a row has of it.

    Where weights are renormalised once, that are its measures: then a gap leaves its weight to all
    that the city has. Else it is what stands directly below.
    """
    if renormalised_once(book):
        below, (first, last) = "measure", span_of(book, code)
    else:
        below = BELOW[level]
        order, members = book.model.codes(below), book.model.children(code)
        first, last = START + order.index(members[0]), START + order.index(members[-1])
    values = book.across(SHEETS[below], row, first, last)
    weights = book.across(SHEETS[below], UNIT, first, last)
    return mean_formula(book.model.means[code], values, weights)
