"""The sheets of what goes in: which row holds what."""

import pytest

from analysis.publish.workbook import sources
from analysis.publish.workbook.book import CODE


def test_the_cells_of_a_city_follow_each_other_measure_by_measure():
    first = CODE + 1
    assert sources.cell_row(0, 0, 8) == first
    assert sources.cell_row(0, 7, 8) == first + 7
    assert sources.cell_row(1, 0, 8) == first + 8
    assert sources.cell_row(2, 3, 8) == first + 19


def test_the_table_of_the_cells_has_the_rows_that_are_referred_to(book):
    table, model = sources.cell_table(book), book.model
    measures = model.codes("measure")
    assert len(table) == len(model.cities) * len(measures)
    for city, measure in [(0, 0), (3, 2), (len(model.cities) - 1, len(measures) - 1)]:
        row = table.iloc[sources.cell_row(city, measure, len(measures)) - CODE - 1]
        assert (row["adcode"], row["measure"]) == (model.cities.index[city], measures[measure])


def test_every_node_but_the_top_has_a_weight(book):
    weighed = book.model.weighed
    top = book.model.framework["code"].iloc[0]
    assert set(weighed["code"]) == set(book.model.framework["code"]) - {top}


def test_a_weight_is_found_in_the_row_of_its_node(book):
    codes = list(book.model.weighed["code"])
    for number in (0, len(codes) - 1):
        # Rows of a sheet are counted from 1, and the first node stands below the row of heads.
        place = f"'Weights'!$E${CODE + 1 + number + 1}"
        assert sources.weight_cell(book, codes[number]) == place
    with pytest.raises(ValueError, match="no_such_node"):
        sources.weight_cell(book, "no_such_node")


def test_stages_come_highest_first_and_the_one_without_a_limit_last(book):
    minimum = sources.tiers(book)["minimum"]
    assert minimum.iloc[:-1].is_monotonic_decreasing
    assert minimum.isna().tolist() == [False] * (len(minimum) - 1) + [True]
