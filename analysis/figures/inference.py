"""Figures of the inferred weights: beside those of record, and how well they fit."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import style

FITS = {"record_rho": "#9aa5b1", "in_sample_rho": "#a9cfe5", "out_of_sample_rho": style.ACCENT}


def weights_dots(inferred_weights: pd.DataFrame, level: str, labels: pd.Series) -> Figure:
    """Inferred weights of one `level` with their intervals, largest first, and those of record.

    `inferred_weights` is the results table; weights are shown in percent.
    """
    table = inferred_weights[inferred_weights["level"] == level]
    table = table.sort_values("weight", kind="stable")
    shares = table[["weight", "low", "high", "record"]] * 100
    rows = np.arange(len(table))
    with style.canvas(0.75 + 0.18 * len(table)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.hlines(rows, shares["low"], shares["high"], color=style.ACCENT, linewidth=1.2)
        axes.scatter(shares["weight"], rows, s=26, color=style.ACCENT, linewidth=0, zorder=3)
        axes.plot(
            shares["record"], rows, linestyle="", marker="|", markersize=10, markeredgewidth=1.4,
            color=style.SECOND, label=labels["record_weight"],
        )  # fmt: skip
        axes.legend(loc="lower right", handletextpad=0)
        axes.set_yticks(rows, [labels[code] for code in table["code"]])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(-0.6, len(table) - 0.4), xlabel=labels["weight_axis"])
        axes.set_xlim(-0.02 * shares["high"].max(), shares["high"].max() * 1.05)
    return figure


def fit_bars(inferred_fit: pd.DataFrame, labels: pd.Series) -> Figure:
    """Agreement with the published places of weights of record and inferred ones, for each level.

    `inferred_fit` is the results table. The bars of the inferred weights show the agreement on the
    cities that the weights were fitted to and on cities that the fit has not seen.
    """
    with style.canvas(0.55 + 0.85 * len(inferred_fit)) as (figure, axes):
        for row, level in enumerate(inferred_fit.to_dict("records")):
            for offset, statistic in zip((-0.27, 0, 0.27), FITS, strict=True):
                draw_fit(axes, row + offset, level[statistic], statistic, labels)
        words = [labels[f"weights_of_{level}"] for level in inferred_fit["level"]]
        axes.set_yticks(range(len(words)), words)
        axes.tick_params(axis="y", length=0)
        axes.set(xlim=(0, 1), ylim=(len(words) - 0.5, -0.5), xlabel=labels["fit_axis"])
    return figure


def draw_fit(axes: Axes, y: float, rho: float, statistic: str, labels: pd.Series) -> None:
    """One bar with its name in it and its number behind it."""
    ink = style.PAPER if FITS[statistic] == style.ACCENT else style.INK
    axes.barh(y, rho, height=0.25, color=FITS[statistic])
    axes.text(0.01, y, labels[statistic], va="center", color=ink, fontsize=7.5)
    axes.text(max(rho, 0) + 0.01, y, f"{rho:.2f}".replace("-", "−"), va="center", fontsize=8)
