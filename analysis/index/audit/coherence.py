"""Coherence: does every part of the index go with the part above it, and with which other one."""

import pandas as pd

from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex
from analysis.index.framework import leaves, parents, path_to_root

# Limits of the flags, on the correlation of a part with its own node above.
CONFLICTING, UNDER_REPRESENTED, DOMINATING = -0.3, 0.3, 0.95


def members(framework: pd.DataFrame, level: str, above: str) -> pd.Series:
    """Return, for every node of `level`, the node of the level `above` that it belongs to.

    Parameters
    ----------
    framework
        A framework table with the column `level`: `code, parent, level`.
    level, above
        Names of levels.

    Returns
    -------
    pd.Series
        Codes of the level `above`, by codes of `level`.

    Raises
    ------
    ValueError
        If no node has one of the levels, or a node has no such node above it.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "m", "a"], "parent": ["", "top", "m"]})
    >>> tree["level"] = ["index", "part", "leaf"]
    >>> members(tree, "leaf", "index").to_dict()
    {'a': 'top'}
    """
    levels = framework.set_index("code")["level"]
    up = parents(framework)
    codes = levels.index[levels == level]
    owners = {
        code: [node for node in path_to_root(up, code)[1:] if levels[node] == above]
        for code in codes
    }
    stray = [code for code, nodes in owners.items() if len(nodes) != 1]
    if stray or not owners:
        raise ValueError(f"framework: {stray or level!r} has no node of the level {above!r} above")
    return pd.Series({code: nodes[0] for code, nodes in owners.items()}, name=above)


def correlation_table(
    values: pd.DataFrame, framework: pd.DataFrame, level: str, above: str
) -> pd.DataFrame:
    """Correlate every node of one level with every node of a level above it.

    Parameters
    ----------
    values
        One row per unit, a column for every node and leaf, more being better.
    framework
        A framework table with the column `level`.
    level, above
        Names of levels.

    Returns
    -------
    pd.DataFrame
        ``level, code, above, own`` (1 if the node belongs to it), ``correlation`` (Pearson, over
        the units that have both) and ``n``.

    Raises
    ------
    ValueError
        As `members`.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a"], "parent": ["", "top"], "level": ["index", "leaf"]
    ... })
    >>> values = pd.DataFrame({"top": [1, 2, 3], "a": [5, 6, None]})
    >>> correlation_table(values, tree, "leaf", "index").round(9)
      level code above  own  correlation  n
    0  leaf    a   top    1          1.0  2
    """
    owners = members(framework, level, above)
    nodes = list(framework.loc[framework["level"] == above, "code"])
    columns = values[[*owners.index, *nodes]]
    correlations = columns.corr()
    present = columns.notna().astype(int)
    both = present.T @ present
    rows = [
        (level, code, node, int(node == owner), correlations.loc[code, node], both.loc[code, node])
        for code, owner in owners.items()
        for node in nodes
    ]
    return pd.DataFrame(rows, columns=["level", "code", "above", "own", "correlation", "n"])


def coherence_table(composite: CompositeIndex, level: str, above: str) -> pd.DataFrame:
    """Set the correlation of every part with its own node above beside that with the others.

    Parameters
    ----------
    composite
        An index; its framework has the column `level`.
    level, above
        Names of levels.

    Returns
    -------
    pd.DataFrame
        ``level, code, above`` (its own), ``correlation``, ``rest`` (correlation with the own
        node computed without the part: none if nothing else is there), ``other`` and
        ``other_correlation`` (the other node that it correlates with most), ``flag``:
        conflicting, under-represented, dominating, ``sole`` for a part that is all its node
        has, or ``none``.

    Raises
    ------
    ValueError
        As `members`.

    Examples
    --------
    b is what makes the index: a runs against it, and b alone is nearly all of it.

    >>> from analysis.index.composite import Method, build
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "level": ["index", "leaf", "leaf"], "weight": [1, 1, 3], "direction": 1,
    ... })
    >>> composite = build(
    ...     pd.DataFrame({"a": [100.0, 50, 0], "b": [0.0, 50, 100]}), tree, method=Method()
    ... )
    >>> table = coherence_table(composite, "leaf", "index").round(9)
    >>> table[["code", "above", "correlation", "rest", "flag"]]
      code above  correlation  rest         flag
    0    a   top         -1.0  -1.0  conflicting
    1    b   top          1.0  -1.0   dominating
    """
    framework = composite.framework
    values = pd.concat([composite.nodes, composite.normalised], axis=1)
    pairs = correlation_table(values, framework, level, above)
    table = pairs[pairs["own"] == 1].drop(columns=["own", "n"]).reset_index(drop=True)
    table["rest"] = [
        values[code].corr(_without(composite, code, node))
        if _has_more(framework, code, node)
        else float("nan")
        for code, node in table[["code", "above"]].itertuples(index=False)
    ]
    others = pairs[pairs["own"] == 0].sort_values("correlation", ascending=False, kind="stable")
    strongest = others.drop_duplicates("code").set_index("code")
    table["other"] = table["code"].map(strongest["above"])
    table["other_correlation"] = table["code"].map(strongest["correlation"])
    table["flag"] = [
        flag(correlation, sole=pd.isna(rest))
        for correlation, rest in table[["correlation", "rest"]].itertuples(index=False)
    ]
    return table


def flag(correlation: float, *, sole: bool) -> str:
    """Name what a correlation with the own node above says.

    The limits: below `CONFLICTING`, up to `UNDER_REPRESENTED`, above `DOMINATING`.

    Parameters
    ----------
    correlation
        From -1 to 1.
    sole
        Whether the part is all that its node has.

    Examples
    --------
    >>> [flag(r, sole=False) for r in (-0.31, -0.3, 0.3, 0.31, 0.95, 0.96)]
    ['conflicting', 'under_represented', 'under_represented', 'none', 'none', 'dominating']
    """
    if sole:
        return "sole"
    if correlation < CONFLICTING:
        return "conflicting"
    if correlation <= UNDER_REPRESENTED:
        return "under_represented"
    return "dominating" if correlation > DOMINATING else "none"


def _has_more(framework: pd.DataFrame, code: str, node: str) -> bool:
    return set(leaves(framework, node)) != set(leaves(framework, code))


def _without(composite: CompositeIndex, code: str, node: str) -> pd.Series:
    """The value of a node without a part of it, under the means and the weights of the method."""
    framework, above = composite.framework, parents(composite.framework)
    branch = framework[[node in path_to_root(above, each) for each in framework["code"]]]
    branch = branch.assign(parent=branch["parent"].where(branch["code"] != node, ""))
    some = composite.normalised[leaves(branch)]
    gone = leaves(framework, code)
    means = {each: mean for each, mean in composite.means.items() if each in set(branch["code"])}
    nodes = aggregate(
        some.assign(**dict.fromkeys(gone, float("nan"))),
        branch,
        means,
        composite.method.renormalisation,
    )
    return nodes[node]
