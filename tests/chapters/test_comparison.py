"""Two editions side by side: moves add up, parts are what they are called, draws are joint."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech import said
from typer.testing import CliRunner

from analysis import editions
from analysis.chapters import assembly, comparison
from analysis.chapters.comparison import changes, clear_moves
from analysis.commands import cli
from analysis.commands.compare import compared_tables
from analysis.editions.fact_values import sentence
from analysis.index.composite import Method, build
from analysis.index.robustness.draws import Sampler
from analysis.ranking import cleaning, of_record
from analysis.ranking.scores import Ranking

# An index of two measures, or of one; nothing is treated.
PLAIN = Method(skewness_limit=float("inf"))
NOTHING_LACKS = pd.DataFrame(columns=["adcode", "domain", "share", "needed"])


def side(values: dict[str, list[float]], cities: str, method: Method = PLAIN) -> Ranking:
    """An edition with these measures of these cities, all of equal weight."""
    matrix = pd.DataFrame(values, index=list(cities), dtype=float)
    rows = [("index", "", "index")] + [(name, "index", "measure") for name in values]
    framework = pd.DataFrame(rows, columns=["code", "parent", "level"])
    composite = build(matrix, framework.assign(weight=1.0, direction=1), method=method)
    return Ranking(matrix, composite, pd.DataFrame(), NOTHING_LACKS)


def moves(before: Ranking, after: Ranking) -> pd.DataFrame:
    return comparison.move_table(before, after).set_index("adcode")


def test_new_figures_alone():
    table = moves(side({"x": [3, 2, 1]}, "abc"), side({"x": [1, 2, 3]}, "abc"))
    assert table.index.tolist() == ["c", "b", "a"]
    assert table["move"].to_dict() == {"c": 2, "b": 0, "a": -2}
    assert table["from_data"].equals(table["move"].rename("from_data"))
    assert not table[["from_coverage", "from_method"]].any(axis=None)


def test_a_city_that_comes_in_ahead_costs_places_by_coverage():
    table = moves(side({"x": [3, 2, 1]}, "abc"), side({"x": [9, 3, 2, 1]}, "zabc"))
    assert table["move"].tolist() == [-1, -1, -1]
    assert table["from_coverage"].tolist() == [-1, -1, -1]


def test_a_measure_that_comes_in_acts_by_coverage():
    # By x alone a, b, c; y turns the order round: (100 + 0) / 2, (50 + 100) / 2, (0 + 50) / 2.
    after = side({"x": [3, 2, 1], "y": [0, 2, 1]}, "abc")
    table = moves(side({"x": [3, 2, 1]}, "abc"), after)
    assert table["move"].to_dict() == {"b": 1, "a": -1, "c": 0}
    assert table["from_coverage"].to_dict() == {"b": 1, "a": -1, "c": 0}


def test_a_change_of_method_is_told_from_new_figures():
    # Arithmetic means on 1 to 100: a (100 + 1) / 2 = b; by geometric means b is ahead of a.
    values = {"x": [100.0, 60.0, 0.0], "y": [0.0, 39.0, 100.0]}
    options = {"lower": 1.0, "upper": 100.0}
    old = Method(skewness_limit=float("inf"), normalisation_options=options)
    new = Method(
        skewness_limit=float("inf"), normalisation_options=options, aggregation="geometric"
    )
    table = moves(side(values, "abc", old), side(values, "abc", new))
    assert table["move"].to_dict() == {"b": 2, "a": -1, "c": -1}
    assert table["from_method"].equals(table["move"].rename("from_method"))
    assert said(sentence("comparison_method", places=2)).endswith("up to 2 places.")


def shared_indicator(measures: dict[str, list[float]]) -> Ranking:
    """An edition renormalised once: `beds` measured by one or two measures, `roads` by one."""
    matrix = pd.DataFrame(measures, index=list("abc"), dtype=float)
    rows = [("index", "", "index", 1.0), ("beds", "index", "indicator", 0.5),
            ("roads", "index", "indicator", 0.5)]  # fmt: skip
    above = {name: "roads" if name == "road" else "beds" for name in measures}
    share = {name: 0.5 / list(above.values()).count(node) for name, node in above.items()}
    rows += [(name, node, "measure", share[name]) for name, node in above.items()]
    tree = pd.DataFrame(rows, columns=["code", "parent", "level", "part"])
    tree = tree.assign(weight=1.0, direction=1)
    method = replace(PLAIN, renormalisation="once")
    weighed = tree.assign(weight=tree["part"])
    composite = build(matrix, weighed, method=method)
    return Ranking(matrix, composite, pd.DataFrame(), NOTHING_LACKS)


def test_a_measure_that_an_edition_lost_is_no_change_of_method():
    # By bed and road alone a has (100 + 0) / 2 = 50, b 45, c (0 + 100) / 2 = 50: the indicator of
    # beds keeps its half, whether one measure or two stand for it.
    kept = {"bed": [100.0, 50, 0], "road": [0.0, 40, 100]}
    before = shared_indicator({**kept, "nurse": [0.0, 90, 100]})
    after = shared_indicator(kept)
    table = moves(before, after)
    assert not table[["from_data", "from_method"]].any(axis=None)
    assert table["from_coverage"].equals(table["move"].rename("from_coverage"))
    assert table["move"].abs().max() > 0


def test_cities_of_one_edition_are_named_with_what_they_lack():
    before, after = side({"x": [3, 2, 1]}, "abc"), side({"x": [9, 3]}, "za")
    lacks = [("z", "all", 0.2, 0.65), ("z", "economy", 0.0, 0.5), ("a", "all", 0.0, 0.65)]
    lacks = pd.DataFrame(lacks, columns=NOTHING_LACKS.columns)
    before = replace(before, shortfalls=lacks)
    table = comparison.change_table(before, after, pd.Series({c: c.upper() for c in "abcz"}))
    assert table["change"].tolist() == ["entered", "left", "left"]
    assert table["city"].tolist() == ["Z", "B", "C"]
    assert table["rank"].tolist() == [1, 2, 3]
    found = comparison.lack_table(table, before, after)
    assert list(found.itertuples(index=False, name=None)) == [
        ("entered", "z", "all", 0.2, 0.65),
        ("entered", "z", "economy", 0.0, 0.5),
    ]


figures = st.lists(st.integers(0, 50), min_size=6, max_size=6, unique=True)


@given(figures, figures, figures, figures, st.permutations("abcdef"))
def test_the_parts_always_add_up_and_the_order_of_the_cities_does_not_matter(x, y, u, v, order):
    before, after = side({"x": x, "y": y}, "abcdef"), side({"y": u, "w": v}, "bcdefg")
    table = moves(before, after)
    parts = table[["from_coverage", "from_data", "from_method"]].sum(axis=1)
    assert parts.equals(table["move"])
    assert table["move"].equals(table["rank_before"] - table["rank_after"])
    mixed = before.matrix.loc[list(order)]
    again = moves(side({name: mixed[name].tolist() for name in mixed}, "".join(order)), after)
    pd.testing.assert_frame_equal(again.sort_index(), table.sort_index())


@pytest.fixture(scope="module")
def cells(real_cells, cells_2019) -> dict[str, pd.DataFrame]:
    """The cells of both editions, by name."""
    return {"2019": cells_2019, "2020": real_cells}


@pytest.fixture(scope="module")
def inputs(cells):
    return [
        assembly.study_inputs(of_record.ranked_edition(editions.load(name), cells[name]))
        for name in cells
    ]


def test_an_edition_beside_itself_has_not_moved_in_any_draw(inputs):
    table = comparison.interval_table(inputs[1], inputs[1], draws=50)
    assert len(table) == len(inputs[1].ranking.matrix)
    assert not table[["move_low", "move_high", "exceeds"]].any(axis=None)


def test_a_draw_makes_the_same_choices_in_both_editions(inputs):
    before, after = inputs
    cities = before.ranking.matrix.index.intersection(after.ranking.matrix.index)
    design = comparison.without_copies(comparison.read_design(after.design))
    measures = comparison.shared_measures(before, after, cities)
    studies = [comparison.joint_study(one, after, cities, measures) for one in inputs]
    drawn = [Sampler(design, study) for study in studies]
    tables = [sampler.table(sampler.draw(7, 0, 20)) for sampler in drawn]
    pd.testing.assert_frame_equal(*tables)


def test_an_interval_exceeds_where_it_holds_no_zero(inputs):
    table = comparison.interval_table(*inputs, draws=60)
    assert (table["move_low"] <= table["move_high"]).all()
    inside = (table["move_low"] <= 0) & (table["move_high"] >= 0)
    assert np.array_equal(table["exceeds"] == 0, inside)


def test_a_method_of_the_edition_alone_is_the_change_of_method(real_copy, cells, monkeypatch):
    """A copy of method.csv in the folder of one edition changes that one and no other."""
    edition = real_copy.edition
    own = edition.raw / "reference"
    own.mkdir()
    shared = edition.reference / "method.csv"
    text = shared.read_text("utf8").replace("skewness_limit,2,", "skewness_limit,1000,")
    (own / "method.csv").write_text(text.replace("comparison_draws,2000", "comparison_draws,20"))
    pair = [editions.load(name, edition.root) for name in ("2019", "2020")]
    monkeypatch.setattr(cleaning, "clean", lambda edition: cells[edition.name])
    tables = compared_tables(*pair)
    assert tables["comparison"]["from_method"].abs().max() > 10
    untouched = [one.reference_table("method") for one in (pair[0], editions.load("2019"))]
    pd.testing.assert_frame_equal(*untouched)


def test_the_command_shows_the_moves_and_writes_them(tmp_path, real):
    words = ["compare", "2019", "2020", "--rows", "3", "--output", str(tmp_path / "moves.csv")]
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code == 0
    assert "270 cities are ranked in both; 16 only in 2020, 0 only in 2019" in " ".join(
        done.stdout.split()
    )
    written = pd.read_csv(tmp_path / "moves.csv", dtype={"adcode": str})
    pd.testing.assert_frame_equal(written, real.result("comparison"), check_dtype=False)


TIERS = pd.DataFrame(
    {"tier": ["top", "low", "rest"], "minimum": [85, 60, None], "last_place": [5, 100, None]}
)
ANCHORS = pd.DataFrame({"index": [0.0, 100.0], "score": [0.0, 100.0]})


def test_cities_are_counted_in_the_bands_by_all_measures_and_by_the_common_ones():
    before = side({"x": [0, 70, 100], "q": [0, 100, 100]}, "abc")
    after = side({"x": [0, 100, 50], "y": [0, 0, 100]}, "abc")
    table = comparison.band_table(before, after, ANCHORS, TIERS)
    # All: 0, 85, 100 and 0, 50, 75. By x alone: 0, 70, 100 and 0, 100, 50.
    assert table.to_dict("list") == {
        "tier": ["top", "low"], "before": [2, 0], "after": [0, 1],
        "before_common": [1, 1], "after_common": [1, 0],
    }  # fmt: skip
    assert comparison.measures_of_one(before, after) == ["y", "q"]


def test_editions_of_different_anchors_have_no_common_bands():
    one = side({"x": [0, 70, 100]}, "abc")
    assert comparison.band_table(one, one, None, TIERS).empty


def test_a_ruler_that_holds_for_both_leaves_only_the_figures_to_change():
    before = side({"x": [0, 50, 100], "y": [60, 40, 0]}, "abc")
    matrix = pd.DataFrame({"x": [0.0, 50, 90], "y": [60.0, 40, 0]}, index=list("abc"))
    made = before.composite
    after = build(matrix, made.framework, method=PLAIN, rulers=made.rulers)
    places = comparison.cut_down_places(matrix, made, matrix.index, ["x", "y"])
    # 0 + 100, 50 + 66.7, 90 + 0 on the rulers of the earlier one; stretched anew, c would have 100.
    assert places.to_dict() == {"a": 2, "b": 1, "c": 3}
    assert after.normalised["x"].tolist() == [0, 50, 90]


@pytest.mark.parametrize(
    ("counts", "lost", "gained", "words"),
    [
        ({}, [], [], "scored by different rulers"),
        ({"before": [3, 4], "after": [5, 6], "before_common": [3, 4], "after_common": [5, 6]},
         [], [],
         "Scored by one ruler, edition 1 has 3 and 4 cities in the three stages, edition 2 has "
         "5 and 6. "
         "Both have the same measures."),
        ({"before": [3, 4], "after": [5, 6], "before_common": [3, 9], "after_common": [5, 8]},
         [], ["x"], "Only edition 2 has X. By the measures that both have, these numbers would be "
         "3 and 9, and 5 and 8."),
        ({"before": [3, 4], "after": [5, 6], "before_common": [3, 9], "after_common": [5, 8]},
         ["y"], ["x"], "Only edition 1 has Y. Only edition 2 takes X. By the measures that both"),
    ],
)  # fmt: skip
def test_the_numbers_in_the_bands_make_a_sentence(counts, lost, gained, words):
    named = {"before": "1", "after": "2", "lost": lost, "gained": gained}
    value = sentence("comparison_bands", counts=counts, **named)
    assert words in " ".join(said(value, labels=pd.Series({"x": "X", "y": "Y"})).split())


def test_each_edition_is_named_with_the_measures_that_only_it_has():
    sides = pd.DataFrame({"measure": ["x", "y", "z"], "edition": ["2020", "2021", "2020"]})
    counts = pd.DataFrame({"tier": ["a"], "before": [1], "after": [2]})
    tables = {"comparison_sides": sides, "comparison_bands": counts}
    found = comparison.bands(tables, "2020", "2021")
    assert (found["lost"], found["gained"]) == (["x", "z"], ["y"])
    assert found["counts"] == {"before": [1], "after": [2]}


NAMES = pd.Series({code: code.upper() for code in "abcde"})


@pytest.mark.parametrize(
    ("entered", "left", "text"),
    [
        ("", "", "Neither edition ranks a city that the other does not."),
        ("abcd", "", "Of the others, 4 are new, A, B and C the best placed among them."),
        ("", "a", "Of the others, 1 has dropped out."),
        (
            "a",
            "bc",
            "Of the others, 1 is new, A the best placed among them, and 2 have dropped out.",
        ),
    ],
)
def test_cities_of_one_edition_make_a_sentence(entered, left, text):
    one, other = (pd.DataFrame({"adcode": list(codes)}) for codes in (entered, left))
    assert said(changes(one, other), NAMES) == text


BOTH = "Counting only the cities and measures of both editions"


@pytest.mark.parametrize(
    ("clear", "count"),
    [
        ({}, f"{BOTH}, no city moves by more than our choices leave open."),
        ({"a": (1, 9)}, f"{BOTH}, 1 city moves by more than our choices leave open "
         "(10 %), 1 upwards and 0 downwards."),
        ({"c": (-5, -4), "b": (-4, -1), "d": (-3, -3), "e": (-9, -2), "a": (2, 9)},
         f"{BOTH}, 5 cities move by more than our choices leave open "
         "(50 %), 1 upwards and 4 downwards."),
    ],
)  # fmt: skip
def test_clear_moves_make_a_sentence_each_in_the_direction_of_its_interval(clear, count):
    table = pd.DataFrame(list(clear.values()), columns=["move_low", "move_high"])
    # Coverage can leave a city in place, or take it elsewhere: that is no part of the interval.
    assert said(clear_moves(table.assign(move=0), 10)) == count


def test_the_measure_that_is_followed_makes_a_sentence_and_so_does_none():
    table = pd.DataFrame({"measure": ["x", "y"], "correlation": [-0.5, 0.25]})
    text = said(comparison.followed(table), labels=pd.Series({"x": "Xs", "y": "Ys"}))
    assert "is that of the xs:" in text
    assert "by −0.50 (Pearson)" in text
    for nothing in (table.iloc[:0], table.assign(correlation=float("nan"))):
        assert said(comparison.followed(nothing)).startswith("No measure that both editions have")


def test_moves_follow_the_measure_that_changed_with_them():
    before = side({"a": [0, 50, 100, 50], "b": [10, 20, 30, 40]}, "wxyz")
    after = side({"a": [100, 50, 0, 50], "b": [10, 20, 30, 40]}, "wxyz")
    table = pd.DataFrame({"adcode": list("wxyz"), "move": [2, 0, -2, 0]})
    found = comparison.followed_measures(before, after, table)
    # Measure a changes by 100, 0, -100, 0, as the moves do; b changes nowhere.
    assert found["measure"].tolist() == ["a"]
    assert found["correlation"].tolist() == pytest.approx([1.0])


def test_the_measure_that_is_followed_most_closely_comes_first_whatever_its_sign():
    before = side({"a": [0, 50, 100, 50], "b": [0, 40, 100, 30]}, "wxyz")
    after = side({"a": [0, 70, 100, 30], "b": [100, 40, 0, 30]}, "wxyz")
    table = pd.DataFrame({"adcode": list("wxyz"), "move": [-2, 0, 2, 1]})
    found = comparison.followed_measures(before, after, table)
    assert found["measure"].tolist() == ["b", "a"]
    assert found["correlation"].iloc[0] < -0.9
