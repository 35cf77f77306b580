"""A report is the same to the byte whatever settings, folders, fonts and language a user has."""

import os
import sys
from pathlib import Path

import pytest

from analysis.editions import ROOT
from analysis.index.refusal import RefusalError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.prerender import prerender
from analysis.publish.surroundings import child_environment, run

from .conftest import PARAMETERS, copy_sample

VARIABLES = {
    "COLUMNS": "20",
    "FORCE_COLOR": "1",
    "LANG": "zh_CN.GB18030",
    "LC_ALL": "C",
    "MPLBACKEND": "nonsense",
    "OMP_NUM_THREADS": "3",
    "PYTHONHASHSEED": "7",
    "PYTHONWARNINGS": "error",
    "SOURCE_DATE_EPOCH": "1",
    "TYPST_ROOT": "/nonexistent",
    "TZ": "Asia/Shanghai",
}
# Settings of the user, each of which would stop the report or change it.
FILES = {
    ".config/matplotlib/matplotlibrc": "savefig.dpi: 20\nfont.size: 30\nlines.linewidth: 9\n",
    ".ipython/profile_default/ipython_kernel_config.py": (
        'c.IPKernelApp.exec_lines = ["import pandas; pandas.options.display.precision = 1"]\n'
    ),
    ".ipython/profile_default/startup/00.py": 'raise SystemExit("started")\n',
    ".jupyter/jupyter_config.py": 'c.KernelManager.transport = "nonsense"\n',
    ".local/share/pandoc/init.lua": 'error("read")\n',
    ".local/share/pandoc/templates/styles.html": "USERSTYLE\n",
    "modules/analysis/__init__.py": 'raise SystemExit("foreign")\n',
    "modules/sitecustomize.py": 'import os; os.environ["MPLBACKEND"] = "svg"\n',
}
NAMING_FOLDERS = {
    "HOME": ".",
    "IPYTHONDIR": ".ipython",
    "JUPYTER_CONFIG_DIR": ".jupyter",
    "MATPLOTLIBRC": ".config/matplotlib/matplotlibrc",
    "MPLCONFIGDIR": ".config/matplotlib",
    "PYTHONPATH": "modules",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
}


@pytest.fixture
def users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user with settings for everything, and with variables that name them."""
    home = tmp_path / "home"
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf8")
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    for name, folder in NAMING_FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))
    return home


@pytest.mark.usefixtures("users_home")
def test_the_report_is_the_same_in_every_home_and_in_a_chinese_folder(
    rendered, tmp_path, monkeypatch
):
    root = copy_sample(tmp_path / "数字城市 百强")
    (root / "matplotlibrc").write_text("font.size: 20\n", "utf8")
    monkeypatch.chdir(root)
    prerender(root, "2020", PARAMETERS)
    for path in render_embedded(root):
        assert path.read_bytes() == (rendered / "_output" / path.name).read_bytes(), path.name


def test_a_program_is_told_nothing_of_the_user(users_home, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/somewhere")
    told = child_environment()
    assert told["PATH"] == os.environ["PATH"]
    assert told["LD_LIBRARY_PATH"] == "/usr/lib/somewhere"
    assert told["PYTHONPATH"] == str(ROOT)
    folders = {name: str(users_home / folder) for name, folder in NAMING_FOLDERS.items()}
    of_the_user = VARIABLES | folders
    assert set(told.items()) & set(of_the_user.items()) == set()
    assert set(told) & set(of_the_user) == {
        "HOME", "LC_ALL", "PYTHONHASHSEED", "PYTHONPATH", "SOURCE_DATE_EPOCH", "TZ"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was ended by the system"),
        ("raise MemoryError", "there is too little memory"),
        ("import sys; sys.exit('pandoc: Heap exhausted;')", "there is too little memory"),
    ],
)
def test_a_program_without_memory_is_named_and_what_to_do(code, said):
    with pytest.raises(RefusalError, match=f"^Typst:? {said}") as refusal:
        run("Typst", [sys.executable, "-c", code], "")
    assert "close other programs" in str(refusal.value)


def test_what_a_program_says_while_all_is_well_is_no_sign():
    code = "import sys; print('done'); print('no MemoryError', file=sys.stderr)"
    assert run("Typst", [sys.executable, "-c", code], "").stdout == b"done\n"
