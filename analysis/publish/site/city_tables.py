"""The results of an edition that city pages are written from, each read once, by city."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.chapters import profiles
from analysis.editions import Edition
from analysis.index.ranking import rank
from analysis.language.facts import Speaker
from analysis.language.names import city_names, words
from analysis.language.numbers import Numbers
from analysis.language.said import PAGES, Said
from analysis.language.texts import texts_there
from analysis.publish.documents import document_in
from analysis.publish.report.source import read_report
from analysis.publish.site.page_numbers import PageNumbers
from analysis.ranking import indicators, method

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CityTables:
    """Everything that is known about the cities of one edition.

    Attributes
    ----------
    edition : Edition
        Whose results are read.
    language : str
        Language of all words and sentences: a column of `labels.csv`, a folder of `sections`.
    """

    edition: Edition
    language: str = "en"

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word by key."""
        return words(self.edition, self.language).to_dict()

    @cached_property
    def cities(self) -> dict[str, Row]:
        """The reference table of the cities, by adcode."""
        return records(self.edition.reference_table("cities"))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names as in the report, by adcode."""
        return city_names(self.edition.reference_table("cities"), self.language).to_dict()

    @cached_property
    def rules(self) -> dict[str, int]:
        """The parameters of `profiles.csv`."""
        table = self.edition.reference_table("profiles")
        return dict(zip(table["parameter"], table["value"].astype(int), strict=True))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """The ranked cities, best first, by adcode."""
        return self.edition.result("scores").set_index("adcode", drop=False)

    @cached_property
    def ranked(self) -> dict[str, Row]:
        """The rows of the ranked cities, best first, by adcode."""
        return records(self.scores)

    @cached_property
    def unranked(self) -> dict[str, Row]:
        """The cities without a rank, by adcode."""
        return records(self.edition.result("unranked"))

    @cached_property
    def reasons(self) -> dict[str, list[str]]:
        """What each city without a rank falls short of, in words, by adcode."""
        lacks = self.edition.result("shortfalls").groupby("adcode")
        speaker = Speaker(self.edition, self.language)
        return {str(adcode): speaker.each_shortfall(lack) for adcode, lack in lacks}

    @cached_property
    def places(self) -> dict[str, dict[str, Row]]:
        """Place of every ranked city within its region and its province, by adcode."""
        scores = self.scores.reset_index(drop=True)
        return {
            group: profiles.group_places(scores, group).to_dict("index")
            for group in ("region", "province")
        }

    @cached_property
    def uncertainty(self) -> dict[str, Row]:
        """Interval of the rank by adcode; empty for an edition without that study."""
        return records(self.optional("uncertainty"))

    @cached_property
    def published(self) -> dict[str, Row]:
        """Published place by adcode; empty for an edition without a published list."""
        return records(self.optional("published"))

    @cached_property
    def domains(self) -> list[str]:
        """Codes of the domains that have any value, in the order of the framework."""
        nodes = self.framework[self.framework["level"] == "domain"]["code"]
        return [code for code in nodes if self.scores[code].notna().any()]

    @cached_property
    def framework(self) -> pd.DataFrame:
        """Domains, sub-domains and indicators."""
        return self.edition.reference_table("framework")

    @cached_property
    def indicators(self) -> list[str]:
        """Codes of all indicators, in the order of the framework."""
        return list(self.framework.loc[self.framework["level"] == "indicator", "code"])

    @cached_property
    def domain_places(self) -> dict[str, Row]:
        """Place of every ranked city in each domain, by adcode."""
        return rank(self.scores[self.domains]).to_dict("index")

    @cached_property
    def gdp(self) -> pd.Series:
        """GDP by adcode, of ranked cities that have one."""
        cells = self.cells[self.cells["measure"] == "gdp"].set_index("adcode")["value"]
        return cells.reindex(self.scores.index).dropna()

    @cached_property
    def peer_pairs(self) -> pd.DataFrame:
        """Peers of every ranked city by GDP, as pairs."""
        return profiles.peers(self.gdp, self.rules["peers"])

    @cached_property
    def peers(self) -> dict[str, list[str]]:
        """Peers of every ranked city by GDP."""
        return partners(self.peer_pairs)

    @cached_property
    def peer_values(self) -> dict[str, Row]:
        """Quartiles of the domains over the peers, by adcode and domain."""
        table = profiles.peer_values(self.scores[self.domains], self.peer_pairs)
        return {f"{row['adcode']} {row['code']}": row for row in table.to_dict("records")}

    @cached_property
    def alike(self) -> dict[str, list[str]]:
        """Cities with the most similar domain values."""
        return partners(profiles.alike(self.scores[self.domains], self.rules["alike"]))

    @cached_property
    def shares(self) -> dict[str, pd.DataFrame]:
        """Shapley parts of the domains by adcode; empty for an edition without them."""
        table = self.optional("shapley")
        return groups(table[table["level"] == "domain"]) if len(table) else {}

    @cached_property
    def largest_part(self) -> float:
        """The largest part of any domain of any city: the common scale of all pages."""
        return max(float(table["score_part"].abs().max()) for table in self.shares.values())

    @cached_property
    def standouts(self) -> dict[str, pd.DataFrame]:
        """The sub-domains that set each city most apart, by adcode."""
        table = self.optional("shapley")
        if not len(table):
            return {}
        parts = table[table["level"] == "subdomain"]
        return groups(profiles.strongest(parts, self.rules["named"]))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """All cells of the edition."""
        return self.edition.result("cells")

    @cached_property
    def cells_by_city(self) -> dict[str, dict[str, Row]]:
        """The cells of each city by measure."""
        return {
            str(adcode): {row["measure"]: row for row in group.to_dict("records")}
            for adcode, group in self.cells.groupby("adcode")
        }

    @cached_property
    def indicator_values(self) -> dict[str, Row]:
        """Values of the indicators, 0–100, of the ranked cities, by adcode."""
        return records(self.edition.result("indicators"))

    @cached_property
    def measures(self) -> dict[str, list[Row]]:
        """The measures that the index includes, by indicator."""
        grades = method.load(self.edition).evidence
        measures = self.edition.reference_table("measures")
        included = indicators.included_measures(measures, grades)
        return {
            str(code): group.to_dict("records") for code, group in included.groupby("indicator")
        }

    @cached_property
    def bands(self) -> list[Row]:
        """First and last place of each stage."""
        by_tier = self.scores.groupby("tier", sort=False)["rank"]
        return by_tier.agg(["min", "max"]).reset_index().to_dict("records")

    @cached_property
    def statements(self) -> dict[str, str]:
        """What each cleaning rule says, and why each correction was made."""
        rules, corrections = (
            texts_there(self.edition, name, self.language)
            for name in ("cleaning_rules", "corrections")
        )
        said = dict(zip(rules["rule"], rules["statement"], strict=True))
        return said | dict(zip(corrections["correction"], corrections["reason"], strict=True))

    @cached_property
    def units(self) -> dict[str, str]:
        """Units in the language, by what they are called in the tables."""
        said = texts_there(self.edition, "variables", self.language)["unit"]
        return dict(zip(self.edition.reference_table("variables")["unit"], said, strict=True))

    @cached_property
    def sentences(self) -> Said:
        """The sentences of the pages."""
        return Said(self.edition.root, PAGES, self.language)

    @cached_property
    def numbers(self) -> PageNumbers:
        """How the pages write numbers."""
        return PageNumbers(Numbers(self.language, self.edition.root))

    @property
    def document(self) -> str:
        """File name of the report."""
        return document_in(self.edition, self.language)

    @cached_property
    def project(self) -> dict[str, str]:
        """Title and version of the report."""
        front = read_report(self.edition.root, self.document).front
        return {"project": str(front["title"]), "version": str(front.get("version", ""))}

    def optional(self, name: str) -> pd.DataFrame:
        """A results table, or an empty frame if the edition does not have it."""
        return self.edition.result(name) if self.edition.has_result(name) else pd.DataFrame()

    def named(self, key: str) -> str:
        """The word for a province or a region, or the key itself where there is none."""
        return self.words.get(key, key)

    def unit(self, name: str) -> str:
        """A unit in the language."""
        return self.units.get(name, name)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the pages with its values."""
        return self.sentences.say(key, **values)


def records(table: pd.DataFrame) -> dict[str, Row]:
    """Rows by adcode."""
    return {row["adcode"]: row for row in table.to_dict("records")}


def partners(pairs: pd.DataFrame) -> dict[str, list[str]]:
    """The others of each city, in order."""
    return pairs.groupby("adcode", sort=False)["other"].agg(list).to_dict()


def groups(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Frames by adcode."""
    return {str(adcode): group for adcode, group in table.groupby("adcode", sort=False)}
