"""The figure of two editions side by side: slopes of the leading cities."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import style

COLOUR = "#9aa5b1"


def leading_slopes(
    comparison: pd.DataFrame, labels: pd.Series, names: pd.Series, editions: tuple[str, str],
    number: int = 30,
) -> Figure:  # fmt: skip
    """Places before and after of the cities among the first `number` in either edition.

    `comparison` is the results table, `editions` the names of the two.
    """
    leading = comparison[["rank_before", "rank_after"]].min(axis=1) <= number
    shown = comparison[leading]
    with style.canvas(0.9 + 0.165 * len(shown)) as (figure, axes):
        for city in shown.to_dict("records"):
            ends = [city["rank_before"], city["rank_after"]]
            axes.plot([0, 1], ends, color=COLOUR, linewidth=0.9, zorder=2)
            axes.scatter([0, 1], ends, s=14, color=COLOUR, zorder=3)
        name_ends(axes, shown, names)
        axes.set_ylim(shown[["rank_before", "rank_after"]].max(axis=None) + 1, 0)
        axes.set(xlim=(-0.75, 1.75), xticks=[0, 1], yticks=[])
        axes.set_xticklabels([f"{labels['edition_word']} {name}" for name in editions])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        axes.spines[:].set_visible(False)
    return figure


def name_ends(axes: Axes, shown: pd.DataFrame, names: pd.Series) -> None:
    """Place and city at both ends, kept apart where places lie close together."""
    for column, x, side, align in (("rank_before", 0, -1, "right"), ("rank_after", 1, 1, "left")):
        ordered = shown.sort_values([column, "adcode"])
        heights = spread(ordered[column].to_numpy(dtype=float))
        for city, height in zip(ordered.to_dict("records"), heights, strict=True):
            axes.annotate(
                f"{names[city['adcode']]}  {city[column]}"
                if side < 0
                else f"{city[column]}  {names[city['adcode']]}",
                (x, city[column]),
                xytext=(x + 0.06 * side, height),
                ha=align,
                va="center",
                fontsize=7.5,
                arrowprops={"arrowstyle": "-", "color": style.RULE, "linewidth": 0.6},
            )


def spread(places: np.ndarray, least: float = 0.95) -> np.ndarray:
    """Heights near rising `places` that lie at least `least` apart, pushed downwards."""
    heights = places.copy()
    for number in range(1, len(heights)):
        heights[number] = max(heights[number], heights[number - 1] + least)
    return heights
