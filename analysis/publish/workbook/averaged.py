"""The sheet of the figures that enter means over several years, and the formulas of the means."""

from analysis.publish.workbook.book import CODE, Book, quoted

AVERAGED = "averaged"
# Columns of the sheet.
HEADS = ("adcode", "city", "measure", "year", "printed", "value", "year_mean", "deviation", "file",
         "line", "column")  # fmt: skip
WIDTHS = (9, 18, 22, 7, 18, 14, 14, 14, 34, 7, 26)
COLUMN = {name: number for number, name in enumerate(HEADS)}


def write_averaged(book: Book) -> None:
    """Every figure that enters a mean: as printed, the mean of its year, and how far it is off."""
    sheet = book.sheet(AVERAGED, book.model.say("note_averaged"))
    book.heads(sheet, CODE, HEADS)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    table = book.model.averaged
    towns = table["adcode"].map(book.model.speaker.towns)
    records = table.assign(city=towns)[list(HEADS)].to_dict("records")
    for row, record in enumerate(records, CODE + 1):
        for name in ("adcode", "city", "measure", "printed", "file", "column"):
            sheet.write_string(row, COLUMN[name], str(record[name]))
        for name in ("year", "line"):
            sheet.write_number(row, COLUMN[name], int(record[name]))
        value = book.near(AVERAGED, row, COLUMN["value"])
        mean = book.near(AVERAGED, row, COLUMN["year_mean"])
        sheet.write_number(row, COLUMN["value"], record["value"], book.formats["edit_number"])
        formulas = {
            "year_mean": "="
            + mean_of_year(
                book,
                book.near(AVERAGED, row, COLUMN["measure"]),
                book.near(AVERAGED, row, COLUMN["year"]),
            ),
            "deviation": f'=IF(ISNUMBER({value}),{value}-{mean},"")',
        }
        for name, formula in formulas.items():
            look = book.formats["value"]
            sheet.write_formula(row, COLUMN[name], formula, look, record[name])
    sheet.freeze_panes(CODE + 1, 3)
    sheet.autofilter(CODE, 0, CODE + max(len(table), 1), len(HEADS) - 1)


def mean_of_year(book: Book, measure: str, year: str) -> str:
    """The mean of all cities that have a figure of a measure in a year, both given as cells."""
    last = CODE + len(book.model.averaged)
    values, measures, years = (
        book.down(AVERAGED, COLUMN[name], CODE + 1, last) for name in ("value", "measure", "year")
    )
    return f"AVERAGEIFS({values},{measures},{measure},{years},{year})"


def mean_formulas(book: Book) -> dict[tuple[str, str], str]:
    """The formula of every value that is a mean, by city and measure.

    It is the mean of how far the years are off, plus the mean of all cities in the data year.
    """
    table = book.model.averaged
    rows = range(CODE + 1, CODE + 1 + len(table))
    places = table[["adcode", "measure"]].assign(row=rows).groupby(["adcode", "measure"])["row"]
    year = str(book.model.edition.data_year)
    found = {}
    for (adcode, measure), own in places:
        deviations = book.down(AVERAGED, COLUMN["deviation"], own.min(), own.max())
        level = mean_of_year(book, quoted(measure), year)
        found[adcode, measure] = f'=IFERROR(AVERAGE({deviations})+{level},"")'
    return found
