"""What measures have in common: redundant pairs, and reliability once size is taken out."""

import numpy as np
import pandas as pd

from analysis.chapters.city_study import city_sizes, item_groups
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index.audit.redundancy import redundant_pairs
from analysis.index.audit.reliability import LEAST_ALPHA
from analysis.index.audit.size_free import alpha_table
from analysis.index.composite import CompositeIndex
from analysis.index.framework import nominal_weights

# From here on, in either direction, two measures share four fifths of their variance.
REDUNDANT = 0.9
# GDP per head follows from these two, so that all sizes of the audit are taken out with them.
DRIVERS = ["gdp", "resident_population"]


def overlap_tables(composite: CompositeIndex, cells: pd.DataFrame) -> Tables:
    """Pairs of measures that tell nearly the same; alpha of every group with size and without.

    Parameters
    ----------
    composite
        The index of record of the ranked cities (adcode).
    cells
        `cells.csv`: ``adcode, measure, value``, context measures among them.
    """
    weights = nominal_weights(composite.framework)
    values = pd.concat([composite.nodes, composite.normalised], axis=1)
    groups = item_groups(composite.framework)
    return {
        "audit_redundancy": redundant_pairs(composite.normalised, weights, REDUNDANT),
        "audit_size_free": alpha_table(values, groups, size_drivers(cells, values.index)),
    }


def size_drivers(cells: pd.DataFrame, cities: pd.Index) -> pd.DataFrame:
    """Logarithms of the `DRIVERS` of these cities (adcode), empty where a size is not positive."""
    sizes = city_sizes(cells)[DRIVERS].reindex(cities)
    return np.log(sizes.where(sizes > 0)).astype(float)


def overlap_facts(tables: Tables) -> Facts:
    """Facts of the two tables, among those of the audit."""
    return {
        "redundancy": redundancy_facts(tables["audit_redundancy"], tables["audit_importance"]),
        "size_free": size_free_facts(tables["audit_size_free"]),
    }


def redundancy_facts(pairs: pd.DataFrame, importance: pd.DataFrame) -> Facts:
    """How many pairs, which is the closest, and what all measures of a pair weigh together.

    `pairs` is as `redundant_pairs` gives it, `importance` has ``code, nominal``.
    """
    involved = list(dict.fromkeys(pairs[["first", "second"]].to_numpy().ravel()))
    weights = importance.set_index("code")["nominal"]
    found: Facts = {
        "limit": fact.number(REDUNDANT, 1),
        "pairs": len(pairs),
        "measures": len(involved),
        "weight": fact.share(weights[involved].sum()),
    }
    return joined(found, closest_facts(pairs))


def closest_facts(pairs: pd.DataFrame) -> Facts:
    """The pair of the highest correlation, if there is one: its measures and their weight."""
    if pairs.empty:
        return {}
    first = pairs.iloc[0]
    return {
        "closest": fact.words([first["first"], first["second"]]),
        "closest_correlation": fact.number(first["correlation"]),
        "closest_weight": fact.share(first["weight"]),
    }


def size_free_facts(alphas: pd.DataFrame) -> Facts:
    """Alpha of every group as it is and without size, as far as both can be computed."""
    tested = alphas.dropna(subset="alpha_rest")
    described = (
        {
            "alpha": fact.number(row["alpha"]),
            "rest": fact.number(row["alpha_rest"]),
            "cities": fact.whole(row["n"]),
        }
        for row in tested.to_dict("records")
    )
    shaky = tested[(tested["alpha"] >= LEAST_ALPHA) & (tested["alpha_rest"] < LEAST_ALPHA)]
    return {
        "shaky": fact.words(shaky["code"]),
        "by_group": keyed("group", tested["code"], described),
    }
