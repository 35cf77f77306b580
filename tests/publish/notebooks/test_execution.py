import asyncio
import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.index.refusal import RefusalError
from analysis.publish.errors import PublishError
from analysis.publish.notebooks import execution, forks, kernel
from analysis.publish.notebooks.execution import execute_all

PARAMETERS_CELL = new_code_cell("edition = '2020'", metadata={"tags": ["parameters"]})


def write_notebook(root: Path, name: str, *sources: str, parameters: bool = False) -> None:
    cells = [PARAMETERS_CELL] if parameters else []
    notebook = new_notebook(cells=[*cells, *map(new_code_cell, sources)])
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, root / "notebooks" / name)


def outputs_of(path: Path) -> str:
    cells = json.loads(path.read_text("utf8"))["cells"]
    texts = [output["text"] for cell in cells for output in cell.get("outputs", [])]
    return "".join(line for text in texts for line in text)


def test_notebooks_run_again_only_when_needed_and_give_the_same_bytes(tmp_path, package):
    write_notebook(
        tmp_path,
        "01_a.ipynb",
        "import os, sys\n"
        "print(edition, sys.executable, os.environ['SOURCE_DATE_EPOCH'], os.getcwd())",
        parameters=True,
    )
    write_notebook(tmp_path, "02_b.ipynb", "print({'b', 'a'})", parameters=True)
    told = []
    paths = execute_all(tmp_path, {"edition": "2021"}, lambda *news: told.append(news))
    assert [path.name for path in paths] == ["01_a.ipynb", "02_b.ipynb"]
    assert outputs_of(paths[0]).split() == [
        "2021",
        sys.executable,
        "0",
        str(tmp_path / "notebooks"),
    ]
    assert [done for _, done, _ in told] == [0, 1, 2]
    first = [path.read_bytes() for path in paths]

    # Nothing changed: the second run does nothing. A lost file is made again, byte for byte.
    told.clear()
    execute_all(tmp_path, {"edition": "2021"}, lambda *news: told.append(news))
    assert told == []
    for path in paths:
        path.unlink()
    execute_all(tmp_path, {"edition": "2021"})
    assert [path.read_bytes() for path in paths] == first

    # Changed code of the analysis runs them again.
    told.clear()
    changed = package / "index" / "changed.py"
    changed.parent.mkdir()
    changed.write_text("x = 1", "utf8")
    execute_all(tmp_path, {"edition": "2021"}, lambda *news: told.append(news))
    shutil.rmtree(changed.parent)
    assert [done for _, done, _ in told] == [0, 1, 2]

    # A notebook that is gone leaves no executed copy behind.
    (tmp_path / "notebooks" / "02_b.ipynb").unlink()
    execute_all(tmp_path, {"edition": "2021"})
    assert [path.exists() for path in paths] == [True, False]


