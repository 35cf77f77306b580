import json
from pathlib import Path

import pytest

from analysis.publish.errors import PublishError
from analysis.publish.notebooks.cells import cell_options, embed_cell
from analysis.publish.report.shortcodes import expand, expand_setting
from analysis.publish.report.source import Report, read_report


def make_report(root: Path, body: str, **variables: object) -> Report:
    return Report(
        root=root,
        path=Path("report.qmd"),
        project={"lang": "en"},
        front={"title": "The title", "author": [{"name": "A"}]},
        variables=dict(variables),
        body=body,
        first_line=5,
    )


def write_notebook(root: Path, source: str, *outputs: dict[str, object]) -> None:
    cell = {
        "cell_type": "code",
        "source": source,
        "outputs": [{"output_type": "display_data", "data": data} for data in outputs],
    }
    prose = {"cell_type": "markdown", "source": ["#| label: x"]}
    (root / "n.ipynb").write_text(json.dumps({"cells": [prose, cell]}), "utf8")


def test_variables_and_settings_are_put_in_place(tmp_path):
    report = make_report(tmp_path, "{{< var a.b >}} of {{< meta title >}}\n", a={"b": 7})
    assert expand(report).text == "7 of The title\n"


def test_text_from_data_is_not_expanded_again(tmp_path):
    report = make_report(tmp_path, "{{< var a >}}", a="{{< var b >}}", b="secret")
    assert expand(report).text == "{{< var b >}}\n"


@pytest.mark.parametrize("fence", ["```", "~~~~", "``` {.text}"])
def test_fenced_code_shows_shortcodes_of_three_braces(tmp_path, fence):
    closing = fence.split()[0]
    body = f"{fence}\n{{{{{{< var missing >}}}}}} and x\n{closing}\n{{{{< var a >}}}}"
    assert expand(make_report(tmp_path, body, a=1)).lines[1:] == [
        "{{< var missing >}} and x",
        closing,
        "1",
    ]


def test_a_shorter_fence_does_not_close_code(tmp_path):
    body = "````\n```\n{{{< var missing >}}}\n````"
    assert "{{< var missing >}}" in expand(make_report(tmp_path, body)).lines


@pytest.mark.parametrize("line", ["{{< var a >}}", "{{{< var a >}}} {{< meta title >}}", "x {{<"])
def test_fenced_code_with_what_quarto_would_expand_is_refused(tmp_path, line):
    reason = r"report.qmd:6: a shortcode in code has three braces, {{{< … >}}}: "
    with pytest.raises(PublishError, match=reason):
        expand(make_report(tmp_path, f"```\n{line}\n```", a=1))


def test_an_included_file_is_expanded_relative_to_itself(tmp_path):
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "one.qmd").write_text("One\n{{< include two.qmd >}}\n", "utf8")
    (tmp_path / "sections" / "two.qmd").write_text("Two {{< var a >}}\n", "utf8")
    expanded = expand(make_report(tmp_path, "{{< include sections/one.qmd >}}\nLast", a=2))
    assert expanded.lines == ["One", "Two 2", "Last"]
    assert [str(place) for place in expanded.places] == [
        "sections/one.qmd:1",
        "sections/two.qmd:1",
        "report.qmd:6",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("\n{{< var missing >}}", "report.qmd:6: no variable 'missing'"),
        ("{{< var group >}}", "no variable 'group' that is one text or number"),
        ("{{< meta missing >}}", "report.qmd:5: no setting 'missing'"),
        ("{{< video x.mp4 >}}", "report.qmd:5: shortcode 'video' is not one of embed, var"),
        ("{{< pagebreak >}}", "report.qmd:5: this is not a shortcode of the report"),
        ("{{{< var group >}}}", "report.qmd:5: this is not a shortcode of the report"),
        ("a {{< include x.qmd >}}", "report.qmd:5: include must stand alone"),
        ("a {{< embed n.ipynb#x >}}", "report.qmd:5: embed must stand alone"),
        ("{{< include x.qmd >}}", "report.qmd:5: there is no file x.qmd"),
        ("{{< include /etc/passwd >}}", "there is no file /etc/passwd in the project"),
        ("{{< include ../outside.qmd >}}", "there is no file ../outside.qmd in the project"),
        ("{{< include _build/made.qmd >}}", "_build/made.qmd is generated"),
        ("{{< include loop.qmd >}}", "loop.qmd:1: loop.qmd includes itself"),
        ("{{< embed n.ipynb >}}", "report.qmd:5: embed needs notebook#label"),
        ("{{< embed missing.ipynb#x >}}", "report.qmd:5: there is no notebook missing.ipynb"),
        ("{{< embed n.ipynb#y >}}", "report.qmd:5: n.ipynb has no cell labelled y"),
    ],
)
def test_what_cannot_be_expanded_is_refused_with_file_and_line(tmp_path, body, reason):
    root = tmp_path / "project"
    (root / "_build").mkdir(parents=True)
    (root / "_build" / "made.qmd").write_text("x", "utf8")
    (root / "loop.qmd").write_text("{{< include loop.qmd >}}", "utf8")
    (tmp_path / "outside.qmd").write_text("secret", "utf8")
    write_notebook(root, "#| label: x\n1", {"text/markdown": "x"})
    with pytest.raises(PublishError, match=reason):
        expand(make_report(root, body, group={"a": 1}))


def test_settings_of_the_front_matter_may_hold_variables(tmp_path):
    report = make_report(tmp_path, "", n=100)
    settings = {"abstract": "All {{< var n >}}.", "list": ["{{< var n >}}"], "depth": 2}
    assert expand_setting(report, settings) == {"abstract": "All 100.", "list": ["100"], "depth": 2}


def test_a_markdown_output_is_embedded_as_it_is(tmp_path):
    write_notebook(tmp_path, "#| label: t\nshow()", {"text/markdown": ["| a |\n", "|---|\n"]})
    assert embed_cell(tmp_path, "n.ipynb", "t") == "| a |\n|---|"


def test_a_figure_is_written_and_embedded_with_its_alternative_text(tmp_path):
    source = "#| label: f\n#| fig-alt: 'Bars, \"East\" leads'\nplot()"
    write_notebook(tmp_path, source, {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"})
    markdown = embed_cell(tmp_path, "n.ipynb", "f")
    assert markdown == '![](_build/figures/n-f.svg){fig-alt="Bars, &#34;East&#34; leads"}'
    assert (tmp_path / "_build/figures/n-f.svg").read_text("utf8") == "<svg/>"


@pytest.mark.parametrize(
    ("source", "outputs", "reason"),
    [
        ("#| label: x", [], "this one has 0"),
        ("#| label: x", [{"text/markdown": "a"}] * 2, "this one has 2"),
        ("#| label: x", [{"text/html": "<p>"}], "neither Markdown nor SVG but"),
        ("#| label: x", [{"image/svg+xml": "<svg/>"}], "no alternative text"),
    ],
)
def test_a_cell_that_cannot_be_shown_is_refused(tmp_path, source, outputs, reason):
    write_notebook(tmp_path, source, *outputs)
    with pytest.raises(PublishError, match=f"n.ipynb#x: .*{reason}"):
        embed_cell(tmp_path, "n.ipynb", "x")


def test_a_cell_without_options_has_none():
    assert cell_options("x = 1") == {}


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
