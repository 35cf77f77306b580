"""City pages: true to the results, complete, one sheet each, inert whatever a table holds."""

import json
import re
from io import BytesIO

import pytest
from lxml import html
from pypdf import PdfReader
from typer.testing import CliRunner

from analysis.commands import cities as command
from analysis.commands import cli
from analysis.editions import ROOT
from analysis.publish.errors import PublishError
from analysis.publish.report.html import readable_text
from analysis.publish.site import city_content, city_evidence, city_sheets, shell
from analysis.publish.site.cities import city_page, index_page, write_city_pages
from analysis.publish.site.city_content import city_contents
from analysis.publish.site.city_tables import CityTables

from ..site_project import HOSTILE, lay_out_project

RUNNER = CliRunner()
SHENZHEN, BEIJING, XUCHANG, SANSHA = "440300", "110000", "411000", "460300"


@pytest.fixture(scope="module")
def tables(real) -> CityTables:
    """Everything about the cities of edition 2020."""
    return CityTables(real)


@pytest.fixture(scope="module")
def contents(tables):
    """The content of every page, by code."""
    return {content["adcode"]: content for content in city_contents(tables)}


@pytest.fixture(scope="module")
def project(built_tiny, tmp_path_factory):
    return lay_out_project(built_tiny, tmp_path_factory.mktemp("project"))


def test_every_city_has_a_page_ranked_ones_first_and_by_rank(contents, real):
    ranks = [int(content["rank"]) for content in contents.values() if content["ranked"]]
    assert ranks == sorted(ranks)
    assert set(contents) == set(real.reference_table("cities")["adcode"])
    assert [content["ranked"] for content in contents.values()] == [True] * 286 + [False] * 11


def test_a_page_says_what_the_results_say(contents, real):
    score = real.result("scores").set_index("adcode").loc[SHENZHEN]
    doubt = real.result("uncertainty").set_index("adcode").loc[SHENZHEN]
    page = contents[SHENZHEN]
    assert page["rank"] == str(score["rank"])
    assert page["interval"].endswith(f"{doubt['rank_low']} to {doubt['rank_high']}")
    assert [domain["at"] for domain in page["domains"]] == [
        pytest.approx(score[code], abs=0.005) for code in (d["code"] for d in page["domains"])
    ]
    assert f"{score['score']:.1f}" in [fact["value"] for fact in page["facts"]]


def test_the_parts_of_a_page_add_up_to_the_distance_from_the_mean_city(contents, real):
    index = real.result("scores").set_index("adcode")["index"]
    parts = [float(part["part"].replace("−", "-")) for part in contents[SHENZHEN]["parts"]]
    distance = index[SHENZHEN] - index.mean()
    assert sum(parts) == pytest.approx(distance, abs=0.3)  # six roundings to 0.1
    assert f"Together {distance:+.1f}." in contents[SHENZHEN]["part_key"]


def test_an_unranked_city_of_the_list_shows_its_published_place(contents):
    facts = {fact["name"]: fact["value"] for fact in contents["230100"]["facts"]}
    assert facts["Published place"] == "53"
    assert {fact["name"]: fact["value"] for fact in contents[SANSHA]["facts"]}[
        "Published place"
    ] == "–"


def test_a_municipality_has_no_place_within_its_one_city_province(contents):
    names = [fact["name"] for fact in contents[BEIJING]["facts"]]
    assert "Place in East" in names
    assert "Place in Beijing" not in names


def test_peers_are_the_fifteen_nearest_by_gdp_and_never_the_city_itself(contents, tables):
    for content in contents.values():
        codes = [peer["adcode"] for peer in content.get("peers", [])]
        assert content["adcode"] not in codes
        assert len(codes) == (15 if content["adcode"] in tables.gdp.index else 0)


def test_a_city_without_a_rank_is_told_why_in_words(contents):
    page = contents[SANSHA]
    assert page["reasons"][0] == "54 % of all measures present, 65 % needed"
    assert page["reasons"][1].startswith("0 % of the measures of digital government services")
    assert "rank" not in page


