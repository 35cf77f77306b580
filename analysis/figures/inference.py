"""Figures of the inferred weights: beside those of record, and how well they fit."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures.keys import lone_mark

# The correlations of a level, with mark and colour.
FITS = {
    "record_rho": ("|", style.INK),
    "in_sample_rho": ("o", style.PAPER),
    "out_of_sample_rho": ("o", style.EVIDENCE_COLOURS["reconstructed"]),
}
INFERRED = style.EVIDENCE_COLOURS["reconstructed"]


def weights_dots(
    inferred_weights: pd.DataFrame, level: str, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Inferred weights of one `level` with their intervals, in percent, and those of record.

    `inferred_weights` is the results table, whose order is that of the framework. Domains take
    half a page, indicators its whole width.
    """
    table = inferred_weights[inferred_weights["level"] == level]
    shares = table[["weight", "low", "high", "record"]] * 100
    rows = np.arange(len(table))
    narrow = narrow or level == "domain"
    words = [labels[code] for code in table["code"]]
    row = 0.18 if not narrow else 0.34 if level == "domain" else 0.3
    with style.canvas(0.85 + row * len(table), style.width(narrow)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.hlines(rows, shares["low"], shares["high"], color=INFERRED, linewidth=1.2)
        axes.scatter(shares["weight"], rows, s=26, color=INFERRED, linewidth=0, zorder=3)
        axes.plot(
            shares["record"], rows, linestyle="", marker="|", markersize=10, markeredgewidth=1.4,
            color=style.INK,
        )  # fmt: skip
        key(
            figure,
            [("|", style.INK), ("o", INFERRED)],
            ["record_weight", "inferred_weight"],
            labels,
        )
        axes.set_yticks(rows, style.short_lines(words, narrow))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(len(table) - 0.4, -0.6), xlabel=labels["weight_axis"])
        axes.set_xlim(-0.02 * shares["high"].max(), shares["high"].max() * 1.05)
    return figure


def key(
    figure: Figure,
    marks: list[tuple[str, str]],
    words: list[str],
    labels: pd.Series,
    columns: int = 2,
) -> None:
    """What the marks (shape and colour) are, below the axes."""
    handles = [
        lone_mark(shape, colour, 6, INFERRED if colour == style.PAPER else None)
        for shape, colour in marks
    ]
    handles[0].set_markeredgewidth(1.4)
    figure.legend(
        handles, [labels[word] for word in words], loc="outside lower right", ncols=columns,
        borderpad=0, handletextpad=0.3, columnspacing=1, fontsize=7.5,
    )  # fmt: skip


def fit_dots(inferred_fit: pd.DataFrame, labels: pd.Series) -> Figure:
    """Agreement with the published places of weights of record and inferred ones, for each level.

    `inferred_fit` is the results table. The inferred weights stand with their agreement on the
    cities that they were fitted to and on cities that the fit has not seen. Half a page wide.
    """
    with style.canvas(2.9, style.HALF) as (figure, axes):
        style.rule_grid(axes, "x")
        for row, level in enumerate(inferred_fit.to_dict("records")):
            for offset, (statistic, (shape, colour)) in zip(
                (-0.22, 0, 0.22), FITS.items(), strict=True
            ):
                rho = level[statistic]
                edge = INFERRED if colour == style.PAPER else colour
                axes.plot(
                    rho, row + offset, shape, color=colour, markeredgecolor=edge, markersize=6,
                    markeredgewidth=1.4,
                )  # fmt: skip
                text = f"{rho:.2f}".replace("-", "−")
                axes.annotate(
                    text, (rho, row + offset), (6, 0), textcoords="offset points", va="center",
                    fontsize=7.5,
                )  # fmt: skip
        words = [labels[f"weights_of_{level}"] for level in inferred_fit["level"]]
        axes.set_yticks(range(len(words)), style.lines(words, 12))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        least = min(0, inferred_fit[list(FITS)].min(axis=None) - 0.05)
        axes.set(xlim=(least, 1), ylim=(len(words) - 0.5, -0.5), xlabel=labels["fit_axis"])
        key(figure, list(FITS.values()), list(FITS), labels, columns=1)
    return figure
