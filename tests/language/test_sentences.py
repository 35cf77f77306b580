"""Sentences that depend on what an edition has figures of: said with the facts, or of the loss."""

import copy
import re
from functools import cache

import pandas as pd
import pytest
import yaml
from speech import said as fact_said

from analysis.editions import ROOT, load
from analysis.editions.fact_values import sentence
from analysis.index.refusal import RefusedValueError
from analysis.language.facts import Speaker
from analysis.language.sentences import OF_THE_REPORT, SENTENCES, Sentences, prose, sentences
from analysis.publish.report.origins import quoted_sentences
from analysis.publish.report.prerender import escaped, write_variables
from analysis.publish.report.source import read_report

DOCUMENTS = {"report.qmd": "2020", "report-open.qmd": "2019"}


@cache
def facts(edition: str) -> dict:
    chosen = load(edition)
    return Speaker(chosen).facts()


@cache
def said_facts(edition: str) -> dict:
    """The facts of an edition as the sentences of the report read them, with their values."""
    return escaped(facts(edition), "facts.yml") | {"known": load(edition).facts}


def say(root, text: str, values: dict, name: str = "size") -> str:
    path = root / prose("en") / SENTENCES
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")
    return sentences(root, values, [name])[name]


def test_a_sentence_says_the_facts_or_that_they_are_lost(tmp_path):
    text = """
    {% macro size() -%}
    {%- if economy.best is defined %}
    The best is {{ economy.best }}.
    {%- else %}
    GDP of {{ edition.year }}
    is lost.
    {%- endif %}
    {%- endmacro %}
    """
    year = {"edition": {"year": "2019"}}
    assert say(tmp_path, text, year | {"economy": {"best": "a line"}}) == "The best is a line."
    assert say(tmp_path, text, year | {"economy": {}}) == "GDP of 2019 is lost."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% macro other() %}x{% endmacro %}", "has no macro size"),
        ("{% macro size() %}{{ economy.best }}{% endmacro %}", "has no attribute 'best'"),
        ("{% macro size() %} {% endmacro %}", "the macro size says nothing"),
        ("{% macro size() %}{% if %}{% endmacro %}", "line 1: Expected an expression"),
        ("{% macro size() %}{{ 'a' + 1 }}{% endmacro %}", "macro size: can only concatenate"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_refused_with_the_file(tmp_path, text, reason):
    with pytest.raises(RefusedValueError, match=rf"^sections/en/sentences\.jinja.*{reason}"):
        say(tmp_path, text, {"economy": {}})


def test_sentences_become_variables_with_facts_escaped_once(tmp_path):
    folder = tmp_path / "data" / "results" / "2020"
    folder.mkdir(parents=True)
    (folder / "facts.yml").write_text("ranking: {first: '<b>深圳'}\n", "utf8")
    (tmp_path / prose("en")).mkdir(parents=True)
    text = "{% macro lead() %}*First* is {{ ranking.first }} ({{ ranking.first }}).{% endmacro %}"
    (tmp_path / prose("en") / SENTENCES).write_text(text, "utf8")
    write_variables(tmp_path, "2020", ["lead"])
    variables = yaml.safe_load((tmp_path / "_variables.yml").read_text("utf8"))
    assert variables["say"] == {"lead": "*First* is &#60;b&#62;深圳 (&#60;b&#62;深圳)."}


def test_every_sentence_is_quoted_by_a_report_and_every_quoted_one_is_there():
    files = [(ROOT / prose("en") / name).read_text("utf8") for name in OF_THE_REPORT]
    macros = re.findall(r"{% macro (\w+)\(\)", "\n".join(files))
    quoted = {name for path in ROOT.glob("report*.qmd") for name in quoted_in(path.name)}
    helpers = {
        "lost_sizes",
        "too_few_domains",
        "economy_built_in",
        "beside_record",
        "per_head_lost",
    }
    assert len(quoted) > 15
    assert set(macros) - helpers == quoted


def quoted_in(document: str) -> list[str]:
    return quoted_sentences(read_report(ROOT, document))


@pytest.mark.parametrize(("document", "edition"), DOCUMENTS.items())
def test_with_all_evidence_every_sentence_says_its_facts(document, edition):
    said = sentences(ROOT, said_facts(edition), quoted_in(document))
    of_loss = re.compile(r"no figures|, too few|Nothing can|cannot be said")
    found = {name: text for name, text in said.items() if of_loss.search(text)}
    assert found == {}
    assert all(re.search(r"[.\w)*]$", text) for text in said.values())


def without(values: dict, *names: str) -> dict:
    """The facts without those of these names, whose parts are joined by full stops."""
    left = copy.deepcopy(values)
    for name in names:
        *above, last = name.split(".")
        inner = left
        for part in above:
            inner = inner[part]
        inner.pop(last)
    return left


OF_GDP = ["economy.by_relation.place_gdp", "economy.by_relation.index_gdp", "economy.by_shape",
          "agreement.gdp", "claims.median_gdp", "audit.size.by_size.gdp"]  # fmt: skip
OF_HEADS = ["economy.by_relation.place_gdp_per_head", "economy.by_relation.index_gdp_per_head",
            "audit.size.by_size.gdp_per_head", "audit.size.by_size.resident_population",
            "robustness.scenarios.measures_per_head"]  # fmt: skip
OF_INDEX = ["audit.reliability.by_group.index", "audit.weights.consistency",
            "audit.size_free.by_group.index", "audit.redundancy.closest",
            "audit.coherence.weakest", "robustness.leave_one_out.most",
            "robustness.imputation.hidden", "robustness.scenarios.evidence_observed",
            "robustness.apart.apart_100"]  # fmt: skip


@pytest.mark.parametrize(
    ("lost", "name", "text"),
    [
        (OF_GDP, "economy_yardsticks", "no figures of GDP, or too few"),
        (OF_GDP, "economy_published", "the place correlates with GDP per head by"),
        (OF_GDP, "economy_shapes", "this edition has no figures of GDP"),
        (OF_GDP, "summary_statements", "can only be tested in part"),
        (OF_GDP, "economy_opening", "cannot be said for this edition"),
        (OF_GDP, "agreement_opening", "How close does an index"),
        (OF_GDP, "audit_size", "The index correlates with GDP per head by"),
        (OF_HEADS, "economy_yardsticks", "no figures of GDP per head, or too few"),
        (OF_HEADS, "audit_size", "The index correlates with GDP by"),
        (OF_HEADS, "economy_figures", "@fig-per-head would show the same cities"),
        (OF_GDP, "economy_figures", "and @fig-per-head would show it."),
        (OF_HEADS, "robustness_scenarios", "With observed measures only, cities move by"),
        ([*OF_GDP, *OF_HEADS], "economy_yardsticks", "has no figures of either, or too few"),
        ([*OF_GDP, *OF_HEADS], "economy_published", "there is no correlation to report"),
        ([*OF_GDP, *OF_HEADS], "audit_size", "no figures of GDP or of population"),
        (OF_INDEX, "audit_alpha", "nothing to average"),
        (OF_INDEX, "audit_size_free", "it cannot be computed"),
        (OF_INDEX, "audit_finding_size_free", "cannot be said"),
        (OF_INDEX, "audit_redundancy", "No two of ours correlate by 0.9"),
        (OF_INDEX, "audit_finding_redundancy", "No two measures correlate by 0.9"),
        (OF_INDEX, "robustness_left_out", "little to leave out"),
        (OF_INDEX, "robustness_gaps", "none to fill, or so few"),
        (OF_INDEX, "robustness_apart", "and of those fifty apart 32 %."),
    ],
)
def test_without_the_evidence_every_sentence_can_be_said_and_names_the_loss(lost, name, text):
    values = without(said_facts("2020"), *lost)
    said = sentences(ROOT, values, quoted_in("report.qmd"))
    assert text in said[name]


def test_few_domains_are_not_set_beside_each_other():
    values = facts("2020")
    few = dict(list(values["domains"]["by_domain"].items())[:1])
    values = values | {"domains": values["domains"] | {"by_domain": few}}
    said = sentences(ROOT, escaped(values, "facts.yml"), ["domains_level", "domains_spread"])
    assert said["domains_level"] == (
        "Only 1 domain has figures in this edition, too few to compare."
    )
    assert said["domains_spread"] == said["domains_level"]


def test_the_report_finds_a_sentence_in_whichever_of_its_files_has_it(tmp_path):
    folder = tmp_path / prose("en")
    folder.mkdir(parents=True)
    for file in OF_THE_REPORT:
        name = file.removesuffix(".jinja")
        (folder / file).write_text(f"{{% macro of_{name}() %}}{file}{{% endmacro %}}", "utf8")
    names = [f"of_{file.removesuffix('.jinja')}" for file in OF_THE_REPORT]
    assert list(sentences(tmp_path, {}, names).values()) == list(OF_THE_REPORT)
    with pytest.raises(RefusedValueError, match="has no macro other"):
        sentences(tmp_path, {}, ["other"])


def test_no_sentence_of_the_report_stands_in_two_files():
    files = [(ROOT / prose("en") / name).read_text("utf8") for name in OF_THE_REPORT]
    names = [name for text in files for name in re.findall(r"{% macro (\w+)\(\)", text)]
    assert len(names) == len(set(names)) > 60


def test_the_same_text_is_said_with_the_filters_of_whoever_says_it(tmp_path):
    path = tmp_path / prose("en") / "said.jinja"
    path.parent.mkdir(parents=True)
    path.write_text("{% macro size() %}{{ 2 | grown }}{% endmacro %}", "utf8")
    found = [
        Sentences("said.jinja", root=tmp_path, filters={"grown": lambda size, by=by: size * by})
        for by in (5, 7)
    ]
    assert [each.say("size") for each in found] == ["10", "14"]
    with pytest.raises(RefusedValueError, match=r"said\.jinja, line 1: No filter named 'grown'"):
        Sentences("said.jinja", root=tmp_path).say("size")


def test_a_value_that_a_sentence_does_not_take_is_refused_by_its_name(tmp_path):
    path = tmp_path / prose("en") / SENTENCES
    path.parent.mkdir(parents=True)
    path.write_text("{% set counts = [1] %}{% macro size(year) %}{{ year }}{% endmacro %}", "utf8")
    said = Sentences(SENTENCES, "en", tmp_path)
    with pytest.raises(RefusedValueError, match=r"jinja: the macro size does not take month$"):
        said.say("size", month=1)
    with pytest.raises(RefusedValueError, match="has no macro counts"):
        said.say("counts")


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


OF_NONE = {"evidence__company_sources": "none", "known__evidence__company_sources__list": []}
NO_HEADS = {"known__robustness__left_aside__choices": [
    {"factor": "measures", "alternative": "per_head", "level": ""}]}  # fmt: skip
NO_WEAK = {"known__robustness__left_aside__choices": [
    {"factor": "evidence", "alternative": "observed proxy weak", "level": ""}]}  # fmt: skip
RESIDENTS = {"known__losses__beside__words": ["resident_population"]}
POPULATION = {"known__losses__beside__words": ["registered_population", "resident_population"]}
LOST = {"known__losses__account__measures": ["telecom_revenue", "rd_spending"]}


@pytest.mark.parametrize(
    ("name", "facts_of_it", "text"),
    [
        ("glance_lead", {"published__same_five": "5"}, "the same five cities ahead"),
        ("glance_lead", {"published__same_five": "4"}, "put 4 of the five leading cities"),
        ("glance_lead", {"agreement__index__rho": "0.86", "agreement__gdp__rho": "0.76"},
         "can hardly be told apart."),
        ("glance_lead", {"agreement__index__rho": "0.85", "agreement__gdp__rho": "0.76"},
         "comes about as close to the list"),
        ("glance_lead", {"robustness__apart__apart_1": "9 %"}, "can hardly be told apart, and"),
        ("glance_lead", {"robustness__apart__apart_1": "10 %"}, "Yet the size of the economy"),
        ("glance_firm", {"regions__by_region__east__open_representation": "1.00"}, "put each"),
        ("glance_firm", {"robustness__intervals__sure_hundred": "1"}, "That 1 city stands"),
        ("glance_firm", {}, "the East has more than its share"),
        ("hundred_outside", {}, "lie outside the wider bar, and these are marked."),
        ("summary_leading", {"published__same_five": "5"}, "name the same five leaders"),
        ("summary_leading", {"published__same_five": "4"}, "first; the published list has"),
        ("summary_leading", {"ranking__score_gap": "0.8"}, "the fifth city is 0.8 points ahead"),
        ("summary_likeness", {"agreement__index__partial_interval": "−0.01 to 0.60"},
         "where GDP alone reaches 0.76. Of 99 published places, 74"),
        ("summary_likeness", {}, "Each adds to the other"),
        ("summary_believe", {"evidence__lost_indicators": "1", "evidence__lost": "Lost is one."},
         "Lost is one."),
        ("summary_believe", LOST | {"losses__summary": "Two are lost."},
         "Two are lost. @sec-losses has"),
        ("agreement_opening", {"agreement__index__rho": "0.85", "agreement__gdp__rho": "0.76"},
         "about as closely as our index"),
        ("agreement_opening", {"agreement__index__rho": "0.86", "agreement__gdp__rho": "0.76"},
         "to different degrees"),
        ("agreement_follows", {"plausibility__outside": "1"}, "1 city to ask about"),
        ("agreement_follows", {"plausibility__outside": "0"}, "the list nor refute it."),
        ("regions_opening", {"regions__by_region__west__open": "90"}, "The East has 55 cities"),
        ("regions_opening", {"regions__by_region__west__published": "90"}, "The East has 55"),
        ("regions_opening", {}, "The East leads, with 59"),
        ("economy_opening", {"economy__by_relation__index_gdp__rho": "0.70"}, "Where the economy"),
        ("economy_opening", {"economy__by_relation__index_gdp__rho": "0.69"}, "only in part"),
        ("cases_opening", {"cases__above_median": "7", "cases__ranked": "13"}, "Most of them (7"),
        ("cases_opening", {"cases__above_median": "6", "cases__ranked": "12"}, "No more than 6"),
        ("robustness_opening", {"robustness__intervals__mean_width_ten": "99"}, "is firm nowhere"),
        ("robustness_opening", {}, "firmer at its head than below"),
        ("cleaning_telecom", LOST, "There are no figures of telecom"),
        ("cleaning_telecom", {"cleaning__telecom_refused": "1"}, "For 1 city what is printed"),
        ("cleaning_rd", LOST, "no figures of R&D spending of the"),
        ("cleaning_rd", {"cleaning__rd_carried": "1"}, "for 1 city that has no usable figure"),
        ("noise_averaged", {"cleaning__averaged": "0"}, "No cell of this edition is a mean"),
        ("noise_averaged", {"cleaning__averaged": "1"}, "so each year enters as its distance"),
        ("data_companies", OF_NONE, "No source of the index"),
        ("data_companies", OF_NONE | {"evidence__company_sources": "other"}, "How much of the"),
        ("data_companies", {}, "The Digital Financial Inclusion Index is computed"),
        ("source_weights_caption", {"evidence__company_sources": "none"}, "by source."),
        ("evidence_sources", {"evidence__first_source_measures": "1"}, "by 1 measure, stands"),
        ("evidence_without", {"evidence__lost_indicators": "1"}, "and 1 is lost."),
        ("evidence_without", {"evidence__weak_indicators": "1"}, "Of the other indicators, 1 has"),
        ("evidence_reserve", {"evidence__reserve_measures": "0"}, "No measure waits in reserve."),
        ("evidence_reserve", {"evidence__reserve_measures": "1"}, "the one it stands in for."),
        ("evidence_reserve", {"evidence__reserve_measures": "2"}, "the one they stand in for."),
        ("evidence_weights", {"evidence__weight_of__government": "0 %"},
         "; a domain that is not named has no figures."),
        ("evidence_weights", {}, "innovation for 28 % and infrastructure for"),
        ("evidence_unmeasured", {"evidence__unmeasured_subdomains": "0"}, "In every sub-domain"),
        ("evidence_unmeasured", {"evidence__unmeasured_subdomains": "1"}, "In 1 sub-domain no"),
        ("treatment_account", {"treatment__failing": "0"}, "2 of them mirrored."),
        ("economy_published", {"evidence__sizes": "beds"}, "counts sizes such as beds."),
        ("robustness_outside", {"robustness__intervals__outside": "0"}, "Every place of record"),
        ("robustness_outside", {"robustness__intervals__outside": "1"}, "For 1 city the place"),
        ("robustness_apart_first", {"robustness__apart__first_others": "0"}, "every other city."),
        ("robustness_apart_first", {"robustness__apart__first_others": "1"}, "from 1 other, the"),
        ("robustness_deciding", {"deciding__far": "0"}, "For no city is a single figure"),
        ("audit_oldest", {"audit__coverage__oldest_year": "2019"}, "No figure is older than"),
        ("audit_oldest", {"audit__coverage__oldest_year": "2018"}, "The oldest figures are"),
        ("audit_coverage", {"audit__coverage__least_cities": "1"}, "worst off is 1 city with 89 %"),
        ("audit_coverage", {"audit__coverage__least_domains": "none"}, "No domain of any city"),
        ("audit_coverage", {"audit__coverage__least_domain_cities": "1"}, "1 city has just that"),
        ("audit_components", {"audit__reliability__divided": "none"}, "No group has more than one"),
        ("audit_components", {"audit__reliability__divided": "beds"}, "show in beds."),
        ("ranking_intervals", {}, "what counts as evidence and that size counts, and under"),
        ("ranking_intervals", NO_WEAK, "what counts as evidence and that size counts, and under"),
        ("ranking_intervals", NO_HEADS, "that is what counts as evidence, and under all"),
        ("robustness_concept", {}, "as evidence, and whether size counts."),
        ("robustness_concept", NO_HEADS, "that is about what counts as evidence."),
        ("robustness_choices", {}, "another scale and figures per head are fitted"),
        ("robustness_choices", NO_HEADS, "Whether the size of a city counts could not be tried"),
        ("method_per_head", {}, "it is one of the alternatives of @sec-robustness."),
        ("method_per_head", NO_HEADS, "has not the figures of population for it."),
        ("losses_beside", {"losses__beside": "a"} | RESIDENTS, "else the registered population."),
        ("losses_beside", {"losses__beside": "a"} | POPULATION, "divided by GDP per head."),
        ("robustness_near", {"robustness__near__median": "1"}, "1 city stands as near."),
        ("robustness_near", {"robustness__near__median": "2"}, "2 cities stand as near."),
        ("robustness_stages", {"robustness__stages__ecosystem_innovation__kept_all": "7 %"},
         "all of them at once in 7 % of the draws; for capability synergy"),
        ("audit_dominating", {"audit__coherence__dominating": "none"}, "None is so close"),
        ("audit_crowded", {"audit__distribution__crowded": "none"}, "In no other measure"),
        ("audit_shaky", {"audit__reliability__shaky": "none"}, "No alpha lies below 0.7"),
        ("audit_balance", {"audit__balance__at_floor": "none"}, "and none stands at the floor."),
        ("audit_weights_change", {"audit__weights__most_top10": "1"}, "at most 1 city leaves"),
        ("claims_opening", {"claims__fails": "0"}, "; none fails in the sense tested"),
        ("claims_opening", {"claims__fails": "1"}, "; 1 fails in the sense tested"),
        ("claims_opening", {"claims__fails": "2"}, "; 2 fail in the sense tested"),
        ("claims_drawn", {"claims__undecided": "0"}, "claims, and the draws decide each."),
        ("claims_drawn", {"claims__undecided": "1"}, "of which the draws leave 1 undecided."),
        ("claims_failing", {"claims__fails": "0"}, "No claim that could be decided fails."),
        ("claims_failing", {"claims__fails": "1", "claims__failing_statements": "*It grows.*"},
         "One claim fails in the sense tested: *It grows.*"),
        ("claims_failing", {"claims__fails": "2"}, "In the sense tested 2 claims fail: "),
        ("cases_stand_out", {"cases__stand_out": "0"}, "none holds a better place"),
        ("cases_stand_out", {"cases__stand_out": "1"}, "1 holds a better place"),
        ("reconstructed_unranked", {"published__unranked": "0"}, "rank every city of the list"),
        ("reconstructed_unranked", {}, "is placed midway between its neighbours"),
        ("inferred_answer", {"inferred__by_level__domain__record": "0.75",
                             "inferred__by_level__domain__out_of_sample": "0.80"}, "Nobody can"),
        ("inferred_answer", {"inferred__by_level__domain__record": "0.74",
                             "inferred__by_level__domain__out_of_sample": "0.80"}, "it seems"),
        ("inferred_domains", {}, "No interval lies wholly above or below"),
        ("inferred_domains", {"inferred__by_level__domain__above": "a"},
         "Wholly above the weight of record lies the interval of a."),
        ("inferred_domains", {"inferred__by_level__domain__below": "b"},
         "Wholly below the weight of record lies the interval of b."),
        ("inferred_domains", {"inferred__by_level__domain__above": "a",
                              "inferred__by_level__domain__below": "b"},
         "lies the interval of a, wholly below it that of b."),
        ("inferred_indicators", {"inferred__by_level__indicator__without": "0"}, "gets some"),
        ("inferred_indicators", {"inferred__by_level__indicator__without": "1"}, "1 gets no"),
        ("inferred_unexplained", {"inferred__unexplained__domain__count": "0"}, "There are none"),
        ("inferred_unexplained", {"inferred__unexplained__domain__count": "1"}, "1 stands in the"),
        ("audit_opening", {"audit__reliability__index_holds": "yes"}, "As a whole it is: its"),
        ("audit_opening", {"audit__reliability__index_holds": "no"}, "As a whole it is not"),
        ("audit_opening", {"audit__size__by_size__gdp": "0.6"}, "one number. Not every domain"),
        ("audit_opening", {"audit__size__by_size__gdp": "0.61"}, "the size of the city (0.61"),
        ("audit_skewed", {"audit__distribution__skewed_after": "0"}, "after it none is"),
        ("audit_skewed", {"audit__distribution__skewed_after": "1"}, "after it 1 still is"),
        ("audit_conflicting", {}, "none runs against its domain"),
        ("audit_conflicting", {"audit__coherence__conflicting": "beds"}, "below −0.3) run beds."),
        ("audit_conflicting", {"audit__coherence__under_represented": "beds"}, "less) are beds."),
        ("audit_finding_shaky", {"audit__reliability__shaky": "none"}, "the measures go together"),
        ("audit_finding_shaky", {"audit__reliability__shaky": "beds"}, "the measures of beds."),
        ("audit_shaky", {"audit__reliability__inadequate": "beds"}, "beds have little in common"),
        ("comparison_half", {"comparison__median_move": "1", "comparison__far": "1"},
         "by 1 place or fewer, and 1 city has moved by ten or more"),
    ],
)  # fmt: skip
def test_a_sentence_changes_with_what_it_says(name, facts_of_it, text):
    values = changed(said_facts("2020"), **facts_of_it)
    assert text in sentences(ROOT, values, [name])[name]


def test_only_an_edition_with_a_list_speaks_of_one():
    names = ["limits_opening", "colophon_work"]
    values = said_facts("2020")
    with_list = sentences(ROOT, values, names)
    without_list = sentences(ROOT, without(values, "published"), names)
    assert with_list["limits_opening"].startswith("The list of the white paper")
    assert without_list["limits_opening"].startswith("The index says")
    assert with_list["colophon_work"].startswith("The list of cities")
    assert "list" not in without_list["colophon_work"]


def test_the_stages_of_an_edition_that_lacks_measures_are_no_finding_alone():
    values = said_facts("2019")
    lacking = sentences(ROOT, values, ["ranking_stages"])["ranking_stages"]
    assert "lacks measures of the method, and that alone moves these numbers" in lacking
    whole = changed(values, known__losses__account__measures=[])
    said = sentences(ROOT, whole, ["ranking_stages"])["ranking_stages"]
    assert "can be set beside those of that edition" in said
    assert "alone moves" not in said
    anchors = changed(whole, edition__anchor_edition=values["edition"]["name"])
    assert "can be set beside" not in sentences(ROOT, anchors, ["ranking_stages"])["ranking_stages"]


LABELS = pd.Series({"x": "Xs", "y": "Ys"})


@pytest.mark.parametrize(
    ("name", "values", "text"),
    [
        ("evidence_files", {"files": 1, "sources": ["yearbook"]},
         "The open data come from 1 file, which holds the China City Statistical Yearbooks."),
        ("evidence_files", {"files": 4, "sources": ["yearbook", "metro", "mine", "yours"]},
         "The open data come from 4 files, which hold the China City Statistical Yearbooks, a "
         "count of metro stations and 2 other sources."),
        ("evidence_files", {"files": 2, "sources": ["mine"]},
         "The open data come from 2 files, which hold 1 other source."),
        ("economy_linearity", {"best": "linear", "exponent": 1.2},
         "Between GDP and the index a straight line will do: neither curve predicts better."),
        ("economy_linearity", {"best": "log_linear", "exponent": 1.2},
         "The index is not linear in GDP: it rises ever more slowly."),
        ("economy_linearity", {"best": "power", "exponent": 0.99},
         "The index is not linear in GDP: it rises ever more slowly."),
        ("economy_linearity", {"best": "power", "exponent": 1.01},
         "The index is not linear in GDP: it rises ever faster."),
        ("method_normalisation_min_max", {},
         "The scale runs from 0 for the worst ranked city to 100 for the best."),
        ("method_normalisation_min_max", {"rulers": "2020"},
         "The scale runs from 0 for the worst ranked city of edition 2020 to 100 for the best. "
         "A city of this edition can lie beyond both."),
        ("claim_in_full", {"held": 0.9, "every": 0.5, "fails_held": 0, "fails_every": 0},
         "The claim holds in full in 90 % of the draws that keep the concept and in 50 % of all, "
         "and never fails."),
        ("claim_in_full", {"held": 0, "every": 0, "fails_held": 0, "fails_every": 0.01},
         "The claim holds in full in 0 % of the draws that keep the concept and in 0 % of all, "
         "and fails in 0 % and 1 %."),
        ("claim_intervals", {"intervals": [[0.7, 0.8], [0.7, 0.9]], "limit": 0.7},
         "The 95 % intervals run from 0.70 to 0.80 and 0.70 to 0.90; both lie wholly above the "
         "limit."),
        ("claim_intervals", {"intervals": [[0.69, 0.7], [0.7, 0.9]], "limit": 0.7},
         "The 95 % intervals run from 0.69 to 0.70 and 0.70 to 0.90; both reach the limit, but "
         "only one lies wholly above it."),
        ("claim_intervals", {"intervals": [[0.5, 0.7], [0.6, 0.8]], "limit": 0.7},
         "The 95 % intervals run from 0.50 to 0.70 and 0.60 to 0.80; both reach the limit, but "
         "neither lies wholly above it."),
        ("claim_intervals", {"intervals": [[0.5, 0.69], [0.6, 0.8]], "limit": 0.7},
         "The 95 % intervals run from 0.50 to 0.69 and 0.60 to 0.80; only one of them reaches the "
         "limit."),
        ("claim_intervals", {"intervals": [[0.5, 0.69], [0.6, 0.69]], "limit": 0.7},
         "The 95 % intervals run from 0.50 to 0.69 and 0.60 to 0.69; neither reaches the limit."),
        ("comparison_method", {"places": 1}, "The change of method moves cities by up to 1 place."),
        ("city_count", {"count": 1}, "1 city"),
        ("city_count", {"count": 0}, "0 cities"),
        ("tier_with_count", {"tier": "High", "count": 1}, "High: 1 city"),
        ("complete_measures", {"count": 1}, "1 measure without a gap"),
        ("measures_lost", {"edition": "2020"}, "last measured in edition 2020"),
        ("treatment_rulers", {"edition": "2", "anchor": "1", "own": ["x"], "measures": 2},
         "For this edition all of this is taken over from edition 1, as it is; only xs, which the "
         "index of that edition does not use, has a ruler of this edition's own."),
    ],
)  # fmt: skip
def test_a_sentence_agrees_with_its_numbers_and_with_what_there_is(name, values, text):
    assert fact_said(sentence(name, **values), labels=LABELS) == text
