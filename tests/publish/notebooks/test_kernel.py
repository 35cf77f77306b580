"""Executing one notebook: its parameters, and a kernel that ends."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.index.refusal import RefusalError
from analysis.publish.errors import PublishError
from analysis.publish.notebooks import forks, kernel
from analysis.publish.notebooks.execution import execute_all
from analysis.publish.notebooks.kernel import inject_parameters

from .test_execution import write_notebook


def test_a_kernel_that_dies_before_it_answers_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(forks, "CAN_FORK", False)
    monkeypatch.setattr(
        kernel, "kernel_environment", lambda _: {"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
    )
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(9)", "utf8")
    write_notebook(tmp_path, "01_a.ipynb", "1")
    with pytest.raises(RefusalError, match=r"the kernel of notebooks/01_a.ipynb was ended"):
        execute_all(tmp_path)


def test_parameters_are_set_behind_their_defaults():
    cells = [new_code_cell("edition: str = 'x'\nn = 1", metadata={"tags": ["parameters"]})]
    notebook = new_notebook(cells=[*cells, new_code_cell("n")])
    inject_parameters(notebook, {"n": 2, "edition": "it's"})
    assert notebook.cells[1].source == 'edition = "it\'s"\nn = 2'
    assert [len(notebook.cells), notebook.cells[2].source] == [3, "n"]


def test_without_parameters_no_cell_is_needed():
    notebook = new_notebook(cells=[new_code_cell("1")])
    inject_parameters(notebook, {})
    assert len(notebook.cells) == 1


@pytest.mark.parametrize(
    ("source", "tags", "reason"),
    [
        ("a = 1", [], "n.ipynb: 0 cells are tagged parameters"),
        ("a = 1\nf(x)", ["parameters"], "no default for edition"),
    ],
)
def test_parameters_that_would_be_lost_are_refused(source, tags, reason):
    notebook = new_notebook(cells=[new_code_cell(source, metadata={"tags": tags})])
    with pytest.raises(PublishError, match=reason):
        inject_parameters(notebook, {"edition": "2020"}, "n.ipynb")


def test_a_kernel_that_cannot_say_what_it_lacks_has_written_it_down(tmp_path):
    """Without a thread for its messages a kernel sends half of one, which has no signature."""
    broken = ValueError("Invalid Signature")
    server = forks.ForkServer([], tmp_path)
    (tmp_path / forks.HOME / "kernels.log").write_text(
        "RuntimeError: can't start new thread", "utf8"
    )
    with (
        pytest.raises(RefusalError, match="the kernel of a was ended"),
        kernel._in_one_line(new_notebook(), "a", server),
    ):
        raise broken
    server.close()
    with (
        pytest.raises(ValueError, match="Signature"),
        kernel._in_one_line(new_notebook(), "a", None),
    ):
        raise broken
