"""Sentences that depend on what an edition has figures of.

A section of the report is one text for all editions, with facts in it. Where an edition may lack
the facts of a sentence, the section quotes ``{{< var say.name >}}`` in its place, and the macro
`name` of ``sections/sentences.jinja`` says it: with the facts, or what is lost.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from analysis.index.refusal import RefusedValueError

SENTENCES = Path("sections", "sentences.jinja")


def sentences(root: Path, facts: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """The sentences called `names`, each as Markdown on one line.

    `facts` are those of an edition, by chapter, with texts that are safe in Markdown.

    Raises
    ------
    RefusedValueError
        For a name without a macro, a macro that reads a fact that is not there, and one that says
        nothing.
    """
    if not names:
        return {}
    text = (root / SENTENCES).read_text("utf8")
    try:
        macros = Environment(undefined=StrictUndefined).from_string(text).make_module(dict(facts))
        return {name: _said(macros, name) for name in names}
    except TemplateError as error:
        raise RefusedValueError(f"{SENTENCES.as_posix()}: {error}") from error


def _said(macros: object, name: str) -> str:
    macro = getattr(macros, name, None)
    if macro is None:
        raise RefusedValueError(f"{SENTENCES.as_posix()} has no macro {name}")
    text = " ".join(str(macro()).split())
    if not text:
        raise RefusedValueError(f"{SENTENCES.as_posix()}: the macro {name} says nothing")
    return text
