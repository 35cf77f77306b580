"""Sentences of another language: the same macros, which say the same values."""

import pytest

from analysis.editions import ROOT
from analysis.language.sentence_structure import macros, other_sentences, values_said

ENGLISH = """
{% macro counted(n, one, several) %}{{ n }} {{ one if n == 1 else several }}{% endmacro %}
{% macro east() %}{% set of = regions.east %}
{% if of.n == "1" %}{{ of.name }}: one{% else %}{{ counted(of.n, "city", "cities") }}{% endif %}.
{{ west() }}
{% endmacro %}
{% macro west() %}{{ regions.west | upper }}{% endmacro %}
{% macro lost(codes, year) %}
{% for code in codes %}{{ code.name }}{% endfor %} of {{ year }}
{% endmacro %}
"""
CHINESE = """
{% macro place(n) %}第{{ n }}{% endmacro %}
{% macro west() %}{{ regions.west }}{% endmacro %}
{% macro east() %}{{ west() }}{{ regions.east.name }}有{{ place(regions.east.n) }}。{% endmacro %}
{% macro lost(year, codes) %}{{ year }}年
{% for one in codes %}{{ one.name }}{% endfor %}{% endmacro %}
"""


def test_helpers_conditions_and_order_are_each_languages_own():
    assert list(other_sentences(ENGLISH, CHINESE)) == []


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ("{{ regions.east.name }}", "東部", ["line 4, macro east does not say regions.east.name"]),
        ("{{ west() }}", "", ["line 4, macro east does not say west"]),
        ("{{ regions.west }}", "{{ regions.west }}{{ x.y }}", [
            "line 3, macro west says x.y, which the original does not"]),
        ("macro west", "macro wset", ["lacks the macro west",
                                      "line 3: the macro wset is not in the original"]),
        ("(year, codes)", "(year, code)", [
            "line 5, macro lost: its parameters are not codes, year"]),
        ("{% endmacro %}\n{% macro lost", "{% macro lost", [
            "line 5: Unexpected end of template"]),
    ],
)  # fmt: skip
def test_what_differs_is_named_with_its_line(before, after, faults):
    found = list(other_sentences(ENGLISH, CHINESE.replace(before, after, 1)))
    assert [fault[: len(told)] for fault, told in zip(found, faults, strict=True)] == faults


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{{ a.b['c'].d }}", {"a.b.c.d"}),
        ("{{ x if y else z }}", {"x", "z"}),
        ("{{ 'x' if y }}", set()),
        ("{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}", {"b", "d", "e"}),
        ("{% set s = [] %}{% set _ = s.append(a.b ~ c) %}{{ s | join }}", {"a.b", "c"}),
        ("{% for k, v in a.items() %}{{ k }}{{ v.w }}{% endfor %}", {"a", "a.w"}),
        ("{{ loop.index }}{{ f(a, b=c) }}", {"f", "a", "c"}),
    ],
)
def test_values_said_are_those_that_are_shown(text, values):
    found = macros(f"{{% macro m() %}}{text}{{% endmacro %}}")
    assert values_said(found["m"]) == values


@pytest.mark.parametrize("path", sorted((ROOT / "sections" / "en").glob("*.jinja")), ids=str)
def test_a_file_differs_in_nothing_from_itself(path):
    text = path.read_text("utf8")
    assert len(macros(text)) > 5
    assert list(other_sentences(text, text)) == []
