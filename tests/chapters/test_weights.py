"""Other ways to weigh: what each does to the ranks, and whether judgements contradict."""

from itertools import combinations

import pandas as pd
import pytest
from speech import said

from analysis.chapters import weights
from analysis.index.aggregation import aggregate
from analysis.index.audit.weights import judged_framework, judgement_matrices
from analysis.index.framework import children
from analysis.index.ranking import rank
from analysis.ranking import cleaning, of_record


@pytest.fixture(scope="module")
def tables(ranking):
    return weights.weight_tables(ranking.composite, judged(ranking))


def judged(ranking) -> pd.DataFrame:
    """The first domain is twice as important as any other; a node that is not there is judged."""
    first, *others = children(ranking.composite.framework, "index")
    pairs = [("index", first, other, 2.0) for other in others]
    pairs += [("index", one, two, 1.0) for one, two in combinations(others, 2)]
    pairs += [("index", first, "absent", 9.0)]
    return pd.DataFrame(pairs, columns=["node", "first", "second", "times"])


def test_equal_weights_are_those_of_a_method_that_renormalises_level_by_level(tiny):
    edition = tiny.choose(renormalisation="level_by_level")
    ranking = of_record.ranked_cities(edition, cleaning.clean(edition))
    found = weights.weight_tables(ranking.composite, judged(ranking))
    effects = found["weight_effects"].set_index("method")
    assert effects.loc["equal", "mean_shift"] == 0
    assert effects.loc["equal", "spearman"] == pytest.approx(1)


def test_the_weights_of_record_stand_first_and_are_what_is_measured(ranking, tables):
    table = tables["weights"]
    first = table[(table["method"] == table["method"].iloc[0]) & (table["level"] == "domain")]
    assert first["method"].unique().tolist() == ["record"]
    parts = ranking.composite.framework.set_index("code")["part"]
    assert first["weight"].tolist() == pytest.approx(
        (parts[first["code"]] / parts["index"]).tolist()
    )


def test_the_weights_of_a_geometric_index_are_aggregated_by_it(tiny):
    edition = tiny.choose(
        normalisation="efficacy_coefficient",
        aggregation="geometric",
        renormalisation="level_by_level",
    )
    ranking = of_record.ranked_cities(edition, cleaning.clean(edition))
    composite, judgements = ranking.composite, judged(ranking)
    effects = weights.weight_tables(composite, judgements)["weight_effects"].set_index("method")
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


def test_judgements_without_contradiction_give_the_weights_they_say(ranking, tables):
    # Twice as important as each of n - 1 equal others: 2 / (n + 1), the others 1 / (n + 1).
    domains = children(ranking.composite.framework, "index")
    table = tables["weights"]
    found = table[(table["method"] == "judged") & (table["level"] == "domain")]
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


def test_the_ways_that_move_ranks_least_and_most_are_named():
    table = pd.DataFrame(
        [
            ("entropy", 0.85, 33.15, 139, 1, 25),
            ("critic", 0.95, 12.0, 90, 2, 12),
        ],
        columns=[
            "method", "spearman", "mean_shift", "largest_shift", "changed_top10", "changed_top100",
        ],
    )  # fmt: skip
    consistency = pd.DataFrame({"code": ["index", "b"], "consistency_ratio": [0.013, 0.02]})
    words = pd.Series({"weights_entropy": "<entropy>", "weights_critic": "<critic>"})
    found = said(weights.weight_facts(table, consistency), labels=words)
    assert found["consistency"] == "0.020"
    assert (found["least"], found["most"]) == ("<critic>", "<entropy>")
    assert (found["least_shift"], found["most_shift"]) == ("12.0", "33.1")
    assert (found["most_top10"], found["most_top100"]) == ("2", "25")
    assert found["by_method"]["entropy"]["largest_shift"] == "139"