def test_nothing_that_varies_is_kept(prepared):
    for path in (prepared / "_build" / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf8"))
        assert "language_info" not in notebook["metadata"]
        assert all("execution" not in cell["metadata"] for cell in notebook["cells"])
        assert [cell["id"] for cell in notebook["cells"]][:2] == ["cell-1", "cell-2"]


def test_a_failing_cell_is_named_with_its_number_label_and_exception(tmp_path):
    write_notebook(tmp_path, "01_a.ipynb", "1", "#| label: bars\nraise ValueError('no bars')")
    with pytest.raises(PublishError) as refusal:
        execute_all(tmp_path)
    assert str(refusal.value) == "notebooks/01_a.ipynb, cell 2 (bars): ValueError: no bars"
    assert not (tmp_path / "_build" / "notebooks" / "01_a.ipynb").exists()


def test_a_failing_cell_without_a_label_is_named_by_number(tmp_path):
    write_notebook(tmp_path, "01_a.ipynb", "1 / 0")
    with pytest.raises(PublishError, match=r"01_a.ipynb, cell 1: ZeroDivisionError"):
        execute_all(tmp_path)


ENDED = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"


@pytest.mark.parametrize(
    ("code", "said", "can_fork"),
    [
        (ENDED, "the kernel of {} was ended", True),
        (ENDED, "the kernel of {} was ended", False),
        ("#| label: bars\nraise MemoryError", r"{}, cell 2 \(bars\): there is too little", True),
        ("import numpy\nnumpy.ones(10**15)", "{}, cell 2: there is too little memory", False),
        (
            "raise OSError(12, 'Cannot allocate memory')",
            "{}, cell 2: there is too little memory",
            True,
        ),
    ],
)
def test_a_kernel_without_memory_says_so_and_what_to_do(
    tmp_path, monkeypatch, code, said, can_fork
):
    monkeypatch.setattr(forks, "CAN_FORK", forks.CAN_FORK and can_fork)
    write_notebook(tmp_path, "01_a.ipynb", "1", code)
    with pytest.raises(RefusalError, match=said.format("notebooks/01_a.ipynb")) as refusal:
        execute_all(tmp_path)
    assert "close other programs" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_long_path_of_temporary_files_is_no_hindrance(tmp_path, monkeypatch):
    """The addresses of sockets in folders are limited; some clusters have very long ones."""
    long = tmp_path / ("a" * 60) / ("b" * 60)
    long.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(long))
    write_notebook(tmp_path, "01_a.ipynb", "print('fine')")
    (path,) = execute_all(tmp_path)
    assert outputs_of(path) == "fine\n"


def test_no_more_kernels_than_memory_bears_run_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    monkeypatch.setattr(execution, "MOST_AT_ONCE", 2)
    running, most = 0, []

    async def pretend(_root, _source, variants, _server):
        nonlocal running
        running += 1
        most.append(running)
        await asyncio.sleep(0.05)
        running -= 1
        (variant,) = variants
        variant.target.parent.mkdir(parents=True, exist_ok=True)
        variant.target.write_text("{}", "utf8")

    monkeypatch.setattr(kernel, "execute", pretend)
    monkeypatch.setattr(forks, "CAN_FORK", False)
    for number in range(6):
        write_notebook(tmp_path, f"0{number}.ipynb", "1")
    execute_all(tmp_path)
    assert max(most) == 2


def test_a_cell_that_does_not_end_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "CELL_TIMEOUT", 1)
    write_notebook(tmp_path, "01_a.ipynb", "import time\ntime.sleep(60)")
    with pytest.raises(PublishError, match=r"01_a.ipynb: a cell took longer than 1 seconds$"):
        execute_all(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="the system lists threads and files in /proc")
def test_a_notebook_leaves_no_thread_and_no_open_file(tmp_path):
    def held() -> tuple[int, int]:
        return tuple(len(list(Path("/proc/self", of).iterdir())) for of in ("task", "fd"))

    for number in range(4):
        write_notebook(tmp_path, f"0{number}.ipynb", "1")
    execute_all(tmp_path, names=["00"])
    before = held()
    execute_all(tmp_path)
    assert held() <= before


def test_an_output_that_quarto_would_expand_is_refused(tmp_path):
    source = "from IPython.display import Markdown\nMarkdown('{{< var a >}}')"
    write_notebook(tmp_path, "01_a.ipynb", source)
    with pytest.raises(PublishError, match=r"01_a.ipynb, cell 1: the output holds a shortcode"):
        execute_all(tmp_path)


def test_a_notebook_that_is_not_asked_for_is_left_out(tmp_path):
    write_notebook(tmp_path, "01_a.ipynb", "print(1)")
    write_notebook(tmp_path, "02_b.ipynb", "print(2)")
    both = execute_all(tmp_path, names=["01_a", "02_b"])
    assert [one.name for one in both] == ["01_a.ipynb", "02_b.ipynb"]
    # Its executed copy goes too, so that nothing of it can slip into the report.
    assert [one.name for one in execute_all(tmp_path, names={"01_a"})] == ["01_a.ipynb"]
    assert not both[1].exists()
