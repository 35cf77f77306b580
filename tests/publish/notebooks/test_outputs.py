"""What executed notebooks hold, read as Quarto reads them."""

import json
import re
import subprocess
from itertools import takewhile

import nbformat
import pypandoc
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.editions import ROOT, load
from analysis.language.alternatives import alternative_texts
from analysis.publish.errors import PublishError
from analysis.publish.notebooks.execution import execute_all
from analysis.publish.notebooks.outputs import give_alternatives, notebook_text, settle_outputs
from analysis.publish.report.origins import report_origins
from analysis.publish.report.source import read_report

from .test_execution import write_notebook

REPORTS = sorted(path.name for path in ROOT.glob("report*.qmd"))
FRAME = "import pandas as pd\npd.DataFrame({'a': [1]})"


def test_there_are_reports_whose_cells_can_be_read():
    assert len(REPORTS) >= 4


def embedded_sources(document: str) -> dict[str, str | list[str]]:
    """The stored source of every cell that the report embeds, by notebook and label."""
    sources = {}
    texts = alternative_texts(load("2020"))
    for origin in report_origins(read_report(ROOT, document)):
        notebook = nbformat.read(ROOT / "notebooks" / f"{origin.notebook}.ipynb", as_version=4)
        give_alternatives(notebook, texts)
        cells = json.loads(notebook_text(notebook))["cells"]
        stored = [cell["source"] for cell in cells if f"label: {origin.cell}\n" in joined(cell)]
        assert len(stored) == 1, origin
        sources[f"{origin.notebook}#{origin.cell}"] = stored[0]
    return sources


def joined(cell: dict) -> str:
    return "".join(cell["source"])


def options(source: str | list[str]) -> dict:
    """Quarto's first step: the lines as they are stored, joined by line breaks, read as YAML."""
    lines = source.split("\n") if isinstance(source, str) else source
    marked = takewhile(lambda line: line.startswith("#|"), lines)
    return yaml.safe_load("\n".join(line.removeprefix("#|").removeprefix(" ") for line in marked))


def read_by_pandoc(alternatives: list[str]) -> list[str]:
    """Quarto's second step: each text as an attribute of an image, as pandoc understands it."""
    images = ["![](x.svg){fig-alt='" + text.replace("'", "\\'") + "'}" for text in alternatives]
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"]
    text = "\n\n".join(images).encode()
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    blocks = json.loads(done.stdout)["blocks"]
    return [dict(block["c"][0]["c"][0][2]).get("fig-alt", "") for block in blocks]


@pytest.mark.parametrize("document", REPORTS)
def test_quarto_finds_the_alternative_text_of_every_embedded_figure(document):
    sources = embedded_sources(document)
    found = {cell: options(source).get("fig-alt") for cell, source in sources.items()}
    figures = {cell: text for cell, text in found.items() if text}
    assert len(figures) >= 3
    for cell, source in sources.items():  # a cell that means to have one has it
        assert bool(re.search(r"style\.(svg|both)\(", "".join(source))) == (cell in figures), cell
    # One line each: an empty line would end the paragraph of the image.
    assert all("\n" not in text.strip() for text in figures.values())
    assert read_by_pandoc(list(figures.values())) == list(figures.values())


def test_every_alternative_text_belongs_to_a_figure_and_is_written_into_its_cell_once():
    notebook = new_notebook(cells=[new_code_cell("#| label: bars\nplot()"), new_code_cell("1")])
    give_alternatives(notebook, {"bars": 'The "East"\nleads.', "lines": "Lines."})
    assert notebook.cells[0].source == (
        '#| label: bars\n#| fig-alt: "The \\"East\\" leads."\nplot()'
    )
    assert notebook.cells[1].source == "1"
    give_alternatives(notebook, {"bars": "Another."})
    assert options(notebook.cells[0].source)["fig-alt"] == 'The "East" leads.'


def test_no_alternative_text_is_written_for_a_figure_that_is_not_there():
    notebooks = [path.read_text("utf8") for path in (ROOT / "notebooks").glob("*.ipynb")]
    labels = set(re.findall(r'"#\| label: (\S+)\\n"', "".join(notebooks)))
    assert alternative_texts(load("2020")).keys() <= labels


FOLDED = '#| label: bars\n#| fig-alt: >-\n#|   Bars of it\'s regions:\n#|   the "East" leads.\n1'


