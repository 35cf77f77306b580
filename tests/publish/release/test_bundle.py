"""The release folder: complete, described, valid by other people's tools, the same twice."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from pyarrow import parquet as pq
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import cli
from analysis.commands import release as command
from analysis.publish.errors import PublishError
from analysis.publish.release.bundle import release

RUNNER = CliRunner()
REPORT = """---
title: "Twelve cities"
subtitle: "An invented edition"
author:
  - name: "Nobody"
date: 2026-01-02
version: "1.2.3"
keywords: [invented]
---
"""

OUTPUT = Path("_output", "tiny", "en")
TO_OTHERS = '<p class="versions"><a href="../fr/report.html">Français</a></p>'


@pytest.fixture(scope="module")
def released(built_tiny, tmp_path_factory):
    """The tiny edition with a report as if rendered, released once: read only."""
    root = tmp_path_factory.mktemp("released")
    shutil.copytree(built_tiny.root, root, dirs_exist_ok=True)
    (root / "_quarto.yml").write_text("project: {render: [report.qmd]}\n")
    (root / "report.qmd").write_text(REPORT)
    (root / "_variables.yml").write_text("edition: {name: tiny}\n")
    (root / "CITATION.cff").write_text("title: Twelve cities\n")
    (root / OUTPUT / "site").mkdir(parents=True)
    (root / OUTPUT / "report.html").write_text(f"<title>Twelve cities</title>{TO_OTHERS}")
    (root / OUTPUT / "report.pdf").write_bytes(b"%PDF-1.7")
    (root / OUTPUT / "site" / "index.html").write_text(
        f'<meta name="edition" content="tiny"><title>Pages</title>{TO_OTHERS}'
    )
    edition = editions.load("tiny", root)
    release(edition)
    return edition


@pytest.fixture(scope="module")
def folder(released):
    return released.root / OUTPUT / "release"


def test_a_release_holds_documents_tables_and_what_else_is_there(folder, released):
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "report.pdf", "CITATION.cff", "site/index.html"} <= files
    assert {"csv/scores.csv", "parquet/scores.parquet", "reference/cities.csv"} <= files
    assert {"datapackage.json", "facts.yml", "SHA256SUMS", "raw/sources.csv"} <= files
    assert "audit.xlsx" not in files
    for path in released.results.glob("*.csv"):
        assert (folder / "csv" / path.name).read_bytes() == path.read_bytes()


def test_pages_lead_out_of_the_site_to_what_is_released_with_it(folder):
    links = {
        page: [link for link in html.parse(folder / page).xpath("//a/@href") if "../" in link]
        for page in ("report.html", "site/index.html")
    }
    assert links["report.html"] == []
    front = links["site/index.html"]
    assert {"../report.pdf", "../datapackage.json", "../SHA256SUMS"} <= set(front)
    assert [link for link in front if not (folder / "site" / link).is_file()] == []


def validation(package):
    """What the validator says of a data package; it changes settings of the process it runs in."""
    command = [sys.executable, "-m", "frictionless", "validate", "--json", str(package)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def test_the_data_package_is_valid_by_the_tool_of_its_makers(folder):
    report = validation(folder / "datapackage.json")
    faults = [task["errors"] for task in report["tasks"] if task["errors"]]
    assert (report["valid"], report["errors"], faults) == (True, [], [])
    assert report["stats"]["tasks"] > 20


def test_that_tool_would_see_a_figure_that_breaks_the_description(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "broken")
    path = tmp_path / "broken" / "csv" / "scores.csv"
    lines = path.read_text("utf8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",1,", ",first,", 1)
    path.write_text("".join(lines), "utf8", newline="")
    assert not validation(tmp_path / "broken" / "datapackage.json")["valid"]


def test_every_column_is_typed_and_described_as_in_the_dictionary(folder, released):
    package = json.loads((folder / "datapackage.json").read_text("utf8"))
    tables = {table["name"]: table for table in package["resources"]}
    fields = {field["name"]: field for field in tables["scores"]["schema"]["fields"]}
    dictionary = released.dictionary("scores").set_index("column")
    assert list(fields) == list(dictionary.index)
    assert {name: field["description"] for name, field in fields.items()} == dict(
        dictionary["meaning"]
    )
    assert fields["rank"]["type"] == "integer"
    assert fields["rank"]["constraints"] == {"required": True, "minimum": 1}
    complete = {field["name"]: field for field in tables["measured_parts"]["schema"]["fields"]}
    assert complete["complete"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert tables["scores"]["schema"]["primaryKey"] == ["adcode"]
    assert package["version"] == "1.2.3"


def test_parquet_holds_the_same_figures_typed(folder, released):
    table = pd.read_parquet(folder / "parquet" / "scores.parquet")
    printed = released.result("scores")
    assert list(table["adcode"]) == list(printed["adcode"])
    assert list(table["rank"]) == list(printed["rank"])
    assert list(table["index"]) == list(printed["index"])
    kinds = {field.name: str(field.type) for field in pq.read_schema(
        folder / "parquet" / "treatment.parquet"
    )}  # fmt: skip
    assert kinds["passes"] == "bool"
    assert kinds["points_treated"] == "int64"
    assert kinds["skewness_before"] == "double"


def test_the_checksums_are_those_of_all_other_files(folder):
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    found = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(found) == files - {"SHA256SUMS"}
    for name, digest in found.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_a_second_release_replaces_the_first_and_has_the_same_bytes(released, folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "left over.txt").write_text("of an earlier release")
    front = folder.parent / "site" / "index.html"  # which by now leads to the release beside it
    front.write_text(f'{front.read_text()}<a href="../release/SHA256SUMS">Checksums</a>')
    release(released)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert {path.name for path in folder.parent.iterdir()} == {
        "release", "report.html", "report.pdf", "site",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (
            lambda root: (root / OUTPUT / "report.pdf").unlink(),
            "there is no _output/tiny/en/report.pdf",
        ),
        (
            lambda root: (root / OUTPUT / "site" / "old.html").write_text("<title>Old</title>"),
            "_output/tiny/en/site/old.html is a page of another edition",
        ),
    ],
)
def test_a_report_that_is_missing_or_of_another_edition_is_refused(released, tmp_path, spoil, rule):
    shutil.copytree(released.root, tmp_path / "project")
    spoil(tmp_path / "project")
    with pytest.raises(PublishError, match=rule):
        release(editions.load("tiny", tmp_path / "project"))


def test_the_command_says_where_the_release_is(released, monkeypatch):
    monkeypatch.setattr(command, "load", lambda _=None: released)
    assert "_output/tiny/en/release" in RUNNER.invoke(cli.app, ["release"]).output


def test_every_column_of_a_reference_table_is_described_once(real):
    columns = editions.read_table(real.reference / "columns.csv")
    assert not columns.duplicated(["file", "column"]).any()
