"""Weights side by side: the same tree under several ways of weighing siblings.

Every method weighs every group of siblings, from the leaves up, each group by the values that its
members have under the method's own weights below. `equal`, `entropy`, `critic` and
`principal_component` are those of the engine; `balanced` is added here. Pairwise judgements
(analytic hierarchy process) are taken by `judged_framework`.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from analysis.index.aggregation import AGGREGATIONS, aggregate, means_by_node
from analysis.index.framework import check_tree, leaves, root, sibling_weights, with_weights
from analysis.index.normalisation import refuse_constant_columns
from analysis.index.parts import sibling_shares
from analysis.index.ranking import rank
from analysis.index.refusal import RefusedValueError
from analysis.index.weighting import WEIGHTINGS, analytic_hierarchy, consistency_ratio, equal

# Balanced weights leave every sibling at least this share, so that nothing is weighed away.
LEAST_SHARE = 0.01
TOPS = (10, 100)

Weighting = Callable[[pd.DataFrame], pd.Series]
Means = str | Mapping[str, str]


def balanced(values: pd.DataFrame) -> pd.Series:
    """Weigh columns so that all correlate equally with their weighted mean.

    With C the covariance matrix and s the standard deviations, the covariances of the
    standardised columns with the mean are (C w)_i / s_i; they are equal if the correlations are.
    For linear relations the squared correlation is the correlation ratio, so equal correlations
    are equal importance (Paruolo, Saisana and Saltelli, Ratings and rankings: voodoo or science?,
    Journal of the Royal Statistical Society A 176, 2013). The weights solve, by non-negative
    least squares, for the smallest spread of these covariances, each weight at least
    `LEAST_SHARE`. Where equality would need negative weights it is not reached.

    Parameters
    ----------
    values
        Siblings on one scale, one row per unit; covariances are over the units with both.

    Returns
    -------
    pd.Series
        Weights by column, in sum 1.

    Raises
    ------
    ValueError
        For constant columns.

    Examples
    --------
    Two unrelated columns weigh alike if the weights undo their spreads of 1 and 3.

    >>> balanced(pd.DataFrame({"a": [0, 1, 0, 1], "b": [0, 0, 3, 3]})).round(6).to_dict()
    {'a': 0.75, 'b': 0.25}
    """
    if values.shape[1] == 1:
        return equal(values)
    refuse_constant_columns(values, "balanced weights")
    deviations = values.std(ddof=1).to_numpy()
    covariances = values.cov().to_numpy() / deviations[:, None]
    # Scaled by the mean deviation, so that the sum condition outweighs data of any size.
    spread = (covariances - covariances.mean(axis=0)) / deviations.mean()
    # Whatever the length of a vector of weights, its best length for |spread w|² + (sum w - 1)²
    # leaves a residual that grows with |spread w| / sum w. So the least squares need no heavy
    # penalty for the sum, which would cost digits: the direction found is the one wanted.
    count = len(deviations)
    lifted = np.eye(count) + LEAST_SHARE / (1 - count * LEAST_SHARE)
    conditions = np.vstack([spread, np.ones(count)]) @ lifted
    shares = lifted @ nnls(conditions, np.append(np.zeros(count), 1.0))[0]
    return pd.Series(shares / shares.sum(), index=values.columns)


METHODS: dict[str, Weighting] = {**WEIGHTINGS, "balanced": balanced}


def weigh(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    weighting: Weighting,
    aggregation: Means = "arithmetic",
) -> pd.DataFrame:
    """Return the framework with every group of siblings weighed by one method.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, on one scale, more being better.
    framework
        A framework table that passes `framework.check_tree`.
    weighting
        From a frame of siblings to weights by column.
    aggregation
        The means, as `aggregation.aggregate` takes them.

    Raises
    ------
    ValueError
        As the method does, and if a weight comes out as zero or negative.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "weight": [1, 5, 1], "direction": 1,
    ... })
    >>> values = pd.DataFrame({"a": [0, 1, 0, 1], "b": [0, 0, 3, 3]})
    >>> weigh(values, tree, balanced)["weight"].round(6).tolist()
    [1.0, 0.75, 0.25]
    """
    columns = {leaf: normalised[leaf] for leaf in leaves(framework)}
    means, weighed = means_by_node(framework, aggregation), framework
    for node, record in sibling_weights(framework).items():
        siblings = pd.DataFrame({code: columns[code] for code in record.index})
        weights = weighting(siblings)
        weighed = with_weights(weighed, weights)
        columns[node] = AGGREGATIONS[means[node]](siblings, weights)
    check_tree(weighed)
    return weighed


def judgement_matrices(judgements: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Write judgements in pairs as reciprocal matrices, by the node whose children they are on.

    Parameters
    ----------
    judgements
        ``node, first, second, times``: how many times as important as the second the first is.

    Returns
    -------
    dict[str, pd.DataFrame]
        By node a square matrix. A pair that is not judged is a gap, which `judged_framework`
        refuses.

    Examples
    --------
    >>> pairs = pd.DataFrame([("top", "a", "b", 4.0)], columns=["node", "first", "second", "times"])
    >>> judgement_matrices(pairs)["top"].to_dict("index")
    {'a': {'a': 1.0, 'b': 4.0}, 'b': {'a': 0.25, 'b': 1.0}}
    """
    mirrored = judgements.assign(
        first=judgements["second"], second=judgements["first"], times=1 / judgements["times"]
    )
    matrices = {}
    for node, pairs in pd.concat([judgements, mirrored]).groupby("node", sort=False):
        order = pairs["first"].drop_duplicates()
        wide = pairs.pivot(index="first", columns="second", values="times")
        matrix = wide.reindex(index=order, columns=order).to_numpy(copy=True)
        np.fill_diagonal(matrix, 1.0)
        matrices[str(node)] = pd.DataFrame(matrix, index=order, columns=order)
    return matrices


