"""The formulas of the workbook, worked out here with numbers in the place of their cells."""

import ast
import math
import operator
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.editions import ROOT
from analysis.editions.validation.faults import InputRefusedError
from analysis.language.sentences import WORKBOOK, Sentences
from analysis.publish.workbook import formulas

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.USub: operator.neg,
}
FUNCTIONS = {
    # Empty cells, of which there is no number, are passed over.
    "MAX": lambda *numbers: max(x for x in numbers if x is not None),
    "MIN": lambda *numbers: min(x for x in numbers if x is not None),
    "LN": math.log,
    "COUNT": len,
    "NA": lambda: None,
    "RANK": lambda x, column, rising: 1 + sum(y < x if rising else y > x for y in column),
}


def worked(formula: str, **cells: object) -> object:
    """A formula with these cells; only the branch that is taken is worked out."""

    def of(node: ast.expr) -> object:
        match node:
            case ast.Constant(value=found):
                pass
            case ast.List(elts=items):
                found = [of(item) for item in items]
            case ast.UnaryOp(op=sign, operand=operand):
                found = OPERATORS[type(sign)](of(operand))
            case ast.BinOp(left=left, op=sign, right=right):
                found = OPERATORS[type(sign)](of(left), of(right))
            case ast.Compare(left=left, ops=[sign], comparators=[right]):
                found = OPERATORS[type(sign)](of(left), of(right))
            case ast.Call(func=ast.Name(id="IF"), args=[condition, yes, no]):
                found = of(yes if of(condition) else no)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                found = FUNCTIONS[name](*map(of, arguments))
        return found

    named = {name: f"({value})" for name, value in cells.items()}
    return of(ast.parse(formula.format_map(named), mode="eval").body)


@pytest.mark.parametrize(
    ("scale", "direction", "x", "value"),
    [
        (formulas.linear(0, 100), 1, 15, 25),
        (formulas.linear(0, 100), -1, 15, 75),
        (formulas.linear(1, 101), 1, 10, 1),
        (formulas.linear(1, 101), 1, 30, 101),
        (formulas.efficacy(60, 40), 1, 20, 80),
    ],
)
def test_a_linear_scale_runs_from_the_worst_to_the_best(scale, direction, x, value):
    ends = {"lowest_treated": 10, "highest_treated": 30}
    assert worked(scale, x=x, direction=direction, **ends) == pytest.approx(value)


@pytest.mark.parametrize(
    ("direction", "x", "value"), [(1, 4, 100), (1, 1, 0), (1, 2, 50), (-1, 1, 100)]
)
def test_the_share_of_cities_that_one_is_ahead_of_counts_ties_one_half(direction, x, value):
    # Of 1, 2, 2, 2, 4 the twos are ahead of one and tie with two of four others.
    formula = formulas.percentile(0, 100)
    assert worked(formula, x=x, direction=direction, treated=[1, 2, 2, 2, 4]) == value


@pytest.mark.parametrize(
    ("direction", "x", "value"), [(1, 5, 25), (1, 20, 100), (-1, 5, 100), (-1, 20, 25)]
)
def test_the_distance_to_the_best_is_a_percentage_of_it(direction, x, value):
    formula = formulas.distance()
    cells = {"lowest_treated": 5, "highest_treated": 20}  # of burdens the least one is the best
    assert worked(formula, x=x, direction=direction, **cells) == pytest.approx(value)


@pytest.mark.parametrize(
    ("treatment", "x", "value"),
    [("none", 99, 99), ("winsorised", 99, 50), ("winsorised", 1, 2), ("winsorised", 7, 7),
     ("log", 0, math.log(1)), ("log", 100, math.log(101)), ("log", -3, -3),
     ("log_mirrored", 100, 0), ("log_mirrored", 0, -math.log(101)), ("log_mirrored", 102, 2)],
)  # fmt: skip
def test_a_figure_is_treated_as_its_measure_is(treatment, x, value):
    cells = {"lower_limit": 2, "upper_limit": 50, "lowest": 0, "highest": 100}
    found = worked(formulas.TREATMENTS[treatment], x=x, **cells)
    assert found == pytest.approx(value)


