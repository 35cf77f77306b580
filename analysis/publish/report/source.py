"""The report as written: project settings, front matter, body and variables."""

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.editions.yaml_texts import yaml_values
from analysis.publish.errors import PublishError

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class Report:
    """One ``.qmd`` file and the project around it.

    Attributes
    ----------
    root : pathlib.Path
        The project folder, that of ``_quarto.yml``.
    path : pathlib.Path
        The ``.qmd`` file relative to `root`.
    project, front, variables : dict
        ``_quarto.yml``, the front matter and ``_variables.yml``.
    body : str
        What follows the front matter.
    first_line : int
        The line of the file on which `body` starts.
    """

    root: Path
    path: Path
    project: dict[str, Any]
    front: dict[str, Any]
    variables: dict[str, Any]
    body: str
    first_line: int

    def metadata(self, target: str) -> dict[str, Any]:
        """Merge the settings as Quarto does: project, then document, each with its format's.

        Parameters
        ----------
        target : str
            ``html`` or ``typst``.
        """
        merged: dict[str, Any] = {}
        for layer in (self.project, self.front):
            formats = layer.get("format")
            own = formats.get(target) if isinstance(formats, dict) else None
            merged |= layer | (own if isinstance(own, dict) else {})
        return merged | {"by-author": _authors(merged.get("author"))}

    @property
    def outputs(self) -> list[Path]:
        """The HTML and the PDF that it is rendered to, relative to the project folder."""
        folder = Path(self.project["project"].get("output-dir", "."))
        return [folder / self.path.with_suffix(suffix).name for suffix in (".html", ".pdf")]

    @property
    def timestamp(self) -> int:
        """Seconds since 1970 of the report's date, for the PDF: the same on every run."""
        try:
            day = datetime.date.fromisoformat(str(self.front["date"]))
        except (KeyError, ValueError):
            raise PublishError(f"{self.path}: the front matter needs an ISO date") from None
        start = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        return int(start.timestamp())


def read_report(root: Path, document: str | None = None) -> Report:
    """Read a report of the project in `root`: `document`, or the one in ``project: render``."""
    project = _read_yaml(root / "_quarto.yml")
    rendered = project.get("project", {}).get("render") or []
    if len(rendered) != 1:
        raise PublishError(f"_quarto.yml: project.render must name one file, not {rendered}")
    path = Path(document or rendered[0])
    if not (root / path).is_file():
        raise PublishError(f"there is no {path} to render")
    text = (root / path).read_text("utf8")
    matter = FRONT_MATTER.match(text)
    if matter is None:
        raise PublishError(f"{path}: does not start with front matter between two lines of ---")
    return Report(
        root=root,
        path=path,
        project=project,
        front=_plain(yaml_values(matter[1])),
        variables=_read_yaml(root / "_variables.yml"),
        body=text[matter.end() :],
        first_line=text[: matter.end()].count("\n") + 1,
    )


def _read_yaml(path: Path) -> dict[str, Any]:
    return _plain(yaml_values(path.read_text("utf8"))) if path.is_file() else {}


def _plain(settings: Any) -> Any:
    """Turn what YAML reads as dates back into ISO text."""
    return json.loads(json.dumps(settings, default=str))


def _authors(authors: Any) -> list[dict[str, Any]]:
    """Bring ``author`` into the shape that Quarto hands to its templates."""
    listed = authors if isinstance(authors, list) else [authors] if authors else []
    people = [author if isinstance(author, dict) else {"name": author} for author in listed]
    return [
        {"name": {"literal": person["name"]}, "affiliations": _affiliations(person)}
        for person in people
    ]


def _affiliations(person: dict[str, Any]) -> list[dict[str, Any]]:
    listed = person.get("affiliations") or person.get("affiliation") or []
    listed = listed if isinstance(listed, list) else [listed]
    return [item if isinstance(item, dict) else {"name": item} for item in listed]
