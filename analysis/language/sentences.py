"""Sentences of a language: macros of a file of its folder, ``sections/en`` and its like.

A section of the report is one text for all editions, with facts in it. Where an edition may lack
the facts of a sentence, the section quotes ``{{< var say.name >}}`` in its place, and the macro
`name` of one of the files `OF_THE_REPORT` says it: with the facts, or what is lost. Sentences that
facts name, those of pages and of the workbook, and the forms of numbers stand in files of their
own; there the parameters of a macro are the values that it needs.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.runtime import Macro

from analysis.editions import ROOT
from analysis.index.refusal import RefusedValueError

ORIGINAL = "en"
# What the report says where evidence may be lacking, what facts name, what city pages, site and
# explorer say, what the audit workbook does, and how numbers are written.
SENTENCES, SAID = "sentences.jinja", "said.jinja"
# The files in which the report finds what it quotes; no name stands in two of them.
OF_THE_REPORT = (SENTENCES, "titles.jinja")
PAGES, WORKBOOK, FORMATS = "pages.jinja", "workbook.jinja", "formats.jinja"
# What each notebook finds.
ANSWERS = "answers.jinja"
# What is to be seen in each figure.
ALTERNATIVES = "alternatives.jinja"


def prose(language: str) -> Path:
    """Folder of the prose of a language, below the root of the project."""
    return Path("sections", language)


@lru_cache(maxsize=64)  # compiling takes nearly all the time, and facts and filters come later
def compiled(text: str, filters: frozenset[str], tests: frozenset[str]) -> CodeType:
    """The code of a file of sentences, which may call filters and tests of these names."""
    environment = Environment()
    environment.filters |= dict.fromkeys(filters, not_yet)
    environment.tests |= dict.fromkeys(tests, not_yet)
    return environment.compile(text)


def not_yet(*_: object) -> str:
    """What stands for a filter while code is made, so that none of its values becomes part of it.

    Raises
    ------
    TemplateError
        Always; the filter itself is asked once the code runs.
    """
    raise TemplateError


@dataclass(frozen=True)
class Sentences:
    """The sentences of one file of a language.

    Attributes
    ----------
    name : str
        Name of the file.
    language : str
        The language, whose folder holds the file.
    root : Path
        Root of the project.
    facts : mapping
        What the macros may read besides their parameters.
    filters : mapping of str to callable
        What they may call, besides `plain`: a number as short as it is. They may ask whether a fact
        `is nothing` or `is yes`.
    """

    name: str
    language: str = ORIGINAL
    root: Path = ROOT
    facts: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """The file, below the root."""
        return prose(self.language) / self.name

    @cached_property
    def macros(self) -> object:
        """The sentences by name.

        Raises
        ------
        RefusedValueError
            If the language has no such file, or it is no template.
        """
        path = self.root / self.file
        if not self.is_there:
            raise RefusedValueError(f"{self.file.as_posix()}: the language has no such file")
        environment = Environment(undefined=StrictUndefined)
        filters = {"plain": "{:g}".format, **self.filters}
        tests = {"nothing": self.is_nothing, "yes": self.is_yes}
        environment.filters |= filters
        environment.tests |= tests
        try:
            code = compiled(path.read_text("utf8"), frozenset(filters), frozenset(tests))
            template = Template.from_code(environment, code, environment.make_globals(None))
            return template.make_module(dict(self.facts))
        except TemplateSyntaxError as error:
            place = f"{self.file.as_posix()}, line {error.lineno}"
            raise RefusedValueError(f"{place}: {error.message}") from error
        except (TemplateError, UnicodeDecodeError) as error:
            raise RefusedValueError(f"{self.file.as_posix()}: {error}") from error

    @cached_property
    def forms(self) -> "Sentences":
        """How the language writes numbers and lists."""
        return Sentences(FORMATS, self.language, self.root)

    def is_nothing(self, text: object) -> bool:
        """Whether a fact that is said says that there is none, in whichever language."""
        return text == self.forms.say("nothing")

    def is_yes(self, text: object) -> bool:
        """Whether a fact that is said says yes, in whichever language."""
        return text == self.forms.say("answer", holds=True)

    @property
    def is_there(self) -> bool:
        """Whether the language has the file."""
        return (self.root / self.file).is_file()

    def has(self, key: str) -> bool:
        """Whether the file has a macro `key`."""
        return isinstance(getattr(self.macros, key, None), Macro)

    def say(self, key: str, **values: object) -> str:
        """What the macro `key` says of these values, on one line.

        Raises
        ------
        RefusedValueError
            If there is no such macro, or it does not take these values, reads what is not there
            or says nothing.
        """
        if not self.has(key):
            raise RefusedValueError(f"{self.file.as_posix()} has no macro {key}")
        macro = getattr(self.macros, key)
        unknown = sorted(values.keys() - set(macro.arguments))
        if unknown:
            rule = f"the macro {key} does not take {unknown[0]}"
            raise RefusedValueError(f"{self.file.as_posix()}: {rule}")
        try:
            text = " ".join(str(macro(**values)).split())
        except (TemplateError, TypeError) as error:
            raise RefusedValueError(f"{self.file.as_posix()}, macro {key}: {error}") from error
        if not text:
            raise RefusedValueError(f"{self.file.as_posix()}: the macro {key} says nothing")
        return text


def teller(root: Path, facts: Mapping[str, Any], language: str = ORIGINAL) -> Callable[[str], str]:
    """What says a sentence of the report by its name, from whichever of its files has it.

    `facts` are those of an edition, by chapter, with texts that are safe in Markdown, and `known`
    their values, to be asked for what no text should be searched for. The sentence is Markdown on
    one line; one that cannot be said is refused as by `Sentences.say`.
    """
    files = [Sentences(file, language, root, facts) for file in OF_THE_REPORT]
    there = [file for file in files if file.is_there] or files[:1]

    def say(name: str) -> str:
        return next((file for file in there if file.has(name)), there[0]).say(name)

    return say


def sentences(
    root: Path, facts: Mapping[str, Any], names: Collection[str], language: str = ORIGINAL
) -> dict[str, str]:
    """The sentences of the report called `names`, as `teller` says them."""
    say = teller(root, facts, language)
    return {name: say(name) for name in names}