def judged_framework(
    framework: pd.DataFrame, judgements: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the framework weighed by pairwise judgements, and how consistent these are.

    Parameters
    ----------
    framework
        A framework table.
    judgements
        By inner node, a reciprocal matrix over all its children (see
        `weighting.analytic_hierarchy`); the children of other nodes keep their weights.

    Returns
    -------
    weighed
        The framework with the weights of the judged siblings.
    consistency
        ``code, siblings, consistency_ratio``; above 0.1 the judgements contradict each other.

    Raises
    ------
    ValueError
        For a matrix that is not over the children of its node, or not reciprocal.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 1]}
    ... )
    >>> matrix = pd.DataFrame([[1, 4], [0.25, 1]], index=["a", "b"], columns=["a", "b"])
    >>> weighed, consistency = judged_framework(tree, {"top": matrix})
    >>> weighed["weight"].round(9).tolist()
    [1.0, 0.8, 0.2]
    >>> consistency.to_dict("records")
    [{'code': 'top', 'siblings': 2, 'consistency_ratio': 0.0}]
    """
    groups, weighed, rows = sibling_weights(framework), framework, []
    for node, matrix in judgements.items():
        siblings = list(groups.get(node, pd.Series(dtype=float)).index)
        if sorted(matrix.columns) != sorted(siblings):
            raise ValueError(
                f"judgements of {node!r}: the matrix is over {list(matrix.columns)}, "
                f"the children are {siblings}"
            )
        weighed = with_weights(weighed, analytic_hierarchy(matrix))
        rows.append((node, len(siblings), consistency_ratio(matrix)))
    return weighed, pd.DataFrame(rows, columns=["code", "siblings", "consistency_ratio"])


def weighted_frameworks(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    methods: Mapping[str, Weighting] | None = None,
    aggregation: Means = "arithmetic",
) -> dict[str, pd.DataFrame]:
    """Return the framework under each of several ways of weighing siblings.

    Parameters
    ----------
    normalised, framework, aggregation
        As `weigh` takes them.
    methods
        Weightings by name; all of `METHODS` if not given.

    Returns
    -------
    dict[str, pd.DataFrame]
        Frameworks by method. A method that some siblings do not bear is left out: CRITIC has no
        weights for siblings that are perfectly correlated.

    Raises
    ------
    ValueError
        For unknown means or nodes.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": 1, "direction": 1,
    ... })
    >>> alike = pd.DataFrame({"a": [0, 50, 100], "b": [0, 50, 100]})
    >>> "equal" in weighted_frameworks(alike, tree), "critic" in weighted_frameworks(alike, tree)
    (True, False)
    """
    found = {}
    for name, weighting in (METHODS if methods is None else methods).items():
        with suppress(RefusedValueError):
            found[name] = weigh(normalised, framework, weighting, aggregation)
    return found


def weight_table(frameworks: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List the weights of every node but the root under every method.

    Parameters
    ----------
    frameworks
        Framework tables with the column `level`, by method: `code, parent, level, weight`.

    Returns
    -------
    pd.DataFrame
        ``level, code, method, weight``; weights are shares among siblings, in the order of the
        tree.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "level": ["index", "leaf", "leaf"], "weight": [1, 1, 3],
    ... })
    >>> weight_table({"given": tree})
      level code method  weight
    0  leaf    a  given    0.25
    1  leaf    b  given    0.75
    """
    tables = [
        framework.assign(method=name, weight=framework["code"].map(sibling_shares(framework)))
        for name, framework in frameworks.items()
    ]
    listed = pd.concat([table[table["weight"].notna()] for table in tables], ignore_index=True)
    return listed[["level", "code", "method", "weight"]]


