"""What an edition lacks, and what that does to the ranks of another one."""

import numpy as np
import pandas as pd
import pytest

from .recomputing import (
    EDITIONS,
    Says,
    Tables,
    Ways,
    asked_for,
    facts_taken_again,
    in_use,
    included,
    one,
    stand_ins,
)
from .writing import listed, plain, word, words


def nodes_above(t: Tables, measures: list[str]) -> set[str]:
    """Indicators, sub-domains and domains that these measures hang below."""
    above = dict(t("reference/framework", "code", "parent").itertuples(index=False))
    indicator = dict(t("reference/measures", "measure", "indicator").itertuples(index=False))
    found, here = set(), {indicator[measure] for measure in measures}
    while here:
        found |= here
        here = {above[code] for code in here} - {""}
    return found


def account(t: Tables) -> Says:
    year, anchors = t.setting("data_year"), t.setting("score_anchors")
    wanted, found = asked_for(t), in_use(t)
    lacking = [measure for measure in wanted if measure not in found]
    gone = nodes_above(t, wanted) - nodes_above(t, found)
    if not lacking:
        return Says("lacks none", year)
    level = dict(t("reference/framework", "code", "level").itertuples(index=False))
    lost = {
        name: [code for code in level if code in gone and level[code] == name]
        for name in level.values()
    }
    said = [f"of {year} of {words(lacking)}."]
    if taken := [measure for measure in found if measure in stand_ins(t)]:
        said += [f"takes {words(taken)}."]
    said += [f"{len(lost['indicator'])} indicator"] if lost["indicator"] else ["Every indicator"]
    said += [words(lost["domain"])] if lost["domain"] else ["No domain is left empty"]
    return Says(*said, *([] if anchors == t.edition else effect(Tables(anchors), lacking)))


def summary(t: Tables) -> Says:
    """How many measures are lost, and what that does to the edition of the anchors."""
    year, anchors = t.setting("data_year"), t.setting("score_anchors")
    found = in_use(t)
    lacking = [measure for measure in asked_for(t) if measure not in found]
    if not lacking:
        return Says("Every measure of the method has figures of", year)
    said = [f"of {year} of {len(lacking)} measure"]
    if anchors != t.edition:
        edition, half, *_ = effect(Tables(anchors), lacking)
        said += [f"of edition {edition}", half]
    return Says(*said)


def effect(t: Tables, lacking: list[str]) -> list[str]:
    """The numbers of the sentence about ranks without some measures, in an edition with them."""
    found = in_use(t)
    rest = [measure for measure in found if measure not in lacking]
    places = (ranks(t, found) - ranks(t, rest)).abs()
    many = places[places > 10]
    far = [f"{len(many)} cit", "more than 10"] if len(many) else []
    here, there = (in_bands(t, index_of(t, some)) for some in (found, rest))
    bands = ["alone leaves"] if here == there else [f"hold {there} cit", f"instead of {here}"]
    most = f"more than {plain(places.max())}"
    return [t.edition, f"{plain(places.median())} place", *far, most, *bands]


def in_bands(t: Tables, index: pd.Series) -> str:
    """Numbers of cities in the published bands, cut at the anchors of the edition."""
    cuts = sorted(t("anchors", "index", "score")["index"], reverse=True)
    above = [int((index >= cut).sum()) for cut in cuts]
    return listed([plain(one - two) for one, two in zip(above, [0, *above], strict=False)])


def ranks(t: Tables, measures: list[str]) -> pd.Series:
    """Ranks by the index of these measures."""
    return index_of(t, measures).round(9).rank(ascending=False, method="min")


def index_of(t: Tables, measures: list[str]) -> pd.Series:
    """The index of these measures for the ranked cities: cells, treated points and rulers."""
    every = figures(t).reindex(columns=in_use(t))
    values = every.loc[well_covered(t, every), measures]
    assert set(values.index) == set(t.column("scores.adcode"))
    directions = t("reference/measures", "measure", "direction").set_index("measure")["direction"]
    signs = directions[measures].astype(float)
    ends = pd.DataFrame({name: ends_of_scale(t, name) for name in measures}) * signs
    scaled = (values * signs - ends.min()) / (ends.max() - ends.min()) * 100
    method = dict(t("reference/method", "parameter", "value").itertuples(index=False))
    if method["renormalisation"] == "level_by_level":
        return mean_of_children(t, "index", scaled)
    weights = scaled.notna() * weights_of_all(t, measures)
    return (scaled * weights).sum(axis=1) / weights.sum(axis=1)


