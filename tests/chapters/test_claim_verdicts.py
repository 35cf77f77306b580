"""The rule from shares of draws to verdicts: its limits, and that it favours neither side."""

import pytest

from analysis.chapters.claim_verdicts import (
    FAILS,
    HOLDS,
    QUALIFIED,
    UNTESTABLE,
    Limits,
    Shares,
    verdict,
    verdict_of_shares,
)

LIMITS = Limits(held=0.9, every=0.5)
ALL_HOLD, ALL_FAIL = Shares(1, 0, 0), Shares(0, 0, 1)


def test_one_ranking_confirms_qualifies_or_refutes():
    assert verdict(holds=True) == HOLDS
    assert verdict(holds=True, qualified=True) == QUALIFIED
    assert verdict(holds=False) == verdict(holds=False, qualified=True) == FAILS


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (Shares(0.9, 0, 0.1), HOLDS),
        (Shares(0.8995, 0, 0.1005), UNTESTABLE),
        (Shares(0.8995, 0.0005, 0.1), QUALIFIED),
        (Shares(0, 0.9, 0.1), QUALIFIED),
        # In floating numbers 0.6 + 0.3 is less than 0.9.
        (Shares(0.6, 0.3, 0.1), QUALIFIED),
        (Shares(0.6, 0.2995, 0.1005), UNTESTABLE),
        (Shares(0.1, 0.0005, 0.8995), UNTESTABLE),
        (Shares(0.1, 0, 0.9), FAILS),
        (Shares(0, 0.1, 0.9), FAILS),
        (Shares(0.5, 0, 0.5), UNTESTABLE),
    ],
)
def test_nine_of_ten_draws_with_the_concept_held_decide(held, expected):
    assert verdict_of_shares(held, held, LIMITS) == expected


@pytest.mark.parametrize(
    ("held", "every", "expected"),
    [
        (ALL_HOLD, Shares(0.5, 0, 0.5), HOLDS),
        (ALL_HOLD, Shares(0.4995, 0, 0.5005), UNTESTABLE),
        (ALL_HOLD, Shares(0.4995, 0.0005, 0.5), QUALIFIED),
        (ALL_HOLD, Shares(0.2, 0.3, 0.5), QUALIFIED),
        (ALL_HOLD, Shares(0.2, 0.2995, 0.5005), UNTESTABLE),
        (ALL_FAIL, Shares(0.5, 0, 0.5), FAILS),
        (ALL_FAIL, Shares(0.5005, 0, 0.4995), UNTESTABLE),
        (ALL_HOLD, ALL_FAIL, UNTESTABLE),
        (ALL_FAIL, ALL_HOLD, UNTESTABLE),
    ],
)
def test_most_of_all_draws_must_not_say_otherwise(held, every, expected):
    assert verdict_of_shares(held, every, LIMITS) == expected


@pytest.mark.parametrize("held", range(0, 101, 5))
@pytest.mark.parametrize("every", [0, 49, 50, 51, 100])
def test_what_confirms_a_claim_takes_as_much_as_what_refutes_it(held, every):
    def found(held: int, every: int) -> str:
        shares = (Shares(n / 100, 0, (100 - n) / 100) for n in (held, every))
        return verdict_of_shares(*shares, LIMITS)

    opposite = {HOLDS: FAILS, FAILS: HOLDS, UNTESTABLE: UNTESTABLE}
    assert found(100 - held, 100 - every) == opposite[found(held, every)]
