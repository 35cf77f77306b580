from pathlib import Path

import pytest

from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.shortcodes import expand, expand_setting
from analysis.publish.report.source import Report, read_report

from ..notebooks.test_cells import write_notebook


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


def test_places_are_found_in_included_files(sample):
    (sample / "sections" / "findings.qmd").write_text("Text\n\nSee @fig-lost.\n", "utf8")
    with pytest.raises(PublishError, match=r"sections/findings.qmd:3: unresolved"):
        render_embedded(sample)


def test_the_expanded_text_keeps_a_source_line_for_each_line(prepared):
    expanded = expand(read_report(prepared))
    assert len(expanded.lines) == len(expanded.places)
    assert str(expanded.place_of("First finding")) == "sections/findings.qmd:3"
    assert expanded.place_of("nowhere to be found") is None
