"""Every fact has one source and is taken again from it, from just the columns that it names."""

import pytest

from analysis.results.fact_sources import fact_sources
from analysis.results.fact_sources.declaring import LIMIT

from . import account, audit, comparison, findings, general, losses, robustness
from .recomputing import (
    DATA,
    EDITIONS,
    Says,
    Tables,
    again,
    cases,
    committed,
    dictionary,
    matching,
)
from .writing import percent

CHAPTERS = (general, losses, findings, account, robustness, audit, comparison)
WAYS = {name: way for chapter in CHAPTERS for name, way in chapter.WAYS.items()}
SOURCES = fact_sources()
FACTS = [(edition, path) for edition in EDITIONS for path in committed(edition)]
# What is read beside the tables that a table of columns describes.
RAW = {"raw/sources.file"} | {
    f"raw/edition.{setting}" for setting in ("edition", "data_year", "score_anchors", "previous")
}


@pytest.mark.parametrize(("edition", "path", "pattern"), cases(WAYS))
def test_a_fact_is_what_its_source_gives(edition, path, pattern):
    assert committed(edition)[path] == again(WAYS, edition, path, pattern).fact


@pytest.mark.parametrize("patterns", [SOURCES, WAYS], ids=["sources", "ways"])
def test_every_fact_of_both_editions_matches_one_pattern(patterns):
    found = {(edition, path): matching(path, list(patterns)) for edition, path in FACTS}
    assert len(found) > 900
    assert {fact: names for fact, names in found.items() if len(names) != 1} == {}


@pytest.mark.parametrize("patterns", [SOURCES, WAYS], ids=["sources", "ways"])
def test_every_pattern_names_a_fact(patterns):
    used = {name for _, path in FACTS for name in matching(path, list(patterns))}
    assert set(patterns) - used == set()


def test_what_is_declared_is_what_is_taken_again():
    assert set(SOURCES) == set(WAYS)
    assert len(WAYS) == sum(len(chapter.WAYS) for chapter in CHAPTERS)


def test_every_declared_column_is_in_a_table_of_columns():
    known = dictionary(DATA / "dictionary.csv") | RAW
    known |= {f"reference/{name}" for name in dictionary(DATA / "reference" / "columns.csv")}
    declared = {column for source in SOURCES.values() for column in source.columns}
    assert declared - known == set()
    assert {column.partition("/")[0] for column in declared if "/" in column} == {
        "raw",
        "reference",
    }


def test_every_source_names_columns_and_rows():
    assert [name for name, source in SOURCES.items() if not (source.columns and source.rows)] == []


def test_only_limits_are_written_down_by_hand():
    by_hand = {name for name, way in WAYS.items() if isinstance(way, str)}
    assert by_hand <= {name for name, source in SOURCES.items() if source.rows.startswith(LIMIT)}


def test_just_the_declared_columns_are_read():
    read: dict[str, set[str]] = {}
    for edition, path, pattern in cases(WAYS):
        read.setdefault(pattern, set()).update(again(WAYS, edition, path, pattern).columns)
    computed = {name for name, way in WAYS.items() if not isinstance(way, str)}
    wrong = {
        name: (sorted(read[name] - declared), sorted(declared - read[name]))
        for name, declared in ((name, set(SOURCES[name].columns)) for name in computed)
        if read[name] != declared
    }
    assert wrong == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_index_of_these_tests_gives_the_committed_ranks(edition):
    t = Tables(edition)
    expected = t("scores", "adcode", "rank").set_index("adcode")["rank"]
    assert (losses.ranks(t, general.in_use(t))[expected.index] == expected).all()


@pytest.mark.parametrize("edition", EDITIONS)
def test_pairs_are_told_apart_as_often_as_their_cities_say(edition):
    t = Tables(edition)
    others = t.column("told_apart.not_told_apart")
    share = 1 - others.sum() / (len(others) * (len(others) - 1))
    assert robustness.apart(t, t.column("pairs.ahead")) == percent(share)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["13 cit", "up"], True),
        (["Cities", "1.5"], True),
        (["up", "13"], False),
        (["3 cit"], False),
        (["13", "1"], False),
        (["move", "move"], False),
    ],
)
def test_a_sentence_must_hold_its_parts_in_their_order(parts, said):
    sentence = "13 cities move up by 1.5"
    assert (sentence == Says(*parts)) is said
