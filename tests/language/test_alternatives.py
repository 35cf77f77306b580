"""Alternative texts: said with the facts of the edition, so that they are true of its figures."""

import copy
import re
from pathlib import Path

import pytest

from analysis.editions import ROOT, Edition, load
from analysis.index.refusal import RefusedValueError
from analysis.language import alternatives
from analysis.language.alternatives import alternative_texts
from analysis.language.facts import Speaker
from analysis.language.sentences import ALTERNATIVES, Sentences, prose
from analysis.publish.report.origins import report_origins
from analysis.publish.report.source import read_report

TEXTS = """
{% macro of_map() %}Map of {{ size.cities }} cities.{% endmacro %}
{% macro bars(of="") %}Bars.{% endmacro %}
{% macro two_bars() %}Two bars{% if size.gdp is defined %}, {{ size.gdp }}{% endif %}.{% endmacro %}
"""


def project(root: Path, facts: str, texts: str = TEXTS) -> Edition:
    """An invented edition with these facts and texts alone."""
    edition = Edition("1", root)
    edition.results.mkdir(parents=True)
    (edition.results / "facts.yml").write_text(facts, "utf8")
    (root / prose("en")).mkdir(parents=True)
    (root / prose("en") / ALTERNATIVES).write_text(texts, "utf8")
    return edition


def test_a_text_is_said_by_the_label_of_its_figure_with_the_facts_of_the_edition(tmp_path):
    edition = project(tmp_path, "size: {cities: 7}\n")
    assert alternative_texts(edition) == {"of-map": "Map of 7 cities.", "two-bars": "Two bars."}


def test_only_the_texts_of_the_figures_that_are_asked_for_need_their_facts(tmp_path):
    edition = project(tmp_path, "size: {gdp: 3}\n")
    assert alternative_texts(edition, {"two-bars", "other"}) == {"two-bars": "Two bars, 3."}
    assert alternative_texts(edition, {"other"}) == {}
    rule = r"^sections/en/alternatives\.jinja, macro of_map: .*has no attribute 'cities'"
    with pytest.raises(RefusedValueError, match=rule):
        alternative_texts(edition, {"of-map"})


def test_a_language_without_the_file_has_no_texts(tmp_path):
    assert alternative_texts(project(tmp_path, "size: {gdp: 3}\n"), language="fr") == {}


@pytest.fixture(scope="module")
def facts() -> dict:
    return Speaker(load("2020")).facts()


def said(facts: dict) -> dict[str, str]:
    """Every alternative text of the project with these facts."""
    text = (ROOT / prose("en") / ALTERNATIVES).read_text("utf8")
    found = Sentences(ALTERNATIVES, "en", ROOT, facts)
    return {name: found.say(name) for name in alternatives.MACRO.findall(text)}


@pytest.mark.parametrize("edition", ["2019", "2020"])
def test_every_figure_of_a_report_has_a_text_that_its_edition_can_say(edition):
    chosen = load(edition)
    shown = {origin.cell for origin in report_origins(read_report(ROOT, chosen.document))
             if origin.label.startswith("fig-")}  # fmt: skip
    assert shown
    assert alternative_texts(chosen, shown).keys() == shown


def test_no_text_speaks_of_a_list_gdp_or_draws_that_an_edition_lacks(facts):
    without = copy.deepcopy(facts)
    for chapter in ("published", "agreement", "claims", "robustness", "audit", "comparison"):
        del without[chapter]
    without["economy"] = {"by_relation": {}}
    texts = said(without)
    of_all = ["domain_variation", "region_bars", "province_bars", "domain_spread"]
    assert not [name for name in of_all if "published" in texts[name]]
    assert all("published" in said(facts)[name] for name in of_all[:3])
    assert "GDP" not in texts["tier_size"]
    assert texts["fit_comparison"].endswith("share of the variance explained.")


def test_what_is_special_in_an_edition_is_taken_from_its_facts(facts):
    other = copy.deepcopy(facts)
    other["domains"] |= {"highest": "knitting", "lowest": "chess", "most_varied": "sailing"}
    other["regions"]["by_region"]["east"]["open"] = "3"
    other["robustness"]["sensitivity"]["own_rank"] |= {"most": "the moon", "second": "the tide"}
    other["ranking"]["by_tier"]["ecosystem_innovation"] = "8"
    texts = said(other)
    assert "highest in knitting and lowest in chess" in texts["domain_spread"]
    assert "largest in sailing" in texts["domain_variation"]
    assert "the East holds 3," in texts["region_bars"]
    assert re.search(r"those of the moon \(.*\) and the tide", texts["sensitivity_bars"])
    assert "8 in the highest" in texts["tier_strip"]
