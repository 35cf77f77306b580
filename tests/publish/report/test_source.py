"""The report as it is written: settings, front matter, authors and date."""

import pytest

from analysis.publish.errors import PublishError
from analysis.publish.report.source import read_report

from .test_shortcodes import make_report


@pytest.mark.parametrize(
    ("project", "text", "reason"),
    [
        ("project: {}", "", "project.render must name one file"),
        ("project: {render: [a.qmd, b.qmd]}", "", "project.render must name one file"),
        ("project: {render: [absent.qmd]}", "", "there is no absent.qmd"),
        ("project: {render: [r.qmd]}", "# No front matter", "does not start with front matter"),
    ],
)
def test_a_project_without_one_readable_report_is_refused(tmp_path, project, text, reason):
    (tmp_path / "_quarto.yml").write_text(project, "utf8")
    (tmp_path / "r.qmd").write_text(text, "utf8")
    with pytest.raises(PublishError, match=reason):
        read_report(tmp_path)


def test_settings_of_the_document_win_over_those_of_the_project(tmp_path):
    (tmp_path / "_quarto.yml").write_text(
        "project: {render: [r.qmd]}\ntoc: false\nformat: {html: {toc: true, css: a.css}}", "utf8"
    )
    front = "date: 2026-11-20\nformat: {html: {css: b.css}, typst: default}\nauthor: [A]"
    (tmp_path / "r.qmd").write_text(f"---\n{front}\n---\nText\n", "utf8")
    report = read_report(tmp_path)
    assert report.metadata("html")["css"] == "b.css"
    assert report.metadata("html")["toc"] is True
    assert report.metadata("typst")["toc"] is False
    assert report.metadata("html")["date"] == "2026-11-20"
    assert report.metadata("html")["by-author"] == [{"name": {"literal": "A"}, "affiliations": []}]
    # 20 November 2026 is 20,777 days after 1 January 1970
    assert report.timestamp == 20_777 * 86_400
    assert (report.body, report.first_line) == ("Text\n", 6)


def test_authors_and_affiliations_may_be_words_or_mappings(tmp_path):
    report = make_report(tmp_path, "")
    report.front["author"] = [{"name": "A", "affiliation": "X"}, {"name": "B"}]
    assert report.metadata("html")["by-author"] == [
        {"name": {"literal": "A"}, "affiliations": [{"name": "X"}]},
        {"name": {"literal": "B"}, "affiliations": []},
    ]


def test_a_report_without_an_iso_date_is_refused(tmp_path):
    with pytest.raises(PublishError, match="needs an ISO date"):
        _ = make_report(tmp_path, "").timestamp
