"""What each notebook finds, and that it says so before its first import."""

import json

import pytest

from analysis.editions import ROOT, load
from analysis.index.refusal import RefusedValueError
from analysis.language.answers import answer

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def name_of(path) -> str:
    return path.stem.partition("_")[2]


@pytest.mark.parametrize("edition", ["2019", "2020"])
def test_every_notebook_has_an_answer_in_every_edition(edition):
    for path in NOTEBOOKS:
        text = answer(load(edition), name_of(path))
        assert text.endswith(".")
        assert "None" not in text


def test_answers_are_made_of_the_facts():
    facts = load("2020").facts
    assert f"rank {facts['edition']['ranked']} of" in answer(load("2020"), "indicators")
    assert "no published list" in answer(load("2019"), "claims")


def test_a_notebook_without_an_answer_is_refused():
    with pytest.raises(RefusedValueError, match=r"answers\.jinja has no macro answer_13"):
        answer(load("2020"), "13")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_with_its_question_and_its_answer(path):
    cells = json.loads(path.read_text("utf8"))["cells"]
    assert "".join(cells[0]["source"]).count("?") >= 1
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code[0]["id"] == "parameters"
    assert "".join(code[1]["source"]).endswith(f'answer(load(edition_name), "{name_of(path)}"))')
    assert code[1]["metadata"]["jupyter"] == {"source_hidden": True}
    first = cells.index(code[1])
    assert not any("import" in "".join(cell["source"]) for cell in code[:1])
    assert cells[first + 1]["source"]
