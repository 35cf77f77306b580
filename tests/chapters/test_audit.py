import pandas as pd
import pytest
from speech import said

from analysis.chapters import audit
from analysis.chapters.city_study import SIZES, item_groups
from analysis.editions import load
from analysis.index.framework import leaves
from analysis.ranking import cleaning, of_record


@pytest.fixture(scope="module")
def tables(ranking, built_tiny):
    cells, cities = built_tiny.result("cells"), built_tiny.reference_table("cities")
    return audit.audit_tables(ranking.matrix, ranking.composite, cells, cities)


def test_coverage_counts_the_cells_of_the_ranked_cities(ranking, tables):
    nodes = tables["audit_coverage"].set_index("code")
    assert nodes.loc["index", "cells"] == ranking.matrix.size
    assert nodes.loc["index", "present"] == ranking.matrix.notna().to_numpy().sum()
    assert tables["audit_coverage_cities"]["present"].sum() == nodes.loc["index", "present"]


def test_the_oldest_year_is_that_of_a_cell_in_use(ranking, tables, built_tiny):
    cells = built_tiny.result("cells")
    used = cells[
        cells["adcode"].isin(ranking.matrix.index)
        & cells["measure"].isin(ranking.matrix.columns)
        & cells["value"].notna()
    ]
    assert tables["audit_coverage"].set_index("code").loc["index", "oldest_year"] == (
        used["year"].min()
    )


def test_tables_by_city_name_every_ranked_city_once(ranking, tables, built_tiny):
    names = built_tiny.reference_table("cities").set_index("adcode")["name_en"]
    for name in ("audit_coverage_cities", "audit_frontier"):
        assert sorted(tables[name]["adcode"]) == sorted(ranking.matrix.index)
        assert (tables[name]["city"] == tables[name]["adcode"].map(names)).all()


def test_the_frontier_stands_beside_the_index_in_the_order_of_places(ranking, tables):
    frontier = tables["audit_frontier"]
    assert frontier["rank"].is_monotonic_increasing
    index = ranking.composite.index
    assert frontier["index"].tolist() == frontier["adcode"].map(index).tolist()
    relative = frontier["index"] / frontier["index"].max()
    assert (frontier["frontier"] >= relative - 1e-9).all()


def test_measures_are_grouped_by_domain_and_domains_in_the_index(ranking):
    framework = ranking.composite.framework
    groups = item_groups(framework)
    domains = groups.pop("index")
    assert list(groups) == domains
    assert [item for items in groups.values() for item in items] == leaves(framework)


def test_every_level_is_correlated_with_the_one_above(tables):
    levels = tables["audit_coherence"][["level", "above"]]
    kinds = levels.assign(above=levels["above"].where(levels["above"] == "index", "domain"))
    assert list(kinds.drop_duplicates().itertuples(index=False, name=None)) == audit.PAIRS


def test_only_sizes_that_the_edition_knows_are_compared(tables, built_tiny):
    known = set(built_tiny.result("cells")["measure"])
    assert set(tables["audit_size"]["size"]) == set(SIZES) & known


def test_the_audit_of_a_geometric_index_is_about_that_index(tiny):
    edition = tiny.choose(normalisation="efficacy_coefficient", aggregation="geometric")
    cells, cities = cleaning.clean(edition), edition.reference_table("cities")
    ranking = of_record.ranked_cities(edition, cells)
    composite = ranking.composite
    found = audit.audit_tables(ranking.matrix, composite, cells, cities)
    balance = found["audit_balance"].set_index("code")["correlation"]
    domains = composite.nodes[list(balance.index)]
    assert balance.tolist() == pytest.approx(domains.corrwith(composite.index).tolist())


def test_flags_are_written_as_0_and_1(tables):
    for table, column in (("audit_distribution", "passes"), ("audit_frontier", "on_frontier")):
        assert set(tables[table][column]) <= {0, 1}
        assert pd.api.types.is_integer_dtype(tables[table][column])


WORD = pd.Series(
    {
        **{code: f"<{code}>" for code in "abcdxyz"},
        **{name: f"<{name}>" for name in ("index", "gdp", "gdp_per_head")},
    }
)


NAMES = pd.Series({"1": "One", "2": "Two", "3": "Three"})


