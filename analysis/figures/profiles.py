"""A strip of small domain profiles: a panel per leading city, stage and region."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import sheet, style

# Panels beside each other on a page and on a phone.
COLUMNS = {False: 6, True: 3}


def domain_profiles(
    profiles: pd.DataFrame, ranked: pd.Series, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Small bars of the domains, a panel per row of `profiles`; ticks are the mean of all cities.

    `profiles` holds a column per domain and is indexed by the name of the panel, `ranked` the
    means of all ranked cities by domain.
    """
    codes = [code for code in profiles.columns if ranked[code] == ranked[code]]
    columns = COLUMNS[narrow]
    lines = -(-len(profiles) // columns)
    panels: dict[str, Any] = {"nrows": lines, "ncols": columns, "squeeze": False}
    with sheet.sheet(sheet.width(narrow), 3.4 * lines, layout="constrained", **panels) as (
        figure,
        grid,
    ):
        for number, axes in enumerate(grid.flat):
            if number < len(profiles):
                draw_panel(axes, profiles.iloc[number][codes], ranked[codes])
                axes.set_title(profiles.index[number], fontsize=8)
                words = [labels[f"{code}_short"] for code in codes]
                axes.set_yticks(range(len(codes)), words if number % columns == 0 else [])
            else:
                axes.set_axis_off()
    return figure


def draw_panel(axes: Axes, values: pd.Series, ranked: pd.Series) -> None:
    """Bars of one panel, with a tick at the mean of all cities."""
    rows = range(len(values))
    axes.barh(rows, values, 0.62, color=style.LIGHT)
    axes.vlines(
        ranked, [row - 0.42 for row in rows], [row + 0.42 for row in rows], style.INK, linewidth=1.2
    )
    axes.set(xlim=style.scale_limits(values, 0, 100), ylim=(len(values) - 0.4, -0.6))
    axes.set_xticks([0, 50, 100])
    axes.grid(axis="x")
    axes.tick_params(length=0, labelsize=sheet.SMALL)
    axes.spines[:].set_visible(False)
