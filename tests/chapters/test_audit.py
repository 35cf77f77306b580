from itertools import combinations

import pandas as pd
import pytest

from analysis.chapters import audit
from analysis.index.aggregation import aggregate
from analysis.index.audit.weights import judged_framework, judgement_matrices
from analysis.index.framework import children, leaves
from analysis.index.ranking import rank
from analysis.ranking import cleaning, of_record, scores
from analysis.ranking import method as methods


@pytest.fixture(scope="module")
def ranking(built_tiny):
    framework, measures, cities = (
        built_tiny.reference_table(name) for name in ("framework", "measures", "cities")
    )
    cells = built_tiny.result("cells")
    return scores.rank_cities(cells, framework, measures, cities, methods.load(built_tiny))


@pytest.fixture(scope="module")
def tables(ranking, built_tiny):
    cells, cities = built_tiny.result("cells"), built_tiny.reference_table("cities")
    return audit.audit_tables(ranking.matrix, ranking.composite, cells, cities, judged(ranking))


def judged(ranking) -> pd.DataFrame:
    """The first domain is twice as important as any other; a node that is not there is judged."""
    first, *others = children(ranking.composite.framework, "index")
    pairs = [("index", first, other, 2.0) for other in others]
    pairs += [("index", one, two, 1.0) for one, two in combinations(others, 2)]
    pairs += [("index", first, "absent", 9.0)]
    return pd.DataFrame(pairs, columns=["node", "first", "second", "times"])


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
    groups = audit.item_groups(framework)
    domains = groups.pop("index")
    assert list(groups) == domains
    assert [item for items in groups.values() for item in items] == leaves(framework)


def test_every_level_is_correlated_with_the_one_above(tables):
    levels = tables["audit_coherence"][["level", "above"]]
    kinds = levels.assign(above=levels["above"].where(levels["above"] == "index", "domain"))
    assert list(kinds.drop_duplicates().itertuples(index=False, name=None)) == audit.PAIRS


def test_only_sizes_that_the_edition_knows_are_compared(tables, built_tiny):
    known = set(built_tiny.result("cells")["measure"])
    assert set(tables["audit_size"]["size"]) == set(audit.SIZES) & known


def test_equal_weights_change_no_rank_of_the_method_of_record(tables):
    effects = tables["weight_effects"].set_index("method")
    assert effects.loc["equal", "mean_shift"] == 0
    assert effects.loc["equal", "spearman"] == pytest.approx(1)


def test_the_audit_of_a_geometric_index_is_about_that_index(tiny):
    edition = tiny.choose(normalisation="efficacy_coefficient", aggregation="geometric")
    cells, cities = cleaning.clean(edition), edition.reference_table("cities")
    ranking = of_record.ranked_cities(edition, cells)
    composite, judgements = ranking.composite, judged(ranking)
    found = audit.audit_tables(ranking.matrix, composite, cells, cities, judgements)
    effects = found["weight_effects"].set_index("method")
    assert effects.loc["equal", "mean_shift"] == 0
    tree, _ = judged_framework(
        composite.framework, judgement_matrices(judgements[judgements["second"] != "absent"])
    )
    by_hand = aggregate(composite.normalised, tree, "geometric")["index"]
    shift = (rank(by_hand) - rank(composite.index)).abs()
    assert effects.loc["judged", "mean_shift"] == shift.mean()
    assert effects.loc["judged", "spearman"] == pytest.approx(
        by_hand.corr(composite.index, method="spearman")
    )
    balance = found["audit_balance"].set_index("code")["correlation"]
    domains = composite.nodes[list(balance.index)]
    assert balance.tolist() == pytest.approx(domains.corrwith(composite.index).tolist())


def test_judgements_without_contradiction_give_the_weights_they_say(ranking, tables):
    # Twice as important as each of n - 1 equal others: 2 / (n + 1), the others 1 / (n + 1).
    domains = children(ranking.composite.framework, "index")
    weights = tables["weights"]
    found = weights[(weights["method"] == "judged") & (weights["level"] == "domain")]
    expected = [2, *[1] * (len(domains) - 1)]
    shares = [part / (len(domains) + 1) for part in expected]
    assert found["weight"].tolist() == pytest.approx(shares)
    consistency = tables["weight_consistency"]
    assert consistency["code"].tolist() == ["index"]
    assert consistency["consistency_ratio"].tolist() == pytest.approx([0], abs=1e-9)


def test_the_judgements_of_the_project_are_the_numbers_of_indicators(real):
    """Read off the framework as the notebook says: the ratio, rounded to whole numbers."""
    framework = real.reference_table("framework").set_index("code")
    indicators = framework[framework["level"] == "indicator"]
    number = indicators["parent"].map(framework["parent"]).value_counts()
    for row in real.reference_table("judgements").to_dict("records"):
        ratio = number[row["first"]] / number[row["second"]]
        whole = round(ratio) if ratio >= 1 else 1 / round(1 / ratio)
        assert row["times"] == pytest.approx(whole)


def test_flags_are_written_as_0_and_1(tables):
    for table, column in (("audit_distribution", "passes"), ("audit_frontier", "on_frontier")):
        assert set(tables[table][column]) <= {0, 1}
        assert pd.api.types.is_integer_dtype(tables[table][column])
