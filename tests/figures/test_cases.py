import pandas as pd
import pytest

from analysis.figures.cases import domain_picture

from .drawn import dots, is_reproducible, texts, words
from .legible import faults

CASES = {
    "economy": pd.Series({"b": "city b"}, name="economy"),
    "society": pd.Series({"a": "city a", "z": "city z"}, name="society"),
}
SCORES = pd.DataFrame({"adcode": list("abc"), "economy": [80.0, 20, 0], "society": [40.0, 60, 90]})
DOMAINS = pd.DataFrame(
    [
        ("set", "published", "economy", 30.0),
        ("set", "published", "society", 50.0),
        ("set", "open", "society", 99.0),
        ("region", "published", "society", 98.0),
    ],
    columns=["kind", "group", "domain", "median"],
)
LABELS = words("ranked_cities", "unranked", "domain_axis")


def picture(domain="society"):
    return domain_picture(CASES[domain], SCORES, DOMAINS, LABELS)


def test_a_row_for_each_city_singled_out_for_the_domain_and_one_for_all_ranked_cities():
    (axes,) = picture().axes
    named = [label.get_text() for label in axes.get_yticklabels()]
    assert named == ["city a", "city z", "<ranked_cities>"]
    assert dots(axes) == [(40, 0), (40, 2), (60, 2), (90, 2)]
    assert dots(picture("economy").axes[0]) == [(20, 0), (80, 1), (20, 1), (0, 1)]


def test_a_line_stands_at_the_median_of_the_published_cities():
    *_, median = picture().axes[0].lines
    assert list(median.get_xdata()) == [50, 50]


def test_a_city_that_is_not_ranked_has_no_dot_and_says_so():
    assert texts(picture()).count("<unranked>") == 1
    assert texts(picture("economy")).count("<unranked>") == 0


def test_a_domain_that_nobody_has_figures_of_has_no_dots():
    axes = domain_picture(CASES["society"].rename("nature"), SCORES, DOMAINS, LABELS).axes[0]
    assert dots(axes) == []
    assert [text.get_text() for text in axes.texts] == ["<unranked>"] * 2


def test_on_a_phone_the_picture_is_narrower_and_shows_the_same():
    narrow = domain_picture(CASES["society"], SCORES, DOMAINS, LABELS, narrow=True)
    assert narrow.get_figwidth() * 2.54 == pytest.approx(6.2)
    assert dots(narrow.axes[0]) == dots(picture().axes[0])
    assert faults(narrow) == []


def test_pictures_of_domains_are_the_same_twice():
    assert is_reproducible(picture)
