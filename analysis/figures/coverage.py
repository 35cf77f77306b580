"""Which years the sources cover."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import sheet, style

# Letters of a name that fit into a line left of the dots, on the page and on a phone.
LETTERS = {False: 52, True: 30}


def coverage_years(
    figures: pd.DataFrame, data_year: int, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """A dot for every year of which a source has figures, the data year on a band.

    Years in which no source has any are left out. `figures` holds `source` (its name) and `year`;
    the source that covers most years comes first.
    """
    covered = figures.drop_duplicates(["source", "year"])
    count = covered.groupby("source", sort=False)["year"].agg(["size", "min"])
    order = list(count.sort_values(["size", "min"], ascending=[False, True], kind="stable").index)
    rows = covered["source"].map(order.index)
    years = sorted(int(year) for year in covered["year"].unique())
    height = 1.6 + (1.0 if narrow else 0.68) * len(order)
    with sheet.sheet(sheet.width(narrow), height) as (_, axes):
        left = 0.5 if narrow else 0.44
        axes.set_position((left, 0.05 / height, 0.99 - left, 1 - 1.4 / height))
        column = covered["year"].map(years.index)
        if data_year in years:
            at = years.index(data_year)
            axes.axvspan(at - 0.4, at + 0.4, color=style.PALE["plain"], linewidth=0, zorder=0)
            axes.text(
                at,
                -1.3 if narrow else -1.75,
                labels["data_year"],
                ha="center",
                fontsize=7.5,
                color=style.MUTED,
            )
        axes.hlines(range(len(order)), 0, len(years) - 1, style.RULE, linewidth=0.6)
        axes.scatter(column, rows, s=34, linewidth=0, color=style.ACCENT, zorder=3)
        axes.set(xlim=(-0.6, len(years) - 0.4), ylim=(len(order) - 0.5, -0.7))
        axes.set_xticks(range(len(years)), years)
        axes.xaxis.tick_top()
        words = style.lines(order, LETTERS[narrow])
        axes.set_yticks(range(len(order)), words, fontsize=7.5)
        axes.tick_params(length=0, labelsize=7.5)
        axes.spines[:].set_visible(False)
    return axes.figure
