"""Normalisation: columns in different units of measurement brought to one scale.

Every function of the family takes a frame in which more is better and gives a frame of the same
shape, each column on its own, gaps left as gaps. `normalise` turns the columns in which less is
better first, so the top of the scale is always best. Where units are to be put on the scale of
others, it takes the ends of that scale; what lies beyond them then lies beyond the scale.
"""

from collections.abc import Callable

import pandas as pd

from analysis.index.refusal import RefusedValueError

# Values of a column that differ by less than this share of their size differ by rounding only.
ROUNDING = 1e-12
# Powers of smaller differences vanish.
SMALLEST_SPREAD = 1e-60


def min_max(values: pd.DataFrame, lower: float = 0.0, upper: float = 100.0) -> pd.DataFrame:
    """Map each column linearly: its minimum to `lower`, its maximum to `upper`.

    OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5, normalisation; so are
    `z_score`, `rank_scores` and `distance_to_best`. All take one row per unit and numeric columns
    in which more is better, in any units of measurement, and give a frame of the same shape.

    Raises
    ------
    ValueError
        If `upper` is not above `lower`.

    Examples
    --------
    >>> min_max(pd.DataFrame({"a": [0, 5, 20]}))["a"].tolist()
    [0.0, 25.0, 100.0]
    """
    if not upper > lower:
        raise ValueError(f"min_max: upper must be above lower, they are {upper} and {lower}")
    return _between(values, values.min(), values.max(), lower, upper)


def z_score(
    values: pd.DataFrame, mean: float = 0.0, sd: float = 1.0, lowest: float | None = None
) -> pd.DataFrame:
    """Give each column the mean `mean` and the sample standard deviation `sd` (ddof 1).

    If `lowest` is given, the worst unit of each column has it, and `mean` is not read: values are
    then standard deviations above the worst unit. A mean far above zero, in standard deviations,
    leaves a geometric mean nothing to tell; counted from the worst unit, it can.

    Raises
    ------
    ValueError
        If `sd` is not positive.

    Examples
    --------
    >>> z_score(pd.DataFrame({"a": [1, 2, 3]}), mean=100, sd=5)["a"].tolist()
    [95.0, 100.0, 105.0]
    >>> z_score(pd.DataFrame({"a": [1, 2, 3]}), lowest=1, sd=20)["a"].tolist()
    [1.0, 21.0, 41.0]
    """
    if not sd > 0:
        raise ValueError(f"z_score: sd must be positive, it is {sd}")
    unit = values.std(ddof=1) / sd
    if lowest is None:
        return (values - values.mean()) / unit + mean
    return (values - values.min()) / unit + lowest


def rank_scores(values: pd.DataFrame) -> pd.DataFrame:
    """Return ascending ranks: 1 for the worst, the number of values present for the best.

    Ties share their mean rank. The top of a column with gaps is lower than that of a complete
    one; `percentile_rank` has the same top for all.

    Examples
    --------
    >>> rank_scores(pd.DataFrame({"a": [7, 3, 3, None]}))["a"].tolist()
    [3.0, 1.5, 1.5, nan]
    """
    return values.rank(method="average")


def percentile_rank(values: pd.DataFrame, lower: float = 0.0, upper: float = 100.0) -> pd.DataFrame:
    """Return the percentage of the other units that a unit surpasses, ties counting one half.

    This is 100 (r - 1) / (n - 1), with r the ascending mean rank among the n values present;
    `lower` and `upper` stand for 0 and 100 %.

    Raises
    ------
    ValueError
        If `upper` is not above `lower`.

    Examples
    --------
    >>> percentile_rank(pd.DataFrame({"a": [10, 20, 20, 40]}))["a"].tolist()
    [0.0, 50.0, 50.0, 100.0]
    """
    if not upper > lower:
        rule = f"upper must be above lower, they are {upper} and {lower}"
        raise ValueError(f"percentile_rank: {rule}")
    share = (values.rank(method="average") - 1) / (values.count() - 1)
    return share * (upper - lower) + lower


