import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from lxml import html as lxml_html
from pypdf import PdfReader

from analysis.figures.font_files import copy_fonts
from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.html import outside_resources
from analysis.publish.report.prerender import write_variables

HOSTILE = [
    "<script>alert(1)</script>",
    "{{< include /etc/passwd >}}",
    '#read("/etc/passwd")',
    "[link](javascript:alert(1))",
    '=HYPERLINK("http://example.org")',
    "a|b`c`$x$@ref*d*_e_^f^~g~",
    "<!-- comment -->",
    "- list",
    "= heading",
    "1. item",
    "two lines",
]


@pytest.fixture(scope="session")
def document(rendered: Path):
    return lxml_html.fromstring((rendered / "_output/report.html").read_bytes())


@pytest.fixture(scope="session")
def pdf(rendered: Path) -> PdfReader:
    return PdfReader(BytesIO((rendered / "_output/report.pdf").read_bytes()))


@pytest.fixture(scope="session")
def pdf_text(pdf: PdfReader) -> str:
    return words("\n".join(page.extract_text() for page in pdf.pages))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


def text_of(node) -> str:
    return words(node.text_content())


def test_headings_are_numbered_by_section(document):
    headings = document.xpath("//main//h1 | //main//h2 | //main//h3")
    assert [(heading.tag, text_of(heading)) for heading in headings] == [
        ("h1", "Executive summary"),
        ("h1", "1 Regions"),
        ("h2", "1.1 Callouts"),
        ("h2", "1.2 Code and lists"),
        ("h1", "2 Method"),
        ("h2", "2.1 Reading it"),
        ("h3", "2.1.1 A small heading"),
        ("h1", "3 Rankings"),
    ]


def test_figures_have_number_caption_and_alternative_text(document):
    (figure,) = document.xpath("//*[@id='fig-regions']//figure")
    assert text_of(figure.find("figcaption")) == (
        "Figure 1: Cities by region: the East leads with 100 at most, see Section 2. Published."
    )
    (title,) = figure.xpath(".//svg/title")
    assert text_of(title).endswith('Northeast 4; the "East" leads.')


def test_tables_have_number_caption_rows_and_a_region_the_keyboard_can_scroll(document):
    floats = document.xpath("//*[contains(@class, 'quarto-float-tbl')]")
    captions = [text_of(item.find("figcaption")) for item in floats]
    assert captions[:2] == [
        "Table 1: The regions in numbers. Open data.",
        "Table 2: The ranking of 160 cities. Reconstructed.",
    ]
    assert len(floats[1].xpath(".//tbody/tr")) == 160
    assert [text_of(cell) for cell in floats[0].xpath(".//tr[2]/td | .//tbody/tr[1]/td")][:2] == [
        "East 东部",
        "59",
    ]
    region = floats[1].find("div")
    assert region.get("tabindex") == "0"
    assert document.get_element_by_id(region.get("aria-labelledby")).tag == "figcaption"


def test_column_widths_are_left_to_the_content(document):
    assert document.xpath("//col[@style]") == []


def test_references_lead_to_what_they_name(document):
    links = document.xpath("//main//a[@class='quarto-xref']")
    found = {(text_of(link), link.get("href")) for link in links}
    assert found == {
        ("Section 2", "#sec-method"),
        ("Table 2", "#tbl-ranking"),
        ("Figure 1", "#fig-regions"),
        ("Equation 1", "#eq-mean"),
    }
    assert all(document.get_element_by_id(target[1:]) is not None for _, target in found)


def test_callouts_of_five_kinds_keep_title_and_body(document):
    callouts = document.xpath("//div[contains(@class, 'callout-style-default')]")
    titles = [text_of(item.find_class("callout-header")[0]) for item in callouts]
    spoken = ["Note", "TipA tip with a title", "Warning", "Important", "CautionCare is needed"]
    assert titles == spoken
    kinds = [text_of(kind) for kind in document.find_class("screen-reader-only")]
    assert kinds == ["Tip", "Caution"]
    assert text_of(callouts[2].find_class("callout-body")[0]) == "A warning."
    kinds = [re.search(r"callout-(\w+) callout-titled", item.get("class"))[1] for item in callouts]
    assert kinds == ["note", "tip", "warning", "important", "caution"]


