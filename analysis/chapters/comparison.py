"""Two editions side by side: which places were gained and lost, and what the moves consist of.

A move is taken apart step by step. First the earlier edition is cut down to the cities and measures
that both have; then it is given the figures of the later one, under its own method and by its own
rulers; then method and rulers of the later one; then the cities and measures that only the later
one has. The changes of rank add up exactly. Another order of the steps would share them out
differently. Editions with the same anchors have the same rulers, so that only figures move a value.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.chapters.city_study import NO_COPIES, StudyInputs, city_study, usable_measures
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.index.composite import CompositeIndex
from analysis.index.ranking import rank
from analysis.index.robustness import simulation
from analysis.index.robustness.design import Design, read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.fitting import fitting
from analysis.index.robustness.study import Study
from analysis.ranking.scores import Ranking, band_counts, index_of_kept, index_of_rest

# A move of so many places is a far one; so many cities are named.
FAR, NAMED = 10, 3


def move_table(before: Ranking, after: Ranking) -> pd.DataFrame:
    """Every city that both editions rank, best in the later one first.

    Returns
    -------
    pd.DataFrame
        ``adcode, rank_before, rank_after, move, from_coverage, from_data, from_method``; a move is
        positive if the city gained places, and the sum of its three parts.
    """
    cities = before.places.index.intersection(after.places.index)
    shared = common_measures(before.matrix, after.matrix, cities)
    steps = [
        before.places[cities],
        cut_down_places(before.matrix, before.composite, cities, shared),
        cut_down_places(after.matrix, before.composite, cities, shared),
        cut_down_places(after.matrix, after.composite, cities, shared),
        after.places[cities],
    ]
    out, data, method, back = (-np.diff(np.column_stack(steps), axis=1)).T
    table = pd.DataFrame(
        {
            "adcode": cities,
            "rank_before": steps[0].to_numpy(),
            "rank_after": steps[-1].to_numpy(),
            "move": steps[0].to_numpy() - steps[-1].to_numpy(),
            "from_coverage": out + back,
            "from_data": data,
            "from_method": method,
        }
    )
    return table.sort_values(["rank_after", "adcode"], ignore_index=True)


def common_measures(before: pd.DataFrame, after: pd.DataFrame, cities: pd.Index) -> list[str]:
    """Measures of both matrices that tell some of the cities apart in either."""
    both = [name for name in before.columns if name in after.columns]
    tables = [matrix.loc[cities, both] for matrix in (before, after)]
    telling = [table.max() > table.min() for table in tables]
    return [name for name in both if telling[0][name] and telling[1][name]]


def cut_down_places(
    matrix: pd.DataFrame, made: CompositeIndex, cities: pd.Index, measures: list[str]
) -> pd.Series:
    """Ranks of the cities by the measures alone, in the way in which an index was made.

    That is its framework, its method and its rulers. What is left of an indicator has its whole
    weight, so that a measure that one edition lost is no change of method.
    """
    return rank(index_of_kept(matrix.loc[cities], made, measures)).astype(int)


def interval_table(before: StudyInputs, after: StudyInputs, draws: int) -> pd.DataFrame:
    """Interval of every move under draws of other choices, the same draw for both editions.

    The choices and their ranges are those of the later edition's design and method; gaps are left
    in all draws. A move exceeds the uncertainty if its interval lies on one side of no move.

    Returns
    -------
    pd.DataFrame
        ``adcode, move_low, move_high, exceeds`` (0 or 1) of the cities that both rank; the
        interval has the probability `uncertainty_level` of the method.
    """
    cities = joint_cities(before, after)
    moves = drawn_moves(joint_engines(before, after, read_design(after.design)), after.seed, draws)
    level = after.method.number("uncertainty_level")
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(moves, tails, axis=0, method="inverted_cdf")
    return pd.DataFrame(
        {
            "adcode": cities,
            "move_low": low.astype(int),
            "move_high": high.astype(int),
            "exceeds": ((low > 0) | (high < 0)).astype(int),
        }
    )


def joint_cities(before: StudyInputs, after: StudyInputs) -> pd.Index:
    """The cities (adcode) that both editions rank."""
    return before.ranking.matrix.index.intersection(after.ranking.matrix.index)


def joint_engines(before: StudyInputs, after: StudyInputs, design: Design) -> list[Engine]:
    """An engine for each edition, on what both have, under one design with gaps left."""
    cities = joint_cities(before, after)
    shared = shared_measures(before, after, cities)
    studies = [joint_study(inputs, after, cities, shared) for inputs in (before, after)]
    design = without_copies(design)
    for study in studies:
        design = fitting(design, study)
    return [Engine(study, design) for study in studies]


def drawn_moves(engines: list[Engine], seed: int, draws: int) -> np.ndarray:
    """Places gained from the first to the second edition under the same draws, draws × cities."""
    ranks = [simulation.ranks(engine, seed=seed, count=draws) for engine in engines]
    return np.asarray(ranks[0].astype(int) - ranks[1])


def without_copies(design: Design) -> Design:
    """The design of the figures as printed, without imputed gaps and without errors drawn."""
    of_record = {factor: design.alternatives[factor][:1] for factor in ("gaps", "figures")}
    return replace(design, alternatives={**design.alternatives, **of_record})


def shared_measures(before: StudyInputs, after: StudyInputs, cities: pd.Index) -> pd.DataFrame:
    """The measures of the later edition that the studies of both editions can use."""
    measures = after.references["measures"]
    usable = [
        set(usable_measures(inputs.cells, measures, inputs.ranking.matrix.loc[cities])["measure"])
        for inputs in (before, after)
    ]
    return measures[measures["measure"].isin(usable[0] & usable[1])]


def joint_study(
    inputs: StudyInputs, later: StudyInputs, cities: pd.Index, measures: pd.DataFrame
) -> Study:
    """The study of one edition's figures on what both have, by the later one's references.

    The rulers of the later edition hold for both, as far as the choices are those of record.
    """
    ranking = replace(inputs.ranking, matrix=inputs.ranking.matrix.loc[cities])
    references: Mapping[str, pd.DataFrame] = {**later.references, "measures": measures}
    study = city_study(ranking, inputs.cells, references, later.method, NO_COPIES)
    graded = later.references["measures"]
    grades = dict(zip(graded["measure"], graded["evidence"], strict=True))
    return replace(study, grades=grades, rulers=later.ranking.composite.rulers)


def change_table(before: Ranking, after: Ranking, names: pd.Series) -> pd.DataFrame:
    """Cities that only one of the editions ranks: `change, adcode, city, rank`."""
    sides = {"entered": (after, before), "left": (before, after)}
    tables = []
    for change, (here, there) in sides.items():
        places = here.places
        only = places[~places.index.isin(there.composite.index.index)].sort_values()
        columns = {"adcode": only.index, "city": only.index.map(names), "rank": only.to_numpy()}
        tables.append(pd.DataFrame({"change": change, **columns}))
    return pd.concat(tables, ignore_index=True)


def lack_table(changed: pd.DataFrame, before: Ranking, after: Ranking) -> pd.DataFrame:
    """What the `changed` cities lack in the edition that does not rank them.

    Returns `change, adcode, domain, share, needed`, a row for each shortfall.
    """
    lacks = {"entered": before.shortfalls, "left": after.shortfalls}
    tables = [changed[changed["change"] == change].merge(lack) for change, lack in lacks.items()]
    columns = ["change", "adcode", "domain", "share", "needed"]
    return pd.concat(tables, ignore_index=True)[columns]


def followed_measures(before: Ranking, after: Ranking, moves: pd.DataFrame) -> pd.DataFrame:
    """How closely the moves follow the change of single measures: `measure, correlation`.

    Pearson's correlation, over the cities of both editions, of the places gained and the change of
    the normalised measure; measures that change nowhere are left out. Closest first.
    """
    cities = moves["adcode"]
    old, new = (side.composite.normalised.reindex(index=cities) for side in (before, after))
    both = old.columns.intersection(new.columns)
    change = new[both] - old[both]
    changed = change.loc[:, change.std() > 0]
    found = changed.corrwith(moves.set_index("adcode")["move"]).rename("correlation")
    order = found.abs().sort_values(ascending=False, kind="stable").index
    return found[order].rename_axis("measure").reset_index()


def band_table(
    before: Ranking, after: Ranking, anchors: pd.DataFrame | None, tiers: pd.DataFrame
) -> pd.DataFrame:
    """Cities in the bands of both editions on one scale, by all measures and by the common ones.

    Parameters
    ----------
    before, after
        The rankings, by the same rulers where both have a measure.
    anchors
        The anchors of the score that hold for both; none if each has its own.
    tiers
        `tiers.csv`: ``tier, minimum, last_place``.

    Returns
    -------
    pd.DataFrame
        ``tier, before, after, before_common, after_common``, the best tier first. The last two
        leave out the measures that only one edition has. No rows without common anchors.
    """
    columns = ["tier", "before", "after", "before_common", "after_common"]
    if anchors is None:
        return pd.DataFrame(columns=columns)
    lacking = measures_of_one(before, after)
    indices = [side.composite.index for side in (before, after)]
    indices += [index_of_rest(side, lacking) for side in (before, after)]
    counts = [band_counts(index, anchors, tiers) for index in indices]
    return pd.concat(counts, axis="columns", keys=columns[1:]).rename_axis("tier").reset_index()


def side_table(before: StudyInputs, after: StudyInputs) -> pd.DataFrame:
    """Measures of the index that only one edition has: `measure, edition`."""
    only = measures_of_one(before.ranking, after.ranking)
    names = {True: after.ranked.edition.name, False: before.ranked.edition.name}
    mine = [measure in after.ranking.matrix for measure in only]
    return pd.DataFrame({"measure": only, "edition": [names[here] for here in mine]})


def measures_of_one(before: Ranking, after: Ranking) -> list[str]:
    """Measures that only one of the editions has, in the order of the later one."""
    old, new = before.matrix.columns, after.matrix.columns
    return [*new.difference(old, sort=False), *old.difference(new, sort=False)]


def comparison_tables(
    before: StudyInputs, after: StudyInputs, draws: int, anchors: pd.DataFrame | None = None
) -> Tables:
    """`comparison`, the moves with their parts and intervals, and what goes with them.

    `anchors` are those of the score, if the same hold for both editions.

    `comparison_measures` are the measures that the moves follow, `comparison_changes` the cities
    that only one edition ranks, `comparison_lacks` what they lack in the other, `comparison_bands`
    the cities in the bands, and `comparison_sides` the measures that only one edition has.
    """
    old, new = before.ranking, after.ranking
    names = after.references["cities"].set_index("adcode")["name_en"]
    moves = move_table(old, new).merge(interval_table(before, after, draws), on="adcode")
    moves.insert(1, "city", moves["adcode"].map(names))
    changed = change_table(old, new, names)
    return {
        "comparison": moves,
        "comparison_measures": followed_measures(old, new, moves),
        "comparison_changes": changed,
        "comparison_lacks": lack_table(changed, old, new),
        "comparison_bands": band_table(old, new, anchors, after.references["tiers"]),
        "comparison_sides": side_table(before, after),
    }


def comparison_facts(tables: Tables, previous: str, edition: str) -> Facts:
    """Numbers of the moves of `edition` since `previous`, and the names behind them."""
    moves, changed = tables["comparison"], tables["comparison_changes"]
    clear = moves[moves["exceeds"] == 1].sort_values("move", kind="stable")
    entered, left = (changed[changed["change"] == kind] for kind in ("entered", "left"))
    size = moves["move"].abs()
    return {
        "previous": previous,
        "cities": len(moves),
        "changes": changes(entered, left),
        "bands": bands(tables, previous, edition),
        "rho": fact.number(moves["rank_before"].corr(moves["rank_after"], "spearman")),
        "median_move": fact.whole(size.median()),
        "far": fact.whole((size >= FAR).sum()),
        "far_share": fact.share((size >= FAR).mean()),
        "clear": clear_moves(clear, len(moves)),
        "followed": followed(tables["comparison_measures"]),
        "coverage_median": fact.whole(moves["from_coverage"].abs().median()),
        "data_median": fact.whole(moves["from_data"].abs().median()),
        "method_effect": fact.sentence(
            "comparison_method", places=fact.whole(moves["from_method"].abs().max())
        ),
        "clear_leaders": fact.some((clear["rank_after"] <= FAR).sum()),
    }


def followed(measures: pd.DataFrame) -> fact.Value:
    """The measure whose change the moves follow most closely, if any has changed."""
    known = measures.dropna(subset="correlation").head(1)
    return fact.sentence(
        "comparison_followed",
        measures=[str(measure) for measure in known["measure"]],
        correlation=[fact.rounded(value) for value in known["correlation"]],
    )


def changes(entered: pd.DataFrame, left: pd.DataFrame) -> fact.Value:
    """Which cities only one of the editions ranks."""
    best = [str(code) for code in entered["adcode"].head(NAMED)]
    return fact.sentence("comparison_changes", entered=len(entered), best=best, left=len(left))


def bands(tables: Tables, previous: str, edition: str) -> fact.Value:
    """Cities in the bands of both editions on one scale, and the measures that only one has."""
    table, sides = tables["comparison_bands"].set_index("tier"), tables["comparison_sides"]
    counts = {name: [int(number) for number in column] for name, column in table.items()}
    lost, gained = (
        [str(measure) for measure in sides.loc[sides["edition"] == name, "measure"]]
        for name in (previous, edition)
    )
    return fact.sentence(
        "comparison_bands",
        before=previous,
        after=edition,
        counts=counts if len(table) else {},
        lost=lost,
        gained=gained,
    )


def clear_moves(clear: pd.DataFrame, cities: int) -> fact.Value:
    """How many moves exceed the uncertainty, and how many of them up and down.

    The direction is that of the interval, which is of what both editions measure: coverage can
    make a city end up elsewhere.
    """
    up, down = (int(side.sum()) for side in (clear["move_low"] > 0, clear["move_high"] < 0))
    share = fact.rounded(len(clear) / cities)
    return fact.sentence("comparison_clear", moves=len(clear), share=share, up=up, down=down)
