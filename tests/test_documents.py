"""README and guides: every link leads to a file, every command exists with the options named."""

import re
import shlex
from pathlib import Path

import typer

from analysis.commands import cli
from analysis.editions import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def commands(document: Path) -> list[list[str]]:
    """The words of every command line shown in a document."""
    blocks = BLOCK.findall(document.read_text("utf8"))
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


def test_every_link_leads_to_a_file():
    links = [
        (document.name, link, document.parent / link)
        for document in DOCUMENTS
        for link in LINK.findall(document.read_text("utf8"))
        if "://" not in link
    ]
    assert len(links) > 10
    assert [(name, link) for name, link, target in links if not target.exists()] == []


def test_every_command_shown_exists_with_its_options():
    shown = [line for document in DOCUMENTS for line in commands(document)]
    ours = [words[1:] for words in shown if words and words[0].endswith("digital-city")]
    assert len(ours) >= 4
    known = typer.main.get_command(cli.app).commands
    for name, *words in ours:
        options = {option for given in known[name].params for option in given.opts}
        assert {word for word in words if word.startswith("--")} <= options, name


def test_every_target_of_make_shown_exists():
    makefile = (ROOT / "Makefile").read_text("utf8")
    targets = set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))
    shown = [line for document in DOCUMENTS for line in commands(document)]
    asked = {words[1] for words in shown if words[:1] == ["make"]}
    assert asked >= {"report", "test"}
    assert asked <= targets


def test_version_and_date_are_the_same_wherever_they_stand():
    number, date = re.search(
        r"^## (\S+) — (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf8"), re.MULTILINE
    ).groups()
    assert f'version = "{number}"' in (ROOT / "pyproject.toml").read_text("utf8")
    assert f"version: {number}\ndate-released: {date}" in (ROOT / "CITATION.cff").read_text("utf8")
    for report in ROOT.glob("report*.qmd"):
        assert f'date: {date}\nversion: "{number}"' in report.read_text("utf8"), report.name
