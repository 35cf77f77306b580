"""Kernels that are forked from a process in which all imports are done."""

import os
import signal

import pytest

from analysis.index.refusal import RefusalError
from analysis.publish.notebooks import forks
from analysis.publish.notebooks.execution import execute_all

from .test_execution import write_notebook

FRESH = """
import os
print(len(globals()), os.environ.get("LEFT"))
os.environ["LEFT"] = left = "behind"
"""
WIDE = """
import pandas as pd
pd.DataFrame([range(100)], columns=[f"column {number}" for number in range(100)])
"""
INLINE = """
import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1)); plt.plot([0, 1]); plt.rcParams["figure.dpi"]
"""


def test_a_forked_kernel_writes_what_a_started_one_writes(tmp_path, monkeypatch):
    write_notebook(tmp_path, "01_a.ipynb", FRESH, WIDE, INLINE)
    write_notebook(tmp_path, "02_b.ipynb", FRESH, WIDE, INLINE)
    paths = execute_all(tmp_path)
    forked = [path.read_bytes() for path in paths]
    assert forked[0] == forked[1]
    assert b"image/png" in forked[0]
    for path in paths[:1]:
        path.unlink()
    monkeypatch.setattr(forks, "CAN_FORK", False)
    execute_all(tmp_path)
    assert [path.read_bytes() for path in paths] == forked


def test_modules_are_imported_as_far_as_they_can_be():
    assert forks.imported_modules([]) == []
    cell = "import os.path\nfrom json import loads\nfrom . import no"
    assert forks.imports_of(cell) == {"os.path", "json", "json.loads"}
    assert forks.imports_of("%magic") == set()


def test_a_server_that_has_ended_is_named(tmp_path):
    server = forks.ForkServer([], tmp_path / "home")
    os.kill(server._process.pid, signal.SIGKILL)
    with pytest.raises(RefusalError, match="the process that starts the kernels was ended"):
        server.fork([], ".")


def test_a_server_that_fails_shows_why(tmp_path, monkeypatch):
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
    monkeypatch.setattr(forks, "kernel_environment", lambda _: environment)
    (tmp_path / "analysis.py").write_text("1 / 0", "utf8")
    server = forks.ForkServer([], tmp_path / "home")
    with pytest.raises(RuntimeError, match=r"(?s)has ended: Traceback.*ZeroDivisionError"):
        server.fork([], ".")
