"""The PDF: its date, and what stops it."""

import pytest
from pypdf import PdfReader

from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded


def test_the_pdf_is_of_the_day_of_the_report_whatever_the_clock_says(write_body, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    _, path = render_embedded(write_body("Text.\n"))
    information = PdfReader(path).metadata
    assert information.creation_date.date().isoformat() == "2026-11-20"
    assert information.modification_date == information.creation_date


def test_a_warning_of_typst_stops_the_render(write_body):
    root = write_body("Text.\n")
    theme = root / "theme" / "typst-template.typ"
    theme.write_text(theme.read_text("utf8").replace('"Fira Sans",', '"No Such Font",'), "utf8")
    with pytest.raises(PublishError, match="unknown font family: no such font"):
        render_embedded(root)
    assert not (root / "_output").exists()


def test_a_skipped_level_of_headings_is_refused_by_typst(write_body):
    with pytest.raises(PublishError, match="PDF/UA-1 error: skipped from heading level 1 to 3"):
        render_embedded(write_body("# A\n\n### B\n"))


def test_a_missing_template_partial_is_named(write_body):
    root = write_body("Text.\n")
    (root / "theme" / "typst-show.typ").unlink()
    with pytest.raises(PublishError, match=r"no template partial theme/typst-show\.typ"):
        render_embedded(root)
