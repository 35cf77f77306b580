"""A report tried without rendering it: its notebooks run in this process, its text is filled in.

Starting kernels and setting pages takes a minute; what an edition lacks shows long before.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat

from analysis import editions
from analysis.editions import ROOT, Edition
from analysis.language.facts import Speaker
from analysis.language.sentences import teller
from analysis.publish.notebooks.cells import cell_options
from analysis.publish.report.origins import embedded_notebooks, quoted_sentences, with_included
from analysis.publish.report.prerender import escaped
from analysis.publish.report.shortcodes import SHORTCODE
from analysis.publish.report.source import Report, read_report

DRAWING = "<svg"
NO_NUMBER = re.compile(r"\b(nan|inf|NaN|NaT)\b|<NA>")


@dataclass
class Trial:
    """What a report of an edition would hold, and what is wrong with it.

    Attributes
    ----------
    facts
        Texts by name, its parts joined by full stops; sentences are called ``say.…``.
    cells
        What each labelled cell shows, by ``notebook#label``: Markdown, or ``<svg``….
    faults
        What would keep the report from being rendered, or make it show a number that is none.
    """

    facts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def try_report(edition: Edition) -> Trial:
    """Run the notebooks of the report of a built edition and fill in its text."""
    report, trial = read_report(ROOT, edition.document), Trial()
    text = with_included(ROOT, report.path, report.body)
    values = Speaker(edition).facts()
    trial.facts = dict(flat(values))
    say(report, escaped(values, "facts.yml") | {"known": edition.facts}, trial)
    for name in sorted(embedded_notebooks(report)):
        shown, faults = run_notebook(ROOT / "notebooks" / f"{name}.ipynb", edition)
        trial.cells |= {f"{name}#{label}": output for label, output in shown.items()}
        trial.faults += faults
    trial.faults += missing(text, trial) + nonsense(trial)
    return trial


def say(report: Report, values: Mapping[str, Any], trial: Trial) -> None:
    """Add the sentences that the report quotes to the facts of the trial."""
    said = teller(ROOT, values)
    for name in quoted_sentences(report):
        try:
            trial.facts[f"say.{name}"] = said(name)
        except Exception as error:  # whatever it is, it is what the trial is after
            trial.faults.append(f"say.{name}: {type(error).__name__}: {error}")


def missing(text: str, trial: Trial) -> list[str]:
    """Variables and cells that the text quotes and that are not there."""
    quoted = dict.fromkeys(SHORTCODE.findall(text))
    known = {"var": set(trial.facts) | {"built_with.libraries"}, "embed": set(trial.cells)}
    names = [(kind, re.sub(r"^_build/notebooks/|\.ipynb", "", name)) for kind, name in quoted]
    return [
        f"missing {kind} {name}"
        for kind, name in names
        if kind in known and name not in known[kind]
    ]


def nonsense(trial: Trial) -> list[str]:
    """Texts of facts and cells in which a number is none."""
    found = []
    for name, text in {**trial.facts, **trial.cells}.items():
        match = None if DRAWING in text else NO_NUMBER.search(text)
        if match:
            found.append(f"{name}: …{text[max(match.start() - 40, 0) : match.end()]}")
    return found


def flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Nested facts by their whole names."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)


def run_notebook(path: Path, edition: Edition) -> tuple[dict[str, str], list[str]]:
    """What the labelled cells of a notebook show for an edition, and its first fault."""
    shown: dict[str, str] = {}
    namespace: dict[str, Any] = {}
    load = editions.load
    with patch.object(editions, "load", lambda name=None: load(name, edition.root)):
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            if cell.cell_type != "code":
                continue
            where = f"{path.name}, cell {number}"
            try:
                value = run_cell(cell.source, where, namespace)
            except Exception as error:  # whatever it is, it is what the trial is after
                return shown, [f"{where}: {type(error).__name__}: {error}"]
            if "parameters" in cell.metadata.get("tags", []):
                namespace |= {"edition_name": edition.name, "language": "en"}
            label = cell_options(cell.source).get("label")
            if label:
                shown[label] = str(getattr(value, "data", value))
    return shown, []


def run_cell(source: str, where: str, namespace: dict[str, Any]) -> object:
    """Run a cell as a notebook does and return the value of its last line."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        exec(compile(tree, where, "exec"), namespace)
        if not isinstance(last, ast.Expr):
            return None
        return eval(compile(ast.Expression(last.value), where, "eval"), namespace)
