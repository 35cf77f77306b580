"""The three stages: their limits and what sets their cities apart."""

import pandas as pd

from analysis.chapters import tiers

TIERS = pd.DataFrame(
    {
        "tier": ["top", "middle", "low", "rest"],
        "minimum": [85.0, 70.0, 60.0, None],
        "last_place": [2.0, 3.0, 5.0, None],
    }
)


SCORES = pd.DataFrame(
    {
        "adcode": ["A", "B", "C", "D", "E"],
        "tier": ["top", "middle", "middle", "rest", "middle"],
        "score": [90.0, 80.0, 72.0, 50.0, 71.0],
        "index": [88.0, 60.0, 50.0, 20.0, 10.0],
    }
)
ECONOMY = pd.DataFrame(
    {"gdp": [100.0, 40.0, 60.0, None, 110], "gdp_per_head": [9.0, 4.0, None, None, None]},
    index=pd.Index(["A", "B", "C", "D", "E"], name="adcode"),
)
PUBLISHED = pd.DataFrame({"adcode": ["B", "A", "X"], "tier": ["top", "top", "middle"]})


def test_the_stages_are_described_for_both_bodies_of_evidence():
    table = tiers.tier_table(SCORES, PUBLISHED, ECONOMY, TIERS).set_index(["basis", "tier"])
    assert list(table.index) == [
        ("published", "top"),
        ("published", "middle"),
        ("open", "top"),
        ("open", "middle"),
        ("open", "rest"),
    ]
    # Published top: B and A, with index 60 and 88, GDP 40 and 100, per head 4 and 9.
    assert table.loc[("published", "top")].tolist() == [2, 80, 90, 74, 70, 6.5]
    # Open middle: B, C and E, of which the medians are C's; GDP per head is known for B alone.
    assert table.loc[("open", "middle")].tolist() == [3, 71, 80, 50, 60, 4]


def test_a_published_city_without_figures_is_counted_and_described_by_gaps():
    table = tiers.tier_table(SCORES, PUBLISHED, ECONOMY, TIERS).set_index(["basis", "tier"])
    unknown = table.loc[("published", "middle")]
    assert unknown["cities"] == 1
    assert unknown.drop("cities").isna().all()
    assert pd.isna(table.loc[("open", "rest"), "median_gdp"])


def test_without_a_published_list_only_the_open_stages_are_described():
    table = tiers.tier_table(SCORES, None, ECONOMY, TIERS)
    assert set(table["basis"]) == {"open"}
    assert table["cities"].tolist() == [1, 3, 1]


def test_facts_say_how_many_times_as_large_the_first_stage_is_as_the_last_one():
    table = pd.DataFrame(
        [("published", "top", 9.0, 9.0), ("open", "top", 100.0, 30.0), ("open", "low", 40.0, None),
         ("open", tiers.BELOW, 1.0, 1.0)],
        columns=["basis", "tier", "median_gdp", "median_gdp_per_head"],
    )  # fmt: skip
    assert tiers.tier_facts(table) == {"gdp": {"number": 2.5, "places": 1}}
    assert tiers.tier_facts(table.drop(index=2)) == {}
