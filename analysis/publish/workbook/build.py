"""The audit workbook, sheet by sheet."""

from io import BytesIO
from pathlib import Path

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.publish.workbook.averaged import write_averaged
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

GUIDE = "guide"
# All sheets but the first, in their order.
SHEETS = (
    "method", "weights", "averaged", "cells", "measures", "coverage", "used", "treatment",
    "treated", "normalised", "indicator", "subdomain", "domain", "scores", "ranking", "check",
)  # fmt: skip


def write_workbook(edition: Edition, path: Path, language: str = "en") -> None:
    """Write the audit workbook of an edition in a language to `path`, whole or not at all.

    The same edition gives the same bytes.
    """
    content = BytesIO()
    book = new_book(content, model_of(edition, language))
    write_guide(book)
    write_sheets(book)
    book.workbook.close()
    write_whole(path, content.getvalue())


def write_sheets(book: Book) -> None:
    """All sheets but the first, in the order of `SHEETS`."""
    write_method(book)
    write_weights(book)
    write_averaged(book)
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
    edition, say = book.model.edition, book.model.say
    title = say("guide_title", edition=edition.name, year=edition.data_year)
    sheet = book.sheet(GUIDE, say("note_guide"), title)
    names = {name: book.name(name) for name in SHEETS}
    lines = (
        say("guide_change", **{name: names[name] for name in ("cells", "weights", "method")}),
        say("guide_gaps"),
        say("guide_recorded", treatment=names["treatment"], scores=names["scores"]),
        say("guide_open", published=book.model.edition.published_list),
    )
    for row, text in enumerate(lines, CODE + 1):
        sheet.write_string(row, 0, text)
    for row, (code, name) in enumerate(names.items(), CODE + 2 + len(lines)):
        sheet.write_url(row, 0, f"internal:{book.before[code]}A1", None, name)
        sheet.write_string(row, 1, say(f"about_{code}"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
