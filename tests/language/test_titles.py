"""Titles of figures: the finding in one line, true on both sides of every condition."""

import json
import re

import pytest

from analysis.editions import ROOT
from analysis.language.sentences import prose, sentences

from .test_sentences import changed, said_facts, without

FILE = ROOT / prose("en") / "titles.jinja"
NAMES = re.findall(r"{% macro (title_\w+)\(\)", FILE.read_text("utf8"))
# What an edition may lack as a whole.
CHAPTERS = ("agreement", "cases", "claims", "comparison", "inferred", "plausibility", "published",
            "reconstructed", "robustness", "yardsticks")  # fmt: skip
LINE = 120  # letters that fit above a figure


def title(name: str, values: dict) -> str:
    return sentences(ROOT, values, [f"title_{name}"])[f"title_{name}"]


def drawn_labels() -> set[str]:
    """Labels of the cells of the notebooks that draw a figure."""
    cells = [
        "".join(cell["source"])
        for path in ROOT.glob("notebooks/*.ipynb")
        for cell in json.loads(path.read_text("utf8"))["cells"]
    ]
    return {
        found[1]
        for cell in cells
        if re.search(r"style\.(svg|both)\(", cell)
        and (found := re.match(r"#\| label: ([\w-]+)", cell))
    }


def test_every_title_is_that_of_a_figure():
    assert {name.removeprefix("title_").replace("_", "-") for name in NAMES} <= drawn_labels()
    assert len(NAMES) > 30


@pytest.mark.parametrize("edition", ["2019", "2020"])
def test_a_title_is_one_sentence_without_a_full_stop_that_fits_into_a_line(edition):
    said = sentences(ROOT, said_facts(edition), NAMES)
    wrong = {
        name: text
        for name, text in said.items()
        if not re.fullmatch(r"[A-Z][^*]*[^.*]", text) or len(text) > LINE
    }
    assert wrong == {}


def test_without_a_chapter_every_title_can_be_said():
    few = {name: fact for name, fact in said_facts("2020").items() if name not in CHAPTERS}
    assert all(sentences(ROOT, few, NAMES).values())


ALIKE = {"agreement__index__rho": "0.80"}
OF_DOMAINS = {f"inferred__by_level__domain__{side}": "none" for side in ("above", "below")}
LINEAR = {"known__economy__best_shape__words": ["said_shape_linear"]}
FIRST = {"domains__first_region": "West", "domains__compared": "6"}


