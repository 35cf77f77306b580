"""What the weight of the index rests on: grades of evidence, sources, and single companies."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import keyed
from analysis.index.framework import nominal_weights

# From the best to the weakest.
GRADES = ("observed", "proxy", "weak")


def weight_tables(weighed: pd.DataFrame, sources: pd.DataFrame) -> Tables:
    """Weight in the index by measure, by grade of evidence and by source.

    `weighed` is as `weighed_measures` gives it, `sources` as `source_table` takes it.
    """
    return {
        "measure_weights": weighed,
        "grade_weights": grade_table(weighed),
        "source_weights": source_table(weighed, sources),
    }


def weighed_measures(framework: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """`measure, source, evidence, weight` of the measures of the index; the weights sum to 1.

    `framework` is that of the index of record, with the measures as leaves: ``code, parent, level,
    weight``; `measures` has ``measure, source, evidence``.
    """
    weights = nominal_weights(framework)[framework["level"].eq("measure").to_numpy()]
    kept = measures.set_index("measure").loc[weights.index, ["source", "evidence"]]
    return kept.assign(weight=weights).rename_axis("measure").reset_index()


def grade_table(weighed: pd.DataFrame) -> pd.DataFrame:
    """`evidence, measures, weight` of the grades of the measures of the index, the best first.

    `weighed` is as `weighed_measures` gives it.
    """
    found = summed(weighed, "evidence")
    order = found["evidence"].map(GRADES.index)
    return found.iloc[order.argsort()].reset_index(drop=True)


def source_table(weighed: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Measures and weight of every source of the index, the heaviest first.

    Parameters
    ----------
    weighed
        As `weighed_measures` gives it.
    sources
        Of every raw file ``source, authority, company``.

    Returns
    -------
    pd.DataFrame
        ``source``; ``publisher``, every authority of its files; ``company``, on whose records alone
        it rests, empty if on more than those of one; ``measures, weight``.
    """
    by_source = sources.groupby("source")
    publishers = by_source["authority"].agg(lambda names: "; ".join(dict.fromkeys(names)))
    companies = by_source["company"].first()
    found = summed(weighed, "source").sort_values("weight", ascending=False, kind="stable")
    found.insert(1, "publisher", found["source"].map(publishers).fillna(""))
    found.insert(2, "company", found["source"].map(companies).fillna(""))
    return found.reset_index(drop=True)


def summed(weighed: pd.DataFrame, by: str) -> pd.DataFrame:
    """Number and weight of the measures by one of their properties, in the order of the table."""
    groups = weighed.groupby(by, sort=False)["weight"]
    return groups.agg(measures="size", weight="sum").reset_index()


def weight_facts(tables: Tables) -> Facts:
    """Weight of the grades and of the heaviest source, and what rests on one company."""
    grades, sources, measures = (
        tables[f"{name}_weights"] for name in ("grade", "source", "measure")
    )
    alone = sources[sources["company"].ne("")]
    companies = [
        {
            "company": row["company"],
            "weight": fact.rounded(row["weight"]),
            "measures": list(measures.loc[measures["source"] == row["source"], "measure"]),
        }
        for row in alone.to_dict("records")
    ]
    # A sentence names these two grades whether the index has measures of them or not.
    named = dict.fromkeys([*grades["evidence"], "observed", "proxy"])
    shares = grades.set_index("evidence")["weight"].reindex(list(named), fill_value=0.0)
    return {
        "used_sources": len(sources),
        "first_source_weight": fact.share(sources["weight"].iloc[0]),
        "first_source_measures": fact.whole(sources["measures"].iloc[0]),
        "grade_weight": keyed("grade", shares.index, map(fact.share, shares)),
        "company_sources": fact.listed(alone["source"]),
        "companies": fact.sentence("evidence_companies", companies=companies),
    }
