"""The page of a report in a real browser: what its script and its style do for a reader."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.editions import ROOT
from benchmarks.keyboard import stops

EXPLORER = '<div id="explorer" role="region"><h2>Explorer</h2><p style="height: 40rem">…</p></div>'
LARGEST_STRETCH = 60
# Lines enough to see all that a line can be; each costs a check of accessibility time.
SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n + 31)').forEach(row => row.remove())"


@pytest.fixture(scope="module")
def address(rendered: Path, tmp_path_factory) -> str:
    """The sample whose longest table links its cities, and into which a script puts a section."""
    page = (rendered / "_output" / "report.html").read_text("utf8")
    page = re.sub(r"<td>(City \w+|\d+)</td>", r'<td><a href="c.html">\1</a></td>', page)
    page = re.sub(r'<td class="r">(\d+)</td>', r'<td class="r"><a href="c.html">\1</a></td>', page)
    script = f"document.getElementById('tbl-regions').insertAdjacentHTML('afterend', '{EXPLORER}')"
    page = page.replace("</main>", f"</main><script>{script}</script>")
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page, "utf8")
    return path.as_uri()


@pytest.fixture
def page(tab, address):
    tab.goto(address)
    return tab


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nobody_is_shut_out(tab, address, width, mode):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=mode)
    tab.goto(address)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.evaluate(SHORTEN)
    violations = Axe().run(tab).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []


def test_contents_mark_where_one_is_and_show_its_sections_alone(page):
    page.locator("#sec-method").evaluate("e => e.scrollIntoView()")
    current = page.locator("#TOC [aria-current]")
    page.wait_for_function("document.querySelector('#TOC [aria-current]')?.hash === '#sec-method'")
    assert current.count() == 1
    assert page.locator("#TOC a[href='#reading-it']").is_visible()
    assert not page.locator("#TOC a[href='#callouts']").is_visible()


def test_what_a_script_puts_into_the_text_is_in_the_contents(page):
    links = page.locator("#TOC ul a").evaluate_all("all => all.map(a => a.hash)")
    assert "#explorer" in links
    regions = links.index("#" + page.locator("#explorer").evaluate(
        "e => e.parentElement.closest('section').id"))  # fmt: skip
    assert links.index("#explorer") > regions
    page.locator("#explorer").evaluate("e => e.scrollIntoView()")
    page.wait_for_function("document.querySelector('#TOC [aria-current]')?.hash === '#explorer'")
    page.locator("#TOC a[href='#explorer']").click()
    page.wait_for_function("document.activeElement === document.querySelector('#explorer h2')")
    assert page.locator("#explorer .anchor").get_attribute("href") == "#explorer"


def test_contents_are_folded_on_a_phone_and_stay_at_hand(tab, address):
    tab.set_viewport_size({"width": 400, "height": 800})
    tab.goto(address)
    link = tab.locator("#TOC a[href='#sec-method']")
    assert not link.is_visible()
    tab.evaluate("scrollTo(0, 3000)")
    tab.locator("#TOC summary").click()
    link.click()
    assert not link.is_visible()
    tab.wait_for_function("document.activeElement === document.querySelector('#sec-method h1')")


def test_the_search_finds_words_of_text_and_tables_whatever_their_case(page):
    page.locator("#search").fill("STATISTICS bureau")
    hits = page.locator("#TOC ol a")
    hits.first.wait_for()
    assert "statistics bureau" in hits.first.inner_text()
    hits.first.click()
    assert "statistics bureau" in page.evaluate("document.activeElement.textContent")


def test_the_search_leaves_out_the_words_within_figures(page):
    for place in ("#fig-regions svg", "#fig-regions figcaption"):
        word = "<text> quagga</text>"
        page.locator(place).evaluate(f"one => one.insertAdjacentHTML('beforeend', '{word}')")
    page.locator("#search").fill("quagga")
    page.locator("#TOC form p:not(:empty)").wait_for()
    assert page.locator("#TOC ol a").count() == 1


def test_the_search_says_when_it_finds_nothing(page):
    page.locator("#search").fill("xyzzy")
    page.locator("#TOC form p:not(:empty)").wait_for()
    assert page.locator("#TOC form p").inner_text() == "Nothing found"
    page.locator("#search").press("Escape")
    page.wait_for_function("!document.querySelector('#TOC').classList.contains('searching')")


def test_every_heading_and_float_has_a_link_to_copy(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    shown = context.new_page()
    shown.goto(address)
    places = shown.locator("main :is(h1, h2, h3, figcaption)").count()
    assert shown.locator("main .anchor").count() == places
    link = shown.locator("#fig-regions .anchor")
    assert link.get_attribute("aria-label") == "Copy a link to Figure 1"
    link.click()
    shown.wait_for_function("document.querySelector('#page-words').textContent !== ''")
    assert shown.evaluate("navigator.clipboard.readText()").endswith("report.html#fig-regions")
    context.close()


def test_heads_of_long_tables_stay_in_sight(page):
    table = page.locator("main table").nth(1)
    assert table.locator("tbody tr").count() == 160
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    table.locator("tbody tr").nth(60).scroll_into_view_if_needed()
    head = table.locator("th").first.bounding_box()
    assert 0 <= head["y"] < 40


WIDE = "".join(f"<td>{'wide ' * 9}</td>" for _ in range(9))


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ('<td class="r">1</td>', '<td><a href="c.html">Shenzhen</a></td>', 2),
        ("<td>Shenzhen</td>", '<td class="r">1</td>', 1),
        ('<td class="r">1</td>', "<td>A claim</td>", 1),
    ],
    ids=["place and city", "city and place", "number and words"],
)
def test_the_name_of_a_line_stays_in_sight(tab, first, second, kept):
    style = (ROOT / "theme" / "report.css").read_text("utf8")
    tab.set_viewport_size({"width": 400, "height": 900})
    tab.set_content(
        f"<style>{style} td {{ white-space: nowrap }}</style><main><div class='quarto-float-tbl'>"
        f"<div style='overflow: auto'><table><tr>{first}{second}{WIDE}</tr></table></div></div>"
    )
    tab.evaluate("document.querySelector('.quarto-float-tbl > div').scrollLeft = 300")
    lefts = [tab.locator(f"td:nth-child({n})").bounding_box()["x"] for n in (1, 2)]
    assert [0 <= left < 20 for left in lefts] == [kept == 1, kept == 2]


def test_on_paper_figures_stand_side_by_side_and_none_is_longer_than_a_page(browser):
    styles = [ROOT / "theme" / name for name in ("report.css", "layout.css")]
    style = "".join(path.read_text("utf8") for path in styles)
    drawing = '<svg class="drawing" viewBox="0 0 10 99" style="--share: 100%"></svg>'
    side = f'<div class="side">{drawing}</div>'
    width, height = 643, 971  # of the text on A4
    shown = browser.new_page(viewport={"width": width, "height": height})
    shown.set_content(
        f"<style>{style}</style><main>{drawing}<div class='side-by-side'>{side}{side}</div></main>"
    )
    shown.emulate_media(media="print")
    boxes = [box.bounding_box() for box in shown.locator(".drawing").all()]
    assert max(box["height"] for box in boxes) < height
    assert boxes[1]["y"] == boxes[2]["y"]
    assert boxes[2]["x"] > boxes[1]["x"]
    shown.close()


def test_a_figure_is_words_that_can_be_read_and_has_a_title(page):
    figure = page.locator("#fig-regions svg")
    assert figure.get_attribute("role") == "graphics-document"
    assert figure.locator("> title").count() == 1
    assert page.locator("#fig-regions img").count() == 0


def test_the_dark_paper_of_figure_and_page_are_one(page):
    page.emulate_media(color_scheme="dark")
    paper, figure = (
        page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('{name}')")
        for name in ("--paper", "--ffffff")
    )
    assert figure in ("", paper)


def test_the_keyboard_reaches_the_next_section_soon_and_its_focus_is_never_lost(page):
    starts = page.locator("main :is(h1, h2)").count()
    page.evaluate("document.querySelector('.skip-link').focus()")
    page.keyboard.press("Enter")
    ahead, section, seen = 0, "", set()
    for stop in stops(page):
        assert not stop.lost, stop
        ahead = 0 if stop.section != section else ahead + 1
        section = stop.section
        seen.add(section)
        if stop.kind == "way-past":
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.tagName") in ("H1", "H2", "P"), stop
            ahead = 0
        assert ahead <= LARGEST_STRETCH, stop
    assert len(seen) >= starts - 1
