"""Domains: level and spread in groups of cities."""

import math

import pandas as pd
import pytest

from analysis.chapters import domains
from analysis.editions import fact_values as fact

SCORES = pd.DataFrame(
    {
        "adcode": ["A", "B", "C", "D"],
        "rank": [1, 2, 3, 4],
        "tier": ["top", "top", "low", "low"],
        "region": ["East", "West", "East", "East"],
        "economy": [10.0, 20.0, 30.0, 60.0],
        "society": [50.0, None, 50.0, 50.0],
    }
)


def group(*codes: str) -> pd.DataFrame:
    return pd.DataFrame({"kind": "set", "group": "some", "adcode": codes})


def test_level_and_spread_are_worked_by_hand():
    table = domains.domain_table(SCORES, ["economy"], group("A", "B", "C", "D"))
    (row,) = table.to_dict("records")
    # 10 20 30 60: mean 30, median 25. Quartiles lie a quarter of the way along three steps: 0.75
    # steps from 10 to 20 is 17.5, and 2.25 steps is a quarter of the way from 30 to 60: 37.5.
    assert (row["cities"], row["mean"], row["median"]) == (4, 30, 25)
    assert (row["lower_quartile"], row["upper_quartile"]) == (17.5, 37.5)
    # Squared distances to the mean: 400 + 100 + 0 + 900 = 1400, over n - 1 = 3.
    assert row["standard_deviation"] == pytest.approx(math.sqrt(1400 / 3))
    assert row["variation"] == pytest.approx(math.sqrt(1400 / 3) / 30)


def test_a_city_without_a_value_is_not_counted_in_that_domain():
    table = domains.domain_table(SCORES, ["economy", "society"], group("A", "B")).set_index(
        "domain"
    )
    assert table["cities"].to_dict() == {"economy": 2, "society": 1}
    assert table.loc["society", "mean"] == 50


def test_a_single_city_has_no_spread():
    (row,) = domains.domain_table(SCORES, ["economy"], group("A")).to_dict("records")
    assert row["mean"] == 10
    assert math.isnan(row["standard_deviation"])
    assert math.isnan(row["variation"])


def test_a_city_outside_the_ranking_adds_nothing():
    table = domains.domain_table(SCORES, ["economy"], group("A", "Z"))
    assert table["cities"].tolist() == [1]


def members(groups: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    return groups.groupby(["kind", "group"])["adcode"].agg(sorted).to_dict()


def test_groups_are_all_ranked_the_two_hundreds_tiers_and_regions():
    published = pd.DataFrame({"adcode": ["D", "Z"], "tier": ["top", "low"]})
    assert members(domains.city_groups(SCORES, published, places=2)) == {
        ("set", "ranked"): ["A", "B", "C", "D"],
        ("set", "open"): ["A", "B"],
        ("set", "published"): ["D", "Z"],
        ("tier", "top"): ["A", "B"],
        ("tier", "low"): ["C", "D"],
        ("published_tier", "top"): ["D"],
        ("published_tier", "low"): ["Z"],
        ("region", "East"): ["A", "C", "D"],
        ("region", "West"): ["B"],
    }


def test_without_a_published_list_its_groups_are_left_out():
    found = members(domains.city_groups(SCORES, None, places=2))
    assert ("set", "published") not in found
    assert not any(kind == "published_tier" for kind, _ in found)


def test_domains_are_told_by_their_mean_and_by_the_lead_of_the_first_stage():
    means = {"open": [50, 60, 70], "ranked": [20, 50, 40], "top": [80, 90, 90], "low": [10, 20, 30]}
    table = pd.DataFrame(
        [
            ("tier" if group in ("top", "low") else "set", group, domain, mean)
            for group, values in means.items()
            for domain, mean in zip("abc", values, strict=True)
        ],
        columns=["kind", "group", "domain", "mean"],
    )
    # The first stage leads by 60, 40 and 50.
    assert domains.mean_facts(table) == {
        "mean_highest": fact.words(["c"]),
        "mean_lowest": fact.words(["a"]),
        "leaders_ahead_most": fact.words(["a"]),
        "leaders_ahead_least": fact.words(["b"]),
    }


def means(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "group", "domain", "mean"])


TWO_REGIONS = [
    ("region", "East", "economy", 30.0),
    ("region", "West", "economy", 20.0),
    ("region", "East", "society", 40.0),
    ("region", "West", "society", 41.0),
]


def test_the_first_region_has_the_highest_mean_in_most_domains():
    tied = domains.group_facts(means(*TWO_REGIONS))
    assert tied == {"first_region": {"label": "East"}, "first_region_domains": 1, "compared": 2}
    more = [("region", "East", "health", 1.0), ("region", "West", "health", 2.0)]
    found = domains.group_facts(means(*TWO_REGIONS, *more))
    assert found == {"first_region": {"label": "West"}, "first_region_domains": 2, "compared": 3}


def test_the_stages_lie_farthest_apart_where_their_means_differ_most():
    stages = [
        ("tier", "top", "economy", 50.0),
        ("tier", "low", "economy", 40.0),
        ("tier", "top", "society", 30.0),
        ("tier", "low", "society", 41.0),
    ]
    found = domains.group_facts(means(*TWO_REGIONS, *stages))
    assert found["stages_apart"] == {"words": ["society"]}
    below = [("tier", "below_published_range", "economy", 0.0),
             ("tier", "below_published_range", "society", 30.0)]  # fmt: skip
    assert domains.group_facts(means(*TWO_REGIONS, *stages, *below)) == found
    assert "stages_apart" not in domains.group_facts(means(*TWO_REGIONS, stages[0], stages[2]))
