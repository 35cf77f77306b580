"""The ranking of record: cells to indicators, sub-domains, domains, index, score, rank and tier."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from analysis.editions import FLOAT_FORMAT
from analysis.index.composite import CompositeIndex, build
from analysis.index.framework import leaves, nominal_weights, prune
from analysis.index.parts import by_parts, measured_nodes
from analysis.index.ranking import midpoint_anchors, piecewise_score, rank
from analysis.index.treatment import treated_points
from analysis.ranking import indicators
from analysis.ranking.bands import score_tier
from analysis.ranking.method import MethodOfRecord


@dataclass(frozen=True)
class Ranking:
    """The composite index of the ranked cities, and the others with what they fall short of.

    `frozen` are the rulers of another edition that hold for this one; none if it has its own.
    """

    matrix: pd.DataFrame
    composite: CompositeIndex
    unranked: pd.DataFrame
    shortfalls: pd.DataFrame
    frozen: pd.DataFrame | None = None

    @property
    def places(self) -> pd.Series:
        """Rank by adcode, 1 the best."""
        return rank(self.composite.index).astype(int)


class Covered(NamedTuple):
    """The cities that the coverage rule lets be ranked, before there is an index.

    Attributes
    ----------
    matrix
        These cities (adcode) × the measures in use.
    framework
        The framework with the measures as leaves.
    measures
        The measures in use, rows of the reference table.
    unranked
        The other cities.
    shortfalls
        What each of them lacks: `adcode, domain, share, needed`.
    """

    matrix: pd.DataFrame
    framework: pd.DataFrame
    measures: pd.DataFrame
    unranked: pd.DataFrame
    shortfalls: pd.DataFrame


def rank_cities(
    cells: pd.DataFrame,
    framework: pd.DataFrame,
    measures: pd.DataFrame,
    cities: pd.DataFrame,
    method: MethodOfRecord,
) -> Ranking:
    """Apply the coverage rule and build the index of the cities that meet it.

    Only ranked cities take part, so that a city without a rank sets no bound of any scale.

    Parameters
    ----------
    cells
        `cells.csv`: ``adcode, measure, value``.
    framework
        `framework.csv`: ``code, parent, level, weight``.
    measures
        `measures.csv`:
        ``measure, indicator, kind, direction, weight, evidence, included, stands_in_for``.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    method
        The method of record.

    Raises
    ------
    RefusedValueError
        If the figures do not bear the method.
    """
    return indexed(covered_cities(cells, framework, measures, cities, method), method)


def indexed(
    covered: Covered, method: MethodOfRecord, frozen: pd.DataFrame | None = None
) -> Ranking:
    """Build the index of the covered cities, by their own rulers or by `frozen` ones."""
    engine = method.engine(covered.measures)
    composite = build(
        covered.matrix, weighed(covered.framework, method), method=engine, rulers=frozen
    )
    return Ranking(covered.matrix, composite, covered.unranked, covered.shortfalls, frozen)


def weighed(framework: pd.DataFrame, method: MethodOfRecord) -> pd.DataFrame:
    """The framework with the weights of the method of record.

    Renormalised once, every node weighs what is measured of it in the complete framework: its
    ``part``. Level by level, it keeps its ``weight`` among the siblings that are measured.
    """
    if method.parameters["renormalisation"] == "once":
        return framework.assign(weight=framework["part"])
    return framework


def covered_cities(
    cells: pd.DataFrame,
    framework: pd.DataFrame,
    measures: pd.DataFrame,
    cities: pd.DataFrame,
    method: MethodOfRecord,
) -> Covered:
    """Apply the coverage rule to the measures that any city has a value of.

    Parameters
    ----------
    cells
        `cells.csv`: ``adcode, measure, value``.
    framework
        `framework.csv`: ``code, parent, level, weight``.
    measures
        `measures.csv`:
        ``measure, indicator, direction, weight, evidence, included, stands_in_for``, and what else
        the measures in use are to keep.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    method
        The method of record.
    """
    included = indicators.measures_in_use(measures, method.evidence, cells)
    matrix = indicators.measure_matrix(cells, included)
    tree = indicators.measure_framework(framework, included)
    shares = indicators.coverage(matrix, tree)
    missing = indicators.shortfalls(
        shares, method.number("coverage_all"), method.number("coverage_domain")
    )
    unranked = indicators.unranked(missing, shares, cities)
    order = cities.loc[~cities["adcode"].isin(unranked["adcode"]), "adcode"]
    return Covered(matrix.loc[order], tree, included, unranked, missing)


def part_table(composite: CompositeIndex, framework: pd.DataFrame) -> pd.DataFrame:
    """What is measured of every node of the complete framework: the table `measured_parts.csv`.

    Parameters
    ----------
    composite
        The index of the ranked cities.
    framework
        `framework.csv`: ``code, parent, level, weight``.

    Returns
    -------
    pd.DataFrame
        ``level, code``; `complete`, the weight of the node in the complete framework; `measured`,
        the part of this weight for which there are measures; and `weight`, that of the node in the
        index of record. Shares, 0 where nothing is measured.
    """
    tree = composite.framework.set_index("code")
    columns = {
        "complete": nominal_weights(framework),
        "measured": tree["part"],
        "weight": nominal_weights(composite.framework),
    }
    table = framework[["level", "code"]].reset_index(drop=True)
    shares = {name: table["code"].map(column).fillna(0.0) for name, column in columns.items()}
    return table.assign(**shares)


def index_of_rest(ranking: Ranking, without: list[str]) -> pd.Series:
    """The index of the same cities by the same rulers, with some measures left out.

    Cities of which nothing is left have none.
    """
    made = ranking.composite
    kept = [code for code in made.rulers["column"] if code not in without]
    return index_of_kept(ranking.matrix, made, kept)


def index_of_kept(matrix: pd.DataFrame, made: CompositeIndex, kept: list[str]) -> pd.Series:
    """The index of the cities of `matrix` by the measures `kept` alone, made as `made` was.

    That is by its framework, its method and its rulers; renormalised once, the measures that are
    left of an indicator share its whole weight, as they would in an edition that lacks the others.
    """
    tree = prune(made.framework, kept)
    if made.method.renormalisation == "once":
        tree = by_parts(tree.assign(multiplier=1.0), measured_nodes(made.framework))
    used = leaves(tree)
    untreated = tuple(code for code in made.method.untreated if code in used)
    method = replace(made.method, untreated=untreated)
    figures = matrix[used].dropna(how="all")
    return build(figures, tree, method=method, rulers=made.rulers).index


def band_counts(index: pd.Series, anchors: pd.DataFrame, tiers: pd.DataFrame) -> pd.Series:
    """Number of cities by tier, for the tiers with published places, the best first."""
    found = score_tier(piecewise_score(index, anchors), tiers).value_counts()
    published = tiers.loc[tiers["last_place"].notna(), "tier"]
    return found.reindex(published, fill_value=0)


def own_anchors(index: pd.Series, tiers: pd.DataFrame) -> pd.DataFrame:
    """Anchors `index, score` of an edition that holds the published numbers by construction.

    The lower limit of a tier lies midway between its last city and the next one.
    """
    bands = tiers[tiers["last_place"].notna()]
    places = pd.DataFrame({"place": bands["last_place"], "score": bands["minimum"]})
    return midpoint_anchors(index, places)


def score_table(
    composite: CompositeIndex,
    cities: pd.DataFrame,
    tiers: pd.DataFrame,
    anchors: pd.DataFrame,
    domains: list[str],
) -> pd.DataFrame:
    """Ranked cities, best first: the table `scores.csv`.

    Parameters
    ----------
    composite
        The index of the ranked cities.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    tiers
        `tiers.csv`: ``tier, minimum``.
    anchors
        `anchors.csv`: ``index, score``.
    domains
        Codes of the last columns (0–100). A domain without any measure is there and empty.

    Raises
    ------
    RefusedValueError
        If the score does not rise with the index.
    """
    index = composite.index
    score = piecewise_score(index, anchors)
    table = city_columns(cities).merge(
        pd.DataFrame(
            {
                "index": index,
                "score": score,
                "rank": rank(index).astype(int),
                "tier": score_tier(score, tiers),
                **composite.nodes.reindex(columns=domains),
            }
        ),
        left_on="adcode",
        right_index=True,
    )
    return table.sort_values(["rank", "adcode"], ignore_index=True)


def city_columns(cities: pd.DataFrame) -> pd.DataFrame:
    """`adcode, city, province, region` of every city."""
    names = cities.rename(columns={"name_en": "city", "province_en": "province"})
    return names[["adcode", "city", "province", "region"]].reset_index(drop=True)


def node_table(
    composite: CompositeIndex, framework: pd.DataFrame, level: str, cities: pd.DataFrame
) -> pd.DataFrame:
    """`adcode, city` and a column (0–100) per node of `level` of the whole framework.

    Nodes without a public measure are there and empty.
    """
    codes = list(framework.loc[framework["level"] == level, "code"])
    nodes = composite.nodes.reindex(columns=codes)
    names = city_columns(cities)[["adcode", "city"]]
    return names.merge(nodes.reset_index(), on="adcode", how="inner")


def ruler_table(ranking: Ranking, own: str, frozen: str) -> pd.DataFrame:
    """How every measure is put on its scale: the table `rulers.csv`.

    Parameters
    ----------
    ranking
        The ranking of record of the edition `own`.
    own, frozen
        The edition, and the one whose rulers it takes over where that one has any.

    Returns
    -------
    pd.DataFrame
        ``measure, edition, method, lowest, highest, lower_bound, upper_bound``, as
        `index.treatment.fit` describes them; `edition` is the one that the ruler was made for.
    """
    table = ranking.composite.rulers.rename(columns={"column": "measure"})
    fixed = [] if ranking.frozen is None else ranking.frozen["column"]
    table.insert(1, "edition", table["measure"].isin(fixed).map({True: frozen, False: own}))
    return table


def frozen_rulers(table: pd.DataFrame) -> pd.DataFrame:
    """A table `rulers.csv` as the rulers of another edition, as `index.composite.build` takes them.

    Numbers have the digits that the table has on disk, whether it was written or not.
    """
    numbers = ["lowest", "highest", "lower_bound", "upper_bound"]
    stored = table[numbers].map(lambda number: float(FLOAT_FORMAT % number))
    return table.assign(**stored).rename(columns={"measure": "column"}).drop(columns="edition")


def treatment_table(composite: CompositeIndex) -> pd.DataFrame:
    """Shape of every measure before and after: `treatment.treat`, with whether it passes as 0/1."""
    details = composite.treatment.rename(columns={"column": "measure"})
    return details.assign(passes=details["passes"].astype(int))


def treated_point_table(
    matrix: pd.DataFrame, composite: CompositeIndex, cities: pd.DataFrame
) -> pd.DataFrame:
    """Every treated cell: `adcode, city, measure, value, treated_value, method`."""
    points = treated_points(matrix, composite.treated, composite.treatment)
    points = points.rename(
        columns={"unit": "adcode", "column": "measure", "treated": "treated_value"}
    )
    points.insert(1, "city", points["adcode"].map(cities.set_index("adcode")["name_en"]))
    return points
