"""From a rank down to printed figures: sums add up, figures are where they are said to be."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from conftest import METHODS, lay_out_tiny
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import cli, explain, lineage_tree
from analysis.editions.text_tables import read_table
from analysis.index.composite import Method, build
from analysis.index.decomposition import contributions
from analysis.index.framework import children
from analysis.index.ranking import piecewise_score
from analysis.ranking import lineage, of_record
from analysis.ranking import method as methods

RUN = CliRunner()


@pytest.fixture(scope="module", params=["2019", "2020"])
def ranked(request, real_cells, cells_2019):
    """An edition, its ranking and its anchors."""
    edition = editions.load(request.param)
    cells = real_cells if request.param == "2020" else cells_2019
    ranking = of_record.ranked_cities(edition, cells)
    tiers = edition.reference_table("tiers")
    return edition, ranking, of_record.score_anchors(edition, ranking.composite.index, tiers)


def test_the_contributions_of_every_ranked_city_add_up_to_its_index_and_score(ranked):
    _, ranking, anchors = ranked
    composite = ranking.composite
    scores = piecewise_score(composite.index, anchors)
    assert len(scores) > 250
    parts = contributions(composite.normalised, composite.framework, "arithmetic", "once")
    nodes = lineage.summed(parts, composite.framework)
    assert (nodes["index"] - composite.index).abs().max() < 1e-12
    for city, score in scores.items():
        steps = lineage.score_steps(composite.index, city, anchors)
        assert abs(steps["offset"] + steps["slope"] * nodes.loc[city, "index"] - score) < 1e-12


def test_every_node_is_the_sum_of_what_stands_below_it(ranked):
    _, ranking, _ = ranked
    composite = ranking.composite
    gaps = ranking.matrix.isna().sum(axis=1)
    for city in (gaps.idxmax(), composite.index.idxmax(), composite.index.idxmin()):
        table = lineage.node_table(composite, city).set_index("code")
        for code in table.index[table["level"] != "measure"]:
            below = table.loc[children(composite.framework, code)]
            assert below["weight"].sum() == pytest.approx(1)
            for column in ("share", "contribution"):
                assert table.loc[code, column] == pytest.approx(below[column].sum(), abs=1e-12)
            share, value = table.loc[code, "share"], table.loc[code, "value"]
            expected = share * value if share else 0
            assert table.loc[code, "contribution"] == pytest.approx(expected, abs=1e-12)


def test_under_every_method_the_points_add_up_to_the_index_and_every_node(other_ranking):
    composite = other_ranking.composite
    method = (composite.method.aggregation, composite.method.renormalisation)
    parts = contributions(composite.normalised, composite.framework, *method)
    assert len(parts) == 286
    assert (parts.sum(axis=1) - composite.index).abs().max() < 1e-9
    assert (parts.fillna(0) >= 0).all(axis=None)
    gaps = composite.normalised.isna().sum(axis=1)
    for city in (gaps.idxmax(), composite.index.idxmax(), composite.index.idxmin()):
        table = lineage.node_table(composite, city).set_index("code")
        for code in table.index[table["level"] != "measure"]:
            below = table.loc[children(composite.framework, code)]
            for column in ("share", "contribution"):
                assert table.loc[code, column] == pytest.approx(below[column].sum(), abs=1e-9)
            made = table.loc[code, ["share", "counted"]].prod()
            assert table.loc[code, "contribution"] == pytest.approx(made, abs=1e-9)


@pytest.fixture(scope="module", params=METHODS)
def tiny_method(request, tmp_path_factory) -> editions.Edition:
    """The tiny edition under each of `METHODS`."""
    return lay_out_tiny(tmp_path_factory.mktemp(request.param)).choose_class(request.param)


@pytest.fixture(scope="module")
def explained(tiny_method) -> dict:
    """What explains the rank of a city of it."""
    return explain.lineage(tiny_method, "910300")


def test_under_every_method_what_is_shown_adds_up_to_what_is_shown(tiny_method, explained):
    found = explained
    points = sum(measure["contribution"] or 0 for measure in measures_of(found["index"]))
    assert points == pytest.approx(found["index"]["value"], abs=1e-9)
    assert found["index"]["contribution"] == pytest.approx(points, abs=1e-9)
    score = found["score"]
    assert score["offset"] + score["slope"] * points == pytest.approx(score["score"], abs=1e-9)
    shown = list(lineage_tree.lines_of(found))
    means = [line for line in shown if line.startswith("means: ")]
    arithmetic = methods.load(tiny_method).parameters["aggregation"] == "arithmetic"
    assert len(means) == (0 if arithmetic else 1)
    headlines = [lineage_tree.headline(m).plain for m in measures_of(found["index"])]
    assert any(" counts " in line for line in headlines) != arithmetic


@pytest.mark.usefixtures("cleaned_once")
@pytest.mark.parametrize(
    ("mean", "stretch"), [("geometric", np.log), ("harmonic", lambda value: 1 / value)]
)
def test_what_a_value_counts_for_worked_out_by_hand(real_copy, mean, stretch):
    """From the floor of 60 to the index, in proportion on the scale on which means are sums."""
    real_copy.choose(normalisation="efficacy_coefficient", aggregation=mean)
    index = explain.lineage(real_copy.edition, "440300")["index"]
    way = (index["value"] - 60) / (stretch(index["value"]) - stretch(60))
    for measure in measures_of(index):
        if measure["value"] is not None:
            by_hand = 60 + way * (stretch(measure["value"]) - stretch(60))
            assert measure["counted"] == pytest.approx(by_hand, rel=1e-12)


def test_the_scale_of_a_figure_is_told_as_the_method_has_it(tiny_method, explained):
    by_code = {measure["code"]: measure for measure in measures_of(explained["index"])}
    scale = methods.load(tiny_method).parameters["normalisation"]
    words = {
        "min_max": "on the scale from", "efficacy_coefficient": "on the scale from",
        "percentile_rank": "by its place among the cities", "distance_to_best": "in percent of",
    }  # fmt: skip
    for code in ("telecom_revenue", "patents_granted"):
        measure = by_code[code]
        line = lineage_tree.scale_line(measure["figure"], measure["treatment"])
        assert words[scale] in line
        ends = [f"{measure['treatment'][end]:,.6g}" for end in ("lowest", "highest")]
        worst, best = ends[::-1] if code == "telecom_revenue" else ends
        assert line.endswith(f"{best}, by the ruler of edition {tiny_method.name}")
        assert f"from {worst} to {best}" in line or scale == "distance_to_best"


def weights_of_measures(edition, ranking) -> pd.Series:
    """Weights in the complete framework: one over the numbers of siblings, level by level."""
    parent = edition.reference_table("framework").set_index("code")["parent"]
    siblings = parent.value_counts()
    of_indicator = {}
    for code in parent.index:
        path = [code]
        while parent[path[-1]]:
            path.append(parent[path[-1]])
        of_indicator[code] = math.prod(1 / siblings[above] for above in path[1:])
    listed = edition.reference_table("measures").set_index("measure")["indicator"]
    indicator = listed[ranking.matrix.columns]
    return indicator.map(of_indicator) / indicator.map(indicator.value_counts())


def test_a_gap_leaves_its_weight_to_all_that_the_city_has(real, real_cells):
    ranking = of_record.ranked_cities(real, real_cells)
    matrix, complete = ranking.matrix, weights_of_measures(real, ranking)
    gap = matrix["telecom_revenue"].isna() & matrix["it_employment"].notna()
    city = matrix.index[gap][0]
    table = lineage.node_table(ranking.composite, city).set_index("code")
    has = matrix.loc[city].notna()
    assert table.loc["telecom_revenue", "share"] == 0
    assert math.isnan(table.loc["telecom_revenue", "value"])
    shares = table.loc[has.index[has], "share"]
    assert shares.tolist() == pytest.approx((complete[has] / complete[has].sum()).tolist())
    assert table.loc["it_employment", "weight"] == 0.5


def test_a_score_between_two_anchors_lies_on_the_line_through_them():
    # From (40, 60) to (50, 80): two points of score a point of index, and -20 at an index of 0.
    anchors = pd.DataFrame({"index": [50.0, 40.0, 70.0], "score": [80.0, 60.0, 90.0]})
    index = pd.Series({"a": 45.0, "b": 10.0, "c": 90.0, "d": 50.0})
    steps = lineage.score_steps(index, "a", anchors)
    assert (steps["score"], steps["slope"], steps["offset"]) == (70, 2, -20)
    assert steps["from"] == {"index": 40, "score": 60}
    assert lineage.score_steps(index, "b", anchors)["score"] == 0
    assert lineage.score_steps(index, "c", anchors)["score"] == 100
    assert lineage.score_steps(index, "d", anchors)["slope"] == 0.5


def answer(*words: str) -> dict:
    done = RUN.invoke(cli.app, ["explain", *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def measures_of(node: dict) -> list[dict]:
    if "figure" in node:
        return [node]
    return [measure for child in node["children"] for measure in measures_of(child)]


@pytest.fixture(scope="module")
def shenzhen() -> dict:
    return answer("深圳", "--edition", "2020")


def test_one_measure_followed_by_hand(shenzhen, real, real_cells):
    """Science spending: logarithm, scale and weights worked out without the engine's."""
    ranks = real.result("scores")
    values = real_cells[real_cells["measure"] == "science_spending"].set_index("adcode")["value"]
    values = values.loc[ranks["adcode"]]
    spread = values.max() - values.min()
    logs = np.log(values - values.min() + 0.01 * spread)
    by_hand = 100 * (logs["440300"] - logs.min()) / (logs.max() - logs.min())
    [measure] = [m for m in measures_of(shenzhen["index"]) if m["code"] == "science_spending"]
    assert measure["treatment"]["method"] == "log"
    assert measure["value"] == pytest.approx(by_hand, rel=1e-12)
    # 6 domains, 3 sub-domains in innovation, 2 indicators, 2 measures; of all that is measured.
    ranking = of_record.ranked_cities(real, real_cells)
    complete = weights_of_measures(real, ranking)
    has = ranking.matrix.loc["440300"].notna()
    share = 1 / 6 / 3 / 2 / 2 / complete[has].sum()
    assert measure["share"] == pytest.approx(share)
    assert measure["contribution"] == pytest.approx(by_hand * share, rel=1e-12)