def test_equations_are_mathml_with_a_number(document):
    (equation,) = document.xpath("//*[@id='eq-mean']//*[local-name()='math']")
    assert equation.get("display") == "block"
    assert "( 1 )" in " ".join(equation.itertext()) or "(1)" in "".join(equation.itertext())


def test_footnotes_settings_and_variables_are_there(document):
    assert len(document.find_class("footnote-ref")) == 1
    assert "statistics bureau" in text_of(document.find_class("footnotes")[0])
    assert "the title “A sample of the report”" in text_of(document.find("body"))
    assert "and 100 cities" in text_of(document.find_class("abstract")[0])
    assert text_of(document.xpath("//pre")[0]) == "python -m analysis report"


def test_the_title_block_has_the_version_and_a_link_to_the_pdf(document):
    block = document.get_element_by_id("title-block-header")
    assert "2026-11-20 · v0.1 · PDF" in text_of(block)
    assert [link.get("href") for link in block.iter("a")] == ["report.pdf"]


def test_the_link_to_the_pdf_may_have_another_name(write_body):
    root = write_body("Text.\n")
    path = root / "report.qmd"
    path.write_text(
        path.read_text("utf8").replace("---\n", "---\npdf-link: other.pdf\n", 1), "utf8"
    )
    render_embedded(root)
    assert '<a href="other.pdf">PDF</a>' in (root / "_output/report.html").read_text("utf8")


def test_an_abstract_at_the_end_of_the_front_matter_is_a_paragraph_too(write_body):
    root = write_body("Text.\n")
    path = root / "report.qmd"
    front = "title: A\ndate: 2026-11-20\nabstract: |\n  What it is.\n"
    path.write_text(f"---\n{front}---\nText.\n", "utf8")
    render_embedded(root)
    assert "<p>What it is.</p>" in (root / "_output/report.html").read_text("utf8")


def test_the_page_names_its_language_title_and_skip_link(document):
    assert document.get("lang") == "en"
    assert document.findtext(".//title") == "A sample of the report"
    assert document.find("body")[0].get("href") == "#content"
    assert document.get_element_by_id("content").tag == "main"


def test_the_html_needs_nothing_from_outside(rendered):
    source = (rendered / "_output/report.html").read_text("utf8")
    assert outside_resources(source) == []
    assert source.count("<script") == 1  # that of the page itself
    assert source.count("@font-face") >= 4


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_itself_in_html_and_pdf(document, pdf_text, text):
    cells = [text_of(cell) for cell in document.xpath("//*[@id='tbl-ranking']//td")]
    assert text in cells
    assert text in pdf_text


def test_hostile_text_does_nothing(rendered, document, pdf):
    assert document.xpath("//script[not(@type)] | //a[starts-with(@href, 'javascript')]") == []
    for name in ("report.html", "report.pdf"):
        assert b"root:" not in (rendered / "_output" / name).read_bytes()
    assert "/JavaScript" not in str(pdf.trailer["/Root"])


def test_a_fact_is_inert_too(write_body):
    fact = "<script>alert(1)</script> {{< include /etc/passwd >}}"
    root = write_body("# A\n\nInert: {{< var hostile >}}.\n")
    facts = root / "data" / "results" / "2020" / "facts.yml"
    facts.write_text(facts.read_text("utf8").replace("hostile: x", f"hostile: '{fact}'"), "utf8")
    write_variables(root, "2020")
    page, pages = render_embedded(root)
    document = lxml_html.fromstring(page.read_bytes())
    assert f"Inert: {fact}." in text_of(document.find("body"))
    assert document.xpath("//script[not(@type)]") == []
    assert f"Inert: {fact}." in words(PdfReader(pages).pages[-1].extract_text())


