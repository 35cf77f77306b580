"""Figures of the statistical audit: correlations, rank differences, the frontier."""

import numpy as np
import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures.keys import key_below, region_scatter
from analysis.figures.placement import name_points

# From no correlation to a perfect one; what is negative is drawn in the other colour.
CORRELATIONS = LinearSegmentedColormap.from_list(
    "correlations", [(0, style.AGAINST), (0.5, style.PAPER), (1, style.ACCENT)]
)
DIFFERENCES = LinearSegmentedColormap.from_list(
    "differences", [style.GRADE_COLOURS["observed"], style.LIGHT, style.PALE["plain"]]
)
# Cities named where the frontier lifts them most, and least, above their index.
OUTLYING = 4


def correlation_map(
    correlations: pd.DataFrame, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Correlation of domains and sub-domains with every domain and with the index.

    `correlations` is the results table. Sub-domains stand below their domain; the cell of a
    sub-domain and its own domain has a frame.
    """
    subdomains = correlations[correlations["level"] == "subdomain"]
    own = subdomains[(subdomains["own"] == 1) & (subdomains["above"] != "index")]
    columns = [*own["above"].drop_duplicates(), "index"]
    rows = [code for domain in columns[:-1] for code in own.loc[own["above"] == domain, "code"]]
    wide = subdomains.pivot(index="code", columns="above", values="correlation")
    row = 0.3 if narrow else 0.26
    with style.canvas(0.9 + row * len(rows), style.width(narrow)) as (figure, axes):
        draw_cells(axes, wide.loc[rows, columns])
        for code, domain in own[["code", "above"]].itertuples(index=False):
            place = (columns.index(domain), rows.index(code))
            axes.add_patch(Rectangle(place, 1, 1, fill=False, edgecolor=style.INK, linewidth=1.2))
        words = [labels[f"{code}_short"] for code in columns]
        axes.set_xticks(np.arange(len(columns)) + 0.5, words, rotation=90 if narrow else 0)
        names = style.short_lines([labels[code] for code in rows], narrow)
        axes.set_yticks(np.arange(len(rows)) + 0.5, names)
    return figure


def draw_cells(axes: Axes, table: pd.DataFrame) -> None:
    """A painted cell with its number for every correlation."""
    texts = table.map(lambda value: "" if pd.isna(value) else f"{value:.2f}".replace("-", "−"))
    seaborn.heatmap(
        table.astype(float), ax=axes, cmap=CORRELATIONS, vmin=-1, vmax=1, cbar=False, annot=texts,
        fmt="", annot_kws={"fontsize": 7.5}, xticklabels=False, yticklabels=False,
    )  # fmt: skip
    values = table.to_numpy(dtype=float).ravel()
    for text, value in zip(axes.texts, values[~np.isnan(values)], strict=True):
        text.set_color(style.ink_on(to_rgb(CORRELATIONS((value + 1) / 2))))
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.set(xlabel="", ylabel="")


def rank_difference_bars(
    added_value: pd.DataFrame, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Shares of the cities by how far their rank in a domain lies from that in the index.

    `added_value` is the results table, in the order of the framework; its first domain stands on
    top.
    """
    wide = added_value.pivot(index="code", columns="difference", values="share") * 100
    wide = wide.loc[
        added_value["code"].drop_duplicates(), added_value["difference"].drop_duplicates()
    ]
    with style.canvas(0.95 + 0.3 * len(wide), style.width(narrow)) as (figure, axes):
        left = np.zeros(len(wide))
        for number, name in enumerate(wide.columns):
            shade = to_rgb(DIFFERENCES(number / max(len(wide.columns) - 1, 1)))
            draw_class(axes, left, wide[name], shade, name)
            left += wide[name].to_numpy()
        words = [labels[f"{code}_short" if narrow else code] for code in wide.index]
        axes.set_yticks(range(len(wide)), words)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(xlim=(0, 100), ylim=(len(wide) - 0.5, -0.5), xlabel=labels["share_of_cities"])
        title = f"{labels['places_apart']}:"
        figure.legend(
            loc="outside upper left", ncols=len(wide.columns), title=title,
            handlelength=1, handletextpad=0.4, columnspacing=1.2, borderpad=0, alignment="left",
        )  # fmt: skip
    return figure


def draw_class(
    axes: Axes, left: np.ndarray, widths: pd.Series, shade: tuple[float, float, float], name: str
) -> None:
    """One class of differences: a piece of every bar, with its percentage where it fits."""
    word = name.replace("-", "–")
    bars = axes.barh(
        range(len(widths)), widths, left=left, height=0.66, color=shade, label=word,
        edgecolor=style.MUTED, linewidth=0.4,
    )  # fmt: skip
    texts = [f"{width:.0f}" if width >= 3 else "" for width in widths]
    axes.bar_label(bars, texts, label_type="center", color=style.ink_on(shade), fontsize=7.5)


def frontier_scatter(
    frontier: pd.DataFrame,
    scores: pd.DataFrame,
    labels: pd.Series,
    names: pd.Series,
    *,
    narrow: bool = False,
) -> Figure:
    """Benefit of the doubt against the index, both in percent of the best city.

    `frontier` is the results table, `scores` holds `adcode, region`. On the diagonal a city gains
    nothing by weights of its own. The cities that gain most and least are named.
    """
    points = frontier.join(scores.set_index("adcode")["region"], on="adcode")
    points["x"] = points["index"] / points["index"].max() * 100
    points["y"] = points["frontier"] * 100
    by_gain = points.assign(gain=points["y"] - points["x"]).sort_values("gain", kind="stable")
    with style.canvas(4.2, style.width(narrow)) as (figure, axes):
        region_scatter(axes, points, "x", "y")
        low = points["x"].min() - 4
        axes.plot([low, 100], [low, 100], color=style.MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.set(xlim=(low, 104), ylim=(low, 104))
        axes.set(xlabel=labels["index_relative_axis"], ylabel=labels["frontier_axis"])
        key_below(figure, labels)
        named = pd.concat([by_gain.head(OUTLYING), by_gain.tail(OUTLYING)])
        named = named.drop_duplicates("adcode")
        name_points(figure, axes, named.assign(name=named["adcode"].map(names)), points)
    return figure
