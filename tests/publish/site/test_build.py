"""The audit site: notebooks with their code, links both ways, the checklist."""

import json
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from typer.testing import CliRunner

from analysis.commands import cli
from analysis.commands import site as command
from analysis.editions import ROOT
from analysis.language.markdown import escape_markdown
from analysis.publish.errors import PublishError
from analysis.publish.site import build, notebook_pages, shell
from analysis.publish.site.shell import PLACES, Site
from benchmarks.keyboard import longest_stretch, stops

from ..site_project import HOSTILE, lay_out_project

RUNNER = CliRunner()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
FLOAT = """
::: {#fig-bars}

{{< embed _build/notebooks/01_bars.ipynb#bars >}}

Bars.
:::
"""

OUTPUT = Path("_output", "tiny", "en")
LARGEST_STRETCH = 60


def code(source: str, *outputs: dict, name: str = "cell-9") -> dict:
    return {
        "cell_type": "code", "id": name, "metadata": {}, "execution_count": 1,
        "source": source, "outputs": list(outputs),
    }  # fmt: skip


def shows(kind: str, text: str) -> dict:
    return {
        "output_type": "execute_result", "metadata": {}, "execution_count": 1,
        "data": {kind: text, "text/plain": "<a plain form>"},
    }  # fmt: skip


def notebook(*cells: dict) -> str:
    heading = {"cell_type": "markdown", "id": "cell-1", "metadata": {}, "source": "# Bars & *more*"}
    return json.dumps({"cells": [heading, *cells], "metadata": {}, "nbformat": 4,
                       "nbformat_minor": 5})  # fmt: skip


TABLE = "".join(f"| {escape_markdown(text)} |\n" for text in HOSTILE)
EXECUTED = notebook(
    code("#| label: bars\n#| fig-alt: >-\n#|   Two \"bars\" & <more>.\nfigure(1 < 2)\n",
         shows("image/svg+xml", SVG)),
    code("table", shows("text/markdown", f"| Name |\n|:---|\n{TABLE}"), name="cell-2"),
    code("print('<b>')", {"output_type": "stream", "name": "stdout", "text": "<b>bold?</b>\n"},
         name="cell-3"),
    code("frame", shows("text/html", "<script>alert(1)</script>"), name="cell-4"),
    {"cell_type": "markdown", "id": "cell-5", "metadata": {}, "source": "<script>x</script> $a^2$"},
)  # fmt: skip


@pytest.fixture(scope="module")
def project(built_tiny, tmp_path_factory):
    """The tiny edition with an executed notebook and a checklist."""
    root = tmp_path_factory.mktemp("site")
    edition = lay_out_project(built_tiny, root)
    with (root / "report.qmd").open("a") as stream:
        stream.write(FLOAT)
    (root / "_build" / "notebooks").mkdir(parents=True, exist_ok=True)
    (root / "_build" / "notebooks" / "01_bars.ipynb").write_text(EXECUTED, "utf8")
    reference = root / "data" / "reference"
    shutil.copy(ROOT / "data" / "reference" / "checklist.csv", reference)
    with (reference / "columns.csv").open("a") as stream:
        stream.writelines(f"checklist.csv,{name},text,,1,,,,,,\n" for name in
                          ("part", "claim", "file", "test"))  # fmt: skip
    (root / OUTPUT).mkdir(parents=True, exist_ok=True)
    (root / OUTPUT / "report.html").write_text("<figure id='fig-bars'></figure>")
    (root / OUTPUT / "report.pdf").touch()
    with pytest.MonkeyPatch.context() as patch:  # the fonts are tried elsewhere
        patch.setattr(shell, "html_style", lambda *_: "")
        build.write_site(edition)
    return edition


@pytest.fixture(scope="module")
def folder(project):
    return project.root / OUTPUT / "site"


@pytest.fixture(scope="module")
def page(folder):
    return html.fromstring((folder / "notebooks" / "01_bars.html").read_text("utf8"))


def test_a_notebook_page_shows_prose_code_figures_tables_and_what_was_printed(page):
    assert page.xpath("//h1")[0].text_content() == "Bars & more"
    (code,) = page.xpath("//div[@id='bars']//details")
    assert (code.get("open"), code.xpath("summary")[0].text) == (None, "Code")
    shown = code.xpath(".//pre")[0].text_content()
    assert shown.strip() == "figure(1 < 2)"
    (figure,) = page.xpath("//div[@id='bars-output']//svg")
    assert figure.xpath("title")[0].text == 'Two "bars" & <more>.'
    assert len(figure.xpath("rect")) == 1
    assert "<b>bold?</b>" in page.text_content()
    assert page.xpath("//math")


