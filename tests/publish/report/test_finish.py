"""The last touches to the page, whoever wrote it."""

import json
import shutil
from pathlib import Path

import pytest

from analysis.editions import load
from analysis.publish.report import finish


def test_a_caption_has_a_number_and_a_title():
    caption = (
        "<figcaption class='x'>\nFigure\u00a03: <strong>Five lead.</strong> Rest.</figcaption>"
    )
    assert finish.with_titles(caption) == (
        "<figcaption class='x'><span class=\"number\">Figure\u00a03:</span> "
        '<strong class="finding">Five lead.</strong> Rest.</figcaption>'
    )


def test_a_bold_word_in_the_middle_of_a_caption_is_no_title():
    caption = "<figcaption>Figure\u00a03: Five <strong>lead</strong>.</figcaption>"
    assert 'class="finding"' not in finish.with_titles(caption)


def test_cells_have_a_class_for_their_alignment():
    assert (
        finish.with_short_cells('<td style="text-align: right;">1</td>') == '<td class="r">1</td>'
    )
    assert finish.with_short_cells('<th style="text-align: left;">a</th>') == "<th>a</th>"


ADDRESSES = {"深圳 Shenzhen": "site/cities/440300.html", "西安 Xi'an": "site/cities/610100.html"}


@pytest.mark.parametrize(
    ("cell", "linked"),
    [
        ("深圳 Shenzhen", '<a href="site/cities/440300.html">深圳 Shenzhen</a>'),
        ("西安 Xi’an", '<a href="site/cities/610100.html">西安 Xi’an</a>'),
        ("深圳 Shenzhen and others", "深圳 Shenzhen and others"),
        ("Guangdong", "Guangdong"),
    ],
)
def test_a_cell_with_the_name_of_a_city_alone_leads_to_its_page(cell, linked):
    found = finish.with_city_links(f"<td>{cell}</td>", ADDRESSES)
    assert found == f"<td>{linked}</td>"


KNOWN = {"folder": "_output/2031/en", "cities": {"西安 Xi’an": "610100", "b": "1"}}


def test_only_cities_with_a_page_have_an_address(tmp_path):
    (tmp_path / "_build").mkdir()
    (tmp_path / finish.KNOWN).write_text(json.dumps(KNOWN), "utf8")
    assert finish.city_pages(tmp_path) == {}
    pages = tmp_path / "_output" / "2031" / "en" / "site" / "cities"
    pages.mkdir(parents=True)
    (pages / "610100.html").write_text("")
    assert finish.city_pages(tmp_path) == {"西安 Xi'an": "site/cities/610100.html"}


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("_output/2031/en", "site/a.html"),
        ("_output", "2031/en/site/a.html"),
        ("elsewhere", "../_output/2031/en/site/a.html"),
    ],
)
def test_addresses_of_the_site_hold_wherever_the_report_lies(tmp_path, folder, address):
    (tmp_path / "_build").mkdir()
    (tmp_path / finish.KNOWN).write_text(json.dumps(KNOWN), "utf8")
    page = '<html lang="en"><a href="site/a.html">a</a>'
    once = finish.finished(page, tmp_path, Path(folder))
    assert once == page.replace("site/a.html", address)
    assert finish.finished(once, tmp_path, Path(folder)) == once


def test_a_project_without_names_of_cities_has_no_links(tmp_path):
    assert finish.city_pages(tmp_path) == {}


def test_chinese_in_another_language_is_marked():
    page = '<html lang="en"><p title="深">a 深圳 b<style>深</style><svg><text>深</text></svg></p>'
    assert finish.with_chinese(page) == page.replace("a 深圳 b", 'a <span lang="zh">深圳</span> b')


def test_a_chinese_page_needs_no_marks():
    page = '<html lang="zh-Hans"><p>深圳</p>'
    assert finish.with_chinese(page) == page


def test_a_page_finished_twice_is_the_same(rendered):
    page = (rendered / "_output" / "report.html").read_text("utf8")
    assert finish.finished(page, rendered) == page


def test_names_of_cities_are_written_with_their_codes(built_tiny, tmp_path):
    shutil.copytree(built_tiny.root / "data", tmp_path / "data")
    edition = load(built_tiny.name, tmp_path)
    finish.write_known(edition, "en")
    written = json.loads((edition.root / finish.KNOWN).read_text("utf8"))
    cities = edition.reference_table("cities")
    assert written["folder"] == "_output/tiny/en"
    written = written["cities"]
    assert sorted(written.values()) == sorted(map(str, cities["adcode"]))
    assert all(name.endswith(tuple(cities["name_en"])) for name in written)
