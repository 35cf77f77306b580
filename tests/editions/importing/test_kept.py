"""The recipe that is kept for a file, or was for one of the same head."""

from analysis.editions.importing.grids import Grid
from analysis.editions.importing.kept import columns_left_out, kept_recipe, same_headings
from analysis.editions.recipes import Recipe, recipe_path, recipe_text

RECIPE = Recipe(header_rows=(2,), missing_values=("—",))
HEADINGS = [
    "adcode", "city", "year", "gdp_100m", "gdp_pc_yuan", "emp_urban_units", "emp_it",
    "telecom_rev_10kyuan", "mobile_subs_10k", "patent_grant_n", "sewage_treat_pct",
    "postal_rev_10kyuan",
]  # fmt: skip


def grid(*headings: str) -> Grid:
    return Grid("new.csv", [(1, ["title"]), (2, list(headings)), (3, ["1"] * len(headings))])


def keep(tiny) -> None:
    path = recipe_path(tiny.edition, "yearbook_2019.csv")
    path.parent.mkdir()
    path.write_text(recipe_text("yearbook_2019.csv", RECIPE), "utf8")


def test_a_table_of_the_same_head_has_the_recipe_of_the_year_before(tiny, waiting):
    assert kept_recipe(waiting, grid(*HEADINGS)) is None
    keep(tiny)
    found = kept_recipe(waiting, grid(*HEADINGS))
    assert (found.recipe, found.origin) == (
        RECIPE, "the recipe of yearbook_2019.csv in edition tiny",
    )  # fmt: skip
    assert found.roles == {"key": "adcode", "name": "city", "year": "year"}
    assert found.columns["gdp_100m"] == ("gdp_100m", "100 million yuan")


def test_four_fifths_of_the_headings_are_the_same_head(tiny, waiting):
    """Twelve are described: ten are 83 %, nine are 75 %."""
    keep(tiny)
    assert kept_recipe(waiting, grid(*HEADINGS[:10])) is not None
    assert kept_recipe(waiting, grid(*HEADINGS[:9])) is None


def test_a_recipe_follows_its_head_by_ten_lines_at_most(tiny, waiting):
    keep(tiny)
    _, *body = grid(*HEADINGS).rows
    for more, follows in ((1, True), (10, True), (11, False)):
        rows = [(line, ["title"]) for line in range(1, more + 2)]
        rows += [(line + more, row) for line, row in body]
        found = kept_recipe(waiting, Grid("new.csv", rows))
        assert (found is not None) is follows
        if found:
            assert found.recipe.header_rows == (2 + more,)
            lines = f"{more} line{'s' if more > 1 else ''} down"
            assert found.origin.endswith(f"in edition tiny, its head {lines}")


def test_a_head_in_the_first_line_has_moved_up(tiny, waiting):
    keep(tiny)
    rows = [(line - 1, row) for line, row in grid(*HEADINGS).rows[1:]]
    found = kept_recipe(waiting, Grid("new.csv", rows))
    assert found.recipe.header_rows == (1,)
    assert found.origin.endswith("1 line up")


def test_what_is_new_and_what_is_gone_is_known(tiny, waiting):
    keep(tiny)
    found = kept_recipe(waiting, grid(*HEADINGS[:11], "bridges"))
    assert found.gone == ("postal_rev_10kyuan",)
    assert "bridges" not in found.known
    assert set(HEADINGS[:11]) == set(found.known)


def test_of_headings_that_differ_by_their_year_the_latest_is_last_years():
    there = ["GDP 2020", "GDP 2019", "beds"]
    assert same_headings(["GDP 2019", "beds"], there, own=False) == {
        "GDP 2019": "GDP 2020", "beds": "beds",
    }  # fmt: skip
    assert same_headings(["GDP 2019"], there, own=True) == {"GDP 2019": "GDP 2019"}


def test_a_column_that_is_not_read_is_not_read_a_year_on_unless_it_is_the_one_that_is():
    recipe = Recipe(leave_out_columns=("notes 2019", "GDP 2018", "rank"))
    there = ["GDP 2020", "GDP 2019", "notes 2020", "rank"]
    pairs = {"GDP 2019": "GDP 2020"}
    assert columns_left_out(recipe, there, pairs) == ("notes 2020", "rank")
