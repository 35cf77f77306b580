"""The lineage of one city: from its rank down to the printed figures."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from analysis.commands.cities import ChosenEdition, city_code
from analysis.commands.common import Language, console
from analysis.commands.steps import refuse_faulty_input
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.ranking.scores import Ranking

City = Annotated[str, typer.Argument(help="A city by any form of its name, or by its code.")]
Node = Annotated[
    str | None,
    typer.Option(
        "--indicator",
        help="Only the way to one indicator; also to a domain, a sub-domain or a measure, by code.",
    ),
]
Machine = Annotated[
    bool, typer.Option("--json", help="As JSON, numbers in full, for other programs.")
]


def explain(
    city: City,
    indicator: Node = None,
    edition: ChosenEdition = None,
    machine: Machine = False,
    language: Language = "en",
) -> None:
    """Show how a city comes to its place: every number on the way down to the printed figures.

    Everything is computed from the raw files, now. On each line: the value, 100 being best, the
    weight in the index (after gaps have left theirs to their siblings), and the points of the
    index that the two make. The points of a node are the sum of those below it. Where the method
    takes geometric or harmonic means, what a value counts for stands beside it.

    Examples: `explain 深圳`, `explain Shenzhen --indicator fixed_broadband`, `explain 440300
    --json`.
    """
    from analysis.commands.lineage_tree import lines_of, tree_of

    chosen = load(edition)
    code = city_code(chosen, city)
    with console.status("computing from the raw files"):
        refuse_faulty_input(chosen)
        found = lineage(chosen, code, language)
    if indicator:
        found["index"] = cut_down(chosen, found["index"], indicator)
    if machine:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    printer = Console(highlight=False)
    for line in lines_of(found):
        printer.print(line, markup=False)
    printer.print(tree_of(found["index"]))


def lineage(edition: Edition, adcode: str, language: str = "en") -> dict[str, Any]:
    """Everything on the way from the rank of a city to its printed figures, as nested records.

    Raises
    ------
    InputRefusedError
        Before any work, if the method of the edition cannot be carried out.
    """
    from analysis.editions.validation.input_faults import validate_method
    from analysis.language.facts import Speaker
    from analysis.language.names import city_names, words
    from analysis.ranking import cleaning, lineage, of_record

    validate_method(edition)
    names = words(edition, language)
    readings = cleaning.judged_readings(edition)
    cells = cleaning.cells_of(readings, edition)
    ranking = of_record.ranked_cities(edition, cells)
    composite = ranking.composite
    averaged = cleaning.averaged_figures(readings, edition)
    figures = figures_of(edition, cells, averaged, ranking, adcode)
    found = {
        "edition": edition.name,
        "anchor": edition.settings["score_anchors"],
        "data_year": edition.data_year,
        "adcode": adcode,
        "city": city_names(edition.reference_table("cities"), language)[adcode],
        "means": sorted(set(composite.means.values())),
        "floor": float(composite.normalised.min().min()),
    }
    if adcode in composite.nodes.index:
        tiers = edition.reference_table("tiers")
        anchors = of_record.score_anchors(edition, composite.index, tiers)
        found |= lineage.ranked_city(composite, adcode, anchors, tiers)
        found |= committed(edition, adcode, found["rank"], composite.index[adcode])
        found["tier"] = names[found["tier"]]
        found["deciding"] = deciding(edition, cells, ranking, adcode, names)
        table = lineage.node_table(composite, adcode)
    else:
        reasons = Speaker(edition, language).shortfalls(ranking.shortfalls)
        found |= {"rank": None, "unranked": reasons[adcode]}
        table = lineage.empty_node_table(composite.framework)
    top = table["code"].iloc[0]
    return found | {"index": lineage.nested(table, top, names, figures)}


def figures_of(
    edition: Edition,
    cells: "pd.DataFrame",
    averaged: "pd.DataFrame",
    ranking: "Ranking",
    adcode: str,
) -> dict[str, Any]:
    """The figure of a city for every measure of the index, with its treatment if it is ranked."""
    from analysis.ranking import lineage, of_record

    references = {
        name: edition.reference_table(name) for name in ("corrections", "cleaning_rules")
    } | {name: edition.raw_table(f"{name}.csv") for name in ("sources", "columns")}
    references["averaged"] = averaged
    composite = ranking.composite
    rulers = of_record.ruler_table(edition, ranking).set_index("measure")["edition"]
    own = cells[cells["adcode"] == adcode].set_index("measure", drop=False)
    found = {}
    for measure in composite.treated.columns:
        cell = own.loc[measure].to_dict()
        steps = {"figure": lineage.figure_steps(cell, references)}
        if adcode in composite.treated.index:
            made = lineage.treatment_steps(composite, ranking.matrix, measure, adcode)
            steps["treatment"] = made | {"ruler_of": rulers[measure]}
        found[measure] = steps
    return found


def deciding(
    edition: Edition, cells: "pd.DataFrame", ranking: "Ranking", adcode: str, names: "pd.Series"
) -> dict[str, Any] | None:
    """The printed figure that the place of a city hangs on most; None if nothing is printed."""
    from analysis.chapters.deciding import deciding_table

    cities = edition.reference_table("cities")
    table = deciding_table(ranking.composite, ranking.places, cells, cities)
    own = table[table["adcode"] == adcode]
    if own.empty:
        return None
    row = own.iloc[0]
    return {
        "measure": row["measure"],
        "name": names[row["measure"]],
        **{key: row[key] for key in ("file", "column")},
        **{key: int(row[key]) for key in ("line", "rank_without", "moved")},
    }


def committed(edition: Edition, adcode: str, rank: int, index: float) -> dict[str, Any]:
    """What the committed results add: the interval of the rank and the published place.

    Results whose rank or index is another one are not current; then that is said, and nothing is
    added.
    """
    if not edition.has_result("scores"):
        return {}
    known = edition.result("scores").set_index("adcode").reindex([adcode]).iloc[0]
    if not (known["rank"] == rank and abs(known["index"] - index) <= 1e-6 * index):
        return {"note": f"the committed results are not current: run build {edition.name}"}
    found: dict[str, Any] = {}
    if edition.has_result("uncertainty"):
        row = edition.result("uncertainty").set_index("adcode").loc[adcode]
        found["rank_interval"] = [int(row["rank_low"]), int(row["rank_high"])]
    if edition.has_result("published"):
        places = edition.result("published").set_index("adcode")["rank"]
        found["published_place"] = int(places[adcode]) if adcode in places.index else None
    return found


def cut_down(edition: Edition, tree: dict[str, Any], code: str) -> dict[str, Any]:
    """The way to one node; a node that the index does not have is refused with the reason."""
    from analysis.ranking.lineage import only

    way = only(tree, code)
    if way:
        return way
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    if code in set(framework["code"]) | set(measures["measure"]):
        rule = f"the index of edition {edition.name} has no figures below it"
        raise RefusedValueError(f"{code}: {rule}")
    known = ", ".join(framework["code"])
    raise RefusedValueError(f"{code}: no such node; the nodes of the framework are {known}")
