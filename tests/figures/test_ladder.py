from functools import cache

import pandas as pd
from matplotlib.colors import to_hex

from analysis.figures import ladder
from analysis.figures.style import TIER_COLOURS as STAGES

from .drawn import is_reproducible, texts, words
from .legible import faults

TIERS = ["ecosystem_innovation"] * 2 + ["capability_synergy"] * 7
PUBLISHED = pd.DataFrame({"rank": range(1, 10), "adcode": list("abcdefghi"), "tier": TIERS})
NAMES = pd.Series({code: f"呼和浩特 city {code}" for code in "abcdefghi"})
LABELS = words(*STAGES)


@cache
def draw():
    return ladder.stage_ladder(PUBLISHED, LABELS, NAMES)


def test_a_step_has_its_number_its_name_and_all_its_cities():
    shown = texts(draw())
    assert {"2", "<ecosystem_innovation>", "7", "<capability_synergy>"} <= set(shown)
    assert [text for text in shown if text in set(NAMES)] == list(NAMES)


def test_steps_are_as_high_as_their_rows_and_coloured_by_stage():
    steps = draw().axes[0].patches
    assert [to_hex(step.get_facecolor()) for step in steps] == [*STAGES.values()][:2]
    # One row of six names, and two: 0.62 + 0.4 + 0.32 cm, less 0.1, and 0.4 cm more.
    assert [round(step.get_height(), 2) for step in steps] == [1.24, 1.64]


def test_every_word_can_be_read_and_it_is_the_same_twice():
    assert faults(draw()) == []
    assert is_reproducible(draw)
