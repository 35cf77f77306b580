"""The city that a notebook works out by hand, under a method of every class."""

import json
from pathlib import Path

import pytest

from analysis import editions
from analysis.ranking import of_record

NOTEBOOK = editions.ROOT / "notebooks" / "03_index.ipynb"


def code_until(path: Path, last: str) -> list[str]:
    """The code of a notebook as far as the cell that holds `last`."""
    cells = [c for c in json.loads(path.read_text("utf8"))["cells"] if c["cell_type"] == "code"]
    texts = ["".join(cell["source"]) for cell in cells]
    [end] = [at for at, text in enumerate(texts) if last in text]
    return texts[: end + 1]


def test_the_index_of_a_city_is_worked_out_by_hand(other_method, monkeypatch):
    monkeypatch.setattr(editions, "load", lambda _=None: other_method)
    space: dict = {}
    for text in code_until(NOTEBOOK, 'abs(index - example["index"]) < 1e-6'):
        exec(text, space)
    composite = of_record.ranked_cities(other_method, space["cells"]).composite
    city = space["example"]["adcode"]
    # The tables of the results, which the notebook reads, hold nine digits.
    assert space["index"] == pytest.approx(composite.index[city], abs=1e-6)
    for level in ("measure", "indicator", "subdomain", "domain"):
        found = space["by_hand"][level].dropna()
        expected = (composite.normalised if level == "measure" else composite.nodes).loc[city]
        assert found.to_dict() == pytest.approx(expected[found.index].to_dict(), abs=1e-6)
