"""What has faults is not there for the rules that follow, and all the rest is."""

import pytest

from analysis.editions.text_tables import Flaw, UnreadableTableError
from analysis.editions.validation.sound import (
    COLUMN_TABLE,
    SoundEdition,
    SoundSettings,
    UnjudgedError,
    attempted,
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
