"""What a language lacks: named with file and place, and nothing of a language that is whole."""

import shutil

import pytest

from analysis.editions import ROOT, Edition, load
from analysis.language.completeness import lacking, original_files
from analysis.language.languages import offered_languages
from tests import invented_language


@pytest.mark.parametrize("language", offered_languages(ROOT)[1:] or ["en"])
def test_a_language_that_is_offered_is_whole(language):
    found = lacking(load(), language) if language != "en" else []
    assert found == [], "\n".join(found)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A project that speaks the invented language: prose, texts and names, without results."""
    root = tmp_path_factory.mktemp("whole")
    for name in ("data/reference", "sections/en"):
        shutil.copytree(ROOT / name, root / name)
    for path in (*ROOT.glob("_quarto.yml"), *ROOT.glob("report*.qmd"),
                 *ROOT.glob("data/dictionary.csv"), *ROOT.glob("data/raw/*/sources.csv"),
                 *ROOT.glob("data/raw/*/edition.toml")):  # fmt: skip
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    edition = Edition("2020", root)
    invented_language.teach(edition)
    return edition


def test_the_invented_language_is_whole(whole):
    assert lacking(whole, invented_language.LANGUAGE) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("sections/xx/regions.qmd", None, None, "sections/xx/regions.qmd: the file is lacking"),
        ("sections/xx/more.qmd", "", "More.", "sections/xx/more.qmd: the original has no such"),
        ("sections/xx/size.qmd", "{{< embed", "{{< ebmed", "sections/xx/size.qmd: line "),
        ("sections/xx/titles.jinja", "macro title_open_map", "macro title_map",
         "sections/xx/titles.jinja: lacks the macro title_open_map"),
        ("sections/xx/texts/tiers.csv", None, None,
         "sections/xx/texts/tiers.csv lacks data/reference/tiers.csv, line 2, column meaning: "),
        ("sections/xx/texts/cases.csv", "en,xx\n", "en,xx\nOld.,Oldº.\n",
         "sections/xx/texts/cases.csv: no table has the text Old."),
        ("data/reference/labels.csv", "Regionº", "",
         "data/reference/labels.csv, column xx, line 6: lacks Region"),
        ("data/reference/tiers.csv", ",name_xx", ",name_yy",
         "data/reference/tiers.csv, column name_xx: there is no such column"),
        ("sections/xx/document.yml", "toc-title", "toc",
         "sections/xx/document.yml lacks toc-title"),
        ("sections/xx/document.yml", "  report-own:", "  report-other:",
         "sections/xx/document.yml lacks documents: report-own: title"),
    ],
)  # fmt: skip
def test_what_a_language_lacks_is_named_by_file_and_place(whole, file, before, after, fault):
    path = whole.root / file
    kept = path.read_bytes() if path.is_file() else None
    if before is None:
        path.unlink()
    else:
        path.write_text(after if kept is None else kept.decode().replace(before, after, 1), "utf8")
    try:
        found = lacking(whole, invented_language.LANGUAGE)
    finally:
        path.write_bytes(kept) if kept is not None else path.unlink()
    assert found
    assert found[0].startswith(fault)
    if file.endswith((".qmd", ".jinja")):
        assert all(line.startswith(file) for line in found)


def test_a_text_of_a_raw_table_is_looked_for_in_every_edition():
    files = {
        name: [path.relative_to(ROOT).as_posix() for path in original_files(load(), name)]
        for name in ("sources", "dictionary", "tiers", "no_table")
    }
    assert files == {
        "sources": ["data/raw/2019/sources.csv", "data/raw/2020/sources.csv"],
        "dictionary": ["data/dictionary.csv"],
        "tiers": ["data/reference/tiers.csv"],
        "no_table": [],
    }
