"""The results of an edition that city pages are written from, each read once, by city."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import indicators, method, profiles
from analysis.editions import Edition
from analysis.names import city_names, words
from analysis.publish.source import read_report

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CityTables:
    """Everything that is known about the cities of one edition.

    Attributes
    ----------
    edition : Edition
        Whose results are read.
    language : str
        Language of all words: a column of `labels.csv`.
    """

    edition: Edition
    language: str = "en"

    @cached_property
    def words(self) -> pd.Series:
        """Every word by key."""
        return words(self.edition, self.language)

    @cached_property
    def cities(self) -> pd.DataFrame:
        """The reference table of the cities, by adcode."""
        return self.edition.reference_table("cities").set_index("adcode")

    @cached_property
    def names(self) -> pd.Series:
        """Names as in the report, by adcode."""
        return city_names(self.cities.reset_index(), self.language)

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
    def unranked(self) -> pd.DataFrame:
        """The cities without a rank, by adcode."""
        return self.edition.result("unranked").set_index("adcode")

    @cached_property
    def places(self) -> dict[str, pd.DataFrame]:
        """Place of every ranked city within its region and its province."""
        scores = self.scores.reset_index(drop=True)
        return {group: profiles.group_places(scores, group) for group in ("region", "province")}

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
    def domain_places(self) -> pd.DataFrame:
        """Place of every ranked city in each domain."""
        values = self.scores[self.domains]
        return values.rank(ascending=False, method="min")

    @cached_property
    def gdp(self) -> pd.Series:
        """GDP by adcode, of ranked cities that have one."""
        cells = self.cells[self.cells["measure"] == "gdp"].set_index("adcode")["value"]
        return cells.reindex(self.scores.index).dropna()

    @cached_property
    def peers(self) -> pd.DataFrame:
        """Peers of every ranked city by GDP."""
        return profiles.peers(self.gdp, self.rules["peers"])

    @cached_property
    def peer_values(self) -> dict[str, Row]:
        """Quartiles of the domains over the peers, by adcode and domain."""
        table = profiles.peer_values(self.scores[self.domains], self.peers)
        return {f"{row['adcode']} {row['code']}": row for row in table.to_dict("records")}

    @cached_property
    def alike(self) -> pd.DataFrame:
        """Cities with the most similar domain values."""
        return profiles.alike(self.scores[self.domains], self.rules["alike"])

    @cached_property
    def shares(self) -> dict[str, pd.DataFrame]:
        """Shapley parts of the domains by adcode; empty for an edition without them."""
        table = self.optional("shapley")
        return groups(table[table["level"] == "domain"]) if len(table) else {}

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
    def indicator_values(self) -> pd.DataFrame:
        """Values of the indicators, 0–100, of the ranked cities, by adcode."""
        return self.edition.result("indicators").set_index("adcode")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The measures that the index includes, in the order of the framework."""
        evidence = method.load(self.edition).evidence
        return indicators.included_measures(self.edition.reference_table("measures"), evidence)

    @cached_property
    def statements(self) -> dict[str, str]:
        """What each cleaning rule says, and why each correction was made."""
        rules = self.edition.reference_table("cleaning_rules")
        corrections = self.edition.reference_table("corrections")
        said = dict(zip(rules["rule"], rules["statement"], strict=True))
        return said | dict(zip(corrections["correction"], corrections["reason"], strict=True))

    @cached_property
    def project(self) -> dict[str, str]:
        """Title and version of the report."""
        front = read_report(self.edition.root).front
        return {"project": str(front["title"]), "version": str(front.get("version", ""))}

    def optional(self, name: str) -> pd.DataFrame:
        """A results table, or an empty frame if the edition does not have it."""
        return self.edition.result(name) if self.edition.has_result(name) else pd.DataFrame()

    def say(self, key: str, **values: object) -> str:
        """A sentence of `labels.csv` with its values."""
        return str(self.words[key]).format(**values)


def records(table: pd.DataFrame) -> dict[str, Row]:
    """Rows by adcode."""
    return {row["adcode"]: row for row in table.to_dict("records")}


def groups(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Frames by adcode."""
    return {str(adcode): group for adcode, group in table.groupby("adcode", sort=False)}
