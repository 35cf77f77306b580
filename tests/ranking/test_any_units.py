"""An index on any units from two files: the reference case, and others worked by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from any_units import DATA, FLAT, TREE, lay_out, ranking, tables
from hypothesis import given
from hypothesis import strategies as st

from analysis.editions import ROOT
from analysis.editions.validation.case_files import CaseFiles, read_case
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking.any_units import TABLES, index_tables

COINR = Path(__file__).parents[1] / "fixtures" / "coinr_syn297"
# The index engine is wrong by no more than this, in points.
ROUNDING = 1e-9


def test_the_reference_case_comes_out_as_in_coinr(tmp_path):
    meta = pd.read_csv(COINR / "iMeta.csv").query("Type != 'Group'")
    names = {"iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction"}
    meta.rename(columns=names)[list(names.values())].to_csv(tmp_path / "tree.csv", index=False)
    found = index_tables(read_case(CaseFiles(tmp_path / "tree.csv", COINR / "02_Imputed.csv")))
    theirs = pd.read_csv(COINR / "05_Aggregated.csv", index_col=0)
    nodes = found["nodes"].set_index("unit")
    pd.testing.assert_frame_equal(
        nodes, theirs.loc[nodes.index, nodes.columns], rtol=1e-10, atol=0, check_names=False
    )
    places = found["ranking"].set_index("unit")["rank"]
    ranks = pd.read_csv(COINR / "results_ranks_Full.csv", index_col=0)["Index"]
    assert places.equals(ranks.loc[places.index].astype("int64").rename("rank"))


def test_a_tree_of_another_depth_worked_by_hand(tmp_path):
    found = tables(tmp_path)
    assert tuple(found) == TABLES
    # Scales: wages A 0, B 100, C 50; rents 100, 0, 100; births 100, 0, -; deaths 0, 100, 50.
    # income = (wages + 3 rents) / 4: 75, 25, 87.5; health: 50, 50, 50 (of deaths alone).
    # top = (3 wealth + health) / 4: 68.75, 31.25, 78.125. D has a quarter of its figures.
    places = found["ranking"]
    assert places["unit"].tolist() == ["Unit C", "Unit A", "Unit B"]
    assert places["index"].tolist() == [78.125, 68.75, 31.25]
    assert places["rank"].tolist() == [1, 2, 3]
    assert places["coverage"].tolist() == [0.75, 1, 1]
    assert found["nodes"].set_index("unit").loc["Unit C", "income"] == 87.5
    lacking = found["unranked"]
    assert lacking["unit"].tolist() == ["Unit D"]
    reason = "1 of 4 figures, 65% needed; 0 of 2 figures of health, 50% needed"
    assert lacking["reason"].tolist() == [reason]
    weights = found["weights"].set_index("code")["weight"]
    assert weights["wealth"] == 0.75
    assert weights["rents"] == 0.75


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "harmonic"])
def test_contributions_add_up_to_the_index_under_any_mean(tmp_path, aggregation):
    found = tables(tmp_path, method=f"scale_lower,1\naggregation,{aggregation}")
    parts = found["contributions"].set_index("unit").sum(axis=1)
    index = found["ranking"].set_index("unit")["index"]
    assert parts[index.index].to_numpy() == pytest.approx(index.to_numpy())


def test_a_leaf_without_figures_leaves_its_branch_and_is_named(tmp_path):
    without = "\n".join(line.rpartition(",")[0] for line in DATA.splitlines())
    found = tables(tmp_path, TREE, without)
    assert found["without_figures"]["code"].tolist() == ["deaths"]
    assert "deaths" not in found["leaves"]


def test_the_method_of_the_table_is_used(tmp_path):
    method = "aggregation,geometric\nnormalisation,rank_scores\ncoverage_all,0.8"
    places = ranking(tmp_path, method=method)
    # Ranks count upwards: A 1 and 2 in wages and rents, 2 and 1 in births and deaths.
    income = (1 * 2**3) ** 0.25
    assert places.loc["Unit A", "index"] == pytest.approx((income**3 * 2**0.5) ** 0.25)
    assert set(places.index) == {"Unit A", "Unit B"}


def test_weights_may_follow_from_the_data(tmp_path):
    complete = DATA.replace("Unit C,5,10,,15", "Unit C,5,10,2,15")
    weights = tables(tmp_path, TREE, complete, "weighting,critic")["weights"]
    shares = weights.set_index("code")["weight"]
    assert shares["wealth"] != 0.75
    assert shares[["wages", "rents"]].sum() == pytest.approx(1)


def test_one_unit_alone_is_no_ranking(tmp_path):
    data = "unit,a,b,c\nA,10,20,70\nB,70,,\nC,,70,30\n"
    method = "coverage_all,0.9"
    with pytest.raises(InputRefusedError, match="one unit alone has the figures for a rank"):
        tables(tmp_path, FLAT, data, method)


def test_a_leaf_in_which_all_ranked_units_are_alike_is_refused(tmp_path):
    data = "unit,a,b,c\nA,10,20,70\nB,70,20,20\nC,20,20,10\n"
    with pytest.raises(InputRefusedError, match="tells no ranked unit from another"):
        tables(tmp_path, FLAT, data)


def test_names_and_levels_of_the_files_are_kept(tmp_path):
    tree = TREE.replace("code,parent", "level,code,parent").splitlines()
    levels = ["", "index", "pillar", "pillar", "theme", "leaf", "leaf", "leaf", "leaf"]
    rows = [tree[0], *(f"{level},{row}" for level, row in zip(levels[1:], tree[1:], strict=True))]
    named = DATA.replace("unit,", "unit,name,").replace("Unit A,", "Unit A,<script>,")
    for unit in "BCD":
        named = named.replace(f"Unit {unit},", f"Unit {unit},{unit},")
    found = tables(tmp_path, "\n".join(rows), named)
    assert set(found["weights"]["level"]) == {"pillar", "theme", "leaf"}
    assert set(found["ranking"]["name"]) == {"<script>", "B", "C"}


def test_units_with_equal_figures_in_another_order_tie(tmp_path):
    data = "unit,a,b,c\nA,10,20,70\nB,70,10,20\nC,20,70,10\nD,0,0,0\nE,100,100,100\n"
    places = ranking(tmp_path, FLAT, data)
    assert len(set(places.loc[["A", "B", "C"], "index"])) > 1  # they differ in the last digit
    assert places["rank"].to_dict() == {"E": 1, "A": 2, "B": 2, "C": 2, "D": 5}


def test_a_leaf_below_the_top_is_no_branch_of_one(tmp_path):
    leaves = [("teaching", 30), ("world", 7.5), ("research", 30), ("cited", 30), ("income", 2.5)]
    tree = "code,parent,weight\ntop,,\n" + "".join(f"{c},top,{w}\n" for c, w in leaves)
    data = (
        "unit,teaching,world,research,cited,income\nX,90,90,98,95,70\nY,85,55,88,94,\nZ,7,5,7,6,9\n"
    )
    places = ranking(tmp_path, tree, data)
    assert places.loc["Y", "coverage"] == 0.8
    # A branch of one is a branch: a unit without its figure has none of it.
    branch = tree.replace("income,top", "money,top") + "income,money,1\n"
    found = tables(tmp_path, branch, data)
    assert found["unranked"]["reason"].tolist() == ["0 of 1 figures of money, 50% needed"]


def test_a_unit_without_any_figure_has_no_rank_whatever_the_rule_says(tmp_path):
    data = "unit,a,b,c\nA,1,2,3\nB,,1,\nC,,,\nD,3,4,2\n"
    found = tables(tmp_path, FLAT, data, "coverage_all,0\ncoverage_branch,0")
    assert set(found["ranking"]["unit"]) == {"A", "B", "D"}
    assert found["unranked"].to_dict("list") == {
        "unit": ["C"],
        "coverage": [0.0],
        "reason": ["no figures"],
    }


def test_a_share_that_just_misses_the_rule_is_shown_as_it_is(tmp_path):
    # 11 of 17 are 64.7 %: rounded, they would seem to be the 65 % that are needed.
    codes = [f"c{number}" for number in range(17)]
    tree = "code,parent\ntop,\n" + "".join(f"{code},top\n" for code in codes)
    rows = [
        ["A", *map(str, range(17))],
        ["B", *map(str, range(1, 18))],
        ["C", *["5"] * 11, *[""] * 6],
    ]
    data = "\n".join(map(",".join, [["unit", *codes], *rows]))
    lacking = tables(tmp_path, tree, data)["unranked"]
    assert lacking["reason"].tolist() == ["11 of 17 figures, 65% needed"]


def test_the_framework_of_the_project_serves_as_it_is(tmp_path):
    path = ROOT / "data" / "reference" / "framework.csv"
    framework = pd.read_csv(path, dtype=str, keep_default_na=False)
    codes = framework.loc[framework["level"] == "indicator", "code"]
    figures = np.random.default_rng(1).uniform(1, 9, (4, len(codes)))
    data = pd.DataFrame(figures, ["A", "B", "C", "D"], codes).to_csv()
    found = tables(tmp_path, path.read_text("utf8"), data)
    assert list(found["ranking"].columns[5:]) == list(
        framework.loc[framework["level"] == "domain", "code"]
    )


# --- Frameworks of any shape, against the definition worked out node by node. ---


@st.composite
def random_trees(draw: st.DrawFn) -> list[tuple[str, str, float, int]]:
    """Code, parent, weight and direction of nodes, each below an earlier one."""
    parents = draw(st.lists(st.integers(0, 30), min_size=1, max_size=12))
    rows = [("n0", "", 1.0, 1)]
    for number, parent in enumerate(parents, 1):
        weight = draw(st.integers(1, 9))
        rows.append(
            (f"n{number}", f"n{parent % number}", float(weight), draw(st.sampled_from([1, -1])))
        )
    inner = {parent for _, parent, *_ in rows}
    return [(c, p, w, 1 if c in inner else d) for c, p, w, d in rows]


@st.composite
def random_cases(draw: st.DrawFn) -> tuple[list[tuple[str, str, float, int]], pd.DataFrame]:
    """A tree, and whole figures with gaps; in two units every leaf differs."""
    rows = draw(random_trees())
    inner = {parent for _, parent, *_ in rows}
    leaves = [code for code, *_ in rows if code not in inner]
    cell = st.one_of(st.none(), st.integers(-50, 50))
    more = draw(st.lists(st.lists(cell, min_size=len(leaves), max_size=len(leaves)), max_size=6))
    data = [[0] * len(leaves), [7] * len(leaves), *more]
    units = [f"u{number}" for number in range(len(data))]
    return rows, pd.DataFrame(data, units, leaves, dtype="Int64")


def texts(rows, data: pd.DataFrame) -> tuple[str, str]:
    tree = pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"])
    return tree.to_csv(index=False), data.rename_axis("unit").to_csv()


def defined_value(rows, code: str, scaled: dict[str, float]) -> float | None:
    """The value of a node of one unit: the mean of the children that are there."""
    below = [(child, weight) for child, parent, weight, _ in rows if parent == code]
    if not below:
        return scaled.get(code)
    there = [(value, weight) for child, weight in below
             if (value := defined_value(rows, child, scaled)) is not None]  # fmt: skip
    total = sum(weight for _, weight in there)
    return sum(value * weight for value, weight in there) / total if there else None


NO_RULE = "treatment,none\ncoverage_all,0\ncoverage_branch,0"


@given(random_cases())
def test_the_index_of_any_tree_is_what_its_definition_says(tmp_path_factory, case):
    rows, data = case
    found = tables(tmp_path_factory.mktemp("case"), *texts(rows, data), NO_RULE)
    turned = {code: direction for code, _, _, direction in rows}
    ranked = data.dropna(how="all")
    scales = {}
    for leaf in ranked:
        figures = ranked[leaf].dropna().astype(int) * turned[leaf]
        low, high = figures.min(), figures.max()
        scales[leaf] = {unit: 100 * (x - low) / (high - low) for unit, x in figures.items()}
    nodes = found["nodes"].set_index("unit")
    for unit in ranked.index:
        scaled = {leaf: scale[unit] for leaf, scale in scales.items() if unit in scale}
        for code in nodes:
            expected = defined_value(rows, code, scaled)
            value = nodes.loc[unit, code]
            assert (expected is None and np.isnan(value)) or abs(value - expected) < ROUNDING
    places = found["ranking"].set_index("unit")
    for unit, place in places["rank"].items():
        better = places["index"] > places.loc[unit, "index"] + ROUNDING
        assert place == 1 + better.sum()
    assert set(places.index) == set(ranked.index)


@given(random_cases(), st.randoms())
def test_neither_the_order_of_lines_nor_a_turned_leaf_nor_other_units_matter(
    tmp_path_factory, case, chance
):
    rows, data = case
    folder = tmp_path_factory.mktemp("case")
    first = ranking(folder, *texts(rows, data), NO_RULE)
    shuffled = [rows[0], *chance.sample(rows[1:], len(rows) - 1)]
    leaf = data.columns[0]
    turned = [(c, p, w, -d if c == leaf else d) for c, p, w, d in shuffled]
    other = data.sample(frac=1, random_state=chance.randrange(1000))
    other = other.assign(**{leaf: 5 - 3 * other[leaf]})
    second = ranking(folder, *texts(turned, other), NO_RULE)
    assert second["rank"].to_dict() == first["rank"].to_dict()
    assert second.loc[first.index, "index"].to_numpy() == pytest.approx(first["index"].to_numpy())


@given(random_cases(), st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_every_node_lies_between_its_leaves_and_parts_add_up(tmp_path_factory, case, mean):
    rows, data = case
    method = f"{NO_RULE}\nscale_lower,1\naggregation,{mean}"
    found = tables(tmp_path_factory.mktemp("case"), *texts(rows, data), method)
    nodes, leaves, parts = (
        found[name].set_index("unit") for name in ("nodes", "leaves", "contributions")
    )
    index = found["ranking"].set_index("unit")["index"]
    assert (nodes.le(leaves.max(axis=1) + ROUNDING, axis=0) | nodes.isna()).all(axis=None)
    assert (nodes.ge(leaves.min(axis=1) - ROUNDING, axis=0) | nodes.isna()).all(axis=None)
    assert parts.sum(axis=1)[index.index].to_numpy() == pytest.approx(index.to_numpy())


def test_columns_that_hold_no_code_of_a_leaf_do_not_turn_up(tmp_path):
    files = lay_out(tmp_path, FLAT, "unit,name,a,b,c\nA,x,1,2,3\nB,y,2,1,4\n")
    assert list(read_case(files).data.columns) == ["a", "b", "c"]
