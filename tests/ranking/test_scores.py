"""The ranking of record: coverage, index, score, rank, tier and the tables around them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.index.composite import Method, build
from analysis.ranking import cleaning, method, scores
from analysis.ranking.bands import published_tier, score_tier


@pytest.fixture(scope="module")
def ranking(built_tiny) -> scores.Ranking:
    """The ranking of the tiny edition: read only."""
    return rank(built_tiny)


def rank(edition, **parameters: str) -> scores.Ranking:
    """The ranking of an edition; `parameters` replace those of method.csv."""
    of_record = method.load(edition)
    chosen = method.MethodOfRecord(of_record.parameters | parameters)
    tables = [edition.reference_table(name) for name in ("framework", "measures", "cities")]
    return scores.rank_cities(cleaning.clean(edition), *tables, chosen)


def test_a_city_with_too_few_measures_is_not_ranked_and_the_reason_is_given(ranking):
    (larch,) = ranking.unranked.to_dict("records")
    assert larch["city"] == "Larch"
    # One of four measures is there, the designation list; none of the two of the economy.
    assert larch["coverage"] == 0.25
    lacks = ranking.shortfalls.set_index("domain")
    assert lacks["adcode"].tolist() == ["940300", "940300"]
    assert lacks.loc["all", ["share", "needed"]].tolist() == [0.25, 0.65]
    assert lacks.loc["economy", ["share", "needed"]].tolist() == [0, 0.5]
    assert "940300" not in ranking.composite.index.index


def test_an_unranked_city_sets_no_bound_of_any_scale(tiny):
    before = rank(tiny.edition).composite.index
    # Larch prints the most patents of all, but nothing else: it stays unranked.
    tiny.put("yearbook_2019.csv", 13, "patent_grant_n", "999999")
    after = rank(tiny.edition)
    assert after.unranked["adcode"].tolist() == ["940300"]
    pd.testing.assert_series_equal(after.composite.index, before)


def test_what_is_measured_of_the_framework_is_a_table(tiny_edition, ranking):
    framework = tiny_edition.reference_table("framework")
    table = scores.part_table(ranking.composite, framework)
    assert list(table) == ["level", "code", "complete", "measured", "weight"]
    table = table.set_index("code")
    assert list(table.index) == list(framework["code"])
    whole = table.loc[table["level"] == "index"].iloc[0]
    assert (whole["complete"], whole["weight"]) == (1, 1)
    # Of the cloud nobody printed anything.
    assert table.loc["enterprise_cloud", ["measured", "weight"]].tolist() == [0, 0]
    domains = table[table["level"] == "domain"]
    assert domains["measured"].sum() == pytest.approx(whole["measured"])
    assert (domains["weight"] * whole["measured"]).tolist() == pytest.approx(
        domains["measured"].tolist()
    )


def test_level_by_level_the_domains_weigh_as_the_framework_says(tiny_edition):
    ranking = rank(tiny_edition, renormalisation="level_by_level")
    framework = tiny_edition.reference_table("framework")
    table = scores.part_table(ranking.composite, framework).set_index("code")
    domains = table[(table["level"] == "domain") & (table["measured"] > 0)]
    assert domains["weight"].tolist() == pytest.approx([1 / len(domains)] * len(domains))


def test_the_index_is_worked_by_hand_for_one_city(ranking):
    # Juniper. IT employment 2300: the largest, 60000, is winsorised to the next, 28000, the
    # least is 800. Telecom revenue 160000 between 80000 and 800000. Patents 520 between 120 and
    # 5200. No designation.
    technology = ((2300 - 800) / (28000 - 800) + (160 - 80) / (800 - 80)) / 2 * 100
    patents = (520 - 120) / (5200 - 120) * 100
    innovation = (0 + patents) / 2
    found = ranking.composite.nodes.loc["940100"]
    assert found["it_development"] == pytest.approx(technology)
    assert found["economy"] == pytest.approx(technology)
    assert found["innovation"] == pytest.approx(innovation)
    # Nobody measured the other indicator of the economy, which so has half its weight.
    assert found["index"] == pytest.approx((technology + 2 * innovation) / 3)


def test_level_by_level_what_is_measured_speaks_for_what_is_not(tiny_edition):
    nodes = rank(tiny_edition, renormalisation="level_by_level").composite.nodes.loc["940100"]
    assert nodes["index"] == pytest.approx((nodes["economy"] + nodes["innovation"]) / 2)


def test_a_gap_never_counts_as_zero(ranking):
    # Dogwood has no usable telecom revenue: IT employment alone makes its indicator.
    technology = (7000 - 800) / (28000 - 800) * 100
    assert ranking.composite.nodes.loc["920100", "it_development"] == pytest.approx(technology)


def test_every_city_is_ranked_if_nothing_is_asked_for(tiny_edition):
    ranking = rank(tiny_edition, coverage_all="0", coverage_domain="0")
    assert len(ranking.composite.index) == 12
    assert len(ranking.unranked) == 0


def test_a_method_without_proxies_leaves_their_measures_out(tiny_edition):
    ranking = rank(tiny_edition, evidence="observed")
    assert "broadband_china" not in ranking.matrix.columns
    assert "innovation_mechanism" not in ranking.composite.nodes.columns


def test_an_edition_whose_framework_has_no_measure_of_a_node_keeps_an_empty_column(
    ranking, tiny_edition
):
    framework, cities = (tiny_edition.reference_table(n) for n in ("framework", "cities"))
    table = scores.node_table(ranking.composite, framework, "indicator", cities)
    assert list(table.columns) == [
        "adcode", "city", "it_development", "enterprise_cloud", "digital_planning",
        "technological_innovation",
    ]  # fmt: skip
    assert table["enterprise_cloud"].isna().all()
    assert table["it_development"].notna().all()
    assert len(table) == 11


DOMAINS = ["economy", "innovation"]
TIERS = pd.DataFrame(
    {
        "tier": ["top", "middle", "low", "rest"],
        "minimum": [85.0, 70.0, 60.0, None],
        "last_place": [1.0, 3.0, 5.0, None],
    }
)


def test_anchors_lie_midway_between_the_last_city_of_a_tier_and_the_next():
    index = pd.Series([90, 70, 60, 50, 40, 10], index=list("ABCDEF"))
    # After places 1, 3 and 5: (90+70)/2, (60+50)/2, (40+10)/2.
    assert scores.own_anchors(index, TIERS).to_dict("list") == {
        "index": [80, 55, 25],
        "score": [85, 70, 60],
    }


def test_the_bands_hold_the_stated_number_of_cities_by_construction(ranking, tiny_edition):
    bands, cities = (tiny_edition.reference_table(n) for n in ("tiers", "cities"))
    anchors = scores.own_anchors(ranking.composite.index, bands)
    table = scores.score_table(ranking.composite, cities, bands, anchors, DOMAINS)
    assert table["tier"].value_counts().to_dict() == {
        "ecosystem_innovation": 2,
        "capability_synergy": 3,
        "unit_digitalisation": 3,
        "below_published_range": 3,
    }


def test_the_score_table_is_ordered_by_rank_and_ends_with_the_domains(ranking, tiny_edition):
    bands, cities = (tiny_edition.reference_table(n) for n in ("tiers", "cities"))
    anchors = scores.own_anchors(ranking.composite.index, bands)
    table = scores.score_table(ranking.composite, cities, bands, anchors, DOMAINS)
    assert list(table.columns) == [
        "adcode", "city", "province", "region", "index", "score", "rank", "tier",
        "economy", "innovation",
    ]  # fmt: skip
    assert table["rank"].tolist() == list(range(1, 12))
    assert table.index.tolist() == list(range(11))
    assert table["index"].is_monotonic_decreasing
    assert table.loc[0, ["city", "province", "region"]].tolist() == ["Alder", "Northshore", "East"]


def test_two_cities_with_the_same_figures_share_the_better_place(tiny):
    twin = ["2300", "160000", "200", "520"]
    for line in (10, 11):
        for column, value in zip(
            ["emp_it", "telecom_rev_10kyuan", "mobile_subs_10k", "patent_grant_n"],
            twin,
            strict=True,
        ):
            tiny.put("yearbook_2019.csv", line, column, value)
    tiny.put("yearbook_2018.csv", 10, "emp_it", "2250")
    ranking = rank(tiny.edition)
    bands, cities = (tiny.edition.reference_table(n) for n in ("tiers", "cities"))
    anchors = pd.DataFrame({"index": [10.0, 90.0], "score": [60.0, 85.0]})
    table = scores.score_table(ranking.composite, cities, bands, anchors, DOMAINS).set_index(
        "adcode"
    )
    assert table.loc["930300", "index"] == table.loc["940100", "index"]
    assert table.loc["930300", "rank"] == table.loc["940100", "rank"]
    ranks = table["rank"].tolist()
    shared = table.loc["930300", "rank"]
    assert ranks.count(shared) == 2
    assert shared + 1 not in ranks


def test_the_treatment_is_listed_by_measure_and_point(ranking, tiny_edition):
    cities = tiny_edition.reference_table("cities")
    details = scores.treatment_table(ranking.composite).set_index("measure")
    assert details["method"].to_dict() == {
        "it_employment": "winsorised",
        "telecom_revenue": "none",
        "broadband_china": "none",
        "patents_granted": "none",
    }
    assert set(details["passes"]) == {1}
    (point,) = scores.treated_point_table(ranking.matrix, ranking.composite, cities).to_dict(
        "records"
    )
    assert list(point)[:2] == ["adcode", "city"]
    assert point == {
        "adcode": "910100",
        "city": "Alder",
        "measure": "it_employment",
        "value": 60000,
        "treated_value": 28000,
        "method": "winsorised",
    }


def test_sansha_is_not_ranked_for_lack_of_figures(real, real_cells):
    tables = [real.reference_table(name) for name in ("framework", "measures", "cities")]
    ranking = scores.rank_cities(real_cells, *tables, method.load(real))
    unranked = ranking.unranked.set_index("adcode")
    assert "460300" in unranked.index
    lacks = ranking.shortfalls.set_index(["adcode", "domain"])["needed"]
    assert lacks["460300", "all"] == 0.65
    assert len(ranking.composite.index) + len(unranked) == 297


def test_a_score_on_the_limit_is_inside_and_the_next_lower_one_is_below():
    score = pd.Series([85.0, 84.999, 70.0, 69.999, 60.0, 59.999])
    expected = ["top", "middle", "middle", "low", "low", "rest"]
    assert score_tier(score, TIERS).tolist() == expected


def test_the_last_place_of_a_tier_is_inside_and_the_next_one_is_not():
    places = pd.Series([1, 2, 3, 4, 5])
    assert published_tier(places, TIERS).tolist() == ["top", "middle", "middle", "low", "low"]


def three_cities(**values: list[float]) -> scores.Ranking:
    """A ranking of the cities x, y and z by these measures, of equal weight, with own rulers."""
    matrix = pd.DataFrame(values, index=list("xyz"), dtype=float)
    rows = [("index", "", 1), *((name, "index", 1) for name in values)]
    tree = pd.DataFrame(rows, columns=["code", "parent", "weight"]).assign(direction=1)
    composite = build(matrix, tree, method=Method())
    return scores.Ranking(matrix, composite, pd.DataFrame(), pd.DataFrame())


def test_the_table_of_rulers_says_which_edition_each_was_made_for():
    ranking = three_cities(a=[0, 5, 10], b=[4, 2, 3])
    own = scores.ruler_table(ranking, "late", "early")
    assert own[["measure", "edition", "lowest", "highest"]].to_numpy().tolist() == [
        ["a", "late", 0, 10],
        ["b", "late", 2, 4],
    ]
    assert list(own.columns[:2]) == ["measure", "edition"]
    given = pd.DataFrame({"column": ["b", "c"]})
    mixed = scores.ruler_table(replace(ranking, frozen=given), "late", "early")
    assert mixed["edition"].tolist() == ["late", "early"]


def test_frozen_rulers_have_the_digits_of_the_table_on_disk():
    table = scores.ruler_table(three_cities(a=[0, 1, 1 / 3 + 10], b=[4, 2, 3]), "2020", "2020")
    frozen = scores.frozen_rulers(table)
    assert frozen["highest"].tolist() == [10.3333333, 4.0]
    assert frozen.columns.tolist() == [
        "column", "method", "lowest", "highest", "lower_bound", "upper_bound",
    ]  # fmt: skip


def test_the_index_of_the_rest_keeps_cities_and_rulers():
    ranking = three_cities(a=[0, 5, 10], b=[4, 2, 3], c=[float("nan"), 1, 2])
    rest = scores.index_of_rest(ranking, ["b", "unknown"])
    # a gives 0, 50, 100 and c gives 0 to y and 100 to z.
    assert rest.to_dict() == {"x": 0, "y": 25, "z": 100}
    assert scores.index_of_rest(ranking, ["a", "b"]).to_dict() == {"y": 0, "z": 100}


def test_the_index_of_the_rest_may_lack_a_measure_that_is_never_treated(tiny_edition):
    ranking = rank(tiny_edition, untreated_kind="size")
    assert "it_employment" in ranking.composite.method.untreated
    # Juniper, as above, without IT employment and its extremes.
    technology, patents = (160 - 80) / (800 - 80) * 100, (520 - 120) / (5200 - 120) * 100
    rest = scores.index_of_rest(ranking, ["it_employment"])
    assert rest["940100"] == pytest.approx((technology + patents) / 3)


def test_cities_are_counted_in_the_bands_with_the_limit_inside():
    tiers = pd.DataFrame(
        {"tier": ["top", "low", "rest"], "minimum": [85, 60, None], "last_place": [5, 100, None]}
    )
    anchors = pd.DataFrame({"index": [0.0, 100.0], "score": [0.0, 100.0]})
    index = pd.Series([90.0, 85.0, 84.9, 60.0, 59.9])
    assert scores.band_counts(index, anchors, tiers).to_dict() == {"top": 2, "low": 2}
    none = scores.band_counts(index.head(1), anchors, tiers)
    assert none.to_dict() == {"top": 1, "low": 0}