def effect_table(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    frameworks: Mapping[str, pd.DataFrame],
    aggregation: Means = "arithmetic",
    renormalisation: str = "level_by_level",
) -> pd.DataFrame:
    """Compare the ranks under every method with those of record.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, on one scale, more being better.
    framework
        The framework of record: `code, parent, weight`.
    frameworks
        The same tree with other weights, by method: `code, parent, weight`.
    aggregation, renormalisation
        The means, and what becomes of the weight of a gap, as `aggregation.aggregate` takes them.

    Returns
    -------
    pd.DataFrame
        ``method``, ``spearman`` (with the index of record), ``mean_shift`` and ``largest_shift``
        (in places, regardless of the direction), ``changed_top10`` and ``changed_top100`` (units
        of the leading places that leave them).

    Examples
    --------
    Where all weight goes from b to a, the order turns: two of three units move by two places.

    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 3]}
    ... )
    >>> values = pd.DataFrame({"a": [0.0, 50, 100], "b": [100.0, 50, 0]}, index=["u", "v", "w"])
    >>> other = tree.assign(weight=[1, 3, 1])
    >>> effect_table(values, tree, {"other": other}).to_dict("records")[0]
    {'method': 'other', 'spearman': -1.0, 'mean_shift': 1.3333333333333333, 'largest_shift': 2,
     'changed_top10': 0, 'changed_top100': 0}
    """
    indices = {
        name: aggregate(normalised, tree, aggregation, renormalisation)[root(framework)]
        for name, tree in [("record", framework), *frameworks.items()]
    }
    record = indices.pop("record")
    rows = [{"method": name, **_effect(record, index)} for name, index in indices.items()]
    return pd.DataFrame(rows)


def _effect(record: pd.Series, other: pd.Series) -> dict[str, float]:
    places, new_places = rank(record), rank(other)
    shift = (new_places - places).abs()
    left = {f"changed_top{n}": int(((places <= n) & (new_places > n)).sum()) for n in TOPS}
    return {
        "spearman": record.corr(other, method="spearman"),
        "mean_shift": shift.mean(),
        "largest_shift": int(shift.max()),
        **left,
    }
