"""The sheets of the outcome: score, rank and stage by formula, and what is shown beside them."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from analysis.publish.workbook import ranks
from analysis.publish.workbook.book import FIRST, new_book


def test_the_score_takes_the_line_between_the_anchors_around_the_index(book):
    formula = ranks.score_formula(book, FIRST)
    index = book.near("scores", FIRST, ranks.PLACE["index"])
    assert formula.startswith(f'=IF({index}="","",')
    anchors = len(book.model.anchors)
    assert anchors > 2
    # One line for each pair of neighbours, and a condition for all lines but the lowest.
    assert formula.count("IF(") == 1 + anchors - 2
    assert formula.count("*(") == anchors - 1


def test_the_rank_is_the_place_of_the_index_among_all(book):
    formula = ranks.rank_formula(book, FIRST + 2)
    assert book.near("scores", FIRST + 2, ranks.PLACE["index"]) in formula
    assert book.down("scores", ranks.PLACE["index"], FIRST, book.last) in formula


def test_there_is_a_condition_for_every_stage_that_has_a_limit(book):
    formula = ranks.stage_formula(book, FIRST)
    limits = book.model.edition.reference_table("tiers")["minimum"].notna().sum()
    assert formula.count(">=") == limits


def test_the_stages_are_those_of_the_results(book, built_tiny):
    names = built_tiny.reference_table("tiers").set_index("tier")["name_en"]
    known = built_tiny.result("scores").set_index("adcode")["tier"].map(names)
    assert ranks.stage_names(book) == known.to_dict()


def test_a_row_of_the_ranking_shows_an_unpublished_city_without_a_place(book):
    stages, scores = ranks.stage_names(book), book.model.scores.dropna(subset="rank")
    for adcode, city in scores.iterrows():
        row = ranks.city_row(book, adcode, stages)
        assert row[:2] == [city["rank"], adcode]
        assert (row[6] == "") == (city["published"] != city["published"])
    assert scores["published"].isna().any()


@pytest.mark.parametrize("listed", [True, False])
def test_the_published_place_is_spoken_of_only_where_there_is_a_list(tiny_model, listed):
    edition = replace(tiny_model.edition)
    kept = dict(tiny_model.edition.settings)
    if not listed:
        del kept["published_list"]
    vars(edition)["settings"] = kept  # as if the file said so
    content = BytesIO()
    book = new_book(content, replace(tiny_model, edition=edition))
    ranks.write_scores(book)
    book.workbook.close()
    with zipfile.ZipFile(content) as parts:
        written = "".join(parts.read(name).decode() for name in parts.namelist())
    assert ("nor does the published place" in written) is listed


@pytest.mark.parametrize("listed", [True, False])
def test_the_guide_names_the_white_paper_only_where_there_is_a_list(tiny_model, listed):
    said = tiny_model.say("guide_open", published=listed)
    assert ("white paper" in said) is listed
    assert said.startswith("All figures are open data")
