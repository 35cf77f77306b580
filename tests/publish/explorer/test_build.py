"""The explorer in a real browser: ranks as the engine's, and all that a reader can do."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import cleaned_to

from analysis.editions import ROOT, Edition, load
from analysis.editions.validation.faults import InputRefusedError
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex
from analysis.index.framework import with_weights
from analysis.index.ranking import TIE_TOLERANCE, rank
from analysis.publish.explorer import build
from analysis.ranking import of_record
from analysis.ranking.scores import part_table

from ..browser import chromium
from ..site_project import REPORT

STYLE = ROOT / "theme" / "report.css"
WEIGHT_SETS = 200
# Lines enough to see all that a line can be; each costs a check of accessibility time.
FEW = 20
HOSTILE = "</script><img src=x onerror=document.title='broken'>"


@pytest.fixture(scope="module")
def data():
    return build.explorer_data(load("2020"))


def with_report(edition: Edition) -> Edition:
    """An edition below a temporary folder, which is given a report."""
    (edition.root / "_quarto.yml").write_text("project: {render: [report.qmd]}\n")
    (edition.root / "report.qmd").write_text(REPORT)
    return edition


def first_of(data: dict, count: int) -> dict:
    """The data with the first of the cities alone, for what needs no more lines."""
    return data | {"cities": data["cities"][:count]}


@pytest.fixture(scope="module")
def other_data(other_method, real_cells) -> dict:
    """The data of edition 2020 under each of `METHODS`."""
    with cleaned_to(real_cells):
        return build.explorer_data(with_report(other_method))


def page_of(data: dict, folder: Path) -> str:
    """A page with the static table's place and the explorer, as a file address."""
    head = f"<title>Explorer</title><style>{STYLE.read_text('utf8')}</style>"
    body = '<main><h1>Cities</h1><div id="tbl-full">static</div></main>'
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}{build.explorer_html(data)}</body></html>"
    )
    path = folder / "page.html"
    path.write_text(text, "utf8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def address(data, tmp_path_factory):
    return page_of(data, tmp_path_factory.mktemp("explorer"))


@pytest.fixture
def page(browser, address):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.goto(address)
    all_lines(opened)
    yield opened
    opened.close()
    assert failures == []


def all_lines(page) -> None:
    """Wait until the lines out of sight are there too."""
    page.wait_for_timeout(120)


def column(page, name: str) -> list[str]:
    heads = page.locator("#explorer .explorer-table thead th").all_inner_texts()
    at = [head.strip(" ↑↓") for head in heads].index(name) + 1
    cells = page.locator(f"#explorer .explorer-table tbody tr > :nth-child({at})")
    return cells.all_inner_texts()


def calculated(browser, data: dict, folder: Path, ask: str, sets: list | None = None):
    """What the calculation of the page finds, without its view, for the data in it."""
    opened = browser.new_page()
    opened.goto(page_of(data, folder))
    calculation = (build.FOLDER / "ranking.js").read_text("utf8")
    read = "const data = JSON.parse(document.getElementById('explorer-data').textContent);"
    found = opened.evaluate(f"(sets) => {{ {calculation} {read} return {ask}; }}", sets or [])
    opened.close()
    return found


def random_weights(data: dict, count: int) -> pd.DataFrame:
    """Sets of weights (rows) of the domains and of their parts, as the sliders give them."""
    domains = [domain["code"] for domain in data["domains"]]
    parts = [part["code"] for domain in data["domains"] for part in domain["parts"]]
    generator = np.random.default_rng(20201218)
    numbers = generator.integers(1, 51, (count, len(domains) + len(parts))) / 10
    return pd.DataFrame(numbers, columns=[*domains, *parts])


def found_ranks(browser, data: dict, folder: Path, weights: pd.DataFrame) -> list[list[int]]:
    """Ranks of the cities, in the order of the data, under each set of weights, by the page."""
    cut = len(data["domains"])
    sets = [{"domains": row[:cut], "parts": row[cut:]} for row in weights.to_numpy().tolist()]
    indices = "indices(data, set).map(({ index }) => index)"
    ask = f"sets.map((set) => ranks({indices}, data.tolerance))"
    return calculated(browser, data, folder, ask, sets)


def engine_ranks(composite: CompositeIndex, data: dict, weights: pd.DataFrame) -> list[list[int]]:
    """The same by the engine, from the measures upwards."""
    order = [city["id"] for city in data["cities"]]
    method, tree = composite.method, composite.framework
    rule = (method.aggregation, method.renormalisation)
    nodes = (
        aggregate(composite.normalised, with_weights(tree, row), *rule)
        for _, row in weights.iterrows()
    )
    return [rank(each["index"])[order].astype(int).tolist() for each in nodes]


def test_the_ranks_are_those_of_the_engine_under_many_weights(
    browser, data, real, real_cells, tmp_path
):
    weights = random_weights(data, WEIGHT_SETS)
    found = found_ranks(browser, data, tmp_path, weights)
    composite = of_record.ranked_cities(real, real_cells).composite
    assert found == engine_ranks(composite, data, weights)
    assert len({tuple(places) for places in found}) > WEIGHT_SETS / 2


def test_under_every_method_the_ranks_are_those_of_the_engine(
    browser, other_data, other_ranking, tmp_path
):
    weights = random_weights(other_data, WEIGHT_SETS // 5)
    found = found_ranks(browser, other_data, tmp_path, weights)
    assert found == engine_ranks(other_ranking.composite, other_data, weights)


def test_under_every_method_it_starts_with_the_weights_and_places_of_record(
    browser, other_method, other_ranking, other_data, tmp_path
):
    data = other_data
    shown = {d["code"]: [part["weight"] for part in d["parts"]] for d in data["domains"]}
    weights = [domain["weight"] for domain in data["domains"]]
    # What is measured of each, innovation weighing 2.5 beside five times 1; the mean weight is 1.
    table = part_table(other_ranking.composite, other_method.reference_table("framework"))
    measured = table.set_index("code")["measured"]
    codes = [domain["code"] for domain in data["domains"]]
    assert weights == pytest.approx(list(measured[codes] / measured[codes].mean()))
    below = measured[["information_infrastructure", "open_data"]]
    assert shown["infrastructure"] == pytest.approx(list(below / below.mean()))
    parts = [weight for domain in data["domains"] for weight in shown[domain["code"]]]
    start = pd.DataFrame([[*weights, *parts]])
    ranks = [city["rank"] for city in data["cities"]]
    assert found_ranks(browser, data, tmp_path, start) == [ranks]
    opened = browser.new_page()
    opened.goto(page_of(data, tmp_path))
    all_lines(opened)
    assert column(opened, "Place") == [str(place) for place in ranks]
    assert "method of record" in opened.inner_text(".explorer-status")
    domain = data["domains"][0]
    scores = other_method.result("scores").set_index("adcode")[domain["code"]]
    values = [f"{scores[city['id']]:.0f}" for city in data["cities"]]
    differing = [a for a, b in zip(column(opened, domain["short"]), values, strict=True) if a != b]
    # A half may be rounded up here and down there.
    assert len(differing) <= 1
    opened.close()


def test_sliders_reach_as_far_as_the_weights_of_record(browser, real_copy, real_cells, tmp_path):
    real_copy.choose(renormalisation="level_by_level")
    real_copy.put("framework.csv", 3, "weight", "95")
    with cleaned_to(real_cells):
        data = first_of(build.explorer_data(with_report(real_copy.edition)), FEW)
    assert data["domains"][0]["weight"] == pytest.approx(5.7)
    opened = browser.new_page()
    opened.goto(page_of(data, tmp_path))
    assert opened.locator("#explorer-domains-0").input_value() == "5.7"
    assert opened.locator("#explorer-domains-0").get_attribute("max") == "6"
    opened.close()


@pytest.mark.parametrize("scale", ["min_max", "z_score"])
def test_a_method_that_cannot_be_carried_out_is_refused_before_any_work(
    real_copy, monkeypatch, scale
):
    edition = real_copy.choose(normalisation=scale, aggregation="geometric")
    monkeypatch.setattr(build.cleaning, "clean", lambda _: pytest.fail("work was begun"))
    with pytest.raises(InputRefusedError, match=r"^method\.csv, line [67], .* take .*$"):
        build.explorer_data(edition)


def test_ties_share_the_better_place_and_gaps_have_none(browser, data, tmp_path):
    ask = (
        "[ranks([5, 7, null, 7, 1]), mean([null, null], [1, 1]), mean([10, null, 40], [1, 5, 2]),"
        "mean([3], [0]), mean([1, null, 8], [2, 9, 1], 'geometric'),"
        "mean([1, 3, 5], [1, 1, 0], 'harmonic')]"
    )
    found = calculated(browser, data, tmp_path, ask)
    assert found == [[3, 1, None, 1, 4], None, 30, None, pytest.approx(2), pytest.approx(1.5)]


def test_what_ties_is_as_near_as_in_the_engine(browser, data, tmp_path):
    step = TIE_TOLERANCE * 0.9
    values = [50.0, 50 - step, 50 - 2 * step, 50 - 2 * step - 2 * TIE_TOLERANCE, 60.0]
    found = calculated(browser, data, tmp_path, f"ranks({values}, data.tolerance)")
    assert found == rank(pd.Series(values)).tolist() == [2, 2, 2, 5, 1]


def test_at_the_start_the_places_are_those_of_record(page, data):
    assert column(page, "Place") == [str(city["rank"]) for city in data["cities"]]
    assert column(page, "City")[:2] == [city["name"] for city in data["cities"][:2]]
    assert "method of record" in page.inner_text(".explorer-status")
    assert page.url.endswith("page.html")


def test_search_and_filters_leave_the_cities_that_are_wanted(page, data):
    for text in ("深圳", "shenzhen", "440300"):
        page.fill("#explorer-query", text)
        all_lines(page)
        assert column(page, "City") == ["深圳 Shenzhen"]
    page.fill("#explorer-query", "蘇州")
    all_lines(page)
    assert column(page, "City") == ["苏州 Suzhou (Jiangsu)"]
    page.fill("#explorer-query", "")
    page.select_option("#explorer-region", "Northeast")
    page.select_option("#explorer-province", "Jilin")
    all_lines(page)
    wanted = [city["name"] for city in data["cities"] if city["province"] == "Jilin"]
    assert column(page, "City") == wanted
    assert page.inner_text(".explorer-status").startswith(f"{len(wanted)} / {len(data['cities'])}")


def test_columns_sort_both_ways_and_say_so(page):
    page.click("#explorer button[data-sort=score]")
    all_lines(page)
    shown = [float(text) for text in column(page, "Score of record")]
    assert shown == sorted(shown)
    head = page.locator("#explorer th[aria-sort]")
    assert head.get_attribute("aria-sort") == "ascending"
    page.click("#explorer button[data-sort=score]")
    all_lines(page)
    assert [float(text) for text in column(page, "Score of record")] == shown[::-1]
    assert head.get_attribute("aria-sort") == "descending"
    page.click("#explorer button[data-sort=published]")
    all_lines(page)
    places = column(page, "Published place")
    assert places[:3] == ["1", "2", "3"]
    assert places[-1] == "–"


def test_other_weights_rank_anew_and_say_who_rises_and_falls(page):
    page.evaluate("document.querySelector('.explorer-weights').open = true")
    slider = page.locator("#explorer-domains-0")
    slider.focus()
    before = float(slider.input_value())
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    all_lines(page)
    assert float(slider.input_value()) == pytest.approx(before + 2)
    status = page.inner_text(".explorer-status")
    assert "With your weights" in status
    assert "Up:" in status
    assert "has none" in status
    assert any(text not in ("0", "–") for text in column(page, "Change"))


def test_the_address_keeps_the_state_and_brings_it_back(page, browser):
    page.evaluate("document.querySelector('.explorer-weights').open = true")
    page.fill("#explorer-query", "zhou")
    page.locator("#explorer-domains-1").fill("2.5")
    page.locator("[data-id='440100']").check()
    page.locator("[data-id='330100']").check()
    page.click("#explorer button[data-sort=rise]")
    all_lines(page)
    again = browser.new_page()
    again.goto(page.url)
    all_lines(again)
    assert column(again, "City") == column(page, "City")
    assert column(again, "Place") == column(page, "Place")
    assert again.locator(".explorer-profiles thead th").all_inner_texts() == [
        "广州 Guangzhou",
        "杭州 Hangzhou",
    ]
    again.click("text=Start again")
    assert again.url.endswith("#explorer")
    again.goto(page.url.partition("#")[0] + "#explorer?domains=9,x&compared=1,440100&sort=colour")
    again.reload()
    all_lines(again)
    assert "method of record" in again.inner_text(".explorer-status")
    assert again.locator(".explorer-profiles thead th").all_inner_texts() == ["广州 Guangzhou"]
    again.close()


def test_four_cities_can_be_compared_and_no_more(page, data):
    for city in data["cities"][:4]:
        page.locator(f"[data-id='{city['id']}']").check()
    assert page.locator(".explorer-profiles thead th").count() == 4
    assert page.locator(f"[data-id='{data['cities'][4]['id']}']").is_disabled()
    first = page.locator(".explorer-profiles tbody tr").first.inner_text().split()
    shown = [round(city_value(data, city, 0)) for city in data["cities"][:4]]
    assert [int(text) for text in first[-4:]] == shown


def city_value(data: dict, city: dict, domain: int) -> float:
    """Mean of the parts of a domain of a city that lacks nothing."""
    first = sum(len(other["parts"]) for other in data["domains"][:domain])
    weights = [part["weight"] for part in data["domains"][domain]["parts"]]
    parts = city["values"][first : first + len(weights)]
    assert "has" not in city
    return sum(w * value for w, value in zip(weights, parts, strict=True)) / sum(weights)


def test_the_table_can_be_taken_along_as_csv(page, data):
    page.select_option("#explorer-region", "Northeast")
    with page.expect_download() as wait:
        page.click("text=Download as CSV")
    text = Path(wait.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = [city for city in data["cities"] if city["region"] == "Northeast"]
    assert [row["City"] for row in rows] == [city["name"] for city in wanted]
    assert [row["Place of record"] for row in rows] == [str(city["rank"]) for city in wanted]


def test_hostile_names_are_text(browser, data, tmp_path):
    spoilt = json.loads(json.dumps(data))
    spoilt["cities"][0] |= {"name": HOSTILE, "search": HOSTILE}
    spoilt["cities"][1] |= {"name": "=1+1"}
    opened = browser.new_page()
    opened.goto(page_of(spoilt, tmp_path))
    all_lines(opened)
    assert opened.title() == "Explorer"
    assert column(opened, "City")[0] == HOSTILE
    with opened.expect_download() as wait:
        opened.click("text=Download as CSV")
    assert '"\'=1+1"' in Path(wait.value.path()).read_text("utf-8-sig")
    opened.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_keeps_a_reader_out(browser, data, tmp_path, width):
    opened = browser.new_page(viewport={"width": width, "height": 900})
    few = page_of(first_of(data, FEW), tmp_path)
    opened.goto(f"{few}#explorer?compared=440300,110000&domains=2,1,1,1,1,1")
    opened.evaluate("document.querySelectorAll('#explorer details').forEach((d) => d.open = true)")
    all_lines(opened)
    found = Axe().run(opened)
    assert [violation["id"] for violation in found.response["violations"]] == []
    wide = opened.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    opened.close()


def test_without_a_script_the_static_table_is_all_there_is(browser, address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.inner_text("main").split() == ["Cities", "static"]
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
    assert len(build.explorer_html(data).encode()) < 150_000


def test_an_edition_without_a_published_list_has_no_such_column():
    assert all(city["published"] is None for city in build.explorer_data(load("2019"))["cities"])


def test_the_snippet_is_written_once(real_copy, monkeypatch):
    edition = real_copy.edition
    monkeypatch.setattr(build, "explorer_data", lambda *_: {"cities": []})
    path = build.write_explorer(edition)
    before = path.stat().st_mtime_ns
    assert build.write_explorer(edition) == path
    assert path.stat().st_mtime_ns == before
