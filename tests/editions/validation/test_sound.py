"""What has faults is not there for the rules that follow, and all the rest is."""

import shutil

import pytest

from analysis.editions import Edition
from analysis.editions.text_tables import Flaw, UnreadableTableError
from analysis.editions.validation.judging import judged_apart
from analysis.editions.validation.sound import (
    COLUMN_TABLE,
    SoundEdition,
    SoundSettings,
    UnjudgedError,
    attempted,
    beside,
)


def test_a_faulty_setting_cannot_be_asked_for_and_the_others_can():
    settings = SoundSettings({"a": 1, "b": 2}, frozenset({"b"}))
    assert (settings["a"], settings.get("a"), settings.get("c")) == (1, 1, None)
    for asked in (lambda: settings["b"], lambda: settings.get("b"), lambda: settings["c"]):
        with pytest.raises(UnjudgedError):
            asked()


def sound(edition, **known) -> SoundEdition:
    return SoundEdition(edition.name, edition.root, **known)


def test_a_faulty_table_cannot_be_asked_for_and_the_others_can(tiny_edition):
    edition = sound(tiny_edition, faulty=frozenset({"tiers.csv"}))
    assert len(edition.reference_table("cities")) == 12
    for asked in (edition.reference_table, lambda name: edition.reference_file(f"{name}.csv")):
        with pytest.raises(UnjudgedError):
            asked("tiers")


def test_without_the_table_of_columns_there_is_no_reference_table(tiny_edition):
    edition = sound(tiny_edition, faulty=frozenset({COLUMN_TABLE}))
    assert attempted(edition.reference_table, "cities") is None
    assert attempted(lambda: edition.column_table) is None


def test_lists_that_could_not_be_read_list_no_files(tiny_edition):
    edition = sound(tiny_edition)
    assert edition.files == []
    assert edition.tables == {}
    assert attempted(edition.raw_table, "sources.csv") is None


def test_settings_that_are_no_toml_cannot_be_asked_for(tiny):
    (tiny.edition.raw / "edition.toml").write_text("data_year = ", "utf8")
    assert attempted(lambda: sound(tiny.edition).data_year) is None


def test_what_a_rule_finds_is_handed_on_and_its_own_mistakes_are_not_hidden(tmp_path):
    assert attempted(len, "abc") == 3
    with pytest.raises(ZeroDivisionError):
        attempted(lambda: 1 / 0)

    def unreadable() -> None:
        raise UnreadableTableError(tmp_path / "a.csv", [Flaw("", "empty")])

    assert attempted(unreadable) is None


def with_edition_before(tiny) -> tuple[SoundEdition, SoundEdition]:
    """The tiny edition and one of the same files before it, both judged by themselves."""
    before = tiny.edition.raw.with_name("before")
    shutil.copytree(tiny.edition.raw, before)
    return judged_apart(tiny.edition)[1], judged_apart(Edition("before", tiny.edition.root))[1]


def test_a_file_of_two_editions_is_read_once(tiny):
    later, earlier = with_edition_before(tiny)
    taken = beside(earlier, later)
    assert set(taken.read_before) == set(later.files)
    assert all(taken.reads[file] is later.reads[file] for file in later.files)


def test_a_file_that_differs_in_its_bytes_or_its_description_is_read_for_itself(tiny):
    later, _ = with_edition_before(tiny)
    folder = tiny.edition.raw.with_name("before")
    path, columns = folder / "yearbook_2018.csv", folder / "columns.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    text = columns.read_text("utf8")
    columns.write_text(
        text.replace("yearbook_2019.csv,emp_it,value,emp_it", "yearbook_2019.csv,emp_it,text,", 1),
        "utf8",
    )
    assert columns.read_text("utf8") != text
    earlier = judged_apart(Edition("before", tiny.edition.root))[1]
    alike = set(beside(earlier, later).read_before)
    assert not alike & {"yearbook_2018.csv", "yearbook_2019.csv"}


def test_a_file_is_read_for_itself_where_an_edition_has_names_of_its_own(tiny):
    later, earlier = with_edition_before(tiny)
    own = earlier.own_reference
    own.mkdir()
    shutil.copy(earlier.reference / "aliases.csv", own)
    assert beside(earlier, later).read_before == {}
