"""Starting: in a Python that can run the project, with its own packages and no others."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import __main__ as start
from analysis.editions import ROOT
from analysis.editions.edition import ROOT_VARIABLE

OLD = """#!/bin/sh
# A Python that says it is 3.10; it is given only `-c`, as anything else would need a 3.10.
test "$1" = -c || exit 99
exec "{python}" -c 'import sys; sys.version_info = (3, 10, 13); exec(sys.argv[1])' "$2"
"""
COMMAND = [sys.executable, "-c", "import digital_city; digital_city.main()"]


@pytest.fixture
def foreign(tmp_path: Path) -> dict[str, str]:
    """An environment whose PYTHONPATH has packages of the names of ours and of what we use."""
    for name in ("analysis", "yaml"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(
            f"raise SystemExit('foreign {name}')\n", "utf8"
        )
    return os.environ | {"PYTHONPATH": str(tmp_path)}


@pytest.mark.parametrize("command", [COMMAND, [sys.executable, "-m", "analysis"]])
def test_a_foreign_package_of_the_same_name_is_not_run(command, foreign, built_tiny):
    env = foreign | {ROOT_VARIABLE: str(built_tiny.root)}
    done = subprocess.run(
        [*command, "explain", "Birch"], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith("乙 Birch".encode())


def test_the_command_line_is_found_from_any_folder(foreign, tmp_path):
    finder = f"import sys; sys.path.append({str(ROOT)!r}); {COMMAND[2]}"
    done = subprocess.run(
        [sys.executable, "-c", finder, "--help"],
        cwd=tmp_path.parent, env=foreign, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"new-edition" in done.stdout


def test_what_is_started_imports_from_the_project_too(monkeypatch, tmp_path):
    kept = [entry for entry in sys.path if entry]
    monkeypatch.setattr(sys, "path", [str(tmp_path), *kept])
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}")
    start.import_own_packages_alone()
    assert sys.path[0] == os.environ["PYTHONPATH"] == str(ROOT)
    assert str(tmp_path) not in sys.path
    assert set(kept) - {str(Path.cwd())} <= set(sys.path)


def test_an_older_python_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    with pytest.raises(SystemExit) as stop:
        start.main()
    assert stop.value.code == f"Python 3.11 or newer is needed, and {sys.executable} is 3.10"


@pytest.mark.parametrize(
    "name", ["digital_city.py", "analysis/__main__.py", "analysis/__init__.py"]
)
def test_an_older_python_can_read_what_refuses_it(name):
    ast.parse((ROOT / name).read_text("utf8"), feature_version=(3, 7))


def test_a_python_without_our_packages_is_told_how_to_get_them():
    """Without site-packages, as with the python of the machine."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "analysis", "check"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "has no pandas: `make .venv/ready`" in line


def test_a_module_of_our_own_that_is_missing_is_a_fault_of_the_program(monkeypatch):
    monkeypatch.setitem(sys.modules, "analysis.commands.cli", None)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("PYTHONPATH", "")
    with pytest.raises(ModuleNotFoundError):
        start.main()


def made(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """What `make report` says in a folder with our Makefile and no environment yet."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    command = ["make", "report", *(f"{name}={value}" for name, value in variables.items())]
    # `make test` runs this too: what that make hands down would make this one speak as its child.
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_make_refuses_an_older_python_in_one_line(tmp_path):
    python = tmp_path / "python3.10"
    python.write_text(OLD.format(python=sys.executable), "utf8")
    python.chmod(0o755)
    done = made(tmp_path, PYTHON=str(python))
    said, of_make = done.stderr.splitlines()
    assert said == (
        f"Python 3.11 or newer is needed, and {python} is 3.10; "
        "make PYTHON=python3.12 names another one"
    )
    assert of_make.startswith("make: ***")
    assert not (tmp_path / ".venv").exists()
