"""Regions and provinces: places, shares and representation."""

import pandas as pd
import pytest

from analysis.chapters import regions
from analysis.editions import fact_values as fact

CITIES = pd.DataFrame(
    {
        "adcode": list("ABCDEFGH"),
        "province": ["P", "P", "P", "Q", "R", "R", "S", "S"],
        "region": ["East"] * 4 + ["Central"] * 2 + ["West"] * 2,
    }
)
ORDER = pd.DataFrame({"region": ["West", "East", "Central"], "order": [3, 1, 2]})


def listed(codes: str) -> pd.DataFrame:
    return CITIES[CITIES["adcode"].isin(list(codes))]


def scored(**index: float) -> pd.DataFrame:
    found = CITIES[CITIES["adcode"].isin(index)].assign(index=lambda t: t["adcode"].map(index))
    return found.assign(rank=found["index"].rank(ascending=False).astype(int))


SCORES = scored(A=90, B=80, C=30, D=60, E=70, G=50)


def test_shares_and_representation_are_worked_by_hand():
    table = regions.region_table(CITIES, listed("ABEG"), SCORES, ORDER, places=4).set_index(
        "region"
    )
    east = table.loc["East"]
    # 4 of 8 cities; A and B among the 4 published; A, B and D among the first 4 of the open data.
    assert (east["cities"], east["cities_share"]) == (4, 0.5)
    assert (east["published_cities"], east["published_share"]) == (2, 0.5)
    assert east["published_representation"] == 1
    assert (east["open_cities"], east["open_share"]) == (3, 0.75)
    assert east["open_representation"] == 1.5
    # All ranked cities of the region count for the mean, C too: (90+80+30+60)/4.
    assert east["mean_index"] == 65
    # G is ranked fifth, outside the four places.
    assert table.loc["West", ["open_cities", "open_share", "published_cities"]].tolist() == [
        0,
        0,
        1,
    ]


def test_facts_of_published_places_are_told_where_there_is_a_published_list():
    published = listed("ABEG").assign(tier=["top", "top", "low", "low"])
    tables = {
        "regions": regions.region_table(CITIES, published, SCORES, ORDER, places=4),
        "provinces": regions.province_table(CITIES, published, SCORES, places=4),
    }
    own = {"by_region", "leading_provinces", "leading_open_share"}
    own |= {"open_fullest", "open_fullest_share"}
    added = {"leading_numbers", "leading_share", "published_provinces", "absent_provinces"}
    added |= {"fullest", "fullest_share", "stages"}
    heads = {key.split(".")[0] for key in regions.region_facts(tables)}
    assert heads == own
    heads = {key.split(".")[0] for key in regions.region_facts(tables | {"published": published})}
    assert heads == own | added


def test_the_fullest_provinces_have_several_cities_and_the_largest_share():
    provinces = pd.DataFrame(
        {"province": list("PQRS"), "cities": [3, 1, 4, 2], "published_cities": [1, 1, 2, 1]}
    )
    # Q has its only city on the list; R and S have half of theirs.
    assert regions.fullest_facts(provinces, "published_cities") == {
        "fullest": fact.provinces(["R", "S"]),
        "fullest_share": fact.share(0.5),
    }
    assert regions.fullest_facts(provinces[provinces["province"] == "Q"], "cities") == {}


def test_stages_are_counted_by_region_and_those_without_a_city_are_zero():
    published = listed("ABEG").assign(tier=["top", "low", "low", "low"])
    found = regions.stage_facts(published, ORDER)["stages"]
    assert found == {
        "west": {"top": fact.whole(0), "low": fact.whole(1)},
        "east": {"top": fact.whole(1), "low": fact.whole(1)},
        "central": {"top": fact.whole(0), "low": fact.whole(1)},
    }


def test_the_leading_provinces_are_three():
    table = regions.province_table(CITIES, listed("ABEG"), SCORES, places=5)
    tables = {
        "regions": regions.region_table(CITIES, listed("ABEG"), SCORES, ORDER, places=5),
        "provinces": table,
    }
    # P has two of the first five of the open data, and R, S and Q one each.
    assert table["province"].tolist() == ["P", "R", "S", "Q"]
    assert regions.region_facts(tables)["leading_open_share"] == fact.share(4 / 5)


def test_regions_come_in_the_order_that_the_reference_table_gives_them():
    # The lines of the table are in another order, and one region has no city.
    order = pd.concat([ORDER, pd.DataFrame({"region": ["Northeast"], "order": [4]})])
    table = regions.region_table(CITIES, None, SCORES, order, places=4)
    assert table["region"].tolist() == ["East", "Central", "West", "Northeast"]


def test_the_order_of_record_is_that_of_the_statistics_bureau(real):
    order = real.reference_table("regions").sort_values("order")["region"]
    assert order.tolist() == ["East", "Central", "West", "Northeast"]


