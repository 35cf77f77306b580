"""The sheets of the steps: measures, coverage, treatment, normalisation, and every level above."""

from xlsxwriter.worksheet import Worksheet

from analysis.publish.workbook.book import CODE, FIRST, START, UNIT, Book, across, cell, down, near
from analysis.publish.workbook.formulas import (
    mean_formula,
    normalised_formula,
    normalised_words,
    treated_formula,
)
from analysis.publish.workbook.sources import (
    CELLS,
    METHOD,
    PARAMETER_ROW,
    VALUE,
    cell_row,
    weight_cell,
)

MEASURES, COVERAGE, USED = "Measures", "Coverage", "Used"
TREATMENT, TREATED, NORMALISED = "Treatment", "Treated", "Normalised"
SHEETS = {"measure": NORMALISED, "indicator": "Indicators", "subdomain": "Sub-domains",
          "domain": "Domains"}  # fmt: skip
BELOW = {"indicator": "measure", "subdomain": "indicator", "domain": "subdomain", "index": "domain"}
# Columns of the sheet Treatment.
DETAILS = ("measure", "name", "kind", "skewness", "kurtosis", "treatment", "points at the top",
           "points at the foot", "lower limit", "upper limit", "lowest", "highest",
           "lowest treated", "highest treated", "direction", "to be treated?")  # fmt: skip
COLUMN = {name: number for number, name in enumerate(DETAILS)}


def write_measures(book: Book) -> None:
    """All cities × measures, taken from the cells."""
    model, codes = book.model, book.model.codes("measure")
    sheet = book.step(
        MEASURES, "Measures", "The values of the sheet Cells, one column a measure.", codes
    )
    units = model.cells.drop_duplicates("measure").set_index("measure")["unit"]
    for offset, code in enumerate(codes):
        sheet.write_string(UNIT, START + offset, units[code], book.formats["quiet"])

    def formula(row: int, column: int) -> str:
        place = cell(CELLS, cell_row(row - FIRST, column - START, len(codes)), VALUE)
        return f'=IF(ISNUMBER({place}),{place},"")'

    book.fill(sheet, formula, model.matrix, "number")


def write_coverage(book: Book) -> None:
    """Share of the measures that each city has, all and by domain, and whether it is ranked."""
    model, domains = book.model, book.model.codes("domain")
    sheet = book.step(
        COVERAGE,
        "Coverage",
        "A city is ranked (1) if it reaches both limits of the sheet Method.",
        ["all", *domains, "ranked"],
    )
    spans = {"all": (START, START + len(model.codes("measure")) - 1)}
    spans |= {code: span_of(book, code) for code in domains}
    ends = list(spans.values())
    shares = model.coverage.assign(ranked=model.scores["rank"].notna().astype(int))

    def formula(row: int, column: int) -> str:
        if column - START < len(ends):
            cells = across(MEASURES, row, *ends[column - START])
            return f"=COUNT({cells})/COLUMNS({cells})"
        limits = {name: cell(METHOD, place, 1) for name, place in PARAMETER_ROW.items()}
        whole, parts = near(COVERAGE, row, START), across(COVERAGE, row, START + 1, column - 1)
        rule = f"{whole}>={limits['coverage_all']},MIN({parts})>={limits['coverage_domain']}"
        return f"=IF(AND({rule}),1,0)"

    book.fill(sheet, formula, shares, "share")
    sheet.set_column(START + len(ends), START + len(ends), 10, book.formats["whole"])


def span_of(book: Book, domain: str) -> tuple[int, int]:
    """First and last column of the measures below a domain."""
    codes = [domain]
    while book.model.children(codes[0]):
        codes = [child for code in codes for child in book.model.children(code)]
    order = book.model.codes("measure")
    return START + order.index(codes[0]), START + order.index(codes[-1])


def write_used(book: Book) -> None:
    """The measures of the ranked cities only: a city without a rank sets no bound of any scale."""
    model = book.model
    ranked = START + 1 + len(model.codes("domain"))
    sheet = book.step(
        USED, "Used figures", "Measures of the ranked cities.", model.codes("measure")
    )

    def formula(row: int, column: int) -> str:
        return f'=IF({near(COVERAGE, row, ranked)}=1,{near(MEASURES, row, column)},"")'

    book.fill(sheet, formula, model.step("used")[model.codes("measure")], "number")


def write_treatment(book: Book) -> None:
    """Shape of every measure, the decision that was taken, and the limits that follow from it."""
    model = book.model
    sheet = book.sheet(
        TREATMENT,
        "Treatment",
        "The decision (none, winsorised, log) and the number of points are recorded from the "
        "engine, which finds them step by step; all else is computed. Change them in yellow.",
    )
    for column, head in enumerate(DETAILS):
        sheet.write_string(CODE, column, head, book.formats["head"])
    for row, code in enumerate(model.codes("measure"), CODE + 1):
        write_decision(book, sheet, row, code)
    sheet.set_row(CODE, 32)
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, len(DETAILS) - 1, 14)
    sheet.freeze_panes(CODE + 1, 2)
    look = book.workbook.add_format({"bg_color": "#f6c9a8"})
    last = CODE + len(model.codes("measure"))
    rule = {"type": "cell", "criteria": "==", "value": '"differs"', "format": look}
    sheet.conditional_format(CODE + 1, len(DETAILS) - 1, last, len(DETAILS) - 1, rule)


