"""A new edition: laid out after the last one, filled with files of an office, checked and built.

The invented edition 2021 has the figures of 2019 once more, as if they were those of 2020, in the
forms in which offices send files, and without twelve columns that later yearbooks no longer print.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import EditionOnDisk, read, write

from analysis import editions
from analysis.editions import new_edition
from analysis.editions.validation import findings, seals
from analysis.index.refusal import RefusedValueError
from analysis.language.facts import Speaker
from analysis.language.numbers import Numbers
from analysis.results import building, checking

GONE = [
    "telecom_rev_10kyuan", "mobile_subs_10k", "broadband_subs_10k", "postal_rev_10kyuan",
    "emp_urban_units", "emp_it", "emp_scitech", "univ_teachers", "taxis_ud",
    "municipal_invest_10kyuan_ud", "medical_insured", "export_10kyuan",
]  # fmt: skip


# Files that are expected anew and do not come.
NOT_OUT = [
    "gov_online_service_2020.csv", "gdp_crosscheck_2020.csv", "listed_firms_2020.csv",
    "air_stations_2020_02.csv", "data_centre_designations_2020.csv",
    "public_cloud_regions_2020.csv", "first_5g_cities_2020.csv",
]  # fmt: skip


@pytest.fixture
def laid_out(real_copy: EditionOnDisk) -> editions.Edition:
    return new_edition.lay_out(real_copy.edition, "2021", 2020)


@pytest.fixture
def filled(laid_out: editions.Edition) -> editions.Edition:
    """Edition 2021 with its files dropped in, and all that `check` asks for settled."""
    fill(laid_out)
    return editions.load("2021", laid_out.root)


def fill(edition: editions.Edition) -> None:
    write_yearbook(edition)
    write_workbook(edition)
    earlier = read(edition.raw / "metro_2019_05.csv").drop(columns="adcode")
    (edition.raw / "metro_2020_05.csv").write_text(
        earlier.to_csv(index=False, sep=";"), "utf-8-sig"
    )
    sources = read(edition.raw / "sources.csv")
    sources["citation"] = sources["citation"].replace("", "Invented for a test.")
    sources["file"] = sources["file"].replace("pku_dfiic_2020.csv", "pku_dfiic_2020.xlsx")
    sources["file"] = [
        f"{file}#指数" if file.endswith(".xlsx") else file for file in sources["file"]
    ]
    write(edition.raw / "sources.csv", sources[~sources["file"].isin(NOT_OUT)])
    columns = read(edition.raw / "columns.csv")
    gone = (columns["file"] == "yearbook_2020.csv") & columns["column"].isin(GONE)
    write(edition.raw / "columns.csv", columns[~gone])
    draw_few(edition)


def draw_few(edition: editions.Edition) -> None:
    """Make the uncertainty analysis as small as it can be: here it only has to go through."""
    method = read(edition.reference / "method.csv").set_index("parameter")
    drawn = method.index[method.index.str.endswith(("_draws", "_runs"))]
    method.loc[drawn, "value"] = "8"
    write(edition.reference / "method.csv", method.reset_index())
    path = edition.reference / "uncertainty.csv"
    path.write_text(path.read_text("utf8").replace("draws=10", "draws=1"), "utf8")


def write_yearbook(edition: editions.Edition) -> None:
    """GB18030, semicolons, names in place of codes, thousands separators, full-width digits."""
    table = read(edition.raw / "yearbook_2019.csv").drop(columns=["adcode", *GONE])
    table["year"] = "２０２０"
    table["fiscal_exp_10kyuan"] = [
        f"{int(text):,}" if text.isdigit() else text for text in table["fiscal_exp_10kyuan"]
    ]
    # What edition 2020 corrects in the book of 2019 stands right in this one.
    table["gdp_100m"] = table["gdp_100m"].mask(table["city"] == "许昌市", "3395.68")
    shares = pd.to_numeric(table["sewage_treat_pct"])
    table["sewage_treat_pct"] = table["sewage_treat_pct"].mask(shares > 100, "")
    # Printed once more, it would be refused for standing still.
    per_head = pd.to_numeric(table["gdp_pc_yuan"])
    table["gdp_pc_yuan"] = [f"{x * 1.05:.0f}" if pd.notna(x) else "" for x in per_head]
    text = table.to_csv(index=False, sep=";")
    (edition.raw / "yearbook_2020.csv").write_bytes(text.encode("gb18030"))


def write_workbook(edition: editions.Edition) -> None:
    table = read(edition.raw / "pku_dfiic_2018_2019.csv")
    latest = table[table["year"] == "2019"].assign(year=2020)
    numeric = [column for column in latest if column not in {"adcode", "city"}]
    latest[numeric] = latest[numeric].apply(pd.to_numeric)
    with pd.ExcelWriter(edition.raw / "pku_dfiic_2020.xlsx", engine="openpyxl") as book:
        pd.DataFrame({"note": ["see the next sheet"]}).to_excel(book, sheet_name="说明")
        latest.to_excel(book, sheet_name="指数", index=False)


def lines(edition: editions.Edition) -> list[str]:
    return list(map(str, checking.findings(edition)))


def test_a_new_edition_has_what_is_out_and_templates_for_the_rest(laid_out):
    there = {path.name for path in laid_out.raw.glob("*.csv")}
    assert {"yearbook_2019.csv", "yearbook_2018.csv", "policy_pilots.csv"} <= there
    # R&D of 2017 may be carried for two years only, so it serves no edition of 2020.
    assert "yearbook_2017_rd.csv" not in there
    templates = {path.name for path in (laid_out.raw / "templates").iterdir()}
    assert templates == {
        "expected.csv", "yearbook_2020.csv", "pku_dfiic_2020.csv", "metro_2020_05.csv", *NOT_OUT,
    }  # fmt: skip
    assert seals.unsealed(laid_out) == list(read(laid_out.raw / "sources.csv")["file"][:10])


def test_a_template_has_the_expected_columns_and_a_line_per_city(laid_out):
    template = read(laid_out.raw / "templates" / "yearbook_2020.csv")
    assert list(template.columns) == list(read(laid_out.raw / "yearbook_2019.csv").columns)
    assert len(template) == 297
    assert set(template["year"]) == {"2020"}
    assert template.loc[0, ["adcode", "city", "gdp_100m"]].tolist() == ["110000", "北京市", ""]


def test_the_table_of_expectations_says_what_the_last_edition_had(laid_out):
    expected = read(laid_out.raw / "templates" / "expected.csv")
    row = expected[expected["column"] == "gdp_100m"].iloc[0]
    figures = pd.to_numeric(read(laid_out.raw / "yearbook_2019.csv")["gdp_100m"]).dropna()
    assert row["file"] == "yearbook_2020.csv"
    assert row["unit"] == "100 million yuan"
    assert int(row["cities_before"]) == len(figures)
    assert float(row["highest_before"]) == figures.max()


def test_the_new_settings_name_the_edition_that_was_followed(laid_out):
    settings = editions.load("2021", laid_out.root).settings
    assert settings == {
        "edition": "2021", "data_year": 2020, "previous": "2020", "score_anchors": "2020",
        "uncertainty_design": "uncertainty.csv",
    }  # fmt: skip


def test_a_column_named_after_its_year_moves_on(real_copy):
    edition = new_edition.lay_out(real_copy.edition, "2022", 2021)
    columns = read(edition.raw / "columns.csv")
    metro = columns[(columns["file"] == "metro_2021_05.csv") & (columns["role"] == "value")]
    assert set(metro["year"]) == {"2021"}
    # Figures, texts and figures without a year of their own alike, two years on.
    templates = edition.raw / "templates"
    assert list(read(templates / "listed_firms_2021.csv")) == [
        "adcode", "city", "listed_electronics_c39_2021_n", "listed_it_i63_65_2021_n",
        "listed_all_2021_n", "listed_electronics_c39_2022_06_n", "listed_it_i63_65_2022_06_n",
        "listed_all_2022_06_n",
    ]  # fmt: skip
    assert "first_5g_40_2021" in read(templates / "first_5g_cities_2021.csv")


def test_of_a_figure_in_several_years_the_last_is_expected_under_the_year_of_the_edition():
    names = ["heading_in_file", "role", "variable", "year", "heading"]
    lines = [
        ("adcode", "key", "", "", ""),
        ("gdp_2018", "value", "gdp", "2018", "GDP 2018"),
        ("gdp_2019", "value", "gdp", "2019", "GDP 2019, prices of 2015"),
        ("beds", "value", "beds", "", "beds, in 10000"),
    ]
    blank = {"column": "", "minimum": "", "maximum": "", "table": "2019 全国主要指标"}
    described = pd.DataFrame(lines, columns=names).assign(**blank)
    new = new_edition.new_columns(described, "new.csv", 2019, 2020)
    assert new[["column", "year", "heading"]].to_numpy().tolist() == [
        ["adcode", "", ""],
        ["gdp_2020", "2020", "GDP 2020, prices of 2015"],
        ["beds", "", "beds, in 10000"],
    ]
    assert set(new["table"]) == {"2020 全国主要指标"}


def test_only_files_that_are_not_there_are_to_be_brought_a_workbook_once(laid_out):
    sources = read(laid_out.raw / "sources.csv")
    expected = list(sources["file"][:10])
    assert new_edition.to_bring(laid_out) == expected
    # Two sheets of one workbook; a file that an earlier edition has not sealed yet is there.
    sources.loc[:1, "file"] = ["export_2020.xlsx#经济", "export_2020.xlsx#交通"]
    sources.loc[sources["file"] == "yearbook_2018.csv", "sha256"] = ""
    write(laid_out.raw / "sources.csv", sources)
    assert new_edition.to_bring(laid_out) == ["export_2020.xlsx", *expected[2:]]


def test_an_edition_that_is_there_is_never_overwritten(laid_out, real_copy):
    before = sorted(path.name for path in laid_out.raw.iterdir())
    with pytest.raises(RefusedValueError, match="2021 is there already; nothing was changed"):
        new_edition.lay_out(real_copy.edition, "2021", 2020)
    assert sorted(path.name for path in laid_out.raw.iterdir()) == before


def test_a_file_that_is_expected_is_one_cause_and_asked_for_its_citation_once_it_is_there(laid_out):
    sources = read(laid_out.raw / "sources.csv")
    remedy = "import it, or delete line {} of sources.csv if there is none"
    absent = [
        f"refused: {file}: the file is not there: {remedy.format(line)}"
        for line, file in enumerate(sources["file"].head(10), 2)
    ]
    assert [line for line in lines(laid_out) if line.startswith("refused")] == absent
    shutil.copy(
        laid_out.raw / "metro_2019_05.csv", laid_out.raw / list(sources["file"].head(10))[2]
    )
    found = [line for line in lines(laid_out) if line.startswith("refused")]
    asked = "refused: sources.csv, line 4, column citation: must not be empty"
    assert sorted(found) == sorted([asked, *absent[:2], *absent[3:]])


def test_a_filled_edition_passes_and_its_losses_are_listed(filled):
    found = checking.findings(filled)
    assert "refused" not in {severity for severity, *_ in found}
    lost = [fault for severity, fault, *_ in found if severity == "lost"]
    by_measure = {"measures.csv", "context_measures.csv"}
    columns = {fault.column for fault in lost if fault.file not in by_measure} - {""}
    without_figures = {fault.value for fault in lost if fault.file in by_measure}
    assert without_figures == {
        "emp_it", "telecom_rev_10kyuan", "univ_teachers", "emp_scitech", "broadband_subs_10k",
        "mobile_subs_10k", "emp_urban_units", "listed_electronics_n",
    }  # fmt: skip
    # A column is told by itself where no measure is told for the want of it.
    assert columns == set(GONE) - without_figures
    sources = ("gov_online_service", "gdp_crosscheck", "listed_firms", "air_stations",
               "data_centre_designations", "cloud_regions", "first_5g")  # fmt: skip
    assert {fault.rule for fault in lost if "source" in fault.rule} == {
        f"no file of the source {source} has figures of 2020" for source in sources
    }
    order = [findings.SEVERITIES.index(severity) for severity, *_ in found]
    assert order == sorted(order)


def test_a_filled_edition_is_built_and_states_what_it_lost(filled):
    written = building.build(filled)
    assert "published.csv" not in written
    facts = Speaker(filled).facts()
    assert facts["edition"]["data_year"] == "2020"
    said = facts["losses"]["account"]
    lost = ["IT employment", "telecom revenue", "listed electronics firms", "university teachers",
            "science employment", "broadband subscribers", "mobile subscribers"]  # fmt: skip
    assert said.startswith(f"No source has figures of 2020 of {Numbers().listing(lost)}.")
    assert "the index takes access network addresses and mobile number blocks." in said
    indicators = ["information technology sector", "electronic information industry",
                  "knowledge innovation"]  # fmt: skip
    gone = Numbers().listing(indicators)
    assert f"loses 3 indicators that have no other measure, namely {gone}." in said
    assert "No domain is left empty." in said
    assert "rests on green digital development" in facts["losses"]["thin_domains"]
    evidence = facts["evidence"]
    assert (evidence["measured_indicators"], evidence["lost_indicators"]) == ("16", "3")
    assert evidence["lost"] == (
        f"Since an earlier edition the evidence is lost for {gone} (last measured in edition 2020)."
    )
    assert seals.unsealed(filled) == []
    scores = filled.result("scores")
    assert len(scores) > 250
    cells = filled.result("cells").set_index(["adcode", "measure"])
    assert cells.loc[("440300", "it_employment"), "status"] == "missing"
    assert cells.loc[("440300", "science_spending"), "status"] == "observed"
    assert cells.loc[("440300", "digital_payment"), "file"] == "pku_dfiic_2020.xlsx#指数"


@pytest.fixture
def pair(tiny: EditionOnDisk) -> tuple[EditionOnDisk, editions.Edition]:
    """The tiny edition, and the same again as the one after it, a year on."""
    raw = tiny.edition.raw
    later = raw.with_name("later")
    shutil.copytree(raw, later)
    for file in ("sources.csv", "columns.csv", "yearbook_2019.csv"):
        text = (later / file).read_text("utf8").replace("2019", "2020")
        (later / file.replace("2019", "2020")).write_text(text, "utf8")
    (later / "yearbook_2019.csv").unlink()
    put_right(later / "yearbook_2020.csv")
    settings = 'edition = "later"\ndata_year = 2020\nscore_anchors = "later"\nprevious = "tiny"\n'
    (later / "edition.toml").write_text(settings, "utf8")
    later_on_disk = EditionOnDisk("later", tiny.edition.root)
    return later_on_disk, tiny.edition


def put_right(yearbook: Path) -> None:
    """Print a rate of 120.5 as it must be; its correction holds for the year before alone."""
    table = read(yearbook)
    table["sewage_treat_pct"] = table["sewage_treat_pct"].replace("120.5", "100")
    write(yearbook, table)


def differing(pair: tuple[EditionOnDisk, editions.Edition], factor: float = 5) -> list[tuple]:
    pair[0].seal()
    found = checking.findings(editions.load("later", pair[0].edition.root), factor)
    return [
        (severity, fault.column, fault.value, fault.rule)
        for severity, fault, *_ in found
        if severity != "note"
    ]


def change(pair: tuple[EditionOnDisk, editions.Edition], line: int, column: str, value: str):
    path: Path = pair[0].edition.raw / "yearbook_2020.csv"
    table = read(path)
    table.loc[line - 2, column] = value
    write(path, table)


def test_the_same_figures_a_year_on_show_no_difference(pair):
    assert differing(pair) == []


@pytest.mark.parametrize(("value", "listed"), [("37000", True), ("36999", False), ("1480", True)])
def test_a_value_that_jumps_by_the_factor_is_listed(pair, value, listed):
    # Birch had 7400: five times that is 37000, a fifth 1480.
    change(pair, 3, "gdp_100m", value)
    found = differing(pair)
    assert bool(found) is listed
    if listed:
        assert found[0][:3] == ("suspicious", "gdp_100m", value)
        assert found[0][3].startswith("乙市 910200: ")
        assert found[0][3].endswith("the 7,400 before")


def test_the_factor_can_be_stated(pair):
    change(pair, 3, "gdp_100m", "15000")
    assert differing(pair, factor=3) == []
    assert len(differing(pair, factor=2)) == 1


def test_columns_and_cities_that_come_and_go_are_listed_by_severity(pair):
    path = pair[0].edition.raw / "yearbook_2020.csv"
    table = read(path).drop(columns="emp_it").drop(index=3)
    table["buses"] = "5"
    table.loc[0, "city"] = "Alder"
    write(path, table)
    columns = read(pair[0].edition.raw / "columns.csv")
    mine = columns["file"] == "yearbook_2020.csv"
    swap = mine & columns["column"].eq("emp_it")
    for name in ("column", "variable"):
        columns[name] = columns[name].mask(swap, "buses")
    write(pair[0].edition.raw / "columns.csv", columns)
    pair[0].add_line("variables.csv", "buses,yearbook,persons,number of buses")
    assert differing(pair) == [
        ("lost", "variable", "emp_it", "no file has figures of 2020 of this variable"),
        ("lost", "adcode", "丁市 920100", "the city is gone"),
        ("suspicious", "city", "Alder", "the city was called 甲市"),
        ("new", "buses", "", "the column is new"),
    ]


def test_what_the_edition_before_lacked_too_is_not_lost(pair):
    for edition, file in ((pair[0].edition, "yearbook_2020.csv"), (pair[1], "yearbook_2019.csv")):
        columns = read(edition.raw / "columns.csv")
        gone = columns["file"].eq(file) & columns["column"].eq("emp_it")
        write(edition.raw / "columns.csv", columns[~gone])
        write(edition.raw / file, read(edition.raw / file).drop(columns="emp_it"))
    assert [(s, value) for s, _, value, _ in differing(pair) if s == "lost"] == []
    found = checking.findings(editions.load("later", pair[1].root))
    assert [finding.fault.rule for finding in found if finding.variable == "emp_it"] == [
        "no file has figures of 2020 of this variable, and the edition before had none"
    ]


def test_a_source_that_is_gone_and_one_that_is_new_are_listed(pair):
    sources = read(pair[0].edition.raw / "sources.csv")
    sources["source"] = sources["source"].replace("census", "register")
    write(pair[0].edition.raw / "sources.csv", sources)
    own = pair[0].edition.own_reference
    own.mkdir()
    for name in ("variables.csv", "context_measures.csv"):
        table = read(pair[0].path(name))
        write(own / name, table.replace({"source": {"census": "register"}}))
    assert differing(pair) == [
        ("lost", "", "", "no file of the source census is left"),
        ("new", "", "", "the source register is new"),
    ]


def test_a_file_that_cannot_be_read_leaves_the_other_differences(pair):
    (pair[0].edition.raw / "yearbook_2020.csv").write_bytes(b"")
    found = checking.findings(editions.load("later", pair[0].edition.root))
    assert found[0].fault.rule.startswith("the file is empty")
    assert [finding.severity for finding in found if finding.severity != "note"] == ["refused"]


def test_a_faultless_edition_without_a_previous_one_has_nothing_to_list(tiny):
    tiny.seal()
    assert {finding.severity for finding in checking.findings(tiny.edition)} == {"note"}
