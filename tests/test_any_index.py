"""An index on any units from two files: the reference case, one of another depth, and refusals."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import any_index, case_files, cli
from analysis.validation import InputRefusedError

COINR = Path(__file__).parent / "fixtures" / "coinr_syn297"
TREE = """code,parent,weight,direction,name
top,,,,Everything
wealth,top,3,,
health,top,1,,
income,wealth,,,
births,health,,1,
deaths,health,,-1,
wages,income,,,
rents,income,3,,
"""
# Wages, rents and births run from 0 to 10; of deaths fewer are better.
DATA = """unit,wages,rents,births,deaths
Unit A,0,10,10,20
Unit B,10,0,0,10
Unit C,5,10,,15
Unit D,5,,,
"""
NO_TREATMENT = "parameter,value\nskewness_limit,1000\n"


@pytest.fixture
def run(tmp_path):
    """Write the files of a case and compute its index by the command."""

    def command(tree: str, data: str, *words: str, method: str = NO_TREATMENT):
        files = {"tree.csv": tree, "data.csv": data, "method.csv": method}
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf8")
        places = [str(tmp_path / name) for name in ("tree.csv", "data.csv")]
        options = ["--method", str(tmp_path / "method.csv"), "--output", str(tmp_path / "out")]
        return CliRunner().invoke(cli.app, ["index", *places, *options, *words])

    return command


def written(tmp_path, name: str) -> pd.DataFrame:
    return pd.read_csv(tmp_path / "out" / f"{name}.csv")


def test_the_reference_case_comes_out_as_in_coinr(tmp_path):
    meta = pd.read_csv(COINR / "iMeta.csv").query("Type != 'Group'")
    names = {"iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction"}
    meta.rename(columns=names)[list(names.values())].to_csv(tmp_path / "tree.csv", index=False)
    words = ["index", str(tmp_path / "tree.csv"), str(COINR / "02_Imputed.csv")]
    done = CliRunner().invoke(cli.app, [*words, "--output", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    theirs = pd.read_csv(COINR / "05_Aggregated.csv", index_col=0)
    nodes = written(tmp_path, "nodes").set_index("unit")
    pd.testing.assert_frame_equal(
        nodes, theirs.loc[nodes.index, nodes.columns], rtol=1e-10, atol=0, check_names=False
    )
    ranking = written(tmp_path, "ranking").set_index("unit")
    ranks = pd.read_csv(COINR / "results_ranks_Full.csv", index_col=0)["Index"]
    assert ranking["rank"].equals(ranks.loc[ranking.index].astype("int64").rename("rank"))


def test_a_tree_of_another_depth_worked_by_hand(run, tmp_path):
    assert run(TREE, DATA).exit_code == 0
    # Scales: wages A 0, B 100, C 50; rents 100, 0, 100; births 100, 0, -; deaths 0, 100, 50.
    # income = (wages + 3 rents) / 4: 75, 25, 87.5; health: 50, 50, 50 (of deaths alone).
    # top = (3 wealth + health) / 4: 68.75, 31.25, 78.125. D has a quarter of its figures.
    ranking = written(tmp_path, "ranking")
    assert ranking["unit"].tolist() == ["Unit C", "Unit A", "Unit B"]
    assert ranking["index"].tolist() == [78.125, 68.75, 31.25]
    assert ranking["rank"].tolist() == [1, 2, 3]
    assert ranking["coverage"].tolist() == [0.75, 1, 1]
    assert written(tmp_path, "nodes").set_index("unit").loc["Unit C", "income"] == 87.5
    unranked = written(tmp_path, "unranked")
    assert unranked["unit"].tolist() == ["Unit D"]
    assert unranked["reason"].tolist() == [
        "25% of all figures, 65% needed; 0% of health, 50% needed"
    ]
    weights = written(tmp_path, "weights").set_index("code")["weight"]
    assert weights["wealth"] == 0.75
    assert weights["rents"] == 0.75


def test_contributions_add_up_to_the_index(run, tmp_path):
    run(TREE, DATA)
    parts = written(tmp_path, "contributions").set_index("unit").sum(axis=1)
    index = written(tmp_path, "ranking").set_index("unit")["index"]
    assert parts[index.index].to_numpy() == pytest.approx(index.to_numpy())


def test_a_leaf_without_figures_leaves_its_branch_and_is_named(run, tmp_path):
    without = "\n".join(line.rpartition(",")[0] for line in DATA.splitlines())
    assert run(TREE, without).exit_code == 0
    assert written(tmp_path, "without_figures")["code"].tolist() == ["deaths"]
    assert "deaths" not in written(tmp_path, "leaves")


def test_the_method_of_the_table_is_used(run, tmp_path):
    rules = f"{NO_TREATMENT}aggregation,geometric\nnormalisation,rank_scores\ncoverage_all,0.8\n"
    assert run(TREE, DATA, method=rules).exit_code == 0
    ranking = written(tmp_path, "ranking").set_index("unit")
    # Ranks count upwards: A 1 and 2 in wages and rents, 2 and 1 in births and deaths.
    income = (1 * 2**3) ** 0.25
    assert ranking.loc["Unit A", "index"] == pytest.approx((income**3 * 2**0.5) ** 0.25)
    assert set(ranking.index) == {"Unit A", "Unit B"}
    assert not (tmp_path / "out" / "contributions.csv").exists()


def test_weights_may_follow_from_the_data(run, tmp_path):
    complete = DATA.replace("Unit C,5,10,,15", "Unit C,5,10,2,15")
    assert run(TREE, complete, method=f"{NO_TREATMENT}weighting,critic\n").exit_code == 0
    weights = written(tmp_path, "weights").set_index("code")["weight"]
    assert weights["wealth"] != 0.75
    assert weights[["wages", "rents"]].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("tree", "data", "faults"),
    [
        (
            TREE.replace("rents,income,3", "rents,income,-3").replace(",-1,", ",down,"),
            DATA,
            [
                ("tree.csv", "7", "direction", "down", "must be one of 1, -1"),
                ("tree.csv", "9", "weight", "-3", "must be at least 1e-9"),
            ],
        ),
        (
            TREE.replace("births,health", "births,helath").replace("wages,", "rank,"),
            DATA,
            [("tree.csv", "8", "code", "rank", "is the name of a column of the results")],
        ),
        (
            TREE.replace("births,health", "births,helath"),
            DATA,
            [("tree.csv", "", "", "", "parent 'helath' of 'births' is not a code")],
        ),
        (
            TREE,
            DATA.replace("wages", "wage").replace("Unit B", "Unit A").replace("10,20", '10,"2,5"'),
            [
                ("data.csv", "1", "wage", "", "no such column is known as a leaf of the framework; "
                 "the nearest: wages"),
                ("data.csv", "2", "deaths", "2,5", "must be a number"),
                ("data.csv", "3", "unit", "Unit A", "must not repeat"),
            ],
        ),
        (
            TREE,
            DATA.replace("Unit C", "=1+1"),
            [("data.csv", "4", "unit", "=1+1",
              "must not begin with = + - or @, as a formula does")],
        ),
        (
            TREE,
            "unit,other\na,1\n",
            [
                ("data.csv", "1", "other", "",
                 "no such column is known as a leaf of the framework"),
                ("data.csv", "1", "", "", "no column has the code of a leaf of the framework"),
            ],
        ),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_with_every_fault(run, tmp_path, tree, data, faults):
    done = run(tree, data)
    assert isinstance(done.exception, InputRefusedError)
    found = done.exception.faults.astype(str).itertuples(index=False, name=None)
    assert list(found) == faults
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("method", "rule"),
    [
        ("normalisation,zscore", "normalisation must be one of min_max, z_score"),
        ("coverage_all,1.5", "coverage_all must be at least 0 and at most 1"),
        ("colour,red", "no such parameter is known; known are skewness_limit"),
    ],
)
def test_a_wrong_method_is_refused(run, method, rule):
    done = run(TREE, DATA, method=f"parameter,value\n{method}\n")
    [row] = done.exception.faults.to_dict("records")
    assert (row["file"], row["line"]) == ("method.csv", 2)
    assert row["rule"].startswith(rule)


def test_without_enough_figures_nobody_is_ranked_and_nothing_is_written(run, tmp_path):
    done = run(TREE, "unit,wages,rents\na,1,\nb,,1\n")
    with pytest.raises(ValueError, match="no unit has the share of figures"):
        raise done.exception
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_left_alone(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", "utf8")
    done = run(TREE, DATA)
    with pytest.raises(ValueError, match=r"out holds other files \(letter.txt\)"):
        raise done.exception
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_a_second_run_replaces_the_first_whole(run, tmp_path):
    run(TREE, DATA)
    run(TREE, DATA, method=f"{NO_TREATMENT}aggregation,geometric\nnormalisation,rank_scores\n")
    assert not (tmp_path / "out" / "contributions.csv").exists()


def test_names_and_levels_of_the_files_are_kept(tmp_path):
    tree = TREE.replace("code,parent", "level,code,parent").splitlines()
    levels = ["", "index", "pillar", "pillar", "theme", "leaf", "leaf", "leaf", "leaf"]
    rows = [tree[0], *(f"{level},{row}" for level, row in zip(levels[1:], tree[1:], strict=True))]
    (tmp_path / "tree.csv").write_text("\n".join(rows) + "\n", "utf8")
    named = DATA.replace("unit,", "unit,name,").replace("Unit A,", "Unit A,<script>,")
    for unit in "BCD":
        named = named.replace(f"Unit {unit},", f"Unit {unit},{unit},")
    (tmp_path / "data.csv").write_text(named, "gb18030")
    case = case_files.read_case(tmp_path / "tree.csv", tmp_path / "data.csv")
    tables = any_index.index_tables(case)
    assert set(tables["weights"]["level"]) == {"pillar", "theme", "leaf"}
    assert set(tables["ranking"]["name"]) == {"<script>", "B", "C"}
    assert np.isfinite(tables["ranking"]["index"]).all()
