"""Verdicts on claims: of one ranking, and from the shares of many, by a rule that favours none.

A claim that is tested with open data is judged in every draw of the design. It is confirmed or
refuted by what nearly all draws with the concept held say, unless most of all draws say otherwise;
confirming takes as much as refuting, and what neither does is left undecided.
"""

from typing import NamedTuple

HOLDS, QUALIFIED, FAILS, UNTESTABLE = "holds", "qualified", "fails", "untestable"
# Decimals to which shares of draws are compared with a limit, so that 0.6 and 0.3 make 0.9.
SHARE_DECIMALS = 9


class Shares(NamedTuple):
    """Shares of the draws in which a claim holds, holds with a qualification, does not hold."""

    holds: float
    qualified: float
    fails: float


class Limits(NamedTuple):
    """The share that decides with the concept held, and the one that all draws must not lack."""

    held: float
    every: float


def verdict(holds: bool, *, qualified: bool = False) -> str:
    """Holds, holds with a qualification, or does not hold."""
    if not holds:
        return FAILS
    return QUALIFIED if qualified else HOLDS


def verdict_of_shares(held: Shares, every: Shares, limits: Limits) -> str:
    """The verdict that follows from the shares of draws.

    `held` are those with the concept held, `every` those of all draws. A verdict is reached where
    its share is at least `limits.held` of the former and `limits.every` of the latter; what holds
    counts as holding with a qualification too. Otherwise the claim is undecided.

    Examples
    --------
    >>> limits = Limits(0.9, 0.5)
    >>> firm, even = Shares(0.9, 0.1, 0), Shares(0.5, 0, 0.5)
    >>> verdict_of_shares(firm, even, limits), verdict_of_shares(even, even, limits)
    ('holds', 'untestable')
    """
    passes = [share.holds + share.qualified for share in (held, every)]
    reached = {
        HOLDS: (held.holds, every.holds),
        QUALIFIED: (passes[0], passes[1]),
        FAILS: (held.fails, every.fails),
    }
    for name, found in reached.items():
        pairs = zip(found, limits, strict=True)
        if all(round(share, SHARE_DECIMALS) >= limit for share, limit in pairs):
            return name
    return UNTESTABLE
