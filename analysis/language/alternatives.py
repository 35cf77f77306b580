"""What is to be seen in each figure of an edition, for whoever hears the report read.

A language says it in ``alternatives.jinja``, a macro for each figure, with the facts of the
edition: what is true of the figure of one edition need not be true of that of another.
"""

import re
from collections.abc import Collection

from analysis.editions import Edition
from analysis.language.facts import Speaker
from analysis.language.sentences import ALTERNATIVES, ORIGINAL, Sentences, prose

MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\(\)")


def alternative_texts(
    edition: Edition, figures: Collection[str] | None = None, language: str = ORIGINAL
) -> dict[str, str]:
    """Alternative texts by the label of the cell that draws the figure.

    Those of `figures` alone, or of all; none if the language has no such file.

    Raises
    ------
    RefusedValueError
        If a text cannot be said, with the file.
    """
    path = edition.root / prose(language) / ALTERNATIVES
    if not path.is_file():
        return {}
    labels = [name.replace("_", "-") for name in MACRO.findall(path.read_text("utf8"))]
    wanted = [label for label in labels if figures is None or label in figures]
    if not wanted:
        return {}
    facts = Speaker(edition, language).facts()
    found = Sentences(ALTERNATIVES, language, edition.root, facts)
    return {label: found.say(label.replace("-", "_")) for label in wanted}