def test_coverage():
    nodes = pd.DataFrame(
        [
            ("index", "index", 20, 0.95, 2017),
            ("measure", "a", 10, 1.0, 2019),
            ("measure", "b", 10, 0.9, 2017),
        ],
        columns=["level", "code", "cells", "share", "oldest_year"],
    ).assign(cells=[2000, 1000, 1000])
    cities = pd.DataFrame(
        {
            "share": [1.0, 0.5, 0.5],
            "oldest_year": [2019, 2017, 2019],
            "least_domains": ["", "y", "x|y"],
            "least_domain_share": [1.0, 0.25, 0.25],
        }
    )
    found = said(
        audit.coverage_facts({"audit_coverage": nodes, "audit_coverage_cities": cities}),
        labels=WORD,
    )
    assert found == {
        "share": "95.0 %", "cells": "2,000", "complete_cities": "1", "complete_measures": "1",
        "emptiest": "<b>", "emptiest_share": "90 %", "least_city_share": "50 %",
        "least_cities": "2", "oldest_year": "2017", "oldest_measures": "<b>",
        "oldest_cities": "1", "least_domain_share": "25 %", "least_domain_cities": "2",
        "least_domains": "<y> and <x>",
    }  # fmt: skip


def test_where_no_cell_is_a_gap_no_domain_is_named():
    cities = pd.DataFrame({"least_domains": ["", ""], "least_domain_share": [1.0, 1.0]})
    assert said(audit.domain_coverage_facts(cities), labels=WORD) == {
        "least_domain_share": "100 %", "least_domain_cities": "2", "least_domains": "none",
    }  # fmt: skip


def test_the_domains_with_the_fewest_figures_of_a_city_are_those_of_its_gaps(ranking, tables):
    domain = {
        measure: code
        for code, measures in item_groups(ranking.composite.framework).items()
        if code != "index"
        for measure in measures
    }
    found = tables["audit_coverage_cities"].set_index("adcode")
    gaps = ranking.matrix.isna()
    for adcode, row in found.iterrows():
        lacking = {domain[measure] for measure in gaps.columns[gaps.loc[adcode]]}
        assert set(filter(None, row["least_domains"].split("|"))) <= lacking
        assert (row["least_domain_share"] < 1) == bool(lacking) == bool(row["least_domains"])


def test_distribution():
    table = pd.DataFrame(
        {
            "measure": ["a", "b", "c"],
            "different": [2, 30, 40],
            "most_common": [0.8, 0.6, 0.1],
            "skewness_before": [0.5, -2.0, 3.0],
            "skewness_after": [0.5, -4.0, 1.0],
            "passes": [1, 0, 1],
        }
    )
    assert said(audit.distribution_facts(table), labels=WORD) == {
        "binary": "1", "crowded": "<b>", "crowded_share": "60 %", "skewed_before": "2",
        "skewed_after": "1", "worse": "<b>", "failing": "1",
    }  # fmt: skip


def test_coherence():
    gap = float("nan")
    table = pd.DataFrame(
        [
            ("measure", "a", "x", 0.8, 0.6, "y", 0.7, "none"),
            ("measure", "b", "x", 0.2, 0.1, "y", 0.0, "under_represented"),
            ("measure", "c", "y", 0.98, 0.3, "x", 0.5, "dominating"),
            ("measure", "d", "z", 1.0, gap, "x", 0.5, "sole"),
            ("domain", "x", "index", 0.9, 0.85, gap, gap, "none"),
            ("domain", "y", "index", 0.5, 0.25, gap, gap, "none"),
            ("domain", "z", "index", 0.6, 0.35, gap, gap, "none"),
        ],
        columns=[
            "level", "code", "above", "correlation", "rest", "other", "other_correlation", "flag",
        ],
    )  # fmt: skip
    found = said(audit.coherence_facts(table), labels=WORD)
    assert found["conflicting"] == "none"
    assert found["conflicting_count"] == "0"
    assert (found["under_represented"], found["dominating"], found["sole"]) == ("<b>", "<c>", "<d>")
    assert (found["dominated"], found["dominating_correlation"]) == ("<y>", "0.98")
    # Nearer elsewhere: a to y (0.7 > 0.6), c to x (0.5 > 0.3); d has no rest to compare with.
    assert (found["astray"], found["comparable"]) == ("2", "3")
    assert found["astray_to_count"] == "1"
    assert (found["weakest"], found["weakest_rest"]) == ("<y> and <z>", "0.25 and 0.35")
    assert (found["others_low"], found["others_high"]) == ("0.85", "0.85")
    assert found["low_limit"] == "−0.3"


def test_reliability_names_the_groups_that_fall_short():
    gap = float("nan")
    table = pd.DataFrame(
        [
            ("x", 3, 0.8, 0.75, 1e-9, 2.0, 0.5, 2 / 3, 1),
            ("y", 3, 0.06, 0.48, 0.28, 1.1, 1.05, 0.37, 2),
            ("z", 1, gap, gap, gap, gap, gap, gap, gap),
        ],
        columns=[
            "code", "items", "alpha", "kmo", "bartlett_p", "first_eigenvalue",
            "second_eigenvalue", "first_share", "above_one",
        ],
    )  # fmt: skip
    found = said(audit.reliability_facts(table), labels=WORD)
    assert found["shaky"] == found["inadequate"] == found["unrelated"] == "<y>"
    assert found["divided"] == "<y>"
    assert (found["single"], found["tested"]) == ("<z>", "2")
    groups = found["by_group"]
    assert groups["x"]["bartlett_p"] == "below 0.001"
    assert groups["y"]["bartlett_p"] == "0.28"
    assert groups["x"]["first_share"] == "67 %"
    assert "z" not in groups


