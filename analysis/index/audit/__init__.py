"""A statistical audit of a composite index: what its data, its tree and its ranks can bear.

One module per part: `coverage`, `distribution`, `coherence` (correlations), `reliability`
(components, alpha, sampling adequacy), `size_free` (alpha without size), `redundancy` (pairs that
tell the same), `importance` (weights against what they bring about), `added_value` and `frontier`.
Each takes frames and a framework table with the column `level` and gives back frames. What the
ranks owe to the choices of the method is told by the modules above.
"""
