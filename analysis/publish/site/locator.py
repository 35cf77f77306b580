"""Where the cities lie, as dots: one map for all pages, and the place of each city on it.

There are no boundaries: a dot lies at the longitude and latitude of its city, and a degree of
longitude is as wide beside one of latitude as in the middle of the country.
"""

from collections.abc import Iterable
from math import cos, radians
from pathlib import Path

import pandas as pd

MAP = Path("assets", "map.svg")
WIDTH = 240
MARGIN = 6
# Latitude at which both degrees are true to scale.
MIDDLE = 36
# The dots of all cities, in a drawing that is a file and knows no style but its own.
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
circle {{ fill: #aeb8c2 }}
@media (prefers-color-scheme: dark) {{ circle {{ fill: #56616d }} }}
</style>
{dots}
</svg>
"""


def positions(cities: pd.DataFrame) -> pd.DataFrame:
    """Where each city lies on the map, in its units, by adcode: ``x, y``.

    Parameters
    ----------
    cities
        `cities.csv`: ``adcode, lon, lat``.
    """
    east = cities["lon"] * cos(radians(MIDDLE))
    scale = (WIDTH - 2 * MARGIN) / max(east.max() - east.min(), 1e-9)
    x = MARGIN + (east - east.min()) * scale
    y = MARGIN + (cities["lat"].max() - cities["lat"]) * scale
    found = pd.DataFrame({"x": x.round(1), "y": y.round(1)})
    return found.set_axis(pd.Index(cities["adcode"], name="adcode"))


def map_height(places: pd.DataFrame) -> int:
    """How high the map is, in its units."""
    return int(places["y"].max() + MARGIN + 0.5)


def map_drawing(places: pd.DataFrame) -> str:
    """The map of all cities as a file of its own."""
    return DRAWING.format(width=WIDTH, height=map_height(places), dots="\n".join(dots(places)))


def dots(places: pd.DataFrame) -> Iterable[str]:
    """A small dot for each city."""
    return (f'<circle cx="{x}" cy="{y}" r="1.6"/>' for x, y in places.to_numpy().tolist())
