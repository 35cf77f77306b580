"""Titles of figures: the finding, true in any edition by its conditions."""

import json
import re

import pytest

from analysis.editions import ROOT, load
from analysis.language.facts import Speaker
from analysis.language.sentences import prose, sentences

from .test_sentences import changed, escaped, facts, without

FILE = "titles.jinja"
MACRO = re.compile(r"{% macro (title_\w+)\(\)")
TITLES = MACRO.findall((ROOT / prose("en") / FILE).read_text("utf8"))


def labels() -> set[str]:
    """Labels of all cells of all notebooks."""
    paths = (ROOT / "notebooks").glob("*.ipynb")
    cells = [cell for path in paths for cell in json.loads(path.read_text("utf8"))["cells"]]
    return set(re.findall(r"#\| label: ([\w-]+)", "\n".join("".join(c["source"]) for c in cells)))


def test_every_title_belongs_to_a_figure():
    assert TITLES
    assert {name.removeprefix("title_").replace("_", "-") for name in TITLES} <= labels()


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_one_clause_without_a_full_stop_and_no_longer_than_two_lines(name):
    text = sentences(ROOT, Speaker(load("2020")).facts(), [name])[name]
    assert len(text) <= 130
    assert text[0].isupper()
    assert not text.endswith(".")


@pytest.mark.parametrize(
    ("name", "facts_of_it", "text"),
    [
        ("hundred_left", {"outside": "0"}, "every published place that they"),
        ("hundred_left", {"outside": "1", "all__inside": "51", "cities": "100"}, "bear out 51 of"),
        ("hundred_left", {"outside": "1", "all__inside": "50", "cities": "100"}, "only 50 of 100"),
        ("hundred_right", {"outside": "0"}, "No published place lies outside"),
        ("hundred_right", {"all__better": "3", "all__worse": "2"}, "kinder: 3 places are better"),
        ("hundred_right", {"all__better": "1", "all__worse": "0"}, "kinder: 1 place is better"),
        ("hundred_right", {"all__better": "2", "all__worse": "3"}, "harsher: 3 places are worse"),
        ("hundred_right", {"all__better": "2", "all__worse": "2"}, "both ways: 2 places are"),
    ],
)
def test_titles_on_the_places_follow_the_intervals(name, facts_of_it, text):
    assert text in said(
        name, {f"plausibility__{fact}": value for fact, value in facts_of_it.items()}
    )


@pytest.mark.parametrize(
    ("name", "facts_of_it", "text"),
    [
        ("glance_leaders", {"published__same_five": "5"}, "The same five cities lead both"),
        ("glance_leaders", {"published__same_five": "4"}, "Of the first five, 4 lead both"),
        ("glance_leaders", {"published__same_five": "0"}, "None of the first five leads both"),
        (
            "glance_map",
            {"regions__by_region__east__published": "51"},
            "More than half of the list, 51",
        ),
        ("glance_map", {"regions__by_region__east__published": "50"}, "The East, with 30 % of"),
        ("published_map", {}, "33 of 62 cities, then 21 of 33, at the top 5 of 5"),
        (
            "published_map",
            {"regions__stages__east__capability_synergy": "13"},
            "The East has 33 of",
        ),
        ("open_map", {"regions__by_region__west__open": "14"}, "further west: 14 western"),
        ("open_map", {"regions__by_region__west__open": "13"}, "as many western cities as"),
        ("open_map", {"regions__by_region__west__open": "12"}, "less far west: 12 western"),
        (
            "region_stages",
            {},
            "All 5 cities of the highest stage lie in the East, and 21 of the 33",
        ),
        ("region_stages", {"regions__stages__west__ecosystem_innovation": "1"}, "Of the 6 cities"),
        ("province_shares", {"regions__fullest_share": "100 %"}, "Every city of Jiangsu is on"),
        ("province_shares", {"regions__absent_provinces": "none"}, "Every city of Jiangsu is on"),
        (
            "province_shares",
            {"regions__fullest_share": "99 %"},
            "99 % are on the list, the largest",
        ),
        (
            "domain_means",
            {"domains__by_domain": {"a": 1, "b": 2}},
            "Among the hundred, digital governance",
        ),
        ("domain_means", {"domains__by_domain": {"a": 1}}, "Only one domain has figures"),
        ("inside_outside", {"plausibility__outside": "1"}, "and 1 outside"),
        ("inside_outside", {"plausibility__outside": "0"}, "Every published place lies inside"),
        ("chance_lines", {"robustness__intervals__open_hundred": "59"}, "Only 58 cities are sure"),
        ("chance_lines", {"robustness__intervals__open_hundred": "58"}, "As many as 58 cities"),
        ("chance_lines", {"robustness__intervals__open_hundred": "0"}, "For every city it is"),
        ("statements_bar", {"claims__fails": "0"}, "No entry of the ledger that"),
        ("statements_bar", {"claims__fails": "1"}, "ledger, 1 does not hold"),
        ("statements_bar", {"claims__fails": "2"}, "ledger, 2 do not hold"),
        ("coverage_years", {"cleaning__observed_share": "7 %"}, "Of all figures needed, 7 % stand"),
        ("domain_profiles", {"domains__leaders_ahead_least": "x"}, ", least in x"),
        ("what_moved", {"comparison__clear_leaders": "none"}, "None of the first ten has moved"),
        ("what_moved", {"comparison__clear_leaders": "1"}, "Of the first ten, 1 has moved"),
        ("stage_ladder", {"bands__capability_synergy__cities": "61"}, "narrows as it rises"),
        ("stage_ladder", {"bands__capability_synergy__cities": "62"}, "On the first step stand 62"),
    ],
)
def test_a_title_changes_with_what_it_says(name, facts_of_it, text):
    assert text in said(name, facts_of_it)


def said(name: str, facts_of_it: dict) -> str:
    """A title with facts of edition 2020, some of them changed."""
    values = changed(escaped(facts("2020"), "facts.yml"), **facts_of_it)
    return sentences(ROOT, values, [f"title_{name}"])[f"title_{name}"]


@pytest.mark.parametrize("name", TITLES)
def test_without_list_draws_and_earlier_edition_every_title_can_be_said_or_is_of_these(name):
    values = without(facts("2020"), "plausibility", "agreement")
    assert sentences(ROOT, escaped(values, "facts.yml"), [name])[name]
