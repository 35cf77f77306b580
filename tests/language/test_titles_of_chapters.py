"""Titles of figures: the finding in one line, true on both sides of every condition."""

import copy
import json
import re
from functools import cache

import pytest

from analysis.editions import ROOT, load
from analysis.language.facts import Speaker
from analysis.language.sentences import prose, sentences
from analysis.publish.report.prerender import escaped

FILE = ROOT / prose("en") / "titles_of_chapters.jinja"
NAMES = re.findall(r"{% macro (title_\w+)\(\)", FILE.read_text("utf8"))
# What an edition may lack as a whole.
CHAPTERS = ("agreement", "cases", "claims", "comparison", "inferred", "plausibility", "published",
            "reconstructed", "robustness", "yardsticks")  # fmt: skip
LINE = 120  # letters that fit above a figure


@cache
def facts(edition: str) -> dict:
    return escaped(Speaker(load(edition)).facts(), "facts.yml")


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
        if "style.svg(" in cell and (found := re.match(r"#\| label: ([\w-]+)", cell))
    }


def test_every_title_is_that_of_a_figure():
    assert {name.removeprefix("title_").replace("_", "-") for name in NAMES} <= drawn_labels()
    assert len(NAMES) > 30


@pytest.mark.parametrize("edition", ["2019", "2020"])
def test_a_title_is_one_sentence_without_a_full_stop_that_fits_into_a_line(edition):
    said = sentences(ROOT, facts(edition), NAMES)
    wrong = {
        name: text
        for name, text in said.items()
        if not re.fullmatch(r"[A-Z][^*]*[^.*]", text) or len(text) > LINE
    }
    assert wrong == {}


def test_without_a_chapter_every_title_can_be_said():
    few = {name: fact for name, fact in facts("2020").items() if name not in CHAPTERS}
    assert all(sentences(ROOT, few, NAMES).values())


def changed(values: dict, **changes: object) -> dict:
    """The facts with others in their place, by names joined by two underscores; None takes away."""
    found = copy.deepcopy(values)
    for name, fact in changes.items():
        *above, last = name.split("__")
        inner = found
        for part in above:
            inner = inner.setdefault(part, {})
        if fact is None:
            inner.pop(last)
        else:
            inner[last] = fact
    return found


ALIKE = {"agreement__index__rho": "0.80"}
OF_DOMAINS = {f"inferred__by_level__domain__{side}": "none" for side in ("above", "below")}
FIRST = {"domains__first_region": "West", "domains__compared": "6"}


