"""The study of the real edition: its ranks of record, and the default design."""

import pandas as pd
import pytest

from analysis import editions
from analysis.chapters import assembly
from analysis.chapters.city_study import Copies, city_study, errors, fitting_design, study_of
from analysis.chapters.comparison import without_copies
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.replay import replay
from analysis.ranking import method as methods
from analysis.ranking import of_record, scores


@pytest.fixture(scope="module")
def edition():
    return editions.load("2020")


@pytest.fixture(scope="module")
def engine(edition):
    names = ("framework", "measures", "cities")
    references = {name: edition.reference_table(name) for name in names}
    table = pd.read_csv(edition.reference / "uncertainty.csv")
    few = table.assign(alternative=table["alternative"].str.replace("draws=10", "draws=2"))
    copies = Copies(2, 2, edition.result("year_errors"))
    method, cells = methods.load(edition), edition.result("cells")
    ranking = scores.rank_cities(cells, *references.values(), method)
    study = city_study(ranking, cells, references, method, copies)
    return Engine(study, read_design(few))


def test_the_draw_of_record_has_the_ranks_of_the_results(edition, engine):
    ranks = pd.Series(engine.ranks(engine.sampler.of_record())[0], engine.study.data.index)
    expected = edition.result("scores").set_index("adcode")["rank"]
    assert ranks.to_dict() == expected.to_dict()


def test_draws_of_the_default_design_have_the_ranks_of_the_index_engine(engine):
    draws = engine.sampler.draw(1, 0, 5)
    ranks = engine.ranks(draws)
    for position in range(len(draws)):
        index = replay(engine.study, engine.design, draws, position).index
        expected = index.rank(ascending=False, method="min")
        assert ranks[position].tolist() == expected.tolist()


def test_a_measure_that_few_cities_have_is_used_under_no_choice(engine):
    # The score of online services is known for 36 cities only.
    assert "online_service_score" not in engine.study.leaves
    assert (engine.study.data.notna().mean() >= 0.5).all()


def test_measures_of_size_are_divided_by_the_resident_population(edition, engine):
    cells = edition.result("cells").set_index(["adcode", "measure"])["value"]
    per_head = engine.study.variant("per_head", None)
    expected = cells["310000", "patents_granted"] / cells["310000", "resident_population"]
    assert per_head.loc["310000", "patents_granted"] == pytest.approx(expected)
    fixed = "digital_payment"
    assert per_head.loc["310000", fixed] == engine.study.data.loc["310000", fixed]


def test_the_draw_of_record_is_the_record_under_the_rulers_of_another_edition_too(cells_2019):
    ranked = of_record.ranked_edition(editions.load("2019"), cells_2019)
    inputs = assembly.study_inputs(ranked)
    study, design = study_of(inputs), fitting_design(inputs)
    assert study.rulers is not None
    engine = Engine(study, without_copies(design))
    found = engine.ranks(engine.sampler.of_record())[0]
    assert found.tolist() == inputs.record.loc[study.data.index].tolist()


def test_errors_are_those_of_the_values_and_keep_shares_within_their_bounds():
    year_errors = pd.DataFrame(
        {"measure": ["rate", "other", "jobs"], "scale": ["points", "log", "log"],
         "value_error": [2.0, 9.0, 0.1]}
    )  # fmt: skip
    measures = pd.DataFrame({"measure": ["jobs", "rate", "new"], "kind": ["size", "share", "size"]})
    found = errors(year_errors, measures)
    assert found["scale"].fillna("").tolist() == ["log", "points", ""]
    assert found["error"].fillna(-1).tolist() == [0.1, 2, -1]
    assert found["lowest"].fillna(-1).tolist() == [-1, 0, -1]
    assert found["highest"].fillna(-1).tolist() == [-1, 100, -1]
    assert errors(None, measures)["error"].isna().all()


def test_a_weak_measure_that_is_not_to_be_tried_is_used_under_no_choice(edition, engine):
    # One is the figure of another measure once more, of the other a zero means nothing found.
    measures = edition.reference_table("measures").set_index("measure")
    never = measures.index[measures["weak_tried"] == "0"]
    assert {"mobile_subscribers_participation", "open_data_portal"} <= set(never)
    assert not set(never) & set(engine.study.leaves)
    assert "doctors" in engine.study.leaves
