"""Maps without boundary lines: provinces as tiles, cities as marks by longitude and latitude."""

import re
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MultipleLocator

from analysis.figures import style
from analysis.figures.font_files import LATIN
from analysis.figures.keys import lone_mark
from analysis.figures.placement import name_points

# Width of a tile where the distance between tiles is one.
TILE = 0.96
# Letters of a word that fit on a tile of the page's whole width; a tile of two maps holds half.
LETTERS = 14
FEW_TO_MANY = LinearSegmentedColormap.from_list(
    "few_to_many", [style.PALE["open"], style.LIGHT, style.GRADE_COLOURS["observed"]]
)
# Areas of the marks in square points.
TIER_SIZES = {
    "ecosystem_innovation": 62,
    "capability_synergy": 36,
    "unit_digitalisation": 22,
    "below_published_range": 11,
}
UNRANKED_SIZE = 13
# Only the Latin font has a heavier weight.
BOLD: dict[str, Any] = {"fontweight": "semibold", "fontfamily": LATIN}


def tile_map(
    provinces_results: pd.DataFrame,
    provinces_reference: pd.DataFrame,
    column: str,
    labels: pd.Series,
    say: style.Say,
) -> Figure:
    """Tile map of the provinces, coloured by the number in `column` of the results.

    `provinces_results` holds `province` and `column`, `provinces_reference` `province_en`,
    `tile_column` and `tile_row`.
    """
    return tile_maps(provinces_results, provinces_reference, [column], labels, say)


def two_tile_maps(
    provinces_results: pd.DataFrame,
    provinces_reference: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
) -> Figure:
    """Tile maps of the published hundred and of the open-data hundred on one scale of colour."""
    columns = ["published_cities", "open_cities"]
    return tile_maps(provinces_results, provinces_reference, columns, labels, say)


def tile_maps(
    provinces_results: pd.DataFrame,
    provinces_reference: pd.DataFrame,
    columns: list[str],
    labels: pd.Series,
    say: style.Say,
) -> Figure:
    """One tile map per column, side by side, the columns' names above.

    What provinces are shown stands below.
    """
    places = provinces_reference.set_index("province_en")[["tile_column", "tile_row"]]
    tiles = provinces_results.join(places, on="province")
    letters = LETTERS // len(columns)
    tiles["name"] = [broken(labels[province], letters) for province in tiles["province"]]
    scale = Normalize(0, tiles[columns].max(axis=None))
    with style.canvas(6.0 if len(columns) == 1 else 3.75, ncols=len(columns)) as (figure, _):
        # The foot of the figure is left to what is said of the provinces.
        figure.set_layout_engine(
            "constrained", w_pad=0.01, h_pad=0.06, wspace=0, rect=(0, 0.04, 1, 0.96)
        )
        for axes, column in zip(figure.axes, columns, strict=True):
            draw_tiles(axes, tiles.assign(number=tiles[column]), scale)
            axes.set_title(labels[column])
        shown = say("provinces_shown", count=len(tiles))
        figure.text(0.01, 0.01, shown, fontsize=7.5, color=style.MUTED)
    return figure


def draw_tiles(axes: Axes, tiles: pd.DataFrame, scale: Normalize) -> None:
    """One square per province with its name and its number, darker for more, blank for none."""
    for tile in tiles.to_dict("records"):
        x, y, number = tile["tile_column"], tile["tile_row"], tile["number"]
        face = to_rgb(FEW_TO_MANY(float(scale(number))) if number > 0 else style.PAPER)
        square = Rectangle((x, y), TILE, TILE, facecolor=face, edgecolor=style.RULE, linewidth=0.8)
        axes.add_patch(square)
        text: dict[str, Any] = {"ha": "center", "va": "center", "color": style.ink_on(face)}
        middle = x + TILE / 2
        axes.text(middle, y + 0.32, tile["name"], fontsize=7, linespacing=1.05, **text)
        axes.text(middle, y + 0.74, as_number(number), fontsize=9, **text, **BOLD)
    axes.set(xlim=(-0.02, tiles["tile_column"].max() + 1))
    axes.set(ylim=(tiles["tile_row"].max() + 1, -0.02))
    axes.set_aspect("equal")
    axes.axis("off")


