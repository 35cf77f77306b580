"""Figures of regions and provinces: how the two hundreds are spread over them."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.figures import style
from analysis.figures.keys import evidence_key, evidence_marks

ALL_CITIES = style.NEUTRAL
SHARES = {
    "cities_share": ALL_CITIES,
    "published_share": style.EVIDENCE_COLOURS["published"],
    "open_share": style.EVIDENCE_COLOURS["open"],
}
BAR = 0.26


def share_bars(regions: pd.DataFrame, labels: pd.Series, *, narrow: bool = False) -> Figure:
    """Shares of all cities, of the published hundred and of the open-data hundred per region.

    `regions` is the results table; shares that an edition does not have are left out. The bars of
    the first region are named.
    """
    shares = [column for column in SHARES if regions[column].notna().all()]
    with style.canvas(0.3 + 0.5 * len(regions), style.width(narrow)) as (figure, axes):
        for place, column in enumerate(shares):
            rows = np.arange(len(regions)) + BAR * (place - (len(shares) - 1) / 2)
            axes.barh(rows, regions[column], height=BAR * 0.9, color=SHARES[column])
            write_shares(axes, rows, regions[column], labels[column], labels["percent_sign"])
        axes.set_yticks(range(len(regions)), [labels[region] for region in regions["region"]])
        axes.set(
            xlim=(0, regions[shares].max(axis=None) * (2.4 if narrow else 1.45)),
            ylim=(len(regions) - 0.5, -0.5),
        )
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    return figure


def write_shares(axes: Axes, rows: np.ndarray, shares: pd.Series, name: str, percent: str) -> None:
    """Each share in percent behind its bar; the first one with what it is a share of."""
    for number, (row, share) in enumerate(zip(rows, shares, strict=True)):
        text = f"{100 * share:.0f}{percent}"
        axes.annotate(
            f"{text}  {name}" if number == 0 else text,
            (share, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )


def province_bars(provinces: pd.DataFrame, labels: pd.Series) -> Figure:
    """Cities of every province as a bar, of them in the two hundreds as a ring and a dot.

    `provinces` is the results table, drawn in its order; without a published list there are no
    rings.
    """
    rows = np.arange(len(provinces))
    words = {"published": labels["published_cities"], "open": labels["open_cities"]}
    if provinces["published_cities"].isna().all():
        del words["published"]
    with style.canvas(0.7 + 0.13 * len(provinces)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.barh(rows, provinces["cities"], height=0.62, color=style.RULE)
        for evidence in words:
            evidence_marks(axes, provinces[f"{evidence}_cities"], rows, evidence)
        axes.set_yticks(rows, [labels[province] for province in provinces["province"]])
        axes.set(ylim=(len(provinces) - 0.4, -0.6), xlabel=labels["number_of_cities"])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlim(-0.6, provinces["cities"].max() + 0.6)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        bar = (Patch(facecolor=style.RULE), labels["all_cities"])
        evidence_key(axes, words, [bar], loc="lower right", labelspacing=0.6)
    return figure
