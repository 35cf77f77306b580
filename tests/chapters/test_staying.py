"""Cities near their rank of record, and stages as a whole."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import staying
from analysis.editions import load


def test_cities_are_near_by_their_draws_and_by_their_median():
    table = pd.DataFrame(
        {
            "rank": [1, 20, 40],
            "median_rank": [1, 30, 29],  # moved by 0, 10 and 11 places
            "p_within_ten": [1.0, 0.5, 0.3],
            "technique_within_ten": [1.0, 0.9, 0.5],
        }
    )
    assert said(staying.near_facts(table)) == {
        "places": "10", "share": "60 %", "share_held": "80 %", "median": "2",
    }  # fmt: skip


def test_every_stage_says_how_much_of_it_stays_and_how_often_all_of_it():
    table = pd.DataFrame(
        {
            "tier": ["a", "b"], "cities": [5, 33], "kept": [0.76, 0.5], "kept_all": [0.25, 0.004],
            "kept_held": [0.9, 0.6], "kept_all_held": [0.5, 0.01],
        }
    )  # fmt: skip
    assert said(staying.stage_facts(table), labels=pd.Series({"a": "<a>", "b": "<b>"})) == {
        "a": {"stage": "<a>", "kept": "76 %", "kept_held": "90 %", "kept_all": "25 %",
              "kept_all_held": "50 %"},
        "b": {"stage": "<b>", "kept": "50 %", "kept_held": "60 %", "kept_all": "0 %",
              "kept_all_held": "1 %"},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["2019", "2020"])
def test_the_shares_near_the_record_are_those_of_the_places(name):
    edition = load(name)
    table = edition.result("uncertainty").set_index("adcode")
    places = edition.result("acceptability")
    away = (places["place"] - places["adcode"].map(table["rank"])).abs()
    near = places[away <= 10].groupby("adcode")["share"].sum().reindex(table.index)
    assert near.fillna(0).tolist() == pytest.approx(table["p_within_ten"].tolist(), abs=1e-8)


def test_all_of_a_stage_stay_together_no_oftener_than_any_city_of_it(real):
    stages = real.result("tier_draws").set_index("tier")
    cities = real.result("uncertainty")
    assert stages["cities"].sum() == len(cities)
    for band in real.reference_table("tiers").fillna({"last_place": len(cities)}).itertuples():
        own = cities.loc[cities["rank"].between(band.first_place, band.last_place)]
        mine = own[f"p_{band.tier}"]
        assert stages.loc[band.tier, "kept"] == pytest.approx(mine.mean(), abs=1e-8)
        assert stages.loc[band.tier, "kept_all"] <= mine.min() + 1e-8
