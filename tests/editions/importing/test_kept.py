"""The recipe that is kept for a file, or was for one of the same head."""

from analysis.editions.importing.grids import Grid
from analysis.editions.importing.kept import kept_recipe
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
