"""Rendering with the renderer that is there, as far as needed."""

from analysis.publish.report import render as render_module
from analysis.publish.report.quarto import (
    render_with_quarto,
)
from analysis.publish.report.render import render

from .conftest import WRITES


def test_rendering_says_which_renderer_it_used_and_is_not_redone(install_quarto, sample):
    install_quarto("1.11.0", WRITES + "; echo again >> count")
    first = render(sample)
    assert (first.renderer, first.reason, first.skipped) == ("quarto", "Quarto 1.11.0", False)
    assert [path.name for path in first.outputs] == ["report.html", "report.pdf"]
    assert render(sample).skipped
    (sample / "report.qmd").write_text((sample / "report.qmd").read_text("utf8") + "\nMore.\n")
    assert not render(sample).skipped
    assert (sample / "count").read_text("utf8") == "again\nagain\n"


def test_another_renderer_renders_again(install_quarto, sample, monkeypatch):
    install_quarto("1.11.0")
    render(sample)
    rendered = []
    monkeypatch.setattr(render_module, "render_embedded", lambda root, *_: rendered.append(root))
    assert render(sample, "embedded").renderer == "embedded"
    assert rendered == [sample]


def test_another_document_and_edition_are_passed_on(install_quarto, sample):
    """The program sees the file, and its pre-render step the edition."""
    writes = WRITES.replace("report.", "other.")
    install_quarto("1.11.0", writes + '; echo "$* $DIGITAL_CITY_EDITION $QUARTO_PROFILE" > asked')
    (sample / "report.qmd").rename(sample / "other.qmd")
    outputs = render_with_quarto(
        sample, document="other.qmd", told={"DIGITAL_CITY_EDITION": "2031"}
    )
    assert [path.name for path in outputs] == ["other.html", "other.pdf"]
    assert (sample / "asked").read_text("utf8") == "render other.qmd 2031 named\n"
