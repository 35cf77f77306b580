"""Figures of economic size: index against GDP, the shapes compared, the cities off the curve."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from analysis.chapters.economy import SHAPES
from analysis.figures import style
from analysis.figures.keys import key_below, place_ticks, region_scatter, write_sides
from analysis.figures.placement import name_points

LINES: dict[str, Any] = {"linear": (0, (1, 2)), "log_linear": (0, (5, 2)), "power": "-"}
BELOW = style.NEUTRAL
# Cities named on either side of a curve, and of a diagonal or at the end of each axis.
OUTLYING, LEADING = 4, 3
# Cities on either side of what their size predicts.
FARTHEST = 10


def size_scatter(
    scores: pd.DataFrame,
    economy_cities: pd.DataFrame,
    fits: pd.DataFrame,
    labels: pd.Series,
    *,
    narrow: bool = False,
) -> Figure:
    """Index against GDP on a logarithmic axis, the best-fitting shape thick, the others thin.

    The `OUTLYING` cities most above and most below the best curve are named.

    Parameters
    ----------
    scores
        `scores.csv`: ``adcode, region``.
    economy_cities
        The cities with their names, the largest difference first: ``adcode, gdp, index, name``.
    fits
        The shapes fitted to GDP, `economy_fits.csv`: ``shape, intercept, slope, best``.
    labels
        Words by key.
    """
    points = in_regions(economy_cities, scores).rename(columns={"gdp": "x", "index": "y"})
    with style.canvas(4.4, style.width(narrow)) as (figure, axes):
        log_axis(axes, (1,) if narrow else (1, 2, 5))
        region_scatter(axes, points, "x", "y")
        axes.set(xlabel=labels["gdp_axis_log"], ylabel=labels["index_axis"])
        axes.set_ylim(style.scale_limits(points["y"], 0, 100))
        axes.set_xlim(points["x"].min() * 0.85, points["x"].max() * 1.9)
        for fit in fits.to_dict("records"):
            draw_shape(axes, fit, points["x"], labels)
        key_below(figure, labels)
        off = pd.concat([points.head(OUTLYING), points.tail(OUTLYING)])
        name_points(figure, axes, off, points)
    return figure


def in_regions(economy_cities: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The cities with their region."""
    return economy_cities.join(scores.set_index("adcode")["region"], on="adcode")


def log_axis(axes: Axes, digits: tuple[int, ...]) -> None:
    """A logarithmic axis of sizes with plain numbers at the first `digits`."""
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=digits))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(LogLocator(subs=()))


def draw_shape(axes: Axes, fit: dict[Any, Any], sizes: pd.Series, labels: pd.Series) -> None:
    """One fitted shape over the range of sizes, named at its end inside the axes."""
    to_x, _, from_y = SHAPES[fit["shape"]]
    size = np.geomspace(sizes.min(), sizes.max(), 200)
    index = from_y(fit["intercept"] + fit["slope"] * to_x(size))
    inside = (index >= 0) & (index <= axes.get_ylim()[1])
    best = int(fit["best"]) == 1
    axes.plot(
        size[inside],
        index[inside],
        color=style.INK if best else style.MUTED,
        linewidth=2 if best else 0.9,
        linestyle=LINES[fit["shape"]],
    )
    style.direct_label(
        axes,
        size[inside][-1],
        index[inside][-1],
        labels[fit["shape"]],
        xytext=(5, 0),
        va="center",
        color=style.INK if best else style.MUTED,
    )


def per_head_scatter(sized: pd.DataFrame, labels: pd.Series, names: pd.Series) -> Figure:
    """Index against GDP per head on a logarithmic axis; half a page wide.

    `sized` holds `adcode, region, index, gdp_per_head`. The `LEADING` cities with the highest index
    and those with the highest GDP per head are named.
    """
    points = sized.dropna(subset="gdp_per_head")
    points = points.rename(columns={"gdp_per_head": "x", "index": "y"})
    with style.canvas(3.3, style.HALF) as (figure, axes):
        log_axis(axes, (2, 5))
        region_scatter(axes, points, "x", "y")
        axes.set(xlabel=labels["gdp_per_head_axis_log"], ylabel=labels["index_axis"])
        axes.set_xlim(points["x"].min() * 0.85, points["x"].max() * 1.5)
        axes.set_ylim(style.scale_limits(points["y"], 0, 100))
        key_below(figure, labels)
        leading = pd.concat([points.nlargest(LEADING, "y"), points.nlargest(LEADING, "x")])
        leading = leading.drop_duplicates("adcode")
        name_points(figure, axes, leading.assign(name=leading["adcode"].map(names)), points)
    return figure


