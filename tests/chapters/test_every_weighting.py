"""Places under every weighting of the domains, worked by hand."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import every_weighting
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex, Method

CITIES = pd.DataFrame({"adcode": ["u", "v", "w"], "name_en": ["Ue", "Vee", "We"]})
NAMES = pd.Series({"u": "Ue", "v": "Vee", "w": "We"})
TREE = pd.DataFrame(
    {
        "code": ["top", "economy", "society", "a", "b"],
        "parent": ["", "top", "top", "economy", "society"],
        "weight": 1.0,
    }
)
# u leads where the economy weighs more than a half, v elsewhere; w is behind both.
VALUES = pd.DataFrame({"a": [90.0, 50, 20], "b": [50.0, 90, 40]}, index=["u", "v", "w"])


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    nothing = pd.DataFrame()
    composite = CompositeIndex(
        nothing, nothing, nothing, VALUES, aggregate(VALUES, TREE), TREE, Method()
    )
    places = pd.Series({"u": 1, "v": 1, "w": 3})
    return every_weighting.weighting_tables(composite, places, CITIES, draws=4000, seed=1)


def test_a_city_is_first_as_often_as_the_weights_that_put_it_there(tables):
    shares = tables["every_weighting"]
    assert shares["city"].tolist() == ["Ue", "Vee", "We"]
    assert shares["p_top1"].tolist() == pytest.approx([0.5, 0.5, 0], abs=0.03)
    assert shares["p_top10"].tolist() == [1, 1, 1]


def test_the_central_weights_of_the_first_place_are_the_middle_of_its_half(tables):
    central = tables["central_weights"]
    first = central[central["top"] == 1].pivot(index="adcode", columns="code", values="weight")
    assert list(first.index) == ["u", "v"]
    assert first.loc["u"].tolist() == pytest.approx([0.75, 0.25], abs=0.01)
    assert first.loc["v"].tolist() == pytest.approx([0.25, 0.75], abs=0.01)
    assert central.groupby(["adcode", "top"])["weight"].sum().round(6).eq(1).all()


def test_cities_are_counted_by_whether_weights_decide():
    shares = pd.DataFrame(
        {
            "adcode": ["u", "v", "w"],
            "rank": [1, 100, 101],
            "p_top1": [0.4, 0.6, 0.0],
            "p_top100": [1.0, 0.9999, 0.0],
        }
    )
    facts = said(every_weighting.weighting_facts({"every_weighting": shares}), NAMES)
    assert (facts["first_cities"], facts["first_names"]) == ("2", "Vee and Ue")
    assert (facts["leader"], facts["leader_share"]) == ("Vee", "60 %")
    counts = [facts[f"{often}_hundred"] for often in ("always", "sometimes", "never", "of_the")]
    assert counts == ["1", "1", "1", "1"]
    beyond = shares.assign(rank=[101, 102, 103])
    facts = said(every_weighting.weighting_facts({"every_weighting": beyond}), NAMES)
    assert (facts["always_hundred"], facts["of_the_hundred"]) == ("1", "0")


def test_the_committed_shares_of_the_first_place_make_one(real):
    # Ties of two cities at the first place would make more.
    assert real.result("every_weighting")["p_top1"].sum() == pytest.approx(1, abs=1e-6)
