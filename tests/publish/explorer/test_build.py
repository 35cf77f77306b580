"""The explorer in a real browser: all that a reader can do, and what is written to the page."""

import csv
import io
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import cleaned_to

from analysis.editions.validation.faults import InputRefusedError
from analysis.publish.explorer import build

from .conftest import all_lines, page_of, with_report

# Lines enough to see all that a line can be; each costs a check of accessibility time.
FEW = 20
HOSTILE = "</script><img src=x onerror=document.title='broken'>"


def first_of(data: dict, count: int) -> dict:
    """The data with the first of the cities alone, for what needs no more lines."""
    columns = {key: column[:count] for key, column in data["cities"].items()}
    shorter = [preset | {"places": preset["places"][:count]} for preset in data["presets"]]
    return data | {"cities": columns, "presets": shorter}


def cities(data: dict) -> list[dict]:
    """The ranked cities with their columns, and their provinces by name."""
    columns = data["cities"]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [
        row
        | {
            "province": data["provinces"][row["province"]]["name"],
            "region": data["provinces"][row["province"]]["region"],
        }
        for row in rows
    ]


def name_of(city: dict) -> str:
    return f"{city['zh']} {city['en']}"


def column(page, name: str) -> list[str]:
    heads = page.locator("#explorer .explorer-table thead th").all_inner_texts()
    at = [head.replace("\n", " ").strip(" ↑↓") for head in heads].index(name) + 1
    cells = page.locator(f"#explorer .explorer-table tbody tr > :nth-child({at})")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]


def find(page, query: str) -> list[str]:
    page.fill("#explorer-query", query)
    all_lines(page)
    return column(page, "City")


def test_it_fills_the_placeholder_of_the_text(page):
    assert page.locator("main > #explorer > h2").inner_text() == "Explorer"
    assert "A sentence." not in page.inner_text("#explorer")


@pytest.mark.parametrize(
    ("place", "before"), [('<div id="tbl-full">static</div>', True), ("<p>none</p>", False)]
)
def test_without_a_placeholder_it_stands_before_the_static_table(
    tab, data, tmp_path, place, before
):
    tab.goto(page_of(first_of(data, FEW), tmp_path, place))
    assert (tab.locator("#explorer + #tbl-full").count() == 1) is before
    assert (tab.locator("#explorer").count() == 1) is before


def test_at_the_start_the_places_are_those_of_record(page, data):
    assert column(page, "Place") == [str(rank) for rank in data["cities"]["rank"]]
    assert column(page, "City") == [name_of(city) for city in cities(data)]
    assert "method of record" in page.inner_text(".explorer-status")
    assert page.url.endswith("page.html")


def test_names_lead_to_the_pages_of_cities_and_are_marked_as_chinese(page):
    link = page.locator(".explorer-table tbody a").first
    assert link.get_attribute("href") == "site/cities/110000.html"
    assert link.locator("[lang=zh-Hans]").inner_text() == "北京"


def test_a_search_finds_provinces_and_cities_without_a_rank_and_says_why(page):
    find(page, "廣東")
    assert page.locator(".explorer-notes li").all_inner_texts() == [
        "Guangdong is a province: 21 of its cities are ranked, 0 are not."
    ]
    assert find(page, "Datong") == []
    (note,) = page.locator(".explorer-notes li").all_inner_texts()
    assert note.startswith("大同 Datong has no place: 33 %")


def test_a_search_says_when_nothing_is_found(page):
    assert find(page, " Atlantis ") == []
    (note,) = page.locator(".explorer-notes li").all_inner_texts()
    assert note.startswith("Nothing is called “Atlantis”")
    find(page, "")
    assert page.locator(".explorer-notes li").count() == 0


def options(page, key: str) -> list[str]:
    return page.locator(f"#explorer-{key} option").all_inner_texts()


def test_filters_narrow_each_other_and_count_what_they_leave(page, data):
    page.select_option("#explorer-region", "Northeast")
    provinces = options(page, "province")
    assert [text.partition(" (")[0] for text in provinces] == [
        "all", "Heilongjiang", "Jilin", "Liaoning",
    ]  # fmt: skip
    page.select_option("#explorer-province", "Jilin")
    all_lines(page)
    wanted = [name_of(city) for city in cities(data) if city["province"] == "Jilin"]
    assert column(page, "City") == wanted
    assert options(page, "region") == ["all", f"Northeast ({len(wanted)})"]
    assert page.inner_text(".explorer-status").startswith(f"{len(wanted)} of 286 cities")


