"""A factorial design of eight units, whose correlations are exact by construction."""

import numpy as np
import pandas as pd

_SIGNS = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], dtype=float)
A, B, C = _SIGNS.T
# Uncorrelated with A, B and C.
COMMON = A * B * C


def tree(*rows):
    """Rows ``(code, parent, level, weight)``; every leaf counts upwards."""
    table = pd.DataFrame(rows, columns=["code", "parent", "level", "weight"])
    return table.assign(direction=1)


# The index of two domains: x of two measures, y of one.
TREE = tree(
    ("index", "", "index", 1),
    ("x", "index", "domain", 1),
    ("y", "index", "domain", 1),
    ("a", "x", "measure", 1),
    ("b", "x", "measure", 1),
    ("c", "y", "measure", 1),
)