@pytest.mark.parametrize(
    ("name", "changes", "text"),
    [
        ("cell_status", {"cleaning__missing": "0"}, "and none is empty"),
        ("cell_status", {"cleaning__missing": "1"}, "; 1 is empty"),
        ("treatment_dots", {"audit__distribution__skewed_before": "0"}, "No measure is skewed"),
        ("treatment_dots", {"audit__distribution__skewed_before": "1"}, "lie 1 measure before"),
        ("treatment_dots", {"audit__distribution__skewed_after": "0"}, "and none after it"),
        ("score_curve", {"ranking__score_gap": "0.5"}, "the score drops by 0.5 points"),
        ("score_curve", {"ranking__score_gap": "0.5"}, "33 places lie 0.4 apart on average"),
        ("score_curve", {"ranking__score_gap": "0.4"}, "falls no faster behind place 5 than"),
        ("domain_spread", {"domains__by_domain": dict.fromkeys("abcd")}, "stand highest in"),
        ("domain_spread", {"domains__by_domain": dict.fromkeys("abc")}, "Few domains have"),
        ("domain_variation", {"domains__by_domain": dict.fromkeys("abcd")}, "differ most in"),
        ("domain_variation", {"domains__by_domain": dict.fromkeys("abc")}, "Few domains have"),
        ("region_bars", {"regions__by_region__east__published": None}, "cities and 55 of the open"),
        ("region_bars", {}, "cities, 59 of the published hundred and 55 of the open-data hundred"),
        ("region_bars", {"regions__by_region__east": None}, "spread over the regions"),
        ("tier_strip", {}, "By construction, the stages hold 5, 33 and 62 cities"),
        ("tier_strip", {"edition__name": "2019"}, "On the scale of edition 2020, the stages hold"),
        ("tier_profile", {"domains__stages_apart": None}, "All ranked cities stand in one stage"),
        ("tier_size", {"tiers__gdp": "3.0"}, "median GDP differs 3.0-fold, GDP per head 2.1-fold"),
        ("tier_size", {"tiers__gdp_per_head": None}, "median GDP differs 8.6-fold"),
        ("tier_size", {"tiers__gdp": None}, "median GDP per head differs 2.1-fold"),
        ("tier_size", {"tiers": {}}, "cannot be said"),
        ("size_scatter", LINEAR, "about a straight line"),
        ("size_scatter", {"economy__exponent": "1.00"}, "rises ever faster with GDP"),
        ("size_scatter", {"economy__exponent": "0.99"}, "but ever more slowly"),
        ("size_scatter", {"economy__by_shape": None}, "Without figures of GDP"),
        ("fit_comparison", LINEAR, "index best"),
        ("fit_comparison", {}, "index best; a straight line errs by 8.7 points"),
        ("fit_comparison", {"economy__by_shape": None}, "no shape can be compared"),
        ("above_below", {"economy__above": None}, "Without GDP there is no size"),
        ("per_head_scatter", {"economy__by_relation__index_gdp__rho": "0.72"}, "less closely"),
        ("per_head_scatter", {"economy__by_relation__index_gdp__rho": "0.71"}, "no less closely"),
        ("per_head_scatter", {"economy__by_relation__index_gdp": None}, "rises with GDP per"),
        ("per_head_scatter", {"economy__by_relation__index_gdp_per_head": None}, "Without figures"),
        ("rank_scatter", {"agreement__index__rho": "0.70"}, "are alike at large"),
        ("rank_scatter", {"agreement__index__rho": "0.69"}, "differ at large"),
        ("place_scatter", {"economy__by_relation__place_gdp__rho": "0.70"}, "largely with GDP"),
        ("place_scatter", {"economy__by_relation__place_gdp__rho": "0.69"}, "only in part"),
        ("place_scatter", {"economy__by_relation__place_gdp": None}, "cannot be compared"),
        ("reconstructed_curve", {"reconstructed__distinct": "100"}, "keep every step"),
        ("reconstructed_curve", {"reconstructed__distinct": "1"}, "only 1 score of 100 apart"),
        ("inferred_weights", OF_DOMAINS, "No inferred weight of a domain differs clearly"),
        ("inferred_weights", OF_DOMAINS | {"inferred__by_level__domain__above": "a"}, "above the"),
        ("inferred_weights", OF_DOMAINS | {"inferred__by_level__domain__below": "b"}, "below the"),
        ("inferred_weights", {"inferred__by_level__domain__above": "a",
                              "inferred__by_level__domain__below": "b"}, "a; clearly below it: b"),
        ("inferred_indicators", {"inferred__by_level__indicator__below": "none"}, "an indicator"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "0.81"}, "do no better"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "0.82"}, "do hardly better"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "0.86"}, "do hardly better"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "0.87"}, "do better than"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "−0.81"}, "do no better"),
        ("case_government", {}, "By government services alone, 深圳 Shenzhen stands "),
        ("case_innovation", {"cases__by_domain__innovation__standing": "Alder"}, "alone, Alder"),
        ("sensitivity_bars", {"robustness__sensitivity__own_rank__two_first": "51 %"}, "most"),
        ("sensitivity_bars", {"robustness__sensitivity__own_rank__two_first": "50 %"}, "part"),
        ("sensitivity_bars", {"robustness__sensitivity": None}, "cannot be said without draws"),
        ("correlation_map", {"audit__coherence__weakest": None}, "With so few domains"),
        ("weight_importance", {"audit__importance__times": "1.6"}, "Weights are not importance"),
        ("weight_importance", {"audit__importance__times": "1.5"}, "matter about alike"),
        ("weights_by_method", {"audit__weights__most": "x", "audit__weights__least": "x"},
         "Another way of weighing moves cities by 35.4 places"),
        ("rank_differences", {"audit__added_value__nearest_share": "50 %"}, "No domain stands"),
        ("rank_differences", {"audit__added_value__nearest_share": "49 %"}, "One domain nearly"),
        ("frontier_scatter", {"audit__frontier__leaders": "1"}, "no city draws level with 北京"),
        ("frontier_scatter", {"audit__frontier__leaders": "2"}, "2 cities reach the frontier"),
        ("leading_slopes", {"comparison__clear_leaders": "none"}, "no city has moved"),
        ("leading_slopes", {"comparison__clear_leaders": "1"}, "1 city has moved"),
        ("leading_slopes", {"comparison__clear_leaders": "2"}, "2 cities have moved"),
        ("glance_leaders", {"published__same_five": "5"}, "The same five cities lead both"),
        ("glance_leaders", {"published__same_five": "4"}, "rankings share 4 cities"),
        ("glance_leaders", {"published__same_five": "1"}, "rankings share 1 city"),
        ("glance_leaders", {"published__same_five": "0"}, "rankings share no city"),
        ("glance_map", {"regions__by_region__east__published": "51"}, "mostly in the East and sha"),
        ("glance_map", {"regions__by_region__east__published": "50"}, "Both hundreds share 81"),
        ("glance_map", {"regions__by_region__east__open": "50"}, "Both hundreds share 81 cities"),
        ("glance_map", {"agreement__index__common": "1"}, "in the East and share 1 city"),
        ("glance_map", {"published": None}, "The East has 55 of the leading cities"),
        ("published_map", {}, "13 western cities and 59 of the East"),
        ("published_map", {"regions__by_region__west__published": "1"}, "1 western city and 59"),
        ("published_map", {"regions__by_region__west__published": None}, "by stage and region"),
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
        ("province_shares", {"regions__fullest": None}, "of several cities"),
        (
            "province_shares",
            {"regions__fullest": None, "regions__open_fullest": None},
            "How much of each province",
        ),
        (
            "domain_means",
            {"domains__by_domain": {"a": 1, "b": 2}},
            "As measured, digital governance",
        ),
        ("domain_means", {"domains__by_domain": {"a": 1}}, "Only one domain has figures"),
        ("inside_outside", {"plausibility__outside": "1"}, "and 1 outside"),
        ("inside_outside", {"plausibility__outside": "0"}, "Every published place lies inside"),
        (
            "chance_lines",
            {"robustness__intervals__open_hundred": "59"},
            "Only 58 cities are nearly sure",
        ),
        ("chance_lines", {"robustness__intervals__open_hundred": "58"}, "As many as 58 cities"),
        ("chance_lines", {"robustness__intervals__open_hundred": "0"}, "For every city it is"),
        ("statements_bar", {"claims__fails": "0"}, "No entry of the ledger that"),
        ("statements_bar", {"claims__fails": "1"}, "ledger, 1 does not hold"),
        ("statements_bar", {"claims__fails": "2"}, "ledger, 2 do not hold"),
        ("coverage_years", {"edition__data_year": "1999"}, "beside the data year 1999"),
        ("domain_profiles", {"domains__leaders_ahead_least": "x"}, ", least in x"),
        ("what_moved", {"known__comparison__clear__moves": 0}, "No city has moved"),
        ("what_moved", {"known__comparison__clear__moves": 1}, "Of 270 cities, 1 has"),
        ("what_moved", {"known__comparison__clear__moves": 2}, "Of 270 cities, 2 have"),
        ("stage_ladder", {"bands__capability_synergy__cities": "61"}, "narrows as it rises"),
        ("stage_ladder", {"bands__capability_synergy__cities": "62"}, "On the first step stand 62"),
    ],
)  # fmt: skip
def test_a_title_changes_with_what_it_says(name, changes, text):
    assert text in title(name, changed(said_facts("2020"), **changes))