def test_the_answer_agrees_with_the_committed_results(shenzhen, real):
    row = real.result("scores").set_index("adcode").loc["440300"]
    interval = real.result("uncertainty").set_index("adcode").loc["440300"]
    assert shenzhen["rank"] == row["rank"]
    assert shenzhen["score"]["score"] == pytest.approx(row["score"], rel=1e-8)
    assert shenzhen["index"]["value"] == pytest.approx(row["index"], rel=1e-8)
    assert shenzhen["rank_interval"] == [interval["rank_low"], interval["rank_high"]]
    assert shenzhen["published_place"] == 1


@pytest.mark.usefixtures("cleaned_once")
def test_every_figure_stands_in_the_line_and_column_that_are_named(shenzhen, real):
    carried = answer("鄭州", "--edition", "2020")
    for found in (shenzhen, carried):
        figures_stand_where_they_are_said_to(found, real)


def figures_stand_where_they_are_said_to(found: dict, real: editions.Edition) -> None:
    """Every figure of a city is in its file, line and column as it is shown."""
    figures = [measure["figure"] for measure in measures_of(found["index"])]
    assert len(figures) > 20
    for figure in figures:
        if figure["printed"] == "":
            continue
        if figure["line"] is None:
            assert figure["printed"].startswith(("not listed", "not itself named ("))
            assert figure["value"] == 0
            continue
        table = read_table(real.raw / figure["file"])
        assert str(table.loc[figure["line"], figure["column"]]) == figure["printed"]
        assert figure["citation"]


