"""Lines that a recipe leaves out: totals of provinces, notes, places, single lines."""

import pandas as pd
import pytest

from analysis.editions.left_out import Places, province_key, without_left_out
from analysis.editions.recipes import Omission, Recipe

KNOWN = Places(
    {"北京": frozenset({"1"}), "吉林": frozenset({"2"}), "长春": frozenset({"3"})},
    frozenset({"北京", "吉林", "河北", "内蒙古"}),
    frozenset({"1", "2", "3"}),
)
PROVINCES = Omission("totals", rows="provinces")
NOTES = Omission("notes", rows="notes")


def left(names: list[str], *omissions: Omission, figures=None, years=None) -> list[int]:
    lines = pd.RangeIndex(2, 2 + len(names))
    table = pd.DataFrame({"city": names, "gdp": figures or ["1"] * len(names)}, lines)
    table = table.assign(year=years) if years else table
    kept, out = without_left_out(table, table["city"], Recipe(leave_out=omissions), KNOWN)
    assert sorted([*kept.index, *out["line"]]) == list(lines)
    return list(out["line"])


@pytest.mark.parametrize(
    ("names", "out"),
    [
        (["河　北", "  长春"], [2]),
        (["内蒙古自治区", "长春"], [2]),
        (["北　京", "  北　京"], [2]),
        (["  北京", "北京"], [3]),
        (["北京", "北京"], [2]),
        (["北京", "长春"], []),
        (["吉林省", "吉林"], [2]),
        (["吉林市", "长春"], []),
    ],
)
def test_the_line_of_a_province_is_told_from_that_of_a_city_of_its_name(names, out):
    assert left(names, PROVINCES) == out


def test_a_city_of_two_years_is_no_province():
    assert left(["北京", "北京"], PROVINCES, years=["2018", "2019"]) == []
    assert left(["北京", "北京"], PROVINCES, years=["2019", "2019"]) == [2]


def test_a_note_has_no_figure_and_is_no_place():
    names = ["长春", "注：数据不全", "长春", "某地"]
    assert left(names, NOTES, figures=["1", "", "", "5"]) == [3]


def test_places_and_lines_are_left_out_by_name_and_number_with_their_reason():
    omissions = (Omission("no city", place="恩施州"), Omission("twice", line=4))
    table = pd.DataFrame({"city": ["恩 施 州", "长春", "长春"]}, [2, 3, 4])
    kept, out = without_left_out(table, table["city"], Recipe(leave_out=omissions), KNOWN)
    assert out.to_dict("records") == [
        {"line": 2, "name": "恩 施 州", "reason": "no city"},
        {"line": 4, "name": "长春", "reason": "twice"},
    ]
    assert list(kept.index) == [3]


def test_nothing_is_left_out_without_a_rule():
    assert left(["河北", "注"], figures=["1", ""]) == []


@pytest.mark.parametrize("name", ["内蒙古自治区", "内蒙古", "内 蒙 古"])
def test_a_province_has_a_short_name(name):
    assert province_key(name) == "内蒙古"
