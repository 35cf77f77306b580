"""The one writer of results: whole or not at all, and as the dictionary says."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import results_bytes

from analysis import editions
from analysis.commands.workers import one_worker
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking import of_record
from analysis.results import building


def test_rebuilding_edition_2020_gives_the_committed_bytes(real_copy, real):
    committed = results_bytes(real)
    shutil.rmtree(real_copy.edition.results)
    steps: list[str] = []
    with one_worker() as submit:
        written = building.build(real_copy.edition, steps.append, submit)
    assert set(written) == set(committed)
    rebuilt = results_bytes(real_copy.edition)
    assert [name for name in committed if rebuilt[name] != committed[name]] == []
    assert steps == [
        "validating",
        "cleaning",
        "ranking",
        "analysing",
        "drawing rankings",
        "writing",
    ]


def test_edition_2019_has_the_committed_bytes():
    """All but the tables of the uncertainty analysis, whose way edition 2020 has gone above."""
    edition = editions.load("2019")
    tables = building.compute(edition, submit=lambda *_: lambda: ({}, {}))
    assert {"cells", "scores", "regions", "economy"} <= set(tables)
    for name, table in tables.items():
        committed = (edition.results / f"{name}.csv").read_text("utf8")
        assert editions.csv_text(table) == committed, name


def test_an_edition_without_a_published_list_has_no_table_of_one():
    assert not {"published", "agreement", "claims"} & set(editions.load("2019").result_names())


def described(edition: editions.Edition) -> dict[str, list[str]]:
    dictionary = editions.read_table(edition.root / "data" / "dictionary.csv")
    return dictionary.groupby("file", sort=False)["column"].agg(list).to_dict()


def test_the_dictionary_describes_every_column_of_every_table_and_no_other(real):
    tables = {path.name: path for path in real.results.glob("*.csv")}
    columns = {name: list(editions.read_table(path).columns) for name, path in tables.items()}
    assert described(real) == columns


def test_every_committed_table_passes_the_dictionary(real):
    names = [path.stem for path in real.results.glob("*.csv")]
    assert len(names) == len(described(real))
    tables = {name: real.result(name) for name in names}
    assert building.dictionary_faults(real, tables) == []


def test_every_entry_of_the_dictionary_says_what_a_column_means(real):
    dictionary = editions.read_table(real.root / "data" / "dictionary.csv")
    assert (dictionary["meaning"] != "").all()
    assert set(dictionary["type"]) <= {"text", "number", "integer", "code", "flag", "value"}
    optional = dictionary[(dictionary["required"] != "1") & (dictionary["type"] != "text")]
    assert (optional["missing"] != "").all()


def test_a_second_build_writes_the_same_bytes(tiny):
    edition = tiny.without_published_list()
    building.build(edition)
    first = results_bytes(edition)
    building.build(edition)
    assert results_bytes(edition) == first


def test_no_file_beside_the_results_is_left_behind(built_tiny):
    assert {path.suffix for path in built_tiny.results.iterdir()} == {".csv", ".yml"}
    assert len(list(built_tiny.results.glob("*.csv"))) == len(described(built_tiny))


def test_a_result_that_breaks_the_dictionary_is_refused_and_nothing_is_written(tiny, monkeypatch):
    good = building.compute(tiny.without_published_list())
    bad = good | {"scores": good["scores"].assign(rank=good["scores"]["rank"] - 1)}
    monkeypatch.setattr(building, "compute", lambda *_: bad)
    with pytest.raises(InputRefusedError, match=r"scores\.csv, line 0, column rank"):
        building.build(tiny.edition)
    assert results_bytes(tiny.edition) == {}


def test_when_writing_a_file_fails_the_earlier_results_stay_as_they_were(built_copy, monkeypatch):
    earlier = results_bytes(built_copy.edition)
    write_text, calls = Path.write_text, []

    def failing(path: Path, *arguments: object, **options: object) -> int:
        calls.append(path)
        if len(calls) == 8:
            raise OSError("disk full")
        return write_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", failing)
    with pytest.raises(OSError, match="disk full"):
        building.build(built_copy.without_published_list())
    assert len(calls) == 8
    assert results_bytes(built_copy.edition) == earlier


def later_edition(built: editions.Edition, root: Path) -> editions.Edition:
    """A later edition whose scores are measured by the anchors of the tiny one."""
    shutil.copytree(built.root, root, dirs_exist_ok=True)
    shutil.copytree(root / "data" / "raw" / "tiny", root / "data" / "raw" / "tiny_later")
    settings = root / "data" / "raw" / "tiny_later" / "edition.toml"
    lines = settings.read_text("utf8").splitlines()
    kept = [line for line in lines if not line.startswith(("published_list", "edition"))]
    settings.write_text("\n".join(kept), "utf8")
    return editions.load("tiny_later", root)


def test_a_later_edition_is_scored_by_the_frozen_anchors(built_tiny, tmp_path):
    edition = later_edition(built_tiny, tmp_path)
    frozen = built_tiny.result("anchors")
    index = pd.Series([1.0, 2.0, 3.0])
    pd.testing.assert_frame_equal(of_record.score_anchors(edition, index, frozen), frozen)


def test_results_are_read_back_with_their_types(built_tiny):
    scores = built_tiny.result("scores")
    assert scores["adcode"].tolist()[0] == "910100"
    assert pd.api.types.is_integer_dtype(scores["rank"])
    assert pd.api.types.is_float_dtype(scores["index"])
    assert scores.index.tolist() == list(range(len(scores)))


def test_gaps_are_empty_and_numbers_are_text_for_the_dictionary():
    table = pd.DataFrame({"a": [100 + 1e-12, 1 / 3, None], "b": ["x", None, "y"]})
    expected = {"a": ["100", "0.333333333", ""], "b": ["x", "", "y"]}
    assert building.as_text(table).to_dict("list") == expected
    assert [line.split(",")[0] for line in editions.csv_text(table).splitlines()[1:]] == (
        expected["a"]
    )
