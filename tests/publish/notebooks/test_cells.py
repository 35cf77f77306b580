"""The output of a cell, as Markdown for the report."""

import json
from pathlib import Path

import pytest

from analysis.figures.tables import note
from analysis.publish.errors import PublishError
from analysis.publish.notebooks.cells import cell_options, embed_cell


def write_notebook(root: Path, source: str, *outputs: dict[str, object]) -> None:
    cell = {
        "cell_type": "code",
        "source": source,
        "outputs": [{"output_type": "display_data", "data": data} for data in outputs],
    }
    prose = {"cell_type": "markdown", "source": ["#| label: x"]}
    (root / "n.ipynb").write_text(json.dumps({"cells": [prose, cell]}), "utf8")


def test_a_markdown_output_is_embedded_as_it_is(tmp_path):
    write_notebook(tmp_path, "#| label: t\nshow()", {"text/markdown": ["| a |\n", "|---|\n"]})
    assert embed_cell(tmp_path, "n.ipynb", "t") == "| a |\n|---|"


def test_a_figure_is_written_and_embedded_with_its_alternative_text(tmp_path):
    source = "#| label: f\n#| fig-alt: 'Bars, \"East\" leads'\nplot()"
    write_notebook(tmp_path, source, {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"})
    markdown = embed_cell(tmp_path, "n.ipynb", "f")
    assert markdown == '![](_build/figures/n-f.svg){fig-alt="Bars, &#34;East&#34; leads"}'
    assert (tmp_path / "_build/figures/n-f.svg").read_text("utf8") == "<svg/>"


@pytest.mark.parametrize(
    ("source", "outputs", "reason"),
    [
        ("#| label: x", [], "this one has 0"),
        ("#| label: x", [{"text/markdown": "a"}] * 2, "this one has 2"),
        ("#| label: x", [{"text/html": "<p>"}], "neither Markdown nor SVG but"),
        ("#| label: x", [{"image/svg+xml": "<svg/>"}], "no alternative text"),
    ],
)
def test_a_cell_that_cannot_be_shown_is_refused(tmp_path, source, outputs, reason):
    write_notebook(tmp_path, source, *outputs)
    with pytest.raises(PublishError, match=f"n.ipynb#x: .*{reason}"):
        embed_cell(tmp_path, "n.ipynb", "x")


def test_a_cell_without_options_has_none():
    assert cell_options("x = 1") == {}


def test_a_note_in_place_of_a_figure_says_that_it_is_one(tmp_path):
    write_notebook(tmp_path, "#| label: n\nshow()", {"text/markdown": "Nothing to show."})
    path = tmp_path / "n.ipynb"
    notebook = json.loads(path.read_text("utf8"))
    (output,) = notebook["cells"][1]["outputs"]
    output["metadata"] = {"text/markdown": note("Nothing to show.")._repr_markdown_()[1]}
    path.write_text(json.dumps(notebook), "utf8")
    assert embed_cell(tmp_path, "n.ipynb", "n") == "[Nothing to show.]{.nothing-to-show}"
