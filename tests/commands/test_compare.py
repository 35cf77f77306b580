"""Two editions side by side in the terminal: the table of the largest moves."""

from io import StringIO

import pandas as pd
import pytest
from rich.console import Console

from analysis.commands.compare import move_table

MOVES = pd.DataFrame(
    [
        ("Alder", 5, 4, 1, 0, 1, 0, -1, 3, 0),
        ("Birch", 1, 9, -8, -2, -6, 0, -9, -2, 1),
        ("Cedar", 7, 5, 2, 1, 0, 1, 0, 4, 0),
    ],
    columns=[
        "city", "rank_before", "rank_after", "move", "from_coverage", "from_data", "from_method",
        "move_low", "move_high", "exceeds",
    ],
)  # fmt: skip


@pytest.mark.parametrize(("rows", "cities"), [(1, ["Birch"]), (9, ["Birch", "Cedar", "Alder"])])
def test_the_largest_moves_come_first_whichever_their_direction(rows, cities):
    table = move_table(MOVES, rows, "2019", "2020")
    assert list(table.columns[0].cells) == cities


def test_a_move_shows_its_parts_with_their_signs_and_whether_it_is_clear():
    table = move_table(MOVES, 2, "2019", "2020")
    cells = [list(column.cells) for column in table.columns]
    assert [column[0] for column in cells] == [
        "Birch", "1", "9", "-8", "-2", "-6", "+0", "-9 to -2", "clear",
    ]  # fmt: skip
    assert cells[-1][1] == ""


def test_the_editions_head_their_columns():
    text = StringIO()
    Console(file=text, width=120).print(move_table(MOVES, 1, "2019", "2020"))
    head = text.getvalue().splitlines()[1]
    assert head.index("2019") < head.index("2020") < head.index("move")