@pytest.mark.usefixtures("cleaned_once")
def test_a_carried_figure_says_what_was_refused_and_why():
    found = answer("Zhengzhou", "--indicator", "telecom_revenue", "--edition", "2020")
    [measure] = measures_of(found["index"])
    assert measure["figure"]["status"] == "carried"
    assert measure["figure"]["year"] == 2018
    assert measure["figure"]["refused"] == "12684189"
    assert "2000 yuan per mobile subscriber" in measure["figure"]["reason"]


def small_index():
    """Five units by one measure of which less is better, the last figure far off, and a gap."""
    data = pd.DataFrame({"a": [1.0, 2, 3, 4, 100, None]}, index=list("uvwxyz"))
    rows = [("top", "", "index", 1, 1), ("a", "top", "measure", 1, -1)]
    framework = pd.DataFrame(rows, columns=["code", "parent", "level", "weight", "direction"])
    return build(data, framework, method=Method()), data


def test_what_treatment_did_to_a_figure_by_hand():
    composite, data = small_index()
    steps = lineage.treatment_steps(composite, data, "a", "y")
    assert steps == {
        "method": "winsorised", "changed": True, "treated_value": 4.0, "lowest": 1.0,
        "highest": 4.0, "direction": -1, "normalisation": "min_max",
        "ruler": {"lowest": 1.0, "highest": 100.0, "lower_bound": None, "upper_bound": 4.0},
    }  # fmt: skip
    kept = lineage.treatment_steps(composite, data, "a", "u")
    assert (kept["changed"], kept["treated_value"]) == (False, 1.0)
    gap = lineage.treatment_steps(composite, data, "a", "z")
    assert (gap["changed"], gap["treated_value"]) == (False, None)


