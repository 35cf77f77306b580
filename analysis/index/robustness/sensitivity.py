"""Which choices move the ranks: Sobol indices, estimated from samples of the design.

The first-order index of a factor is the share of the variance that it explains on its own, the
total index the share that would be lost without it (Sobol 2001; Saltelli and others 2010).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import qmc

from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.design import FACTORS
from analysis.index.robustness.draws import CHOICES, Draws, Sampler
from analysis.index.robustness.engine import Engine

Evaluate = Callable[[np.ndarray], np.ndarray]
ESTIMATES = ["first", "first_low", "first_high", "total", "total_low", "total_high"]


class NothingVariesError(RefusedValueError):
    """The values are all the same, so that there is no variance to share out."""


def sobol_indices(
    evaluate: Evaluate, groups: Mapping[str, Sequence[int]], width: int, *, base: int, seed: int
) -> pd.DataFrame:
    """Estimate Sobol indices of groups of inputs from quasi-random numbers.

    First order after Saltelli and others (2010), on centred values; total after Jansen (1999).

    Parameters
    ----------
    evaluate
        Takes inputs in [0, 1), runs × width, and gives a value per run, or a row of values: then
        the indices share out the sum of their variances.
    groups
        Columns of the inputs by factor; other columns stay at 1/2.
    base
        Runs of each of the two base samples, a power of two; in all base × (factors + 2).
    seed
        Seed of the scrambling and of the bootstrap.

    Returns
    -------
    pd.DataFrame
        ``factor, first, first_low, first_high, total, total_low, total_high``: estimates and 90 %
        intervals (percentile bootstrap over runs).

    Raises
    ------
    NothingVariesError
        If the values do not vary.

    Examples
    --------
    The value is the first input, so the second one explains nothing.

    >>> groups = {"a": [0], "b": [1]}
    >>> table = sobol_indices(lambda inputs: inputs[:, 0], groups, 2, base=64, seed=1)
    >>> table.set_index("factor")[["first", "total"]].round(1).abs()
            first  total
    factor
    a         1.0    1.0
    b         0.0    0.0
    """
    first, second = _base_samples(groups, width, base, seed)
    a, b = evaluate(first.copy()), evaluate(second.copy())
    centre, generator = np.mean([a, b], axis=(0, 1)), np.random.default_rng(seed)
    rows = []
    for factor, columns in groups.items():
        mixed = first.copy()
        mixed[:, columns] = second[:, columns]
        parts = _terms(a - centre, b - centre, evaluate(mixed) - centre)
        rows.append({"factor": factor, **_estimates(parts, generator)})
    return pd.DataFrame(rows)


def _base_samples(
    groups: Mapping[str, Sequence[int]], width: int, base: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    used = [column for columns in groups.values() for column in columns]
    numbers = qmc.Sobol(2 * len(used), seed=seed).random(base)
    samples = np.full((2, base, width), 0.5)
    samples[0][:, used], samples[1][:, used] = numbers[:, : len(used)], numbers[:, len(used) :]
    return samples[0], samples[1]


def _terms(a: np.ndarray, b: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    """Per run: the terms of the first-order and total sums, and of the variance."""
    terms = np.stack([b * (mixed - a), (a - mixed) ** 2 / 2, (a**2 + b**2) / 2])
    return terms.reshape(*terms.shape[:2], -1).sum(axis=2)


def _estimates(terms: np.ndarray, generator: np.random.Generator) -> dict[str, float]:
    runs = terms.shape[1]
    if not terms[2].sum() > 0:
        raise NothingVariesError("sobol: the values do not vary, so there is nothing to explain")
    weights = generator.multinomial(runs, np.full(runs, 1 / runs), size=200)
    resampled = terms @ weights.T
    estimates = {}
    for row, name in enumerate(("first", "total")):
        estimates[name] = float(terms[row].sum() / terms[2].sum())
        bounds = np.quantile(resampled[row] / resampled[2], [0.05, 0.95])
        estimates |= {f"{name}_low": float(bounds[0]), f"{name}_high": float(bounds[1])}
    return estimates


def sensitivity_table(
    engine: Engine, reference: np.ndarray, *, base: int, seed: int
) -> pd.DataFrame:
    """Sobol indices, per factor, of two quantities that the choices move.

    See `sobol_indices`; where no choice moves any rank, all indices are zero.

    Parameters
    ----------
    engine
        Of the study and the design.
    reference
        Ranks by unit, in the order of the study.
    base, seed
        As `sobol_indices` takes them.

    Returns
    -------
    pd.DataFrame
        `quantity`, then what `sobol_indices` gives. The quantity is `mean_shift`, the mean absolute
        shift of all ranks against `reference`, or `own_rank`, the ranks of single units: the
        variances of all of them together.

    Raises
    ------
    FailedDrawError
        If a draw gives a unit no index.

    Examples
    --------
    The one choice that there is explains all.

    >>> from analysis.index.robustness.example import small_design, small_study
    >>> engine = Engine(small_study(), small_design())
    >>> table = sensitivity_table(engine, np.array([3, 2, 1]), base=64, seed=1)
    >>> table[["quantity", "factor", "first", "total"]].round(1)
         quantity    factor  first  total
    0  mean_shift  left_out    1.0    1.0
    1    own_rank  left_out    1.0    1.0
    """
    sampler = engine.sampler

    quantities: dict[str, Callable[[Draws], np.ndarray]] = {
        "mean_shift": partial(engine.shifts, reference=reference),
        "own_rank": engine.ranks,
    }

    def evaluate(inputs: np.ndarray, quantity: str) -> np.ndarray:
        parts = [inputs[i : i + engine.chunk] for i in range(0, len(inputs), engine.chunk)]
        return np.concatenate([quantities[quantity](sampler.draws(part)) for part in parts])

    groups, tables = input_groups(sampler), []
    for quantity in quantities:
        values = partial(evaluate, quantity=quantity)
        try:
            table = sobol_indices(values, groups, sampler.width, base=base, seed=seed)
        except NothingVariesError:
            nothing = dict.fromkeys(ESTIMATES, 0.0)
            table = pd.DataFrame([{"factor": factor, **nothing} for factor in groups])
        tables.append(table.assign(quantity=quantity))
    table = pd.concat(tables, ignore_index=True)
    return table[["quantity", *table.columns.drop("quantity")]]


def input_groups(sampler: Sampler) -> dict[str, list[int]]:
    """Columns of the random numbers of a draw, by the factor that they decide."""
    at = {name: column for column, name in enumerate(CHOICES)}
    groups = {
        factor: [at[factor]] for factor in FACTORS if (sampler.design.shares(factor) > 0).sum() > 1
    }
    if sampler.design.imputations:
        groups["gaps"] = [at["gaps"], at["imputation"]]
    if sampler.design.replicates:
        groups["figures"] = [at["figures"], at["replicate"]]
    if sampler.candidates:
        groups["left_out"] = [at["left_out"], at["left_out_node"]]
    low, high = sampler.bounds
    weights = len(CHOICES) + np.flatnonzero(high > low)
    return groups | ({"weights": weights.tolist()} if len(weights) else {})
