"""What the places of a table are, and what is asked about them."""

import pandas as pd
import pytest

from analysis.editions.importing.places import nearest, place_findings
from analysis.editions.left_out import Places
from analysis.editions.recipes import Omission

CITIES = {"酒泉": frozenset({"1"}), "厦门": frozenset({"2"}), "济南": frozenset({"3"})}
KNOWN = Places(CITIES, frozenset({"甘肃"}), frozenset({"1", "2", "3"}))
OUTSIDE = {"莱芜": "merged into 济南市 in 2019"}


def found(*names: str, figures: str = "1"):
    table = pd.DataFrame({"city": names, "gdp": figures}, range(2, 2 + len(names)))
    return place_findings(table, table["city"], KNOWN, OUTSIDE)


def test_a_place_outside_the_list_is_left_out_for_what_it_is():
    assert found("酒泉市", "莱芜市").omissions == [
        Omission("merged into 济南市 in 2019", place="莱芜市")
    ]


def test_totals_are_left_out_by_one_rule():
    assert found("甘肃省", "酒泉").omissions == [Omission("totals of provinces", rows="provinces")]


def test_a_misreading_is_asked_about_with_the_city_that_is_missing():
    assert found("洒泉市", "厦门市").unknown == {"洒泉市": ["酒泉"]}
    assert "酒泉" not in found("洒泉市", "酒泉市").unknown["洒泉市"]


def test_short_names_and_blanks_in_names_are_no_matter():
    result = found("  酒　泉", "厦门", "济 南 市")
    assert (result.omissions, result.unknown, len(result.repeated)) == ([], {}, 0)


def test_a_place_given_twice_is_named_by_its_second_line():
    assert found("酒泉市", "厦门", "酒 泉").repeated.to_dict() == {4: "酒 泉"}


@pytest.mark.parametrize(("name", "near"), [("夏门市", ["厦门"]), ("天边市", [])])
def test_the_nearest_name_is_one_sign_off(name, near):
    assert nearest(name, {"厦门", "酒泉"}) == near