def test_the_evidence_names_every_measure_of_the_index_once_and_marks_what_was_done(
    contents, real, tables
):
    included = [row["measure"] for rows in tables.measures.values() for row in rows]
    cells = real.result("cells")
    own = cells[(cells["adcode"] == XUCHANG) & cells["measure"].isin(included)]
    figures = [
        figure
        for indicator in contents[XUCHANG]["evidence"]["indicators"]
        for figure in indicator["measures"]
    ]
    assert len(figures) == len(own) == len(included)
    statuses = sorted(figure["status"] for figure in figures)
    assert statuses == sorted(own["status"])
    carried = next(figure for figure in figures if figure["name"] == "IT employment")
    assert (carried["figure"], carried["year"], carried["mark"]) == (
        "3,047 persons", "2018", "carried",
    )  # fmt: skip
    assert carried["source"] == "yearbook_2018, 155"
    remark = contents[XUCHANG]["evidence"]["remarks"][0]
    assert remark.startswith("IT employment: the printed 11949 is not used.")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1, "1 = designated", "yes"),
        (0, "1 = designated", "no"),
        (1234.5, "patents", "1,234.5 patents"),
        (1200, "10,000 yuan", "1,200 × 10,000 yuan"),
        (0, "stations", "0 stations"),
    ],
)
def test_a_figure_reads_as_a_reader_expects(tables, value, unit, text):
    assert city_evidence.shown_value(tables, {"value": value, "unit": unit}) == text


def test_a_place_lies_in_the_middle_of_its_own_width_of_the_strip():
    # Of four places the second covers 25 to 50, its middle is 37.5.
    assert city_content.edge(1, 4) == 25
    assert city_content.edge(2, 4) == 50
    assert city_content.edge(2 - 0.5, 4) == 37.5


def test_a_page_shows_both_languages_of_the_name_and_every_number(tables, contents):
    text = readable_text(city_page(tables, contents[SHENZHEN]))
    for words in ("深圳市", "Shenzhen", "of 286 ranked cities", "90 % interval", "303,677 persons"):
        assert words in text


def test_html_and_pdf_say_the_same(tables, contents):
    page = contents[XUCHANG]
    inputs = {"cities": json.dumps([page]), "title": "Xuchang", "lang": "en"}
    reader = PdfReader(BytesIO(city_sheets.compiled(inputs, 0)))
    assert len(reader.pages) == 1
    printed = re.sub(r"\s+", "", reader.pages[0].extract_text())
    figures = [f["figure"] for i in page["evidence"]["indicators"] for f in i["measures"]]
    shown = readable_text(city_page(tables, page))
    for text in (*figures, page["rank"], page["interval"], *page["evidence"]["remarks"]):
        assert re.sub(r"\s+", "", text) in printed
        assert text in shown


def hostile(value, texts):
    """The same content with a hostile text at the end of every text that is shown."""
    if isinstance(value, dict):
        fixed = ("adcode", "status", "tier", "code")
        return {k: v if k in fixed else hostile(v, texts) for k, v in value.items()}
    if isinstance(value, list):
        return [hostile(item, texts) for item in value]
    return f"{value} {texts}" if isinstance(value, str) and value else value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_itself_in_html(tables, contents, text):
    page = city_content.inert(hostile(contents[XUCHANG], text))
    document = city_page(tables, page)
    tree = html.fromstring(document)
    assert tree.xpath("//script | //img | //style | //*[@onerror]") == []
    assert not [link for link in tree.xpath("//@href") if "javascript" in link]
    shown = text.replace("\u202e", "<U+202E>")
    assert shown in " ".join(tree.xpath("//h1")[0].text_content().split())
    shell.refuse_unfit("cities/411000.html", document)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_itself_in_the_pdf(contents, text):
    page = city_content.inert(contents[SANSHA] | {"name_en": f"Sansha {text}"})
    inputs = {"cities": json.dumps([page]), "title": text, "lang": "en"}
    printed = PdfReader(BytesIO(city_sheets.compiled(inputs, 0))).pages[0].extract_text()
    shown = text.replace("\u202e", "<U+202E>")
    assert re.sub(r"\s+", "", shown) in re.sub(r"\s+", "", printed)
    assert "root:" not in printed


def test_a_character_that_no_font_has_is_refused_with_its_place():
    with pytest.raises(PublishError, match=r"cities/1.html: .* no glyph for \U00013000"):
        shell.refuse_unfit("cities/1.html", "<p>\U00013000</p>")


def test_a_page_that_would_load_from_outside_is_refused():
    with pytest.raises(PublishError, match="would load from outside"):
        shell.refuse_unfit("cities/1.html", '<script src="http://example.org/x.js"></script>')


def test_a_city_that_does_not_fit_on_one_page_is_refused_by_name(contents):
    page = contents[SANSHA] | {"name_en": "Sansha", "reasons": ["too little"] * 80}
    inputs = {"cities": json.dumps([page]), "title": "Sansha", "lang": "en"}
    with pytest.raises(PublishError, match="Sansha does not fit on one page"):
        city_sheets.compiled(inputs, 0)


