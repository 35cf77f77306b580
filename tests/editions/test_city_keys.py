"""Cities by name."""

import pytest

from analysis.editions import incoming
from analysis.editions.city_keys import code_of, lookup_rule


@pytest.mark.parametrize(
    "name", ["深圳市", "深圳", "Shenzhen", "SHENZHEN", "岳陽市", "嶽陽市", "Urumqi", "Wulumuqi"]
)
def test_every_name_of_a_real_city_has_one_code(real, name):
    index = incoming.known_names(real)
    assert code_of(name, index)


@pytest.mark.parametrize("name", ["Suzhou", "Fuzhou", "Taizhou", "Yichun", "Yulin"])
def test_an_english_name_of_two_real_cities_stands_for_none(real, name):
    index = incoming.known_names(real)
    assert code_of(name, index) is None
    assert len(index[name.casefold()]) == 2


def test_the_nearest_city_is_named_first(tiny_edition):
    cities, index = tiny_edition.reference_table("cities"), incoming.known_names(tiny_edition)
    # The code of Cedar comes after that of Birch, but its name is nearer.
    rule = lookup_rule("Cedarch", index, cities)
    assert rule.index("Cedar 910300") < rule.index("Birch 910200")
