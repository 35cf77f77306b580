"""Evidence that goes missing: the index goes on without it and says so."""

import re
import shutil
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from conftest import EditionOnDisk, lay_out_tiny, read, write
from speech import said

from analysis import editions
from analysis.chapters import losses
from analysis.editions import ROOT, fact_values
from analysis.language.facts import Speaker
from analysis.results import building
from benchmarks.losses import Loss, trial_of
from benchmarks.trial import NO_NUMBER, flat, run_notebook

FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index"),
        ("economy", "index", "domain"),
        ("trade", "economy", "subdomain"),
        ("shops", "trade", "indicator"),
        ("life", "index", "domain"),
        ("care", "life", "subdomain"),
        ("beds", "care", "indicator"),
    ],
    columns=["code", "parent", "level"],
)
MEASURES = pd.DataFrame(
    [
        ("shops", "parcels", "observed", "1"),
        ("shops", "payments", "proxy", "1"),
        ("beds", "doctors", "observed", "1"),
        ("beds", "nurses", "weak", "0"),
    ],
    columns=["indicator", "measure", "evidence", "included"],
).assign(stands_in_for="")


def cells(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"measure": list(values), "value": list(values.values())})


def lost(table: pd.DataFrame) -> losses.Losses:
    return losses.losses(FRAMEWORK, MEASURES, table, ["observed", "proxy"])


def test_nothing_is_lost_where_every_measure_has_a_figure():
    found = lost(cells(parcels=1, payments=1, doctors=1, nurses=float("nan")))
    assert found == losses.Losses([], [], [], [])


def test_an_indicator_lives_on_with_its_next_measure():
    found = lost(cells(parcels=float("nan"), payments=1, doctors=1))
    assert found == losses.Losses(["parcels"], [], [], [])


def test_a_domain_without_any_measure_is_lost_with_its_indicators():
    # Nurses are weak and not included, so they do not keep the indicator alive.
    found = lost(cells(parcels=1, payments=1, nurses=1))
    assert found == losses.Losses(["doctors"], ["beds"], ["life"], [])


def test_a_measure_that_stands_in_keeps_its_indicator_and_is_named():
    nurses = pd.Series(["", "", "", "doctors"])
    measures = MEASURES.assign(stands_in_for=nurses, included="1", evidence="proxy")
    grades = ["observed", "proxy"]
    table = cells(parcels=1, payments=1, doctors=float("nan"), nurses=1)
    found = losses.losses(FRAMEWORK, measures, table, grades)
    assert found == losses.Losses(["doctors"], [], [], ["nurses"])
    # A measure in reserve is not missed as long as it is not needed.
    table = cells(parcels=1, payments=1, doctors=1)
    assert losses.losses(FRAMEWORK, measures, table, grades) == losses.Losses([], [], [], [])


def test_ranks_shift_by_the_places_between_the_two_orders():
    # A and C change ends; D is not ranked any more, behind all others.
    before = pd.Series({"A": 9.0, "B": 8.0, "C": 6.0, "D": 1.0})
    after = pd.Series({"A": 0.0, "B": 3.0, "C": 5.0})
    assert losses.rank_shifts(before, after).to_dict() == {"A": 2, "B": 0, "C": 2}


def test_an_edition_with_all_its_evidence_says_that_nothing_is_lost(built_tiny):
    assert Speaker(built_tiny).facts()["losses"]["account"] == (
        "This edition lacks none: every measure of the method has figures of 2019."
    )


def thin(framework: pd.DataFrame, labels: dict[str, str]) -> str:
    domains = losses.thin_domains(framework, MEASURES)
    return said(fact_values.sentence("losses_thin", domains=domains), labels=pd.Series(labels))


def test_domains_that_rest_on_one_indicator_are_named_with_its_measures():
    labels = {name: name.title() for name in [*FRAMEWORK["code"], *MEASURES["measure"]]}
    assert thin(FRAMEWORK, labels) == (
        "Economy rests on shops alone (parcels and payments) "
        "and life rests on beds alone (doctors and nurses)."
    )
    two = FRAMEWORK.assign(parent=FRAMEWORK["parent"].replace("care", "trade"))
    assert thin(two, labels) == ("No domain rests on one indicator alone.")