def as_number(number: float) -> str:
    """A count, or a dash where there is no list to count in."""
    return "–" if pd.isna(number) else f"{number:.0f}"


def broken(name: str, letters: int) -> str:
    """A name on several lines, words longer than `letters` broken behind a syllable in n or ng."""
    words = [
        re.sub(r"(ng?)(?=[^aeioug])", "\\1-\n", word, count=1) if len(word) > letters else word
        for word in name.split()
    ]
    return "\n".join(words)


def dot_map(
    cities: pd.DataFrame, scores: pd.DataFrame, labels: pd.Series, names: pd.Series
) -> Figure:
    """Every city by longitude and latitude: shape by region, size and colour by tier.

    `cities` holds `adcode, region, lon, lat`, `scores` `adcode, rank, tier`; cities without a rank
    are hollow, the five leading ones are named.
    """
    marks = cities.merge(scores[["adcode", "rank", "tier"]], on="adcode", how="left")
    marks = marks.rename(columns={"lon": "x", "lat": "y"})
    leading = marks.nsmallest(5, "rank")
    with style.canvas(5.0) as (figure, axes):
        draw_graticule(axes, marks, labels)
        draw_cities(axes, marks)
        add_key(axes, marks, labels)
        name_points(figure, axes, leading.assign(name=leading["adcode"].map(names)), marks)
    return figure


def draw_graticule(axes: Axes, marks: pd.DataFrame, labels: pd.Series) -> None:
    """Light lines every ten degrees; in the middle latitude a kilometre is as long either way."""
    axes.set(xlabel=labels["longitude"], ylabel=labels["latitude"])
    axes.xaxis.set_major_locator(MultipleLocator(10))
    axes.yaxis.set_major_locator(MultipleLocator(10))
    axes.xaxis.set_major_formatter("{x:.0f}°")
    axes.yaxis.set_major_formatter("{x:.0f}°")
    axes.grid(color=style.RULE, linewidth=0.6)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    middle = (marks["y"].min() + marks["y"].max()) / 2
    axes.set_aspect(1 / np.cos(np.radians(middle)))


def draw_cities(axes: Axes, marks: pd.DataFrame) -> None:
    """The marks, unranked cities hollow, the highest tier on top."""
    for (region, tier), some in marks.fillna({"tier": ""}).groupby(["region", "tier"]):
        axes.scatter(
            some["x"],
            some["y"],
            s=TIER_SIZES.get(tier, UNRANKED_SIZE),
            marker=style.REGION_MARKERS[region],
            facecolor=style.TIER_COLOURS.get(tier, "none"),
            edgecolor=style.MUTED,
            linewidth=0.4 if tier else 0.8,
            zorder=2 + TIER_SIZES.get(tier, 0) / 100,
        )


def add_key(axes: Axes, marks: pd.DataFrame, labels: pd.Series) -> None:
    """Regions by shape and tiers by size and colour, in the south-west, where there is no city.

    Only what some of the `marks` (`tier`, a gap without a rank) show is in it.
    """
    tiers = {tier: size for tier, size in TIER_SIZES.items() if (marks["tier"] == tier).any()}
    shapes = [lone_mark(marker, "none", 5, style.INK) for marker in style.REGION_MARKERS.values()]
    sizes = [
        lone_mark("o", style.TIER_COLOURS[tier], size**0.5, style.MUTED)
        for tier, size in tiers.items()
    ]
    gap = lone_mark("", "none")
    words = [*style.REGION_MARKERS, "", *tiers]
    if marks["tier"].isna().any():
        sizes.append(lone_mark("o", "none", UNRANKED_SIZE**0.5, style.MUTED))
        words.append("unranked")
    axes.legend(
        [*shapes, gap, *sizes],
        [labels.get(word, "") for word in words],
        ncols=2,
        loc="lower left",
        handletextpad=0.2,
        columnspacing=1.2,
        facecolor=style.PAPER,
        framealpha=1,
        edgecolor="none",
        frameon=True,
        borderpad=0.2,
        labelspacing=0.35,
        fontsize=7.5,
    )
