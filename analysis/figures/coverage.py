"""Which years the sources cover."""

from textwrap import fill

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import sheet, style

# Letters of a name that fit into a line left of the dots.
LETTERS = 52


def coverage_years(figures: pd.DataFrame, data_year: int) -> Figure:
    """A dot for every year of which a source has figures, the data year on a band.

    `figures` holds `source` (its name) and `year`; the source that covers most years comes first.
    """
    covered = figures.drop_duplicates(["source", "year"])
    count = covered.groupby("source", sort=False)["year"].agg(["size", "min"])
    order = list(count.sort_values(["size", "min"], ascending=[False, True], kind="stable").index)
    rows = covered["source"].map(order.index)
    height = 1.1 + 0.62 * len(order)
    with sheet.sheet(sheet.FULL, height) as (_, axes):
        axes.set_position((0.46, 0.05 / height, 0.52, 1 - 1.0 / height))
        axes.axvspan(data_year - 0.4, data_year + 0.4, color=style.RULE, linewidth=0, zorder=0)
        axes.hlines(
            range(len(order)),
            covered["year"].min(),
            covered["year"].max(),
            style.RULE,
            linewidth=0.6,
        )
        inside = covered["year"] == data_year
        axes.scatter(
            covered["year"],
            rows,
            s=34,
            linewidth=1.2,
            edgecolor=style.ACCENT,
            zorder=3,
            color=[style.ACCENT if one else style.PAPER for one in inside],
        )
        years = range(int(covered["year"].min()), int(covered["year"].max()) + 1)
        axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(len(order) - 0.5, -0.5))
        axes.set_xticks([year for year in years if year in set(covered["year"])])
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(order)), [fill(name, LETTERS) for name in order], fontsize=7.5)
        axes.tick_params(length=0, labelsize=7.5)
        axes.spines[:].set_visible(False)
    return axes.figure
