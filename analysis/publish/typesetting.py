"""A PDF or pictures by Typst, compiled in a process of its own, whose memory is given back.

The child is this module run as a program: it reads a request as JSON from standard input, writes
the PDF to the file that it is given, or each picture to one with a number behind that name, and
prints what Typst had to say as a JSON list.
"""

import json
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst

from analysis.publish.errors import PublishError
from analysis.publish.surroundings import run


@dataclass(frozen=True)
class Document:
    """What Typst needs to know of a document.

    `timestamp` is its date in seconds since 1970; `standards` are those that Typst checks, such as
    ua-1; `inputs` are texts that the file reads from `sys.inputs`, shown and never run.
    """

    source: Path
    root: Path
    fonts: list[Path]
    timestamp: int
    standards: list[str]
    inputs: dict[str, str] = field(default_factory=dict)

    def request(self) -> dict[str, Any]:
        """The arguments of Typst, as JSON can hold them."""
        return {
            "input": str(self.source),
            "root": str(self.root),
            "font_paths": [str(path) for path in self.fonts],
            "timestamp": self.timestamp,
            "pdf_standards": self.standards,
            "sys_inputs": self.inputs,
        }


def typeset(document: Document) -> bytes:
    """The PDF, set with the fonts of the document alone.

    Raises
    ------
    PublishError
        For any error and any warning of Typst, with the place if it gives one.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "document.pdf"
        found = _findings_of_child(document.request(), target)
        if found:
            raise PublishError(f"Typst, {document.source.name}: " + "\n".join(found))
        return target.read_bytes()


def pictures(document: Document, dots: int) -> list[bytes]:
    """Every page as PNG, with so many dots an inch.

    Raises
    ------
    PublishError
        For any error and any warning of Typst, with the place if it gives one.
    """
    with tempfile.TemporaryDirectory() as folder:
        request = document.request() | {"format": "png", "ppi": dots, "pdf_standards": []}
        found = _findings_of_child(request, Path(folder) / "page")
        if found:
            raise PublishError(f"Typst, {document.source.name}: " + "\n".join(found))
        pages = sorted(Path(folder).iterdir(), key=lambda path: int(path.suffix[1:]))
        return [page.read_bytes() for page in pages]


def _findings_of_child(request: dict[str, Any], target: Path) -> list[str]:
    command = [sys.executable, "-m", "analysis.publish.typesetting", str(target)]
    done = run("Typst", command, json.dumps(request))
    return json.loads(done.stdout) if done.returncode == 0 else [done.stderr.decode().strip()]


def _compile(request: dict[str, Any], target: Path) -> list[str]:
    try:
        made, warnings = typst.compile_with_warnings(
            **{"format": "pdf"} | request, ignore_system_fonts=True
        )
    except typst.TypstError as error:
        return [_words(error)]
    if not warnings:
        _write(made, target, paged=request.get("format") == "png")
    return [_words(warning) for warning in warnings]


def _write(made: Any, target: Path, *, paged: bool) -> None:
    """Write a PDF to `target`, pages to files of its name and their number."""
    if not paged:
        target.write_bytes(bytes(made))
        return
    for number, page in enumerate(made if isinstance(made, list) else [made], 1):
        target.with_name(f"{target.name}.{number}").write_bytes(page)


def _words(finding: Any) -> str:
    return str(getattr(finding, "diagnostic", "") or finding).strip()


if __name__ == "__main__":
    json.dump(_compile(json.load(sys.stdin), Path(sys.argv[1])), sys.stdout)
