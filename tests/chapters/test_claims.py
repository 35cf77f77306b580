"""The ledger: every verdict follows from the tables and changes when they change."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import claims
from analysis.chapters.claim_tests import FAILS, HOLDS, QUALIFIED, TESTS, UNTESTABLE, Outcome

FIRST_FOUR = ["Beijing", "Shanghai", "Guangzhou", "Shenzhen"]


def a_list(places: int = 100) -> pd.DataFrame:
    """A published list whose first four cities lead, in the open data too."""
    names = FIRST_FOUR + [f"City {n}" for n in range(5, places + 1)]
    ranks = range(1, places + 1)
    codes = [f"c{n}" for n in ranks]
    return pd.DataFrame({"rank": ranks, "adcode": codes, "city": names, "open_rank": ranks})


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
NAMED = ("government", "infrastructure", "governance")
DOMAINS = [*NAMED, "economy", "livelihood", "innovation"]
VARIED = ("innovation", "government", "economy")

NAMES_OF_DOMAINS = {
    "framework": pd.DataFrame({"code": DOMAINS, "name_en": [f"Digital {code}" for code in DOMAINS]})
}


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
        "example_cities",
        {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES},
        QUALIFIED,
    ),
    (
        "example_cities",
        {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES.tail(1)},
        FAILS,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "tables", "expected"), VERDICTS)
def test_the_verdict_follows_from_the_tables(name, tables, expected):
    outcome = TESTS[name](NAMES_OF_DOMAINS | tables)
    assert outcome.verdict == expected
    assert outcome.found
    assert outcome.reason.endswith((".", ")."))


LOST = [
    ("correlation_with_gdp", {"economy": relation("gdp_per_head", STRONG, STRONG)}, "GDP"),
    ("correlation_with_gdp", {"economy": relation("gdp", STRONG, STRONG).head(1)}, "GDP"),
    (
        "correlation_with_gdp_per_head",
        {"economy": relation("gdp", STRONG, STRONG)},
        "GDP per head",
    ),
    ("linearity", {"economy_fits": errors(5.0, 6.0).query("size == 'gdp'")}, "GDP per head"),
    ("strong_domains", {"domains": domains("median", *NAMED[1:], "economy")}, "government"),
    ("strong_domains", {"domains": domains("median", *NAMED)}, "any other domain"),
    ("weak_livelihood", {"domains": domains("median", *NAMED)}, "livelihood"),
    ("weak_livelihood", {"domains": domains("median", "livelihood")}, "any other domain"),
    (
        "most_varied",
        {"domains": domains("variation", "economy", "livelihood")},
        "innovation and digital government",
    ),
]


@pytest.mark.parametrize(("name", "tables", "lacking"), LOST)
def test_a_claim_whose_evidence_is_lost_cannot_be_tested_and_says_what_is_lacking(
    name, tables, lacking
):
    outcome = TESTS[name](NAMES_OF_DOMAINS | tables)
    assert (outcome.found, outcome.verdict) == ("", UNTESTABLE)
    assert outcome.reason.startswith("This edition has no figures of ")
    assert lacking in outcome.reason


def test_every_test_of_the_ledger_is_tried_with_more_than_one_verdict():
    tried = {name: {verdict for test, _, verdict in VERDICTS if test == name} for name in TESTS}
    assert all(len(verdicts) > 1 for verdicts in tried.values())


def test_a_domain_is_called_by_its_name_and_a_shape_by_words():
    tables = NAMES_OF_DOMAINS | {"domains": domains("median", *NAMED, "economy")}
    outcome = TESTS["strong_domains"](tables)
    assert outcome.found == "digital government, digital infrastructure and digital governance"
    assert TESTS["linearity"]({"economy_fits": errors(8.0, 6.0)}).found == (
        "errors in points: a straight line 8.0, a power 6.0"
    )


def test_findings_are_worked_by_hand():
    assert TESTS["share_of_three_provinces"]({"provinces": provinces()}).found == "36 %"
    # 62 + 33 + 5, written from the lowest band to the highest.
    limits = band([85, 70, 60], [None, 85, 70], [5, 33, 62])
    assert TESTS["bands"]({"bands": limits}).found == "62 + 33 + 5 = 100"
    tie = TESTS["leading_provinces"]({"provinces": provinces(Hunan=9)})
    assert tie.reason == "Hunan has as many as the fourth."
    outside = {"cities": cities(101, 0), "published": a_list(), "cases": TWO_CASES}
    found = TESTS["example_cities"](outside)
    assert (found.found, found.reason) == ("1 of 2", "Outside the list: City 101.")


def claim(**columns: str) -> dict[str, str]:
    named = {"claim": "cities", "test": "number_of_cities", "caveat": ""}
    return named | columns


def test_a_claim_without_a_test_cannot_be_tested_and_says_why():
    outcome = claims.judge(claim(test="", caveat="Nobody counts it."), {})
    assert outcome == Outcome("", claims.UNTESTABLE, "Nobody counts it.")


def test_a_claim_with_an_unknown_test_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no test 'guess'.*claim 'cities'"):
        claims.judge(claim(test="guess"), {})


@pytest.mark.parametrize("cities", [100, 99])
def test_what_figures_cannot_decide_is_neither_confirmed_nor_refuted(cities):
    outcome = claims.judge(claim(caveat="But."), {"published": a_list(cities)})
    assert outcome.found == str(cities)
    assert outcome.verdict == claims.UNTESTABLE
    assert outcome.reason.endswith(" But.")


def test_the_ledger_keeps_every_claim_in_order():
    reference = pd.DataFrame(
        {
            "claim": ["cities", "secret"],
            "origin": ["white_paper", "ours"],
            "statement": ["100 cities.", "A secret."],
            "kind": "count",
            "evidence": "published",
            "test": ["number_of_cities", ""],
            "expected": ["100", ""],
            "caveat": ["", "Secret."],
        },
        index=[7, 9],
    )
    ledger = claims.claim_table(reference, {"published": a_list()})
    assert list(ledger.columns) == [
        "claim", "origin", "kind", "evidence", "expected", "found", "verdict", "reason", "statement"
    ]  # fmt: skip
    assert ledger["verdict"].tolist() == [HOLDS, claims.UNTESTABLE]
    assert ledger["found"].tolist() == ["100", ""]
    assert ledger["statement"].tolist() == ["100 cities.", "A secret."]


def test_every_claim_of_the_reference_table_has_a_known_test_or_none(real):
    table = real.reference_table("claims")
    assert set(table["test"]) - {""} == set(TESTS)
    untestable = table[table["test"] == ""]
    assert (untestable["caveat"] != "").all()
    assert (untestable["expected"] == "").all()


def test_claims_are_counted_by_verdict():
    ledger = pd.DataFrame(
        [
            ("one", HOLDS, "1", "It is one.", "ours", "published"),
            ("two", FAILS, "2", "It is two.", "ours", "published"),
            ("three", QUALIFIED, "3", "It is three.", "white_paper", "published"),
            ("four", UNTESTABLE, "", "It is four.", "white_paper", "both"),
            ("five", FAILS, "5", "It is five.", "white_paper", "both"),
        ],
        columns=["claim", "verdict", "found", "statement", "origin", "evidence"],
    )
    tiers = pd.DataFrame(
        [("published", 2500.0), ("published", 1000.0), ("open", 1.0)],
        columns=["basis", "median_gdp"],
    )
    statements = ledger.set_index("claim")["statement"]
    found = said(claims.claim_facts(ledger, tiers), statements=statements)
    assert (found["count"], found["tested"]) == ("5", "4")
    assert (found["holds"], found["qualified"], found["fails"], found["untestable"]) == (
        "1", "1", "2", "1"
    )  # fmt: skip
    assert (found["ours"], found["own_words"]) == ("2", "1")
    assert found["failing_statements"] == "“It is two” and “It is five”"
    assert found["median_gdp"] == "2,500 and 1,000"
    assert found["by_claim"]["two"] == {"verdict": FAILS, "found": "2"}
    assert found["by_claim"]["four"] == {"verdict": UNTESTABLE}
