"""City pages: profiles of single cities or of all, as pages of the site and as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.common import Language, console
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError

if TYPE_CHECKING:
    from analysis.publish.site.city_tables import CityTables

Names = Annotated[
    list[str] | None,
    typer.Argument(
        help="Cities by name, English or Chinese, or by six-digit code. Without any: all.",
        metavar="[CITY]...",
    ),
]
ChosenEdition = Annotated[
    str | None, typer.Option("--edition", help="Edition, such as 2020. Without it: the latest.")
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Write a PDF as well, one sheet for each city.")]


def cities(
    names: Names = None,
    edition: ChosenEdition = None,
    pdf: Pdf = False,
    language: Language = "en",
) -> None:
    """Write a one-page profile of every city, or of those named: rank, interval, peers, evidence.

    Pages go to `_output/site/cities`, with an index if all are written. The PDF is
    `_output/cities-<edition>.pdf` for all cities, `_output/cities/<code>.pdf` for one.

    Examples: `cities`, `cities --pdf`, `cities 深圳 --pdf`, `cities Shenzhen Guangzhou 330100`.
    """
    from analysis.publish.site.cities import write_city_pages
    from analysis.publish.site.city_tables import CityTables

    chosen = load(edition)
    codes = [city_code(chosen, name) for name in names] if names else None
    tables = CityTables(chosen, language)
    with console.status("writing city pages"):
        if pdf:
            sheets = write_sheets(tables, codes)
        written = write_city_pages(tables, codes)
    place = written[-1] if codes is None or len(codes) == 1 else written[0].parent
    console.print(f"{place.relative_to(chosen.root).as_posix()}: {len(written)} pages written")
    for path in sheets if pdf else []:
        console.print(f"{path.relative_to(chosen.root).as_posix()}: written")


def city_code(edition: Edition, name: str) -> str:
    """The code of the city that `name` (or a code) means; an unknown name is refused with hints."""
    from analysis.editions.city_keys import code_of, lookup_rule, name_index

    towns = edition.reference_table("cities")
    if name in set(towns["adcode"]):
        return name
    index = name_index(towns, edition.reference_table("aliases"))
    code = code_of(name, index)
    if code is None:
        raise RefusedValueError(f"{name!r} {lookup_rule(name, index, towns)}")
    return code


def write_sheets(tables: "CityTables", codes: list[str] | None) -> list[Path]:
    """One PDF of all cities, or one for each of those given."""
    from analysis.publish.site.city_sheets import write_city_sheets
    from analysis.publish.site.shell import FOLDER

    output = tables.edition.root / FOLDER.parent
    if codes is None:
        return [write_city_sheets(tables, None, output / f"cities-{tables.edition.name}.pdf")]
    return [write_city_sheets(tables, [code], output / "cities" / f"{code}.pdf") for code in codes]
