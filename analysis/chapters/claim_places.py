"""Figures by which claims about places are tested: economic bases, stages, and smaller cities."""

import numpy as np
import pandas as pd

HUNDRED_MILLION = 1e8


def people(size: pd.DataFrame) -> pd.Series:
    """Residents by adcode, from GDP (100 million yuan) over GDP per head (yuan).

    `size` has the columns ``gdp, gdp_per_head`` by adcode.
    """
    return HUNDRED_MILLION * size["gdp"] / size["gdp_per_head"]


def provinces_with_base(cities: pd.DataFrame, size: pd.DataFrame, regions: list[str]) -> list[str]:
    """Provinces of some regions whose GDP per head lies in the upper half of all provinces.

    The GDP per head of a province is that of its cities together; the middle one of all provinces
    belongs to the upper half.

    Parameters
    ----------
    cities
        `cities.csv`: ``adcode, province_en, region``.
    size
        By adcode: ``gdp`` (100 million yuan), ``gdp_per_head`` (yuan).
    regions
        Names of the regions.
    """
    known = size[["gdp", "gdp_per_head"]].dropna()
    known = known.assign(people=people(known)).join(cities.set_index("adcode"))
    sums = known.groupby("province_en")[["gdp", "people"]].sum()
    by_head = sums["gdp"] / sums["people"]
    region = cities.groupby("province_en")["region"].first()
    strong = by_head.index[by_head >= by_head.median()]
    return [str(province) for province in strong if region[province] in regions]


def smaller_halves(size: pd.DataFrame, cities: pd.Index) -> pd.DataFrame:
    """Cities × sizes (residents, GDP): whether each is smaller than the median of the cities.

    Cities without both figures are left out.

    Parameters
    ----------
    size
        By adcode: ``gdp`` (100 million yuan), ``gdp_per_head`` (yuan).
    cities
        The cities (adcode) that are compared.
    """
    known = size[["gdp", "gdp_per_head"]].reindex(cities).dropna()
    sizes = pd.DataFrame({"resident_population": people(known), "gdp": known["gdp"]})
    return sizes < sizes.median()


def gains(moves: np.ndarray, smaller: np.ndarray) -> np.ndarray:
    """Places that smaller cities gain on larger ones, on the mean, by each size.

    Parameters
    ----------
    moves
        Places gained, … × cities.
    smaller
        Cities × sizes, True for the smaller ones.

    Returns
    -------
    numpy.ndarray
        … × sizes.
    """
    parts = [moves @ chosen / chosen.sum(axis=0) for chosen in (smaller, ~smaller)]
    return np.asarray(parts[0] - parts[1])


def stage_medians(values: np.ndarray, stages: pd.Series, order: list[str]) -> np.ndarray:
    """Medians over the cities of each stage, … × stages; gaps (NaN) are passed over.

    Parameters
    ----------
    values
        … × cities.
    stages
        The stage of each city, in the order of the cities.
    order
        The stages, from the lowest.
    """
    columns = [np.flatnonzero(stages.to_numpy() == stage) for stage in order]
    return np.stack([np.nanmedian(values[..., at], axis=-1) for at in columns], axis=-1)
