"""What a search compares, in Python and on the page: every name of a city or province."""

import pytest

from analysis.publish.explorer import search

from .conftest import calculated

# What is typed, and a city that is to be among what is found.
QUERIES = {
    "Xian": "西安", "xi'an": "西安", "xi’an": "西安", "shen zhen": "深圳", "SHENZHEN city": "深圳",
    "sz": "深圳", "taian": "泰安", "luan": "六安", "深圳": "深圳", "深圳市": "深圳",
    "440300": "深圳", "蘇州": "苏州", "haerbin": "哈尔滨", "hhht": "呼和浩特",
    "lvliang": "吕梁", "Lüliang": "吕梁",
    "suzhou, jiangsu": "苏州", "广东": "深圳", "廣東": "深圳", "guangdong": "深圳", "gd": "深圳",
    "guang dong province": "深圳", "嶽陽": "岳阳",
}  # fmt: skip
FOUND = (
    "((data) => b.map((query) => [...data.cities, ...data.unranked]"
    ".filter((city) => isFound(city, query)).map(({ zh }) => zh)))(readData(a))"
)


@pytest.fixture(scope="module")
def found(only_tab, data) -> dict[str, list[str]]:
    """Short Chinese names of the cities that each query finds, on the page."""
    queries = [*QUERIES, "Atlantis", "b", "shanxi"]
    return dict(zip(queries, calculated(only_tab, FOUND, data, queries), strict=True))


@pytest.mark.parametrize(("query", "city"), QUERIES.items())
def test_a_search_forgives(found, query, city):
    assert city in found[query]
    assert len(found[query]) <= 30


def test_a_name_that_nobody_has_finds_nothing(found):
    assert found["Atlantis"] == []


def test_one_letter_must_be_the_first(found):
    assert "北京" in found["b"]
    assert "哈尔滨" not in found["b"]


def test_provinces_that_are_read_alike_are_both_found(found):
    assert {"太原", "延安"} <= set(found["shanxi"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Xi’an", "xian"), ("Lü liang", "luliang"), ("廣東 省", "廣東省"),
     ("Suzhou (Anhui)", "suzhouanhui"),
     ("440300", "440300"), (" -'", "")],
)  # fmt: skip
def test_letters_and_figures_are_left_in_python_and_on_the_page(tab, text, plain):
    assert search.folded(text) == plain
    assert calculated(tab, "folded(a)", text) == plain


def test_every_name_is_a_key_once_and_the_initials_come_last():
    assert search.joined_keys(["深圳市", "深圳市", "Shen-zhen", ""], "shen zhen") == (
        "深圳市|shenzhen|=sz"
    )
    assert search.joined_keys(["甲市"], "") == "甲市"


def test_every_city_and_province_can_be_read(real):
    read = search.readings(real)
    cities = real.reference_table("cities")["name_zh_hans"].str.removesuffix("市")
    provinces = real.reference_table("provinces")["province_zh_hans"]
    short = provinces.str.replace(search.KINDS, "", regex=True)
    assert {*cities, *short} == set(read)
    # A character is a syllable.
    assert [name for name, said in read.items() if len(said.split()) != len(name)] == []


def test_most_english_names_are_the_readings(real):
    cities = real.reference_table("cities")
    read = search.readings(real)
    names = cities["name_en"].str.replace(r" \(.*\)", "", regex=True).map(search.folded)
    said = cities["name_zh_hans"].str.removesuffix("市").map(read).map(search.folded)
    # Names that are written as in Mongolian, Tibetan, Uyghur and Manchu, and by custom.
    assert set(cities["name_zh_hans"][names != said]) == {
        "呼和浩特市", "鄂尔多斯市", "呼伦贝尔市", "巴彦淖尔市", "乌兰察布市", "哈尔滨市",
        "齐齐哈尔市", "拉萨市", "日喀则市", "昌都市", "林芝市", "那曲市",
        "乌鲁木齐市", "克拉玛依市", "吐鲁番市",
    }  # fmt: skip


def test_an_edition_without_readings_is_searched_by_its_names(built_tiny):
    assert search.readings(built_tiny) == {}
    assert search.city_keys(built_tiny)["910100"].startswith("甲市|alder")
    assert "northshore" in search.province_keys(built_tiny)["Northshore"]
