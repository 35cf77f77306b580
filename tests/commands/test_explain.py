"""The command that explains a rank: what it refuses, and what it does not quote."""

import pytest
from typer.testing import CliRunner

from analysis.commands import cli, explain, lineage_tree
from analysis.editions.validation.faults import InputRefusedError

RUN = CliRunner()
pytestmark = pytest.mark.usefixtures("cleaned_once")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Suzhou"], r"'Suzhou' is the name of several cities: .*320500.*341300"),
        (["Shenzen"], r"'Shenzen' is no known name of a city; the nearest: .*440300"),
        (
            ["440300", "--indicator", "colour"],
            r"colour: no such node; the nodes .* fixed_broadband",
        ),
        (
            ["440300", "--indicator", "iot_sensing"],
            r"iot_sensing: the index .* no figures below it",
        ),
    ],
)
def test_what_cannot_be_explained_is_refused_with_what_can(words, message):
    done = RUN.invoke(cli.app, ["explain", *words, "--edition", "2020"])
    assert done.exit_code == 1
    with pytest.raises(ValueError, match=message):
        raise done.exception


@pytest.mark.parametrize(
    ("scale", "mean", "message"),
    [
        ("min_max", "geometric", r"line 7, .*'geometric': .* min_max .* take efficacy_coefficient"),
        ("min_max", "harmonic", r"line 7, .*'harmonic': .* min_max .* take efficacy_coefficient"),
        ("percentile_rank", "geometric", r"line 7, .*'geometric': .*percentile_rank .* take"),
        ("z_score", "arithmetic", r"line 6, .*'z_score': .* take min_max"),
        ("rank_scores", "geometric", r"line 6, .*'rank_scores': .* take percentile_rank"),
        ("distance_to_best", "arithmetic", r"line 6, .*'distance_to_best': .*sewage.* Take min"),
        ("median", "arithmetic", r"line 6, .*'median': normalisation must be one of"),
    ],
)
def test_a_method_that_cannot_be_carried_out_is_refused_in_one_line(
    real_copy, scale, mean, message
):
    real_copy.choose(normalisation=scale, aggregation=mean)
    with pytest.raises(InputRefusedError, match=message) as refusal:
        explain.lineage(real_copy.edition, "440300")
    assert len(str(refusal.value).splitlines()) == 1


def test_results_of_another_method_are_not_quoted_even_where_the_rank_is_the_same(real_copy):
    edition = real_copy.choose(normalisation="efficacy_coefficient", aggregation="geometric")
    found = explain.lineage(edition, "440300")
    assert found["rank"] == edition.result("scores").set_index("adcode").loc["440300", "rank"]
    assert "not current" in found["note"]
    assert "rank_interval" not in found


def test_results_that_are_not_current_are_not_quoted(real_copy):
    edition = real_copy.edition
    real_rank = edition.result("scores").set_index("adcode").loc["440300", "rank"]
    table = edition.results / "scores.csv"
    table.write_text(table.read_text("utf8").replace(f",{real_rank},eco", ",9,eco"), "utf8")
    found = explain.lineage(edition, "440300")
    assert found["rank"] == real_rank
    assert "not current" in found["note"]
    assert "rank_interval" not in found


def test_the_figure_that_decides_is_named_with_its_line(real):
    found = explain.lineage(real, "510400")
    row = real.result("deciding_figures").set_index("adcode").loc["510400"]
    deciding = found["deciding"]
    assert {key: deciding[key] for key in ("measure", "file", "line", "column")} == {
        key: row[key] for key in ("measure", "file", "line", "column")
    }
    assert deciding["rank_without"] == found["rank"] + deciding["moved"] == row["rank_without"]
    assert f"{row['file']}, line {row['line']}, column {row['column']}" in "\n".join(
        lineage_tree.lines_of(found)
    )
