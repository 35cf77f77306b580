"""How a fact says where it comes from."""

import pytest

from analysis.results.fact_sources.declaring import FactSource, limit, taken


def test_columns_are_named_with_their_table_in_the_order_given():
    source = taken("the first row", "scores: rank index", "reference/tiers: tier")
    assert source == FactSource(
        "the first row", ("scores.rank", "scores.index", "reference/tiers.tier")
    )


def test_a_source_without_tables_has_no_columns():
    assert taken("nothing").columns == ()


def test_a_limit_says_that_the_code_sets_it_and_what_it_judges():
    source = limit("places that lead", "cases: open_rank")
    assert source.rows == "a limit that the code sets: places that lead"
    assert source.columns == ("cases.open_rank",)


def test_a_table_without_a_colon_and_a_space_is_refused():
    with pytest.raises(ValueError, match="not enough values"):
        taken("all", "scores:rank")
