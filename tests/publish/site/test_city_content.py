"""What a city page says: true to the results, complete, inert whatever a table holds."""

import pytest

from analysis.publish.site import city_content

SHENZHEN, BEIJING, SANSHA = "440300", "110000", "460300"


def test_every_city_has_a_page_ranked_ones_first_and_by_rank(contents, real):
    ranks = [int(content["rank"]) for content in contents.values() if content["ranked"]]
    assert ranks == sorted(ranks)
    assert set(contents) == set(real.reference_table("cities")["adcode"])
    assert [content["ranked"] for content in contents.values()] == [True] * 286 + [False] * 11


def test_a_page_says_what_the_results_say(contents, real):
    score = real.result("scores").set_index("adcode").loc[SHENZHEN]
    doubt = real.result("uncertainty").set_index("adcode").loc[SHENZHEN]
    page = contents[SHENZHEN]
    assert page["rank"] == str(score["rank"])
    assert page["interval"].endswith(f"{doubt['rank_low']} to {doubt['rank_high']}")
    assert [domain["at"] for domain in page["domains"]] == [
        pytest.approx(score[code], abs=0.005) for code in (d["code"] for d in page["domains"])
    ]
    assert f"{score['score']:.1f}" in [fact["value"] for fact in page["facts"]]


def test_the_parts_of_a_page_add_up_to_the_distance_from_the_mean_city(contents, real):
    index = real.result("scores").set_index("adcode")["index"]
    parts = [float(part["part"].replace("−", "-")) for part in contents[SHENZHEN]["parts"]]
    distance = index[SHENZHEN] - index.mean()
    assert sum(parts) == pytest.approx(distance, abs=0.3)  # six roundings to 0.1
    assert f"Together {distance:+.1f}." in contents[SHENZHEN]["part_key"]


def test_an_unranked_city_of_the_list_shows_its_published_place(contents):
    facts = {fact["name"]: fact["value"] for fact in contents["230100"]["facts"]}
    assert facts["Published place"] == "53"
    assert {fact["name"]: fact["value"] for fact in contents[SANSHA]["facts"]}[
        "Published place"
    ] == "–"


def test_a_municipality_has_no_place_within_its_one_city_province(contents):
    names = [fact["name"] for fact in contents[BEIJING]["facts"]]
    assert "Place in East" in names
    assert "Place in Beijing" not in names


def test_a_city_without_a_rank_is_told_why_in_words(contents):
    page = contents[SANSHA]
    assert page["reasons"][0] == "52 % of all measures present, 65 % needed"
    assert page["reasons"][1].startswith("0 % of the measures of digital government services")
    assert "rank" not in page


def test_a_place_lies_in_the_middle_of_its_own_width_of_the_strip():
    # Of four places the second covers 25 to 50, its middle is 37.5.
    assert city_content.edge(1, 4) == 25
    assert city_content.edge(2, 4) == 50
    assert city_content.edge(2 - 0.5, 4) == 37.5


def test_hidden_characters_are_spelt_out_in_every_text_and_numbers_stay():
    page = {"name": "a\u202eb", "parts": [{"part": "\u0007"}, 1.5, None, True]}
    assert city_content.inert(page) == {
        "name": "a<U+202E>b", "parts": [{"part": "<U+0007>"}, 1.5, None, True],
    }  # fmt: skip


def test_without_intervals_shares_and_peers_a_page_says_so_or_leaves_them_out(site):
    assert city_content.interval(site, None) == ""
    assert city_content.chances(site, None) == ""
    assert city_content.standouts(site, None, 1) == ""
    assert city_content.domain_key(site, []) != city_content.domain_key(site, ["110000"])


def test_a_page_names_the_figure_that_the_place_hangs_on_most(contents, real, site):
    rows = real.result("deciding_figures").set_index("adcode")
    row = rows.loc["510400"]
    said = contents["510400"]["deciding"]
    assert f"({row['file']}, line {row['line']}, column {row['column']})" in said
    assert said.endswith(f"would stand at {row['rank_without']}.")
    still = rows.index[rows["moved"] == 0]
    assert all("No single figure" in contents[adcode]["deciding"] for adcode in still)
    assert city_content.deciding(site, None) == ""


def test_the_cities_beside_are_those_one_place_better_and_worse(contents):
    beside = contents["440300"]["beside"]
    assert [other["name"] for other in beside["before"]] == ["上海 Shanghai"]
    assert [other["name"] for other in beside["after"]] == ["广州 Guangzhou"]
    assert contents["110000"]["beside"]["before"] == []


def test_the_move_since_the_edition_before_says_whether_the_doubt_explains_it(site):
    row = {"rank_before": 36, "rank_after": 33, "move": 3, "exceeds": True}
    (sure,) = city_content.moved(site, row)
    assert (sure["name"], sure["value"]) == ("Move since edition 2019", "+3")
    assert sure["note"] == "from 36 to 33, more than our choices leave open"
    (unsure,) = city_content.moved(site, row | {"exceeds": False})
    assert unsure["note"] == "from 36 to 33, within what our choices leave open"
    assert city_content.moved(site, None) == []


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("沧州", "zh-Hans", "滄州", "zh-Hant")),
        ("zh_hans", ("沧州", "zh-Hans", "滄州", "zh-Hant")),
        ("zh_hant", ("滄州", "zh-Hant", "沧州", "zh-Hans")),
    ],
)
def test_a_page_has_the_name_in_its_own_script_first(language, names):
    city = {"name_zh_hans": "沧州", "name_zh_hant": "滄州"}
    found = city_content.chinese_names(city, language)
    assert tuple(found[key] for key in ("name_zh", "script", "name_other", "other_script")) == names
