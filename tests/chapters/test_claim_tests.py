"""The tests of claims: every verdict follows from the tables and changes when they change."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters.claim_outcomes import Outcome, Stated
from analysis.chapters.claim_tests import TESTS
from analysis.chapters.claim_tests_of_places import TESTS_OF_PLACES
from analysis.chapters.claim_verdicts import FAILS, HOLDS, QUALIFIED, UNTESTABLE

NAMED = ("government", "infrastructure", "governance")
VARIED = ("innovation", "government", "economy")
# The test of each case below, what its claim is about, and the numbers that it expects.
CLAIMS = {
    "number_of_cities": ("number_of_cities", Stated([], [100])),
    "number_of_provinces": ("number_of_provinces", Stated([], [29])),
    "share_of_east": ("share_of_regions", Stated(["East"], [0.5])),
    "share_of_east_and_central": ("share_of_regions", Stated(["East", "Central"], [0.5])),
    "order_of_regions": ("order_of_regions", Stated(["East", "Central", "West"], [])),
    "share_of_three_provinces": (
        "share_of_provinces", Stated(["Jiangsu", "Guangdong", "Shandong"], [0.36])
    ),
    "leading_provinces": (
        "leading_provinces", Stated(["Jiangsu", "Guangdong", "Shandong", "Zhejiang"], [])
    ),
    "correlation_with_gdp": ("correlation_with_size", Stated(["gdp"], [0.7])),
    "correlation_with_gdp_per_head": ("correlation_with_size", Stated(["gdp_per_head"], [0.7])),
    "linearity": ("linearity", Stated(["gdp_per_head"], [1.1])),
    "leading_four": ("leading_cities", Stated(["c1", "c2", "c3", "c4"], [])),
    "strong_domains": ("highest_domains", Stated([*NAMED], [])),
    "weak_livelihood": ("lowest_domain", Stated(["livelihood"], [])),
    "most_varied": ("most_varied_domains", Stated([*VARIED], [])),
    "bands": ("bands", Stated([], [62, 33, 5])),
    "framework_sizes": ("framework_sizes", Stated([], [6, 14, 34])),
    "universe": ("universe", Stated([], [293])),
    "example_cities": ("example_cities", Stated([], [1])),
    "two_example_cities": ("example_cities", Stated([], [2])),
}  # fmt: skip


def a_list(places: int = 100) -> pd.DataFrame:
    """A published list whose first four cities lead, in the open data too."""
    ranks = range(1, places + 1)
    codes = [f"c{n}" for n in ranks]
    return pd.DataFrame({"rank": ranks, "adcode": codes, "open_rank": ranks})


def provinces(**cities: int) -> pd.DataFrame:
    """Published cities by province: the four named in the claim, 25 with one, two with none."""
    named = {"Jiangsu": 13, "Guangdong": 12, "Shandong": 11, "Zhejiang": 9}
    others = {f"Province {n}": 1 for n in range(25)} | {"Snow": 0, "Sand": 0}
    table = pd.Series(named | others | cities, name="published_cities")
    frame = table.rename_axis("province").reset_index()
    return frame.assign(published_share=frame["published_cities"] / 100)


def regions(representation: list[float], index: list[float], share: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": ["East", "Central", "West", "Northeast"],
            "published_representation": representation,
            "mean_index": index,
            "published_share": share,
            "published_cities": [round(100 * value) for value in share],
            "cities_share": 0.25,
        }
    )


def relation(size: str, place: list[float], index: list[float]) -> pd.DataFrame:
    """Estimate, low and high of the correlation of place and of index with one size."""
    rows = [
        (level, size, "spearman", *found) for level, found in (("place", place), ("index", index))
    ]
    table = pd.DataFrame(rows, columns=["level", "size", "statistic", "estimate", "low", "high"])
    return pd.concat([table, table.assign(statistic="kendall", estimate=0, low=0, high=0)])


def errors(linear: float, power: float) -> pd.DataFrame:
    """Errors of two shapes against GDP per head, and the same the other way round against GDP."""
    table = pd.DataFrame({"shape": ["linear", "power"], "prediction_error": [linear, power]})
    turned = table.assign(prediction_error=[power, linear], size="gdp")
    return pd.concat([turned, table.assign(size="gdp_per_head")])


def domains(statistic: str, *order: str) -> pd.DataFrame:
    """Domains of the published cities in falling order of one statistic, and another group."""
    values = [float(len(order) - place) for place in range(len(order))]
    table = pd.DataFrame({"domain": order, statistic: values, "kind": "set", "group": "published"})
    return pd.concat([table, table.assign(group="open", **{statistic: values[::-1]})])


def band(minimum: list[float], maximum: list[float | None], cities: list[float | None]):
    return pd.DataFrame({"minimum": minimum, "maximum": maximum, "cities": cities})


def framework(indicators: int) -> pd.DataFrame:
    return pd.DataFrame({"level": ["domain"] * 6 + ["subdomain"] * 14 + ["indicator"] * indicators})


def cities(prefectures: int, municipalities: int) -> pd.DataFrame:
    """Division codes c1, c2, … with the municipalities first."""
    total = prefectures + municipalities
    return pd.DataFrame(
        {
            "adcode": [f"c{n}" for n in range(1, total + 1)],
            "name_en": [f"City {n}" for n in range(1, total + 1)],
            "level": ["municipality"] * municipalities + ["prefecture"] * prefectures,
        }
    )


ORDERED = [2.0, 1.0, 0.5, 0.6]
SHARE = [0.6, 0.25, 0.1, 0.05]
FIRST_FIVE = pd.DataFrame({"last_place": [5, 38, 100, None], "cities": [5, 33, 62, None]})
TWO_CASES = pd.DataFrame({"adcode": ["c1", "c101"]})
STRONG, DOUBTFUL, SMALL = [0.8, 0.75, 0.9], [0.72, 0.6, 0.8], [0.5, 0.4, 0.6]
DOMAINS = [*NAMED, "economy", "livelihood", "innovation"]


def placed(**columns: int) -> pd.DataFrame:
    """The list with the fourth city at another place."""
    table = a_list()
    return table.assign(**{name: table[name].where(table["rank"] != 4, place)
                           for name, place in columns.items()})  # fmt: skip


VERDICTS = [
    ("number_of_cities", {"published": a_list()}, HOLDS),
    ("number_of_cities", {"published": a_list(99)}, FAILS),
    ("number_of_cities", {"published": a_list().assign(adcode="c1")}, FAILS),
    ("number_of_provinces", {"provinces": provinces()}, HOLDS),
    ("number_of_provinces", {"provinces": provinces(Snow=1)}, FAILS),
    ("share_of_east", {"regions": regions(ORDERED, ORDERED, SHARE)}, HOLDS),
    ("share_of_east", {"regions": regions(ORDERED, ORDERED, [0.5, 0.3, 0.1, 0.1])}, FAILS),
    ("share_of_east_and_central", {"regions": regions(ORDERED, ORDERED, SHARE)}, HOLDS),
    (
        "share_of_east_and_central",
        {"regions": regions(ORDERED, ORDERED, SHARE).assign(cities_share=0.5)},
        QUALIFIED,
    ),
    (
        "share_of_east_and_central",
        {"regions": regions(ORDERED, ORDERED, [0.25, 0.25, 0.25, 0.25])},
        FAILS,
    ),
    ("order_of_regions", {"regions": regions(ORDERED, [50, 40, 30, 35], SHARE)}, HOLDS),
    ("order_of_regions", {"regions": regions(ORDERED, [50, 40, 30, 20], SHARE)}, QUALIFIED),
    ("order_of_regions", {"regions": regions(ORDERED, [50, 30, 40, 45], SHARE)}, QUALIFIED),
    ("order_of_regions", {"regions": regions([2, 0.5, 1, 1], [50, 40, 30, 35], SHARE)}, FAILS),
    ("share_of_three_provinces", {"provinces": provinces()}, HOLDS),
    ("share_of_three_provinces", {"provinces": provinces(Shandong=10)}, FAILS),
    ("leading_provinces", {"provinces": provinces()}, HOLDS),
    ("leading_provinces", {"provinces": provinces(Hunan=9)}, QUALIFIED),
    ("leading_provinces", {"provinces": provinces(Hunan=10)}, FAILS),
    ("correlation_with_gdp", {"economy": relation("gdp", STRONG, STRONG)}, HOLDS),
    ("correlation_with_gdp", {"economy": relation("gdp", STRONG, DOUBTFUL)}, QUALIFIED),
    ("correlation_with_gdp", {"economy": relation("gdp", SMALL, SMALL)}, FAILS),
    ("correlation_with_gdp_per_head", {"economy": relation("gdp_per_head", STRONG, STRONG)}, HOLDS),
    ("correlation_with_gdp_per_head", {"economy": relation("gdp_per_head", SMALL, SMALL)}, FAILS),
    ("linearity", {"economy_fits": errors(5.0, 6.0)}, HOLDS),
    ("linearity", {"economy_fits": errors(5.25, 5.0)}, QUALIFIED),
    ("linearity", {"economy_fits": errors(5.5, 5.0)}, FAILS),
    ("leading_four", {"published": a_list(), "bands": FIRST_FIVE}, HOLDS),
    ("leading_four", {"published": placed(open_rank=5), "bands": FIRST_FIVE}, HOLDS),
    ("leading_four", {"published": placed(open_rank=6), "bands": FIRST_FIVE}, QUALIFIED),
    ("leading_four", {"published": placed(rank=5), "bands": FIRST_FIVE}, HOLDS),
    ("leading_four", {"published": placed(rank=6), "bands": FIRST_FIVE}, FAILS),
    ("strong_domains", {"domains": domains("median", *NAMED, "economy")}, HOLDS),
    (
        "strong_domains",
        {"domains": domains("median", *NAMED[:2], "economy", NAMED[2], "livelihood")},
        QUALIFIED,
    ),
    (
        "strong_domains",
        {"domains": domains("median", "economy", "livelihood", *NAMED)},
        FAILS,
    ),
    ("weak_livelihood", {"domains": domains("median", *NAMED, "livelihood")}, HOLDS),
    ("weak_livelihood", {"domains": domains("median", *NAMED, "livelihood", "economy")}, QUALIFIED),
    ("weak_livelihood", {"domains": domains("median", "livelihood", *NAMED)}, FAILS),
    (
        "most_varied",
        {"domains": domains("variation", "economy", "innovation", "government", "governance")},
        HOLDS,
    ),
    ("most_varied", {"domains": domains("variation", "economy", *NAMED, "innovation")}, QUALIFIED),
    (
        "most_varied",
        {"domains": domains("variation", "governance", "livelihood", *reversed(VARIED))},
        FAILS,
    ),
    ("bands", {"bands": band([85, 70, 60, None], [None, 85, 70, 60], [5, 33, 62, None])}, HOLDS),
    ("bands", {"bands": band([85, 70, 60, None], [None, 85, 70, 60], [5, 33, 61, None])}, FAILS),
    ("bands", {"bands": band([85, 70, 60, None], [None, 80, 70, 60], [5, 33, 62, None])}, FAILS),
    ("framework_sizes", {"framework": framework(34)}, HOLDS),
    ("framework_sizes", {"framework": framework(33)}, FAILS),
    ("universe", {"cities": cities(293, 0), "published": a_list()}, HOLDS),
    ("universe", {"cities": cities(293, 4), "published": a_list()}, QUALIFIED),
    ("universe", {"cities": cities(292, 4), "published": a_list()}, FAILS),
    (
        "example_cities",
        {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES.head(1)},
        HOLDS,
    ),
    (
        "two_example_cities",
        {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES},
        QUALIFIED,
    ),
    (
        "example_cities",
        {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES.tail(1)},
        FAILS,
    ),
]  # fmt: skip


def judged(name: str, tables: dict[str, pd.DataFrame]) -> Outcome:
    test, claim = CLAIMS[name]
    return TESTS[test](tables, claim)


def in_words(value: object) -> str:
    """A value as English says it, where everything is called by its code."""
    codes = [*DOMAINS, "gdp", "gdp_per_head", "East", "Central", "West", "Northeast", "Hunan",
             "Jiangsu", "Guangdong", "Shandong", "Zhejiang", "Snow", "Sand"]  # fmt: skip
    labels = pd.Series(codes, codes)
    towns = pd.Series([f"City {n}" for n in range(1, 102)], [f"c{n}" for n in range(1, 102)])
    return said(value, labels=labels, towns=towns)


@pytest.mark.parametrize(("name", "tables", "expected"), VERDICTS)
def test_the_verdict_follows_from_the_tables(name, tables, expected):
    outcome = judged(name, tables)
    assert outcome.verdict == expected
    for value in (outcome.expected, outcome.found):
        text = in_words(value)
        assert isinstance(text, str)
        assert text
    assert in_words(outcome.reason).endswith((".", ")."))


LOST = [
    ("correlation_with_gdp", {"economy": relation("gdp_per_head", STRONG, STRONG)}, "gdp"),
    ("correlation_with_gdp", {"economy": relation("gdp", STRONG, STRONG).head(1)}, "gdp"),
    (
        "correlation_with_gdp_per_head",
        {"economy": relation("gdp", STRONG, STRONG)},
        "gdp_per_head",
    ),
    ("linearity", {"economy_fits": errors(5.0, 6.0).query("size == 'gdp'")}, "gdp_per_head"),
    ("strong_domains", {"domains": domains("median", *NAMED[1:], "economy")}, "government"),
    ("strong_domains", {"domains": domains("median", *NAMED)}, "any other domain"),
    ("weak_livelihood", {"domains": domains("median", *NAMED)}, "livelihood"),
    ("weak_livelihood", {"domains": domains("median", "livelihood")}, "any other domain"),
    (
        "most_varied",
        {"domains": domains("variation", "economy", "livelihood")},
        "innovation and government",
    ),
]


@pytest.mark.parametrize(("name", "tables", "lacking"), LOST)
def test_a_claim_whose_evidence_is_lost_cannot_be_tested_and_says_what_is_lacking(
    name, tables, lacking
):
    outcome = judged(name, tables)
    assert (outcome.found, outcome.verdict) == (None, UNTESTABLE)
    assert in_words(outcome.reason) == f"This edition has no figures of {lacking}."


def test_every_test_of_the_ledger_is_tried_with_more_than_one_verdict():
    tried: dict[str, set[str]] = {name: set() for name in TESTS.keys() - TESTS_OF_PLACES.keys()}
    for case, _, verdict in VERDICTS:
        tried[CLAIMS[case][0]].add(verdict)
    assert all(len(verdicts) > 1 for verdicts in tried.values())


def test_domains_and_shapes_are_named_in_the_order_that_was_found():
    outcome = judged("strong_domains", {"domains": domains("median", *NAMED, "economy")})
    assert in_words(outcome.found) == "government, infrastructure and governance"
    assert in_words(judged("linearity", {"economy_fits": errors(8.0, 6.0)}).found) == (
        "errors in points: a straight line 8.0, a power 6.0"
    )


def test_findings_are_worked_by_hand():
    found = judged("share_of_three_provinces", {"provinces": provinces()}).found
    assert in_words(found) == "36 %"  # 13 + 12 + 11 of 100
    # 62 + 33 + 5, written from the lowest band to the highest.
    limits = band([85, 70, 60], [None, 85, 70], [5, 33, 62])
    assert in_words(judged("bands", {"bands": limits}).found) == "62 + 33 + 5 = 100"
    tie = judged("leading_provinces", {"provinces": provinces(Hunan=9)})
    assert in_words(tie.reason) == "No other has more, but Hunan has as many as the fourth."
    ties = judged("leading_provinces", {"provinces": provinces(Hunan=9, Snow=9)})
    assert in_words(ties.reason) == (
        "No other has more, but Snow and Hunan have as many as the fourth."
    )
    outside = {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES}
    found = judged("two_example_cities", outside)
    assert (in_words(found.found), in_words(found.reason)) == (
        "1 of 2",
        "Not on the list is City 101.",
    )


def test_examples_that_are_more_than_were_counted_do_not_make_the_claim_hold():
    inside = {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES.head(1)}
    assert judged("two_example_cities", inside).verdict == FAILS


def test_two_of_three_domains_by_chance_are_said_to_have_probability_one_half():
    order = domains("median", *NAMED[:2], "economy", NAMED[2], "livelihood", "innovation")
    reason = in_words(judged("strong_domains", {"domains": order}).reason)
    assert reason.endswith("By chance alone 2 of 3 or more would agree with probability 0.50.")
