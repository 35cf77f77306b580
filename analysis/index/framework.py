"""The framework table: a tree of nodes with weights, whose leaves are the columns of the data.

A framework is a frame with the columns ``code``, ``parent``, ``weight`` and ``direction``. The
root has an empty parent and needs no weight. Leaves carry a direction: +1 where more is better,
-1 where less is better; an inner node has none, or +1. Branches may differ in depth, so a leaf may
hang directly under the root.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.index.refusal import RefusedValueError

COLUMNS = ("code", "parent", "weight", "direction")
# The treatment of skewed figures takes fourth powers and their sums, which must stay finite.
LARGEST = 1e30


def parents(framework: pd.DataFrame) -> dict[str, str]:
    """Return the parent of every code, in table order; the root's parent is the empty string.

    Examples
    --------
    >>> parents(pd.DataFrame({"code": ["top", "a"], "parent": [None, "top"]}))
    {'top': '', 'a': 'top'}
    """
    above, lacks = framework["parent"].tolist(), framework["parent"].isna().tolist()
    found = ["" if lacking else parent for parent, lacking in zip(above, lacks, strict=True)]
    return dict(zip(framework["code"].tolist(), found, strict=True))


def root(framework: pd.DataFrame) -> str:
    """Return the code of the root, the first code whose parent is empty.

    Raises
    ------
    StopIteration
        If there is none: `check_tree` refuses such a table.

    Examples
    --------
    >>> root(pd.DataFrame({"code": ["a", "top"], "parent": ["top", ""]}))
    'top'
    """
    return next(code for code, parent in parents(framework).items() if parent == "")


def leaves(framework: pd.DataFrame, node: str | None = None) -> list[str]:
    """Return the leaves below `node` (of the whole tree if it is not given), in table order.

    A leaf is below itself.

    Raises
    ------
    ValueError
        If the framework has no such node.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "z", "m", "a"], "parent": ["", "top", "top", "m"]})
    >>> leaves(tree), leaves(tree, "m")
    (['z', 'a'], ['a'])
    """
    above = parents(framework)
    inner = set(above.values())
    found = [code for code in above if code not in inner]
    if node is None:
        return found
    if node not in above:
        raise ValueError(f"framework has no node {node!r}")
    return [code for code in found if node in path_to_root(above, code)]


def children(framework: pd.DataFrame, node: str) -> list[str]:
    """Return the codes directly below a node, in table order; a leaf has none.

    Parameters
    ----------
    framework
        A framework table: `code, parent`.
    node
        A code.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "z", "m", "a"], "parent": ["", "top", "top", "m"]})
    >>> children(tree, "top"), children(tree, "a")
    (['z', 'm'], [])
    """
    return [code for code, parent in parents(framework).items() if parent == node]


def path_to_root(above: dict[str, str], code: str) -> list[str]:
    """Return `code`, its parent and so on up to the root.

    The walk also ends at a parent that is not in the table, and before a code met twice, so
    that a faulty table cannot hang it.

    Parameters
    ----------
    above
        The parent of every code, as `parents` gives it.
    code
        Where the walk begins.

    Examples
    --------
    >>> path_to_root({"top": "", "m": "top", "a": "m"}, "a")
    ['a', 'm', 'top']
    """
    path: list[str] = []
    while code in above and code not in path:
        path.append(code)
        code = above[code]
    return path


def depth(framework: pd.DataFrame) -> pd.Series:
    """Return the number of steps from the root to every code; the root has the depth 0.

    Examples
    --------
    >>> depth(pd.DataFrame({"code": ["top", "m", "a"], "parent": ["", "top", "m"]})).to_dict()
    {'top': 0, 'm': 1, 'a': 2}
    """
    above = parents(framework)
    steps = {code: len(path_to_root(above, code)) - 1 for code in above}
    return pd.Series(steps, name="depth")


def bottom_up(framework: pd.DataFrame) -> list[str]:
    """Return the inner nodes, every node after all nodes below it; the root comes last.

    Examples
    --------
    >>> bottom_up(pd.DataFrame({"code": ["top", "z", "m", "a"], "parent": ["", "top", "top", "m"]}))
    ['m', 'top']
    """
    above = parents(framework)
    inner = set(above.values())
    nodes = [code for code in above if code in inner]
    return sorted(nodes, key=lambda code: len(path_to_root(above, code)), reverse=True)


def sibling_weights(framework: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the weights of the children of every inner node, scaled to the sum 1.

    Parameters
    ----------
    framework
        A framework table: `code, parent, weight`.

    Returns
    -------
    dict[str, pd.Series]
        By inner node, in the order of `bottom_up`, a series by the codes of its children.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [None, 1, 3]}
    ... )
    >>> sibling_weights(tree)["top"].to_dict()
    {'a': 0.25, 'b': 0.75}
    """
    # The root has no siblings, and its cell may hold anything.
    numbers = pd.to_numeric(framework["weight"], errors="coerce").to_numpy(dtype=float)
    groups: dict[str, dict[str, float]] = {node: {} for node in bottom_up(framework)}
    for (code, parent), weight in zip(parents(framework).items(), numbers, strict=True):
        if parent in groups:
            groups[parent][code] = float(weight)
    return {node: _share_out(group) for node, group in groups.items()}


