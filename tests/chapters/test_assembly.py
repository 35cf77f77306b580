"""What puts the chapters together: which tables an edition gets, and what is lacking."""

import pandas as pd
import pytest
from conftest import read, write

from analysis import editions
from analysis.chapters import assembly
from analysis.index.refusal import RefusedValueError
from analysis.ranking.of_record import RankedEdition

GAP = float("nan")


def test_economic_size_is_read_off_the_cells_by_city():
    cells = pd.DataFrame(
        [("1", "gdp", 50.0), ("1", "gdp_per_head", 9.0), ("2", "gdp", 70.0), ("2", "metro", 1.0)],
        columns=["adcode", "measure", "value"],
    )
    size = assembly.economic_size(cells)
    assert list(size.columns) == ["gdp", "gdp_per_head"]
    assert size.loc["1"].tolist() == [50.0, 9.0]
    assert size.loc["2", "gdp"] == 70.0
    assert size.loc["2"].isna().tolist() == [False, True]


def test_the_levels_of_the_framework_hold_values_by_city_alone(built_tiny):
    ranking = {name: built_tiny.result(name) for name in ("scores", "subdomains", "indicators")}
    normalised = pd.DataFrame({"parcels": [1.0]}, ["1"])
    nodes = assembly.level_values(built_tiny, ranking, normalised)
    assert list(nodes) == ["domain", "subdomain", "indicator", "measure"]
    framework = built_tiny.reference_table("framework").set_index("code")["level"]
    for level in ("domain", "subdomain", "indicator"):
        assert set(framework[nodes[level].columns]) == {level}
        assert set(nodes[level].index) == set(ranking["scores"]["adcode"])
    assert nodes["measure"] is normalised


def test_an_edition_without_a_published_list_has_none(built_tiny):
    edition = editions.load("tiny", built_tiny.root)
    del edition.settings["published_list"]
    nothing = pd.DataFrame()
    assert assembly.published_list(edition, nothing, nothing, nothing) is None


def test_a_source_has_its_company_if_the_project_has_a_table_of_them(tiny):
    found = assembly.sources_and_companies(tiny.edition)
    assert found.drop_duplicates().to_numpy().tolist() == [
        ["yearbook", "Invented office", ""],
        ["census", "Invented office", ""],
        ["pilots", "Invented ministry", "tiny_company"],
    ]
    path = tiny.path("designation_levels.csv").with_name("columns.csv")
    columns = read(path)
    write(path, columns[columns["file"] != "companies.csv"])
    without = assembly.sources_and_companies(editions.load("tiny", tiny.edition.root))
    assert set(without["company"]) == {""}


def test_an_edition_without_a_design_has_no_tables_of_doubt(built_tiny):
    edition = editions.load("tiny", built_tiny.root)
    edition.settings.pop("uncertainty_design", None)
    ranked = RankedEdition(edition, pd.DataFrame(), None)
    assert assembly.doubt_tables(ranked, pd.DataFrame(), None) == ({}, {})
    assert assembly.previous_edition(ranked, None) is None
    with pytest.raises(RefusedValueError, match=r"edition tiny: .*names no uncertainty_design"):
        assembly.design_table(edition)
    with pytest.raises(RefusedValueError, match="by whose draws a move is judged"):
        assembly.compared(ranked, ranked)


def test_the_design_begins_with_the_choices_of_the_method(real):
    table = assembly.design_table(real)
    first = table.drop_duplicates("factor").set_index("factor")["alternative"]
    method = real.reference_table("method").set_index("parameter")["value"]
    for factor in ("normalisation", "aggregation"):
        assert first[factor].split()[0] == method[factor]
