"""Pictures of the domains that cities are singled out for: each city among all ranked ones."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import sheet, style

# Centimetres of a picture beside the text of its box, of one on a phone, of a row, of the axis.
WIDTH, NARROW, ROW, AXIS = 7.4, 6.2, 0.52, 0.95


def domain_picture(
    singled_out: pd.Series,
    scores: pd.DataFrame,
    domains: pd.DataFrame,
    labels: pd.Series,
    *,
    narrow: bool = False,
) -> Figure:
    """The cities singled out for a domain as named dots, and below them all ranked cities as ticks.

    A line at the median of the published hundred runs through all rows; a city that is not ranked
    has no dot, and words that say so.

    Parameters
    ----------
    singled_out
        Names of the cities that are singled out for a domain, by adcode; its name is the code of
        the domain.
    scores
        `scores.csv`: ``adcode``, and the domains of `domains`.
    domains
        `domains.csv`: ``kind, group, domain, median``.
    labels
        Words by key.
    """
    domain = str(singled_out.name)
    values = scores.set_index("adcode").reindex(columns=[domain])[domain]
    rows = len(singled_out) + 1
    height = ROW * rows + AXIS
    with sheet.sheet(NARROW if narrow else WIDTH, height) as (figure, axes):
        left = 0.42 if narrow else 0.34
        axes.set_position((left, AXIS / height, 0.97 - left, ROW * rows / height))
        draw_cities(axes, values.reindex(singled_out.index), labels)
        every = values.dropna()
        last = [rows - 1] * len(every)
        axes.scatter(every, last, s=70, marker="|", linewidth=0.5, color=style.NEUTRAL)
        median = published_median(domains, domain)
        axes.axvline(median, color=style.INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
        named = [*singled_out, labels["ranked_cities"]]
        axes.set_yticks(range(rows), named, fontsize=7.5)
        axes.set(ylim=(rows - 0.5, -0.5), xlim=style.scale_limits(values, 0, 101))
        axes.set_xticks([0, 50, 100])
        axes.set_xlabel(labels["domain_axis"], fontsize=sheet.SMALL, labelpad=2)
        axes.tick_params(length=0, labelsize=7.5)
        axes.spines["left"].set_visible(False)
    return figure


def published_median(domains: pd.DataFrame, domain: str) -> float:
    """Median of a domain over the published cities; a gap if nobody has figures of it."""
    rows = domains[(domains["kind"] == "set") & (domains["group"] == "published")]
    return float(rows.set_index("domain")["median"].get(domain, float("nan")))


def draw_cities(axes: Axes, values: pd.Series, labels: pd.Series) -> None:
    """A dot in the row of every city, or the words that it is not ranked."""
    for row, value in enumerate(values):
        axes.axhline(row, color=style.RULE, linewidth=0.6, zorder=0)
        if pd.isna(value):
            axes.text(50, row, labels["unranked"], ha="center", va="center", fontsize=sheet.SMALL)
        else:
            axes.scatter(value, row, s=30, color=style.ACCENT, linewidth=0, zorder=3)