def _share_out(group: dict[str, float]) -> pd.Series:
    weights = np.array(list(group.values()))
    return pd.Series(weights / weights.sum(), index=list(group))


def nominal_weights(framework: pd.DataFrame) -> pd.Series:
    """Return the weight of every node in the index: the product of the shares on its path.

    Parameters
    ----------
    framework
        A framework table: `code, parent, weight`.

    Returns
    -------
    pd.Series
        Shares (0 to 1) by code, in the order of the framework; 1 for the root.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "m", "z", "a", "b"], "parent": ["", "top", "top", "m", "m"],
    ...     "weight": [1, 1, 1, 1, 3],
    ... })
    >>> nominal_weights(tree).to_dict()
    {'top': 1.0, 'm': 0.5, 'z': 0.5, 'a': 0.125, 'b': 0.375}
    """
    weights = {root(framework): 1.0}
    for node, shares in reversed(sibling_weights(framework).items()):
        weights |= {code: share * weights[node] for code, share in shares.to_dict().items()}
    return pd.Series({code: weights[code] for code in framework["code"]}, name="nominal")


def with_weights(framework: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Return the framework with the weights of some codes replaced.

    Parameters
    ----------
    framework
        A framework table.
    weights
        New weights by code; codes that are not named keep theirs.

    Raises
    ------
    ValueError
        If a code is not in the framework.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a"], "parent": ["", "top"], "weight": [1.0, 1.0]})
    >>> with_weights(tree, pd.Series({"a": 2.0}))["weight"].tolist()
    [1.0, 2.0]
    """
    unknown = [code for code in weights.index if code not in set(framework["code"])]
    if unknown:
        raise ValueError(f"weights for codes that the framework does not have: {unknown}")
    new = weights.to_dict()
    rows = zip(framework["code"], framework["weight"], strict=True)
    return framework.assign(weight=[new.get(code, old) for code, old in rows])


def prune(framework: pd.DataFrame, available: Iterable[str]) -> pd.DataFrame:
    """Drop the leaves that are not available, and the inner nodes left without leaves.

    Parameters
    ----------
    framework
        A framework table: `code, parent`, and any others.
    available
        Codes of the leaves that have data; other names in it are ignored.

    Returns
    -------
    pd.DataFrame
        The rows that are left, with all columns.

    Raises
    ------
    RefusedValueError
        If no leaf is left.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "z", "m", "a"], "parent": ["", "top", "top", "m"]})
    >>> prune(tree, ["z"])["code"].tolist()
    ['top', 'z']
    """
    above = parents(framework)
    wanted = set(available)
    kept = {
        code for leaf in leaves(framework) if leaf in wanted for code in path_to_root(above, leaf)
    }
    if not kept:
        raise RefusedValueError("framework: none of its leaves is among the available columns")
    return framework.loc[framework["code"].isin(kept)].reset_index(drop=True)


def check_tree(framework: pd.DataFrame) -> None:
    """Refuse a table that is not a weighted tree with directed leaves.

    Parameters
    ----------
    framework
        A table that should have the columns `code, parent, weight, direction`.

    Raises
    ------
    RefusedValueError
        Listing all faults: missing columns, empty or repeated codes, not exactly one root,
        unknown parents, cycles, weights that are not positive numbers up to `LARGEST`,
        directions of leaves that are not 1 or -1, and inner nodes with a direction of -1.

    Examples
    --------
    >>> check_tree(pd.DataFrame(
    ...     {"code": ["top", "a"], "parent": ["", "top"], "weight": [1, 0], "direction": 1}
    ... ))
    Traceback (most recent call last):
    analysis.index.refusal.RefusedValueError: framework: 1 fault(s)
    weight of 'a' is 0, not a positive number
    """
    absent = [column for column in COLUMNS if column not in framework.columns]
    if absent:
        raise RefusedValueError(f"framework: the columns {absent} are missing")
    faults = _faults_of_codes(framework) + _faults_of_parents(framework)
    faults += _faults_of_weights(framework) + _faults_of_directions(framework)
    _raise_all("framework", faults)


def check_data(data: pd.DataFrame, framework: pd.DataFrame) -> None:
    """Refuse data that do not fit the leaves of a framework.

    Parameters
    ----------
    data
        One row per unit, a column for each leaf.
    framework
        A framework table: `code, parent`.

    Raises
    ------
    RefusedValueError
        Listing all faults: repeated unit labels or columns, leaves without a column, columns
        that are not numbers, values beyond ±`LARGEST` (a gap is NaN).

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a", "b"], "parent": ["", "top", "top"]})
    >>> check_data(pd.DataFrame({"a": [1.0, 2.0]}), tree)
    Traceback (most recent call last):
    analysis.index.refusal.RefusedValueError: data: 1 fault(s)
    leaf 'b' has no column
    """
    units = data.index[data.index.duplicated()].unique()
    faults = [f"unit {unit!r} occurs more than once" for unit in units]
    wanted = leaves(framework)
    faults += [f"leaf {leaf!r} has no column" for leaf in wanted if leaf not in data.columns]
    for leaf in (leaf for leaf in wanted if leaf in data.columns):
        faults += _faults_of_column(data[leaf], leaf)
    _raise_all("data", faults)


def _faults_of_column(values: pd.Series | pd.DataFrame, leaf: str) -> list[str]:
    if isinstance(values, pd.DataFrame):
        return [f"column {leaf!r} occurs more than once"]
    if not pd.api.types.is_numeric_dtype(values):
        return [f"column {leaf!r} is not a column of numbers"]
    beyond = values[np.abs(values.to_numpy(dtype=float, na_value=np.nan)) > LARGEST]
    rule = f"is not within ±{LARGEST:g}"
    return [
        f"column {leaf!r}, unit {unit!r}: the value {value} {rule}"
        for unit, value in beyond.items()
    ]


def _faults_of_codes(framework: pd.DataFrame) -> list[str]:
    codes = framework["code"].fillna("")
    repeated = codes[codes.duplicated() & (codes != "")].unique()
    faults = [f"code {code!r} occurs more than once" for code in repeated]
    empty = int((codes == "").sum())
    return faults + ([f"{empty} rows have no code"] if empty else [])


def _faults_of_parents(framework: pd.DataFrame) -> list[str]:
    above = parents(framework)
    above.pop("", None)  # a row without a code would seem to be the parent of the root
    roots = [code for code, parent in above.items() if parent == ""]
    faults = [] if len(roots) == 1 else [f"exactly one code has an empty parent, not {roots}"]
    if roots == list(above):
        faults.append("there is no leaf below the root")
    faults += [
        f"parent {parent!r} of {code!r} is not a code"
        for code, parent in above.items()
        if parent != "" and parent not in above
    ]
    in_cycle = [code for code in above if above[path_to_root(above, code)[-1]] == code]
    return faults + ([f"the parents of {in_cycle} run in a cycle"] if in_cycle else [])


def _faults_of_weights(framework: pd.DataFrame) -> list[str]:
    below_root = framework.loc[framework["parent"].astype(object).fillna("") != ""]
    weights = pd.to_numeric(below_root["weight"], errors="coerce")
    wrong = below_root.loc[~((weights > 0) & (weights <= LARGEST))]
    pairs = zip(wrong["code"], wrong["weight"], strict=True)
    return [f"weight of {code!r} is {weight}, not a positive number" for code, weight in pairs]


def _faults_of_directions(framework: pd.DataFrame) -> list[str]:
    outer = framework.loc[framework["code"].isin(leaves(framework))]
    directions = pd.to_numeric(outer["direction"], errors="coerce")
    wrong = outer.loc[~directions.isin([1, -1])]
    pairs = zip(wrong["code"], wrong["direction"], strict=True)
    faults = [f"direction of leaf {code!r} is {value}, not 1 or -1" for code, value in pairs]
    inner = framework.loc[~framework["code"].isin(outer["code"])]
    turned = inner.loc[pd.to_numeric(inner["direction"], errors="coerce") < 0, "code"]
    rule = "only leaves have one: turn those below it"
    return faults + [f"direction of the inner node {code!r} is -1; {rule}" for code in turned]


def _raise_all(subject: str, faults: list[str]) -> None:
    if faults:
        raise RefusedValueError("\n".join([f"{subject}: {len(faults)} fault(s)", *faults]))
