"""Where the cities lie, as dots."""

from math import cos, radians

import pandas as pd
import pytest

from analysis.publish.site import locator

CITIES = pd.DataFrame(
    {"adcode": ["a", "b", "c"], "lon": [100.0, 120.0, 110.0], "lat": [20.0, 40.0, 30.0]}
)


def test_the_west_is_left_the_north_is_up_and_both_degrees_are_true_to_scale():
    found = locator.positions(CITIES)
    # 240 less two margins of 6 for 20 degrees of longitude, which are 20 cos 36° of latitude.
    down = 6 + 228 / cos(radians(36))
    assert found.loc["a"].tolist() == [6, pytest.approx(down, abs=0.05)]
    assert found.loc["b"].tolist() == [234, 6]
    assert found.loc["c", "x"] == 120
    assert locator.map_height(found) == round(down + 6)


def test_the_map_has_a_dot_for_every_city_and_ends_below_the_last_one():
    places = locator.positions(CITIES)
    drawing = locator.map_drawing(places)
    assert drawing.count("<circle") == 3
    assert f'viewBox="0 0 240 {locator.map_height(places)}"' in drawing


def test_a_single_city_lies_somewhere():
    assert locator.positions(CITIES.head(1)).to_numpy().tolist() == [[6, 6]]
