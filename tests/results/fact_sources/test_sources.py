"""Every fact has one source and is taken again from it, from just the columns that it names."""

import pytest

from analysis.results import fact_sources
from analysis.results.fact_sources.declaring import LIMIT

from . import (
    test_audit,
    test_audit_overlap,
    test_cases,
    test_claims,
    test_comparison,
    test_deciding,
    test_domains,
    test_economy,
    test_every_weighting,
    test_evidence,
    test_general,
    test_inferred,
    test_losses,
    test_noise,
    test_plausibility,
    test_published,
    test_reconstruction,
    test_regions,
    test_robustness,
    test_staying,
    test_tiers,
    test_weights,
    test_yardsticks,
)
from .recomputing import (
    DATA,
    EDITIONS,
    Says,
    again,
    cases,
    committed,
    dictionary,
    matching,
)

CHAPTERS = (
    test_audit,
    test_audit_overlap,
    test_cases,
    test_claims,
    test_comparison,
    test_deciding,
    test_domains,
    test_economy,
    test_every_weighting,
    test_evidence,
    test_general,
    test_inferred,
    test_losses,
    test_noise,
    test_plausibility,
    test_published,
    test_reconstruction,
    test_regions,
    test_robustness,
    test_staying,
    test_tiers,
    test_weights,
    test_yardsticks,
)
WAYS = {name: way for chapter in CHAPTERS for name, way in chapter.WAYS.items()}
SOURCES = fact_sources.fact_sources()
# What is read beside the tables that a table of columns describes.
RAW = {"raw/sources.file", "raw/sources.source"} | {
    f"raw/edition.{setting}" for setting in ("edition", "data_year", "score_anchors", "previous")
}


@pytest.fixture(scope="module")
def matches() -> dict[tuple[str, ...], list[str]]:
    """The patterns that name each fact, by edition and path."""
    return {
        (edition, *path): matching(path, WAYS)
        for edition in EDITIONS
        for path in committed(edition)
    }


def test_every_module_of_sources_is_taken_again_by_a_file_of_its_name():
    declared, again = (
        {module.__name__.rsplit(".", 1)[1].removeprefix("test_"): module for module in modules}
        for modules in (fact_sources.MODULES, CHAPTERS)
    )
    assert set(declared) == set(again)
    assert [name for name in declared if set(declared[name].SOURCES) != set(again[name].WAYS)] == []


def test_every_fact_of_both_editions_matches_one_pattern(matches):
    assert len(matches) > 900
    assert {fact: names for fact, names in matches.items() if len(names) != 1} == {}


def test_every_pattern_names_a_fact(matches):
    assert set(WAYS) == {name for names in matches.values() for name in names}


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


def test_a_sentence_is_not_known_by_nothing():
    with pytest.raises(ValueError, match="there is none"):
        Says()
