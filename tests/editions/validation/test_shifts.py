"""Lines whose figures stand one column too far left or right."""

import numpy as np
import pandas as pd
import pytest

from analysis.editions.validation.shifts import FEWEST, RUN, shift_faults, shift_gain

# What is usual in each column differs tenfold from its neighbours, up and down in turn.
USUAL = np.array([1.0, 1e3, 1e1, 1e4, 1e2, 1e5, 1e3, 1e6])
COLUMNS = [f"c{number}" for number in range(len(USUAL))]


def logs(lines: int = 40) -> np.ndarray:
    """Every line is some times larger than the next one in all of its columns."""
    sizes = np.linspace(1, 3, lines)[:, None]
    return np.log(USUAL * sizes)


def test_lines_in_their_places_fit_no_other_ones_better():
    gain, _ = shift_gain(logs())
    assert (gain < 0).all()


@pytest.mark.parametrize("step", [1, -1])
def test_a_line_moved_by_one_column_fits_the_neighbours_better(step):
    table = logs()
    table[7] = np.roll(table[7], step)
    gain, first = shift_gain(table)
    assert np.flatnonzero(gain > np.log(25)).tolist() == [7]
    assert 0 <= first[7] <= len(USUAL) - RUN


def as_text(table: np.ndarray) -> pd.DataFrame:
    figures = pd.DataFrame(np.exp(table), columns=COLUMNS)
    figures.index = figures.index + 2
    return figures.map(lambda value: f"{value:.6f}")


def test_the_line_is_named_once():
    table = logs()
    table[7] = np.roll(table[7], 1)
    found = shift_faults("a.csv", as_text(table), COLUMNS)
    assert [fault.line for fault in found] == [9]
    assert shift_faults("a.csv", as_text(logs()), COLUMNS) == []


@pytest.mark.parametrize(("lines", "found"), [(FEWEST - 1, 0), (FEWEST, 1)])
def test_what_is_usual_is_not_known_from_few_lines(lines, found):
    table = logs(lines)
    table[7] = np.roll(table[7], 1)
    assert len(shift_faults("a.csv", as_text(table), COLUMNS)) == found


@pytest.mark.parametrize(("columns", "found"), [(RUN, 0), (RUN + 1, 1)])
def test_a_run_needs_a_neighbour(columns, found):
    table = logs()
    table[7] = np.roll(table[7], 1)
    assert len(shift_faults("a.csv", as_text(table), COLUMNS[:columns])) == found
