"""One draw through the index engine: what each choice becomes there."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.design import Alternative, read_design
from analysis.index.robustness.draws import Sampler
from analysis.index.robustness.replay import means, replay, replayed_ranks, treatment_options
from analysis.index.robustness.study import Study
from index.robustness.cases import alternatives, design_table

LIMITS = {"skewness_limit": 2.0, "kurtosis_limit": 3.5}
FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1, 1),
        ("left", "index", "domain", 1, 1),
        ("right", "index", "domain", 1, 1),
        ("a", "left", "measure", 1, 1),
        ("b", "right", "measure", 1, 1),
        ("c", "right", "measure", 1, -1),
    ],
    columns=["code", "parent", "level", "weight", "direction"],
)
DATA = pd.DataFrame(
    {"a": [0.0, 5.0, 10.0], "b": [10.0, 5.0, 0.0], "c": [0.0, 10.0, 5.0]}, ["x", "y", "z"]
)


def test_no_treatment_is_a_limit_that_nothing_reaches():
    assert treatment_options(Alternative("none"), LIMITS) == {"skewness_limit": float("inf")}


def test_winsorising_takes_its_number_and_a_logarithm_none():
    winsorise = treatment_options(Alternative("winsorise maximum=4"), LIMITS)
    assert winsorise == {"maximum_winsorised": 4, **LIMITS}
    assert treatment_options(Alternative("log"), LIMITS) == {"maximum_winsorised": 0, **LIMITS}


def test_the_mean_of_a_node_goes_before_that_of_its_level_and_that_before_the_rest():
    chosen = Alternative("arithmetic domain=geometric right=harmonic")
    assert means(FRAMEWORK, chosen) == {
        "index": "arithmetic",
        "left": "geometric",
        "right": "harmonic",
    }


@pytest.fixture
def design():
    chosen = {"treatment": "none", "normalisation": "min_max", "aggregation": "arithmetic"}
    rows = [row for factor, name in chosen.items() for row in alternatives(factor, name)]
    return read_design(design_table(("weights", "domain", "", 0.5, 1.5, None), *rows))


def test_the_draw_of_record_is_worked_by_hand(design):
    study = Study(DATA, FRAMEWORK)
    draws = Sampler(design, study).of_record()
    found = replay(study, design, draws).index
    # Scaled to 0..100, c turned round: left 0, 50, 100; right (100+100)/2, (50+0)/2, (0+50)/2.
    assert found.to_dict() == {"x": 50.0, "y": 37.5, "z": 62.5}
    assert replayed_ranks(study, design, draws)[0].to_dict() == {"x": 2, "y": 3, "z": 1}


def test_drawn_weights_change_the_shares_of_the_domains(design):
    study = Study(DATA, FRAMEWORK)
    draws = Sampler(design, study).draw(seed=3, first=0, count=2)
    for position in range(2):
        left, right = draws.multipliers[position][[1, 2]]
        domain = pd.DataFrame({"left": [0.0, 50, 100], "right": [100.0, 25, 25]}, list("xyz"))
        expected = (left * domain["left"] + right * domain["right"]) / (left + right)
        found = replay(study, design, draws, position).index
        assert np.allclose(found, expected)


def test_unless_it_is_said_otherwise_the_first_draw_is_replayed():
    rows = [
        *alternatives("treatment", "none"),
        *alternatives("normalisation", "min_max", "min_max lower=50 upper=100"),
        *alternatives("aggregation", "arithmetic"),
    ]
    study, design = Study(DATA, FRAMEWORK), read_design(design_table(*rows))
    draws = Sampler(design, study).of_record(2)
    draws.choices["normalisation"] = np.array([1, 0])
    # Unit x has a 0, b 100 and c, turned round, 100 on a scale from 0: (0 + 100) / 2; from 50 up
    # 50, 100 and 100.
    assert replay(study, design, draws).index["x"] == 75
    assert replay(study, design, draws, 1).index["x"] == 50