def test_the_pdf_is_tagged_and_says_what_it_is(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert pdf.metadata.title == "A sample of the report"
    assert pdf.metadata.creation_date.date().isoformat() == "2026-11-20"


def test_the_pdf_has_the_text_in_both_scripts(pdf_text):
    assert "深圳 Shenzhen" in pdf_text
    assert "Xi’an 西安" in pdf_text
    assert "Figure 1 Cities by region" in pdf_text


def test_a_long_table_repeats_its_header_on_every_page_and_loses_no_row(pdf):
    pages = [words(page.extract_text()) for page in pdf.pages]
    spread = [page for page in pages if re.search(r"城市 City \d+ \d\d\.\d\d −?\d*", page)]
    assert len(spread) >= 3
    assert all("City" in page and "Score" in page for page in spread[:3])
    assert all(any(f"城市 City {n} " in page for page in pages) for n in range(16, 161))


def test_two_renders_are_byte_identical(prepared, rendered, tmp_path):
    shutil.copytree(prepared, tmp_path / "again")
    for path in render_embedded(tmp_path / "again"):
        assert path.read_bytes() == (rendered / "_output" / path.name).read_bytes()


FLOAT = "::: {{#{label}}}\n\n{content}\n\n{caption}\n:::\n"
TABLE = "| a |\n|---|\n| b |"


@pytest.mark.parametrize("kind", ["fig", "tbl"])
def test_a_note_stands_where_an_edition_has_no_figures_for_a_figure_or_a_table(write_body, kind):
    note = "[Nothing to show: no figures.]{.nothing-to-show}"
    body = FLOAT.format(label=f"{kind}-a", content=note, caption="Index against GDP.")
    root = write_body(f"See @{kind}-a.\n\n{body}\n")
    render_embedded(root)
    page = lxml_html.fromstring((root / "_output/report.html").read_bytes())
    (shown,) = page.xpath(f"//*[@id='{kind}-a']")
    assert "Nothing to show: no figures." in text_of(shown)
    assert "Index against GDP." in text_of(shown.xpath(".//figcaption")[0])
    pages = PdfReader(root / "_output/report.pdf").pages
    printed = words(" ".join(page.extract_text() for page in pages))
    assert "Nothing to show: no figures." in printed


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("See @fig-lost.", r"report.qmd:\d+: unresolved reference @fig-lost"),
        ("See @lost.", "unresolved reference @lost"),
        ("See @sec-x.\n\n# X {#sec-x .unnumbered}", "unresolved reference @sec-x"),
        ("# X {#sec-x}\n\n[@sec-x; @sec-y]", "one reference at a time"),
        ("# X {#sec-x}\n\n# Y {#sec-x}", "sec-x"),
        (
            FLOAT.format(label="tbl-a", content=TABLE, caption="One.") * 2,
            "tbl-a",
        ),
        (FLOAT.format(label="tbl-a", content=TABLE, caption=""), "tbl-a must hold one table"),
        (
            FLOAT.format(label="fig-a", content="Text.", caption="Words."),
            "fig-a starts with no Figure",
        ),
        (
            FLOAT.format(label="tbl-a", content="Text.", caption="Words."),
            "tbl-a starts with no Table",
        ),
        ("![](https://example.org/x.svg){fig-alt=x}", "x.svg is not a file of the project"),
        ("![](x.svg)", "no alternative text for the image x.svg"),
        ("![A caption](x.svg){#fig-own}", "not to the figure or table itself: fig-own A caption"),
        (f"{TABLE}\n\n: A caption", "a caption belongs into a block"),
        ("$$x$$ {#eq-x}", r"report.qmd:\d+: no alternative text for eq-x"),
        ("$$x$$", "an equation needs"),
        ('$$x$$ {#eq-x alt="x"}\n\n$$y$$ {#eq-x alt="y"}', "the label eq-x is used twice"),
        ("::: {.panel-tabset}\nx\n:::", "is neither a callout, nor a figure, nor a table"),
        ("<b>bold</b>", "raw html is outside the dialect: <b>"),
        ("`#pagebreak()`{=typst}", "raw typst is outside the dialect"),
        ("![](lost.png){fig-alt=x}", "lost.png"),
        ("Rune: ᚠ", r"report.qmd:\d+: the fonts of the report have no glyph for ᚠ \(U\+16A0\)"),
    ],
)
def test_a_report_unfit_to_publish_is_refused_with_the_place(write_body, body, reason):
    root = write_body(f"Text.\n\n{body}\n")
    with pytest.raises(PublishError, match=reason):
        render_embedded(root)
    assert not (root / "_output").exists()