@pytest.mark.parametrize(("lower", "upper", "x", "value"), [(None, 50, 1, 1), (2, None, 99, 99)])
def test_an_empty_limit_pulls_nothing(lower, upper, x, value):
    cells = {"lower_limit": lower, "upper_limit": upper}
    assert worked(formulas.TREATMENTS["winsorised"], x=x, **cells) == value


def test_an_empty_cell_stays_empty_in_every_step():
    cells = {"x": "B2", "treatment": "C9", "treated": "B2:B9", "direction": "D9",
             "lowest_treated": "E9", "highest_treated": "F9", "lowest": "G9", "highest": "H9",
             "lower_limit": "I9", "upper_limit": "J9"}  # fmt: skip
    names = dict.fromkeys(formulas.TREATMENTS, '"a word"')
    assert formulas.treated_formula(cells, names).startswith('=IF(B2="","",')
    scale = {"lower": 0, "upper": 100}
    assert formulas.normalised_formula("min_max", scale, cells).startswith('=IF(B2="","",')
    assert formulas.mean_formula("arithmetic", "B2:D2", "B1:D1").startswith(
        '=IF(COUNT(B2:D2)=0,"",'
    )


@pytest.mark.parametrize(
    ("mean", "array"), [("arithmetic", False), ("geometric", True), ("harmonic", True)]
)
def test_means_that_compute_with_whole_rows_stand_in_braces(mean, array):
    formula = formulas.mean_formula(mean, "B2:D2", "B1:D1")
    assert (formula[0] == "{", formula[-1] == "}") == (array, array)


def test_a_treatment_is_known_by_what_the_language_calls_it():
    cells = {"x": "B2", "treatment": "C9", "lowest": "G9", "highest": "H9",
             "lower_limit": "I9", "upper_limit": "J9"}  # fmt: skip
    names = {"none": '"rien"', "winsorised": '"bornes"', "log": '"log"', "log_mirrored": '"miroir"'}
    found = formulas.treated_formula(cells, names)
    assert 'IF(C9="log",LN(' in found
    assert 'IF(C9="miroir",-LN(' in found
    assert 'IF(C9="bornes",MAX(I9,MIN(B2,J9)),B2)' in found


def test_the_normalisation_is_said_with_its_ends():
    say = Sentences(WORKBOOK).say
    assert say("scale_min_max", lower=0, upper=100).startswith("100 × ")
    assert say("scale_min_max", lower=1, upper=101).startswith("1 + 100 ×")
    assert say("scale_efficacy_coefficient", base=60, span=40).startswith("60 + 40 ×")
    assert say("scale_percentile_rank", lower=0, upper=100).endswith("one half.")
    words = say("scale_percentile_rank", lower=1, upper=100)
    assert words.endswith("on a scale from 1 to 100.")


@pytest.mark.parametrize("scale", formulas.SCALES)
def test_every_scale_has_a_sentence(scale):
    assert f"{{% macro scale_{scale}(" in (ROOT / "sections" / "en" / WORKBOOK).read_text("utf8")


def composite(normalisation: str, mean: str, treatment: str) -> SimpleNamespace:
    return SimpleNamespace(
        method=SimpleNamespace(normalisation=normalisation),
        means={"index": mean},
        treatment=pd.DataFrame({"method": [treatment]}),
    )


def test_what_has_a_formula_is_not_refused():
    formulas.refuse_unknown(composite("min_max", "harmonic", "log"))


def test_everything_without_a_formula_is_refused_at_once():
    with pytest.raises(InputRefusedError) as refusal:
        formulas.refuse_unknown(composite("z_score", "median", "none"))
    assert [fault.value for fault in refusal.value.faults] == ["z_score", "median"]
