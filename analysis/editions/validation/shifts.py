"""Lines of a table whose figures stand one column too far left or right.

Each figure is compared, on a logarithmic scale and allowing for the size of the city, with what is
usual in its own column and in the neighbouring one. A shifted line fits its neighbours far better.
"""

import warnings

import numpy as np
import pandas as pd

from analysis.editions.validation.faults import Fault

# A run of this many columns, of which so many hold a figure, must fit its neighbours better by this
# factor, in the median. In the yearbooks of 2018 and 2019 no line comes nearer than a factor of 9,
# nor than one of 22 where they lose columns, any one or up to two in three; and 19 of 20 lines that
# are shifted on purpose go beyond it.
RUN, PRESENT, FACTOR = 6, 4, 25
# What is usual is not known from fewer lines.
FEWEST = 30


def shift_faults(file: str, table: pd.DataFrame, values: list[str]) -> list[Fault]:
    """Lines of `table` (text in plain digits) whose figures in the columns `values` look shifted.

    One fault per line, at the first column of the run that fits worst.
    """
    if len(values) <= RUN or len(table) < FEWEST:
        return []
    figures = table[values].apply(lambda text: pd.to_numeric(text, errors="coerce"))
    logs = np.log(figures.where(figures > 0).to_numpy(dtype=float))
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # medians of nothing are gaps
        gain, first = shift_gain(logs)
    for row in np.flatnonzero(gain > np.log(FACTOR)):
        column = values[first[row]]
        rule = (
            "from here on the figures fit the neighbouring columns: the line looks shifted; put "
            "its figures under their headings"
        )
        found.append(Fault(file, table.index[row], column, table[column].iloc[row], rule))
    return found


def shift_gain(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much better the best run of each line fits one column on, and where that run begins.

    `logs` holds the logarithms of the figures, lines × columns, gaps as NaN.
    """
    usual = np.nanmedian(logs, axis=0)
    size = np.nanmedian(logs - usual, axis=1, keepdims=True)
    own = np.abs(logs - usual - size)
    gains = []
    for here, there in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
        moved = np.abs(logs[:, here] - usual[there] - size)
        windows = (np.lib.stride_tricks.sliding_window_view(part, RUN, axis=1)
                   for part in (own[:, here], moved))  # fmt: skip
        own_run, moved_run = windows
        better_by = np.nanmedian(own_run, axis=2) - np.nanmedian(moved_run, axis=2)
        # Of a line that is mostly blank a single figure would decide.
        told = np.isfinite(moved_run).sum(axis=2) >= PRESENT
        offset = 0 if here.start is None else 1
        gains.append((np.where(told, better_by, np.nan), offset))
    best = np.maximum(*(np.nan_to_num(gain, nan=-np.inf) for gain, _ in gains))
    side = np.nan_to_num(gains[1][0], nan=-np.inf) == best
    run = best.argmax(axis=1)
    rows = np.arange(len(best))
    return best[rows, run], run + np.where(side[rows, run], gains[1][1], gains[0][1])
