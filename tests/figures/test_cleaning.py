from functools import cache

import pandas as pd

from analysis.figures.cleaning import status_bars, status_counts

from .drawn import is_reproducible, say, texts, words

# Four cities. Patents: three observed, one missing; buses: two observed, one carried, one missing;
# metro and books complete; gdp belongs to no indicator.
STATUS = {
    "patents": ["observed", "observed", "observed", "missing"],
    "buses": ["observed", "carried", "observed", "missing"],
    "metro": ["observed"] * 4,
    "books": ["observed"] * 4,
    "gdp": ["corrected"] * 4,
}
CELLS = pd.DataFrame(
    [(measure, status) for measure, column in STATUS.items() for status in column],
    columns=["measure", "status"],
)
MEASURES = pd.DataFrame(
    {"measure": ["buses", "patents", "metro", "books"], "included": ["0", "1", "1", "1"]}
)
LABELS = words(
    *STATUS, "observed", "corrected", "carried", "missing", "share_of_cities", "all_cells"
)


@cache
def draw():
    return status_bars(CELLS, MEASURES, LABELS, say)


def bars(figure):
    """Row, left end and width of the bars, in order; the swatches of the key lie above row 0."""
    patches = [bar for bar in figure.axes[0].patches if bar.get_y() > -0.5]
    numbers = [
        (bar.get_y() + bar.get_height() / 2, bar.get_x(), bar.get_width()) for bar in patches
    ]
    return sorted(tuple(float(round(number, 6)) for number in bar) for bar in numbers)


def test_a_bar_is_made_of_the_shares_of_the_statuses_in_order():
    # Observed, corrected, carried, missing. Row 0, all 20 cells: 13, 4 of context, 1, 2.
    # Row 2, patents: 3 of 4 observed, 1 missing. Row 3, buses: 2 observed, 1 carried, 1 missing.
    every = [(0, 0, 65), (0, 65, 20), (0, 85, 5), (0, 90, 10)]
    complete = [(1, 0, 100), *[(1, 100, 0)] * 3]
    patents = [(2, 0, 75), (2, 75, 0), (2, 75, 0), (2, 75, 25)]
    buses = [(3, 0, 50), (3, 50, 0), (3, 50, 25), (3, 75, 25)]
    assert bars(draw()) == every + complete + patents + buses
    assert "65.0 %" in texts(draw())


def test_complete_measures_share_a_bar_below_that_of_all_cells_and_the_least_observed_comes_last():
    names = [tick.get_text() for tick in draw().axes[0].get_yticklabels()]
    assert names == ["<all_cells>", "<complete_measures: 2>", "<patents>", "<buses>"]


def test_cells_of_context_have_no_bar_of_their_own():
    assert "<gdp>" not in texts(draw())


def test_a_narrow_figure_has_a_key_and_no_numbers():
    shown = texts(status_bars(CELLS, MEASURES, LABELS, say, narrow=True))
    assert {"<observed>", "<corrected>", "<carried>", "<missing>"} <= set(shown)
    assert "1" not in shown


def test_without_a_complete_measure_there_is_no_bar_for_them():
    partial = CELLS[CELLS["measure"].isin(["patents", "buses"])]
    assert list(status_counts(partial, MEASURES, LABELS, say).index) == ["<patents>", "<buses>"]


def test_a_measure_that_the_index_leaves_out_is_set_in_italics():
    styles = {t.get_text(): t.get_style() for t in draw().axes[0].get_yticklabels()}
    assert styles.pop("<buses>") == "italic"
    assert set(styles.values()) == {"normal"}


def test_words_come_from_the_labels_and_numbers_count_cities():
    shown = texts(draw())
    assert {"<observed>", "<carried>", "<missing>", "<share_of_cities>"} <= set(shown)
    # One carried cell of buses, also in the row of all, one missing each of buses and patents.
    assert shown.count("1") == 4
    # Two missing in all, and four corrected.
    assert (shown.count("2"), shown.count("4")) == (1, 1)


def test_the_same_frame_gives_the_same_bytes():
    assert is_reproducible(draw)
