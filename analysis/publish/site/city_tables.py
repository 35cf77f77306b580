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
from analysis.language.names import city_names
from analysis.publish.site.locator import positions

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CityList:
    """All cities of an edition with their ranks: what the index of the city pages lists.

    Attributes
    ----------
    edition : Edition
        Whose results are read.
    language : str
        Language of the names: a column of `labels.csv`.
    """

    edition: Edition
    language: str = "en"

    @cached_property
    def cities(self) -> dict[str, Row]:
        """The reference table of the cities, by adcode."""
        return records(self.edition.reference_table("cities"))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names as in the report, by adcode."""
        return city_names(self.edition.reference_table("cities"), self.language).to_dict()

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
    def uncertainty(self) -> dict[str, Row]:
        """Interval of the rank by adcode; empty for an edition without that study."""
        return records(optional(self.edition, "uncertainty"))


@dataclass(frozen=True)
class CityProfiles(CityList):
    """What the results say of each city, but for the figures that its rank rests on."""

    @cached_property
    def rules(self) -> dict[str, int]:
        """The parameters of `profiles.csv`."""
        table = self.edition.reference_table("profiles")
        return dict(zip(table["parameter"], table["value"].astype(int), strict=True))

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
    def published(self) -> dict[str, Row]:
        """Published place by adcode; empty for an edition without a published list."""
        return records(optional(self.edition, "published"))

    @cached_property
    def domains(self) -> list[str]:
        """Codes of the domains that have any value, in the order of the framework."""
        framework = self.edition.reference_table("framework")
        nodes = framework[framework["level"] == "domain"]["code"]
        return [code for code in nodes if self.scores[code].notna().any()]

    @cached_property
    def domain_places(self) -> dict[str, Row]:
        """Place of every ranked city in each domain, by adcode."""
        return rank(self.scores[self.domains]).to_dict("index")

    @cached_property
    def gdp_cells(self) -> dict[str, Row]:
        """The cells of GDP, by adcode."""
        cells = self.edition.result("cells")
        return records(cells[cells["measure"] == "gdp"])

    @cached_property
    def gdp(self) -> pd.Series:
        """GDP by adcode, of ranked cities that have one."""
        values = {adcode: cell["value"] for adcode, cell in self.gdp_cells.items()}
        return pd.Series(values, dtype=float).reindex(self.scores.index).dropna()

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
        table = optional(self.edition, "shapley")
        return groups(table[table["level"] == "domain"]) if len(table) else {}

    @cached_property
    def largest_part(self) -> float:
        """The largest part of any domain of any city: the common scale of all pages."""
        return max(float(table["score_part"].abs().max()) for table in self.shares.values())

    @cached_property
    def standouts(self) -> dict[str, pd.DataFrame]:
        """The sub-domains that set each city most apart, by adcode."""
        table = optional(self.edition, "shapley")
        if not len(table):
            return {}
        parts = table[table["level"] == "subdomain"]
        return groups(profiles.strongest(parts, self.rules["named"]))

    @cached_property
    def deciding(self) -> dict[str, Row]:
        """The printed figure that the place of each city hangs on most, by adcode."""
        return records(optional(self.edition, "deciding_figures"))

    @cached_property
    def moves(self) -> dict[str, Row]:
        """What became of each place since the edition before, by adcode; empty without one."""
        return records(optional(self.edition, "comparison"))

    @cached_property
    def neighbours(self) -> dict[str, dict[str, str | None]]:
        """The ranked cities ``before`` and ``after`` each one, by adcode."""
        order = list(self.ranked)
        beside = zip([None, *order[:-1]], order, [*order[1:], None], strict=True)
        return {adcode: {"before": one, "after": other} for one, adcode, other in beside}

    @cached_property
    def map_places(self) -> dict[str, Row]:
        """Where each city lies on the map, by adcode."""
        return positions(self.edition.reference_table("cities")).to_dict("index")

    @cached_property
    def bands(self) -> list[Row]:
        """First and last place of each stage."""
        by_tier = self.scores.groupby("tier", sort=False)["rank"]
        return by_tier.agg(["min", "max"]).reset_index().to_dict("records")


def optional(edition: Edition, name: str) -> pd.DataFrame:
    """A results table, or an empty frame if the edition does not have it."""
    return edition.result(name) if edition.has_result(name) else pd.DataFrame()


def records(table: pd.DataFrame) -> dict[str, Row]:
    """Rows by adcode."""
    return {row["adcode"]: row for row in table.to_dict("records")}


def partners(pairs: pd.DataFrame) -> dict[str, list[str]]:
    """The others of each city, in order."""
    return pairs.groupby("adcode", sort=False)["other"].agg(list).to_dict()


def groups(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Frames by adcode."""
    return {str(adcode): group for adcode, group in table.groupby("adcode", sort=False)}
