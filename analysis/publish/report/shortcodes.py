"""Expansion of the four shortcodes that the report may use: embed, var, meta and include.

What a shortcode brings in is never looked at again for shortcodes, except the prose of an included
file. Fenced code shows a shortcode that is written with one brace more, ``{{{< var a >}}}``; the
plain one is refused there, as Quarto would expand it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.publish.errors import Place, PublishError
from analysis.publish.notebooks.cells import embed_cell
from analysis.publish.report.source import Report

SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*([\w-]+)\s+([^\s{}<>]+)\s*>\}\}")
SHOWN_SHORTCODE = re.compile(r"\{(\{\{<.*?>\}\})\}")
OPENER = "{{<"
FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})(.*)$")
DIALECT = ("embed", "var", "meta", "include")


@dataclass
class Expanded:
    """The expanded Markdown, line by line, with the source line that each came from."""

    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The Markdown to hand to pandoc."""
        return "\n".join(self.lines) + "\n"

    def place_of(self, words: str) -> Place | None:
        """Return where `words` first stands, or None."""
        pairs = zip(self.lines, self.places, strict=True)
        return next((place for line, place in pairs if words in line), None)


def expand(report: Report) -> Expanded:
    """Expand every shortcode in the body of the report.

    Raises
    ------
    PublishError
        Naming file and line, for a shortcode outside the dialect and for a variable, notebook,
        cell or file that is missing.
    """
    expanded = Expanded()
    for line, place in _included_lines(report, report.path, report.body, report.first_line, ()):
        for part in line.split("\n"):
            expanded.lines.append(part)
            expanded.places.append(place)
    return expanded


def expand_setting(report: Report, value: Any) -> Any:
    """Expand var and meta in the texts of a setting of the front matter, such as the abstract."""
    if isinstance(value, dict):
        return {key: expand_setting(report, item) for key, item in value.items()}
    if isinstance(value, list):
        return [expand_setting(report, item) for item in value]
    if isinstance(value, str) and OPENER in value:
        return _expand_line(report, value, Place(report.path, 1))
    return value


def _included_lines(
    report: Report, path: Path, text: str, first: int, parents: tuple[Path, ...]
) -> Iterator[tuple[str, Place]]:
    fence = ""
    for number, line in enumerate(text.splitlines(), first):
        place = Place(path, number)
        fence, inside = _follow_fence(line, fence)
        match = SHORTCODE.fullmatch(line.strip())
        if OPENER not in line:
            yield line, place
        elif inside:
            yield _shown_line(line, place), place
        elif match and match[1] == "include":
            target = _include_target(report, place, match[2], (*parents, path))
            included = (report.root / target).read_text("utf8")
            yield from _included_lines(report, target, included, 1, (*parents, path))
        else:
            yield _expand_line(report, line, place), place


def _follow_fence(line: str, fence: str) -> tuple[str, bool]:
    """Return the fence that is open after this line and whether the line belongs to code."""
    match = FENCE.match(line)
    if not fence:
        return (match[1], True) if match and "`" not in match[2] else ("", False)
    closes = match and not match[2].strip() and match[1].startswith(fence)
    return ("" if closes else fence), True


def _shown_line(line: str, place: Place) -> str:
    if OPENER in SHOWN_SHORTCODE.sub("", line):
        raise PublishError(
            f"{place}: a shortcode in code has three braces, {{{{{{< … >}}}}}}: {line.strip()}"
        )
    return SHOWN_SHORTCODE.sub(r"\1", line)


def _expand_line(report: Report, line: str, place: Place) -> str:
    alone = SHORTCODE.fullmatch(line.strip()) is not None
    rest = SHORTCODE.sub("", line)
    if OPENER in rest:
        raise PublishError(f"{place}: this is not a shortcode of the report: {rest.strip()}")
    return SHORTCODE.sub(lambda match: _value(report, match[1], match[2], place, alone), line)


def _value(report: Report, name: str, argument: str, place: Place, alone: bool) -> str:
    if name not in DIALECT:
        raise PublishError(f"{place}: shortcode {name!r} is not one of {', '.join(DIALECT)}")
    if name == "var":
        return _look_up(report.variables, argument, f"{place}: no variable {argument!r}")
    if name == "meta":
        settings = report.project | report.front
        return _look_up(settings, argument, f"{place}: no setting {argument!r}")
    if not alone:
        raise PublishError(f"{place}: {name} must stand alone on its line")
    return _embedded(report, argument, place)


def _look_up(values: dict[str, Any], argument: str, missing: str) -> str:
    value: Any = values
    for key in argument.split("."):
        if not isinstance(value, dict) or key not in value:
            raise PublishError(missing)
        value = value[key]
    if isinstance(value, dict | list) or value is None:
        raise PublishError(f"{missing} that is one text or number")
    return str(value)


def _embedded(report: Report, argument: str, place: Place) -> str:
    notebook, mark, label = argument.partition("#")
    if not mark or not label:
        raise PublishError(f"{place}: embed needs notebook#label, not {argument}")
    try:
        return embed_cell(report.root, notebook, label)
    except PublishError as error:
        raise PublishError(f"{place}: {error}") from None


def _include_target(report: Report, place: Place, argument: str, parents: tuple[Path, ...]) -> Path:
    """Find the included file, relative to the file that includes it, as Quarto does."""
    root = report.root.resolve()
    absolute = (root / place.path.parent / argument).resolve()
    if not absolute.is_relative_to(root) or not absolute.is_file():
        raise PublishError(f"{place}: there is no file {argument} in the project to include")
    target = absolute.relative_to(root)
    if target.parts[0] == "_build":
        raise PublishError(f"{place}: {argument} is generated; Quarto includes before generating")
    if target in parents:
        raise PublishError(f"{place}: {argument} includes itself")
    return target
