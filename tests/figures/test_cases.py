import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from analysis.figures import style
from analysis.figures.cases import case_profiles

from .drawn import dots, is_reproducible, texts, words

CASES = pd.DataFrame({"adcode": list("abz"), "domain": ["economy", "society", "society"]})
SCORES = pd.DataFrame({"adcode": list("ab"), "economy": [80.0, 20.0], "society": [40.0, 60.0]})
DOMAINS = pd.DataFrame(
    [
        ("set", "published", "economy", 30.0),
        ("set", "published", "society", 50.0),
        ("set", "open", "economy", 99.0),
        ("region", "published", "economy", 98.0),
    ],
    columns=["kind", "group", "domain", "median"],
)
NAMED = CASES.assign(name="city " + CASES["adcode"])
LABELS = words(
    "economy_short", "society_short", "unranked", "domain_axis", "singled_out_domain",
    "other_domain", "hundred_median",
)  # fmt: skip


def profiles():
    return case_profiles(NAMED, SCORES, DOMAINS, LABELS)


def test_each_city_has_a_panel_with_a_bar_per_domain():
    first, second, *_ = profiles().axes
    assert (first.get_title(loc="left"), second.get_title(loc="left")) == ("city a", "city b")
    assert [bar.get_width() for bar in first.patches] == [80, 40]
    assert [bar.get_width() for bar in second.patches] == [20, 60]


def test_the_singled_out_domain_has_another_colour_and_a_dot():
    first, second, *_ = profiles().axes
    colours = [bar.get_facecolor() for bar in first.patches]
    assert colours == [to_rgba(style.ACCENT), to_rgba(style.NEUTRAL)]
    assert dots(first)[0] == (80, 0)
    assert dots(second)[0] == (60, 1)


def test_ticks_stand_at_the_medians_of_the_published_cities():
    assert dots(profiles().axes[0])[1:] == [(30, 0), (50, 1)]


def test_a_city_that_is_not_ranked_has_no_bars_and_says_so():
    unranked = profiles().axes[2]
    assert [bar.get_width() for bar in unranked.patches] == [0, 0]
    assert [text.get_text() for text in unranked.texts] == [LABELS["unranked"]]
    assert dots(unranked) == [(30, 0), (50, 1)]


def test_marks_are_explained_however_many_panels_there_are():
    keys = {LABELS[key] for key in ("singled_out_domain", "other_domain", "hundred_median")}
    assert keys <= set(texts(profiles()))
    full = case_profiles(pd.concat([NAMED] * 2), SCORES, DOMAINS, LABELS)
    assert len(full.axes) == 10
    assert keys <= set(texts(full))


@pytest.mark.parametrize("draw", [profiles])
def test_figures_of_cases_are_the_same_twice(draw):
    assert is_reproducible(draw)
