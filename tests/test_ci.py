"""The continuous integration: what runs first, what is pinned, what is kept and what is not."""

import re
from itertools import chain

import pytest
import yaml

from analysis import editions
from analysis.editions import ROOT
from analysis.publish.folders import output_folder

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+(?:/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def steps(name: str) -> list[list[dict]]:
    """The steps of every job of a workflow."""
    text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf8")
    return [job["steps"] for job in yaml.safe_load(text)["jobs"].values()]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_named_by_the_hash_of_a_commit_with_the_version_behind_it(path):
    used = re.findall(r"uses: (.+)$", path.read_text("utf8"), re.MULTILINE)
    assert used
    assert [name for name in used if not PINNED.fullmatch(name)] == []


def test_an_action_has_one_hash_in_all_workflows():
    texts = [path.read_text("utf8") for path in WORKFLOWS]
    used = set(chain.from_iterable(re.findall(r"uses: (\S+)@(\S+)", text) for text in texts))
    assert len(dict(used)) == len(used)


def test_style_and_types_come_before_the_tests():
    script = (ROOT / ".ci" / "run").read_text("utf8")
    assert re.findall(r"^make (.+)", script, re.MULTILINE) == ["check", '"${1:-test}"']


def test_lines_are_measured_on_one_python_and_all_tests_pass_on_both():
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf8")
    job = yaml.safe_load(text)["jobs"]["test"]
    chosen = {row["python"]: row["tests"] for row in job["strategy"]["matrix"]["include"]}
    assert chosen == {"3.11": "test", "3.13": "coverage"}
    assert job["steps"][-1]["run"] == "bash .ci/run ${{ matrix.tests }}"
    makefile = (ROOT / "Makefile").read_text("utf8")
    measured = re.search(r"^coverage: .*\n\t(.*)$", makefile, re.MULTILINE)[1]
    assert measured.endswith("--cov=analysis --cov-fail-under=95")
    tried = re.search(r"^test: .*\n\t(.*)$", makefile, re.MULTILINE)[1]
    assert measured.startswith(tried)


def test_an_environment_is_kept_for_one_python_and_one_set_of_locks():
    kept = [step for job in steps("ci") for step in job if "actions/cache@" in step.get("uses", "")]
    assert len(kept) == len(steps("ci"))
    for step in kept:
        assert step["with"]["path"] == ".venv"
        assert "steps.python.outputs.python-version" in step["with"]["key"]
        assert "hashFiles('requirements*.lock'" in step["with"]["key"]
        assert "restore-keys" not in step["with"]


def test_the_weekly_run_installs_everything_anew_and_builds_the_report():
    (job,) = steps("weekly")
    assert not any("cache" in str(step) for step in job)
    assert [step["run"] for step in job if step.get("run", "").startswith("make")] == [
        "make report",
        "make .venv/dev",
    ]


def test_the_report_of_the_real_quarto_is_sought_where_each_command_writes_it():
    script = (ROOT / ".ci" / "quarto").read_text("utf8")
    named = [editions.Edition(name, ROOT) for name in ("$latest", "2019")]
    sought = set(re.findall(r'^ *keep "?([^" ]+)"? (?:make|plain|embedded)$', script, re.MULTILINE))
    by_commands = output_folder(named[0]).as_posix()
    by_quarto_alone = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf8"))["project"][
        "output-dir"
    ]
    assert sought == {by_commands, by_quarto_alone, "_output/$edition_and_language"}
    pairs = re.search(r"^for edition_and_language in (.+); do$", script, re.MULTILINE)[1].split()
    assert [f"_output/{pair.strip(chr(34))}" for pair in pairs] == [
        output_folder(named[1]).as_posix(), output_folder(named[0], "zh_hant").as_posix(),
    ]  # fmt: skip
