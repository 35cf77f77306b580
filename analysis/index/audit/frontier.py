"""Frontier: every unit under the weights that flatter it most (benefit of the doubt).

A unit's score is its weighted mean over the best weighted mean that any unit has under the same
weights, maximised over the weights (Cherchye, Moesen, Rogge and Van Puyenbroeck, An introduction
to 'benefit of the doubt' composite indicators, Social Indicators Research 82, 2007). The weights
stay within bounds, or a unit could rest on its single best part.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from analysis.index.aggregation import refuse_cells
from analysis.index.ranking import rank

# A weight lies between half and twice its nominal share.
LEAST, MOST = 0.5, 2.0
# Scores so close to 1 are on the frontier: what the solver leaves open.
TOLERANCE = 1e-7


def frontier_table(
    parts: pd.DataFrame, nominal: pd.Series, least: float = LEAST, most: float = MOST
) -> pd.DataFrame:
    """Score every unit by benefit of the doubt.

    Parameters
    ----------
    parts
        One row per unit, a column per part, on one scale from 0, more being better, no gaps.
    nominal
        Positive weights by column; their sum does not matter.
    least, most
        Bounds of the chosen weights, as multiples of the nominal share.

    Returns
    -------
    pd.DataFrame
        ``unit``, ``frontier`` (0 to 1), ``distance`` (1 - frontier), ``frontier_rank`` and
        ``on_frontier`` (1 if the score is 1). The weights are not given: for one score there
        may be many.

    Raises
    ------
    ValueError
        For gaps, negative and infinite values, and bounds that do not enclose the nominal weights.

    Examples
    --------
    Each of two parts weighs between 1/4 and 3/4. Under equal weights u, v and w have 50, the best
    that there is, and x has 30.

    >>> parts = pd.DataFrame({"a": [100, 0, 50, 30], "b": [0, 100, 50, 30]}, index=list("uvwx"))
    >>> frontier_table(parts, pd.Series({"a": 1, "b": 1})).round(6)
      unit  frontier  distance  frontier_rank  on_frontier
    0    u       1.0       0.0              1            1
    1    v       1.0       0.0              1            1
    2    w       1.0       0.0              1            1
    3    x       0.6       0.4              4            0
    """
    matrix = parts.to_numpy(dtype=float)
    wrong = ~(np.isfinite(matrix) & (matrix >= 0))
    refuse_cells(parts, wrong, "frontier", "every value must be a number, zero or positive")
    if not 0 <= least <= 1 <= most:
        raise ValueError(f"frontier: the bounds {least} and {most} must enclose 1, none negative")
    shares = nominal.reindex(parts.columns).to_numpy(dtype=float)
    bounds = _weight_bounds(shares / shares.sum(), least, most)
    scores = [_best_score(unit, matrix, bounds) for unit in matrix]
    return _table(pd.Series(scores, index=parts.index))


def _weight_bounds(shares: np.ndarray, least: float, most: float) -> np.ndarray:
    """Rows a with a · w <= 0: each weight within its bounds times the sum of the weights."""
    own = np.eye(len(shares))
    low = least * shares[:, None] - own
    high = own - most * shares[:, None]
    return np.vstack([low, high])


def _best_score(unit: np.ndarray, matrix: np.ndarray, bounds: np.ndarray) -> float:
    conditions = np.vstack([matrix, bounds])
    limits = np.append(np.ones(len(matrix)), np.zeros(len(bounds)))
    solution = linprog(-unit, A_ub=conditions, b_ub=limits, method="highs")
    if not solution.success:
        raise ValueError(f"frontier: the linear programme was not solved: {solution.message}")
    return float(-solution.fun)


def _table(scores: pd.Series) -> pd.DataFrame:
    frontier = scores.mask(scores > 1 - TOLERANCE, 1.0)
    return pd.DataFrame(
        {
            "unit": scores.index,
            "frontier": frontier.to_numpy(),
            "distance": 1 - frontier.to_numpy(),
            "frontier_rank": rank(frontier).astype(int).to_numpy(),
            "on_frontier": frontier.eq(1).astype(int).to_numpy(),
        }
    )
