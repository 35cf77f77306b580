"""A language that nobody speaks: English in which every word of the project bears a mark.

Whatever still shows an unmarked English word then has it from the code, not from the language.
"""

import re
import shutil
from pathlib import Path

import pandas as pd
import yaml
from jinja2 import Environment

from analysis.editions import ROOT, Edition, read_table
from analysis.language.sentences import prose
from analysis.language.texts import TEXTS, texts_of

LANGUAGE = "xx"
MARK = "º"
WORD = re.compile(
    r"(?<![\w\\&#/.])[A-Za-z][A-Za-z’'-]*[A-Za-z](?![\w/(])(?!\.\w)|\b[AaI]\b(?!\.\w)"
)
# What says the words that it is given, and whether a code is given first.
SAYING = {"counted": False, "of_cases": True}
# The title of a callout.
TITLE = re.compile(r'(\{\.callout-\w+ title=")([^"]*)"')
# Parts of sections that are no prose: shortcodes, references, attributes, code, links, formulas.
NO_PROSE = re.compile(
    r"""(\{\{<.*?>\}\} | \{[^}\n]*\} | @[\w:-]+ | `[^`]*` | \$\$.*?\$\$ | \$[^$\n]+\$ | <[^>\n]*>
      | \]\([^)]*\) | https?://\S+ | ^:::.*?$ | &[a-z]+; )""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# Names of columns of words, one for each language, in tables of names.
NAMES = {"labels": "{}", "framework": "name_{}", "tiers": "name_{}", "measures": "name_{}",
         "context_measures": "name_{}", "companies": "name_{}",
         "cities": "province_{}"}  # fmt: skip
# What the settings of the project and Quarto itself say, under their names.
OF_THE_PAGE = {
    "lang": "fr",  # which pandoc knows and the renderer does not
    "toc-title": f"Contents{MARK}",
    "skip-title": f"Skip{MARK} to{MARK} content{MARK}",
    "origins-title": f"How{MARK} this{MARK} was{MARK} made{MARK}",
    "site-title": f"Pages{MARK}",
    "page-words": {
        word: f"{word}{MARK}"
        for word in ("search", "places", "one-place", "no-place", "link", "copied", "next")
    },
    "language": {
        **{f"crossref-{kind}-title": f"{word}{MARK}" for kind, word in
           (("fig", "Figure"), ("tbl", "Table"))},
        **{f"crossref-{kind}-prefix": f"{word}{MARK}" for kind, word in
           (("sec", "Section"), ("eq", "Equation"), ("fig", "Figure"), ("tbl", "Table"))},
        **{f"callout-{kind}-title": f"{kind.title()}{MARK}" for kind in
           ("note", "tip", "warning", "important", "caution")},
    },
}  # fmt: skip
FILES = ("_quarto.yml", "report*.qmd", "data/dictionary.csv")
FOLDERS = ("data/raw", "data/reference", "data/results", "notebooks", "sections", "theme")


def marked(text: str) -> str:
    """Plain text or Markdown with a mark behind every word of the language."""
    text = TITLE.sub(lambda title: f'{title[1]}{marked_words(title[2])}"', text)
    parts = NO_PROSE.split(text)
    return "".join(part if index % 2 else marked_words(part) for index, part in enumerate(parts))


def marked_words(text: str) -> str:
    """Every word with its mark."""
    return WORD.sub(lambda word: word[0] + MARK, text)


def unmarked(text: str, names: set[str]) -> list[str]:
    """Words of two letters or more that bear no mark and are no names."""
    words = re.findall(r"[A-Za-z][A-Za-z’'-]*[A-Za-z](?!\w|[’'-]\w)", text)
    return [word for word in words if word not in names]


def speaking_project(folder: Path) -> Path:
    """A copy of the project in `folder` that speaks the invented language as well."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    for pattern in FILES:
        for path in ROOT.glob(pattern):
            shutil.copy(path, folder / path.relative_to(ROOT))
    teach(Edition("2020", folder))
    return folder


def teach(edition: Edition) -> None:
    """Let the project of an edition speak the invented language as well as English."""
    name_things(edition.reference)
    write_prose(edition.root)
    for name in TEXTS:
        if name in ("dictionary", "sources") or edition.reference_file(f"{name}.csv").is_file():
            write_texts(edition, name)


def name_things(reference: Path) -> None:
    """Names of everything in the invented language, as columns of the tables of names."""
    for table, column in NAMES.items():
        path = reference / f"{table}.csv"
        frame = read_table(path)
        frame[column.format(LANGUAGE)] = frame[column.format("en")].map(marked)
        if table == "labels":
            frame.loc[frame["key"] == "html_language", LANGUAGE] = LANGUAGE
        frame.to_csv(path, index=False, lineterminator="\n")


def write_prose(root: Path) -> None:
    """Sections, sentences and reports in the invented language."""
    target = root / prose(LANGUAGE)
    target.mkdir()
    for path in (root / prose("en")).iterdir():
        if path.suffix == ".qmd":
            (target / path.name).write_text(marked(path.read_text("utf8")), "utf8")
        elif path.suffix == ".jinja":
            (target / path.name).write_text(marked_template(path.read_text("utf8")), "utf8")
    documents = {path.stem: marked_front(path) for path in root.glob("report*.qmd")}
    author = documents["report"].pop("author")
    settings = {"offered": True, "author": author, **OF_THE_PAGE, "documents": documents}
    written = yaml.safe_dump(settings, allow_unicode=True)
    (target / "document.yml").write_text(written, "utf8")


def marked_front(path: Path) -> dict[str, object]:
    """What the front matter of a document says, in the invented language."""
    front = yaml.safe_load(path.read_text("utf8").split("---\n", 2)[1])
    said = ("title", "subtitle", "abstract", "keywords", "author")
    return {key: marked_value(front[key]) for key in said if key in front}


def marked_value(value: object) -> object:
    """A setting with a mark behind every word, in lists and mappings as well."""
    if isinstance(value, list):
        return [marked_value(part) for part in value]
    if isinstance(value, dict):
        return {key: marked_value(part) for key, part in value.items()}
    return marked(str(value))


def marked_template(text: str) -> str:
    """A template with a mark behind every word that it says itself."""
    tokens = [(kind, value) for _, kind, value in Environment().lexer.tokeniter(text, None)]
    shown = [place for place, (kind, _) in enumerate(tokens) if kind != "whitespace"]
    around = dict(zip(shown, zip(["", *shown], [*shown[1:], ""], strict=False), strict=True))
    saying, brackets, out = "", [], []
    for place, (kind, value) in enumerate(tokens):
        if kind in ("name", "operator"):
            saying = value if value in SAYING else saying * (value != ")")
        if (kind, value) == ("operator", "["):
            before = tokens[around[place][0]]
            index = (before[0] == "name" and before[1] != "in") or before[1] in {"]", ")"}
            brackets.append(index)
        elif (kind, value) == ("operator", "]"):
            brackets.pop()
        # The first of a pair is its key.
        key = around.get(place, ("", ""))[0] != "" and tokens[around[place][0]][1] == "("
        listed = brackets[-1:] == [False] and "_" not in value and not key
        said = kind == "data" or (
            kind == "string"
            and brackets[-1:] != [True]
            and (
                (saying and not (key and SAYING[saying]))
                or listed
                or " " in value
                or is_choice(tokens, *around[place])
            )
        )
        out.append(marked(value) if said else value)
    return "".join(out)


def is_choice(tokens: list[tuple[str, str]], before: int | str, after: int | str) -> bool:
    """Whether the text between two tokens is one of two: "this" if … else "that"."""
    following = tokens[after][1] if after != "" else ""
    preceding = tokens[before][1] if before != "" else ""
    return following == "if" or preceding == "else"


def write_texts(edition: Edition, name: str) -> None:
    """The texts of a reference table in the invented language, beside the English ones."""
    folder = edition.root / prose(LANGUAGE) / "texts"
    folder.mkdir(exist_ok=True)
    texts = pd.Series(texts_of(name, texts_table(edition, name)), dtype=object)
    frame = pd.DataFrame({"en": texts, LANGUAGE: texts.map(marked)})
    frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def texts_table(edition: Edition, name: str) -> pd.DataFrame:
    """The English table that a table of texts translates."""
    if name == "dictionary":
        return read_table(edition.root / "data" / "dictionary.csv")
    if name == "sources":
        tables = [read_table(path) for path in sorted(edition.root.glob("data/raw/*/sources.csv"))]
        return pd.concat(tables, ignore_index=True)
    return edition.reference_table(name).astype(str)
