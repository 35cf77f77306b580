"""The lineage of a city as a tree of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text
from rich.tree import Tree

Record = Mapping[str, Any]
HEAD = {"index", "domain", "subdomain"}
# How a figure is put on its scale, by normalisation; the ends are those of the treated figures.
SCALES = {
    "min_max": "on the scale from {worst} to {best}",
    "efficacy_coefficient": "on the scale from {worst} to {best}",
    "percentile_rank": "by its place among the cities, from {worst} to {best}",
    "distance_to_best": "in percent of the best, {best}",
}
TREATMENTS = {
    "none": "not treated",
    "winsorised": "extremes pulled in",
    "log": "logarithm",
    "log_mirrored": "mirrored logarithm",
}


def lines_of(found: Record) -> Iterator[str]:
    """The head of the answer: the city, its rank with its doubt, and its score."""
    yield f"{found['city']} ({found['adcode']}), edition {found['edition']}, " + (
        f"figures of {found['data_year']}"
    )
    if found["rank"] is None:
        yield f"not ranked: {found['unranked']}"
        return
    interval = found.get("rank_interval")
    doubt = f", 90 % interval {interval[0]} to {interval[1]}" if interval else ""
    yield f"place {found['rank']} of {found['ranked']}{doubt}; stage by score: {found['tier']}"
    if "published_place" in found:
        yield f"published place: {found['published_place'] or 'not among the published cities'}"
    if found.get("deciding"):
        yield deciding_line(found["deciding"])
    if "note" in found:
        yield found["note"]
    if found["means"] != ["arithmetic"]:
        yield counted_line(found)
    score = found["score"]
    ends = " and ".join(
        f"{score[end]['index']:.4f} → {score[end]['score']:g}" for end in ("from", "to")
    )
    yield (
        f"score {score['score']:.4f} = {score['offset']:.4f} + {score['slope']:.6f} × index "
        f"(the line through {ends})"
    )
    if found["anchor"] != found["edition"]:
        yield (
            f"treatment, scales and score are those of edition {found['anchor']}, so that values "
            "may lie beyond 0 and 100; a measure that it lacks has a ruler of its own"
        )


def deciding_line(figure: Record) -> str:
    """The printed figure that the place hangs on most, and the place with an ordinary one."""
    if figure["moved"] == 0:
        return "no single figure decides: with an ordinary one in place of any, the city stays"
    return (
        f"the figure that decides: {figure['name']} ({figure['file']}, line {figure['line']}, "
        f"column {figure['column']}); with the mean of all ranked cities in its place, "
        f"place {figure['rank_without']}"
    )


def counted_line(found: Record) -> str:
    """Why values do not count for themselves under means that are not arithmetic."""
    scale = {"geometric": "logarithms", "harmonic": "reciprocals", "arithmetic": "values"}
    means = " and ".join(found["means"])
    scales = " or ".join(scale[mean] for mean in found["means"] if mean != "arithmetic")
    return (
        f"means: {means}. A value counts for the point that it reaches, on the scale of {scales}, "
        f"on the way from {found['floor']:.2f}, the lowest value of all, to the mean; so the "
        "points add up to the index"
    )


def tree_of(node: Record) -> Tree:
    """A node of the index with all that is below it."""
    tree = Tree(headline(node))
    add_children(tree, node)
    return tree


def add_children(tree: Tree, node: Record) -> None:
    """Put everything below a node into its branch."""
    for child in node.get("children", []):
        add_children(tree.add(headline(child)), child)
    for line in figure_lines(node) if "figure" in node else []:
        tree.add(Text(line, style="bright_black"))


def headline(node: Record) -> Text:
    """Name, value, what it counts for if not for itself, weight, and the points of the index."""
    text = Text(str(node["name"]), style="bold" if node["level"] in HEAD else "")
    if node["value"] is None:
        return text.append("  –", style="dim")
    numbers = f"  {node['value']:.2f}"
    if node["level"] != "index":
        if abs(node["counted"] - node["value"]) > 1e-9:
            numbers += f" counts {node['counted']:.2f}"
        numbers += f" × {node['share']:.4f} = {node['contribution']:.4f}"
    return text.append(numbers, style="cyan").append(f"  {node['code']}", style="dim")


def figure_lines(node: Record) -> Iterator[str]:
    """The figure of a measure: what was made of it, and where it stands in print."""
    figure, treatment = node["figure"], node.get("treatment")
    if figure["value"] is None:
        yield "gap: it counts for nothing, and its weight goes to its siblings"
    elif treatment:
        yield scale_line(figure, treatment)
    yield printed_line(figure)
    yield from mean_lines(figure)
    if figure["refused"]:
        yield f"refused: {figure['refused']}"
    if figure["reason"]:
        yield f"why: {figure['reason']}"
    elif figure["status"] == "carried":
        yield "why: nothing is printed for the year of the edition"
    if figure["file"]:
        yield f"where: {place(figure)}"
    if figure["citation"]:
        yield f"source: {figure['citation']}"


def mean_lines(figure: Record) -> Iterator[str]:
    """How the value follows from the figures of several years, and where these stand."""
    if not figure["mean"]:
        return
    years, level = figure["mean"]["years"], figure["mean"]["level"]
    parts = " + ".join(f"({row['deviation']:,.6g})" for row in years)
    yield f"mean over years: {level:,.6g} + ({parts}) / {len(years)} = {figure['value']:,.6g}"
    for row in years:
        yield (
            f"{row['year']}: {row['value']:,.6g} less {row['year_mean']:,.6g}, the mean of all "
            f"cities: {row['deviation']:,.6g}; printed “{row['printed']}” in {row['file']}, "
            f"line {row['line']}, column {row['column']}"
        )


def scale_line(figure: Record, treatment: Record) -> str:
    """From the figure through its treatment to its scale."""
    ends = [f"{treatment[end]:,.6g}" for end in ("lowest", "highest")]
    worst, best = ends if treatment["direction"] > 0 else ends[::-1]
    scale = SCALES[treatment["normalisation"]].format(worst=worst, best=best)
    how = TREATMENTS.get(treatment["method"], treatment["method"])
    treated = f": {treatment['treated_value']:.6f}" if treatment["changed"] else ""
    ruler = f", by the ruler of edition {treatment['ruler_of']}"
    return f"{with_unit(figure['value'], figure['unit'])}, {how}{treated}, {scale}{ruler}"


def with_unit(value: float, unit: str) -> str:
    """A figure with its unit, whose own number is no part of the figure.

    >>> with_unit(3923680, "10,000 yuan"), with_unit(1, "1 = designated"), with_unit(7, "beds")
    ('3,923,680 × 10,000 yuan', '1 (1 = designated)', '7 beds')
    """
    number = f"{value:,.10g}"
    if "=" in unit:
        return f"{number} ({unit})"
    return f"{number} × {unit}" if unit[:1].isdigit() else f"{number} {unit}"


def printed_line(figure: Record) -> str:
    """The status of a cell, the year and the text as printed."""
    if figure["mean"]:
        return f"{figure['status']} over {figure['averaged'].replace('|', ', ')}"
    year = f" of {figure['year']}" if figure["year"] and figure["value"] is not None else ""
    unit = f" {figure['printed_unit']}" if figure["printed_unit"] else ""
    printed = f", printed “{figure['printed']}”{unit}" if figure["printed"] else ", nothing printed"
    return f"{figure['status']}{year}{printed}"


def place(figure: Record) -> str:
    """File, line and column of a figure, with the printed heading; a list may lack the city."""
    if figure["line"] is None:
        return f"{figure['file']}, which does not list the city"
    own = figure["heading"] if figure["heading"] != figure["column"] else ""
    heading = f"{figure['table']} {own}".strip()
    column = f"{figure['column']} ({heading})" if heading else figure["column"]
    file = figure["file"].replace("#", ", sheet ", 1)
    return f"{file}, line {figure['line']}, column {column}"
