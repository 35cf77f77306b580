"""Reading and writing of the tables of an edition."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis import editions
from analysis.editions import text_tables
from analysis.index.refusal import RefusedValueError


def table_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content.encode("utf8") if isinstance(content, str) else content)
    return path


def test_a_table_is_read_as_text_with_the_line_of_each_record(tmp_path):
    # The quoted record runs from line 2 to line 3, so it ends on line 3.
    table = text_tables.read_table(table_file(tmp_path, 'a,b\n"x\ny",007\nz,\n'))
    assert table.index.tolist() == [3, 4]
    assert table["a"].tolist() == ["x\ny", "z"]
    assert table["b"].tolist() == ["007", ""]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path):
    assert list(text_tables.read_table(table_file(tmp_path, "\ufeffa,b\n1,2\n")).columns) == [
        "a",
        "b",
    ]


def test_a_table_without_records_keeps_its_columns(tmp_path):
    table = text_tables.read_table(table_file(tmp_path, "a,b\n"))
    assert list(table.columns) == ["a", "b"]
    assert len(table) == 0


def test_every_ragged_line_is_named(tmp_path):
    path = table_file(tmp_path, "a,b\n1\n1,2\n1,2,3\n")
    with pytest.raises(text_tables.UnreadableTableError) as refusal:
        text_tables.read_table(path)
    message = str(refusal.value)
    assert "table.csv, line 2: 1 fields where the header has 2" in message
    assert "table.csv, line 4: 3 fields where the header has 2" in message
    assert "line 3" not in message


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("città,valore\nà,1\n".encode("latin-1"), "the file is not UTF-8"),
        (b"", "the file is empty"),
        (b'a,b\n"' + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path, content, rule):
    with pytest.raises(text_tables.UnreadableTableError, match=r"table\.csv") as refusal:
        text_tables.read_table(table_file(tmp_path, content))
    assert rule in str(refusal.value)


def test_numbers_become_numbers_and_only_empty_text_in_them_becomes_a_gap():
    table = pd.DataFrame({"code": ["007", ""], "count": ["3", ""], "share": ["0.5", ""]})
    columns = pd.DataFrame(
        {"column": ["code", "count", "share"], "type": ["text", "integer", "number"]}
    )
    typed = editions.with_types(table, columns)
    assert typed["code"].tolist() == ["007", ""]
    assert typed["count"].tolist()[0] == 3
    assert typed["share"].tolist()[0] == 0.5
    assert typed[["count", "share"]].iloc[1].isna().all()


def test_an_edition_knows_its_year_and_its_published_list(tiny_edition):
    assert tiny_edition.data_year == 2019
    assert tiny_edition.published_list == "published_tiny.csv"


def test_an_edition_without_a_published_list_has_none(tiny):
    assert tiny.without_published_list().published_list is None


def test_labels_come_in_each_language(real):
    assert [real.labels(language)["West"] for language in ("en", "zh_hant", "zh_hans")] == [
        "West",
        "西部",
        "西部",
    ]
    assert real.labels("zh_hant")["Northeast"] == "東北"


def test_an_unknown_edition_is_refused_with_the_names_of_those_there_are(tiny_edition):
    with pytest.raises(RefusedValueError, match=r"no edition '1999'; there is: tiny"):
        editions.load("1999", tiny_edition.root)


def test_without_a_name_the_latest_edition_is_loaded(tiny_edition, monkeypatch):
    monkeypatch.delenv("DIGITAL_CITY_EDITION", raising=False)
    for name in ("2020", "2021"):
        folder = tiny_edition.raw.parent / name
        folder.mkdir()
        (folder / "edition.toml").write_text("data_year = 2019\n", "utf8")
    shutil.rmtree(tiny_edition.raw)
    assert editions.load(root=tiny_edition.root).name == "2021"


@pytest.mark.parametrize("name", [None, "tiny"])
def test_files_without_settings_are_not_passed_over(tiny_edition, monkeypatch, name):
    monkeypatch.delenv("DIGITAL_CITY_EDITION", raising=False)
    shutil.copytree(tiny_edition.raw, tiny_edition.raw.with_name("2021"))
    (tiny_edition.raw / "edition.toml").unlink()
    rule = r"data/raw/tiny: edition.toml is missing: copy that of another edition there"
    with pytest.raises(RefusedValueError, match=rule):
        editions.load(name, tiny_edition.root)
    assert editions.load("2021", tiny_edition.root).name == "2021"


def test_settings_that_are_no_toml_are_refused_with_their_line(tiny_edition):
    (tiny_edition.raw / "edition.toml").write_text('edition = "tiny"\ndata_year: 2019\n', "utf8")
    with pytest.raises(RefusedValueError, match=r"^edition\.toml, line 2: the file is not TOML"):
        _ = tiny_edition.settings


def test_the_environment_may_name_the_edition(tiny_edition, monkeypatch):
    monkeypatch.setenv("DIGITAL_CITY_EDITION", "tiny")
    assert editions.default_name(tiny_edition.root) == "tiny"


def test_a_folder_without_any_edition_says_so(tmp_path):
    with pytest.raises(RefusedValueError, match="no edition"):
        editions.default_name(tmp_path)


def test_tables_are_written_with_nine_digits_and_plain_line_ends(tmp_path):
    table = pd.DataFrame({"adcode": ["007"], "value": [1 / 3], "gap": [None]})
    editions.write_tables(tmp_path / "new", {"scores": table}, {"facts.yml": "名: 甲\n"})
    assert (tmp_path / "new" / "scores.csv").read_bytes() == (
        b"adcode,value,gap\n007,0.333333333,\n"
    )
    assert (tmp_path / "new" / "facts.yml").read_bytes() == "名: 甲\n".encode()


@pytest.mark.parametrize("operation", ["write_text", "replace"])
def test_when_the_first_file_fails_nothing_has_changed(tmp_path, monkeypatch, operation):
    failing_after(monkeypatch, operation, 0)
    refuse_to_overwrite(tmp_path)


@pytest.mark.parametrize("written", [1, 2])
def test_when_a_later_file_cannot_be_written_nothing_has_changed(tmp_path, monkeypatch, written):
    failing_after(monkeypatch, "write_text", written)
    refuse_to_overwrite(tmp_path)


def refuse_to_overwrite(folder: Path) -> None:
    earlier = {"a.csv": b"earlier a", "b.csv": b"earlier b", "facts.yml": b"earlier facts"}
    for name, content in earlier.items():
        (folder / name).write_bytes(content)
    table = pd.DataFrame({"x": [1]})
    with pytest.raises(OSError, match="disk full"):
        editions.write_tables(folder, {"a": table, "b": table}, {"facts.yml": "new"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == earlier


def failing_after(monkeypatch: pytest.MonkeyPatch, operation: str, successes: int) -> None:
    """Let a method of Path fail from its call number `successes` + 1 on."""
    real, calls = getattr(Path, operation), []

    def failing(path: Path, *arguments: object, **options: object) -> object:
        calls.append(path)
        if len(calls) > successes:
            raise OSError("disk full")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, operation, failing)


def test_a_value_that_is_no_json_is_refused_with_file_line_and_column(real_copy):
    path = real_copy.edition.results / "claims.csv"
    lines = path.read_text("utf8").splitlines(keepends=True)
    lines[2] = lines[2].replace('{""number"": 29.0', '{""number"" 29.0', 1)
    path.write_text("".join(lines), "utf8")
    rule = r"claims\.csv, line 3, column expected: is no value of a fact; build the results$"
    with pytest.raises(RefusedValueError, match=rule):
        real_copy.edition.result("claims")


def test_facts_that_are_no_yaml_are_refused_with_the_line(real_copy):
    (real_copy.edition.results / "facts.yml").write_text("a: 1\nb: [2\n", "utf8")
    with pytest.raises(RefusedValueError, match=r"^data/results/2020/facts\.yml, line 3: "):
        _ = real_copy.edition.facts
