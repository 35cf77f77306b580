"""The command `uncertainty`, with a design of its own on the real edition."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.commands import cli

DESIGN = """factor,kind,level,alternative,low,high,share,meaning
weights,technique,domain,,0.5,2,,tried
treatment,technique,,winsorise maximum=5,,,1,tried
normalisation,technique,,min_max lower=0 upper=100,,,1,tried
aggregation,technique,,arithmetic,,,1,tried
evidence,concept,,observed proxy,,,1,tried
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("draws")
    (folder / "design.csv").write_text(DESIGN, "utf8")
    arguments = ["--draws", "300", "--design", folder / "design.csv"]
    command = ["uncertainty", "2020", *arguments, "--output", folder / "found.csv"]
    outcome = CliRunner().invoke(cli.app, [str(part) for part in command])
    return outcome, pd.read_csv(folder / "found.csv", dtype={"adcode": str})


def test_it_says_what_was_drawn_and_where_it_is(drawn):
    outcome, table = drawn
    assert outcome.exit_code == 0
    assert f"300 draws, {len(table)} cities" in outcome.output.replace("\n", " ")


def test_weights_alone_move_few_ranks_far(drawn):
    _, table = drawn
    assert (table["rank"] == table["rank"].sort_values().to_numpy()).all()
    assert (table["rank_low"] <= table["median_rank"]).all()
    assert 0 < (table["rank_high"] - table["rank_low"]).median() < len(table) / 4