def test_pages_of_an_edition_without_intervals_and_shares_leave_them_out(project):
    tables = CityTables(project)
    written = write_city_pages(tables)
    assert len(written) == 13  # twelve cities and the index
    text = readable_text(written[0].read_text("utf8"))
    assert "Six domains beside peers" in text
    assert "90 % interval" not in text
    assert "What makes the rank" not in text
    assert (project.root / "_output" / "site" / "assets" / "site.css").is_file()


def test_every_link_of_the_pages_leads_to_a_page(project):
    pages = write_city_pages(CityTables(project))
    for page in pages:
        for link in html.fromstring(page.read_text("utf8")).xpath("//main//a/@href"):
            assert (page.parent / link).resolve() in pages


def test_pages_of_cities_that_are_no_more_are_removed_and_single_pages_remove_nothing(project):
    tables = CityTables(project)
    pages = write_city_pages(tables)
    left = pages[0].with_name("000000.html")
    left.write_text("of a city that is no more")
    write_city_pages(tables, [pages[0].stem])
    assert left.is_file()
    write_city_pages(tables)
    assert not left.exists()


def test_the_index_lists_every_city_with_its_interval(tables):
    tree = html.fromstring(index_page(tables))
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == 297
    doubt = tables.uncertainty[rows[0].xpath(".//a/@href")[0].removesuffix(".html")]
    assert rows[0].xpath("./td")[1].text == f"{doubt['rank_low']}–{doubt['rank_high']}"


def test_the_style_has_the_fonts_in_it(project):
    write_city_pages(CityTables(project))
    style = (project.root / shell.FOLDER / shell.STYLE).read_text("utf8")
    assert "data:font/woff2" in style
    assert "<" not in style.split("@font-face")[1]


def test_the_style_is_written_again_only_for_new_characters_or_another_look(tmp_path, monkeypatch):
    (tmp_path / "theme").mkdir()
    look = tmp_path / "theme" / "report.css"
    look.write_text("main { color: black }")
    asked: list[set[str]] = []
    monkeypatch.setattr(shell, "html_style", lambda letters: asked.append(letters) or "")
    for texts in (["深圳"], ["圳"], ["北京"], ["圳"]):
        shell.write_style(tmp_path, shell.FOLDER, texts)
    assert [set("深圳北京") & letters for letters in asked] == [set("深圳"), set("深圳北京")]
    look.write_text("main { color: blue }")
    shell.write_style(tmp_path, shell.FOLDER, ["圳"])
    assert len(asked) == 3


def test_the_pages_use_the_colours_of_the_report_and_its_figures():
    figures = (ROOT / "analysis" / "figures" / "style.py").read_text()
    theme = (ROOT / "theme" / "report.css").read_text()
    for name in ("site.css", "city.typ"):
        own = (shell.TEMPLATES / name).read_text()
        for colour in ("#d55e00", "#a9cfe5"):
            assert colour in own
            assert colour in figures
    for colour in re.findall(r"let (?:accent|ink|muted) = rgb\(\"(#\w+)\"\)", own):
        assert colour in theme


def test_the_command_writes_single_pages_and_sheets_by_any_name_of_a_city(project, monkeypatch):
    monkeypatch.setattr(command, "load", lambda _=None: project)
    cities = project.reference_table("cities")
    name, code = cities.loc[cities.index[0], ["name_zh_hans", "adcode"]]
    done = RUNNER.invoke(cli.app, ["cities", name, "--pdf"])
    assert done.exit_code == 0, done.output
    assert f"_output/site/cities/{code}.html: 1 pages written" in done.output
    sheet = PdfReader(project.root / "_output" / "cities" / f"{code}.pdf")
    assert len(sheet.pages) == 1
    assert RUNNER.invoke(cli.app, ["cities", code]).exit_code == 0


def test_the_command_writes_all_sheets_into_one_file_with_the_same_bytes_twice(
    project, monkeypatch
):
    monkeypatch.setattr(command, "load", lambda _=None: project)
    target = project.root / "_output" / "cities-tiny.pdf"
    assert RUNNER.invoke(cli.app, ["cities", "--pdf"]).exit_code == 0
    first = target.read_bytes()
    assert len(PdfReader(target).pages) == 12
    assert RUNNER.invoke(cli.app, ["cities", "--pdf"]).exit_code == 0
    assert target.read_bytes() == first
