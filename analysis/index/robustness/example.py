"""The small case of the examples: three units, two leaves, and a design of one choice.

On a, which weighs twice as much, w leads; on b, u does. So w, v, u is the order of record and that
without b, and u, v, w the one without a. What becomes of it can be reckoned in one's head.
"""

import pandas as pd

from analysis.index.robustness.design import Design, read_design
from analysis.index.robustness.study import Study


def small_study() -> Study:
    """Three units u, v and w with the leaves a (weight 2) and b (weight 1), from 0 to 100.

    Examples
    --------
    >>> small_study().data.to_dict("list")
    {'a': [0.0, 50.0, 100.0], 'b': [100.0, 40.0, 0.0]}
    """
    data = pd.DataFrame({"a": [0.0, 50, 100], "b": [100.0, 40, 0]}, index=["u", "v", "w"])
    framework = pd.DataFrame(
        {
            "code": ["top", "a", "b"],
            "parent": ["", "top", "top"],
            "level": ["index", "part", "part"],
            "weight": [1.0, 2.0, 1.0],
            "direction": [1, 1, 1],
        }
    )
    return Study(data, framework)


def small_design() -> Design:
    """Arithmetic means of the figures as they are; either nothing or one leaf is left out.

    Examples
    --------
    >>> [alternative.text for alternative in small_design().alternatives["left_out"]]
    ['nothing', 'one']
    """
    rows = [
        ("treatment", "", "none"),
        ("normalisation", "", "min_max"),
        ("aggregation", "", "arithmetic"),
        ("left_out", "", "nothing"),
        ("left_out", "part", "one"),
    ]
    table = pd.DataFrame(rows, columns=["factor", "level", "alternative"])
    return read_design(table.assign(low=None, high=None, share=1.0))
