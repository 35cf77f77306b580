"""Filling gaps many times, so that what is not known stays visible as a spread.

Every column is turned into normal scores, the gaps are filled by chained Bayesian ridge
regressions on all other columns, each value drawn from its posterior predictive distribution,
and the scores are turned back. Normal scores make the method independent of units of
measurement and of skewed shapes, and keep every filled value within the range observed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.index.refusal import RefusedValueError

# With a few gaps the chain settles at once: five rounds hide and find known cells no better.
ROUNDS = 3


def impute(
    data: pd.DataFrame, count: int, seed: int, helpers: pd.DataFrame | None = None
) -> list[pd.DataFrame]:
    """Fill the gaps `count` times, each time by another draw.

    Multiple imputation (Rubin, Multiple imputation for nonresponse in surveys, Wiley 1987) by
    chained equations (van Buuren and Groothuis-Oudshoorn, Journal of Statistical Software 45,
    2011).

    Parameters
    ----------
    data
        One row per unit, numeric columns in any units of measurement, gaps as NaN.
    count
        Number of copies.
    seed
        Seed of all draws; copy k is the same however many copies are made.
    helpers
        More columns of the same units that say something about the gaps.

    Returns
    -------
    list[pd.DataFrame]
        Copies of `data` without gaps; what is filled in lies within the range of its column.

    Raises
    ------
    RefusedValueError
        Naming the columns with fewer than two different values, from which nothing is learnt.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [10.0, 20, 30, None]})
    >>> copies = impute(data, count=2, seed=1)
    >>> [bool(10 <= copy.loc[3, "b"] <= 30) for copy in copies]
    [True, True]
    """
    constant = list(data.columns[data.nunique() < 2])
    if constant:
        raise RefusedValueError(f"imputation: the columns {constant} have fewer than two values")
    seeds = np.random.SeedSequence(seed).generate_state(count)
    known = data if helpers is None else data.join(helpers.add_suffix(" (helper)"))
    scores = known.apply(normal_scores)
    gaps = data.columns[data.isna().any()]
    scales = {column: score_scale(data[column]) for column in gaps}
    return [_fill(data, scores, scales, int(each)) for each in seeds]


def normal_scores(values: pd.Series) -> pd.Series:
    """Return the normal quantiles of the mid-ranks, (rank - 1/2) / n; gaps stay gaps.

    Examples
    --------
    Of three values the middle one is the median of the normal distribution.

    >>> normal_scores(pd.Series([1, 5, 1000])).round(4).tolist()
    [-0.9674, 0.0, 0.9674]
    """
    share = (values.rank(method="average") - 0.5) / values.count()
    return pd.Series(norm.ppf(share), values.index)


def score_scale(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The normal scores of the different values present, rising, and these values.

    Examples
    --------
    >>> scores, values = score_scale(pd.Series([5, 1000, 1, 5]))
    >>> scores.round(4).tolist(), values.tolist()
    ([-1.1503, 0.0, 1.1503], [1, 5, 1000])
    """
    pairs = pd.DataFrame({"score": normal_scores(values), "value": values}).dropna()
    pairs = pairs.drop_duplicates().sort_values("score")
    return pairs["score"].to_numpy(), pairs["value"].to_numpy()


@dataclass(frozen=True)
class Hiding:
    """How known cells are hidden: a share at a time, in some repetitions, each time others.

    Attributes
    ----------
    share
        Chance (0 to 1) of each known cell to be hidden.
    repetitions
        How often cells are hidden.
    count, level
        Draws behind each interval, and the probability that it has.
    seed
        Of all draws.

    Examples
    --------
    >>> Hiding(repetitions=3).count
    19
    """

    share: float = 0.1
    repetitions: int = 1
    count: int = 19
    level: float = 0.9
    seed: int = 0


DEFAULT_HIDING = Hiding()


def hidden_cell_coverage(
    data: pd.DataFrame,
    helpers: pd.DataFrame | None = None,
    columns: Iterable[str] | None = None,
    hiding: Hiding = DEFAULT_HIDING,
) -> pd.DataFrame:
    """Hide known cells, impute them, and see whether their interval holds the truth.

    Parameters
    ----------
    data, helpers
        As in `impute`.
    columns
        Columns in which cells are hidden; those with gaps if not given.
    hiding
        How they are hidden.

    Returns
    -------
    pd.DataFrame
        One row per hidden cell: ``unit, column, value, low, high, covered`` (0 or 1).

    Raises
    ------
    RefusedValueError
        As `impute`, of the columns with cells hidden.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6], "b": [1.0, 2, 3, 4, 5, 6]})
    >>> found = hidden_cell_coverage(data, columns=["b"], hiding=Hiding(share=0.5, seed=1))
    >>> found.columns.tolist(), bool((found["low"] <= found["high"]).all())
    (['unit', 'column', 'value', 'low', 'high', 'covered'], True)
    """
    chosen = list(data.columns[data.isna().any()] if columns is None else columns)
    tables = []
    for child in np.random.SeedSequence(hiding.seed).spawn(hiding.repetitions):
        hidden = _hide(data[chosen], hiding.share, np.random.default_rng(child))
        masked = data.assign(**{c: data[c].mask(hidden[c]) for c in chosen})
        drawn = impute(masked, hiding.count, int(child.generate_state(1)[0]), helpers)
        tables.append(_intervals(data[chosen], hidden, [d[chosen] for d in drawn], hiding.level))
    return pd.concat(tables, ignore_index=True)


def _hide(data: pd.DataFrame, share: float, generator: np.random.Generator) -> pd.DataFrame:
    drawn = pd.DataFrame(generator.random(data.shape), data.index, data.columns)
    return data.notna() & (drawn < share)


def _fill(
    data: pd.DataFrame,
    scores: pd.DataFrame,
    scales: Mapping[str, tuple[np.ndarray, np.ndarray]],
    seed: int,
) -> pd.DataFrame:
    """Fill the gaps of the columns that `scales` names, with their `score_scale`."""
    # Late: importing them takes longer than most of what the program is asked for.
    from sklearn import config_context
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401  (registers the next)
    from sklearn.impute import IterativeImputer

    imputer = IterativeImputer(
        sample_posterior=True, max_iter=ROUNDS, skip_complete=True, random_state=seed
    )
    # The scores are known to be sound; checking them at every regression takes half of the time.
    with config_context(assume_finite=True, skip_parameter_validation=True):
        filled = pd.DataFrame(imputer.fit_transform(scores), scores.index, scores.columns)
    restored = {
        column: data[column].fillna(pd.Series(np.interp(filled[column], *scale), data.index))
        for column, scale in scales.items()
    }
    return data.assign(**restored)


def _intervals(
    data: pd.DataFrame, hidden: pd.DataFrame, drawn: list[pd.DataFrame], level: float
) -> pd.DataFrame:
    rows, columns = np.nonzero(hidden.to_numpy())
    cells = np.array([frame.to_numpy()[rows, columns] for frame in drawn])
    # The quantiles of Weibull: 19 draws cut the line into 20 parts that are equally likely to
    # hold the truth, and the outermost draws are the bounds of a 90 % interval.
    bounds = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(cells, bounds, axis=0, method="weibull")
    value = data.to_numpy()[rows, columns]
    return pd.DataFrame(
        {
            "unit": data.index[rows],
            "column": data.columns[columns],
            "value": value,
            "low": low,
            "high": high,
            "covered": ((low <= value) & (value <= high)).astype(int),
        }
    )