def test_a_source_kept_in_lines_would_lose_what_is_folded():
    """The fault itself, so that the test above could fail."""
    kept_in_lines = options(FOLDED.splitlines(keepends=True))["fig-alt"]
    written = json.loads(notebook_text(new_notebook(cells=[new_code_cell(FOLDED)])))
    as_one = options(written["cells"][0]["source"])["fig-alt"]
    assert as_one == 'Bars of it\'s regions: the "East" leads.'
    assert read_by_pandoc([as_one]) == [as_one]
    assert kept_in_lines != as_one


def test_only_the_code_is_one_string_and_the_notebook_reads_back_as_it_was():
    cells = [new_markdown_cell("# A\n\nText"), new_code_cell("a = 1\na")]
    cells[1].outputs = [new_output("execute_result", {"text/plain": "1\n2"})]
    notebook = new_notebook(cells=cells)
    written = json.loads(notebook_text(notebook))
    assert written["cells"][0]["source"] == ["# A\n", "\n", "Text"]
    assert written["cells"][1]["source"] == "a = 1\na"
    assert written["cells"][1]["outputs"][0]["data"]["text/plain"] == ["1\n", "2"]
    assert nbformat.reads(notebook_text(notebook), as_version=4) == notebook


def with_output(data: dict[str, str]) -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("Text"),
        new_code_cell("x", outputs=[new_output("display_data", data)]),
    ]
    return new_notebook(cells=cells)


def test_a_frame_is_kept_as_text_without_its_html(tmp_path):
    write_notebook(tmp_path, "01_a.ipynb", FRAME)
    (path,) = execute_all(tmp_path)
    (output,) = json.loads(path.read_text("utf8"))["cells"][0]["outputs"]
    assert list(output["data"]) == ["text/plain"]
    assert "   a\n" in output["data"]["text/plain"]


@pytest.mark.parametrize("kind", ["text/html", "application/javascript", "application/x-widget"])
def test_forms_that_a_browser_would_run_go(kind):
    notebook = with_output(
        {kind: "<script>f()</script>", "text/markdown": "*a*", "text/plain": "a"}
    )
    settle_outputs(notebook, "n.ipynb")
    assert notebook.cells[1].outputs[0].data == {"text/markdown": "*a*", "text/plain": "a"}


@pytest.mark.parametrize("plain", [{}, {"text/plain": "<IPython.core.display.HTML object>"}])
def test_an_output_that_is_nothing_else_is_refused_and_not_lost(plain):
    notebook = with_output({"text/html": "<b>a</b>"} | plain)
    reason = r"n.ipynb, cell 2: the output is text/html alone, which needs a browser"
    with pytest.raises(PublishError, match=reason):
        settle_outputs(notebook, "n.ipynb")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{< var a >}}", "holds a shortcode"),
        ("a <script>f()</script>", "holds <script"),
        ("< IFRAME src=x>", "holds < IFRAME"),
        ("<link href=x>", "holds <link"),
    ],
)
def test_markdown_that_would_be_expanded_or_run_is_refused(text, reason):
    with pytest.raises(PublishError, match=rf"n.ipynb, cell 2: the output {reason}; escape"):
        settle_outputs(with_output({"text/markdown": text}), "n.ipynb")


@pytest.mark.parametrize("text", ["a < b, $x <y$", "`<a>`", "&#60;script&#62;"])
def test_other_markdown_stays(text):
    notebook = with_output({"text/markdown": text})
    settle_outputs(notebook, "n.ipynb")
    assert notebook.cells[1].outputs[0].data == {"text/markdown": text}


def test_a_picture_with_a_script_in_it_is_refused():
    with pytest.raises(PublishError, match="the picture holds <script"):
        settle_outputs(with_output({"image/svg+xml": "<svg><script/></svg>"}), "n.ipynb")


def test_the_notebooks_of_the_sample_hold_nothing_that_runs(prepared):
    written = [path.read_text("utf8") for path in (prepared / "_build/notebooks").glob("*.ipynb")]
    assert len(written) == 2
    for text in written:
        for cell in json.loads(text)["cells"]:
            assert isinstance(cell["source"], str) or cell["cell_type"] != "code"
            for output in cell.get("outputs", []):
                assert not output["data"].keys() & {"text/html", "application/javascript"}
                shown = "".join(map(str, output["data"].values()))
                assert "<script" not in shown
