import os
import stat
import sys
from pathlib import Path

import pytest
import yaml

from analysis.editions import ROOT
from analysis.publish import render as render_module
from analysis.publish.errors import PublishError
from analysis.publish.quarto import choose_renderer, quarto_version, render_with_quarto
from analysis.publish.render import render

FAKE = """#!/bin/sh
if [ "$1" = --version ]; then echo "{version}"; exit 0; fi
mkdir -p _output
{script}
"""
# Quarto's themes from Bootswatch, cosmo among them, fetch their font from the web.
THEMES_WITHOUT_WEB_FONT = ("default", "pandoc", "none")
WRITES = "echo '<p>x</p>' > _output/report.html; echo pdf > _output/report.pdf"


@pytest.fixture
def install_quarto(tmp_path, monkeypatch):
    """Put a fake quarto on the PATH, which then holds nothing but it and the system."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")

    def install(version: str, script: str = WRITES) -> None:
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir(exist_ok=True)
        program.write_text(FAKE.format(version=version, script=script), "utf8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return install


@pytest.fixture
def without_quarto(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("printed", "version"),
    [("1.9.3", (1, 9, 3)), ("1.11", (1, 11, 0)), ("99.9.9-dev", (99, 9, 9)), ("what", None)],
)
def test_the_version_is_read_from_the_program(install_quarto, printed, version):
    install_quarto(printed)
    assert quarto_version() == version


def test_quarto_of_1_9_or_newer_is_chosen_and_named(install_quarto):
    install_quarto("1.11.2")
    assert choose_renderer() == ("quarto", "Quarto 1.11.2")
    install_quarto("1.9.0")
    assert choose_renderer("quarto").renderer == "quarto"


@pytest.mark.usefixtures("without_quarto")
def test_without_quarto_the_embedded_renderer_is_chosen():
    choice = choose_renderer()
    assert choice == ("embedded", "the embedded renderer, as there is no Quarto on the PATH")


def test_an_old_quarto_is_passed_over_and_named(install_quarto):
    install_quarto("1.8.26")
    renderer, reason = choose_renderer()
    assert renderer == "embedded"
    assert "Quarto 1.8.26 is older than 1.9" in reason


def test_the_embedded_renderer_can_be_forced(install_quarto):
    install_quarto("1.11.0")
    assert choose_renderer("embedded").renderer == "embedded"


def test_a_forced_quarto_that_is_absent_or_old_is_an_error(install_quarto):
    with pytest.raises(PublishError, match=r"there is no Quarto on the PATH; 1.9 or newer"):
        choose_renderer("quarto")
    install_quarto("1.8.0")
    with pytest.raises(PublishError, match=r"Quarto 1.8.0 is older than 1.9"):
        choose_renderer("quarto")


def test_an_unknown_renderer_is_an_error():
    with pytest.raises(PublishError, match="'latex' is not one of auto, quarto, embedded"):
        choose_renderer("latex")


def test_quarto_runs_in_the_project_with_this_python_and_a_fixed_date(install_quarto, sample):
    install_quarto("1.11.0", WRITES + '; echo "$PATH $SOURCE_DATE_EPOCH" > told')
    outputs = render_with_quarto(sample)
    assert [path.read_text("utf8") for path in outputs] == ["<p>x</p>\n", "pdf\n"]
    path, epoch = (sample / "told").read_text("utf8").split()
    assert path.split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert epoch == str(20_777 * 86_400)  # 2026-11-20, the date of the sample


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo '[WARNING] (main.lua:1) Unable to resolve crossref @fig-x' >&2", "Quarto warned"),
        ("echo 'WARN: something' >&2", "Quarto warned: WARN: something"),
        ("echo 'warning: unknown font family: x'", "unknown font family"),
        ("echo 'ERROR: broken' >&2; exit 1", "Quarto failed: ERROR: broken"),
        ("echo 'all is lost'; exit 2", "Quarto failed: all is lost"),
        ("echo '<b>?@fig-x</b>' > _output/report.html", r"unresolved references: \?@fig-x"),
        ("rm _output/report.pdf", "Quarto wrote no report.pdf"),
    ],
)
def test_what_quarto_only_warns_of_is_an_error_and_leaves_no_output(
    install_quarto, sample, script, reason
):
    install_quarto("1.11.0", f"{WRITES}; {script}")
    with pytest.raises(PublishError, match=reason):
        render_with_quarto(sample)
    assert list((sample / "_output").iterdir()) == []


def test_that_no_validator_is_installed_is_no_fault(install_quarto, sample):
    warning = "echo 'WARN: PDF standard validation requested but verapdf is not installed.' >&2"
    install_quarto("1.11.0", f"{WRITES}; {warning}")
    assert len(render_with_quarto(sample)) == 2


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
    install_quarto("1.11.0", writes + '; echo "$* $DIGITAL_CITY_EDITION" > asked')
    (sample / "report.qmd").rename(sample / "other.qmd")
    outputs = render_with_quarto(sample, document="other.qmd", edition="2031")
    assert [path.name for path in outputs] == ["other.html", "other.pdf"]
    assert (sample / "asked").read_text("utf8") == "render other.qmd 2031\n"


def test_the_theme_of_the_html_fetches_no_font():
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf8"))
    assert settings["format"]["html"]["theme"] in THEMES_WITHOUT_WEB_FONT