def distance_to_best(values: pd.DataFrame) -> pd.DataFrame:
    """Return each value as a percentage of the best one.

    This is the distance to a reference of the OECD/JRC Handbook on Constructing Composite
    Indicators (2008), the reference being the best unit: 100 x / best where all values are
    zero or positive. Where all are negative, as in a column turned because less is better, it
    is 100 best / x, so half of the smallest burden counts twice. It keeps ratios, hence it has
    no meaning for columns with values of both signs, such as log-transformed ones.

    Raises
    ------
    RefusedValueError
        Naming the columns that are neither all zero or positive nor all negative.

    Examples
    --------
    Of a more is better; of b, turned, less was: half of the smallest burden counts twice.

    >>> distance_to_best(pd.DataFrame({"a": [2, 4], "b": [-2, -1]})).to_dict("list")
    {'a': [50.0, 100.0], 'b': [50.0, 100.0]}
    """
    return _relative(values, values.min(), values.max())


def efficacy_coefficient(
    values: pd.DataFrame, base: float = 60.0, span: float = 40.0
) -> pd.DataFrame:
    """Map each column linearly from `base` (its minimum) to `base` + `span` (its maximum).

    This is the efficacy coefficient method, with the observed extremes as the unacceptable and
    the satisfactory value; its usual scale is 60 to 100.

    Raises
    ------
    ValueError
        If `span` is not positive.

    Examples
    --------
    >>> efficacy_coefficient(pd.DataFrame({"a": [0, 5, 20]}))["a"].tolist()
    [60.0, 70.0, 100.0]
    """
    return min_max(values, lower=base, upper=base + span)


def _between(
    values: pd.DataFrame, worst: pd.Series, best: pd.Series, lower: float, upper: float
) -> pd.DataFrame:
    """Each column on a line through (`worst`, `lower`) and (`best`, `upper`)."""
    share = (values - worst) / (best - worst)
    return share * (upper - lower) + lower


def _relative(values: pd.DataFrame, worst: pd.Series, best: pd.Series) -> pd.DataFrame:
    """Each value as a percentage of the best one; of burdens, turned, the other way round."""
    _refuse_mixed(values, worst, best)
    return (100 * values / best).where(worst >= 0, 100 * best / values, axis="columns")


def _refuse_mixed(values: pd.DataFrame, worst: pd.Series, best: pd.Series) -> None:
    """Refuse columns of which no ratio to the best one can be taken."""
    burden = best < 0
    mixed = list(values.columns[~((worst >= 0) | (burden & (values.max() < 0)))])
    if mixed:
        raise RefusedValueError(
            f"distance_to_best: the columns {mixed} are neither all zero or positive "
            "nor all strictly negative (all strictly positive before a less-is-better turn)"
        )


def _efficacy(
    values: pd.DataFrame, worst: pd.Series, best: pd.Series, base: float = 60.0, span: float = 40.0
) -> pd.DataFrame:
    return _between(values, worst, best, base, base + span)


def _linear(
    values: pd.DataFrame,
    worst: pd.Series,
    best: pd.Series,
    lower: float = 0.0,
    upper: float = 100.0,
) -> pd.DataFrame:
    return _between(values, worst, best, lower, upper)


# The scales that two ends determine, as functions of these; all others need the units themselves.
GIVEN_ENDS: dict[str, Callable[..., pd.DataFrame]] = {
    "min_max": _linear,
    "efficacy_coefficient": _efficacy,
    "distance_to_best": _relative,
}
NORMALISATIONS: dict[str, Callable[..., pd.DataFrame]] = {
    "min_max": min_max,
    "z_score": z_score,
    "rank_scores": rank_scores,
    "percentile_rank": percentile_rank,
    "distance_to_best": distance_to_best,
    "efficacy_coefficient": efficacy_coefficient,
}


def reaches_zero(method: str, **options: float) -> bool:
    """Say whether the worst unit of a column comes to 0 or below, whatever its figures.

    A geometric or harmonic mean cannot take such a scale. Where it depends on the figures,
    the answer is no.

    Parameters
    ----------
    method
        A name in `NORMALISATIONS`.
    **options
        Parameters of that function.

    Examples
    --------
    >>> reaches_zero("min_max"), reaches_zero("min_max", lower=1), reaches_zero("rank_scores")
    (True, False, False)
    """
    return {
        "min_max": options.get("lower", 0.0) <= 0,
        "z_score": options.get("lowest", options.get("mean", 0.0)) <= 0,
        "percentile_rank": options.get("lower", 0.0) <= 0,
        "efficacy_coefficient": options.get("base", 60.0) <= 0,
    }.get(method, False)