def test_the_nodes_of_a_unit_by_hand():
    composite, _ = small_index()
    table = lineage.node_table(composite, "v").set_index("code")
    # 2 on the scale from 4, the worst, to 1.
    for code in ("top", "a"):
        numbers = table.loc[code, list(lineage.NUMBERS)].tolist()
        assert numbers == pytest.approx([1, 1, 200 / 3, 200 / 3, 200 / 3])
    empty = lineage.empty_node_table(composite.framework)
    assert empty["code"].tolist() == ["top", "a"]
    assert empty[list(lineage.NUMBERS)].isna().all(axis=None)


def test_the_place_and_the_stage_of_a_unit_by_hand():
    composite, _ = small_index()
    anchors = pd.DataFrame({"index": [0.0, 100.0], "score": [50.0, 90.0]})
    tiers = pd.DataFrame({"tier": ["high", "low"], "minimum": [85.0, None]})
    # u has the index 100 and so the score 90; y, pulled in to 4, shares the last place with x.
    first = lineage.ranked_city(composite, "u", anchors, tiers)
    assert (first["rank"], first["ranked"], first["tier"]) == (1, 6, "high")
    assert first["score"]["score"] == 90
    last = lineage.ranked_city(composite, "y", anchors, tiers)
    assert (last["rank"], last["tier"], last["score"]["score"]) == (4, "low", 50)


def test_of_a_tree_the_way_to_one_node_and_all_below_it_is_left():
    a, b = {"code": "a", "value": 1}, {"code": "b", "value": 2}
    left, right = {"code": "left", "children": [a, b]}, {"code": "right", "children": []}
    tree = {"code": "top", "value": 3, "children": [left, right]}
    assert lineage.only(tree, "left") == tree | {"children": [left]}
    assert lineage.only(tree, "b") == tree | {"children": [{"code": "left", "children": [b]}]}
    assert lineage.only(tree, "top") == tree
    assert lineage.only(tree, "elsewhere") is None


