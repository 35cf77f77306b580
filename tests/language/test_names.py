"""Names of cities and of everything else in each language."""

import pandas as pd
import pytest

from analysis.index.refusal import RefusedValueError
from analysis.language import names

CITIES = pd.DataFrame(
    {
        "adcode": ["440300", "152900"],
        "name_zh_hans": ["深圳市", "阿拉善盟"],
        "name_zh_hant": ["深圳市", "阿拉善盟"],
        "name_en": ["Shenzhen", "Alxa"],
    }
)


def test_english_readers_see_both_names_and_the_word_for_city_is_left_out():
    assert names.city_names(CITIES).to_dict() == {
        "440300": "深圳 Shenzhen",
        "152900": "阿拉善盟 Alxa",
    }


def test_chinese_readers_see_the_name_in_their_script(real):
    cities = real.reference_table("cities")
    assert names.city_names(cities, "zh_hans")["430600"] == "岳阳"
    assert names.city_names(cities, "zh_hant")["440100"] == "廣州"


def test_names_in_columns_leave_the_latin_one_empty_for_chinese_readers(real):
    cities = real.reference_table("cities")
    assert tuple(names.name_columns(cities).loc["440300"]) == ("深圳", "Shenzhen")
    assert tuple(names.name_columns(cities, "zh_hant").loc["440100"]) == ("廣州", "")


def test_every_city_name_is_unique_in_english(real):
    assert names.city_names(real.reference_table("cities")).is_unique


def test_words_name_labels_nodes_tiers_and_measures_in_each_language(real):
    keys = ["East", "it_development", "capability_synergy", "rd_spending", "gdp_per_head"]
    assert names.words(real)[keys].tolist() == [
        "East",
        "Information technology sector",
        "Capability synergy",
        "R&D spending",
        "GDP per head",
    ]
    assert names.words(real, "zh_hant")[keys].tolist() == [
        "東部",
        "信息技術發展",
        "能力協同",
        "研發經費支出",
        "人均GDP",
    ]


def test_no_word_is_empty_in_any_language(real):
    languages = real.reference_table("labels").columns.drop("key")
    assert set(languages) >= {"en", "zh_hant", "zh_hans"}
    for language in languages:
        assert (names.words(real, language).str.strip() != "").all()


def test_a_key_that_is_named_twice_is_refused(tiny):
    tiny.put("labels.csv", 2, "key", "it_employment")
    with pytest.raises(ValueError, match=r"\['it_employment'\] are named twice"):
        names.words(tiny.edition)


def test_a_language_that_there_is_not_is_refused_with_those_that_there_are(real):
    with pytest.raises(RefusedValueError, match=r"^there is no language 'de'; there is: en, "):
        names.words(real, "de")
