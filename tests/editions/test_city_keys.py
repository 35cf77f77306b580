"""Cities by name."""

import pytest

from analysis.editions import incoming
from analysis.editions.city_keys import code_of


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