@pytest.mark.parametrize(
    ("name", "facts_of_it", "text"),
    [
        ("hundred_left", {"outside": "0"}, "allow every published place"),
        ("hundred_left", {"outside": "1", "all__inside": "51", "cities": "100"}, "allow 51 of 100"),
        ("hundred_left", {"outside": "1", "all__inside": "50", "cities": "100"}, "only 50 of 100"),
        ("hundred_right", {"outside": "0"}, "No published place lies outside"),
        ("hundred_right", {"all__better": "3", "all__worse": "2"}, "kinder: 3 places are better"),
        ("hundred_right", {"all__better": "1", "all__worse": "0"}, "kinder: 1 place is better"),
        ("hundred_right", {"all__better": "2", "all__worse": "3"}, "harsher: 3 places are worse"),
        ("hundred_right", {"all__better": "2", "all__worse": "2"}, "both ways: 2 places are"),
    ],
)
def test_titles_on_the_places_follow_the_intervals(name, facts_of_it, text):
    changes = {f"plausibility__{fact}": value for fact, value in facts_of_it.items()}
    assert text in title(name, changed(said_facts("2020"), **changes))


@pytest.mark.parametrize("name", NAMES)
def test_without_list_draws_and_earlier_edition_every_title_can_be_said(name):
    values = without(said_facts("2020"), "plausibility", "agreement")
    assert sentences(ROOT, values, [name])[name]
