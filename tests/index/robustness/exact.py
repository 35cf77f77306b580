"""Sobol indices without sampling: known exactly where all combinations can be listed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from analysis.index.robustness.design import FACTORS
from analysis.index.robustness.draws import Draws, Sampler


def exact_indices(values: np.ndarray, shares: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Sobol indices (``factor, first, total``) from the values under all combinations.

    `values` has one axis per factor and one position per alternative; `shares` has the
    probabilities of the alternatives by factor, in the order of the axes.
    """
    centred = values - mean_over(values, shares, [])
    variance = float(mean_over(centred**2, shares, []))
    rows = []
    for factor, share in shares.items():
        alone = mean_over(centred, shares, [factor])
        others = mean_over(centred, shares, [name for name in shares if name != factor])
        rest = {name: s for name, s in shares.items() if name != factor}
        explained = float((share * alone**2).sum())
        rows.append((factor, explained, variance - float(mean_over(others**2, rest, []))))
    table = pd.DataFrame(rows, columns=["factor", "first", "total"])
    return table.assign(first=table["first"] / variance, total=table["total"] / variance)


def mean_over(
    values: np.ndarray, shares: Mapping[str, np.ndarray], kept: Sequence[str]
) -> np.ndarray:
    """The mean over all axes but those kept, which stay in their order."""
    mean = values
    for axis, (factor, share) in reversed(list(enumerate(shares.items()))):
        if factor not in kept:
            mean = np.tensordot(mean, share, axes=(axis, 0))
    return mean


def all_combinations(
    sampler: Sampler, multipliers: np.ndarray
) -> tuple[Draws, dict[str, np.ndarray]]:
    """The draws of all combinations of a design that draws nothing at random.

    `multipliers` (sets of weights × nodes) are the alternatives of the factor `weights`. The last
    factor changes fastest; the shares are those of the factors with more than one alternative.
    """
    shares = {factor: sampler.design.shares(factor) for factor in FACTORS}
    shares = {factor: share for factor, share in shares.items() if len(share) > 1}
    shares["weights"] = np.full(len(multipliers), 1 / len(multipliers))
    numbers = np.array(list(product(*(range(len(share)) for share in shares.values()))))
    record = sampler.of_record(len(numbers))
    columns = dict(zip(shares, numbers.T, strict=True))
    chosen = multipliers[columns.pop("weights")]
    return replace(record, choices=record.choices | columns, multipliers=chosen), shares
