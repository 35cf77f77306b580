"""Chinese shows no Latin word but those of a list, names of cities, and codes of the tables.

Everything that a reader is shown comes from the files of its language, as the pages in an invented
language prove (`tests/publish/test_languages.py`); so these are read, what facts say, and pages.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from analysis.editions import Edition, load, read_table
from analysis.language.facts import Speaker
from analysis.language.names import words
from analysis.language.sentences import prose
from analysis.publish.explorer.build import explorer_data
from analysis.publish.site.checklist import checklist_pages
from analysis.publish.site.cities import city_page, index_page
from analysis.publish.site.city_content import city_contents
from analysis.publish.site.city_tables import CityList
from analysis.publish.site.dictionary import dictionary_pages
from analysis.publish.site.front import front_page
from analysis.publish.site.shell import PLACES, Site

LISTED = read_table(Path(__file__).parent / "fixtures" / "latin_in_chinese.csv")
CHINESE = ("zh_hant", "zh_hans")
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ0-9'’&-]*")
# Names of files, columns and parameters, and of values that a script writes.
CODE = re.compile(r"\{\w+\}|_\w+|[\w-]+(?:[_./:]+[\w-]+)+", re.ASCII)
# What is no text in a section: a shortcode, an address, attributes, code, a formula, a comment.
MARKUP = re.compile(
    r"\$\$.*?\$\$|\{\{<.*?>\}\}|\]\([^)]*\)|\{[^{}\n]*\}|`[^`]*`|\$[^$]*\$|<!--.*?-->|<[^>\n]*>|@[\w-]+"
    r"|^\|?[:|-]+$|^```.*?^```",
    re.DOTALL | re.MULTILINE,
)
TEMPLATE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SHOWN = "//@aria-label | //@title | //@alt | //@placeholder"
XUCHANG, SANSHA = "411000", "460300"


def latin(text: str, edition: Edition, *known: str) -> set[str]:
    """The Latin words of a text that are neither listed, nor names, nor codes."""
    listed = set(" ".join(LISTED["words"]).split())
    towns = edition.reference_table("cities")["name_en"]
    named = {word for name in [*towns, edition.name] for word in WORD.findall(name)}
    return set(WORD.findall(CODE.sub(" ", text))) - listed - named - set(known)


def seen(page: str) -> str:
    """What a reader meets on a page in its own language; what is marked as English is not."""
    tree = html.fromstring(page)
    for element in tree.xpath("//script | //style | //code | //body//*[@lang='en']"):
        element.drop_tree()
    return "\n".join([*tree.xpath("//body//text()"), *tree.xpath(SHOWN)])


def flat(value: object) -> Iterator[str]:
    """All texts of nested values."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from flat(each)
    elif isinstance(value, str):
        yield value


@pytest.fixture(scope="module", params=CHINESE)
def site(request) -> Site:
    return Site(load("2020"), request.param)


def test_a_word_of_another_language_is_found_among_what_may_stand(real):
    assert latin("GDP與sources of 許昌Xuchang的 yearbook_2019.csv", real) == {"sources"}
    assert LISTED["reason"].ne("").all()
    every = " ".join(LISTED["words"]).split()
    assert len(every) == len(set(every))


@pytest.mark.parametrize("language", CHINESE)
def test_the_prose_and_the_sentences_of_chinese_have_none(real, language):
    found = {
        (path.name, word)
        for pattern in ("*.qmd", "*.jinja")
        for path in sorted((real.root / prose(language)).glob(pattern))
        for word in latin(MARKUP.sub(" ", TEMPLATE.sub(" ", path.read_text("utf8"))), real)
    }
    assert found == set()


@pytest.mark.parametrize("language", CHINESE)
def test_the_names_the_texts_and_the_facts_of_chinese_have_none(real, language):
    folder = real.root / prose(language) / "texts"
    texts = {path.name: read_table(path)[language] for path in sorted(folder.glob("*.csv"))}
    texts.pop("dictionary.csv")  # which is about codes
    texts |= {
        "names": words(real, language).drop("html_language"),
        "facts": list(flat(Speaker(real, language).facts())),
    }
    found = {(name, word) for name, said in texts.items() for word in latin("\n".join(said), real)}
    assert found == set()


def test_the_pages_of_the_site_have_none(site):
    contents = city_contents(site, [XUCHANG, SANSHA])
    pages = [city_page(site, content, tuple(PLACES)) for content in contents]
    pages += [index_page(site, CityList(site.edition, site.language), tuple(PLACES))]
    pages += [front_page(site, tuple(PLACES)), *checklist_pages(site, tuple(PLACES)).values()]
    assert {word for page in pages for word in latin(seen(page), site.edition)} == set()


def test_the_dictionary_has_none_but_names_of_columns_and_their_values(site):
    (page,) = dictionary_pages(site, tuple(PLACES)).values()
    english = read_table(site.edition.root / "data" / "dictionary.csv")
    codes = WORD.findall(
        " ".join(english[["file", "column", "type", "allowed"]].to_numpy().ravel())
    )
    assert latin(seen(page), site.edition, *codes) == set()


def test_the_explorer_has_none(site):
    data = explorer_data(site.edition, site.language)
    shown = {name: data[name] for name in ("words", "tiers", "indicators")}
    shown["unranked"] = [each["why"] for each in data["unranked"]]
    shown["named"] = [
        each["name"] for each in (*data["domains"], *data["presets"], *data["provinces"])
    ]
    told = "\n".join(flat(json.loads(json.dumps(shown))))
    assert latin(told, site.edition) == set()
