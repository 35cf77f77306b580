"""Who stands directly below whom in a framework, found once for all nodes."""

import pandas as pd

from analysis.index.framework import parents


def families(framework: pd.DataFrame) -> dict[str, list[str]]:
    """Return the codes directly below every code, in table order: `framework.children` of all.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "z", "m", "a"], "parent": ["", "top", "top", "m"]})
    >>> families(tree)
    {'top': ['z', 'm'], 'z': [], 'm': ['a'], 'a': []}
    """
    above = parents(framework)
    found: dict[str, list[str]] = {code: [] for code in above}
    for code, parent in above.items():
        if parent in found:
            found[parent].append(code)
    return found
