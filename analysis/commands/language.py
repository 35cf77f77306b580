"""What a language lacks of the original, for whoever writes in it."""

from typing import Annotated

import typer

from analysis.commands.common import console
from analysis.editions import ROOT, load

Name = Annotated[str, typer.Argument(help="A folder of sections, such as zh_hant.")]
File = Annotated[str, typer.Option(help="Only what lies in files with this in their names.")]


def list_lacking(name: Name, file: File = "") -> None:
    """List what a language lacks of the English original, or has beside it.

    That is block by block in sections, macro by macro in sentences, text by text and word by word
    in tables; of Chinese also letters of the other script and words of the other usage. The exit
    status is 1 if there is anything.
    """
    from analysis.language.completeness import lacking
    from analysis.language.names import is_chinese
    from analysis.language.usage import usage_faults

    edition = load()
    every = lacking(edition, name)
    if is_chinese(name):
        every += usage_faults(edition, name)
    found = [line for line in every if file in line]
    for line in found:
        typer.echo(line)
    console.print(f"{name}: {len(found)} to do" if found else f"{name}: whole")
    if found:
        raise typer.Exit(1)


def simplify() -> None:
    """Make the Simplified Chinese of prose, texts and names from the Traditional.

    What reads wrong is mended in `sections/zh_hant` or in `data/reference/glossary.csv`.
    """
    from analysis.editions.storage import write_changed
    from analysis.language.sentences import prose
    from analysis.language.simplified import TARGET, simplified_files

    made = simplified_files(load())
    for path in (ROOT / prose(TARGET)).rglob("*.*"):
        if path.relative_to(ROOT) not in made:
            path.unlink()
    for file, text in made.items():
        write_changed(ROOT / file, text)
    console.print(f"{prose(TARGET).as_posix()} and the names in data/reference: written")
