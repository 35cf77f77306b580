import pandas as pd
import pytest

from analysis.figures import style
from analysis.figures.claims import FINDING, STATEMENT, by_verdict, shares_in_draws, verdict_strip

from .drawn import dots, is_reproducible, say, texts, words

CLAIMS = pd.DataFrame(
    [
        ("fails", "Third.", "30 %"),
        ("holds", "First.", "10"),
        ("untestable", "Costs $5 to $6.", ""),
        ("holds", "Second.", "20"),
    ],
    columns=["verdict", "statement", "found"],
)
LABELS = words(*(f"verdict_{name}" for name in style.VERDICTS))


def strip():
    return verdict_strip(CLAIMS, LABELS, say)


def test_claims_are_grouped_from_the_best_verdict_and_counted():
    written = texts(strip())
    assert [text for text in written if "verdict_count" in text] == [
        "<verdict_count: <verdict_holds> 2>",
        "<verdict_count: <verdict_fails> 1>",
        "<verdict_count: <verdict_untestable> 1>",
    ]  # fmt: skip
    statements = [text for text in written if text.endswith(".")]
    assert statements == ["First.", "Second.", "Third.", "Costs $5 to $6."]


def test_every_claim_has_a_mark_of_its_verdict():
    axes = strip().axes[0]
    assert len(dots(axes)) == 4
    colours = [tuple(marks.get_facecolor()[0]) for marks in axes.collections]
    assert colours[0] == colours[1]
    assert len(set(colours)) == 3
    shapes = [len(marks.get_paths()[0].vertices) for marks in axes.collections]
    assert shapes[0] != shapes[2]


def test_what_was_found_stands_beside_the_claim():
    heights = {text.get_text(): text.get_position()[1] for text in strip().axes[0].texts}
    assert heights["10"] == heights["First."]
    assert heights["30 %"] == heights["Third."]


def test_groups_follow_each_other_downwards_within_the_figure():
    axes = strip().axes[0]
    heights = [text.get_position()[1] for text in axes.texts if text.get_text() not in "102030 %"]
    assert heights == sorted(heights)
    assert heights[-1] < axes.get_ylim()[0]


def test_long_texts_run_over_several_lines():
    long = CLAIMS.assign(statement="word " * 40, found="find " * 30)
    shown = texts(verdict_strip(long, LABELS, say))
    written = [text for text in shown if "verdict_count" not in text]
    assert max(map(len, written)) <= STATEMENT
    assert max(len(text) for text in written if text.startswith("find")) <= FINDING


@pytest.mark.parametrize("draw", [strip])
def test_figures_of_claims_are_the_same_twice(draw):
    assert is_reproducible(draw)


def test_the_ledger_is_ordered_from_the_best_verdict_and_else_keeps_its_order():
    rows = by_verdict(CLAIMS, CLAIMS["verdict"])
    assert rows["statement"].tolist() == ["First.", "Second.", "Third.", "Costs $5 to $6."]


def test_both_shares_of_draws_stand_in_one_cell_and_a_claim_without_draws_has_none():
    ledger = pd.DataFrame({"share_held": [0.976, None], "share_all": [0.5, None]})
    assert shares_in_draws(ledger) == ["98 % · 50 %", None]


def test_a_verdict_has_the_sign_of_the_style_in_the_labels(real):
    labels = real.reference_table("labels").set_index("key")["en"]
    for verdict, (_, sign, _) in style.VERDICTS.items():
        assert labels[f"verdict_sign_{verdict}"].startswith(f"{sign} ")
