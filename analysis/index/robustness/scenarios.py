"""One choice at a time: what each alternative alone does to the ranks of record."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from analysis.index.robustness.design import Alternative, most_draws
from analysis.index.robustness.draws import NONE, Draws
from analysis.index.robustness.engine import Engine

FEW_PLACES = 10
# What `shift_summary` says.
SHIFTS = ["mean_shift", "largest_shift", "within_ten", "spearman"]


def scenario_table(engine: Engine, *, seed: int, count: int) -> pd.DataFrame:
    """Compare the ranks under every single alternative with those of record.

    Parameters
    ----------
    engine
        Of the study and the design.
    seed, count
        Draws of the alternatives that are drawn at random: weights, imputed gaps, errors of
        figures, what is left out.

    Returns
    -------
    pd.DataFrame
        ``factor, level, alternative, draws``, then what `shift_summary` gives.

    Raises
    ------
    FailedDrawError
        If a draw gives a unit no index.

    Examples
    --------
    Without a, u and w change places; without b, nobody does: 4 places over 6 ranks.

    >>> from analysis.index.robustness.example import small_design, small_study
    >>> table = scenario_table(Engine(small_study(), small_design()), seed=1, count=2)
    >>> table[["factor", "alternative", "draws", "mean_shift", "largest_shift"]].round(4)
         factor alternative  draws  mean_shift  largest_shift
    0  left_out         one      2      0.6667              2
    """
    record = engine.ranks(engine.sampler.of_record())[0]
    rows = []
    for (factor, level, text), draws in _single_changes(engine, seed, count):
        about = {"factor": factor, "level": level, "alternative": text, "draws": len(draws)}
        rows.append(about | shift_summary(engine.ranks(draws), record))
    return pd.DataFrame(rows)


def leave_one_out_table(engine: Engine, level: str) -> pd.DataFrame:
    """Leave out one node of a level at a time, everything else as in the method of record.

    Parameters
    ----------
    engine
        Of the study and the design.
    level
        Name of a level.

    Returns
    -------
    pd.DataFrame
        ``left_out``, then what `shift_summary` gives, and ``most_moved``: the unit whose rank
        shifts most, the first of those in the order of the units. No rows where the level has one
        node only.

    Raises
    ------
    FailedDrawError
        If a draw gives a unit no index.

    Examples
    --------
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> table = leave_one_out_table(Engine(small_study(), small_design()), "part")
    >>> table[["left_out", "largest_shift", "spearman", "most_moved"]]
      left_out  largest_shift  spearman most_moved
    0        a              2      -1.0          u
    1        b              0       1.0          u
    """
    sampler = engine.sampler
    candidates = sampler.removable(engine.design.of_record("evidence"), level)
    if len(candidates) < 2:
        return pd.DataFrame(columns=["left_out", *SHIFTS, "most_moved"])
    draws = replace(sampler.of_record(len(candidates)), left_out=candidates)
    record = engine.ranks(sampler.of_record())[0]
    ranks = engine.ranks(draws)
    rows = [shift_summary(each[None, :], record) for each in ranks]
    most = np.abs(ranks - record).argmax(axis=1)
    table = pd.DataFrame(rows, columns=SHIFTS)
    table.insert(0, "left_out", [sampler.nodes[node] for node in candidates])
    return table.assign(most_moved=engine.study.data.index[most])


def shift_summary(ranks: np.ndarray, record: np.ndarray) -> dict[str, float]:
    """Summarise ranks (draws × units) against ranks of record, over all draws and units.

    ``mean_shift`` and ``largest_shift`` in places, ``within_ten`` (share of the units that move
    by ten places or fewer), ``spearman`` (correlation of the ranks, the mean over draws).

    Examples
    --------
    >>> summary = shift_summary(np.array([[1, 2, 3], [3, 2, 1]]), np.array([1, 2, 3]))
    >>> {name: round(value, 4) for name, value in summary.items()}
    {'mean_shift': 0.6667, 'largest_shift': 2, 'within_ten': 1.0, 'spearman': 0.0}
    """
    shift = np.abs(ranks - record)
    correlations = [spearmanr(each, record).statistic for each in ranks]
    return {
        "mean_shift": float(shift.mean()),
        "largest_shift": int(shift.max()),
        "within_ten": float((shift <= FEW_PLACES).mean()),
        "spearman": float(np.mean(correlations)),
    }


def _single_changes(
    engine: Engine, seed: int, count: int
) -> Iterator[tuple[tuple[str, str, str], Draws]]:
    sampler = engine.sampler
    drawn = sampler.draw(seed, 0, count)
    for level, (low, high) in sampler.design.ranges.items():
        here = (sampler.study.framework["level"] == level).to_numpy()
        multipliers = np.where(here, drawn.multipliers, 1.0)
        draws = replace(sampler.of_record(count), multipliers=multipliers)
        yield ("weights", level, f"{low:g} to {high:g}"), draws
    for factor, alternatives in sampler.design.alternatives.items():
        for number, alternative in list(enumerate(alternatives))[1:]:
            yield (factor, alternative.level, alternative.text), _changed(engine, factor, number)


def _changed(engine: Engine, factor: str, number: int) -> Draws:
    """Draws that differ from the method of record in one factor, one for each way to do so."""
    sampler = engine.sampler
    alternative = sampler.design.alternatives[factor][number]
    if alternative.name == "one":
        candidates = sampler.removable(sampler.design.of_record("evidence"), alternative.level)
        draws = replace(sampler.of_record(len(candidates)), left_out=candidates)
    elif factor == "gaps":
        copies = copy_numbers(alternative)
        draws = replace(sampler.of_record(len(copies)), imputation=copies)
    elif factor == "figures":
        copies = copy_numbers(alternative)
        draws = replace(sampler.of_record(len(copies)), replicate=copies)
    else:
        draws = sampler.of_record()
    draws = replace(draws, imputation=sampler.paired(draws.imputation, draws.replicate))
    return draws.with_choice(factor, number)


def copy_numbers(alternative: Alternative) -> np.ndarray:
    """Numbers of the copies of the data that an alternative calls for; -1 if for none."""
    count = most_draws([alternative])
    return np.arange(count) if count else np.array([NONE])
