"""The method of an index on any units: its parameters, what each may be, and what goes together."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.rule_faults import parameter_faults
from analysis.editions.validation.schemas import table_faults
from analysis.index.aggregation import AGGREGATIONS
from analysis.index.composite import Method
from analysis.index.normalisation import NORMALISATIONS, reaches_zero
from analysis.index.weighting import WEIGHTINGS

# Parameter, its type, its least and largest value, the values it may take, and what it is if it is
# not named; the ends of a scale are then those of the normalisation.
PARAMETERS = pd.DataFrame(
    [
        ("treatment", "text", "", "", "winsorise|log|none", "winsorise"),
        ("skewness_limit", "number", "0", "", "", "2"),
        ("kurtosis_limit", "number", "", "", "", "3.5"),
        ("maximum_winsorised", "integer", "0", "", "", "5"),
        ("normalisation", "text", "", "", "|".join(NORMALISATIONS), "min_max"),
        ("scale_lower", "number", "-1000000", "1000000", "", ""),
        ("scale_upper", "number", "-1000000", "1000000", "", ""),
        ("scale_mean", "number", "-1000000", "1000000", "", ""),
        ("scale_sd", "number", "0.001", "1000000", "", ""),
        ("weighting", "text", "", "", "|".join(["framework", *WEIGHTINGS]), "framework"),
        ("aggregation", "text", "", "", "|".join(AGGREGATIONS), "arithmetic"),
        ("coverage_all", "number", "0", "1", "", "0.65"),
        ("coverage_branch", "number", "0", "1", "", "0.5"),
    ],
    columns=["column", "type", "minimum", "maximum", "allowed", "default"],
).assign(required="1", key="", references="")
COLUMNS = pd.DataFrame(
    {"column": ["parameter", "value"], "type": "text", "key": ["unique", ""], "required": ["1", ""]}
).assign(minimum="", maximum="", allowed="", references="")
# What each value of a parameter asks of others; they have no use under any other value of it.
SHAPES, ENDS = ["skewness_limit", "kurtosis_limit"], ["scale_lower", "scale_upper"]
MOMENTS = ["scale_mean", "scale_sd"]
NEEDS: dict[str, dict[str, list[str]]] = {
    "treatment": {"winsorise": [*SHAPES, "maximum_winsorised"], "log": SHAPES, "none": []},
    "normalisation": {
        "min_max": ENDS,
        "percentile_rank": ENDS,
        "efficacy_coefficient": ENDS,
        "z_score": MOMENTS,
        "rank_scores": [],
        "distance_to_best": [],
    },
}
# The narrowest scale; on a narrower one the tolerance of ties would no longer be small.
NARROWEST = 0.001


@dataclass(frozen=True)
class ChosenMethod:
    """The parameters of an index, and where they stand.

    Attributes
    ----------
    parameters
        Text by name, all of them; empty where the normalisation has a default of its own.
    file
        Name of the table, empty if there is none.
    lines
        The line of each parameter that it names.
    """

    parameters: dict[str, str]
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def number(self, name: str) -> float:
        """A parameter as a number."""
        return float(self.parameters[name])

    @property
    def scale(self) -> dict[str, float]:
        """The parameters of the normalisation, as far as they are named."""
        named = {
            name.removeprefix("scale_"): self.number(name)
            for name in (*ENDS, *MOMENTS)
            if self.parameters[name]
        }
        if self.parameters["normalisation"] != "efficacy_coefficient":
            return named
        lower, upper = named.get("lower", 60.0), named.get("upper", 100.0)
        return {"base": lower, "span": upper - lower}

    @property
    def engine(self) -> Method:
        """The choices of the index engine."""
        treatment = self.parameters["treatment"]
        return Method(
            skewness_limit=float("inf") if treatment == "none" else self.number("skewness_limit"),
            kurtosis_limit=self.number("kurtosis_limit"),
            maximum_winsorised=0 if treatment == "log" else int(self.number("maximum_winsorised")),
            normalisation=self.parameters["normalisation"],
            normalisation_options=self.scale,
            aggregation=self.parameters["aggregation"],
        )

    def fault(self, name: str, rule: str) -> Fault:
        """A fault of one parameter."""
        value = self.parameters[name]
        return Fault(self.file, self.lines.get(name, ""), "value", value, f"{name} {rule}")


def chosen_method(file: str, table: pd.DataFrame) -> ChosenMethod:
    """The method of a table `parameter, value` (index: line); what it leaves out is as stated."""
    defaults = dict(zip(PARAMETERS["column"], PARAMETERS["default"], strict=True))
    named = dict(zip(table["parameter"], table["value"], strict=True))
    lines = dict(zip(table["parameter"], table.index, strict=True))
    return ChosenMethod(defaults | named, file, lines)


def method_faults(file: str, table: pd.DataFrame) -> list[Fault]:
    """Parameters that are not known, stand twice, hold what the engine cannot do or go ill.

    Of the columns `unit` and `meaning`, which may stand beside, nothing is asked.
    """
    judged = table[table.columns.difference(["unit", "meaning"], sort=False)]
    found = table_faults(file, judged, COLUMNS, {})
    if found:
        return found
    unknown = table.loc[~table["parameter"].isin(PARAMETERS["column"]), "parameter"]
    rule = f"no such parameter is known; known are {', '.join(PARAMETERS['column'])}"
    found = [*each_fault(file, unknown, rule), *parameter_faults(file, table, PARAMETERS)]
    if found:
        return found
    chosen = chosen_method(file, table)
    return [*useless_faults(chosen), *end_faults(chosen)] or combination_faults(chosen)


def useless_faults(chosen: ChosenMethod) -> list[Fault]:
    """Parameters that are named although another choice leaves them without use."""
    faults = []
    for choice, needs in NEEDS.items():
        value = chosen.parameters[choice]
        used = needs[value]
        others = {name for names in needs.values() for name in names} - set(used)
        takes = f"it takes {' and '.join(used)}" if used else "it takes no parameter"
        rule = f"has no use where {choice} is {value}: {takes}"
        faults += [chosen.fault(name, rule) for name in chosen.lines if name in others]
    return faults


def end_faults(chosen: ChosenMethod) -> list[Fault]:
    """A scale whose upper end does not lie above its lower one."""
    lower, upper = ends(chosen)
    if upper - lower >= NARROWEST:
        return []
    name = next(name for name in reversed(ENDS) if name in chosen.lines)
    other = f"upper end, {upper:g}" if name == "scale_lower" else f"lower end, {lower:g}"
    side = "below" if name == "scale_lower" else "above"
    return [chosen.fault(name, f"must lie at least {NARROWEST} {side} the {other}")]


def ends(chosen: ChosenMethod) -> tuple[float, float]:
    """The ends of the scale, infinite where the normalisation has none."""
    scale = chosen.engine.scale
    if "base" in scale:
        return scale["base"], scale["base"] + scale["span"]
    return scale.get("lower", -math.inf), scale.get("upper", math.inf)


def combination_faults(chosen: ChosenMethod) -> list[Fault]:
    """A mean or weights that cannot take a scale, whatever the figures."""
    engine, (lower, _) = chosen.engine, ends(chosen)
    if not reaches_zero(engine.normalisation, **engine.normalisation_options):
        return []
    faults = []
    mean, way = engine.aggregation, remedy(chosen)
    if mean != "arithmetic":
        rule = f"{mean} takes values above 0 only; {way}, or take arithmetic"
        faults.append(chosen.fault("aggregation", rule))
    if chosen.parameters["weighting"] == "entropy" and lower < 0:
        rule = f"entropy takes no values below 0; {way}, or take other weights"
        faults.append(chosen.fault("weighting", rule))
    return faults


def remedy(chosen: ChosenMethod) -> str:
    """How to lift a scale that reaches 0 or less."""
    name, lower = chosen.parameters["normalisation"], ends(chosen)[0]
    if "mean" in chosen.engine.scale:
        return f"{name} gives some below 0: add the lines scale_mean,100 and scale_sd,10"
    way = (
        "raise scale_lower above 0" if "scale_lower" in chosen.lines else "add a line scale_lower,1"
    )
    return f"{name} gives the worst unit of every leaf {lower:g}: {way}"
