"""Sentences that depend on what an edition has figures of.

A section of the report is one text for all editions, with facts in it. Where an edition may lack
the facts of a sentence, the section quotes ``{{< var say.name >}}`` in its place, and the macro
`name` of ``sentences.jinja`` says it: with the facts, or what is lost. The sections and the
sentences of a language stand in one folder, ``sections/en`` and its like.
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from analysis.index.refusal import RefusedValueError

SENTENCES = "sentences.jinja"


def prose(language: str) -> Path:
    """Folder of the prose of a language, below the root of the project."""
    return Path("sections", language)


def sentences(
    root: Path, facts: Mapping[str, Any], names: Collection[str], language: str = "en"
) -> dict[str, str]:
    """The sentences called `names` in a language, each as Markdown on one line.

    `facts` are those of an edition, by chapter, with texts that are safe in Markdown.

    Raises
    ------
    RefusedValueError
        For a name without a macro, a macro that reads a fact that is not there, and one that says
        nothing.
    """
    if not names:
        return {}
    file = prose(language) / SENTENCES
    macros = macros_of(root, file, facts)
    return {name: sentence(macros, file, name) for name in names}


def macros_of(
    root: Path,
    file: Path,
    facts: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> object:
    """The macros of a file below `root`, which may read `facts` and use `filters`.

    Raises
    ------
    RefusedValueError
        If the file is no template.
    """
    environment = Environment(undefined=StrictUndefined)
    environment.filters |= filters or {}
    try:
        return environment.from_string((root / file).read_text("utf8")).make_module(dict(facts))
    except TemplateError as error:
        raise RefusedValueError(f"{file.as_posix()}: {error}") from error


def sentence(macros: object, file: Path, name: str, **values: object) -> str:
    """What the macro `name` of a file says of these values, on one line.

    Raises
    ------
    RefusedValueError
        If there is no such macro, or it reads what is not there or says nothing.
    """
    macro = getattr(macros, name, None)
    if macro is None:
        raise RefusedValueError(f"{file.as_posix()} has no macro {name}")
    try:
        text = " ".join(str(macro(**values)).split())
    except TemplateError as error:
        raise RefusedValueError(f"{file.as_posix()}: {error}") from error
    if not text:
        raise RefusedValueError(f"{file.as_posix()}: the macro {name} says nothing")
    return text
