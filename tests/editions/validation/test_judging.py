"""One fault hides no other: what is sound is judged, whatever is wrong beside it."""

from collections.abc import Callable

import pytest
from conftest import EditionOnDisk, read, write

from analysis.editions.validation.judging import judged_apart
from analysis.results import checking

YEARBOOK = "yearbook_2019.csv"
Spoil = Callable[[EditionOnDisk], None]


def no_toml(tiny: EditionOnDisk) -> None:
    (tiny.edition.raw / "edition.toml").write_text("edition = ", "utf8")


def setting(name: str, value: str) -> Spoil:
    def spoil(tiny: EditionOnDisk) -> None:
        path = tiny.edition.raw / "edition.toml"
        kept = [x for x in path.read_text("utf8").splitlines() if not x.startswith(name)]
        path.write_text("\n".join([*kept, f"{name} = {value}"]) + "\n", "utf8")

    return spoil


def cell(file: str, line: int, column: str, value: str) -> Spoil:
    return lambda tiny: tiny.put(file, line, column, value)


def without_column(file: str, column: str) -> Spoil:
    return lambda tiny: tiny.drop_column(file, column)


def ragged(file: str) -> Spoil:
    return lambda tiny: tiny.replace_line(file, 2, "a")


def gone(file: str) -> Spoil:
    return lambda tiny: tiny.path(file).unlink()


def described_badly(tiny: EditionOnDisk) -> None:
    path = tiny.edition.raw / "columns.csv"
    table = read(path)
    table.loc[table["column"].eq("popu_2020"), "role"] = "vlaue"
    write(path, table)


SPOILT: dict[str, tuple[Spoil, str]] = {
    "no toml": (no_toml, "edition.toml"),
    "year": (setting("data_year", '"2019"'), "edition.toml"),
    "list": (setting("published_list", '"nowhere.csv"'), "edition.toml"),
    "anchors": (setting("score_anchors", '"nobody"'), "edition.toml"),
    "previous": (setting("previous", '"nobody"'), "edition.toml"),
    "citation": (cell("sources.csv", 2, "citation", ""), "sources.csv"),
    "layout": (cell("sources.csv", 4, "layout", "tabel"), "sources.csv"),
    "years": (cell("sources.csv", 4, "years", "2020-2019"), "sources.csv"),
    "role": (described_badly, "columns.csv"),
    "missing": (gone("census.csv"), "census.csv"),
    "ragged": (ragged("census.csv"), "census.csv"),
    "designations": (without_column("pilots.csv", "mapping_level"), "pilots.csv"),
    "policy": (without_column("pilots.csv", "policy"), "pilots.csv"),
    "city": (cell("cities.csv", 3, "lon", "east"), "cities.csv"),
    "cities": (without_column("cities.csv", "name_en"), "cities.csv"),
    "aliases": (ragged("aliases.csv"), "aliases.csv"),
    "measure": (cell("measures.csv", 3, "weight", "much"), "measures.csv"),
    "measures": (without_column("measures.csv", "variable"), "measures.csv"),
    "context": (without_column("context_measures.csv", "measure"), "context_measures.csv"),
    "framework": (cell("framework.csv", 3, "parent", "nobody"), "framework.csv"),
    "correction": (cell("corrections.csv", 2, "year", "MMXIX"), "corrections.csv"),
    "corrections": (without_column("corrections.csv", "printed"), "corrections.csv"),
    "variables": (without_column("variables.csv", "unit"), "variables.csv"),
    "variable": (without_column("variables.csv", "variable"), "variables.csv"),
    "method": (cell("method.csv", 2, "value", ""), "method.csv"),
    "tiers": (gone("tiers.csv"), "tiers.csv"),
    "rules": (cell("cleaning_rules.csv", 2, "kind", "guess"), "cleaning_rules.csv"),
    "levels": (ragged("designation_levels.csv"), "designation_levels.csv"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_bad_figure_is_named_whatever_else_is_wrong(tiny, case):
    spoil, file = SPOILT[case]
    tiny.put(YEARBOOK, 3, "emp_it", "many")
    tiny.seal()
    spoil(tiny)
    found = [x.fault for x in checking.findings(tiny.edition) if x.severity == "refused"]
    assert (YEARBOOK, 3, "emp_it", "many", "must be a number") in {fault[:5] for fault in found}
    assert file in {fault.file for fault in found}


@pytest.mark.parametrize("file", ["sources.csv", "columns.csv"])
def test_without_a_list_settings_and_reference_tables_are_judged_all_the_same(tiny, file):
    (tiny.edition.raw / file).write_bytes(b"")
    setting("colour", '"red"')(tiny)
    tiny.put("tiers.csv", 2, "minimum", "low")
    found = [x.fault for x in checking.findings(tiny.edition) if x.severity == "refused"]
    assert file in {x.file for x in found if x.rule.startswith("the file is empty")}
    assert {"edition.toml", "tiers.csv"} <= {fault.file for fault in found}


def test_a_faulty_table_of_columns_hides_neither_settings_nor_lists(tiny):
    tiny.put("sources.csv", 2, "citation", "")
    setting("colour", '"red"')(tiny)
    path = tiny.edition.reference / "columns.csv"
    write(path, read(path).drop(columns="type"))
    found = {x.fault.file for x in checking.findings(tiny.edition) if x.severity == "refused"}
    assert {"columns.csv", "sources.csv", "edition.toml"} <= found


def test_what_has_no_faults_is_handed_on(tiny):
    tiny.seal()
    tiny.put("sources.csv", 4, "years", "soon")
    tiny.put("tiers.csv", 2, "minimum", "low")
    faults, sound = judged_apart(tiny.edition)
    assert [fault.column for fault in faults] == ["years", "minimum"]
    assert sound.files == [YEARBOOK, "yearbook_2018.csv", "pilots.csv"]
    assert sound.faulty == {"tiers.csv"}
    assert not sound.complete


def test_a_file_that_has_another_end_to_its_name_is_pointed_at(tiny):
    tiny.path("census.csv").rename(tiny.edition.raw / "census.xlsx")
    faults, _ = judged_apart(tiny.edition)
    assert [fault.rule for fault in faults] == [
        "the file is not there; census.xlsx is: write that name under file in sources.csv"
    ]


def test_a_file_that_never_came_is_told_with_the_line_that_expects_it(tiny):
    tiny.path("census.csv").unlink()
    faults, _ = judged_apart(tiny.edition)
    assert [(fault.rule, fault.cause) for fault in faults] == [
        (
            "the file is not there: import it, or delete line 4 of sources.csv if there is none",
            "the file is not there: import it, or delete its line in sources.csv if there is none",
        )
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("gb18030", ";"), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ",")],
)
def test_lists_are_read_as_a_spreadsheet_program_saves_them(tiny, encoding, delimiter):
    for name in ("sources.csv", "columns.csv"):
        path = tiny.edition.raw / name
        table = read(path).replace({"Invented office": "国家统计局城市社会经济调查司"})
        rows = table.to_csv(index=False, sep=delimiter, lineterminator="\r\n")
        blank = delimiter * (len(table.columns) - 1) + "\r\n"
        path.write_bytes((rows + blank * 2).encode(encoding))
    faults, sound = judged_apart(tiny.edition)
    assert faults == []
    assert sound.files == [YEARBOOK, "yearbook_2018.csv", "census.csv", "pilots.csv"]
