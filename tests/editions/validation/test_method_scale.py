"""Which choices of the method go together."""

import pytest

from analysis.editions.validation import method_scale
from analysis.editions.validation.method_scale import depends_on_figures
from analysis.index.refusal import RefusedValueError


@pytest.mark.parametrize(
    ("scale", "mean"),
    [
        ("min_max", "arithmetic"),
        ("percentile_rank", "arithmetic"),
        ("efficacy_coefficient", "geometric"),
        ("efficacy_coefficient", "harmonic"),
    ],
)
def test_choices_that_can_be_carried_out_are_accepted(tiny, scale, mean):
    tiny.choose(normalisation=scale, aggregation=mean)
    assert tiny.faults() == []


@pytest.mark.parametrize(
    ("scale", "mean", "value", "said"),
    [
        ("z_score", "arithmetic", "z_score", "take min_max or efficacy_coefficient"),
        ("rank_scores", "geometric", "rank_scores", "take percentile_rank"),
        ("min_max", "geometric", "geometric", "the normalisation min_max gives one"),
        ("percentile_rank", "harmonic", "harmonic", "or the arithmetic mean"),
    ],
)
def test_choices_that_cannot_be_carried_out_together_are_named(tiny, scale, mean, value, said):
    tiny.choose(normalisation=scale, aggregation=mean)
    ((file, _, column, found, rule),) = tiny.faults()
    assert (file, column, found) == ("method.csv", "value", value)
    assert said in rule


@pytest.mark.parametrize(
    ("scale", "depends"), [("distance_to_best", True), ("min_max", False), ("z_score", False)]
)
def test_only_some_scales_depend_on_the_figures(tiny, scale, depends):
    assert depends_on_figures(tiny.choose(normalisation=scale)) is depends


def test_a_mean_that_frozen_rulers_do_not_bear_is_refused_with_its_remedy(tiny):
    edition = tiny.choose(normalisation="efficacy_coefficient", aggregation="geometric")
    assert not method_scale.depends_on_figures(edition)
    error = RefusedValueError("unit 'x', column 'a' has the value -4.0")
    assert method_scale.unborne_faults(edition, error) == []
    edition.settings["score_anchors"] = "2020"
    assert method_scale.depends_on_figures(edition)
    [fault] = method_scale.unborne_faults(edition, error)
    assert (fault.file, fault.column, fault.value) == ("method.csv", "value", "geometric")
    assert "the rulers of edition 2020 give one: unit 'x', column 'a' has the value -4.0." in (
        fault.rule
    )
    assert "arithmetic mean, or let score_anchors in edition.toml name this edition" in fault.rule


def test_an_arithmetic_mean_bears_every_ruler(tiny):
    edition = tiny.choose(normalisation="min_max", aggregation="arithmetic")
    edition.settings["score_anchors"] = "2020"
    assert not method_scale.depends_on_figures(edition)
