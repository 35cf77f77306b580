"""The domains: their level, their spread between cities, and the profile of groups of cities."""

import pandas as pd

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.ranking.bands import BELOW


def domain_table(scores: pd.DataFrame, domains: list[str], groups: pd.DataFrame) -> pd.DataFrame:
    """Level and spread of every domain in every group of cities.

    `scores` holds `adcode` and a column (0–100) per domain, `groups` one row per membership:
    `kind, group, adcode`. Returns `kind, group, domain, cities, mean, median, lower_quartile,
    upper_quartile, standard_deviation, variation`; variation is the standard deviation (n - 1)
    divided by the mean.
    """
    long = scores.melt("adcode", domains, "domain", "value").dropna(subset="value")
    grouped = groups.merge(long, on="adcode").groupby(["kind", "group", "domain"], sort=False)[
        "value"
    ]
    table = grouped.agg(
        cities="size",
        mean="mean",
        median="median",
        lower_quartile=lambda value: value.quantile(0.25),
        upper_quartile=lambda value: value.quantile(0.75),
        standard_deviation="std",
    )
    table["variation"] = table["standard_deviation"] / table["mean"]
    return table.reset_index()


def city_groups(scores: pd.DataFrame, published: pd.DataFrame | None, places: int) -> pd.DataFrame:
    """Memberships `kind, group, adcode`: all ranked, the two hundreds, open tiers and regions."""
    leading = scores[scores["rank"] <= places]
    groups = [
        scores[["adcode"]].assign(kind="set", group="ranked"),
        leading[["adcode"]].assign(kind="set", group="open"),
        scores[["adcode"]].assign(kind="tier", group=scores["tier"]),
        scores[["adcode"]].assign(kind="region", group=scores["region"]),
    ]
    if published is not None:
        groups.append(published[["adcode"]].assign(kind="set", group="published"))
        groups.append(published[["adcode"]].assign(kind="published_tier", group=published["tier"]))
    return pd.concat(groups, ignore_index=True)[["kind", "group", "adcode"]]


def domain_facts(domains: pd.DataFrame) -> Facts:
    """Order of the domains by level and by spread among the leading hundred of the open data."""
    hundred = domains[domains["group"] == "open"]
    level = hundred.sort_values("median", ascending=False)
    spread = hundred.sort_values("variation", ascending=False)
    described = (
        {"median": fact.number(row["median"], 1), "variation": fact.number(row["variation"])}
        for row in hundred.to_dict("records")
    )
    ordered: Facts = {
        "highest": fact.words(level["domain"].head(2)),
        "lowest": fact.words(level["domain"].tail(2)),
        "most_varied": fact.words(spread["domain"].head(3)),
        "least_varied": fact.words([spread["domain"].iloc[-1]]),
        "by_domain": keyed("domain", hundred["domain"], described),
    }
    return joined(ordered, mean_facts(domains), group_facts(domains))


def mean_facts(domains: pd.DataFrame) -> Facts:
    """Domains by their mean in the open hundred, and by the lead of the highest open stage.

    The lead is the mean of that stage less the mean of all ranked cities.
    """
    level = domains[domains["group"] == "open"].sort_values("mean", ascending=False)["domain"]
    means = domains.set_index("domain")["mean"]
    ranked, tiers = domains["group"] == "ranked", domains[domains["kind"] == "tier"]
    first = domains["kind"].eq("tier") & domains["group"].eq(tiers["group"].iloc[0])
    lead = (means[first.to_numpy()] - means[ranked.to_numpy()]).sort_values(ascending=False)
    return {
        "mean_highest": fact.words(level.head(1)),
        "mean_lowest": fact.words(level.tail(1)),
        "leaders_ahead_most": fact.words(lead.index[:1]),
        "leaders_ahead_least": fact.words(lead.index[-1:]),
    }


def group_facts(domains: pd.DataFrame) -> Facts:
    """The region ahead in most domains by its mean, and where the three stages lie farthest apart.

    Of regions with as many domains the first counts. Where only one stage has cities, how far they
    lie apart is left out.
    """
    regions, tiers = (group_means(domains, kind) for kind in ("region", "tier"))
    tiers = tiers.drop(columns=BELOW, errors="ignore")
    leads = regions.idxmax(axis="columns").value_counts().reindex(regions.columns, fill_value=0)
    found: Facts = {
        "first_region": fact.label(leads.idxmax()),
        "first_region_domains": fact.whole(leads.max()),
        "compared": fact.whole(len(regions)),
    }
    if len(tiers.columns) > 1:
        apart = tiers.max(axis="columns") - tiers.min(axis="columns")
        found["stages_apart"] = fact.words([apart.idxmax()])
    return found


def group_means(domains: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Means of the groups of one kind, a row per domain, a column per group."""
    groups = domains[domains["kind"] == kind]
    wide = groups.pivot(index="domain", columns="group", values="mean")
    return wide.loc[groups["domain"].drop_duplicates(), groups["group"].drop_duplicates()]
