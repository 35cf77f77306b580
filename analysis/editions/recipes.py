"""The recipe of a raw file: how it is read, kept beside it and applied each time it is read.

The file itself stays as it came. A recipe is `recipes/<file>.yml` in the folder of the edition; its
words are those of Frictionless' table dialect and schema where these have one (`headerRows`,
`headerJoin`, `delimiter`, `encoding`, `missingValues`, `decimalChar`, `groupChar`), and ours for
the rest: `layout`, `leaveOut`, `leaveOutColumns`, `names`. A file without a recipe has its
headings in its first line and nothing but figures below.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis.editions.edition import Edition
from analysis.editions.text_tables import Flaw, UnreadableTableError, file_content
from analysis.editions.yaml_texts import yaml_file, yaml_text
from analysis.index.refusal import RefusedValueError

FOLDER = "recipes"
LAYOUTS = ("table", "long")
ROWS = ("provinces", "notes")
HEAD = """\
# How {file} is read: edit it by hand, or run `import` again. docs/rerun.md explains the words.
"""


@dataclass(frozen=True)
class Omission:
    """What is left out of a table and why: `rows` of a kind, one `place`, or one `line`."""

    reason: str
    rows: str = ""
    place: str = ""
    line: int = 0


@dataclass(frozen=True)
class Recipe:
    """How a raw file is read; the field `words` of each attribute is its word in the file."""

    encoding: str = field(default="", metadata={"word": "encoding"})
    delimiter: str = field(default="", metadata={"word": "delimiter"})
    header_rows: tuple[int, ...] = field(default=(1,), metadata={"word": "headerRows"})
    header_join: str = field(default=" / ", metadata={"word": "headerJoin"})
    missing_values: tuple[str, ...] = field(default=(), metadata={"word": "missingValues"})
    decimal_char: str = field(default=".", metadata={"word": "decimalChar"})
    group_char: str = field(default="", metadata={"word": "groupChar"})
    layout: str = field(default="table", metadata={"word": "layout"})
    indicator: str = field(default="", metadata={"word": "indicator"})
    unit: str = field(default="", metadata={"word": "unit"})
    value: str = field(default="", metadata={"word": "value"})
    leave_out: tuple[Omission, ...] = field(default=(), metadata={"word": "leaveOut"})
    leave_out_columns: tuple[str, ...] = field(default=(), metadata={"word": "leaveOutColumns"})
    names: tuple[tuple[str, str], ...] = field(default=(), metadata={"word": "names"})


WORDS = {each.metadata["word"]: each for each in fields(Recipe)}


def recipe_path(edition: Edition, table: str) -> Path:
    """Where the recipe of raw table `table` lies."""
    return edition.raw / FOLDER / f"{table}.yml"


def recipe_of(edition: Edition, table: str) -> Recipe | None:
    """The recipe of a raw table, if there is one.

    Raises
    ------
    UnreadableTableError
        If it is no YAML, or says what no recipe can say; the rule names what it can.
    """
    path = recipe_path(edition, table)
    if not path.is_file():
        return None
    file_content(path)  # unless it is too large to be a recipe
    try:
        found = yaml_file(path.parent, Path(path.name))
    except RefusedValueError as error:
        raise UnreadableTableError(path, [Flaw("", str(error))]) from error
    flaws = [Flaw("", rule, word, str(value)[:80]) for word, value, rule in wrong_words(found)]
    if flaws:
        raise UnreadableTableError(path, flaws)
    return recipe_from(found)


def wrong_words(found: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """Words of a recipe that are none, or whose values are not what they must be."""
    wrong = [
        (word, value, f"is no word of a recipe; there are {', '.join(WORDS)}")
        for word, value in found.items()
        if word not in WORDS
    ]
    wrong += [(word, found[word], RULES[word][1]) for word in RULES
              if word in found and not RULES[word][0](found[word])]  # fmt: skip
    if (
        not wrong
        and found.get("layout") == "long"
        and not (found.get("indicator") and found.get("value"))
    ):
        rule = "a long table needs the headings of its columns under indicator and value"
        wrong.append(("layout", "long", rule))
    return wrong


def is_omission(found: object) -> bool:
    """Whether a mapping says what to leave out, and why."""
    if not isinstance(found, Mapping) or not isinstance(found.get("reason"), str):
        return False
    what = set(found) - {"reason"}
    return (
        (what == {"rows"} and found["rows"] in ROWS)
        or (what == {"place"} and isinstance(found["place"], str))
        or (what == {"line"} and isinstance(found["line"], int) and found["line"] > 0)
    )


def is_text_list(found: object) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(found, list) and all(isinstance(each, str) for each in found)


def is_line_list(found: object) -> bool:
    """Whether a value is a list of lines, one after another."""
    return (
        isinstance(found, list)
        and len(found) > 0
        and all(isinstance(each, int) and each > 0 for each in found)
        and found == sorted(set(found))
    )


def is_text(found: object) -> bool:
    """Whether a value is a text."""
    return isinstance(found, str)


TEXTS = ("encoding", "headerJoin", "groupChar", "indicator", "unit", "value")
RULES = {
    **dict.fromkeys(TEXTS, (is_text, "must be a text")),
    "delimiter": (lambda found: is_text(found) and len(found) == 1, "must be one character"),
    "decimalChar": (lambda found: found in (".", ","), "must be . or ,"),
    "layout": (lambda found: found in LAYOUTS, f"must be one of {', '.join(LAYOUTS)}"),
    "headerRows": (is_line_list, "must list the lines of the head, from above, such as [3, 4]"),
    "missingValues": (is_text_list, "must list texts, such as ['—', '…']"),
    "leaveOutColumns": (is_text_list, "must list headings"),
    "leaveOut": (
        lambda found: isinstance(found, list) and all(map(is_omission, found)),
        "must list what is left out, each with a reason: "
        f"rows ({' or '.join(ROWS)}), a place by its name, or a line by its number",
    ),
    "names": (
        lambda found: isinstance(found, Mapping) and is_text_list([*found, *found.values()]),
        "must say of names as printed which city each means, by its code as a text",
    ),
}  # fmt: skip


def recipe_from(found: Mapping[str, Any]) -> Recipe:
    """The recipe that the words of a file make; they must not be `wrong_words`."""
    values = {WORDS[word].name: value for word, value in found.items()}
    for name in ("header_rows", "missing_values", "leave_out_columns"):
        if name in values:
            values[name] = tuple(values[name])
    if "leave_out" in values:
        values["leave_out"] = tuple(Omission(**each) for each in values["leave_out"])
    if "names" in values:
        values["names"] = tuple(values["names"].items())
    return Recipe(**values)


def recipe_text(table: str, recipe: Recipe) -> str:
    """A recipe as it is written: what is as usual is left out, but for the head."""
    written = {
        word: plain(getattr(recipe, each.name))
        for word, each in WORDS.items()
        if getattr(recipe, each.name) != each.default or word == "headerRows"
    }
    return HEAD.format(file=table) + yaml_text(written)


def plain(value: Any) -> Any:
    """A value of a recipe in the types of YAML."""
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], Omission):
        return [{name: part for name, part in vars(each).items() if part} for each in value]
    return dict(value) if value and isinstance(value[0], tuple) else list(value)