def normalise(
    data: pd.DataFrame,
    directions: pd.Series,
    method: str = "min_max",
    *,
    ends: pd.DataFrame | None = None,
    **options: float,
) -> pd.DataFrame:
    """Turn columns in which less is better, then bring all columns to one scale.

    Parameters
    ----------
    data
        One row per unit, numeric columns in any units of measurement, gaps as NaN.
    directions
        +1 or -1 by column name.
    method
        A name in `NORMALISATIONS`.
    ends
        ``lowest, highest`` by column name: the figures that the ends of the scale stand for, those
        of `data` if not given. A z-score, ranks and percentile ranks have no ends: they compare
        the units at hand with each other.
    **options
        Parameters of that function.

    Returns
    -------
    pd.DataFrame
        In the shape of `data`, in points of the scale, more being better; gaps stay gaps. Figures
        beyond given ends lie beyond the scale.

    Raises
    ------
    ValueError
        For an unknown method, and naming the columns without a direction of +1 or -1 or with
        fewer than two different values.

    Examples
    --------
    >>> burden = pd.DataFrame({"b": [10, 20, 50]}, index=["u", "v", "w"])
    >>> normalise(burden, pd.Series({"b": -1}))["b"].to_dict()
    {'u': 100.0, 'v': 75.0, 'w': 0.0}

    On a scale on which 20 is the best and 40 the worst:

    >>> ends = pd.DataFrame({"lowest": [20.0], "highest": [40.0]}, index=["b"])
    >>> normalise(burden, pd.Series({"b": -1}), ends=ends)["b"].to_dict()
    {'u': 150.0, 'v': 100.0, 'w': -50.0}
    """
    if method not in NORMALISATIONS:
        raise ValueError(f"normalisation {method!r} is not one of {sorted(NORMALISATIONS)}")
    signs = directions.reindex(data.columns)
    undirected = list(data.columns[~signs.isin([1, -1])])
    if undirected:
        raise ValueError(f"normalisation: the columns {undirected} have no direction of 1 or -1")
    refuse_constant_columns(data, "normalisation")
    turned = data * signs.astype(float)
    if ends is None or method not in GIVEN_ENDS:
        return NORMALISATIONS[method](turned, **options)
    sides = ends.loc[data.columns, ["lowest", "highest"]].mul(signs, axis="index")
    worst, best = sides.min(axis="columns"), sides.max(axis="columns")
    return GIVEN_ENDS[method](turned, worst, best, **options)


def varies(data: pd.DataFrame) -> pd.Series:
    """Say, by column, whether values differ by more than rounding.

    Sums that should be equal may differ in their last digits, and a scale would stretch that
    difference from its lower to its upper end.

    Examples
    --------
    >>> varies(pd.DataFrame({"a": [1.0, 2.0], "b": [0.3, 0.1 + 0.2]})).to_dict()
    {'a': True, 'b': False}
    """
    spread, size = data.max() - data.min(), data.abs().max()
    return (spread > ROUNDING * size) & (spread > SMALLEST_SPREAD)


def refuse_constant_columns(data: pd.DataFrame, step: str) -> None:
    """Raise an error that names the columns with fewer than two different values.

    Parameters
    ----------
    data
        One row per unit, numeric columns, gaps as NaN.
    step
        What refuses them, in words.

    Raises
    ------
    RefusedValueError
        If there are any.

    Examples
    --------
    >>> refuse_constant_columns(pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 2.0]}), "scale")
    Traceback (most recent call last):
    analysis.index.refusal.RefusedValueError: scale: the columns ['a'] have fewer than two \
    different values
    """
    constant = list(data.columns[~varies(data)])
    if constant:
        rule = f"the columns {constant} have fewer than two different values"
        raise RefusedValueError(f"{step}: {rule}")