@pytest.mark.parametrize(
    ("name", "changes", "text"),
    [
        ("cell_status", {"cleaning__missing": "0"}, "and none is empty"),
        ("cell_status", {"cleaning__missing": "1"}, "; 1 are empty"),
        ("framework_map", {"evidence__measured_indicators": "34"}, "measure all 34 indicators"),
        ("framework_map", {"evidence__measured_indicators": "33"}, "measure 33 of the 34"),
        ("framework_map", {"evidence__measured_indicators": "0"}, "measure none of the 34"),
        ("treatment_dots", {"audit__distribution__skewed_before": "0"}, "No measure is skewed"),
        ("treatment_dots", {"audit__distribution__skewed_before": "1"}, "lie 1 measure before"),
        ("treatment_dots", {"audit__distribution__skewed_after": "0"}, "and none after it"),
        ("score_curve", {"ranking__score_gap": "0.5"}, "the score drops by 0.5 points"),
        ("score_curve", {"ranking__score_gap": "0.4"}, "falls without a gap behind place 5"),
        ("domain_spread", {"domains__by_domain": dict.fromkeys("abcd")}, "stand highest in"),
        ("domain_spread", {"domains__by_domain": dict.fromkeys("abc")}, "Few domains have"),
        ("domain_variation", {"domains__by_domain": dict.fromkeys("abcd")}, "differ most in"),
        ("domain_variation", {"domains__by_domain": dict.fromkeys("abc")}, "Few domains have"),
        ("domain_regions", FIRST | {"domains__first_region_domains": "6"}, "The West is ahead in"),
        ("domain_regions", FIRST | {"domains__first_region_domains": "4"}, "most domains (4 of 6)"),
        ("domain_regions", FIRST | {"domains__first_region_domains": "3"}, "No region is ahead"),
        ("domain_regions", {"domains__first_region": "北", "domains__first_region_domains": "6"},
         "北 is ahead in every domain"),
        ("region_bars", {"regions__by_region__east__published": None}, "cities and 55 of the open"),
        ("region_bars", {}, "cities, 59 of the published hundred and 55 of the open-data hundred"),
        ("region_bars", {"regions__by_region__east": None}, "spread over the regions"),
        ("province_tiles", {"regions__leading_share": None}, "hold 33 % of the open-data"),
        ("province_tiles", {}, "hold 36 % of the published hundred and 33 % of"),
        ("province_bars", {"regions__absent_provinces": "none"}, "Every province has a city"),
        ("province_bars", {"regions__absent_provinces": None}, "have the most cities"),
        ("province_bars", {}, "cities of 29 of the 31 provinces; none of Tibet and Xinjiang"),
        ("city_map", {"regions__by_region__east__open": "46"}, "Most of the open-data hundred, 46"),
        ("city_map", {"regions__by_region__east__open": "45"}, "Less than half of the open-data"),
        ("city_map", {"regions__by_region__east": None}, "Where the cities of each stage lie"),
        ("tier_strip", {}, "By construction, the stages hold 5, 33 and 62 cities"),
        ("tier_strip", {"edition__name": "2019"}, "On the scale of edition 2020, the stages hold"),
        ("tier_profile", {"domains__stages_apart": None}, "All ranked cities stand in one stage"),
        ("tier_size", {"tiers__gdp": "3.0"}, "median GDP differs 3.0-fold, GDP per head 2.1-fold"),
        ("tier_size", {"tiers__gdp_per_head": None}, "median GDP differs 8.6-fold"),
        ("tier_size", {"tiers__gdp": None}, "median GDP per head differs 2.1-fold"),
        ("tier_size", {"tiers": {}}, "cannot be said"),
        ("size_scatter", {"economy__best_shape": "a straight line"}, "about a straight line"),
        ("size_scatter", {"economy__exponent": "1.00"}, "rises ever faster with GDP"),
        ("size_scatter", {"economy__exponent": "0.99"}, "but ever more slowly"),
        ("size_scatter", {"economy__by_shape": None}, "Without figures of GDP"),
        ("fit_comparison", {"economy__best_shape": "a straight line"}, "index best"),
        ("fit_comparison", {}, "index best; a straight line errs by 8.7 points"),
        ("fit_comparison", {"economy__by_shape": None}, "no shape can be compared"),
        ("above_below", {"economy__above": None}, "Without GDP there is no size"),
        ("per_head_scatter", {"economy__by_relation__index_gdp__rho": "0.72"}, "less closely"),
        ("per_head_scatter", {"economy__by_relation__index_gdp__rho": "0.71"}, "no less closely"),
        ("per_head_scatter", {"economy__by_relation__index_gdp": None}, "per head by 0.71"),
        ("per_head_scatter", {"economy__by_relation__index_gdp_per_head": None}, "Without figures"),
        ("rank_scatter", {"agreement__index__rho": "0.70"}, "give the same picture"),
        ("rank_scatter", {"agreement__index__rho": "0.69"}, "give different pictures"),
        ("place_scatter", {"economy__by_relation__place_gdp__rho": "0.70"}, "follows GDP closely"),
        ("place_scatter", {"economy__by_relation__place_gdp__rho": "0.69"}, "only in part"),
        ("place_scatter", {"economy__by_relation__place_gdp": None}, "cannot be compared"),
        ("agreement_bars", ALIKE | {"agreement__gdp__rho": "0.70"}, "closely as the index (0.70 a"),
        ("agreement_bars", ALIKE | {"agreement__gdp__rho": "0.69"}, "closely than GDP alone (0.80"),
        ("agreement_bars", ALIKE | {"agreement__gdp__rho": "0.90"}, "as closely as the index"),
        ("agreement_bars", ALIKE | {"agreement__gdp__rho": "0.91"}, "GDP alone matches the"),
        ("agreement_bars", ALIKE | {"agreement__gdp__rho": "0.91"}, "more closely than the index"),
        ("agreement_bars", ALIKE | {"agreement__gdp": None}, "published order by 0.80"),
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
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "0.87"}, "clearly better"),
        ("inferred_fit", {"inferred__by_level__domain__out_of_sample": "−0.81"}, "do no better"),
        ("case_profiles", {"cases__stand_out": "7"}, "Most of the cities singled out, 7 of 13"),
        ("case_profiles", {"cases__stand_out": "6"}, "only 6 stand out"),
        ("case_profiles", {"cases__stand_out": "1"}, "only 1 stands out"),
        ("case_profiles", {"cases__stand_out": "0"}, "none stands out"),
        ("rank_intervals", {"robustness__intervals__mean_width_ten": "67"}, "are firmer at"),
        ("rank_intervals", {"robustness__intervals__mean_width_ten": "68"}, "are no firmer at"),
        ("acceptability_map", {"robustness__intervals__sure_hundred": "1"}, "puts 1 city among"),
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
    ],
)  # fmt: skip
def test_a_title_changes_with_what_it_says(name, changes, text):
    assert text in title(name, changed(facts("2020"), **changes))
