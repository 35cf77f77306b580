"""Which languages the report can be had in."""

import pytest

from analysis.index.refusal import RefusedValueError
from analysis.language.languages import (
    asked_languages,
    language_settings,
    offered_languages,
)


def write(root, language: str, text: str) -> None:
    folder = root / "sections" / language
    folder.mkdir(parents=True)
    (folder / "document.yml").write_text(text, "utf8")


def test_a_language_is_offered_once_it_says_that_it_is_finished(tmp_path):
    write(tmp_path, "fr", "offered: true\n")
    write(tmp_path, "de", "offered: false\n")
    write(tmp_path, "es", "lang: es\n")
    (tmp_path / "sections" / "it").mkdir()
    assert offered_languages(tmp_path) == ["en", "fr"]


def test_the_settings_of_a_language_are_those_of_its_folder_or_none(tmp_path):
    write(tmp_path, "fr", "offered: true\nlang: fr\n")
    assert language_settings(tmp_path, "fr") == {"offered": True, "lang": "fr"}
    assert language_settings(tmp_path, "de") == {}


def test_settings_that_are_no_yaml_are_refused_with_their_place(tmp_path):
    write(tmp_path, "fr", "offered: [\n")
    with pytest.raises(RefusedValueError, match=r"^sections/fr/document\.yml, line 2: "):
        language_settings(tmp_path, "fr")


def test_all_languages_are_those_that_are_offered(tmp_path):
    write(tmp_path, "fr", "offered: true\n")
    assert asked_languages(tmp_path, "all") == ["en", "fr"]
    assert asked_languages(tmp_path, "de") == ["de"]
