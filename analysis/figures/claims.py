"""The figure of the ledger: every claim of the white paper with its verdict."""

from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import style

# Letters of a statement and of a finding that fit into a line, and the height of a line in inches.
STATEMENT, FINDING, INCHES = 72, 46, 0.155
# Space above a verdict and between statements, in lines.
ABOVE_VERDICT, BETWEEN = 0.9, 0.4


def verdict_strip(claims: pd.DataFrame, labels: pd.Series, say: style.Say) -> Figure:
    """Every claim beside the mark of its verdict and the figure found, grouped by verdict.

    `claims` is the ledger in words (`statement, found, verdict`, a code); within a verdict the
    claims keep their order.
    """
    groups = [
        (verdict, [wrapped(claim) for claim in group.to_dict("records")])
        for verdict, group in claims.groupby("verdict")
    ]
    groups.sort(key=lambda group: list(style.VERDICTS).index(group[0]))
    lines = sum(1 + ABOVE_VERDICT + sum(map(height, rows)) for _, rows in groups)
    with style.canvas(lines * INCHES) as (figure, axes):
        axes.set(xlim=(0, 100), ylim=(lines - 0.5, -0.5))
        axes.set_axis_off()
        top = 0.0
        for verdict, rows in groups:
            name = labels[f"verdict_{verdict}"]
            heading = say("verdict_count", verdict=name, count=len(rows))
            draw_group(axes, top, verdict, rows, heading)
            top += 1 + ABOVE_VERDICT + sum(map(height, rows))
    return figure


def by_verdict(ledger: pd.DataFrame, verdicts: pd.Series) -> pd.DataFrame:
    """The rows of `ledger` by their verdict (a code in `verdicts`), the best first."""
    order = {verdict: place for place, verdict in enumerate(style.VERDICTS)}
    return ledger.loc[verdicts.map(order).sort_values(kind="stable").index]


def shares_in_draws(ledger: pd.DataFrame) -> list[str | None]:
    """In percent the draws in which each claim holds: with the concept held, and all; or nothing.

    `ledger` has ``share_held`` and ``share_all`` of 1, gaps where a claim is not judged in draws.
    """
    shares = ledger[["share_held", "share_all"]].to_numpy()
    return [None if np.isnan(held) else f"{held:.0%} · {every:.0%}".replace("%", " %")
            for held, every in shares]  # fmt: skip


def wrapped(claim: dict[str, str]) -> tuple[list[str], list[str]]:
    """Statement and finding of a claim in lines."""
    return wrap(claim["statement"], STATEMENT), wrap(claim["found"], FINDING)


def height(row: tuple[list[str], list[str]]) -> float:
    """Lines that a claim takes, with the space below it."""
    return max(map(len, row)) + BETWEEN


def draw_group(
    axes: Axes,
    top: float,
    verdict: str,
    rows: list[tuple[list[str], list[str]]],
    heading: str,
) -> None:
    """The heading of a verdict at `top`, below it a mark, statement and finding per claim."""
    marker, _, colour = style.VERDICTS[verdict]
    axes.text(0, top, heading, va="center", fontsize=9)
    axes.axhline(top + 0.7, color=style.RULE, linewidth=0.8)
    top += 1 + BETWEEN
    for row in rows:
        axes.scatter(1, top, s=30, marker=marker, color=colour, linewidth=0)
        for x, lines, ink in zip((2.8, 61), row, (style.INK, style.MUTED), strict=True):
            for number, line in enumerate(lines):
                axes.text(
                    x, top + number, line, va="center", fontsize=8, color=ink, parse_math=False
                )
        top += height(row)
