"""The hundred on one page: published place, open-data place and both intervals of every city.

The scale is one of places in the open data, the first on the left. A published place outside the
interval of all choices is an arrowhead that points away from it, any other a tick.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.markers import CARETLEFTBASE, CARETRIGHTBASE

from analysis.figures import sheet, style
from analysis.figures.keys import place_ticks

PUBLISHED = style.EVIDENCE_COLOURS["published"]
HELD, WIDE = style.LIGHT, style.NEUTRAL
# Widths of the columns left and right of the scale, and heights above it, in centimetres.
NUMBER, CHINESE, LATIN, OPEN = 0.6, 1.12, 2.12, 0.72
HEAD, KEY, HEIGHT = 0.55, 0.95, 19.85
TYPE: dict[str, Any] = {"fontsize": sheet.SMALL, "va": "center", "parse_math": False}
ARROWS = {"better": CARETLEFTBASE, "worse": CARETRIGHTBASE}


def hundred_half(
    cities: pd.DataFrame, rows: slice, labels: pd.Series, names: pd.DataFrame
) -> Figure:
    """Some `rows` of the published list, in its order, on the scale of places of all.

    The first rows have the key of the places above them, others that of the intervals, so that
    both halves of the list are level.

    `cities` holds a row per city of the list: `rank` (published), `adcode, tier, open_rank`, the
    ends of the intervals `rank_low, rank_high, technique_low, technique_high`, and `placed`, gaps
    where the open data do not rank it; `names` the columns `chinese` and `latin` by adcode.
    """
    last = cities[["open_rank", "rank_high"]].astype(float).max(axis=None)
    lines = with_headings(cities.iloc[rows])
    with sheet.sheet(sheet.HALF, HEIGHT) as (figure, axes):
        lay_out(axes, len(lines), int(last), HEIGHT)
        write_open_heading(figure, labels)
        if rows.start:
            write_intervals_key(figure, labels)
        else:
            write_places_key(figure, cities["placed"], labels)
        for row, city in lines:
            if isinstance(city, str):
                write_stage(axes, row, city, labels[city])
            else:
                write_city(axes, row, city["rank"], names.loc[city["adcode"]])
                draw_intervals(axes, row, city)
                draw_places(axes, row, city, labels)
    return figure


def with_headings(cities: pd.DataFrame) -> list[tuple[int, Any]]:
    """Numbered rows: the code of a stage before its first city, else a city."""
    rows: list[Any] = []
    tier = None
    for city in cities.to_dict("records"):
        if city["tier"] != tier:
            tier = city["tier"]
            rows.append(tier)
        rows.append(city)
    return list(enumerate(rows))


def lay_out(axes: Axes, rows: int, last: int, height: float) -> None:
    """The scale between the columns of names and of open places, with quiet lines."""
    left = (NUMBER + CHINESE + LATIN) / sheet.HALF
    width = 1 - left - OPEN / sheet.HALF
    bottom = 0.1 / height
    axes.set_position((left, bottom, width, 1 - (HEAD + KEY) / height - bottom))
    axes.set(xlim=(-3, last + 6), ylim=(max(rows, 53) - 0.4, -0.6))
    axes.set_xticks([*place_ticks(last - 40, 100), last])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, labelsize=sheet.SMALL, labelcolor=style.MUTED, pad=1)
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.yaxis.set_visible(False)
    axes.spines[:].set_visible(False)
    axes.vlines(axes.get_xticks(), -0.5, rows - 0.5, style.RULE, linewidth=0.6, zorder=0)


def write_city(axes: Axes, row: int, place: int, name: pd.Series) -> None:
    """Published place, Chinese and Latin name, left of the scale."""
    at = {"transform": axes.get_yaxis_transform(), **TYPE}
    scale = axes.get_position().width * sheet.HALF
    start = -(CHINESE + LATIN) / scale
    axes.text(start - 0.14 / scale, row, f"{place:.0f}", ha="right", color=style.MUTED, **at)
    axes.text(start, row, name["chinese"], **at)
    axes.text(start + CHINESE / scale, row, name["latin"], **at)


def write_stage(axes: Axes, row: int, stage: str, name: str) -> None:
    """A line across the figure in the colour of the stage, with its name below."""
    scale = axes.get_position().width * sheet.HALF
    start = -(NUMBER + CHINESE + LATIN) / scale
    at = axes.get_yaxis_transform()
    axes.plot(
        [start, 1 + OPEN / scale], [row - 0.42] * 2, linewidth=1.8,
        color=style.TIER_COLOURS[stage], transform=at, clip_on=False, solid_capstyle="butt",
    )  # fmt: skip
    axes.text(start, row + 0.12, name, transform=at, color=style.MUTED, **TYPE)


def draw_intervals(axes: Axes, row: int, city: dict) -> None:
    """The interval of all choices as a thin bar, that with the concept held as a thick one."""
    if pd.isna(city["rank_low"]):
        return
    wide = (city["rank_low"], city["rank_high"])
    held = (city["technique_low"], city["technique_high"])
    axes.hlines(row, *wide, WIDE, linewidth=1.5, zorder=1)
    axes.hlines(row, *held, HELD, linewidth=4.4, zorder=2)


def draw_places(axes: Axes, row: int, city: dict, labels: pd.Series) -> None:
    """Published place as tick or arrowhead, open place as a dot and as a number."""
    end = {"transform": axes.get_yaxis_transform(), "ha": "right", **TYPE}
    right = 1 + OPEN / (axes.get_position().width * sheet.HALF)
    arrow = ARROWS.get(str(city["placed"]))
    draw_published(axes, city["rank"], row, arrow)
    if pd.isna(city["open_rank"]):
        axes.text(right, row, labels["unranked"], color=style.MUTED, **end)
        return
    axes.scatter(
        city["open_rank"], row, s=11, color=style.INK, edgecolor=style.PAPER, linewidth=0.6,
        zorder=4,
    )  # fmt: skip
    axes.text(right, row, f"{city['open_rank']:.0f}", **end)


def draw_published(axes: Axes, x: float, y: float, arrow: int | None) -> None:
    """A published place: a tick, or an arrowhead where it lies outside the interval."""
    if arrow is None:
        axes.plot(x, y, "|", color=PUBLISHED, markersize=7, markeredgewidth=1.5, zorder=5)
    else:
        axes.plot(x, y, marker=arrow, color=PUBLISHED, markersize=5.5, linestyle="", zorder=5)


def write_open_heading(figure: Figure, labels: pd.Series) -> None:
    """The heading of the open places, on the line of the scale."""
    y = 1 - (KEY + 0.36) / HEIGHT
    figure.text(1, y, labels["open_place_short"], ha="right", color=style.MUTED, **TYPE)


def write_places_key(figure: Figure, placed: pd.Series, labels: pd.Series) -> None:
    """What the marks of places are, and how many published ones lie outside their interval."""
    key, (first, second) = key_above(figure), (0.22, 0.62)
    draw_published(key, 0.2, first, None)
    key.text(0.55, first, labels["published_place"], **TYPE)
    key.scatter(0.2, second, s=11, color=style.INK, linewidth=0)
    key.text(0.55, second, labels["open_place"], **TYPE)
    for y, side in ((first, "better"), (second, "worse")):
        number = (placed == side).sum()
        draw_published(key, 3.6, y, ARROWS[side])
        key.text(3.95, y, f"{number} {labels[f'{side}_than_interval']}", **TYPE)


def write_intervals_key(figure: Figure, labels: pd.Series) -> None:
    """What the bars are."""
    key, lines = key_above(figure), (0.22, 0.62)
    key.hlines(lines[0], 0, 0.5, HELD, linewidth=4.4)
    key.hlines(lines[1], 0, 0.5, WIDE, linewidth=1.5)
    for line, word in zip(lines, ("interval_technique", "interval_all"), strict=True):
        key.text(0.7, line, labels[word], **TYPE)


def key_above(figure: Figure) -> Axes:
    """Room for a key above the scale, in centimetres from the top left."""
    key = figure.add_axes((0, 1 - KEY / HEIGHT, 1, KEY / HEIGHT))
    key.set(xlim=(0, sheet.HALF), ylim=(KEY, 0))
    key.set_axis_off()
    return key


def leaders(
    cities: pd.DataFrame, labels: pd.Series, names: pd.DataFrame, height: float = 14.0
) -> Figure:
    """The first cities of the open data: dot, both intervals, and the published place as a ring.

    `cities` holds `adcode, rank` (open), `published, rank_low, rank_high, technique_low,
    technique_high`, best first; `published` has gaps where a city is not on the list. `names`
    holds `chinese` and `latin` by adcode.
    """
    rows = np.arange(len(cities))
    last = cities[["rank_high", "published"]].max(axis=None)
    with sheet.sheet(sheet.HALF, height) as (_, axes):
        left = (NUMBER + CHINESE + LATIN) / sheet.HALF
        axes.set_position((left, 1.65 / height, 0.98 - left, 1 - 1.75 / height))
        axes.hlines(rows, cities["rank_low"], cities["rank_high"], WIDE, linewidth=1.6)
        held = (cities["technique_low"], cities["technique_high"])
        axes.hlines(rows, *held, HELD, linewidth=5, zorder=2)
        axes.scatter(
            cities["published"], rows, s=38, facecolor="none", edgecolor=PUBLISHED, linewidth=1.4,
            zorder=4,
        )  # fmt: skip
        axes.scatter(cities["rank"], rows, s=12, color=style.INK, linewidth=0, zorder=3)
        axes.set(xlim=(-0.02 * last, last * 1.03), ylim=(len(cities) - 0.4, -0.6))
        axes.set_xticks(place_ticks(last, 10 if last < 60 else 50))
        axes.grid(axis="x")
        axes.tick_params(length=0, labelsize=7.5)
        axes.yaxis.set_visible(False)
        for row, city in enumerate(cities.to_dict("records")):
            write_city(axes, row, city["rank"], names.loc[city["adcode"]])
        axes.spines[:].set_visible(False)
        leader_key(axes, labels, height)
    return axes.figure


def leader_key(axes: Axes, labels: pd.Series, height: float) -> None:
    """What each mark is, in two lines below the scale of a figure of this height."""
    key = axes.figure.add_axes((0, 0, 1, 1.0 / height))
    key.set(xlim=(0, sheet.HALF), ylim=(0.8, 0))
    key.set_axis_off()
    key.scatter(0.2, 0.2, s=38, facecolor="none", edgecolor=PUBLISHED, linewidth=1.4)
    key.scatter(0.2, 0.6, s=12, color=style.INK, linewidth=0)
    key.hlines(0.2, 3.9, 4.4, HELD, linewidth=5)
    key.hlines(0.6, 3.9, 4.4, WIDE, linewidth=1.6)
    for x, first, second in (
        (0.5, "published_place", "open_place"),
        (4.55, "interval_technique", "interval_all"),
    ):
        key.text(x, 0.2, labels[first], **TYPE)
        key.text(x, 0.6, labels[second], **TYPE)
