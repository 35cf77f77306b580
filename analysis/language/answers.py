"""What each notebook finds: its answer as a text, from the facts of an edition."""

from analysis.editions import Edition
from analysis.language.facts import Speaker
from analysis.language.sentences import ANSWERS, ORIGINAL, Sentences


def answer(edition: Edition, notebook: str) -> str:
    """The answer of a notebook, called without its number, such as ``regions``, as Markdown.

    Like all explanations of the notebooks it is English, with the words of the facts.

    Raises
    ------
    RefusedValueError
        If the edition has no results yet, or lacks a fact that the answer is made of.
    """
    facts = Speaker(edition).facts()
    return Sentences(ANSWERS, ORIGINAL, edition.root, facts).say(f"answer_{notebook}")
