"""What a file and the edition both have is asked about, and what would be lost is said."""

from analysis.editions.importing.conflicts import few
from analysis.editions.importing.proposal import Answers, propose

from .conftest import HEAD


def test_what_a_file_takes_away_is_asked_though_its_year_is_not_known(waiting, put, body, before):
    """Four rounds of questions would be three too many; the edition says which year is likely."""
    columns = ["city", "year", "gdp_100m"]
    before.assign(year="2020")[columns].to_csv(waiting.raw / "yearbook_2020.csv", index=False)
    year, citation, place = propose(
        waiting, put("t.xlsx", Sheet1=[*HEAD[1:], *body]), Answers()
    ).questions
    assert year.endswith("--year 2020 if that of the edition")
    assert "--citation" in citation
    # Ten are described, of which the file has gdp_100m, telecom_rev_10kyuan and sewage_treat_pct.
    assert "--replace yearbook_2020.csv (and lose " in place


def test_three_variables_are_named_and_more_are_not():
    assert few({"c", "a", "b"}) == "a, b, c"
    assert few({"c", "a", "b", "d"}) == "a, b, c, …"