def lose_innovation(edition: EditionOnDisk) -> editions.Edition:
    for year in (2018, 2019):
        edition.no_longer_print(f"yearbook_{year}.csv", "patent_grant_n")
    sources = edition.path("sources.csv")
    lines = sources.read_text("utf8").splitlines()
    kept = [line for line in lines if not line.startswith("pilots.csv")]
    sources.write_text("\n".join(kept) + "\n", "utf8")
    return edition.without_published_list()


@pytest.fixture(scope="module")
def without_innovation(tmp_path_factory) -> editions.Edition:
    """The tiny edition without its domain of innovation, with its results: read only."""
    edition = lose_innovation(lay_out_tiny(tmp_path_factory.mktemp("innovation")))
    building.build(edition)
    return edition


def test_an_edition_that_lost_a_domain_is_built_and_says_so(without_innovation):
    edition = without_innovation
    account = Speaker(edition).facts()["losses"]["account"]
    assert account.endswith(
        "With them the index loses 2 indicators that have no other measure, "
        "namely tiny planning and tiny patents. "
        "Nothing is left of tiny innovation, so that the index is the mean of the rest "
        "and says nothing about what is lost."
    )
    scores = edition.result("scores")
    assert scores["innovation"].isna().all()
    # What is left is the economy alone, so the index is its value.
    assert scores["index"].tolist() == pytest.approx(scores["economy"].tolist())
    assert set(edition.result("domains")["domain"]) == {"economy"}


def test_only_measures_with_figures_are_counted_as_evidence(without_innovation):
    found = Speaker(without_innovation).facts()["evidence"]
    assert (found["measured_indicators"], found["unmeasured_indicators"]) == ("1", "3")
    assert (found["measures"], found["proxy_measures"]) == ("2", "0")


@pytest.fixture(scope="module")
def after_another(tmp_path_factory) -> editions.Edition:
    """The tiny edition without patents, after one of the year before that has them: read only."""
    on_disk = lay_out_tiny(tmp_path_factory.mktemp("after"))
    raw = on_disk.edition.raw
    shutil.copytree(raw, raw.with_name("before"))
    settings = raw.with_name("before") / "edition.toml"
    text = settings.read_text("utf8").replace('"tiny"', '"before"').replace("2019", "2018")
    settings.write_text(text, "utf8")
    on_disk.no_longer_print("yearbook_2019.csv", "patent_grant_n")
    settings = raw / "edition.toml"
    settings.write_text(settings.read_text("utf8") + 'previous = "before"\n', "utf8")
    building.build(editions.load("tiny", on_disk.edition.root))
    return editions.load("tiny", on_disk.edition.root)


def test_an_indicator_that_the_edition_before_measured_is_lost(after_another):
    table = after_another.result("evidence").set_index("indicator")
    # Cloud was never measured, planning still is; both yearbooks have printed patents before.
    assert table["state"].to_dict() == {
        "it_development": "observed", "enterprise_cloud": "none", "digital_planning": "proxy",
        "technological_innovation": "lost",
    }  # fmt: skip
    assert table["last_edition"].to_dict()["technological_innovation"] == "before"


def test_the_framework_chapter_counts_what_is_lost_and_names_it(after_another):
    found = Speaker(after_another).facts()["evidence"]
    names = ("measured", "weak", "lost", "empty")
    assert [found[f"{name}_indicators"] for name in names] == ["2", "0", "1", "1"]
    assert found["lost"] == (
        "Since an earlier edition the evidence is lost for tiny patents "
        "(last measured in edition before)."
    )


def test_without_an_earlier_edition_nothing_is_lost(without_innovation):
    found = Speaker(without_innovation).facts()["evidence"]
    assert (found["lost_indicators"], found["empty_indicators"]) == ("0", "3")
    assert found["lost"] == "No indicator that an earlier edition measured is lost."


