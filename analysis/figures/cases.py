"""The figure of the singled-out cities: their domains beside the median of the published list."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures.keys import lone_mark

# Panels beside each other on a page and on a phone.
COLUMNS = {False: 5, True: 2}


def case_profiles(
    cases: pd.DataFrame,
    scores: pd.DataFrame,
    domains: pd.DataFrame,
    labels: pd.Series,
    *,
    narrow: bool = False,
) -> Figure:
    """One panel per singled-out city: its value in every domain as a bar, the median as a tick.

    The domain that a city is singled out for stands out by colour and a dot; a city that is not
    ranked has an empty panel that says so.

    Parameters
    ----------
    cases
        The cities with their names: ``adcode, domain, name``.
    scores
        `scores.csv`: ``adcode``, and the domains of `domains`.
    domains
        `domains.csv`: ``kind, group, domain, median``.
    labels
        Words by key.
    """
    medians = published_medians(domains)
    values = scores.set_index("adcode")[list(medians.index)]
    columns = COLUMNS[narrow]
    rows = -(-len(cases) // columns)
    grid: dict[str, Any] = {"nrows": rows, "ncols": columns, "sharex": True, "sharey": True}
    with style.canvas(0.7 + 1.2 * rows, style.width(narrow), squeeze=False, **grid) as (
        figure,
        axes,
    ):
        panels = list(axes.flat)
        for panel, case in zip(panels, cases.to_dict("records"), strict=False):
            panel.set_title(case["name"], fontsize=8.5)
            draw_profile(panel, values.reindex([case["adcode"]]).iloc[0], case["domain"], labels)
            panel.scatter(medians, range(len(medians)), s=60, marker="|", color=style.INK, zorder=3)
        for panel in panels[len(cases) :]:
            panel.set_axis_off()
        for panel in panels[len(cases) - columns : len(cases)]:
            panel.tick_params(labelbottom=True)
        write_key(figure, labels, 1 if narrow else 3)
        panels[0].set_yticks(range(len(medians)), [labels[f"{d}_short"] for d in medians.index])
        panels[0].set(ylim=(len(medians) - 0.5, -0.5), xticks=[0, 50, 100])
        shown = values.reindex(cases["adcode"]).to_numpy().ravel()
        panels[0].set_xlim(style.scale_limits(shown, 0, 103))
        figure.supxlabel(labels["domain_axis"], fontsize=8.5, color=style.MUTED)
    return figure


def published_medians(domains: pd.DataFrame) -> pd.Series:
    """Median of every domain over the published cities, in the order of the table."""
    rows = domains[(domains["kind"] == "set") & (domains["group"] == "published")]
    return rows.set_index("domain")["median"]


def draw_profile(axes: Axes, values: pd.Series, singled_out: str, labels: pd.Series) -> None:
    """The bars of one city, or the words that it is not ranked.

    A domain that nobody has figures of has no bar, and where it is the one that the city is
    singled out for, no bar is marked.
    """
    axes.tick_params(axis="y", length=0)
    colours = [style.ACCENT if domain == singled_out else style.NEUTRAL for domain in values.index]
    axes.barh(range(len(values)), values.fillna(0), height=0.62, color=colours)
    measured = list(values.index)
    row = measured.index(singled_out) if singled_out in measured else 0
    if values.isna().all():
        axes.text(50, row, labels["unranked"], ha="center", va="center", fontsize=7.5)
    elif singled_out in measured:
        axes.scatter(
            values[singled_out], row, s=18, color=style.ACCENT, edgecolor=style.INK, zorder=4
        )


def write_key(figure: Figure, labels: pd.Series, columns: int) -> None:
    """What bars, the dot and ticks are, above the panels."""
    median = lone_mark("|", style.INK, 8)
    median.set_markeredgewidth(1.5)
    marks = [lone_mark("o", style.ACCENT, 5, style.INK), lone_mark("s", style.NEUTRAL, 6), median]
    words = [labels[key] for key in ("singled_out_domain", "other_domain", "hundred_median")]
    figure.legend(
        marks, words, loc="outside upper left", ncols=columns, borderpad=0, columnspacing=1.6
    )