def fit_comparison(fits: pd.DataFrame, labels: pd.Series) -> Figure:
    """Prediction error above, R² below, of the shapes, the best one dark; half a page wide."""
    colours = np.where(fits["best"].astype(int) == 1, style.ACCENT, BELOW)
    rows = np.arange(len(fits))
    with style.canvas(3.3, style.HALF, nrows=2) as (figure, panels):
        for axes, column, form in zip(
            panels, ["prediction_error", "r_squared"], ["{:.1f}", "{:.2f}"], strict=True
        ):
            bars = axes.barh(rows, fits[column], height=0.62, color=colours)
            axes.bar_label(bars, [form.format(value) for value in fits[column]], padding=4, size=8)
            axes.set_title(labels[f"{column}_title"])
            axes.set_xlim(0, fits[column].max() * 1.2)
            axes.xaxis.set_visible(False)
            axes.spines["bottom"].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.set_yticks(rows, [labels[shape] for shape in fits["shape"]])
            axes.set_ylim(len(fits) - 0.5, -0.5)
    return figure


def above_below(
    economy_cities: pd.DataFrame, labels: pd.Series, names: pd.Series, *, narrow: bool = False
) -> Figure:
    """The `FARTHEST` cities most above and most below the index that their GDP predicts.

    `economy_cities` holds `adcode, difference`, largest difference first.
    """
    shown = pd.concat([economy_cities.head(FARTHEST), economy_cities.tail(FARTHEST)])
    rows = np.arange(len(shown))
    above = shown["difference"] > 0
    with style.canvas(0.6 + 0.185 * len(shown), style.width(narrow)) as (figure, axes):
        axes.barh(rows, shown["difference"], 0.68, color=np.where(above, style.ACCENT, BELOW))
        axes.axvline(0, color=style.MUTED, linewidth=0.6)
        for row, city in enumerate(shown.to_dict("records")):
            write_beside(axes, row, city["difference"], names[city["adcode"]])
        reach = shown["difference"].abs().max() * (1.35 if narrow else 1.2)
        axes.set(xlim=(-reach, reach), ylim=(len(shown) - 0.4, -0.6))
        axes.set_xlabel(labels["difference_axis"])
        axes.yaxis.set_visible(False)
        axes.spines["left"].set_visible(False)
    return figure


def write_beside(axes: Axes, row: int, difference: float, name: str) -> None:
    """The number at the end of a bar and the city's name on the free side of the zero line."""
    side = 1 if difference > 0 else -1
    text: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": 8}
    near, far = ("left", "right") if difference > 0 else ("right", "left")
    number = f"{difference:+.1f}".replace("-", "−")
    axes.annotate(number, (difference, row), (4 * side, 0), ha=near, **text)
    axes.annotate(name, (0, row), (-4 * side, 0), ha=far, **text)


def place_scatter(
    published: pd.DataFrame,
    economy_cities: pd.DataFrame,
    labels: pd.Series,
    names: pd.Series,
) -> Figure:
    """Published place against the place by GDP among the same cities, first places top left.

    `published` holds `adcode, rank, region`, `economy_cities` `adcode, gdp`. The `LEADING`
    cities farthest from the diagonal on either side are named. Half a page wide.
    """
    points = published.merge(economy_cities[["adcode", "gdp"]], on="adcode").dropna(subset="gdp")
    points["y"] = points["gdp"].rank(ascending=False)
    points = points.rename(columns={"rank": "x"})
    apart = (points["y"] - points["x"]).sort_values(kind="stable").index
    off = points.loc[[*apart[:LEADING], *apart[-LEADING:]]]
    last = max(points["x"].max(), points["y"].max()) + 2
    with style.canvas(3.9, style.HALF) as (figure, axes):
        axes.plot([1, last], [1, last], color=style.MUTED, linewidth=0.8)
        region_scatter(axes, points, "x", "y")
        axes.set(xlabel=labels["published_place"], ylabel=labels["gdp_place"])
        axes.set(xlim=(-1, last), ylim=(last, -1))
        axes.set(xticks=place_ticks(last, 20), yticks=place_ticks(last, 20))
        write_sides(axes, labels["lower_than_size"], labels["higher_than_size"])
        key_below(figure, labels)
        name_points(figure, axes, off.assign(name=off["adcode"].map(names)), points)
    return figure
