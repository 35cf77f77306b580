"""The method of record as it stands in its table."""

import pandas as pd

from analysis.ranking import method


def test_the_parameters_are_those_of_the_table(real):
    of_record = method.load(real)
    assert of_record.evidence == ["observed", "proxy"]
    assert of_record.number("coverage_all") == 0.65
    assert of_record.bootstrap == {"draws": 2000, "seed": 20201218}


def test_the_engine_is_told_to_leave_designations_untreated(real):
    measures = pd.DataFrame({"measure": ["a", "b"], "kind": ["size", "designation"]})
    engine = method.load(real).engine(measures)
    assert engine.untreated == ("b",)
    assert (engine.skewness_limit, engine.kurtosis_limit, engine.maximum_winsorised) == (2, 3.5, 5)
    assert (engine.normalisation, engine.aggregation) == ("min_max", "arithmetic")
