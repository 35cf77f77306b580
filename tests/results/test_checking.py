"""What `check` lists, and how it says it."""

from analysis import editions
from analysis.results.checking import findings


def test_a_faultless_edition_without_a_predecessor_has_nothing_to_look_at(built_tiny):
    assert findings(built_tiny) == []


def test_a_fault_is_refused_and_hides_what_would_be_said_of_sound_figures(tiny):
    tiny.put("yearbook_2019.csv", 2, "gdp_100m", "many")
    tiny.seal()
    [(severity, fault)] = findings(editions.load("tiny", tiny.edition.root))
    assert severity == "refused"
    assert fault[:4] == ("yearbook_2019.csv", 2, "gdp_100m", "many")
