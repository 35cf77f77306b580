"""The one error of publishing, and the places it points to."""

from pathlib import Path

from analysis.index.refusal import RefusalError
from analysis.publish.errors import Place, PublishError, silent


def test_what_must_be_mended_first_is_a_refusal_in_words():
    assert issubclass(PublishError, RefusalError)
    assert str(PublishError("report.qmd:3: no variable")) == "report.qmd:3: no variable"


def test_a_place_is_said_as_file_and_line():
    assert str(Place(Path("sections", "regions.qmd"), 12)) == "sections/regions.qmd:12"


def test_places_are_in_the_order_of_their_lines():
    first, second = (Place(Path("a.qmd"), line) for line in (9, 10))
    assert first < second


def test_who_wants_no_progress_is_told_none(capsys):
    silent("rendering", 1, 2)
    assert capsys.readouterr() == ("", "")
