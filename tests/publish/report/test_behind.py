"""The tables of results behind a cell are read off its code."""

import pytest

from analysis.publish.report.behind import tables_behind

READ = 'scores = edition.result("scores")\nothers = edition.result("regions")'


@pytest.mark.parametrize(
    ("cells", "tables"),
    [
        ([READ, "draw(scores)"], ["scores"]),
        ([READ, "first = scores.head()\ndraw(first)"], ["scores"]),
        ([READ, "a, b = split(scores)", "draw(b)"], ["scores"]),
        ([READ, "draw(others, scores)"], ["regions", "scores"]),
        ([READ, "scores |= others\ndraw(scores)"], ["scores", "regions"]),
        ([READ, "draw(cities)"], []),
        (['draw(edition.result("cases"))'], ["cases"]),
        ([READ, "scores = 1", "draw(scores)"], []),
        (["draw(edition.result(name))"], []),
    ],
)
def test_names_are_followed_back_to_what_was_read(cells, tables):
    assert sorted(tables_behind(cells)) == sorted(tables)
