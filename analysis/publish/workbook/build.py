"""The audit workbook, sheet by sheet."""

from io import BytesIO
from pathlib import Path

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.publish.workbook.book import CODE, Book, new_book
from analysis.publish.workbook.model import model_of
from analysis.publish.workbook.ranks import write_check, write_ranking, write_scores
from analysis.publish.workbook.sources import write_cells, write_method, write_weights
from analysis.publish.workbook.steps import (
    write_coverage,
    write_level,
    write_measures,
    write_normalised,
    write_treated,
    write_treatment,
    write_used,
)

SHEETS = (
    ("Method", "Limits, anchors of the score, limits of the stages."),
    ("Weights", "The weight of every measure, indicator, sub-domain and domain."),
    ("Cells", "Every cleaned figure: value, what is printed, correction, file, line, source."),
    ("Measures", "The values of the cells, a column for each measure."),
    ("Coverage", "Which cities have enough figures to be ranked."),
    ("Used", "The measures of the ranked cities."),
    ("Treatment", "Shape of every measure, and how extremes are treated."),
    ("Treated", "The figures after treatment."),
    ("Normalised", "The figures on the scale of the method, 100 always best."),
    ("Indicators", "Weighted means of the measures."),
    ("Sub-domains", "Weighted means of the indicators."),
    ("Domains", "Weighted means of the sub-domains."),
    ("Scores", "Index, score, rank and stage, beside what the engine computes."),
    ("Ranking", "The cities in order of rank."),
    ("Check", "How far the formulas are from the engine."),
)


def write_workbook(edition: Edition, path: Path) -> None:
    """Write the audit workbook of an edition to `path`, whole or not at all.

    The same edition gives the same bytes.
    """
    content = BytesIO()
    book = new_book(content, model_of(edition))
    write_guide(book)
    write_sheets(book)
    book.workbook.close()
    write_whole(path, content.getvalue())


def write_sheets(book: Book) -> None:
    """All sheets but the first, in the order of `SHEETS`."""
    write_method(book)
    write_weights(book)
    write_cells(book)
    write_measures(book)
    write_coverage(book)
    write_used(book)
    write_treatment(book)
    write_treated(book)
    write_normalised(book)
    for level in ("indicator", "subdomain", "domain"):
        write_level(book, level)
    write_scores(book)
    write_ranking(book)
    write_check(book)


def write_guide(book: Book) -> None:
    """The first sheet: what the workbook is, where to change what, and a line on every sheet."""
    edition = book.model.edition
    sheet = book.sheet(
        "Read me",
        f"Audit workbook, edition {edition.name}, figures of {edition.data_year}",
        "From every printed figure to every rank, in formulas. There are no macros.",
    )
    lines = (
        "Change a figure (sheet Cells), a weight (sheet Weights) or a limit (sheet Method), in "
        "yellow: scores and ranks follow.",
        "An empty cell is a gap. It never counts as zero; its weight goes to its siblings.",
        "Two things are recorded and not computed: which measures are treated and how, since the "
        "engine finds that step by step (sheet Treatment), and what the engine itself gives (sheet "
        "Scores).",
        "All figures are open data; the published place is that of the white paper. Ranks carry a "
        "doubt that the report describes.",
    )
    for row, text in enumerate(lines, CODE + 1):
        sheet.write_string(row, 0, text)
    start = CODE + 2 + len(lines)
    for row, (name, text) in enumerate(SHEETS, start):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", None, name)
        sheet.write_string(row, 1, text)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
