"""What only the figures of the ranked units show: too few, all alike, or not fit for the method."""

import re

import pytest
from any_units import FLAT, faults, ranking

SHARES = "; the shares are coverage_all and coverage_branch of --method"
ALIKE = "tells no ranked unit from another, as all have this figure: take the column out"


def data(*lines: str) -> str:
    return "\n".join(["unit,a,b,c", *lines, ""])


def test_one_unit_is_no_index(tmp_path):
    rule = "one unit alone has the figures for a rank, and an index compares 2 or more"
    assert faults(tmp_path, FLAT, data("A,1,2,3")) == [("data.csv", "", "", "", rule)]


def test_two_units_are_one(tmp_path):
    assert ranking(tmp_path, FLAT, data("A,1,2,3", "B,2,1,4"))["rank"].tolist() == [1, 2]


def test_units_without_enough_figures_are_named_with_what_they_lack(tmp_path):
    [(*_, rule)] = faults(tmp_path, FLAT, data("A,1,,", "B,,1,"))
    assert rule.startswith("no unit has the figures for a rank")
    assert rule.endswith(f"(A: 1 of 2 figures, 65% needed){SHARES}")


@pytest.mark.parametrize(
    ("lines", "line", "value"),
    [
        (("A,1,2,5", "B,2,1,5.0", "C,5,5,5"), "2", "5"),
        (("A,1,2,", "B,2,1,0.30000000000000004", "C,5,5,0.3"), "3", "0.30000000000000004"),
        (("A,1,2,5", "B,2,1,5", "C,,,7"), "2", "5"),  # C is not ranked
    ],
)
def test_a_leaf_in_which_all_ranked_units_are_alike_is_refused(tmp_path, lines, line, value):
    assert faults(tmp_path, FLAT, data(*lines)) == [("data.csv", line, "c", value, ALIKE)]


def test_a_leaf_of_which_no_ranked_unit_has_a_figure_is_refused(tmp_path):
    rule = "no unit that can be ranked has a figure: take the column out"
    found = faults(tmp_path, FLAT, data("A,1,2,", "B,2,1,", "C,,,7"))
    assert found == [("data.csv", "1", "c", "", rule)]


RATIO = "distance_to_best takes figures of 0 or more: take another normalisation"
TURNED = FLAT.replace("c,top,1,1", "c,top,1,-1")
BURDEN = "distance_to_best takes figures above 0 where less is better: take another normalisation"


@pytest.mark.parametrize(
    ("tree", "figures", "line", "value", "rule"),
    [
        (FLAT, (3, -4, 1), "3", "-4", RATIO),
        (TURNED, (3, 4, 0), "4", "0", BURDEN),
        (TURNED, (3, -4, 1), "3", "-4", BURDEN),
    ],
)
def test_ratios_need_figures_of_one_sign(tmp_path, tree, figures, line, value, rule):
    lines = [f"{u},{n},{9 - n},{x}" for n, (u, x) in enumerate(zip("ABC", figures, strict=True))]
    method = "normalisation,distance_to_best"
    [fault] = faults(tmp_path, tree, data(*lines), method)
    assert fault[:4] == ("data.csv", line, "c", value)
    assert fault[4].startswith(rule)


@pytest.mark.parametrize(("tree", "sign"), [(FLAT, 1), (FLAT, -1), (TURNED, 1), (TURNED, -1)])
def test_ratios_of_figures_of_one_sign_are_taken(tmp_path, tree, sign):
    lines = [f"{u},{n},{9 - n},{sign * n}" for n, u in enumerate("ABC", 1)]
    places = ranking(tmp_path, tree, data(*lines), "normalisation,distance_to_best")
    assert places["index"].between(0, 100).all()


def test_ratios_of_logarithms_are_refused_also_where_these_have_one_sign(tmp_path):
    # Between 0.01 and 0.02 every logarithm is below 0, and a ratio could be computed.
    lines = [f"u{n},{n},{n % 7},{0.01 + n / 10_000}" for n in range(20)] + ["far,3,5,0.9"]
    method = "treatment,log\nnormalisation,distance_to_best"
    [fault] = faults(tmp_path, FLAT, data(*lines), method)
    rule = "distance_to_best takes no logarithms: take another normalisation, or the treatment none"
    assert fault == ("data.csv", "22", "c", "0.9", rule)
    assert len(ranking(tmp_path, FLAT, data(*lines), method.replace("log", "none"))) == 21


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_zero_share_of_the_best_has_no_logarithm(tmp_path, mean):
    method = f"normalisation,distance_to_best\naggregation,{mean}"
    lines = ("A,1,2,3", "B,2,1,0", "C,5,5,1")
    assert faults(tmp_path, FLAT, data(*lines), method) == [
        ("data.csv", "3", "c", "0", "comes to 0 on the scale of distance_to_best, and "
         f"{mean} takes values above 0 only: take another normalisation, or the arithmetic mean")
    ]  # fmt: skip


@pytest.mark.parametrize("choice", ["aggregation,geometric", "weighting,entropy"])
def test_a_scale_of_deviations_that_is_too_low_says_how_high_it_must_be(tmp_path, choice):
    lines = [f"u{n},{n},{(n * 7) % 11},{(n * 5) % 11}" for n in range(11)] + ["far,5,-30,4"]
    low = f"treatment,none\nnormalisation,z_score\nscale_mean,2\nscale_sd,1\n{choice}"
    [fault] = faults(tmp_path, FLAT, data(*lines), low)
    assert fault[:4] == ("data.csv", "13", "b", "-30")
    assert " on the scale of z_score, and " in fault[4]
    needed = float(re.search(r"set a scale_mean above ([\d.]+), or a smaller", fault[4])[1])
    enough = low.replace("scale_mean,2", f"scale_mean,{needed + 0.01}")
    assert len(ranking(tmp_path, FLAT, data(*lines), enough)) == 12
    short = low.replace("scale_mean,2", f"scale_mean,{needed - 0.01}")
    assert len(faults(tmp_path, FLAT, data(*lines), short)) == 1


@pytest.mark.parametrize(
    ("weighting", "lines", "said"),
    [
        ("critic", ("A,1,2,3", "B,2,3,4", "C,5,6,7"), "perfectly correlated"),
        ("principal_component", ("A,1,-1,0", "B,-1,-1,0", "C,1,1,9", "D,-1,1,9"), "same variance"),
    ],
)
def test_weights_that_do_not_go_with_the_figures_are_refused_in_one_line(
    tmp_path, weighting, lines, said
):
    tree = FLAT.replace("c,top,1,1\n", "") if weighting == "principal_component" else FLAT
    table = data(*lines)
    if weighting == "principal_component":
        table = "\n".join(line.rpartition(",")[0] for line in table.splitlines())
    [fault] = faults(tmp_path, tree, table, f"treatment,none\nweighting,{weighting}")
    assert fault[:4] == ("method.csv", "3", "value", weighting)
    assert fault[4].startswith("weighting does not go with these figures (")
    assert said in fault[4]
    assert fault[4].endswith("): take framework or equal")
    assert "\n" not in fault[4]