def test_a_table_without_a_caption_stands_in_the_text_and_in_no_figure(write_body):
    root = write_body("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    render_embedded(root)
    typst = (root / "_build/typst/report.typ").read_text("utf8")
    assert "table.header([a], [b],)" in typst
    assert "kind: table" not in typst


def test_a_comment_is_no_raw_html(write_body):
    root = write_body("# A\n\n<!-- for authors -->\n\nText.\n")
    render_embedded(root)
    assert "for authors" not in (root / "_output/report.html").read_text("utf8")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_words_of_the_renderer_follow_the_language(write_body, language):
    body = "# 甲 {#sec-a}\n\n@sec-a\n\n見第[-@sec-a]節。\n\n::: {.callout-note}\n文\n:::\n"
    root = write_body(body)
    path = root / "_quarto.yml"
    settings = path.read_text("utf8").replace("lang: en", f"lang: {language}")
    path.write_text(settings.replace("Skip to content", "跳至正文"), "utf8")
    for form in ("zh_hans", "zh_hant"):
        copy_fonts(root / "_build" / "fonts", form)
    render_embedded(root)
    page = lxml_html.fromstring((root / "_output/report.html").read_bytes())
    expected = {"zh-Hans": ["小节 1", "注记"], "zh-Hant": ["節 1", "註釋"]}[language]
    assert text_of(page.find_class("quarto-xref")[0]) == expected[0]
    assert "見第1節。" in page.text_content()
    assert "第#ref(<sec-a>, supplement: [])節" in (root / "_build/typst/report.typ").read_text(
        "utf8"
    )
    assert text_of(page.find_class("callout-header")[0]) == expected[1]
    assert text_of(page.find_class("skip-link")[0]) == "跳至正文"


def test_a_language_that_the_renderer_does_not_know_brings_words_of_its_own(write_body):
    root = write_body("# Gens {#sec-a}\n\n@sec-a\n\n::: {.callout-note}\nTexte\n:::\n")
    path = root / "_quarto.yml"
    unknown = path.read_text("utf8").replace("lang: en", "lang: fr")
    path.write_text(unknown, "utf8")
    with pytest.raises(PublishError, match=r"lang: fr needs language: (crossref|callout)-"):
        render_embedded(root)
    names = {f"crossref-{kind}-title": kind for kind in ("fig", "tbl")}
    names |= {f"crossref-{kind}-prefix": f"{kind}mey" for kind in ("sec", "eq")}
    kinds = ("note", "tip", "warning", "important", "caution")
    names |= {f"callout-{kind}-title": f"{kind}na" for kind in kinds}
    path.write_text(f"{unknown}{yaml.safe_dump({'language': names})}", "utf8")
    render_embedded(root)
    page = lxml_html.fromstring((root / "_output/report.html").read_bytes())
    assert text_of(page.find_class("quarto-xref")[0]) == "secmey 1"
    assert text_of(page.find_class("callout-header")[0]) == "notena"


def test_an_html_that_would_load_from_outside_is_refused(write_body):
    root = write_body("Text.\n")
    style = root / "_build" / "fonts.html"
    style.write_text("<p style='background: url(https://example.org/x.png)'></p>", "utf8")
    with pytest.raises(PublishError, match="would load from outside"):
        render_embedded(root)