def test_what_a_loss_does_to_ranks_is_tried_on_the_edition_of_the_anchors(real_copy):
    later_without_broadband(real_copy)
    edition = real_copy.without("uncertainty_design")
    building.build(edition)
    account = Speaker(edition).facts()["losses"]["account"]
    assert account.startswith(
        "No source has figures of 2019 of broadband subscribers. "
        "In its place the index takes access network addresses. "
        "Every indicator has another measure to go on with. No domain"
    )
    used = edition.result("treatment")["measure"]
    assert {"access_network_addresses"} == set(used) & {
        "access_network_addresses", "broadband_subscribers", "mobile_number_blocks"
    }  # fmt: skip
    tried = "Edition 2020, ranked without this measure, would have half of its cities move by "
    places = re.search(rf"{tried}.* more than (\d+)\. (The|Its)", account)
    assert places
    assert int(places[1]) > 0
    # What stands in for broadband leaves the stages of the anchors as they are, or changes them.
    held = r"Its stages would hold \d+, \d+ and \d+ cities instead of 5, 33 and 62,"
    assert re.search(rf"{held}|The loss alone leaves its stages as large as they are", account)
    rulers = edition.result("rulers").set_index("measure")["edition"].astype(str)
    # What stands in is no measure of edition 2020, and so has a ruler of its own.
    assert rulers.index[rulers.ne("2020")].tolist() == ["access_network_addresses"]


def later_without_broadband(edition: EditionOnDisk) -> editions.Edition:
    """The edition once more under another name, without broadband subscribers."""
    raw = edition.edition.raw
    later = raw.with_name("later")
    raw.rename(later)
    (raw.parent / "2020").mkdir()
    (raw.parent / "2020" / "edition.toml").write_bytes((later / "edition.toml").read_bytes())
    settings = later / "edition.toml"
    text = settings.read_text("utf8").replace('edition = "2020"', 'edition = "later"', 1)
    settings.write_text(text, "utf8")
    edition.edition = editions.load("later", edition.edition.root)
    for year in (2018, 2019):
        edition.no_longer_print(f"yearbook_{year}.csv", "broadband_subs_10k")
    return edition.without_published_list()


YEARBOOKS = ("yearbook_2018.csv", "yearbook_2019.csv")
# What is lost, as variables of the tiny yearbooks or as files, and a word of what is said of it.
LOST = {
    "it_employment": (["emp_it"], [], "account", "tiny IT employment"),
    "telecom": (["telecom_rev_10kyuan"], [], "account", "tiny telecom revenue"),
    "a whole indicator": (["emp_it", "telecom_rev_10kyuan"], [], "account", "tiny technology"),
    "patents": (["patent_grant_n"], [], "account", "tiny patents granted"),
    "designations": ([], ["pilots.csv"], "account", "tiny broadband city"),
    "gdp": (["gdp_100m"], [], "beside", "tiny GDP"),
    "gdp per head": (["gdp_pc_yuan"], [], "beside", "tiny GDP per head"),
    "both": (["gdp_100m", "gdp_pc_yuan"], [], "beside", "tiny GDP and tiny GDP per head"),
    "census": ([], ["census.csv"], "beside", "tiny population"),
    "what rules compare with": (["emp_urban_units", "mobile_subs_10k"], [], "account", "none"),
    "the year before": ([], ["yearbook_2018.csv"], "account", "none"),
}


def lose(tiny: EditionOnDisk, variables: list[str], files: list[str]) -> editions.Edition:
    for file in YEARBOOKS:
        for variable in variables:
            tiny.no_longer_print(file, variable)
    for name in ("sources.csv", "columns.csv"):
        path = tiny.edition.raw / name
        table = read(path)
        write(path, table[~table["file"].isin(files)])
    for file in files:
        (tiny.edition.raw / file).unlink()
    tiny.seal()
    return tiny.edition


@pytest.fixture(scope="module")
def built_without(tmp_path_factory) -> Callable[[str], editions.Edition]:
    """The tiny edition without one of `LOST`, accepted and built once for all tests: read only."""

    @cache
    def built(lost: str) -> editions.Edition:
        variables, files, *_ = LOST[lost]
        edition = lose(lay_out_tiny(tmp_path_factory.mktemp("lost")), variables, files)
        building.build(edition)
        return edition

    return built


@pytest.mark.parametrize("lost", LOST)
def test_whatever_is_lost_the_edition_is_accepted_built_and_says_so(built_without, lost):
    *_, fact, word = LOST[lost]
    found = Speaker(built_without(lost)).facts()
    assert word in found["losses"][fact]
    assert [name for name, text in flat(found) if NO_NUMBER.search(text)] == []


