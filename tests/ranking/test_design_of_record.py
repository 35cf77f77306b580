"""What is of record stands in the method, and a design begins with it."""

import pandas as pd
import pytest
from conftest import METHODS
from index.robustness.cases import alternatives, design_table

from analysis.chapters import assembly
from analysis.chapters.city_study import NO_COPIES, city_study
from analysis.editions.validation.input_faults import all_faults, validate_method
from analysis.editions.validation.method_scale import study_faults
from analysis.index.ranking import rank
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.replay import replay
from analysis.ranking import method as methods
from analysis.ranking import of_record
from analysis.ranking.design_of_record import with_record
from analysis.ranking.method import MethodOfRecord

RECORD = {
    "maximum_winsorised": "5", "normalisation": "min_max", "aggregation": "arithmetic",
    "evidence": "observed|proxy",
}  # fmt: skip
ROWS = [
    ("weights", "domain", "", 0.75, 1.25, None),
    *alternatives("treatment", "winsorise maximum=5", "log", "none"),
    *alternatives("normalisation", "min_max lower=1 upper=100", "z_score mean=100 sd=5"),
    *alternatives("aggregation", "arithmetic", "arithmetic index=geometric"),
    *alternatives("evidence", "observed", "proxy observed"),
    *alternatives("measures", "per_head", "size"),
]


def first_of(factor: str, **parameters: str) -> tuple[str, int]:
    """The first alternative of a factor under a method, and how many there are."""
    table = design_table(*ROWS).assign(kind="technique", meaning="as in the design")
    rows = with_record(table, MethodOfRecord(RECORD | parameters))
    rows = rows[rows["factor"] == factor]
    added = rows["meaning"] == ""
    assert added.iloc[1:].eq(False).all()
    assert added.iloc[0] == (len(rows) > sum(row[0] == factor for row in ROWS))
    assert rows["share"].eq(1).all()
    return rows["alternative"].iloc[0], len(rows)


@pytest.mark.parametrize(
    ("factor", "parameters", "first", "count"),
    [
        ("treatment", {}, "winsorise maximum=5", 3),
        ("treatment", {"maximum_winsorised": "3"}, "winsorise maximum=3", 4),
        ("treatment", {"maximum_winsorised": "0"}, "log", 3),
        ("normalisation", {}, "min_max lower=1 upper=100", 2),
        ("normalisation", {"normalisation": "efficacy_coefficient"},
         "min_max lower=1 upper=100", 2),
        ("normalisation", {"normalisation": "percentile_rank"},
         "percentile_rank lower=1 upper=100", 3),
        ("normalisation",
         {"normalisation": "efficacy_coefficient", "aggregation": "geometric"},
         "efficacy_coefficient", 3),
        ("aggregation", {"aggregation": "geometric"}, "geometric", 3),
        ("evidence", {}, "proxy observed", 2),
        ("evidence", {"evidence": "observed"}, "observed", 2),
        ("measures", {}, "size", 2),
    ],
)  # fmt: skip
def test_the_alternative_of_record_is_put_first(factor, parameters, first, count):
    assert first_of(factor, **parameters) == (first, count)


def test_the_other_alternatives_keep_their_order_and_the_rows_are_numbered_anew():
    table = design_table(*ROWS).assign(kind="technique", meaning="as in the design")
    found = with_record(table, MethodOfRecord(RECORD | {"maximum_winsorised": "0"}))
    assert found["alternative"].iloc[:4].tolist() == ["", "log", "winsorise maximum=5", "none"]
    assert found.index.tolist() == list(range(len(ROWS)))


def test_the_design_of_the_project_begins_with_its_method(real):
    table = pd.read_csv(real.reference / "uncertainty.csv")
    pd.testing.assert_frame_equal(with_record(table, methods.load(real)), table)


def test_under_every_method_the_draw_of_record_has_the_ranks_of_record(
    other_method, other_ranking, real_cells
):
    method = methods.load(other_method)
    if method.parameters["aggregation"] == "harmonic":
        pytest.skip("no study draws harmonic means; that is refused before")
    references = {
        name: other_method.reference_table(name) for name in ("framework", "measures", "cities")
    }
    table = pd.read_csv(other_method.reference / "uncertainty.csv")
    few = table[~table["factor"].isin(["gaps", "figures", "measures", "left_out"])]
    # Ranks and distances of figures that were made of logarithms do not bear every treatment.
    few = few[few["factor"].ne("treatment") | few["alternative"].str.startswith("winsorise")]
    design = read_design(with_record(few, method))
    engine = Engine(city_study(other_ranking, real_cells, references, method, NO_COPIES), design)
    found = engine.ranks(engine.sampler.of_record())[0]
    assert found.tolist() == rank(other_ranking.composite.index).tolist()
    replayed = rank(replay(engine.study, design, engine.sampler.of_record()).index)
    assert found.tolist() == replayed.tolist()


@pytest.mark.parametrize("method", METHODS)
def test_a_mean_that_no_study_draws_is_refused_by_the_check(real_copy, method):
    edition = real_copy.choose(**METHODS[method])
    if METHODS[method].get("aggregation") != "harmonic":
        validate_method(edition)
        assert study_faults(edition) == []
        return
    [line] = map(str, all_faults(edition))
    assert line.startswith("method.csv, line 7, column value, value 'harmonic': aggregation")
    assert "take arithmetic or geometric, or leave uncertainty_design out" in line
    assert all_faults(real_copy.without("uncertainty_design")) == []


def test_a_design_that_somebody_brings_stays_as_it_is(real, real_cells):
    ranked = of_record.ranked_edition(real, real_cells)
    own = design_table(*alternatives("normalisation", "z_score")).assign(kind="technique")
    assert assembly.study_inputs(ranked, design=own).design is own
    first = assembly.study_inputs(ranked).design.groupby("factor").first()
    assert first.loc["normalisation", "alternative"] == "min_max lower=1 upper=100"
