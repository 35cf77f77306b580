"""A file of somebody's own indicators becomes an edition; what is wrong with it is refused."""

import numpy as np
import pandas as pd
import pytest
from conftest import copy_real, read, write

from analysis import editions
from analysis.editions.validation.faults import InputRefusedError
from analysis.publish.report.origins import embedded_notebooks, report_origins
from analysis.publish.report.source import read_report
from analysis.ranking import method, own_figures
from analysis.results import building

# Indicators in six domains, two of them in one sub-domain of the economy.
CODES = ["it_development", "electronics_industry", "green_digitalisation",
         "government_transparency", "living_convenience", "digital_planning",
         "fixed_broadband"]  # fmt: skip
FEW_DRAWS = {"uncertainty_draws": "64", "bootstrap_draws": "20", "sensitivity_runs": "64",
             "inference_splits": "1", "scenario_draws": "8", "weighting_draws": "64"}  # fmt: skip


def figures(codes: list[str], seed: int = 3) -> pd.DataFrame:
    """Invented even figures of cities for every indicator in `CODES`, one of them missing."""
    values = np.random.default_rng(seed).uniform(10, 20, (len(codes), len(CODES))).round(2)
    table = pd.DataFrame(values, index=pd.Index(codes, name="adcode"), columns=CODES)
    table.iloc[4, 0] = np.nan
    return table


# What edition 2020 keeps here: own figures need its economic size alone, and all else would be
# checked and cleaned again with each of them.
OF_SIZE = {
    "census_2020.csv": ["popu_2020"],
    "yearbook_2018.csv": ["gdp_100m", "gdp_pc_yuan", "hukou_pop_10k"],
    "yearbook_2019.csv": ["gdp_100m", "gdp_pc_yuan", "hukou_pop_10k"],
}


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> editions.Edition:
    """Edition 2020 with the figures of its economic size alone: read only."""
    edition = copy_real(tmp_path_factory.mktemp("base")).edition
    sources, columns = (read(edition.raw / name) for name in ("sources.csv", "columns.csv"))
    for file in sources["file"]:
        if file not in OF_SIZE:
            (edition.raw / file).unlink()
            continue
        table = read(edition.raw / file)
        kept = [name for name in table if name in ("adcode", "city", "year", *OF_SIZE[file])]
        write(edition.raw / file, table[kept])
    kept = [
        row["file"] in OF_SIZE and (row["role"] != "value" or row["column"] in OF_SIZE[row["file"]])
        for row in columns.to_dict("records")
    ]
    write(edition.raw / "sources.csv", sources[sources["file"].isin(OF_SIZE)].assign(sha256=""))
    write(edition.raw / "columns.csv", columns[kept])
    corrections = read(edition.reference / "corrections.csv")
    of_size = [name for names in OF_SIZE.values() for name in names]
    write(edition.reference / "corrections.csv", corrections[corrections["variable"].isin(of_size)])
    return edition


@pytest.fixture
def codes(real) -> list[str]:
    return list(real.reference_table("cities")["adcode"])


@pytest.fixture
def file(tmp_path, codes):
    path = tmp_path / "mine.csv"
    figures(codes[:40]).to_csv(path)
    return path


def quick(edition: editions.Edition) -> editions.Edition:
    """The edition with few draws, so that it is built in a moment."""
    path = edition.reference / "method.csv"
    table = read(path)
    table["value"] = table["parameter"].map(FEW_DRAWS).fillna(table["value"])
    write(path, table)
    return edition


def test_the_file_alone_decides_the_ranking(real, file, codes, tmp_path):
    edition = quick(own_figures.lay_out(real, file, tmp_path / "own"))
    building.build(edition)
    scores = edition.result("scores").set_index("adcode")
    table = figures(codes[:40])
    scales = 100 * (table - table.min()) / (table.max() - table.min())
    # Each indicator has its weight of the complete framework: one over the numbers of siblings.
    parent = edition.reference_table("framework").set_index("code")["parent"]
    siblings = parent.value_counts()
    path = [table.columns, parent[table.columns], parent[parent[table.columns]]]
    weights = np.prod([1 / siblings[parent[codes]].to_numpy() for codes in path], axis=0)
    present = scales.notna() * weights
    expected = (scales * weights).sum(axis=1) / present.sum(axis=1)
    assert scores.loc[table.index, "index"].tolist() == pytest.approx(expected.tolist(), rel=1e-8)
    ranks = expected.rank(ascending=False)
    assert scores.loc[table.index, "rank"].tolist() == ranks.tolist()
    assert len(edition.result("unranked")) == len(codes) - 40
    assert edition.result("uncertainty")["rank"].tolist() == list(range(1, 41))


