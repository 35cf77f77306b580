"""Cities by name."""

import pytest

from analysis.editions import incoming


@pytest.mark.parametrize(
    "name", ["深圳市", "深圳", "Shenzhen", "SHENZHEN", "岳陽市", "嶽陽市", "Urumqi", "Wulumuqi"]
)
def test_every_name_of_a_real_city_has_one_code(real, name):
    index = incoming.name_index(*incoming.city_tables(real))
    assert incoming_code(name, index)


@pytest.mark.parametrize("name", ["Suzhou", "Fuzhou", "Taizhou", "Yichun", "Yulin"])
def test_an_english_name_of_two_real_cities_stands_for_none(real, name):
    index = incoming.name_index(*incoming.city_tables(real))
    assert incoming_code(name, index) is None
    assert len(index[name.casefold()]) == 2


def incoming_code(name: str, index: dict) -> str | None:
    from analysis.editions.city_keys import code_of

    return code_of(name, index)
