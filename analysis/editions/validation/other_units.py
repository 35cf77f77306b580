"""Columns that are printed in another unit than before: nearly all figures by the same factor.

A unit is another one if the figures of nearly all cities are a power of ten of those before: yuan
for 10,000 yuan, or shares from 0 to 1 for percent. No statistic of cities grows tenfold in nearly
all of them from one year to the next.
"""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

# So many of the cities that have both figures must have them by the factor, and so many there must
# be: among fewer a common factor may be chance.
NEARLY_ALL, FEWEST = 0.9, 5
# How far a figure may be from the factor, as a factor: beyond it growth is left for a jump. It lies
# below half of ten, on a logarithmic scale, so that a figure is near one power of ten alone.
NEAR = 2.5
SIZES = {"": 0, "1,000": 3, "10,000": 4, "million": 6, "100 million": 8}
NAMES = {power: size for size, power in SIZES.items()}
SIZED = re.compile(r"(?:(100 million|million|10,000|1,000) )?(.+)")
PERCENT, SHARE = "percent", "share of 1"


class Rescaled(NamedTuple):
    """How a column differs: by which power of ten, in how many of how many cities."""

    power: int
    cities: int
    of: int


def rescaled(now: pd.Series, before: pd.Series) -> Rescaled | None:
    """The power of ten by which nearly all figures differ from those before, None if by none.

    `now` and `before` are numbers, city by city in the same order; gaps and figures that are not
    above 0 do not count.
    """
    mine, earlier = now.to_numpy(dtype=float), before.to_numpy(dtype=float)
    known = (mine > 0) & (earlier > 0)
    if known.sum() < FEWEST:
        return None
    powers = np.log10(mine[known] / earlier[known])
    power = round(float(np.median(powers)))
    near = int((np.abs(powers - power) <= np.log10(NEAR)).sum())
    if power == 0 or near < NEARLY_ALL * len(powers):
        return None
    return Rescaled(power, near, len(powers))


def unit_printed(unit: str, power: int) -> str:
    """The unit in which figures are 10 to the `power` times those in `unit`; empty if unknown.

    >>> unit_printed("100 million yuan", 4), unit_printed("percent", -2)
    ('10,000 yuan', 'share of 1')
    """
    if (unit, power) == (PERCENT, -2):
        return SHARE
    match = SIZED.fullmatch(unit)
    size, thing = match.groups(default="") if match else ("", "")
    there = SIZES[size] - power
    return f"{NAMES[there]} {thing}".strip() if thing and there in NAMES else ""


def unit_rule(unit: str, found: Rescaled, line: object) -> str:
    """What is to be said of a column in another unit, with what to write where.

    `line` is that of the column in `columns.csv`.
    """
    power = found.power
    times = f"{10**power:,} times" if power > 0 else f"1/{10**-power:,} of"
    printed = unit_printed(unit, power)
    write = (
        f"if the file has {printed}, write that"
        if printed
        else "if so, write the unit that the file has"
    )
    return (
        f"{times} the figures before in {found.cities:,} of {found.of:,} cities: another unit? "
        f"columns.csv, line {line}, says {unit}; {write} there under unit"
    )
