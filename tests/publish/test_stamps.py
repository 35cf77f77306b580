import json

import pytest

from analysis.editions.storage import write_whole
from analysis.publish.stamps import Step, is_current, record


@pytest.fixture
def project(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("1", "utf8")
    (tmp_path / "out.csv").write_text("2", "utf8")
    return tmp_path


STEP = Step("double", ("in/*.csv", "absent.csv"), ("out.csv",), {"edition": "2020"})


def test_a_step_that_never_ran_is_not_current(project):
    assert not is_current(project, STEP)


def test_a_recorded_step_is_current(project):
    record(project, STEP)
    assert is_current(project, STEP)


@pytest.mark.parametrize("path", ["in/a.csv", "in/b.csv", "absent.csv", "out.csv"])
def test_a_changed_or_new_file_makes_the_step_run_again(project, path):
    record(project, STEP)
    (project / path).write_text("other", "utf8")
    assert not is_current(project, STEP)


@pytest.mark.parametrize("path", ["in/a.csv", "out.csv"])
def test_a_lost_file_makes_the_step_run_again(project, path):
    record(project, STEP)
    (project / path).unlink()
    assert not is_current(project, STEP)


def test_other_parameters_make_the_step_run_again(project):
    record(project, STEP)
    assert not is_current(project, Step(STEP.name, STEP.inputs, STEP.outputs, {"edition": "2021"}))


def test_a_touched_file_with_the_same_content_does_not(project):
    record(project, STEP)
    (project / "in" / "a.csv").write_text("1", "utf8")
    assert is_current(project, STEP)


def test_absolute_patterns_are_followed(project, tmp_path_factory):
    code = tmp_path_factory.mktemp("code")
    (code / "one.py").write_text("1", "utf8")
    step = Step("absolute", (f"{code}/**/*.py",), ())
    record(project, step)
    assert is_current(project, step)
    (code / "one.py").write_text("2", "utf8")
    assert not is_current(project, step)


def test_a_stamp_names_files_relative_to_the_project(project):
    record(project, STEP)
    stamp = json.loads((project / "_build" / "stamps" / "double.json").read_text("utf8"))
    assert set(stamp["inputs"]) == {"in/a.csv", "absent.csv"}
    assert stamp["inputs"]["absent.csv"] == "missing"


def test_a_file_that_cannot_be_written_whole_is_not_written_at_all(tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("old", "utf8")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text("utf8") == "old"
