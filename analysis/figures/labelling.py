"""Placing direct labels so that they do not cover each other."""

from collections.abc import Sequence


def spread_out(
    positions: Sequence[float], widths: Sequence[float], lowest: float, highest: float
) -> list[float]:
    """Centres of labels moved apart until none covers another, in the order of `positions`.

    `widths` are the lengths of the labels along the axis. Each label is pushed up by the one
    below it; a stack that passes `highest` is then pushed back down. Without room for all, the
    lowest ones pass `lowest`.
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    centres = list(positions)
    edge = lowest
    for i in order:
        centres[i] = max(centres[i], edge + widths[i] / 2)
        edge = centres[i] + widths[i] / 2
    edge = highest
    for i in reversed(order):
        centres[i] = min(centres[i], edge - widths[i] / 2)
        edge = centres[i] - widths[i] / 2
    return centres
