"""Cells that another language needs are executed again, and all others keep their outputs."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_notebook, writes

from analysis.publish.notebooks.execution import execute_variants, kept_folder
from analysis.publish.notebooks.shared import executed_again

SET = "language = 'en'"


@pytest.mark.parametrize(
    ("cells", "again"),
    [
        # What shows the language, and what only computes.
        ([SET, "a = 1", "print(language)"], [0, 2]),
        # By way of another name; one that gets a new value no longer hangs on it.
        ([SET, "word = language.upper()", "print(word)", "word = 2", "print(word)"], [0, 1, 2]),
        # A value that a later cell replaces is made again, one that stays is not.
        ([SET, "rows = [1]", "print(language, rows)", "rows = [2]"], [0, 1, 2]),
        ([SET, "rows = [1]", "print(language, rows)"], [0, 2]),
        # So is what a later cell changes in part, adds to or calls a member of.
        ([SET, "a = {}", "print(language, a)", "a['b'] = 1"], [0, 1, 2]),
        ([SET, "a = 1", "print(language, a)", "a += 1"], [0, 1, 2]),
        ([SET, "a = []", "print(language, a)", "a.append(1)"], [0, 1, 2]),
        # And what a cell that is executed again overwrites on its way.
        ([SET, "a, b = 1, language", "a = 2", "print(a, b)"], [0, 1, 2, 3]),
        # The name of a loop within brackets is nobody else's; a library is not changed by a call.
        ([SET, "a = [language for i in '1']", "i = 1", "print(i)"], [0, 1]),
        ([SET, "import os", "os.getcwd()", "print(language, os)"], [0, 3]),
        # What is no Python is left to the kernel.
        ([SET, "1 +"], [0]),
    ],
)
def test_a_cell_is_executed_again_if_it_shows_the_language_or_leads_to_it(cells, again):
    assert executed_again(cells, "language") == again


CELLS = (
    "from pathlib import Path",
    "Path('runs').open('a').write('computed ')\nvalue = 40 + 2",
    "print(value)",
    "print(language, value)",
    "language * 2",
)


@pytest.fixture
def project(tmp_path):
    cells = [new_code_cell(SET, metadata={"tags": ["parameters"]}), *map(new_code_cell, CELLS)]
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "01_a.ipynb").write_text(writes(new_notebook(cells=cells)), "utf8")
    return tmp_path


def executed(root, language):
    return (root / kept_folder({"language": language}) / "01_a.ipynb").read_bytes()


def test_one_kernel_computes_for_all_languages_and_each_notebook_is_as_if_alone(project):
    languages = [{"language": language} for language in ("en", "fr", "zh")]
    execute_variants(project, languages)
    assert (project / "notebooks" / "runs").read_text("utf8") == "computed "
    together = {language: executed(project, language) for language in ("en", "fr", "zh")}
    shown = [cell.get("outputs") for cell in json.loads(together["fr"])["cells"]]
    assert [out[0].get("text") for out in shown[-3:-1]] == [["42\n"], ["fr 42\n"]]
    for language, notebook in together.items():
        (project / kept_folder({"language": language}) / "01_a.ipynb").unlink()
        execute_variants(project, [{"language": language}])
        assert executed(project, language) == notebook


def test_a_cell_that_fails_in_the_second_language_is_named_by_its_own_number(project):
    path = project / "notebooks" / "01_a.ipynb"
    path.write_text(path.read_text("utf8").replace("language * 2", "1 // (language == 'en')"))
    with pytest.raises(Exception, match=r"cell 7: ZeroDivisionError"):
        execute_variants(project, [{"language": "en"}, {"language": "fr"}])
