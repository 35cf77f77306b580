"""Ranks under other weights and methods: those of the page, and those that the engine gives."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import cleaned_to

from analysis.chapters.assembly import study_inputs
from analysis.chapters.city_study import fitting_design, study_of
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex
from analysis.index.framework import with_weights
from analysis.index.ranking import TIE_TOLERANCE, rank
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.scenarios import shift_summary
from analysis.language.names import words
from analysis.publish.explorer import build, presets
from analysis.ranking.of_record import RankedEdition, ranked_edition
from analysis.ranking.scores import part_table

from .conftest import calculated, with_report

WEIGHT_SETS = 1000
# Where each set costs the engine a whole aggregation.
FEW_SETS = 8
RANKS = (
    "((data) => b.map((set) => ranks(indices(data, set).map(({ index }) => index),"
    " data.tolerance)))(readData(a))"
)


@pytest.fixture(scope="module")
def record(real, real_cells) -> RankedEdition:
    return ranked_edition(real, real_cells)


@pytest.fixture(scope="module")
def found(record) -> dict[str, dict]:
    order = list(record.ranking.places.index)
    listed = presets.presets(presets.preset_places(record), order, words(record.edition))
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
    found = presets.presets(presets.preset_places(tiny), order, words(built_tiny))
    assert {preset["kind"] for preset in found} == {"weights"}
    assert "weights judged" not in {preset["key"] for preset in found}
    assert sorted(found[0]["places"])[0] == 1


@pytest.fixture(scope="module")
def other_data(other_method, real_cells) -> dict:
    """The data of edition 2020 under each of `METHODS`, without the choices tried above."""
    with cleaned_to(real_cells), pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "presets", lambda *_: [])
        return build.explorer_data(with_report(other_method))


def codes(data: dict) -> list[str]:
    """Codes of the domains, then of their parts."""
    parts = [part["code"] for domain in data["domains"] for part in domain["parts"]]
    return [*(domain["code"] for domain in data["domains"]), *parts]


def of_record(data: dict) -> pd.Series:
    """The weights at which the sliders start, by code."""
    nodes = [*data["domains"], *(part for domain in data["domains"] for part in domain["parts"])]
    return pd.Series({node["code"]: node["weight"] for node in nodes})


def random_weights(data: dict, count: int) -> pd.DataFrame:
    """Sets of weights (rows) of the domains and of their parts, as the sliders give them."""
    generator = np.random.default_rng(20201218)
    numbers = generator.integers(1, 51, (count, len(codes(data)))) / 10
    return pd.DataFrame(numbers, columns=codes(data))


def found_ranks(tab, data: dict, weights: pd.DataFrame) -> list[list[int]]:
    """Ranks of the cities, in the order of the data, under each set of weights, by the page."""
    cut = len(data["domains"])
    sets = [{"domains": row[:cut], "parts": row[cut:]} for row in weights.to_numpy().tolist()]
    return calculated(tab, RANKS, data, sets)


def engine_ranks(composite: CompositeIndex, data: dict, weights: pd.DataFrame) -> list[list[int]]:
    """The same by the engine, from the measures upwards, one set after another."""
    method, tree = composite.method, composite.framework
    rule = (method.aggregation, method.renormalisation)
    nodes = (
        aggregate(composite.normalised, with_weights(tree, row), *rule)
        for _, row in weights.iterrows()
    )
    return [rank(each["index"])[data["cities"]["id"]].astype(int).tolist() for each in nodes]


@pytest.fixture(scope="module")
def engine(record) -> Engine:
    """The engine of draws of edition 2020, for the method of record."""
    inputs = study_inputs(record)
    design = fitting_design(inputs)
    record = {factor: found[:1] for factor, found in design.alternatives.items()}
    alone = replace(design, alternatives=record)
    return Engine(study_of(inputs), alone)


def multipliers(weights: pd.DataFrame, composite: CompositeIndex, nodes: list[str]) -> np.ndarray:
    """What the engine of draws multiplies each node (columns) by for these weights.

    There a domain weighs as much as its parts together, times its own multiplier.
    """
    tree = composite.framework.set_index("code")
    level, above = tree["level"], tree["parent"]
    factors = pd.DataFrame(1.0, weights.index, nodes)
    for code in weights.columns:
        if level[code] == "domain":
            below = [part for part in weights.columns if above[part] == code]
            factors[code] = weights[code] / weights[below].sum(axis=1)
        else:
            factors[code] = weights[code] / tree.loc[code, "weight"]
    return factors.to_numpy()


def test_the_ranks_are_those_of_the_engine_under_a_thousand_sets_of_weights(
    tab, data, engine, record
):
    weights = random_weights(data, WEIGHT_SETS)
    found = np.array(found_ranks(tab, data, weights))
    factors = multipliers(weights, record.ranking.composite, list(engine.study.framework["code"]))
    draws = replace(engine.sampler.of_record(WEIGHT_SETS), multipliers=factors)
    order = engine.study.data.index.get_indexer(data["cities"]["id"])
    assert (found == engine.ranks(draws)[:, order]).all()
    assert len(np.unique(found, axis=0)) > WEIGHT_SETS / 2


def test_they_are_those_of_the_plain_engine_too(tab, data, record):
    weights = random_weights(data, FEW_SETS)
    composite = record.ranking.composite
    assert found_ranks(tab, data, weights) == engine_ranks(composite, data, weights)


def test_under_every_method_the_ranks_are_those_of_the_engine(tab, other_data, other_ranking):
    weights = random_weights(other_data, FEW_SETS)
    found = found_ranks(tab, other_data, weights)
    assert found == engine_ranks(other_ranking.composite, other_data, weights)


def test_under_every_method_it_starts_with_the_weights_and_places_of_record(
    tab, other_method, other_ranking, other_data
):
    data = other_data
    start = of_record(data)
    # What is measured of each, innovation weighing 2.5 beside five times 1; the mean weight is 1.
    table = part_table(other_ranking.composite, other_method.reference_table("framework"))
    measured = table.set_index("code")["measured"]
    domains = [domain["code"] for domain in data["domains"]]
    wanted = measured[domains] / measured[domains].mean()
    assert list(start[domains]) == pytest.approx(list(wanted))
    below = measured[["information_infrastructure", "open_data"]]
    assert list(start[below.index]) == pytest.approx(list(below / below.mean()))
    (found,) = found_ranks(tab, data, start.to_frame().T)
    assert found == data["cities"]["rank"]


def test_ties_share_the_better_place_and_gaps_have_none(tab):
    ask = (
        "[ranks([5, 7, null, 7, 1]), mean([null, null], [1, 1]), mean([10, null, 40], [1, 5, 2]),"
        "mean([3], [0]), mean([1, null, 8], [2, 9, 1], 'geometric'),"
        "mean([1, 3, 5], [1, 1, 0], 'harmonic')]"
    )
    found = calculated(tab, ask)
    assert found == [[3, 1, None, 1, 4], None, 30, None, pytest.approx(2), pytest.approx(1.5)]


def test_what_ties_is_as_near_as_in_the_engine(tab):
    step = TIE_TOLERANCE * 0.9
    values = [50.0, 50 - step, 50 - 2 * step, 50 - 2 * step - 2 * TIE_TOLERANCE, 60.0]
    found = calculated(tab, "ranks(a, b)", values, TIE_TOLERANCE)
    assert found == rank(pd.Series(values)).tolist() == [2, 2, 2, 5, 1]
