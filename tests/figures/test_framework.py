from functools import cache

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures.framework import framework_map, indicator_rows, under_domains
from analysis.language.numbers import Numbers

from .drawn import is_reproducible, texts, words

# Two domains with one and two sub-domains; six indicators, every grade at least once.
FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index"),
        ("economy", "index", "domain"),
        ("people", "index", "domain"),
        ("industry", "economy", "subdomain"),
        ("health", "people", "subdomain"),
        ("travel", "people", "subdomain"),
        ("software", "industry", "indicator"),
        ("cloud", "industry", "indicator"),
        ("clinics", "health", "indicator"),
        ("buses", "travel", "indicator"),
        ("metro", "travel", "indicator"),
        ("ferries", "travel", "indicator"),
    ],
    columns=["code", "parent", "level"],
)
GRADES = pd.Series(
    {
        "software": "observed",
        "cloud": "none",
        "clinics": "weak",
        "buses": "observed",
        "metro": "proxy",
        "ferries": "lost",
    }
)
LABELS = words(
    *FRAMEWORK["code"], "domain", "subdomain", "indicator", "evidence", *style.GRADE_COLOURS
)


@cache
def draw():
    return framework_map(FRAMEWORK, GRADES, LABELS, Numbers())


def test_every_indicator_stands_below_its_subdomain_and_domain():
    rows = indicator_rows(FRAMEWORK)
    assert list(rows["domain"]) == ["economy"] * 2 + ["people"] * 4
    assert list(rows["subdomain"]) == ["industry"] * 2 + ["health"] + ["travel"] * 3
    assert list(rows["indicator"]) == list(GRADES.index)


def test_a_block_is_as_high_as_the_indicators_in_it():
    heights = [round(patch.get_height()) for patch in draw().axes[0].patches]
    # Domains of 2 and 4 rows, sub-domains of 2, 1 and 3, then a tint and an edge per indicator.
    assert heights == [2, 4] + [2, 1, 3] + [1] * 12


def test_the_edge_of_an_indicator_has_the_colour_of_its_grade():
    patches = [patch for patch in draw().axes[0].patches if isinstance(patch, Rectangle)]
    edges = [to_hex(patch.get_facecolor()) for patch in patches if patch.get_width() < 0.1]
    assert edges == [style.GRADE_COLOURS[grade] for grade in GRADES]


def test_grades_differ_by_mark_too():
    marks = draw().axes[0].lines
    # One mark per indicator and five in the key; the key shows every grade in order.
    assert len(marks) == 11
    looks = [(mark.get_marker(), mark.get_fillstyle()) for mark in marks[6:]]
    assert len(set(looks)) == 5
    assert (marks[0].get_marker(), marks[0].get_fillstyle()) == looks[0]


def test_words_come_from_the_labels_and_the_key_counts_indicators():
    shown = set(texts(draw()))
    assert {f"<{code}>" for code in FRAMEWORK["code"] if code != "index"} <= shown
    assert {"<domain>", "<subdomain>", "<indicator>", "<evidence>"} <= shown
    assert {"<observed> (2)", "<proxy> (1)", "<weak> (1)", "<lost> (1)", "<none> (1)"} <= shown


def test_the_same_frame_gives_the_same_bytes():
    assert is_reproducible(draw)


def test_a_domain_is_named_above_its_indicators():
    table = pd.DataFrame({"part": ["a", "", "b"], "indicator": ["x", "y", "z"]})
    found = under_domains(table.assign(chinese=None), pd.Series(["One", "One", "Two"]))
    assert list(found) == list(table)
    assert found["part"].tolist() == ["One", "a", "", "Two", "b"]
    assert found["indicator"].tolist() == ["", "x", "y", "", "z"]