def test_weights_of_the_file_are_used(base, file, tmp_path):
    weights = tmp_path / "weights.csv"
    weights.write_text("code,weight\neconomy,10\nit_development,3\n", "utf8")
    edition = own_figures.lay_out(base, file, tmp_path / "own", weights)
    # Named weights are those of the index, not of a framework of which parts are empty.
    assert method.load(edition).parameters["renormalisation"] == "level_by_level"
    framework = edition.reference_table("framework").set_index("code")["weight"]
    assert (framework["economy"], framework["it_development"]) == (10, 3)
    assert framework["governance"] == 1


def test_nothing_of_the_project_is_touched(real, file, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in real.results.parent.parent.rglob("*")}
    own_figures.lay_out(real, file, tmp_path / "own")
    after = {path: path.stat().st_mtime_ns for path in real.results.parent.parent.rglob("*")}
    assert before == after


def test_many_cities_have_a_scale_of_their_own_and_few_that_of_the_edition(
    base, file, codes, tmp_path
):
    few = own_figures.lay_out(base, file, tmp_path / "few")
    assert few.settings["score_anchors"] == "2020"
    figures(codes[:101]).to_csv(file)
    many = own_figures.lay_out(base, file, tmp_path / "many")
    assert many.settings["score_anchors"] == "own"
    figures(codes[:100]).to_csv(file)
    assert own_figures.lay_out(base, file, tmp_path / "n").settings["score_anchors"] == "2020"


def refusal(base, file, tmp_path) -> list[str]:
    """The lines of the refusal of a file; whoever is refused has nothing computed."""
    with pytest.raises(InputRefusedError) as refused:
        own_figures.lay_out(base, file, tmp_path / "own")
    assert not (tmp_path / "own" / "data" / "results" / "own").exists()
    return str(refused.value).splitlines()


def test_a_report_of_few_cities_is_refused_with_what_serves_them(base, file, codes, tmp_path):
    figures(codes[:29]).to_csv(file)
    [line] = refusal(base, file, tmp_path)
    assert line == (
        "mine.csv: 29 cities have enough figures for a rank (65 % of the indicators of the file, "
        "and 50 % of those of each domain), a report needs 30; the command index ranks any number "
        "of units"
    )
    figures(codes[:30]).to_csv(file)
    assert own_figures.lay_out(base, file, tmp_path / "own").settings["score_anchors"] == "2020"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("fixed_broadband", "Fixed broad band", [("mine.csv", "1", "Fixed broad band", "",
         "is neither adcode, city nor the code of an indicator in framework.csv; "
         "the nearest: fixed_broadband")]),
        ("fixed_broadband", "it_development", [("mine.csv", "1", "it_development", "",
         "stands above 2 columns: keep one of them")]),
        ("adcode", "town", [
            ("mine.csv", "1", "town", "",
             "is neither adcode, city nor the code of an indicator in framework.csv"),
            ("mine.csv", "1", "", "", "a column adcode or city is missing"),
        ]),
    ],
)  # fmt: skip
def test_wrong_headings_are_refused_before_anything_is_laid_out(
    base, file, tmp_path, old, new, faults
):
    file.write_text(file.read_text("utf8").replace(old, new), "utf8")
    with pytest.raises(InputRefusedError) as refusal:
        own_figures.lay_out(base, file, tmp_path / "own")
    found = [tuple(map(str, fault[:5])) for fault in refusal.value.faults]
    assert found == faults
    assert not (tmp_path / "own").exists()


def test_wrong_weights_are_refused(base, file, tmp_path):
    weights = tmp_path / "weights.csv"
    weights.write_text("code,weight\neconmy,1\nlivelihood,0\n", "utf8")
    with pytest.raises(InputRefusedError) as refusal:
        own_figures.lay_out(base, file, tmp_path / "own", weights)
    assert str(refusal.value).splitlines() == [
        "weights.csv, line 2, column code, value 'econmy': is no node of the framework",
        "weights.csv, line 3, column weight, value '0': must be a number above 0",
    ]


def test_wrong_figures_are_refused_as_those_of_any_edition(base, file, tmp_path):
    lines = file.read_text("utf8").replace("adcode", "city").splitlines()
    names = base.reference_table("cities")["name_zh_hans"]
    lines[1:] = [f"{names.iloc[n]}{line[6:]}" for n, line in enumerate(lines[1:])]
    lines[1] = f'{names.iloc[0]},"1,5",{lines[1].split(",", 2)[2]}'
    lines[2] = "Suzhou," + lines[2].split(",", 1)[1]
    file.write_text("\n".join(lines) + "\n", "utf8")
    first, second = refusal(base, file, tmp_path)
    assert first == "mine.csv, line 2, column it_development, value '1,5': must be a number"
    assert second.startswith("mine.csv, line 3, column city, value 'Suzhou': is the name of sever")