@pytest.mark.parametrize("name", ["2019", "2020"])
def test_no_domain_has_a_second_component_above_one_whose_loadings_would_be_due(name):
    table = load(name).result("audit_reliability").dropna(subset="above_one")
    assert len(table) > 5
    assert (table["above_one"] == 1).all()


def test_importance():
    table = pd.DataFrame(
        [
            ("domain", "x", 0.6, 0.8, 1.6),
            ("domain", "y", 0.4, 0.2, 0.4),
            ("measure", "a", 0.2, 0.6, 3.0),
            ("measure", "b", 0.2, 0.02, 0.1),
            ("measure", "c", 0.2, 0.01, 0.05),
        ],
        columns=["level", "code", "nominal", "importance", "ratio"],
    )
    assert said(audit.importance_facts(table), labels=WORD) == {
        "least_weight": "40 %", "most_weight": "60 %",
        "highest": "<x>", "highest_importance": "80 %", "lowest": "<y>",
        "lowest_importance": "20 %", "times": "4.0", "by_domain": {"x": "80 %", "y": "20 %"},
        "idle": "<c> and <b>", "idle_importance": "1 % and 2 %", "idle_weight": "20 % and 20 %",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("least", "at_floor", "reached"), [(0.01, "<z>", "no"), (0.02, "none", "yes")]
)
def test_balance_says_whether_equality_is_reached(least, at_floor, reached):
    table = pd.DataFrame(
        {
            "code": ["x", "y", "z"],
            "correlation": [0.5, 0.9, 0.7],
            "balanced": [0.6, 0.4 - least, least],
            "balanced_correlation": [0.71, 0.7, 0.75],
            "balanced_importance": [0.55, 0.49, 0.6],
        }
    )
    found = said(audit.balance_facts(table), labels=WORD)
    assert (found["at_floor"], found["reached"]) == (at_floor, reached)
    assert found["largest"] == "<x> and <y>"
    assert (found["low"], found["high"]) == ("0.50", "0.90")
    assert (found["balanced_low"], found["balanced_high"]) == ("0.70", "0.75")
    assert (found["importance_low"], found["importance_high"]) == ("49 %", "60 %")


def test_added_value_adds_up_the_classes_from_ten_places():
    classes = ["0", "1-4", "5-9", "10-19", "20-29", "30+"]
    table = pd.DataFrame(
        {
            "code": ["x"] * 6 + ["y"] * 6,
            "difference": classes * 2,
            "share": [0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.0, 0.0, 0.25, 0.25, 0.25, 0.25],
        }
    )
    assert said(audit.added_value_facts(table), labels=WORD) == {
        "places": "10", "nearest": "<x>", "nearest_share": "30 %", "farthest": "<y>",
        "farthest_share": "75 %",
    }  # fmt: skip


def test_size():
    table = pd.DataFrame(
        [
            ("index", "gdp", 0.8, 1),
            ("index", "gdp_per_head", -0.5, 0),
            ("x", "gdp", 0.7, 1),
            ("x", "gdp_per_head", 0.1, 0),
            ("y", "gdp", 0.2, 0),
            ("y", "gdp_per_head", 0.1, 0),
        ],
        columns=["code", "size", "spearman", "biased"],
    )
    assert said(audit.size_facts(table), labels=WORD) == {
        "limit": "0.6", "free": "<y>", "biased_sizes": "<gdp>",
        "by_size": {"gdp": "0.80", "gdp_per_head": "−0.50"},
    }  # fmt: skip


def test_frontier():
    table = pd.DataFrame(
        {
            "adcode": ["1", "2", "3"],
            "index": [80.0, 60.0, 40.0],
            "rank": [1, 2, 3],
            "frontier": [1.0, 0.8, 0.9],
            "frontier_rank": [1, 3, 2],
            "on_frontier": [1, 0, 0],
        }
    )
    found = said(audit.frontier_facts(table), NAMES)
    assert (found["leaders"], found["leader_names"]) == ("1", "One")
    assert (found["median"], found["median_relative"]) == ("90 %", "75 %")
    assert (found["up_name"], found["up_from"], found["up_to"]) == ("Three", "3", "2")
    assert (found["down_name"], found["down_from"], found["down_to"]) == ("Two", "2", "3")
    assert found["rank_correlation"] == "0.50"
    assert (found["least"], found["most"]) == ("half", "twice")