def test_without_a_published_list_its_columns_are_empty():
    table = regions.region_table(CITIES, None, SCORES, ORDER, places=4).set_index("region")
    columns = [name for name in table if name.startswith("published_")]
    assert columns == ["published_cities", "published_share", "published_representation"]
    assert table[columns].isna().all(axis=None)
    assert table.loc["East", "open_cities"] == 3


def test_shares_of_the_regions_add_up():
    table = regions.region_table(CITIES, listed("ABEG"), SCORES, ORDER, places=4)
    for share in ("cities_share", "published_share", "open_share"):
        assert table[share].sum() == pytest.approx(1)


def test_provinces_stand_in_the_order_of_their_published_then_open_places():
    table = regions.province_table(CITIES, listed("ABEG"), SCORES, places=4)
    # Published P 2, R 1, S 1, Q 0; R has one open place (E), S none.
    assert table["province"].tolist() == ["P", "R", "S", "Q"]
    assert table["region"].tolist() == ["East", "Central", "West", "East"]
    assert table["published_cities"].tolist() == [2, 1, 1, 0]
    assert table["open_cities"].tolist() == [2, 1, 0, 1]


@pytest.fixture(scope="module")
def published(real) -> pd.DataFrame:
    """The published hundred with province and region."""
    places = real.reference_table("published_2020_top100")[["rank", "adcode"]]
    cities = real.reference_table("cities").rename(columns={"province_en": "province"})
    return places.merge(cities, on="adcode")


def test_the_published_hundred_by_region_are_those_of_the_white_paper(real, published):
    cities = real.reference_table("cities").rename(columns={"province_en": "province"})
    order, scores = real.reference_table("regions"), real.result("scores")
    table = regions.region_table(cities, published, scores, order, places=100)
    assert table.set_index("region")["published_cities"].to_dict() == {
        "East": 59,
        "Central": 24,
        "West": 13,
        "Northeast": 4,
    }


def test_the_published_hundred_by_province_are_those_of_the_white_paper(real, published):
    cities = real.reference_table("cities").rename(columns={"province_en": "province"})
    table = regions.province_table(cities, published, real.result("scores"), places=100)
    assert table["province"].head(3).tolist() == ["Jiangsu", "Guangdong", "Shandong"]
    assert table["published_cities"].head(3).tolist() == [13, 12, 11]
    assert (table["published_cities"] > 0).sum() == 29
    assert table["cities"].sum() == 297


def test_every_province_lies_in_one_region(real):
    cities = real.reference_table("cities")
    assert cities.groupby("province_en")["region"].nunique().eq(1).all()
    provinces = real.reference_table("provinces").set_index("province_en")["region"]
    assert (cities["province_en"].map(provinces) == cities["region"]).all()


@pytest.mark.parametrize("bases", [["open"], ["published", "open"]])
def test_the_places_of_a_region_are_told_by_each_body_of_evidence(bases):
    row = {"cities": 4, "cities_share": 0.5}
    row |= {"open_cities": 3, "open_share": 0.75, "open_representation": 1.5}
    row |= {"published_cities": 2, "published_share": 0.5, "published_representation": 1.0}
    told = {"cities": fact.whole(4), "cities_share": fact.share(0.5)}
    told |= {"open": fact.whole(3), "open_share": fact.share(0.75)}
    told |= {"open_representation": fact.number(1.5)}
    if "published" in bases:
        told |= {"published": fact.whole(2), "published_share": fact.share(0.5)}
        told |= {"published_representation": fact.number(1.0)}
    assert regions.place_facts(row, bases) == told


def test_provinces_with_published_places_are_counted_and_those_without_are_named():
    # Of the published four, A and B lie in P, E in R and G in S; Q has none.
    table = regions.province_table(CITIES, listed("ABEG"), SCORES, places=5)
    found = regions.published_province_facts(table)
    assert found["leading_numbers"] == fact.listed([fact.whole(number) for number in (2, 1, 1)])
    assert found["leading_share"] == fact.share(1.0)
    assert found["published_provinces"] == fact.whole(3)
    assert found["absent_provinces"] == fact.provinces(pd.Series(["Q"]))
    without = {"regions": regions.region_table(CITIES, None, SCORES, ORDER, places=5)}
    told = regions.region_facts(without | {"provinces": table})
    assert told["leading_provinces"] == fact.provinces(pd.Series(["P", "R", "S"]))
    assert not [name for name in told if "published" in name]


def test_a_fourth_province_on_the_list_does_not_lead():
    provinces = pd.DataFrame(
        {"province": list("PQRS"), "cities": 2, "published_cities": [2, 1, 1, 1],
         "published_share": [0.4, 0.2, 0.2, 0.2]}
    )  # fmt: skip
    found = regions.published_province_facts(provinces)
    assert found["leading_share"] == fact.share(0.8)
    assert found["leading_numbers"] == fact.listed([fact.whole(number) for number in (2, 1, 1)])
    assert found["published_provinces"] == fact.whole(4)