REFERENCES = {
    "sources": pd.DataFrame({"file": ["book.csv"], "citation": ["Yearbook, p. 7"]}),
    "columns": pd.DataFrame(
        {
            "file": ["book.csv", "book.csv", "other.csv"],
            "column": ["jobs", "phones", "jobs"],
            "heading": ["Jobs", "Phones", "Work"],
            "table": ["2-1", "2-2", "9-9"],
            "unit": ["persons", "10,000 persons", "persons"],
        }
    ),
    "corrections": pd.DataFrame({"correction": ["slip"], "reason": ["Misprint."], "source": [""]}),
    "cleaning_rules": pd.DataFrame(
        {"rule": ["repeat"], "statement": ["Not twice."], "reason": ["It stands still."]}
    ),
    "averaged": pd.DataFrame(
        {
            "adcode": ["A", "A", "B"],
            "city": "Elm",
            "measure": "jobs",
            "year": [2018, 2019, 2019],
            "printed": ["8", "14", "9"],
            "value": [8.0, 14.0, 9.0],
            "year_mean": [5.0, 11.5, 11.5],
            "deviation": [3.0, 2.5, -2.5],
            "file": "book.csv",
            "line": [3, 7, 8],
            "column": "jobs",
        }
    ),
}
CELL = {
    "unit": "persons", "status": "observed", "averaged": "", "printed": "12", "refused": "",
    "rule": "",
    "file": "book.csv", "value": 12.0, "year": 2019, "line": 7, "column": "jobs",
}  # fmt: skip


def test_a_figure_comes_with_its_heading_and_its_source():
    found = lineage.figure_steps(CELL, REFERENCES)
    assert (found["heading"], found["table"]) == ("Jobs", "2-1")
    assert found["citation"] == "Yearbook, p. 7"
    assert (found["value"], found["year"], found["line"], found["reason"]) == (12.0, 2019, 7, "")
    other = lineage.figure_steps(CELL | {"column": "phones"}, REFERENCES)
    assert (other["heading"], other["table"]) == ("Phones", "2-2")
    assert (found["printed_unit"], other["printed_unit"]) == ("", "10,000 persons")
    lost = CELL | {"file": "", "column": "", "value": None, "year": None, "line": None}
    found = lineage.figure_steps(lost, REFERENCES)
    assert (found["heading"], found["table"], found["citation"]) == ("", "", "")
    assert (found["value"], found["year"], found["line"]) == (None, None, None)


def test_a_mean_over_years_comes_with_the_figures_and_the_places_that_it_is_made_of():
    # 11.5 + (3 + 2.5) / 2 = 14.25
    averaged = CELL | {"value": 14.25, "averaged": "2018|2019", "adcode": "A", "measure": "jobs"}
    found = lineage.figure_steps(averaged, REFERENCES)["mean"]
    assert found["level"] == 11.5
    years = [(row["year"], row["printed"], row["deviation"], row["line"]) for row in found["years"]]
    assert years == [(2018, "8", 3.0, 3), (2019, "14", 2.5, 7)]
    assert lineage.figure_steps(CELL, REFERENCES)["mean"] == {}


@pytest.mark.parametrize(
    ("rule", "said"),
    [("slip", "Misprint."), ("repeat", "Not twice. It stands still."), ("other", ""), ("", "")],
)
def test_a_rule_is_told_in_the_words_of_its_table(rule, said):
    assert lineage.reason(rule, REFERENCES) == said


def test_an_edition_that_takes_rulers_over_says_whose_they_are():
    found = explain.lineage(editions.load("2019"), "440300")
    assert any("are those of edition 2020" in line for line in lineage_tree.lines_of(found))
    rulers = editions.load("2020").result("rulers").set_index("measure")
    for measure in measures_of(found["index"]):
        steps = measure.get("treatment")
        if steps and measure["code"] in rulers.index:
            assert steps["ruler_of"] == "2020"
            assert steps["ruler"]["highest"] == rulers.loc[measure["code"], "highest"]
    own = explain.lineage(editions.load("2020"), "440300")
    assert not any("are those of edition" in line for line in lineage_tree.lines_of(own))
