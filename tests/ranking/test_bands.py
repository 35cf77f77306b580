"""The stages: which one a published place or a score falls in."""

import pandas as pd

from analysis.ranking import bands

TIERS = pd.DataFrame(
    {
        "tier": ["top", "middle", "low", "rest"],
        "minimum": [85.0, 70.0, 60.0, None],
        "last_place": [2.0, 3.0, 5.0, None],
    }
)


def test_a_published_place_falls_in_the_stage_that_holds_it():
    found = bands.published_tier(pd.Series([1, 2, 3, 4, 5]), TIERS)
    assert found.tolist() == ["top", "top", "middle", "low", "low"]


def test_a_score_on_the_limit_is_inside_the_higher_stage():
    found = bands.score_tier(pd.Series([100, 85, 84.999, 70, 60, 59.999, -3]), TIERS)
    assert found.tolist() == ["top", "top", "middle", "middle", "low", "rest", "rest"]


def test_the_published_stages_of_the_hundred_hold_5_33_and_62_cities(real):
    published = real.reference_table("published_2020_top100")
    found = bands.published_tier(published["rank"], real.reference_table("tiers"))
    assert found.value_counts().to_dict() == {
        "ecosystem_innovation": 5,
        "capability_synergy": 33,
        "unit_digitalisation": 62,
    }


def test_the_limits_of_the_stages_agree_with_their_places_and_counts(real):
    table = real.reference_table("tiers").dropna(subset="last_place")
    assert (table["last_place"] - table["first_place"] + 1 == table["cities"]).all()
    assert table["minimum"].tolist() == [85, 70, 60]
