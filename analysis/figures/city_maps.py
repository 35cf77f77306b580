"""Small maps of the hundred by stage: cities as dots by longitude and latitude, nothing else.

Cities beyond the hundred are small grey dots that show the land. A map has no boundary and no
graticule.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.figures import sheet, style
from analysis.figures.placement import name_points

SIZES = {"ecosystem_innovation": 34, "capability_synergy": 19, "unit_digitalisation": 10}
LAND = style.NEUTRAL
# Lights of the cover: classes of the index, up to which of them there is no halo, and the halos,
# each so many times as large as the light and so dense.
CLASSES, DARK = 16, 3
HALOS = ((14, 0.03), (6, 0.06), (2.6, 0.12), (1, 1.0))
# West, east, south and north of the insets, in degrees.
DELTAS = {
    "yangtze_delta": (118.0, 122.6, 29.6, 33.4),
    "pearl_delta": (111.8, 115.3, 21.7, 24.0),
}


def stage_map(
    cities: pd.DataFrame, labels: pd.Series, names: pd.Series, *, named: int = 5, wide: bool = False
) -> Figure:
    """All cities by place, the hundred sized and coloured by stage, the first `named` named.

    Half a page wide, or a whole one.

    `cities` holds `adcode, lon, lat, region` and, for those of the hundred, `place` and `tier`.
    """
    width, height = (sheet.FULL, 11.0) if wide else (sheet.HALF, 8.8)
    with sheet.sheet(width, height) as (figure, axes):
        frame(axes, cities, (0, 0, 1, 1))
        times = 2 if wide else 1
        draw_stages(axes, cities, times)
        write_key(axes, cities, labels)
        write_names(figure, axes, cities, names, named)
    return figure


def inset_map(cities: pd.DataFrame, labels: pd.Series, height: float = 10.4) -> Figure:
    """The same with insets for the deltas of Yangtze and Pearl River below.

    `cities` holds `lon, lat, region` and, for those of the hundred, `tier`.
    """
    with sheet.sheet(sheet.HALF, height) as (figure, axes):
        frame(axes, cities, (0, 0.37, 1, 0.63))
        draw_stages(axes, cities)
        write_key(axes, cities, labels)
        for number, (delta, bounds) in enumerate(DELTAS.items()):
            inset = figure.add_axes((0.01 + 0.5 * number, 0.01, 0.48, 0.29))
            draw_inset(inset, cities, bounds, labels[delta])
            outline(axes, bounds)
    return figure


def frame(axes: Axes, cities: pd.DataFrame, position: tuple[float, float, float, float]) -> None:
    """Axes without any line; in the middle latitude a kilometre is as long either way."""
    axes.set_position(position)
    axes.set_axis_off()
    axes.set_xlim(cities["lon"].min() - 1.5, cities["lon"].max() + 1.5)
    axes.set_ylim(cities["lat"].min() - 7.5, cities["lat"].max() + 1.5)
    axes.set_aspect(aspect(cities["lat"].min(), cities["lat"].max()))


def aspect(south: float, north: float) -> float:
    """How much longer a degree of latitude is than one of longitude between two parallels."""
    return float(1 / np.cos(np.radians((south + north) / 2)))


def draw_stages(axes: Axes, cities: pd.DataFrame, times: float = 1) -> None:
    """Dots of all cities, those of the hundred by stage and region, the highest on top."""
    others = cities[~cities["tier"].isin(list(SIZES))]
    axes.scatter(others["lon"], others["lat"], s=2.5 * times, color=LAND, linewidth=0, zorder=1)
    for layer, (tier, size) in enumerate(reversed(SIZES.items())):
        for region, marker in style.REGION_MARKERS.items():
            some = cities[(cities["tier"] == tier) & (cities["region"] == region)]
            axes.scatter(
                some["lon"], some["lat"], s=size * times, color=style.TIER_COLOURS[tier],
                marker=marker, edgecolor=style.PAPER, linewidth=0.5, zorder=2 + layer,
            )  # fmt: skip


def write_key(axes: Axes, cities: pd.DataFrame, labels: pd.Series) -> None:
    """Stages and regions with their cities of the hundred, and the dot of all others.

    In the south-west, where there is no city.
    """
    hundred = cities[cities["tier"].isin(list(SIZES))]
    rows: list[tuple[str, str, float, str]] = [(LAND, "o", 2.5, labels["other_cities"])]
    for region, marker in reversed(style.REGION_MARKERS.items()):
        number = (hundred["region"] == region).sum()
        rows.append((style.MUTED, marker, 14, f"{labels[region]} {number}"))
    for tier, size in reversed(SIZES.items()):
        text = f"{labels[tier]} {(hundred['tier'] == tier).sum()}"
        rows.append((style.TIER_COLOURS[tier], "o", size, text))
    corner = blended_transform_factory(axes.figure.transFigure, axes.transAxes)
    for line, (colour, marker, area, text) in enumerate(rows):
        at, beside = [
            corner + ScaledTranslation(x / 72, (4 + 9 * line) / 72, points)
            for points in [axes.figure.dpi_scale_trans]
            for x in (5, 11)
        ]
        axes.scatter(
            0, 0, s=area, color=colour, marker=marker, linewidth=0, transform=at, clip_on=False
        )
        axes.text(0, 0, text, va="center", fontsize=sheet.SMALL, transform=beside)


def write_names(
    figure: Figure, axes: Axes, cities: pd.DataFrame, names: pd.Series, named: int
) -> None:
    """Names of the first cities where they cover no other mark of the hundred."""
    marks = cities.dropna(subset="place").rename(columns={"lon": "x", "lat": "y"})
    leading = marks.nsmallest(named, "place")
    name_points(figure, axes, leading.assign(name=leading["adcode"].map(names)), marks)


def draw_inset(
    axes: Axes, cities: pd.DataFrame, bounds: tuple[float, float, float, float], name: str
) -> None:
    """One delta, larger, with a thin frame and its name above."""
    west, east, south, north = bounds
    inside = cities[cities["lon"].between(west, east) & cities["lat"].between(south, north)]
    draw_stages(axes, inside, times=2)
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    axes.set_aspect(aspect(south, north), adjustable="box")
    axes.spines[:].set_visible(True)
    axes.spines[:].set(color=style.MUTED, linewidth=0.5)
    axes.set_title(name, fontsize=7.5, pad=3)


def outline(axes: Axes, bounds: tuple[float, float, float, float]) -> None:
    """Where an inset lies on the map."""
    west, east, south, north = bounds
    box: dict[str, Any] = {"fill": False, "edgecolor": style.MUTED, "linewidth": 0.5, "zorder": 9}
    axes.add_patch(Rectangle((west, south), east - west, north - south, **box))


def cover(cities: pd.DataFrame, height: float = 17.0) -> Figure:
    """Every city as a light on deep blue, larger and warmer for a larger index; no word.

    `cities` holds `lon, lat, index`, a gap where a city has none. Lights of one class of the index
    are alike, so that the file stays small.
    """
    night, *lights = style.COVER.values()
    glow = LinearSegmentedColormap.from_list("glow", lights)
    middle = (cities["lat"].min() + cities["lat"].max()) / 2
    at = cities.assign(x=cities["lon"] * np.cos(np.radians(middle)))
    share = cities["index"] / max(cities["index"].max(), 1)
    with sheet.sheet(sheet.PAPER_WIDTH, height) as (figure, axes):
        figure.set_facecolor(night)
        axes.set_axis_off()
        axes.scatter(at["x"], at["lat"], s=2, color=lights[0], linewidth=0)
        for number, alike in at.groupby((share * CLASSES).clip(0).round()):
            size = share[alike.index].mean()
            for times, alpha in HALOS if float(str(number)) > DARK else HALOS[-1:]:
                axes.scatter(
                    alike["x"], alike["lat"], s=times * (3 + 170 * size**2), color=glow(size),
                    alpha=alpha, linewidth=0, zorder=2 + size,
                )  # fmt: skip
        axes.set_aspect("equal", adjustable="datalim")
        axes.margins(0.05)
    return figure
