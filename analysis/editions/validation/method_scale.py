"""Which choices of `method.csv` go together, and which no edition can follow.

Results, figures and pages show every value from 0 to 100, and a geometric or harmonic mean takes
no value that is not above 0. Rulers of another edition may place a city beyond the scale, and then
below 0 too. What the table alone shows is found at once; what depends on the
figures, when the index is built.
"""

from analysis.editions import Edition
from analysis.editions.validation.faults import Fault
from analysis.index.aggregation import AGGREGATIONS
from analysis.index.normalisation import NORMALISATIONS, reaches_zero
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.design import NAMES

# Normalisations that leave the scale from 0 to 100, and those that come nearest on it.
OFF_SCALE = {"z_score": "min_max or efficacy_coefficient", "rank_scores": "percentile_rank"}
# Normalisations that cannot take every column of figures.
PARTIAL = ("distance_to_best",)


def combination_faults(edition: Edition) -> list[Fault]:
    """Choices of the method that are good by themselves and cannot be carried out together."""
    chosen = edition.reference_table("method").set_index("parameter")["value"]
    scale, mean = (chosen.get(name, "") for name in ("normalisation", "aggregation"))
    if scale not in NORMALISATIONS or mean not in AGGREGATIONS:
        return []
    if scale in OFF_SCALE:
        rule = "normalisation leaves the scale from 0 to 100 that all results are shown on: take "
        return [choice_fault(edition, "normalisation", rule + OFF_SCALE[scale])]
    if mean != "arithmetic" and reaches_zero(scale):
        rule = (
            f"aggregation takes no value of 0, and the normalisation {scale} gives one to the "
            "worst city: take efficacy_coefficient, or the arithmetic mean"
        )
        return [choice_fault(edition, "aggregation", rule)]
    return []


def study_faults(edition: Edition) -> list[Fault]:
    """A mean that the uncertainty study of the edition, if it has one, cannot draw."""
    mean = edition.reference_table("method").set_index("parameter")["value"].get("aggregation", "")
    drawn = NAMES["aggregation"]
    if edition.uncertainty_design is None or mean not in AGGREGATIONS or mean in drawn:
        return []
    rule = (
        f"aggregation is none that the uncertainty study draws: take {' or '.join(drawn)}, or "
        "leave uncertainty_design out of edition.toml"
    )
    return [choice_fault(edition, "aggregation", rule)]


def unborne_faults(edition: Edition, error: RefusedValueError) -> list[Fault]:
    """A choice of the method that the figures do not bear, with what the engine said of it.

    Empty if every column of figures can be put on the scale of the method, and every mean taken,
    so that the error is about something else.
    """
    chosen = edition.reference_table("method").set_index("parameter")["value"]
    if chosen["normalisation"] not in PARTIAL:
        return beyond_faults(edition, error) if may_fall_below(edition) else []
    rule = (
        f"normalisation does not fit the figures: {error}. Take min_max or efficacy_coefficient; "
        "logarithms, which have both signs, are avoided by a higher skewness_limit"
    )
    return [choice_fault(edition, "normalisation", rule)]


def depends_on_figures(edition: Edition) -> bool:
    """Whether only the figures show if the method can be carried out."""
    scale = edition.reference_table("method").set_index("parameter")["value"]["normalisation"]
    return scale in PARTIAL or may_fall_below(edition)


def may_fall_below(edition: Edition) -> bool:
    """Whether the edition has a mean that takes no value of 0, and rulers that may give one."""
    mean = edition.reference_table("method").set_index("parameter")["value"]["aggregation"]
    return mean != "arithmetic" and edition.settings["score_anchors"] != edition.name


def beyond_faults(edition: Edition, error: RefusedValueError) -> list[Fault]:
    """A mean that cannot take what rulers of another edition give, with what the engine said."""
    rule = (
        f"aggregation takes no value of 0 or below, and the rulers of edition "
        f"{edition.settings['score_anchors']} give one: {error}. Take the arithmetic mean, or let "
        "score_anchors in edition.toml name this edition"
    )
    return [choice_fault(edition, "aggregation", rule)]


def choice_fault(edition: Edition, parameter: str, rule: str) -> Fault:
    """A fault of one parameter of `method.csv`, with its line and value."""
    table = edition.reference_table("method")
    line = table.index[table["parameter"] == parameter][0]
    return Fault("method.csv", line, "value", table.loc[line, "value"], rule)
