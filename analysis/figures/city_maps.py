"""Maps of the hundred by stage, or of both hundreds: cities by longitude and latitude alone.

Cities beyond the hundred are small grey dots that show the land. A map has no boundary and no
graticule.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.figures import keys, sheet, style
from analysis.figures.placement import name_points

SIZES = {"ecosystem_innovation": 34, "capability_synergy": 19, "unit_digitalisation": 10}
LAND = style.NEUTRAL
# A city of the published list.
RING = keys.RING | {"edgecolor": style.EVIDENCE_COLOURS["published"], "linewidth": 1.0}
# Marks of one row of a key, one over the other, and its words.
KeyRow = tuple[list[dict[str, Any]], str]
# West, east, south and north, in degrees.
Bounds = tuple[float, float, float, float]
Draw = Callable[[Axes, pd.DataFrame], None]
# Lights of the cover: classes of the index, up to which of them there is no halo, and the halos,
# each so many times as large as the light and so dense.
CLASSES, DARK = 16, 3
HALOS = ((14, 0.03), (6, 0.06), (2.6, 0.12), (1, 1.0))
# The insets.
DELTAS = {
    "yangtze_delta": (118.0, 122.6, 29.6, 33.4),
    "pearl_delta": (111.8, 115.3, 21.7, 24.0),
}


def stage_map(cities: pd.DataFrame, labels: pd.Series, names: pd.Series, named: int = 5) -> Figure:
    """All cities by place, the hundred sized and coloured by stage, the first `named` named.

    `cities` holds `adcode, lon, lat, region` and, for those of the hundred, `place` and `tier`.
    """
    with sheet.sheet(sheet.FULL, 11.0) as (figure, axes):
        frame(axes, cities, (0, 0, 1, 1))
        draw_stages(axes, cities, 2)
        write_key(axes, stage_rows(cities, labels))
        write_names(figure, axes, cities, names, named)
    return figure


def both_map(
    cities: pd.DataFrame, labels: pd.Series, names: pd.Series, *, named: int = 5, height: float = 14
) -> Figure:
    """Both hundreds on one map: a ring for the published, a dot for the open data.

    The first `named` of the list have their names; below are insets for the two deltas.

    `cities` holds `adcode, lon, lat`, the place on the list as `place`, a gap where it has none,
    and `open`, whether the city is of the hundred of the open data.
    """
    with sheet.sheet(sheet.HALF, height) as (figure, axes):
        frame(axes, cities, (0, 0.36, 1, 0.64))
        draw_both(axes, cities)
        write_key(axes, both_rows(cities, labels))
        draw_insets(figure, axes, cities, labels, partial(draw_both, times=2))
        write_names(figure, axes, cities, names, named)
    return figure


def inset_map(cities: pd.DataFrame, labels: pd.Series, height: float = 10.4) -> Figure:
    """Half a page wide, by stage, with insets for the deltas of Yangtze and Pearl River below.

    `cities` holds `lon, lat, region` and, for those of the hundred, `tier`.
    """
    with sheet.sheet(sheet.HALF, height) as (figure, axes):
        frame(axes, cities, (0, 0.37, 1, 0.63))
        draw_stages(axes, cities)
        write_key(axes, stage_rows(cities, labels))
        draw_insets(figure, axes, cities, labels, partial(draw_stages, times=2))
    return figure


def draw_insets(
    figure: Figure, axes: Axes, cities: pd.DataFrame, labels: pd.Series, draw: Draw
) -> None:
    """The deltas below the map, each outlined on it; `draw` puts cities on axes."""
    for number, (delta, bounds) in enumerate(DELTAS.items()):
        inset = figure.add_axes((0.01 + 0.5 * number, 0.01, 0.48, 0.29))
        draw(inset, within(cities, bounds))
        finish_inset(inset, bounds, labels[delta])
        outline(axes, bounds)


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


def draw_both(axes: Axes, cities: pd.DataFrame, times: float = 1) -> None:
    """A ring for a city of the list, a dot for one of the open hundred, small dots for others."""
    on_list, in_open = cities["place"].notna(), cities["open"]
    draw_some(axes, cities[~on_list & ~in_open], small(LAND, 2.5 * times))
    draw_some(axes, cities[on_list], RING | {"s": 21 * times})
    draw_some(axes, cities[in_open], keys.DOT | {"s": 6 * times})


def draw_some(axes: Axes, cities: pd.DataFrame, mark: dict[str, Any]) -> None:
    """Cities as marks of one look."""
    axes.scatter(cities["lon"], cities["lat"], zorder=2, **mark)


def stage_rows(cities: pd.DataFrame, labels: pd.Series) -> list[KeyRow]:
    """Stages and regions with their cities of the hundred, and the dot of all others."""
    hundred = cities[cities["tier"].isin(list(SIZES))]
    rows: list[KeyRow] = [([small(LAND, 2.5)], labels["other_cities"])]
    for region, marker in reversed(style.REGION_MARKERS.items()):
        number = (hundred["region"] == region).sum()
        mark = small(style.MUTED, 14) | {"marker": marker}
        rows.append(([mark], f"{labels[region]} {number}"))
    for tier, size in reversed(SIZES.items()):
        number = (hundred["tier"] == tier).sum()
        rows.append(([small(style.TIER_COLOURS[tier], size)], f"{labels[tier]} {number}"))
    return rows


def both_rows(cities: pd.DataFrame, labels: pd.Series) -> list[KeyRow]:
    """How many cities stand in both hundreds, in one of them alone, and the dot of all others."""
    on_list, in_open = cities["place"].notna(), cities["open"]
    ring, dot = RING | {"s": 26}, keys.DOT | {"s": 9}
    return [
        ([small(LAND, 2.5)], labels["other_cities"]),
        ([dot], f"{labels['open_alone']} {(in_open & ~on_list).sum()}"),
        ([ring], f"{labels['published_alone']} {(on_list & ~in_open).sum()}"),
        ([ring, dot], f"{labels['in_both']} {(on_list & in_open).sum()}"),
    ]


def small(colour: str, area: float) -> dict[str, Any]:
    """A dot without an edge."""
    return {"s": area, "color": colour, "linewidth": 0}


def write_key(axes: Axes, rows: list[KeyRow]) -> None:
    """Marks with their words, the first row lowest.

    In the south-west, where there is no city.
    """
    corner = blended_transform_factory(axes.figure.transFigure, axes.transAxes)
    for line, (marks, text) in enumerate(rows):
        at, beside = [
            corner + ScaledTranslation(x / 72, (4 + 9 * line) / 72, points)
            for points in [axes.figure.dpi_scale_trans]
            for x in (5, 11)
        ]
        for mark in marks:
            axes.scatter(0, 0, transform=at, clip_on=False, **mark)
        axes.text(0, 0, text, va="center", fontsize=sheet.SMALL, transform=beside)


def write_names(
    figure: Figure, axes: Axes, cities: pd.DataFrame, names: pd.Series, named: int
) -> None:
    """Names of the first cities where they cover no other mark of the hundred."""
    marks = cities.dropna(subset="place").rename(columns={"lon": "x", "lat": "y"})
    leading = marks.nsmallest(named, "place")
    name_points(figure, axes, leading.assign(name=leading["adcode"].map(names)), marks)


def within(cities: pd.DataFrame, bounds: Bounds) -> pd.DataFrame:
    """The cities of one delta."""
    west, east, south, north = bounds
    return cities[cities["lon"].between(west, east) & cities["lat"].between(south, north)]


def finish_inset(axes: Axes, bounds: Bounds, name: str) -> None:
    """The frame of a delta, thin, and its name above."""
    west, east, south, north = bounds
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    axes.set_aspect(aspect(south, north), adjustable="box")
    axes.spines[:].set_visible(True)
    axes.spines[:].set(color=style.MUTED, linewidth=0.5)
    axes.set_title(name, fontsize=7.5, pad=3)


def outline(axes: Axes, bounds: Bounds) -> None:
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