def test_hostile_text_in_a_notebook_is_shown_as_itself(page):
    cells = [cell.text_content() for cell in page.xpath("//tbody//td")]
    assert cells == [" ".join(text.replace("\u202e", "<U+202E>").split()) for text in HOSTILE]
    assert page.xpath("//main//script") == []
    assert not [link for link in page.xpath("//@href") if "javascript" in link]


def test_a_cell_of_the_report_leads_there_and_only_such_a_cell(page):
    links = [link for link in page.xpath("//main//a/@href") if "report.html" in link]
    assert links == ["../../report.html#fig-bars"]


def test_every_link_and_anchor_of_the_site_leads_to_what_is_there(folder):
    places = {path: set(html.parse(path).xpath("//@id")) for path in folder.parent.rglob("*.html")}
    links = 0
    for path in folder.rglob("*.html"):
        tree = html.fromstring(path.read_text("utf8"))
        for link in tree.xpath("//a/@href | //img/@src | //link/@href"):
            address, _, anchor = link.partition("#")
            target = (path.parent / address).resolve() if address else path
            assert target.is_file(), f"{path.name}: {link}"
            assert not anchor or anchor in places[target], f"{path.name}: {link}"
            assert "://" not in link
            links += 1
    assert links > 100


@pytest.mark.parametrize("width", [1280, 400])
def test_pages_serve_a_keyboard_and_a_screen_reader(tab, folder, width):
    pages = ["index", "explorer", "dictionary", "checklist", "notebooks/index",
             "notebooks/01_bars", "cities/index"]  # fmt: skip
    city = next((folder / "cities").glob("[0-9]*.html")).stem
    # In the dark on a phone, so that both schemes are looked at.
    tab.emulate_media(color_scheme="dark" if width == 400 else "light")
    tab.set_viewport_size({"width": width, "height": 900})
    for name in [*pages, f"cities/{city}"]:
        tab.goto((folder / f"{name}.html").as_uri())
        violations = Axe().run(tab).response["violations"]
        assert [found["id"] for found in violations] == [], name
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
        if width == 400:
            tab.goto("about:blank")  # the rules have left the focus somewhere
            tab.goto((folder / f"{name}.html").as_uri())
            walk = list(stops(tab))
            assert [stop for stop in walk if stop.lost] == [], name
            assert longest_stretch(walk)[0] <= LARGEST_STRETCH, name


def test_names_of_places_within_a_page_are_unique(page):
    found = page.xpath("//@id")
    assert len(found) == len(set(found))


def test_the_checklist_has_a_box_with_a_label_for_every_claim(folder, project):
    tree = html.fromstring((folder / "checklist.html").read_text("utf8"))
    boxes = tree.xpath("//input[@type='checkbox']/@id")
    labels = {label.get("for"): label.text for label in tree.xpath("//label")}
    table = project.reference_table("checklist")
    assert [labels[box] for box in boxes] == list(table["claim"])
    text = tree.text_content()
    assert all(test in text for test in table["test"])


def test_the_bar_leads_only_to_parts_that_are_there(built_tiny, tmp_path):
    edition = lay_out_project(built_tiny, tmp_path)
    site = Site(edition)
    assert [part["key"] for part in shell.places(site)] == []
    (tmp_path / OUTPUT).mkdir(parents=True, exist_ok=True)
    (tmp_path / OUTPUT / "report.html").write_text("")
    assert [part["key"] for part in shell.places(site)] == ["site_report"]
    assert [part["key"] for part in shell.places(site, PLACES)] == list(PLACES)


def test_without_executed_notebooks_the_site_says_what_to_run(built_tiny, tmp_path):
    edition = lay_out_project(built_tiny, tmp_path)
    with pytest.raises(PublishError, match="run the command notebooks first"):
        notebook_pages.notebook_pages(Site(edition))


def test_a_notebook_that_pandoc_finds_fault_with_is_named():
    with pytest.raises(PublishError, match=r"^odd\.ipynb: "):
        notebook_pages.to_html("odd.ipynb", {"cells": 1})


def test_audit_pages_are_written_again_only_when_something_has_changed(project):
    assert not build.renew_site(project)
    path = project.root / "_build" / "notebooks" / "01_bars.ipynb"
    path.write_text(EXECUTED.replace("figure(1", "figure(0"), "utf8")
    steps: list[str] = []
    assert build.renew_site(project, "en", lambda what, *_: steps.append(what))
    assert steps == ["writing the site"]
    written = (project.root / OUTPUT / "site" / "notebooks" / "01_bars.html").read_text("utf8")
    assert "figure(<" in written
    path.write_text(EXECUTED, "utf8")


def test_the_command_writes_everything(project, monkeypatch):
    monkeypatch.setattr(command, "load", lambda _=None: project)
    done = RUNNER.invoke(cli.app, ["site"])
    assert done.exit_code == 0, done.output
    assert "12 city pages" in done.output