def weights_of_all(t: Tables, measures: list[str]) -> pd.Series:
    """Weights of these measures, each indicator with its weight of the complete framework."""
    nodes = t("reference/framework", "code", "parent", "weight").set_index("code")
    nodes["weight"] = pd.to_numeric(nodes["weight"])
    share = nodes["weight"] / nodes.groupby("parent")["weight"].transform("sum")
    table = t("reference/measures", "measure", "indicator", "weight").set_index("measure")
    table = table.loc[measures].astype({"weight": float})
    weights = table["weight"] / table.groupby("indicator")["weight"].transform("sum")
    above = table["indicator"]
    while (above != "index").any():
        weights = weights * above.map(share)
        above = above.map(nodes["parent"])
    return weights


def ends_of_scale(t: Tables, measure: str) -> list[float]:
    """What the ruler of a measure makes of the lowest and the highest figure."""
    names = ("method", "lowest", "highest", "lower_bound", "upper_bound")
    ruler = one(t("rulers", "measure", *names), measure=measure)
    low, high = ruler["lowest"], ruler["highest"]
    near, far = np.log(0.01 * (high - low)), np.log(1.01 * (high - low))
    pulled = [np.fmax(low, ruler["lower_bound"]), np.fmin(high, ruler["upper_bound"])]
    return {"log": [near, far], "log_mirrored": [-far, -near]}.get(ruler["method"], pulled)


def figures(t: Tables) -> pd.DataFrame:
    """Cities and measures: the treated value where the treatment changed a figure."""
    cells = t("cells", "adcode", "measure", "value").set_index(["adcode", "measure"])["value"]
    changed = t("treated_points", "adcode", "measure", "treated_value")
    treated = changed.set_index(["adcode", "measure"])["treated_value"]
    figure = cells.astype(float).copy()
    figure.update(treated)
    return figure.unstack()


def well_covered(t: Tables, values: pd.DataFrame) -> pd.Series:
    """Cities with enough of all measures, and of those of every domain."""
    method = dict(t("reference/method", "parameter", "value").itertuples(index=False))
    there = values.notna()
    enough = there.mean(axis=1) >= float(method["coverage_all"])
    domains = {measure: domain_of(t, measure) for measure in values}
    for domain in set(domains.values()):
        mine = there[[measure for measure in values if domains[measure] == domain]]
        enough &= mine.mean(axis=1) >= float(method["coverage_domain"])
    return enough


def domain_of(t: Tables, measure: str) -> str:
    level = dict(t("reference/framework", "code", "level").itertuples(index=False))
    return next(code for code in nodes_above(t, [measure]) if level[code] == "domain")


def mean_of_children(t: Tables, node: str, scaled: pd.DataFrame) -> pd.Series:
    """The weighted mean of what a node holds, over what a city has, from the measures up."""
    branches = t("reference/framework", "code", "parent", "weight").to_numpy()
    leaves = t("reference/measures", "measure", "indicator", "weight").to_numpy()
    nodes = [code for code, above, _ in branches if above == node]
    measures = [code for code, above, _ in leaves if above == node and code in scaled]
    if not nodes and not measures:
        return pd.Series(np.nan, index=scaled.index)
    below = {code: mean_of_children(t, code, scaled) for code in nodes}
    values = pd.DataFrame(below | {code: scaled[code] for code in measures})
    weight = {code: float(weight) for code, _, weight in [*branches, *leaves]}
    weights = values.notna() * [weight[code] for code in values]
    return (values * weights).sum(axis=1) / weights.sum(axis=1).replace(0, np.nan)


def thin(t: Tables) -> Says:
    """Domains that rest on one indicator, with its measures."""
    indicator = dict(t("reference/measures", "measure", "indicator").itertuples(index=False))
    levels = t("reference/framework", "code", "level")
    said, found = [], in_use(t)
    for domain in levels.loc[levels["level"] == "domain", "code"]:
        mine = [measure for measure in found if domain_of(t, measure) == domain]
        if len({indicator[measure] for measure in mine}) == 1:
            said += [
                word(domain),
                f"on {word(indicator[mine[0]])}",
                f"({listed(map(word, mine))})",
            ]
    return Says(*(said or ["No domain rests on one indicator"]))


def beside(t: Tables) -> str:
    """Measures that the index does not use, and its context, of which nobody has a value."""
    known = [
        *t.column("reference/measures.measure"),
        *t.column("reference/context_measures.measure"),
    ]
    filled = set(t("cells", "measure", "value").dropna()["measure"])
    without = [name for name in known if name not in filled and name not in included(t)]
    return words(without)


WAYS: Ways = {
    "losses.account": account,
    "losses.summary": summary,
    "losses.beside": beside,
    "losses.thin_domains": thin,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_index_of_these_tests_gives_the_committed_ranks(edition):
    t = Tables(edition)
    expected = t("scores", "adcode", "rank").set_index("adcode")["rank"]
    assert (ranks(t, in_use(t))[expected.index] == expected).all()
