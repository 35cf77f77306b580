"""Executing one notebook, in one language or several: every run gives the same bytes."""

import ast
import atexit
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.figures.font_files import families_in
from analysis.language.alternatives import alternative_texts
from analysis.language.texts import ORIGINAL
from analysis.publish.errors import PublishError
from analysis.publish.memory import MemoryShortageError, ended, is_shortage, lacked
from analysis.publish.notebooks.cells import cell_options
from analysis.publish.notebooks.forks import ForkedKernel, ForkServer, kernel_environment
from analysis.publish.notebooks.outputs import (
    give_alternatives,
    give_families,
    notebook_text,
    settle_outputs,
)
from analysis.publish.notebooks.shared import executed_again

# Longer than the slowest machine takes: they are for what would never end.
CELL_TIMEOUT, START_TIMEOUT = 3600, 600
# A socket in a folder has an address of 103 characters at most; two of them are its number.
LONGEST_ADDRESS = 100
# The parameter in which variants of a notebook differ.
LANGUAGE = "language"
UNSTABLE_METADATA = ("language_info", "widgets", "papermill")


class Variant(NamedTuple):
    """A notebook with these parameters, and where it is written when it is executed."""

    parameters: Mapping[str, Any]
    target: Path


async def execute(
    root: Path, source: Path, variants: Sequence[Variant], server: ForkServer | None = None
) -> None:
    """Execute the notebook `source` with the parameters of each variant, and write them all.

    The variants differ in nothing but their language. One kernel, a fork of `server` or started on
    its own, executes the first one, and of the others those cells that are not the same there.

    Raises
    ------
    PublishError
        Naming notebook, cell number, label and exception, if a cell fails.
    """
    name = source.relative_to(root).as_posix()
    first, *others = (_with_parameters(root, source, each.parameters, name) for each in variants)
    again = executed_again([_code(cell) for cell in first.cells], LANGUAGE)
    rest = [notebook.cells[number] for notebook in others for number in again]
    whole = NotebookNode(first | {"cells": [*first.cells, *rest]})
    await _run_cells(whole, source, name, server, root)
    for notebook in others:
        _take_outputs(notebook, first, again)
    for notebook, variant in zip([first, *others], variants, strict=True):
        settle_outputs(notebook, name)
        give_families(notebook, families_in(variant.parameters.get(LANGUAGE, ORIGINAL))[1:])
        for key in UNSTABLE_METADATA:
            notebook.metadata.pop(key, None)
        write_whole(variant.target, notebook_text(notebook))


def _with_parameters(
    root: Path, source: Path, parameters: Mapping[str, Any], name: str
) -> NotebookNode:
    """The notebook as it is executed with these parameters."""
    notebook = nbformat.reads(source.read_text("utf8"), as_version=4)
    inject_parameters(notebook, parameters, name)
    give_alternatives(notebook, said_of_figures(notebook, root, parameters))
    _name_cells(notebook)
    return notebook


def _code(cell: NotebookNode) -> str:
    return str(cell.source) if cell.cell_type == "code" else ""


def _take_outputs(notebook: NotebookNode, first: NotebookNode, again: Sequence[int]) -> None:
    """Give the cells that were not executed `again` their first outputs, and all their counts."""
    for number, (cell, executed) in enumerate(zip(notebook.cells, first.cells, strict=True)):
        if cell.cell_type != "code":
            continue
        if number not in again:
            cell.outputs = deepcopy(executed.outputs)
        cell.execution_count = executed.execution_count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = executed.execution_count


def said_of_figures(
    notebook: NotebookNode, root: Path, parameters: Mapping[str, Any]
) -> dict[str, str]:
    """The alternative texts of the figures of a notebook; none of one that is of no edition."""
    if not parameters.get("edition_name"):
        return {}
    edition = Edition(parameters["edition_name"], root)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    labels = {str(cell_options(source).get("label")) for source in sources}
    return alternative_texts(edition, labels, parameters.get(LANGUAGE, ORIGINAL))