def write_decision(book: Book, sheet: Worksheet, row: int, code: str) -> None:
    """The row of one measure."""
    model = book.model
    column = START + model.codes("measure").index(code)
    used, treated = (down(name, column, FIRST, book.last) for name in (USED, TREATED))
    values, after = model.ranking.matrix[code], model.ranking.composite.limits.loc[code]
    details = model.ranking.composite.treatment.set_index("column").loc[code]
    winsorised = details["method"] == "winsorised"
    top = int((values > after["highest"]).sum()) if winsorised else 0
    foot = int((values < after["lowest"]).sum()) if winsorised else 0
    ordered = values.dropna().sort_values(ignore_index=True)
    limits = {name: cell(METHOD, place, 1) for name, place in PARAMETER_ROW.items()}
    here = {name: near(TREATMENT, row, number) for name, number in COLUMN.items()}
    # A measure of two different values is not treated, whatever its shape.
    at_ends = f"SUMPRODUCT(({used}={here['lowest']})+({used}={here['highest']}))"
    fails = (
        f"AND(ABS({here['skewness']})>={limits['skewness_limit']},"
        f"{here['kurtosis']}>={limits['kurtosis_limit']},{at_ends}<COUNT({used}),{here['kind']}<>"
        f'"{model.method.parameters["untreated_kind"]}")'
    )
    for name, text in (("measure", code), ("name", str(model.names[code])),
                       ("kind", model.measures.loc[code, "kind"])):  # fmt: skip
        sheet.write_string(row, COLUMN[name], text)
    sheet.write_string(row, COLUMN["treatment"], details["method"], book.formats["edit"])
    edits = {"points at the top": top, "points at the foot": foot,
             "direction": int(model.measures.loc[code, "direction"])}  # fmt: skip
    for name, number in edits.items():
        sheet.write_number(row, COLUMN[name], number, book.formats["edit_number"])
    formulas = {
        "skewness": (f"=SKEW({used})", details["skewness_before"]),
        "kurtosis": (f"=KURT({used})", details["kurtosis_before"]),
        "lower limit": (f"=SMALL({used},{here['points at the foot']}+1)", ordered.iloc[foot]),
        "upper limit": (f"=LARGE({used},{here['points at the top']}+1)", ordered.iloc[-1 - top]),
        "lowest": (f"=MIN({used})", values.min()),
        "highest": (f"=MAX({used})", values.max()),
        "lowest treated": (f"=MIN({treated})", after["lowest"]),
        "highest treated": (f"=MAX({treated})", after["highest"]),
        "to be treated?": (
            f'=IF({fails}=({here["treatment"]}<>"none"),"as recorded","differs")', "as recorded"
        ),
    }  # fmt: skip
    for name, (formula, value) in formulas.items():
        sheet.write_formula(row, COLUMN[name], formula, book.formats["value"], value)


def write_treated(book: Book) -> None:
    """Figures after treatment."""
    codes = book.model.codes("measure")
    sheet = book.step(
        TREATED,
        "Treated figures",
        "Not treated, pulled in to the limits, or ln(x - lowest + 0.01 × range), as the sheet "
        "Treatment says.",
        codes,
    )

    def formula(row: int, column: int) -> str:
        return treated_formula(measure_cells(column) | {"x": near(USED, row, column)})

    book.fill(sheet, formula, book.model.step("treated")[codes], "value")


def measure_cells(column: int) -> dict[str, str]:
    """The cells of the sheet Treatment that belong to the measure of a column."""
    at = CODE + 1 + column - START
    return {name: cell(TREATMENT, at, number) for name, number in COLUMN.items()}


def write_normalised(book: Book) -> None:
    """Figures on the scale of the method, 100 always best; above them the weight of each."""
    codes, method = book.model.codes("measure"), book.model.ranking.composite.method
    note = normalised_words(method.normalisation, method.scale)
    sheet = book.step(NORMALISED, "Normalised figures", note, codes)
    write_column_weights(book, sheet, codes)

    def formula(row: int, column: int) -> str:
        of_row = {
            "x": near(TREATED, row, column),
            "treated": down(TREATED, column, FIRST, book.last),
        }
        cells = measure_cells(column) | of_row
        return normalised_formula(method.normalisation, method.scale, cells)

    book.fill(sheet, formula, book.model.step("normalised")[codes], "value")


def write_column_weights(book: Book, sheet: Worksheet, codes: list[str]) -> None:
    """The weight of each column's node, taken from the sheet Weights."""
    weights = book.model.framework.set_index("code")["weight"]
    for offset, code in enumerate(codes):
        reference = f"={weight_cell(book, code)}"
        sheet.write_formula(
            UNIT, START + offset, reference, book.formats["value"], float(weights[code])
        )


def write_level(book: Book, level: str) -> None:
    """Indicators, sub-domains or domains: weighted means over what a city has."""
    codes, means = book.model.codes(level), book.model.means
    name = SHEETS[level]
    kinds = " or ".join(sorted({means[code] for code in codes}))
    note = f"Weighted {kinds} mean of what stands below and is there; weights in row 5."
    sheet = book.step(name, name, note, codes)
    write_column_weights(book, sheet, codes)

    def formula(row: int, column: int) -> str:
        return node_formula(book, codes[column - START], level, row)

    book.fill(sheet, formula, book.model.step("nodes")[codes], "value")


def node_formula(book: Book, code: str, level: str, row: int) -> str:
    """Weighted mean of the children of a node over those that the city of a row has."""
    below = BELOW[level]
    order, members = book.model.codes(below), book.model.children(code)
    first, last = START + order.index(members[0]), START + order.index(members[-1])
    values = across(SHEETS[below], row, first, last)
    weights = across(SHEETS[below], UNIT, first, last)
    return mean_formula(book.model.means[code], values, weights)
