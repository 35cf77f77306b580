"""City pages: profiles of single cities or of all, as pages of the site and as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.common import Language, console
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError

if TYPE_CHECKING:
    from analysis.publish.site.city_content import Content
    from analysis.publish.site.shell import Site

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
    """Write a one-page profile of every city, or of those named: place, interval, peers, evidence.

    Pages go to `site/cities` in the folder `_output/<edition>/<language>`, with an index if all are
    written. The PDF is `cities-<edition>.pdf` there for all cities, `cities/<code>.pdf` for one.

    Examples: `cities`, `cities --pdf`, `cities 深圳 --pdf`, `cities Shenzhen Guangzhou 330100`.
    """
    from analysis.publish.site.cities import write_city_pages
    from analysis.publish.site.city_content import city_contents
    from analysis.publish.site.shell import Site
    from analysis.publish.versions import link_versions

    chosen = load(edition)
    codes = [city_code(chosen, name) for name in names] if names else None
    site, whole = Site(chosen, language), codes is None
    with console.status("writing city pages"):
        contents = list(city_contents(site, codes))
        sheets = write_sheets(site, contents, whole=whole) if pdf else []
        written = write_city_pages(site, contents, whole=whole)
        link_versions(chosen.root)
    place = written[-1] if whole or len(written) == 1 else written[0].parent
    console.print(f"{place.relative_to(chosen.root).as_posix()}: {len(written)} pages written")
    for path in sheets:
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


def write_sheets(site: "Site", contents: list["Content"], *, whole: bool) -> list[Path]:
    """One PDF of the whole, or one for each of these cities."""
    from analysis.publish.site.cities import SHEETS
    from analysis.publish.site.city_sheets import write_city_sheets

    output = site.folder.parent
    if whole:
        return [
            write_city_sheets(site, contents, output / SHEETS.format(edition=site.edition.name))
        ]
    return [
        write_city_sheets(site, [content], output / "cities" / f"{content['adcode']}.pdf")
        for content in contents
    ]
