"""The sheets of the steps: which cells a formula reads."""

from itertools import pairwise

import pytest

from analysis.publish.workbook import steps
from analysis.publish.workbook.book import FIRST, START, UNIT


def test_the_measures_of_a_domain_are_one_span_and_the_spans_follow_each_other(book):
    spans = [steps.span_of(book, domain) for domain in book.model.codes("domain")]
    assert spans[0][0] == START
    for (_, last), (first, _) in pairwise(spans):
        assert first == last + 1
    assert spans[-1][1] == START + len(book.model.codes("measure")) - 1


@pytest.mark.parametrize("level", ["indicator", "subdomain", "domain", "index"])
def test_renormalised_once_a_node_is_the_mean_of_the_measures_below_it(book, level):
    for code in book.model.framework.query("level == @level")["code"]:
        span = steps.span_of(book, code)
        formula = steps.node_formula(book, code, level, FIRST)
        assert book.across(steps.NORMALISED, FIRST, *span) in formula
        assert book.across(steps.NORMALISED, UNIT, *span) in formula


@pytest.mark.parametrize("level", ["indicator", "subdomain", "domain"])
def test_level_by_level_a_node_is_the_mean_of_its_children_with_their_weights(by_level, level):
    book = by_level
    below = steps.BELOW[level]
    sheet = steps.SHEETS[below]
    order = book.model.codes(below)
    for code in book.model.codes(level):
        members = book.model.children(code)
        first = START + order.index(members[0])
        last = first + len(members) - 1
        formula = steps.node_formula(book, code, level, FIRST)
        assert book.across(sheet, FIRST, first, last) in formula
        assert book.across(sheet, UNIT, first, last) in formula


def test_level_by_level_the_index_takes_all_domains(by_level):
    book = by_level
    top = book.model.framework["code"].iloc[0]
    domains = len(book.model.codes("domain"))
    formula = steps.node_formula(book, top, "index", FIRST + 3)
    assert book.across("domain", FIRST + 3, START, START + domains - 1) in formula