def test_columns_sort_both_ways_and_say_so_and_keep_the_focus(page):
    button = page.locator("#explorer button[data-sort=score]")
    button.focus()
    page.keyboard.press("Enter")
    all_lines(page)
    shown = [float(text) for text in column(page, "Score")]
    assert shown == sorted(shown)
    head = page.locator("#explorer th[aria-sort]")
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    all_lines(page)
    assert [float(text) for text in column(page, "Score")] == shown[::-1]
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.dataset.sort") == "score"
    page.click("#explorer button[data-sort=published]")
    all_lines(page)
    places = column(page, "Published place")
    assert places[:3] == ["1", "2", "3"]
    assert places[-1] == "–"


def test_one_step_leads_past_the_table(page):
    past = page.locator(".explorer-past")
    assert not past.evaluate("e => e.getBoundingClientRect().right > 0")
    past.focus()
    assert past.evaluate("e => e.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Download as CSV"


def test_place_and_name_stay_in_sight(page):
    page.evaluate("document.querySelector('.explorer-table').scrollLeft = 400")
    frame = page.locator(".explorer-table").bounding_box()
    name = page.locator(".explorer-table tbody th").first.bounding_box()
    assert frame["x"] < name["x"] < frame["x"] + 100


def test_other_weights_rank_anew_and_say_who_rises_and_falls(page):
    before = page.locator(".x-mark").first.get_attribute("cy"), column(page, "Place")
    slider = move_a_slider(page)
    assert float(slider.input_value()) == pytest.approx(1.4 + 2, abs=0.06)
    status = page.inner_text(".explorer-status")
    for words in ("change place", "Up:", "has none", "outside the interval"):
        assert words in status
    assert any(text not in ("0", "–") for text in column(page, "Change"))
    assert page.input_value("#explorer-preset") == "own"
    marks = page.locator(".x-mark").evaluate_all("all => all.map((one) => one.getAttribute('cy'))")
    assert len(set(marks)) > 250
    assert before[1] == column(page, "Place")  # sorted by place, as it was


def move_a_slider(page):
    page.evaluate("document.querySelector('.explorer-weights details').open = true")
    slider = page.locator("#explorer-domains-0")
    slider.fill("3.3")
    slider.focus()
    page.keyboard.press("ArrowRight")
    all_lines(page)
    return slider


def test_without_any_weight_it_says_that_there_is_no_ranking(page, data):
    none = ",".join("0" for _ in data["domains"])
    page.evaluate(f"location.hash = '#explorer?domains={none}'")
    page.wait_for_function("document.querySelector('#explorer-domains-0').value === '0'")
    assert page.inner_text(".explorer-status").startswith("Without a weight there is no ranking")
    assert set(column(page, "Place")) == {"–"}
    one = ",".join(["1", *none.split(",")[1:]])
    page.evaluate(f"location.hash = '#explorer?domains={one}'")
    page.wait_for_function("document.querySelector('#explorer-domains-0').value === '1'")
    assert "no ranking" not in page.inner_text(".explorer-status")


def test_every_preset_shows_the_places_of_the_engine(page, data):
    keys = page.locator("#explorer-preset option:not([hidden])").evaluate_all(
        "all => all.map((one) => one.value)"
    )
    assert keys == ["", "alike", *(preset["key"] for preset in data["presets"])]
    for preset in data["presets"][::4]:
        page.select_option("#explorer-preset", preset["key"])
        all_lines(page)
        by_name = zip(map(name_of, cities(data)), preset["places"], strict=True)
        wanted = [str(place) for _, place in sorted(by_name, key=lambda pair: pair[1])]
        assert column(page, "Place") == wanted
        shown = page.locator("#explorer-preset option:checked").inner_text()
        assert shown == preset["name"]
        assert f"“{preset['name']}”" in page.inner_text(".explorer-status")


def test_all_domains_alike_sets_the_sliders_and_a_moved_slider_leaves_a_preset(page, data):
    page.select_option("#explorer-preset", "alike")
    shown = page.locator(".explorer-sliders output").all_text_contents()
    assert shown[: len(data["domains"])] == ["1.0"] * len(data["domains"])
    assert page.url.endswith("?preset=alike")
    page.select_option("#explorer-preset", "measures per_head")
    move_a_slider(page)
    assert "preset" not in page.url
    assert "domains=3.4" in page.url


def test_the_address_keeps_the_state_and_brings_it_back(page):
    page.fill("#explorer-query", "zhou")
    page.evaluate("document.querySelector('.explorer-weights details').open = true")
    page.locator("#explorer-domains-1").fill("2.5")
    page.locator("[data-id='440100']").check()
    page.locator("[data-id='330100']").check()
    page.click("#explorer button[data-sort=rise]")
    all_lines(page)
    kept, shown = page.url, [column(page, name) for name in ("City", "Place")]
    page.goto("about:blank")
    page.goto(kept)
    all_lines(page)
    assert [column(page, name) for name in ("City", "Place")] == shown
    assert compared(page) == ["广州 Guangzhou", "杭州 Hangzhou"]
    page.evaluate("location.hash = '#explorer'")  # as a link in the contents does
    page.wait_for_timeout(60)
    assert compared(page) == ["广州 Guangzhou", "杭州 Hangzhou"]
    page.click("text=Start again")
    assert page.url.endswith("#explorer")
    wrong = "#explorer?domains=9,x&compared=1,440100&sort=colour&preset=none"
    page.goto(page.url.partition("#")[0] + wrong)
    page.reload()
    all_lines(page)
    assert "method of record" in page.inner_text(".explorer-status")
    assert compared(page) == ["广州 Guangzhou"]


def compared(page) -> list[str]:
    heads = page.locator(".explorer-profiles thead th").all_inner_texts()
    return [head.replace("×", "").strip() for head in heads]


def test_three_cities_can_be_compared_and_no_more(page, data):
    ids = data["cities"]["id"]
    for city in ids[:3]:
        page.locator(f"[data-id='{city}']").check()
    assert len(compared(page)) == 3
    assert page.locator(f"[data-id='{ids[3]}']").is_disabled()
    page.locator(".explorer-drop").first.click()
    assert compared(page) == [name_of(city) for city in cities(data)[1:3]]
    assert page.evaluate("document.activeElement.className") == "explorer-profiles"


def test_who_chooses_a_city_far_down_stays_there(page, data):
    last = page.locator(f"[data-id='{data['cities']['id'][-1]}']")
    last.focus()
    scrolled = page.evaluate("document.querySelector('.explorer-table').scrollTop")
    page.keyboard.press("Space")
    all_lines(page)
    assert last.is_checked()
    assert last.evaluate("box => box === document.activeElement")
    assert page.evaluate("document.querySelector('.explorer-table').scrollTop") == scrolled > 1000


def test_compared_cities_show_intervals_domains_and_indicators(page, real):
    page.locator("[data-id='440300']").check()
    rows = page.locator(".explorer-profiles tbody tr").all_inner_texts()
    shown = {name: value for name, _, value in (row.partition("\t") for row in rows)}
    doubt = real.result("uncertainty").set_index("adcode").loc["440300"]
    score = real.result("scores").set_index("adcode").loc["440300"]
    values = real.result("indicators").set_index("adcode").loc["440300"]
    assert shown["Place of record"].split() == (
        f"{doubt['rank']} (90 %: {doubt['rank_low']} to {doubt['rank_high']})".split()
    )
    assert shown["Digital economy"].strip() == f"{score['economy']:.0f}"
    assert shown["E-commerce"].strip() == f"{values['e_commerce']:.0f}"
    assert set(page.locator(".explorer-drawing .x-name").all_text_contents()) == {"深圳 Shenzhen"}


def saved(page, button: str) -> Path:
    with page.expect_download() as wait:
        page.click(f"text={button}")
    return Path(wait.value.path())


def test_the_table_can_be_taken_along_as_csv(page, data):
    page.select_option("#explorer-region", "Northeast")
    text = saved(page, "Download as CSV").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = [city for city in cities(data) if city["region"] == "Northeast"]
    assert [row["City"] for row in rows] == [name_of(city) for city in wanted]
    assert [row["Place of record"] for row in rows] == [str(city["rank"]) for city in wanted]
    assert [row["90 % from"] for row in rows] == [str(city["low"]) for city in wanted]


def test_the_pictures_can_be_taken_along_and_need_no_style(page):
    page.locator("[data-id='440300']").check()
    text = saved(page, "Download the pictures").read_text("utf8")
    assert text.count("<circle") == 2 * 286
    assert "class=" not in text
    assert "var(" not in text
    assert text.count("深圳 Shenzhen</text>") == 2


def test_hostile_names_are_text(tab, data, tmp_path):
    spoilt = json.loads(json.dumps(first_of(data, FEW)))
    spoilt["cities"]["en"][0] = spoilt["cities"]["keys"][0] = HOSTILE
    spoilt["cities"]["zh"][1] = "=1+1"
    tab.goto(page_of(spoilt, tmp_path))
    all_lines(tab)
    assert tab.title() == "Explorer"
    assert column(tab, "City")[0] == f"北京 {HOSTILE}"
    assert '"\'=1+1 Shanghai"' in saved(tab, "Download as CSV").read_text("utf-8-sig")


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_keeps_a_reader_out(tab, data, tmp_path, width):
    tab.set_viewport_size({"width": width, "height": 900})
    few = page_of(first_of(data, FEW), tmp_path)
    tab.goto(f"{few}#explorer?compared=440300,110000&domains=2,1,1,1,1,1")
    tab.evaluate("document.querySelectorAll('#explorer details').forEach((d) => d.open = true)")
    all_lines(tab)
    found = Axe().run(tab)
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_colours_follow_those_of_the_page(tab, data, tmp_path):
    tab.goto(page_of(first_of(data, FEW), tmp_path))
    tab.add_style_tag(content=":root { --paper: #101418; --ink: #e8edf2 }")
    found = tab.evaluate(
        "['color', 'background-color'].map((name) => getComputedStyle(document.querySelector("
        "'#explorer select')).getPropertyValue(name))"
    )
    assert found == ["rgb(232, 237, 242)", "rgb(16, 20, 24)"]


def test_without_a_script_the_sentence_is_all_there_is(browser, address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.inner_text("main").split() == ["Cities", "A", "sentence."]
    context.close()


def test_on_paper_it_shows_only_what_was_changed(page):
    page.emulate_media(media="print")
    assert not page.is_visible("#explorer")
    page.emulate_media(media="screen")
    page.fill("#explorer-query", "zhou")
    page.emulate_media(media="print")
    assert page.is_visible("#explorer .explorer-table")
    assert not page.is_visible(".explorer-controls")


def test_it_adds_no_more_than_it_may(data):
    assert len(build.explorer_html(data).encode()) < 140_000


def test_the_page_carries_no_comments():
    assert build.uncommented("/* a\n b */\n  x; /* c */\n\n/** d */\ny") == "x; /* c */\ny"


@pytest.mark.parametrize("scale", ["min_max", "z_score"])
def test_a_method_that_cannot_be_carried_out_is_refused_before_any_work(
    real_copy, monkeypatch, scale
):
    edition = real_copy.choose(normalisation=scale, aggregation="geometric")
    monkeypatch.setattr(build.cleaning, "clean", lambda _: pytest.fail("work was begun"))
    with pytest.raises(InputRefusedError, match=r"^method\.csv, line [67], .* take .*$"):
        build.explorer_data(edition)


def test_sliders_reach_as_far_as_the_weights_of_record(
    tab, real_copy, real_cells, tmp_path, monkeypatch
):
    monkeypatch.setattr(build, "presets", lambda *_: [])
    real_copy.choose(renormalisation="level_by_level")
    real_copy.put("framework.csv", 3, "weight", "95")
    with cleaned_to(real_cells):
        data = first_of(build.explorer_data(with_report(real_copy.edition)), FEW)
    assert data["domains"][0]["weight"] == pytest.approx(5.7)
    tab.goto(page_of(data, tmp_path))
    assert tab.locator("#explorer-domains-0").input_value() == "5.7"
    assert tab.locator("#explorer-domains-0").get_attribute("max") == "6"


def test_an_edition_without_a_published_list_has_no_such_column(built_copy):
    edition = with_report(built_copy.edition)
    assert set(build.explorer_data(edition)["cities"]["published"]) > {None}
    (edition.results / "published.csv").unlink()
    assert set(build.explorer_data(edition)["cities"]["published"]) == {None}


def test_it_is_made_anew_only_if_something_has_changed(built_copy, monkeypatch):
    edition, made = with_report(built_copy.edition), []
    monkeypatch.setattr(build, "explorer_data", lambda *_: made.append(1) or {"cities": []})
    path = build.write_explorer(edition)
    before = path.stat().st_mtime_ns
    assert build.write_explorer(edition) == path
    assert (path.stat().st_mtime_ns, made) == (before, [1])
    built_copy.put("cities.csv", 2, "lon", "100.25")
    build.write_explorer(edition)
    assert made == [1, 1]


def test_each_edition_and_language_is_kept_by_itself(built_tiny):
    steps = [build.explorer_step(built_tiny, language) for language in ("en", "xx")]
    assert [step.outputs for step in steps] == [
        ("_build/explorer-tiny-en.html",), ("_build/explorer-tiny-xx.html",),
    ]  # fmt: skip
