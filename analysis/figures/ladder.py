"""The stages as a ladder with the names of the published cities on each step."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import sheet, style

# Height of a line and of the heading of a step, and the room round its names, in centimetres.
LINE, HEADING, EDGE = 0.4, 0.62, 0.16
# Columns of names on a page and on a phone.
COLUMNS = {False: 6, True: 2}


def stage_ladder(
    published: pd.DataFrame, labels: pd.Series, names: pd.Series, *, narrow: bool = False
) -> Figure:
    """A step per stage, the highest on top, with its number of cities and their names in order.

    `published` holds `rank, adcode, tier`, best first. `labels` names the stages.
    """
    steps = [(str(tier), cities) for tier, cities in published.groupby("tier", sort=False)]
    width, columns = sheet.width(narrow), COLUMNS[narrow]
    heights = [step_height(len(cities), columns) for _, cities in steps]
    with sheet.sheet(width, sum(heights)) as (figure, axes):
        axes.set(xlim=(0, width), ylim=(sum(heights), 0))
        axes.set_axis_off()
        top = 0.0
        for (tier, cities), height in zip(steps, heights, strict=True):
            words = [names[adcode] for adcode in cities["adcode"]]
            name_step(axes, top, len(cities), labels[tier])
            draw_step(axes, (top, top + height), style.TIER_COLOURS[tier], words, columns)
            top += height
    return figure


def step_height(cities: int, columns: int) -> float:
    """Height of a step with so many names."""
    return HEADING + LINE * -(-cities // columns) + 2 * EDGE


def draw_step(
    axes: Axes, edges: tuple[float, float], colour: str, words: list[str], columns: int
) -> None:
    """A riser in the colour of the stage between two heights, and its cities row by row."""
    top, bottom = edges
    height = bottom - top - 0.1
    axes.add_patch(Rectangle((0, top + 0.05), 0.16, height, facecolor=colour, linewidth=0))
    end = axes.get_xlim()[1]
    axes.plot([0, end], [top + 0.05] * 2, color=colour, linewidth=1)
    start, width = 0.4, (end - 0.4) / columns
    for number, word in enumerate(words):
        row, column = divmod(number, columns)
        y = top + EDGE + HEADING + LINE * (row + 0.5)
        axes.text(
            start + column * width, y, word, fontsize=sheet.SMALL, va="center", parse_math=False
        )


def name_step(axes: Axes, top: float, number: int, name: str) -> None:
    """The number of cities of a stage, and its name."""
    line = top + EDGE + 0.3
    axes.text(0.4, line, f"{number}", fontsize=13, va="center")
    axes.text(1.2, line, name, fontsize=9, va="center")
