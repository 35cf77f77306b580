"""Small frames shared by the tests of the engine."""

import pandas as pd
from hypothesis import strategies as st

# A ragged tree: z hangs directly under the root, c and d lie three steps below it.
#
#   index ─┬─ left (2) ──┬─ a (1)
#          │             └─ b (3)
#          ├─ right (1) ─┬─ deep (1) ─┬─ c (1)
#          │             │            └─ d (1)
#          │             └─ e (1), less is better
#          └─ z (1)
ROWS = [
    ("index", "", None, None),
    ("left", "index", 2.0, None),
    ("right", "index", 1.0, None),
    ("z", "index", 1.0, 1),
    ("deep", "right", 1.0, None),
    ("a", "left", 1.0, 1),
    ("b", "left", 3.0, 1),
    ("c", "deep", 1.0, 1),
    ("d", "deep", 1.0, 1),
    ("e", "right", 1.0, -1),
]
LEAVES = ["z", "a", "b", "c", "d", "e"]


def ragged(weights: dict[str, float] | None = None) -> pd.DataFrame:
    """The tree above, with some weights replaced."""
    framework = pd.DataFrame(ROWS, columns=["code", "parent", "weight", "direction"])
    new = weights or {}
    rows = zip(framework["code"], framework["weight"], strict=True)
    return framework.assign(weight=[new.get(code, old) for code, old in rows])


def flat(columns: list[str]) -> pd.DataFrame:
    """A root with one leaf for each column, equal weights, more being better."""
    rows = [("index", "", None, None)] + [(column, "index", 1.0, 1) for column in columns]
    return pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"])


@st.composite
def tables(draw: st.DrawFn, *, gaps: bool = False) -> pd.DataFrame:
    """Columns of whole numbers, each with at least two different values, with gaps or without.

    The first two units are complete and differ in every column, so no column is constant.
    """
    units = draw(st.integers(4, 9))
    cell = st.integers(2, 500)
    rows = [[0.0] * len(LEAVES), [1.0] * len(LEAVES)]
    for _ in range(units - 2):
        values = draw(st.lists(cell, min_size=len(LEAVES), max_size=len(LEAVES)))
        mask = draw(st.lists(st.booleans(), min_size=len(LEAVES), max_size=len(LEAVES)))
        rows.append(
            [None if gaps and gone else float(v) for v, gone in zip(values, mask, strict=True)]
        )
    labels = [f"u{number:02}" for number in range(units)]
    return pd.DataFrame(rows, index=labels, columns=LEAVES, dtype=float)


@st.composite
def trees(draw: st.DrawFn) -> pd.DataFrame:
    """The ragged tree with other weights."""
    codes = [code for code, parent, *_ in ROWS if parent]
    size = len(codes)
    weights = draw(st.lists(st.integers(1, 9), min_size=size, max_size=size))
    return ragged(dict(zip(codes, map(float, weights), strict=True)))
