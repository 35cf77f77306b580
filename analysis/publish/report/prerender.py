"""The pre-render step: everything that the report quotes and that is not in git."""

import html
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path
from typing import Any

from analysis.editions import Edition
from analysis.editions.storage import write_changed, write_whole
from analysis.editions.yaml_texts import yaml_text
from analysis.figures import font_files
from analysis.figures.font_files import copy_fonts, faces_in
from analysis.language.facts import Speaker
from analysis.language.languages import offered_languages
from analysis.language.markdown import escape_markdown
from analysis.language.sentences import prose, sentences
from analysis.publish import web_fonts
from analysis.publish.errors import Progress, PublishError, silent
from analysis.publish.notebooks.execution import execute_all
from analysis.publish.report.origins import embedded_notebooks, quoted_sentences
from analysis.publish.report.source import Report
from analysis.publish.stamps import Step, is_current, record
from analysis.publish.web_fonts import html_style

PROSE = ("_quarto.yml", "_variables.yml", "*.qmd", "sections/*.qmd")
OWN_NAME = "digital-city-top100"
WORD = re.compile(r"[\w-]+")
IMPORT = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
# Rooms that say and show results, and neither compute nor draw: their tools are no libraries of
# the analysis.
SHOWING = ("publish", "commands", "language")
# The ends of a shortcode, {{< and >}} or {{</* and */>}}, as escape_markdown writes them.
SHORTCODE_OPENER = re.compile(r"(&#123;&#123;&#60;(?:&#47;&#42;)?)(?: |$)")
SHORTCODE_CLOSER = re.compile(r"(?:^| )((?:&#42;&#47;)?&#62;&#125;&#125;)")
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\N{NO-BREAK SPACE}–—‘’“”…·•"
RENDERERS_OWN = "图表小节式注记提示警告重要注意圖節方程註釋目录目錄"


def prerender(
    root: Path,
    edition: str,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress = silent,
    document: Report | None = None,
) -> None:
    """Prepare the report of `root`, doing only what is not current.

    Copies the fonts into ``_build/fonts``, executes the notebooks, writes ``_variables.yml`` from
    the edition's ``facts.yml``, and the fonts of the HTML into ``_build/fonts.html``.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    edition : str
        The folder of ``data/results`` whose ``facts.yml`` the report quotes.
    parameters : mapping, optional
        Handed to the notebooks.
    progress : callable
        Told what is going on.
    document : Report, optional
        The report that is prepared: only the notebooks that it embeds are executed, and the
        sentences that it quotes are said. Without it every notebook is executed.

    Raises
    ------
    PublishError
        If a notebook fails or the facts hold anything but texts and numbers.
    RefusedValueError
        If there are no facts, or the language cannot say one.
    """
    language = (parameters or {}).get("language", "en")
    _copy_fonts(root, language)  # a font that is lacking is named before anything else is done
    notebooks = embedded_notebooks(document) if document else None
    execute_all(root, parameters, progress, notebooks)
    write_variables(root, edition, quoted_sentences(document) if document else (), language)
    _write_font_style(root, edition, progress, language)


def write_variables(
    root: Path, edition: str, said: Collection[str] = (), language: str = "en"
) -> None:
    """Write ``_variables.yml``: ``data/results/<edition>/facts.yml`` in a language, escaped.

    Here, and here alone, the facts of the report become texts. ``built_with.libraries`` is added:
    the libraries with their installed versions; and ``say``: the sentences called `said`.
    """
    speaker = Speaker(Edition(edition, root), language)
    values = speaker.facts()
    values |= {"built_with": {"libraries": ", ".join(libraries())}}
    variables = escaped(values, "facts.yml")
    known = variables | {"known": speaker.edition.facts}
    variables |= {"say": sentences(root, known, said, language)} if said else {}
    write_changed(root / "_variables.yml", yaml_text(variables))


def libraries() -> list[str]:
    """The libraries that the analysis and its figures import, each with its installed version.

    Those that only some users install are left out, so that the text is the same everywhere.
    """
    package = Path(__file__).parents[2]
    texts = [
        path.read_text("utf8")
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0] not in SHOWING
    ]
    imported = {name for text in texts for name in IMPORT.findall(text)}
    known = packages_distributions()
    names = {known[name][0] for name in imported - sys.stdlib_module_names if name in known}
    lines = [line for line in requires(OWN_NAME) or [] if ";" not in line]
    needed = {name.lower() for line in lines for name in WORD.findall(line)[:1]}
    chosen = sorted((name for name in names if name.lower() in needed), key=str.lower)
    return [f"{name} {version(name)}" for name in chosen]


def escaped(value: Any, where: str) -> Any:
    """Facts with their texts made safe in Markdown; what is neither text nor number is refused."""
    if isinstance(value, dict):
        return {key: escaped(item, f"{where}: {key}") for key, item in value.items()}
    if isinstance(value, str):
        return _without_shortcodes(escape_markdown(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise PublishError(f"{where}: a fact is a text or a number, not {value!r}")


def _without_shortcodes(escaped: str) -> str:
    """The escaped text with no-break spaces inside ``{{< a >}}``.

    Quarto looks for shortcodes in a variable once more when its marks have become letters again,
    and knows them by the words that they begin and end with.
    """
    return SHORTCODE_CLOSER.sub(r"&nbsp;\1", SHORTCODE_OPENER.sub(r"\1&nbsp;", escaped))


def _copy_fonts(root: Path, language: str) -> None:
    names = tuple(f"_build/fonts/{face.file}" for face in faces_in(language))
    step = Step(f"fonts-{language}", ("requirements.lock",), names)
    if not is_current(root, step):
        copy_fonts(root / "_build" / "fonts", language)
        record(root, step)


def _write_font_style(root: Path, edition: str, progress: Progress, language: str) -> None:
    characters = shown_characters(root, language) | language_names(root, edition)
    faces = faces_in(language)
    settings = {
        "characters": "".join(sorted(characters)),
        "faces": [face.file for face in faces],
    }
    fonts = [str(module.__file__) for module in (web_fonts, font_files)]
    step = Step("font-style", (*fonts, "requirements.lock"), ("_build/fonts.html",), settings)
    if is_current(root, step):
        return
    progress("reducing the fonts to the characters used", 0, 1)
    write_whole(root / "_build" / "fonts.html", html_style(characters, faces))
    record(root, step)
    progress("reducing the fonts to the characters used", 1, 1)


def shown_characters(root: Path, language: str = "en") -> set[str]:
    """Return every character that the report may show: prose, settings, outputs, own words."""
    characters = set(ALWAYS + RENDERERS_OWN)
    for pattern in (*PROSE, f"{prose(language).as_posix()}/*.qmd"):
        for path in root.glob(pattern):
            characters |= set(html.unescape(path.read_text("utf8")))
    for path in (root / "_build" / "notebooks").glob("*.ipynb"):
        for text in _shown_outputs(path):
            characters |= set(html.unescape(text))
    return {character for character in characters if character.isprintable()}


def language_names(root: Path, edition: str) -> set[str]:
    """Return the characters of the links between languages, which the finished page gets."""
    offered, labels = offered_languages(root), Edition(edition, root).labels
    names = [labels(name)["language_name"] for name in offered if len(offered) > 1]
    return set("".join(names))


def _shown_outputs(path: Path) -> Iterator[str]:
    for cell in json.loads(path.read_text("utf8"))["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield "".join(data.get("text/markdown", ""))
            yield web_fonts.svg_words("".join(data.get("image/svg+xml", "")))
