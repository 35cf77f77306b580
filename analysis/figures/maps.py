"""Tile maps: provinces as squares, without a boundary."""

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures.font_files import LATIN

# Width of a tile where the distance between tiles is one.
TILE = 0.96
# Letters of a word that fit on a tile of the page's whole width; a tile of two maps holds half.
LETTERS = 14
FEW_TO_MANY = LinearSegmentedColormap.from_list(
    "few_to_many", [style.PALE["open"], style.LIGHT, style.GRADE_COLOURS["observed"]]
)
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
