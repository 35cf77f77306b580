"""City pages in HTML and the command that writes them: linked, inert whatever a table holds."""

import re

import pytest
from lxml import html
from pypdf import PdfReader
from typer.testing import CliRunner

from analysis.commands import cities as command
from analysis.commands import cli
from analysis.editions import ROOT, Edition
from analysis.publish.errors import PublishError
from analysis.publish.report.html import readable_text
from analysis.publish.site import city_content, shell
from analysis.publish.site.cities import city_page, index_page, write_city_pages
from analysis.publish.site.city_content import city_contents
from analysis.publish.site.city_tables import CityList
from analysis.publish.site.shell import Site

from ..site_project import HOSTILE, lay_out_project

RUNNER = CliRunner()
OTHER_IMAGES = "//img[not(@src='../assets/map.svg')]"
SHENZHEN, XUCHANG = "440300", "411000"


@pytest.fixture(scope="module")
def project(built_tiny, tmp_path_factory):
    return lay_out_project(built_tiny, tmp_path_factory.mktemp("project"))


def test_a_page_shows_both_languages_of_the_name_and_every_number(site, contents):
    text = readable_text(city_page(site, contents[SHENZHEN]))
    for words in ("深圳市", "Shenzhen", "of 286 ranked cities", "90 % interval", "303,677 persons"):
        assert words in text


def hostile(value, texts):
    """The same content with a hostile text at the end of every text that is shown."""
    if isinstance(value, dict):
        fixed = ("adcode", "status", "tier", "code")
        return {k: v if k in fixed else hostile(v, texts) for k, v in value.items()}
    if isinstance(value, list):
        return [hostile(item, texts) for item in value]
    return f"{value} {texts}" if isinstance(value, str) and value else value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_itself_in_html(site, contents, text):
    page = city_content.inert(hostile(contents[XUCHANG], text))
    document = city_page(site, page)
    tree = html.fromstring(document)
    assert tree.xpath(f"//script | {OTHER_IMAGES} | //style | //*[@onerror]") == []
    assert not [link for link in tree.xpath("//@href") if "javascript" in link]
    shown = text.replace("\u202e", "<U+202E>")
    assert shown in " ".join(tree.xpath("//h1")[0].text_content().split())
    shell.refuse_unfit("cities/411000.html", document)


def test_a_character_that_no_font_has_is_refused_with_its_place():
    with pytest.raises(PublishError, match=r"cities/1.html: .* no glyph for \U00013000"):
        shell.refuse_unfit("cities/1.html", "<p>\U00013000</p>")


def test_a_page_that_would_load_from_outside_is_refused():
    with pytest.raises(PublishError, match="would load from outside"):
        shell.refuse_unfit("cities/1.html", '<script src="http://example.org/x.js"></script>')


def test_pages_of_an_edition_without_intervals_and_shares_leave_them_out(project):
    site = Site(project)
    written = write_city_pages(site, city_contents(site))
    assert len(written) == 13  # twelve cities and the index
    text = readable_text(written[0].read_text("utf8"))
    assert "Six domains beside peers" in text
    assert "90 % interval" not in text
    assert "What makes the place" not in text
    assert (project.root / "_output" / "tiny" / "en" / "site" / "assets" / "site.css").is_file()


def test_every_link_of_the_pages_leads_to_a_page(project):
    pages = write_city_pages(Site(project), city_contents(Site(project)))
    for page in pages:
        tree = html.fromstring(page.read_text("utf8"))
        for link in tree.xpath("//main//a/@href"):
            address, _, anchor = link.partition("#")
            assert not address or (page.parent / address).resolve() in pages
            assert not anchor or anchor in tree.xpath("//@id")


def test_pages_of_cities_that_are_no_more_are_removed_and_single_pages_remove_nothing(project):
    site = Site(project)
    pages = write_city_pages(site, city_contents(site))
    left = pages[0].with_name("000000.html")
    left.write_text("of a city that is no more")
    write_city_pages(site, city_contents(site, [pages[0].stem]), whole=False)
    assert left.is_file()
    write_city_pages(site, city_contents(site))
    assert not left.exists()


def test_the_index_lists_every_city_with_its_interval(site, real):
    listed = CityList(real)
    tree = html.fromstring(index_page(site, listed))
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == 297
    doubt = listed.uncertainty[rows[0].xpath(".//a/@href")[0].removesuffix(".html")]
    assert rows[0].xpath("./td")[1].text == f"{doubt['rank_low']}–{doubt['rank_high']}"


def test_the_style_has_the_fonts_in_it(project):
    write_city_pages(Site(project), city_contents(Site(project)))
    style = (Site(project).folder / shell.STYLE).read_text("utf8")
    assert "data:font/woff2" in style
    assert "<" not in style.split("@font-face")[1]


def test_the_style_is_written_again_only_for_new_characters_or_another_look(tmp_path, monkeypatch):
    (tmp_path / "theme").mkdir()
    look = tmp_path / "theme" / "report.css"
    look.write_text("main { color: black }")
    asked: list[set[str]] = []
    site = Site(Edition("2031", tmp_path))
    monkeypatch.setattr(shell, "html_style", lambda letters, _: asked.append(letters) or "")
    for texts in (["深圳"], ["圳"], ["北京"], ["圳"]):
        shell.write_style(site, texts)
    assert [set("深圳北京") & letters for letters in asked] == [set("深圳"), set("深圳北京")]
    look.write_text("main { color: blue }")
    shell.write_style(site, ["圳"])
    assert len(asked) == 3


def test_the_pages_use_the_colours_of_the_report_and_orange_for_what_was_published_alone():
    theme = (ROOT / "theme" / "report.css").read_text()
    sheet, style = ((shell.TEMPLATES / name).read_text() for name in ("city.typ", "site.css"))
    for colour in re.findall(r"let (?:accent|ink|muted) = rgb\(\"(#\w+)\"\)", sheet):
        assert colour in theme
    assert re.search(r"--published: (#\w+)", style)[1] in sheet
    rules = [rule for rule in style.split("}") if "var(--published)" in rule]
    assert rules
    assert all(".published" in rule for rule in rules)


def test_the_command_writes_single_pages_and_sheets_by_any_name_of_a_city(project, monkeypatch):
    monkeypatch.setattr(command, "load", lambda _=None: project)
    cities = project.reference_table("cities")
    name, code = cities.loc[cities.index[0], ["name_zh_hans", "adcode"]]
    done = RUNNER.invoke(cli.app, ["cities", name, "--pdf"])
    assert done.exit_code == 0, done.output
    assert f"_output/tiny/en/site/cities/{code}.html: 1 pages written" in done.output
    sheet = PdfReader(project.root / "_output" / "tiny" / "en" / "cities" / f"{code}.pdf")
    assert len(sheet.pages) == 1
    assert RUNNER.invoke(cli.app, ["cities", code]).exit_code == 0


def test_the_command_writes_all_sheets_into_one_file_with_the_same_bytes_twice(
    project, monkeypatch
):
    monkeypatch.setattr(command, "load", lambda _=None: project)
    target = project.root / "_output" / "tiny" / "en" / "cities-tiny.pdf"
    assert RUNNER.invoke(cli.app, ["cities", "--pdf"]).exit_code == 0
    first = target.read_bytes()
    assert len(PdfReader(target).pages) == 12
    assert RUNNER.invoke(cli.app, ["cities", "--pdf"]).exit_code == 0
    assert target.read_bytes() == first
