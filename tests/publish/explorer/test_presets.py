"""Other methods to look at: the ranks that the engine gives for each."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.scenarios import shift_summary
from analysis.language.names import words
from analysis.publish.explorer import presets
from analysis.ranking.of_record import RankedEdition, ranked_edition


@pytest.fixture(scope="module")
def record(real, real_cells) -> RankedEdition:
    return ranked_edition(real, real_cells)


@pytest.fixture(scope="module")
def found(record) -> dict[str, dict]:
    order = list(record.ranking.places.index)
    listed = presets.presets(record, order, words(record.edition))
    return {str(preset["key"]): preset for preset in listed}


def test_there_are_those_of_the_design_and_those_of_the_weights(found):
    kinds = pd.Series({key: preset["kind"] for key, preset in found.items()})
    assert {"weights equal", "weights entropy", "weights judged"} <= set(
        kinds.index[kinds == "weights"]
    )
    assert {
        "measures per_head", "evidence observed", "aggregation arithmetic index=geometric",
        "normalisation z_score lowest=1 sd=20", "treatment none",
    } <= set(kinds.index[kinds == "method"])  # fmt: skip
    assert not [key for key in found if key.split()[0] in presets.DRAWN]
    assert found["measures per_head"]["name"] == "Per head"


def test_the_places_of_a_choice_move_as_the_results_say(found, record):
    scenarios = record.edition.result("scenarios").set_index(["factor", "alternative"])
    places = record.ranking.places.to_numpy()
    for key, preset in found.items():
        if preset["kind"] == "method":
            factor, _, alternative = key.partition(" ")
            moved = shift_summary(np.array([preset["places"]]), places)
            told = scenarios.loc[(factor, alternative)]
            assert moved["mean_shift"] == pytest.approx(told["mean_shift"])
            assert moved["largest_shift"] == told["largest_shift"]


def test_the_places_of_other_weights_move_as_the_results_say(found, record):
    effects = record.edition.result("weight_effects").set_index("method")
    places = record.ranking.places.to_numpy()
    for method, told in effects.iterrows():
        moved = shift_summary(np.array([found[f"weights {method}"]["places"]]), places)
        assert moved["mean_shift"] == pytest.approx(told["mean_shift"])


def test_without_a_design_and_without_judgements_the_other_weights_are_left(built_tiny):
    tiny = ranked_edition(built_tiny)
    order = list(tiny.ranking.places.index)
    found = presets.presets(tiny, order, words(built_tiny))
    assert {preset["kind"] for preset in found} == {"weights"}
    assert "weights judged" not in {preset["key"] for preset in found}
    assert sorted(found[0]["places"])[0] == 1
