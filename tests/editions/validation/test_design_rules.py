"""Rules of the design of the uncertainty analysis: every slip is named with its line."""

import pytest
from conftest import read, write

from analysis import editions
from analysis.editions import ROOT
from analysis.editions.validation import design_rules, schemas

DESIGN = "uncertainty.csv"
HEADER = "factor,kind,level,alternative,low,high,share,meaning"


@pytest.fixture
def designed(tiny):
    """The tiny edition with the design and the columns of the real one."""
    shared = ROOT / "data" / "reference"
    write(tiny.edition.reference / DESIGN, read(shared / DESIGN))
    write(tiny.edition.reference / "columns.csv", read(shared / "columns.csv"))
    with (tiny.edition.raw / "edition.toml").open("a", encoding="utf8") as file:
        file.write(f'uncertainty_design = "{DESIGN}"\n')
    tiny.edition = editions.load("tiny", tiny.edition.root)
    return tiny


def line_of(edition, alternative: str) -> int:
    return list(read(edition.path(DESIGN))["alternative"]).index(alternative) + 2


def found(edition) -> list[tuple[str, str, str]]:
    faults = design_rules.design_faults(edition.edition)
    return [(str(fault.line), fault.column, fault.rule) for fault in faults]


def test_the_design_of_the_project_passes(designed, real):
    assert found(designed) == []
    assert design_rules.design_faults(real) == []


def test_a_range_upside_down_is_refused(designed):
    designed.put(DESIGN, 2, "low", "2")
    [(_, _, rule)] = found(designed)
    assert "0 < low <= high does not hold for 2.0, 1.25" in rule


@pytest.mark.parametrize(
    ("alternative", "column", "value", "rule"),
    [
        ("log", "alternative", "logarithm", "treatment, alternative 'logarithm': not one of"),
        ("log", "low", "1", "must be empty for the factor treatment"),
        ("log", "level", "domain", "must be empty for the alternative log"),
        ("log", "kind", "concept", "must be technique, as in the first line of the factor"),
        ("one", "level", "town", "must be one of domain, indicator, measure, subdomain"),
        ("rank_scores", "alternative", "z_score mean=90 sdd=5",
         "sdd: no such option; there is mean, sd, lowest"),
        ("rank_scores", "alternative", "percentile_rank",
         "gives values of 0, which the geometric mean among the alternatives cannot take: take one "
         "of the two out"),
        ("z_score lowest=1 sd=20", "alternative", "z_score mean=1e300 sd=20",
         "mean must be a number from -1e+06 to 1e+06"),
        ("imputed draws=10", "alternative", "imputed draws=1000000000000",
         "draws must be a number from 1 to 100"),
        ("arithmetic index=geometric", "alternative", "arithmetic indx=geometric",
         "indx: no such level, and no node that has others below it: correct it"),
        ("observed", "alternative", "observd",
         "observd: no such grade of evidence; there are "),
        ("log", "share", "-1", "the shares"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_carried_out_is_named(designed, alternative, column, value, rule):
    line = line_of(designed, alternative)
    designed.put(DESIGN, line, column, value)
    [(at, _, said)] = found(designed)
    assert rule in said
    assert at in {str(line), ""}


def test_a_design_of_which_only_the_header_is_left_is_refused(designed):
    designed.path(DESIGN).write_text(HEADER + "\n", "utf8")
    rules = [rule for _, _, rule in found(designed)]
    assert "treatment: there is no alternative" in rules


def test_a_design_of_ones_own_is_judged_but_may_begin_otherwise(designed, tmp_path):
    path = tmp_path / "mine.csv"
    table = read(designed.path(DESIGN))
    write(path, table[table["alternative"] != "winsorise maximum=5"])
    assert design_rules.file_faults(path, designed.edition) == []
    write(path, table.assign(low=table["low"].mask(table["low"] != "", "3")))
    faults = design_rules.file_faults(path, designed.edition)
    assert "low <= high does not hold" in " ".join(fault.rule for fault in faults)
    write(path, table.drop(columns="share"))
    faults = design_rules.file_faults(path, designed.edition)
    assert [(fault.file, fault.column, fault.rule) for fault in faults] == [
        ("mine.csv", "share", schemas.MISSING)
    ]