def named(base, codes: list[str]) -> pd.DataFrame:
    """The figures of cities under their names, with blanks around them."""
    names = base.reference_table("cities").set_index("adcode")["name_zh_hans"]
    table = figures(codes).rename(index=names).rename_axis("city")
    return table.rename(index=lambda name: f" {name} ")


def test_unknown_cities_are_named_once_though_too_few_would_be_left(base, file, codes, tmp_path):
    table = named(base, codes[:31])
    table.rename(index={table.index[4]: "Atlantis7", table.index[5]: "9号"}).to_csv(file)
    first, second = refusal(base, file, tmp_path)
    assert first.startswith("mine.csv, line 6, column city, value 'Atlantis7': is no known name of")
    assert "; the nearest: " in first
    assert second.startswith("mine.csv, line 7, column city, value '9号': is no known name of")


def test_names_with_blanks_around_them_are_known(base, file, codes, tmp_path):
    named(base, codes[:30]).to_csv(file)
    assert own_figures.lay_out(base, file, tmp_path / "own").name == "own"


def test_a_city_that_stands_twice_is_refused_with_its_line(base, file, codes, tmp_path):
    figures([*codes[:30], codes[3]]).to_csv(file)
    assert refusal(base, file, tmp_path) == [
        f"mine.csv, line 32, column adcode, value '{codes[3]}': the key repeats line 5: "
        "correct or take out one of the two"
    ]


@pytest.mark.parametrize("name", ["columns.csv", "Sources.csv", "yearbook_2019.csv"])
def test_a_file_may_have_a_name_that_the_edition_uses(base, file, codes, tmp_path, name):
    mine = file.rename(file.with_name(name))
    edition = own_figures.lay_out(base, mine, tmp_path / "own")
    sources = edition.raw_table("sources.csv").set_index("source").loc["own"]
    assert sources["file"] == f"own_{name}"
    assert sources["citation"].endswith(name)
    assert (edition.raw / f"own_{name}").read_bytes() == mine.read_bytes()
    mine.write_text(mine.read_text("utf8").replace(codes[3], "000003"), "utf8")
    assert all(line.startswith(f"{name}, line 5, ") for line in refusal(base, mine, tmp_path))


def test_indicators_that_are_the_same_everywhere_are_refused_by_column(base, file, codes, tmp_path):
    table = figures(codes[:40]).assign(fixed_broadband=5.0, digital_planning=0.0)
    table.iloc[3, -1] = np.nan
    table.to_csv(file)
    same = "have the same, so that it tells none apart: correct the figures or leave the column out"
    assert refusal(base, file, tmp_path) == [
        f"mine.csv, column digital_planning, value '0': all of the 39 ranked cities with a figure "
        f"{same}",
        f"mine.csv, column fixed_broadband, value '5': all of the 39 ranked cities with a figure "
        f"{same}",
    ]


def test_a_column_without_figures_counts_as_an_indicator_without(base, file, codes, tmp_path):
    table = figures(codes[:40]).assign(e_commerce=np.nan, online_education=" ")
    table.to_csv(file)
    edition = own_figures.lay_out(base, file, tmp_path / "own")
    assert edition.reference_table("measures")["indicator"].tolist() == CODES
    table[["e_commerce", "online_education"]].to_csv(file)
    assert refusal(base, file, tmp_path) == [
        "mine.csv, line 1: no column with the code of an indicator holds a figure"
    ]


def test_city_and_name_are_one_thing(base, file, codes, tmp_path):
    figures(codes[:40]).assign(city="", name="").to_csv(file)
    assert refusal(base, file, tmp_path) == [
        "mine.csv, line 1, column name: city and name are one thing: keep one of them"
    ]


def test_tables_that_the_edition_alone_has_do_not_hide_those_of_the_file(real_copy, file, tmp_path):
    own = real_copy.edition.raw / "reference"
    own.mkdir()
    method = read(real_copy.path("method.csv"))
    method.loc[method["parameter"] == "coverage_all", "value"] = "0.5"
    write(own / "method.csv", method)
    write(own / "measures.csv", read(real_copy.path("measures.csv")))
    edition = own_figures.lay_out(real_copy.edition, file, tmp_path / "own")
    assert edition.reference_table("measures")["measure"].str.startswith("own_").all()
    parameters = edition.reference_table("method").set_index("parameter")["value"]
    assert parameters["coverage_all"] == "0.5"


def test_the_report_of_own_figures_calls_them_so(real):
    report = read_report(real.root, "report-own.qmd")
    assert len(report_origins(report)) >= 8
    # The notebooks that explain public figures have nothing to explain here.
    assert not {"01_cleaning", "08_published", "09_claims"} & embedded_notebooks(report)
    for section in ("own", "own-robustness"):
        prose = (real.root / "sections" / "en" / f"{section}.qmd").read_text("utf8")
        assert "pen data" not in prose
        assert prose.count("*Own figures.*") >= 3
