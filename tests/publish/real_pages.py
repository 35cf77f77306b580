"""The pages of the real report, set from notebooks that were executed in the invented language.

Executing them takes minutes, and so it is done once: without its marks, what that language says is
English, and a figure is as large in one language as in another.
"""

import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from analysis.editions import ROOT
from analysis.publish.notebooks.execution import EXECUTED
from analysis.publish.report.origins import quoted_sentences
from analysis.publish.report.pdf import write_typst
from analysis.publish.report.prerender import write_variables
from analysis.publish.report.shortcodes import expand
from analysis.publish.report.source import read_report
from tests.invented_language import MARK

from .page_fill import fills

FILES = ("_quarto.yml", "report.qmd")
FOLDERS = ("sections", "theme")
CAPTION = re.compile(r"caption: figure\.caption\(.*?\]\), kind:", re.DOTALL)


class Typeset(NamedTuple):
    """The report as Typst, how full its pages are, and on which its parts begin."""

    source: str
    filled: list[float]
    parts: list[int]


def typeset_report(executed: Path, root: Path, edition: str) -> Typeset:
    """Set the report in `root` from what was executed in the project `executed`."""
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name)
    (root / "data").symlink_to(ROOT / "data")
    (root / EXECUTED).mkdir(parents=True)
    for notebook in (executed / EXECUTED).glob("*.ipynb"):
        said = notebook.read_text("utf8").replace(MARK, "")
        (root / EXECUTED / notebook.name).write_text(said, "utf8")
    (root / "_build" / "fonts").symlink_to(executed / "_build" / "fonts")
    write_variables(root, edition, quoted_sentences(read_report(root)))
    report = read_report(root)
    source = write_typst(report, expand(report))
    return Typeset(source.read_text("utf8"), *fills(source, root))


def unmentioned(source: str) -> set[str]:
    """Figures and tables of a Typst file that no sentence outside of captions refers to."""
    floats = set(re.findall(r"<((?:fig|tbl)-[\w-]+)>$", source, re.MULTILINE))
    return floats - set(re.findall(r"#ref\(<([\w-]+)>", CAPTION.sub("", source)))


def bare_headings(source: str) -> list[str]:
    """Headings of a Typst file that a figure, a table or another heading follows at once."""
    lines = [line for line in source.splitlines() if line and not line.startswith("<")]
    pairs = pairwise(lines)
    return [
        line for line, after in pairs
        if line.startswith("=") and re.match(r"#figure|#side-by-side|#one-page|={1,3} ", after)
    ]  # fmt: skip


def shown_twice(source: str) -> set[str]:
    """Pictures and tables that stand in a Typst file more than once."""
    shown = re.findall(r'image\("[^"]+"', source)
    shown += re.findall(r"^ *#table\(.*?^ *\)$", source, re.DOTALL | re.MULTILINE)
    return {output for output in shown if shown.count(output) > 1}
