import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from analysis.editions import ROOT
from analysis.publish.documents import written_in
from analysis.publish.errors import PublishError
from analysis.publish.report.quarto import (
    check_rendered,
    choose_renderer,
    quarto_version,
    refuse_other_report,
    render_with_quarto,
)

from .conftest import WRITES

# Quarto's themes from Bootswatch, cosmo among them, fetch their font from the web.
THEMES_WITHOUT_WEB_FONT = ("default", "pandoc", "none")
LITTERS = "mkdir report_files; touch report_files/a.svg report.html report.typ report.quarto_ipynb"


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
        ("echo '<img src=data:x>' > _output/report.html", "no alternative text for the image"),
        ("echo \"<i data-notebook='$PWD/n'>\" > _output/report.html", "a place on this machine"),
        ("printf '\\033[33mWARN: red\\033[39m' >&2", "Quarto warned: WARN: red$"),
        ("echo 'refused: report.html: so'; exit 1", "Quarto failed: refused: report.html: so$"),
    ],
)
def test_what_quarto_only_warns_of_is_an_error_and_leaves_no_output(
    install_quarto, sample, script, reason
):
    install_quarto("1.11.0", f"{WRITES}; {script}")
    with pytest.raises(PublishError, match=reason):
        render_with_quarto(sample)
    assert list((sample / "_output").iterdir()) == []


@pytest.mark.parametrize("end", ["exit 1", "echo 'WARN: x'", "kill -9 $$"])
def test_a_failed_run_leaves_nothing_beside_the_document_and_takes_nothing(
    install_quarto, sample, end
):
    (sample / "report.txt").write_text("mine", "utf8")
    before = sorted(path.name for path in sample.iterdir())
    install_quarto("1.11.0", f"{WRITES}; {LITTERS}; touch other.html; {end}")
    with pytest.raises(PublishError, match="Quarto"):
        render_with_quarto(sample)
    # What bears another name may be somebody else's.
    assert sorted(path.name for path in sample.iterdir()) == sorted(
        [*before, "_output", "other.html"]
    )
    assert list((sample / "_output").iterdir()) == []


def test_the_step_after_rendering_removes_what_is_unfit_and_says_why(sample, monkeypatch):
    output = sample / "_output"
    output.mkdir()
    names = [output / "report.html", output / "report.pdf"]
    names[1].write_text("pdf", "utf8")
    listed = "\n".join(path.relative_to(sample).as_posix() for path in names)
    monkeypatch.setenv("QUARTO_PROJECT_OUTPUT_FILES", listed)
    names[0].write_text("<img src='x.png' alt='Bars'><p>?@fig-x</p>", "utf8")
    with pytest.raises(PublishError, match=r"^refused: unresolved references: \?@fig-x$"):
        check_rendered(sample)
    assert list(output.iterdir()) == []
    names[0].write_text("<p>x</p>", "utf8")
    names[1].write_text("pdf", "utf8")
    check_rendered(sample)
    assert sorted(output.iterdir()) == names


def test_the_fonts_of_the_machine_are_not_seen_by_the_typst_of_quarto():
    # Else one of them may show a sign in place of a font of the project, and the words beside it.
    told = (ROOT / "_environment").read_text("utf8").splitlines()
    assert [line for line in told if line[:1] != "#"] == ["TYPST_IGNORE_SYSTEM_FONTS=true"]


def test_the_step_after_rendering_is_a_command_that_quarto_runs(sample):
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf8"))
    command = settings["project"]["post-render"].split()
    assert command[0] == "python"
    (sample / "page.html").write_text("<img src='x.png' alt='Bars'>", "utf8")
    environment = os.environ | {"QUARTO_PROJECT_OUTPUT_FILES": "page.html"}
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=sample,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "refused: page.html: the HTML would load from outside: <img src=x.png>\n"
    assert not (sample / "page.html").exists()


def test_git_ignores_what_quarto_wants_ignored_so_that_it_leaves_the_list_alone():
    lines = (ROOT / ".gitignore").read_text("utf8").splitlines()
    assert {"/.quarto/", "**/*.quarto_ipynb"} <= set(lines)


def test_that_no_validator_is_installed_is_no_fault(install_quarto, sample):
    warning = "echo 'WARN: PDF standard validation requested but verapdf is not installed.' >&2"
    install_quarto("1.11.0", f"{WRITES}; {warning}")
    assert len(render_with_quarto(sample)) == 2


def test_the_document_of_the_project_is_rendered_without_a_profile(install_quarto, sample):
    install_quarto("1.11.0", WRITES + '; echo "$* $QUARTO_PROFILE" > asked')
    render_with_quarto(sample, document="report.qmd")
    assert (sample / "asked").read_text("utf8") == "render report.qmd \n"


def test_every_report_is_listed_by_the_profile_for_those_asked_for_by_name():
    """Quarto leaves the variables of a document empty that its project does not list."""
    patterns = yaml.safe_load((ROOT / "_quarto-named.yml").read_text("utf8"))["project"]["render"]
    names = [path.name for path in ROOT.glob("*.qmd")]
    names += [written_in(name, "zh_hant") for name in names if name.startswith("report")]
    assert [name for name in names if not any(fnmatch(name, one) for one in patterns)] == []


def test_the_theme_of_the_html_fetches_no_font():
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf8"))
    assert settings["format"]["html"]["theme"] in THEMES_WITHOUT_WEB_FONT


@pytest.mark.parametrize("path", sorted(ROOT.glob("report*.qmd")), ids=lambda path: path.name)
def test_a_comment_stands_before_every_chapter(path):
    """Quarto looks from each value on to the next tag or comment; without any it takes minutes."""
    blocks = path.read_text("utf8").split("\n---\n")[1].strip().split("\n\n")
    chapters = [number for number, block in enumerate(blocks) if "include" in block]
    assert len(chapters) >= 3
    assert all(blocks[number - 1].startswith("<!--") for number in chapters)


def test_an_edition_whose_report_is_not_the_one_rendered_is_refused_with_the_command(monkeypatch):
    monkeypatch.setenv("QUARTO_PROJECT_INPUT_FILES", "report.qmd")
    with pytest.raises(PublishError) as refusal:
        refuse_other_report("2019", "report-open.qmd")
    (line,) = str(refusal.value).splitlines()
    assert line.startswith("edition 2019 is told in report-open.qmd, and report.qmd is rendered: ")
    assert line.endswith("DIGITAL_CITY_EDITION=2019 quarto render report-open.qmd")


@pytest.mark.parametrize("rendered", ["", "report.qmd", "other.qmd\nreport.qmd"])
def test_the_report_of_an_edition_is_prepared_and_so_is_any_without_quarto(monkeypatch, rendered):
    monkeypatch.setenv("QUARTO_PROJECT_INPUT_FILES", rendered)
    refuse_other_report("2020", "report.qmd")