def inject_parameters(
    notebook: NotebookNode, parameters: Mapping[str, Any], name: str = "notebook"
) -> None:
    """Insert a cell that sets `parameters` behind the cell tagged ``parameters``, in place.

    Raises
    ------
    PublishError
        If no cell is so tagged, or it does not give a default for one of the parameters.
    """
    if not parameters:
        return
    tagged = [i for i, cell in enumerate(notebook.cells) if "parameters" in _tags(cell)]
    if len(tagged) != 1:
        raise PublishError(f"{name}: {len(tagged)} cells are tagged parameters, one is needed")
    unknown = sorted(parameters.keys() - _assigned(notebook.cells[tagged[0]].source))
    if unknown:
        raise PublishError(f"{name}: the parameters cell has no default for {', '.join(unknown)}")
    lines = [f"{key} = {value!r}" for key, value in sorted(parameters.items())]
    tags = {"tags": ["injected-parameters"]}
    notebook.cells.insert(tagged[0] + 1, new_code_cell("\n".join(lines), metadata=tags))


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _assigned(code: str) -> set[str]:
    """Return the names that `code` assigns at the top level."""
    names: set[str] = set()
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.add(statement.target.id)
    return names


def _name_cells(notebook: NotebookNode) -> None:
    """Give cells numbers as names; generated identifiers would differ from run to run."""
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"


async def _run_cells(
    notebook: NotebookNode, source: Path, name: str, server: ForkServer | None, root: Path
) -> None:
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        manager = _kernel_manager(folder, server)
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=CELL_TIMEOUT,
            startup_timeout=START_TIMEOUT,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(source.parent)}},
        )
        try:
            with _in_one_line(notebook, name, server):
                await client.async_execute(env=kernel_environment(root))
        finally:
            # What nbclient leaves for the end of the program fails there if no kernel was had.
            atexit.unregister(client._cleanup_kernel)
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)


@contextmanager
def _in_one_line(notebook: NotebookNode, name: str, server: ForkServer | None) -> Iterator[None]:
    """Say of whatever ends a notebook where it was and what it was."""
    try:
        yield
    except CellExecutionError as error:
        where, reason = f"{name}, {_failing_cell(notebook)}", f"{error.ename}: {error.evalue}"
        if is_shortage(reason):
            raise MemoryShortageError(lacked(where)) from None
        raise PublishError(f"{where}: {reason}") from None
    except CellTimeoutError:
        raise PublishError(f"{name}: a cell took longer than {CELL_TIMEOUT} seconds") from None
    except DeadKernelError:
        raise MemoryShortageError(ended(f"the kernel of {name}")) from None
    except Exception as error:  # of a kernel that could not even say what it lacks
        if "Kernel died" in str(error) or (server and is_shortage(server.said())):
            raise MemoryShortageError(ended(f"the kernel of {name}")) from error
        raise


class _RunningInterpreter(KernelSpecManager):
    """Knows one kernel, the interpreter that runs now, whatever the machine has registered."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "analysis.publish.notebooks.isolated_kernel"]
        argv += ["-f", "{connection_file}"]
        argv += ["--HistoryManager.enabled=False", f"--ipython-dir={self.folder}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


def _kernel_manager(folder: str, server: ForkServer | None) -> AsyncKernelManager:
    manager = AsyncKernelManager(kernel_spec_manager=_RunningInterpreter(folder))
    manager.connection_file = str(Path(folder, "kernel.json"))
    sockets = str(Path(folder, "s"))
    if os.name == "posix" and len(os.fsencode(sockets)) < LONGEST_ADDRESS:
        manager.transport, manager.ip = "ipc", sockets  # no ports, nobody else's messages
    if server:
        manager.provisioner = ForkedKernel(server, manager)
    return manager


def _failing_cell(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        if any(output.output_type == "error" for output in outputs):
            label, name = cell_options(cell.source).get("label"), cell.id.replace("-", " ")
            return f"{name} ({label})" if label else name
    return "a cell"
