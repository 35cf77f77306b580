"""The recipe of a raw file: read, written, and refused where it says what no recipe can say."""

import pytest

from analysis.editions import recipes
from analysis.editions.recipes import Omission, Recipe
from analysis.editions.text_tables import UnreadableTableError

FILE = "yearbook_2019.csv"
WHOLE = Recipe(
    encoding="big5hkscs", delimiter=";", header_rows=(3, 4), missing_values=("—", "…"),
    decimal_char=",", group_char=".", layout="long", indicator="指标", unit="单位", value="数值",
    leave_out=(
        Omission("totals", rows="provinces"), Omission("no city", place="州地"),
        Omission("twice", line=9),
    ),
    leave_out_columns=("text",), names=(("已市", "910200"),),
)  # fmt: skip


def put(edition, text: str) -> None:
    path = recipes.recipe_path(edition, FILE)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf8")


@pytest.mark.parametrize("recipe", [WHOLE, Recipe(), Recipe(header_rows=(2,))])
def test_a_recipe_is_read_as_it_was_written(tiny, recipe):
    put(tiny.edition, recipes.recipe_text(FILE, recipe))
    assert recipes.recipe_of(tiny.edition, FILE) == recipe


def test_a_file_without_a_recipe_has_none(tiny):
    assert recipes.recipe_of(tiny.edition, FILE) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("headRows: [1]", "is no word of a recipe; there are encoding, delimiter, headerRows"),
        ("headerRows: []", "must list the lines of the head"),
        ("headerRows: [0]", "must list the lines of the head"),
        ("headerRows: [4, 3]", "must list the lines of the head"),
        ("headerRows: 3", "must list the lines of the head"),
        ("delimiter: ';;'", "must be one character"),
        ("decimalChar: ';'", "must be . or ,"),
        ("layout: wide", "must be one of table, long"),
        ("layout: long", "a long table needs the headings"),
        ("missingValues: '-'", "must list texts"),
        ("leaveOut: [{rows: provinces}]", "must list what is left out, each with a reason"),
        ("leaveOut: [{rows: towns, reason: x}]", "must list what is left out"),
        ("leaveOut: [{line: 0, reason: x}]", "must list what is left out"),
        ("names: {已市: 910200}", "by its code as a text"),
        ("headerRows: [1", "yearbook_2019.csv.yml, line"),
    ],
)
def test_what_no_recipe_can_say_is_refused_by_its_word(tiny, text, rule):
    put(tiny.edition, text)
    with pytest.raises(UnreadableTableError, match=r"yearbook_2019\.csv\.yml") as refusal:
        recipes.recipe_of(tiny.edition, FILE)
    assert rule in str(refusal.value)


def test_a_wrong_recipe_is_a_fault_of_the_edition(tiny):
    put(tiny.edition, "layout: wide")
    rule = "must be one of table, long"
    assert tiny.faults() == [("yearbook_2019.csv.yml", "", "layout", "wide", rule)]