# The notebooks that compare with the size of the economy, and those that take every measure.
@pytest.mark.parametrize("lost", ["gdp", "gdp per head", "both", "patents", "designations"])
def test_notebooks_show_what_is_left_and_say_what_is_lost(built_without, lost):
    edition, fact = built_without(lost), LOST[lost][2]
    names = ["06_tiers", "07_economy", "08_published"]
    if fact == "account":
        names = ["02_indicators", "03_index", "04_domains"]
    for name in names:
        shown, faults = run_notebook(ROOT / "notebooks" / f"{name}.ipynb", edition)
        assert faults == [], name
        empty = {label for label, text in shown.items() if text.startswith("Nothing to show")}
        assert empty == EMPTY.get((lost, name), set())


OF_GDP = {"size-scatter", "fit-comparison", "fit-table", "above-below"}
EMPTY = {
    ("gdp", "07_economy"): OF_GDP - {"fit-table"},  # which shows GDP per head too
    ("gdp", "08_published"): {"place-scatter"},
    ("gdp per head", "07_economy"): {"per-head-scatter"},
    ("both", "06_tiers"): {"tier-size"},
    ("both", "07_economy"): OF_GDP | {"per-head-scatter", "relation-table"},
    ("both", "08_published"): {"place-scatter"},
}


def test_an_edition_that_lost_much_has_a_report_that_says_so():
    """A real edition, with few draws: no GDP, no census, no fiscal transparency, no patents."""
    measures = ("gdp", "gdp_per_head", "resident_population", "registered_population",
                "fiscal_transparency", "patents_granted")  # fmt: skip
    trial = trial_of(Loss("much", measures=measures), listed=True)
    assert trial.faults == []
    found = trial.facts
    assert "Nothing is left of digital government services, so" in found["losses.account"]
    assert found["losses.beside"] == (
        "GDP, GDP per head, registered population and resident population"
    )
    assert "per head" in found["say.robustness_left_aside"]
    assert "what the chapter would test is lost" in found["say.economy_yardsticks"]
    assert found["claims.by_claim.correlation_gdp.verdict"] == "cannot be decided with public data"
    assert trial.cells["07_economy#size-scatter"].startswith("Nothing to show")
    assert trial.cells["11_audit#size-table"].startswith("Nothing to show")
    assert trial.cells["04_domains#domain-spread"].count("<svg") == 1


TRIAL = {"edition": "2020", "half": 2, "far": 10, "beyond": 3, "most": 14, "bands": [5, 33, 62]}


@pytest.mark.parametrize(
    ("rest", "end"),
    [
        ([5, 33, 62],
         "14. The loss alone leaves its stages as large as they are."),
        ([7, 40, 70],
         "14. Its stages would hold 7, 40 and 70 cities instead of 5, 33 and 62, "
         "and so much of a difference between the two editions is no change of any city."),
    ],
)  # fmt: skip
def test_what_a_loss_does_to_the_sizes_of_the_stages_is_said(rest, end):
    account = fact_values.sentence(
        "losses_account", year=2018, measures=["parcels"], indicators=[], domains=[],
        stand_ins=[], trial={**TRIAL, "rest": rest},
    )  # fmt: skip
    assert said(account, labels=pd.Series({"parcels": "Parcels"})).endswith(end)


@pytest.mark.parametrize(
    ("measures", "trial", "text"),
    [
        ([], {}, "Every measure of the method has figures of 2021."),
        (["x"], {}, "No source has figures of 2021 of 1 measure of the method."),
        (["x", "y"], TRIAL | {"rest": [5, 33, 62]},
         "No source has figures of 2021 of 2 measures of the method. Without them half of the "
         "cities of edition 2020 would move by up to 2 places."),
        (["x"], TRIAL | {"half": 1, "rest": [7, 40, 70]},
         "Without it half of the cities of edition 2020 would move by up to 1 place, and its "
         "stages would hold 7, 40 and 70 cities instead of 5, 33 and 62, which is no change of "
         "any city."),
    ],
)  # fmt: skip
def test_the_summary_says_how_much_is_lost_and_what_that_alone_does(measures, trial, text):
    value = fact_values.sentence("losses_summary", year=2021, measures=measures, trial=trial)
    assert said(value).endswith(text)
