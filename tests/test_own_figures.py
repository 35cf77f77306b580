"""A file of somebody's own indicators becomes an edition; what is wrong with it is refused."""

import numpy as np
import pandas as pd
import pytest
from conftest import read, write

from analysis import editions, own_figures, results
from analysis.publish.origins import embedded_notebooks, report_origins
from analysis.publish.source import read_report
from analysis.validation import InputRefusedError

# Indicators in six domains, two of them in one sub-domain of the economy.
CODES = ["it_development", "electronics_industry", "green_digitalisation",
         "government_transparency", "living_convenience", "digital_planning",
         "fixed_broadband"]  # fmt: skip
FEW_DRAWS = {"uncertainty_draws": "64", "bootstrap_draws": "20", "sensitivity_runs": "64",
             "scenario_draws": "8"}  # fmt: skip


def figures(codes: list[str], seed: int = 3) -> pd.DataFrame:
    """Invented even figures of cities for every indicator in `CODES`, one of them missing."""
    values = np.random.default_rng(seed).uniform(10, 20, (len(codes), len(CODES))).round(2)
    table = pd.DataFrame(values, index=pd.Index(codes, name="adcode"), columns=CODES)
    table.iloc[4, 0] = np.nan
    return table


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
    results.build(edition)
    scores = edition.result("scores").set_index("adcode")
    table = figures(codes[:40])
    scales = 100 * (table - table.min()) / (table.max() - table.min())
    # The first two are siblings, and the rest stand alone in their domains.
    economy = scales.iloc[:, :2].mean(axis=1)
    expected = (economy + scales.iloc[:, 2:].sum(axis=1)) / 6
    assert scores.loc[table.index, "index"].tolist() == pytest.approx(expected.tolist(), rel=1e-8)
    ranks = expected.rank(ascending=False)
    assert scores.loc[table.index, "rank"].tolist() == ranks.tolist()
    assert len(edition.result("unranked")) == len(codes) - 40
    assert edition.result("uncertainty")["rank"].tolist() == list(range(1, 41))


def test_weights_of_the_file_are_used(real, file, tmp_path):
    weights = tmp_path / "weights.csv"
    weights.write_text("code,weight\neconomy,10\nit_development,3\n", "utf8")
    edition = own_figures.lay_out(real, file, tmp_path / "own", weights)
    framework = edition.reference_table("framework").set_index("code")["weight"]
    assert (framework["economy"], framework["it_development"]) == (10, 3)
    assert framework["governance"] == 1


def test_nothing_of_the_project_is_touched(real, file, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in real.results.parent.parent.rglob("*")}
    own_figures.lay_out(real, file, tmp_path / "own")
    after = {path: path.stat().st_mtime_ns for path in real.results.parent.parent.rglob("*")}
    assert before == after


def test_many_cities_have_a_scale_of_their_own_and_few_that_of_the_edition(
    real, file, codes, tmp_path
):
    few = own_figures.lay_out(real, file, tmp_path / "few")
    assert few.settings["score_anchors"] == "2020"
    figures(codes[:101]).to_csv(file)
    many = own_figures.lay_out(real, file, tmp_path / "many")
    assert many.settings["score_anchors"] == "own"
    figures(codes[:100]).to_csv(file)
    assert own_figures.lay_out(real, file, tmp_path / "n").settings["score_anchors"] == "2020"


def test_a_report_of_few_cities_is_refused_with_what_serves_them(real, file, codes, tmp_path):
    figures(codes[:29]).to_csv(file)
    with pytest.raises(
        InputRefusedError, match=r"29 cities have enough .* needs 30; the command index"
    ):
        own_figures.lay_out(real, file, tmp_path / "own")


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("fixed_broadband", "broadband", [("mine.csv", "1", "broadband", "",
         "is neither adcode, city nor the code of an indicator in framework.csv; the nearest: "
         "fixed_broadband")]),
        ("adcode", "town", [
            ("mine.csv", "1", "town", "",
             "is neither adcode, city nor the code of an indicator in framework.csv"),
            ("mine.csv", "1", "", "", "a column adcode or city is missing"),
        ]),
    ],
)  # fmt: skip
def test_wrong_headings_are_refused_before_anything_is_laid_out(
    real, file, tmp_path, old, new, faults
):
    file.write_text(file.read_text("utf8").replace(old, new), "utf8")
    with pytest.raises(InputRefusedError) as refusal:
        own_figures.lay_out(real, file, tmp_path / "own")
    found = refusal.value.faults.astype(str).itertuples(index=False, name=None)
    assert list(found) == faults
    assert not (tmp_path / "own").exists()


def test_wrong_weights_are_refused(real, file, tmp_path):
    weights = tmp_path / "weights.csv"
    weights.write_text("code,weight\neconmy,1\nlivelihood,0\n", "utf8")
    with pytest.raises(InputRefusedError) as refusal:
        own_figures.lay_out(real, file, tmp_path / "own", weights)
    assert str(refusal.value).splitlines() == [
        "weights.csv, line 2, column code, value 'econmy': is no node of the framework",
        "weights.csv, line 3, column weight, value '0': must be a number above 0",
    ]


def test_wrong_figures_are_refused_as_those_of_any_edition(real, file, tmp_path):
    lines = file.read_text("utf8").replace("adcode", "city").splitlines()
    names = real.reference_table("cities")["name_zh_hans"]
    lines[1:] = [f"{names.iloc[n]}{line[6:]}" for n, line in enumerate(lines[1:])]
    lines[1] = f'{names.iloc[0]},"1,5",{lines[1].split(",", 2)[2]}'
    lines[2] = "Suzhou," + lines[2].split(",", 1)[1]
    file.write_text("\n".join(lines) + "\n", "utf8")
    with pytest.raises(InputRefusedError) as refusal:
        own_figures.lay_out(real, file, tmp_path / "own")
    text = str(refusal.value)
    assert "mine.csv, line 2, column it_development, value '1,5': must be a number" in text
    assert "mine.csv, line 3, column city, value 'Suzhou': is the name of several cities" in text


def test_the_report_of_own_figures_calls_them_so(real):
    report = read_report(real.root, "report-own.qmd")
    assert len(report_origins(report)) >= 8
    # The notebooks that explain public figures have nothing to explain here.
    assert not {"01_cleaning", "08_published", "09_claims"} & embedded_notebooks(report)
    for section in ("own", "own-robustness"):
        prose = (real.root / "sections" / f"{section}.qmd").read_text("utf8")
        assert "pen data" not in prose
        assert prose.count("*Own figures.*") >= 3
