"""Rules of the reference tables: parameters of the method, and corrections."""

import pytest


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("skewness_limit", "0"), ("kurtosis_limit", "-1000000"), ("coverage_all", "1")],
)
def test_a_parameter_on_its_limit_is_accepted(tiny, parameter, value):
    tiny.choose(**{parameter: value})
    found = [fault for fault in tiny.faults() if fault[0] == "method.csv"]
    assert found == []


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("skewness_limit", "-0.1"), ("kurtosis_limit", "-1000001"), ("skewness_limit", "much")],
)
def test_a_parameter_beyond_its_limit_is_refused_with_its_value(tiny, parameter, value):
    tiny.choose(**{parameter: value})
    assert ("method.csv", value) in {(fault[0], fault[3]) for fault in tiny.faults()}


def test_a_cell_that_is_corrected_twice_is_refused(tiny):
    corrections = tiny.path("corrections.csv").read_text("utf8").splitlines()
    line = tiny.add_line("corrections.csv", corrections[1])
    assert ("corrections.csv", str(line)) in {fault[:2] for fault in tiny.faults()}
