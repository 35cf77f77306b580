"""Figures with which no index can be built are refused with the file that they stand in."""

import pandas as pd
import pytest
from conftest import read, write

from analysis.editions.validation import flat_measures
from analysis.editions.validation.faults import InputRefusedError
from analysis.results import building

YEARBOOKS = ("yearbook_2018.csv", "yearbook_2019.csv")


def put_column(edition, column: str, values: dict[str, str]) -> None:
    """Write figures into a column of both yearbooks by adcode; the others are left blank."""
    for file in YEARBOOKS:
        path = edition.path(file)
        table = read(path)
        write(path, table.assign(**{column: table["adcode"].map(values).fillna("")}))
    edition.seal()


def refusal(edition) -> list[tuple[str, str, str, str]]:
    with pytest.raises(InputRefusedError) as refused:
        building.build(edition.without_published_list())
    assert not edition.edition.results.exists()
    return [(file, column, value, rule) for file, _, column, value, rule, _ in refused.value.faults]


def test_a_measure_that_is_the_same_everywhere_is_refused_before_anything_is_computed(tiny):
    codes = read(tiny.path(YEARBOOKS[0]))["adcode"]
    put_column(tiny, "patent_grant_n", dict.fromkeys(codes, "5"))
    [(file, column, value, rule)] = refusal(tiny)
    assert (file, column, value) == (YEARBOOKS[1], "patent_grant_n", "5")
    assert rule.endswith(
        "have the same, so that it tells none apart: correct the figures or leave the column out"
    )


def test_a_measure_of_one_city_is_refused(tiny):
    put_column(tiny, "patent_grant_n", {"910100": "5"})
    [(_, _, value, rule)] = refusal(tiny)
    assert value == "5"
    assert rule.startswith("only one of the ")


def test_a_designation_of_every_city_is_named_by_itself(tiny):
    path = tiny.path("pilots.csv")
    pilots = read(path)
    cities = read(tiny.path("cities.csv"))
    write(path, pd.DataFrame({
        "policy": "broadband_china", "year": "2014", "adcode": cities["adcode"],
        "city": cities["name_zh_hans"], "name": cities["name_zh_hans"], "mapping_level": "city",
        "source": pilots["source"].iloc[0],
    }))  # fmt: skip
    tiny.seal()
    [(file, column, value, _)] = refusal(tiny)
    assert (file, column, value) == ("pilots.csv", "broadband_china", "1")


def test_an_edition_without_any_figure_of_the_index_says_so(tiny):
    for column in ("emp_it", "telecom_rev_10kyuan", "patent_grant_n"):
        for file in YEARBOOKS:
            tiny.no_longer_print(file, column)
    path = tiny.path("pilots.csv")
    write(path, read(path).iloc[:0])
    tiny.seal()
    [(file, *_, rule)] = refusal(tiny)
    assert file == "measures.csv"
    assert rule.startswith("no measure of the index has a figure of 2019")


def test_one_measure_alone_is_no_index(tiny):
    for column in ("telecom_rev_10kyuan", "patent_grant_n"):
        for file in YEARBOOKS:
            tiny.no_longer_print(file, column)
    path = tiny.path("pilots.csv")
    write(path, read(path).iloc[:0])
    tiny.seal()
    [(*_, rule)] = refusal(tiny)
    assert rule == "only the measure it_employment has figures, and an index needs two"


def test_a_coverage_that_no_city_reaches_is_named(tiny):
    ranked = pd.DataFrame({"it_employment": []})
    found = flat_measures.flat_faults(tiny.edition, pd.DataFrame(), ranked)
    assert [fault.rule for fault in found] == [
        "no city has enough figures for a rank: see coverage_all and coverage_domain"
    ]
