"""The command line: `python -m analysis`, and the same under the name `digital-city`.

Each command is one step of the way from raw figures to the report. A step is skipped when nothing
it reads has changed; imports are late, so that finding this out takes no time.
"""

import sys
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.commands.check import check
from analysis.commands.cities import cities
from analysis.commands.common import EditionName, Language, console, left_out_of, shown_progress
from analysis.commands.compare import compare
from analysis.commands.explain import explain
from analysis.commands.import_file import import_file
from analysis.commands.index import Sheet, index
from analysis.commands.language import list_lacking, simplify
from analysis.commands.release import release
from analysis.commands.site import site
from analysis.commands.steps import (
    build_results,
    execute_together,
    notebook_parameters,
    prepare,
    refuse_faulty_input,
)
from analysis.commands.uncertainty import uncertainty
from analysis.commands.verify import verify
from analysis.commands.workbook import workbook
from analysis.editions import load
from analysis.editions.storage import refused_failures
from analysis.index.refusal import RefusalError
from analysis.publish.memory import refused_shortage

app = typer.Typer(
    help="Rebuild the Digital City Top 100: raw figures, results, notebooks, report.",
    epilog="The usual way: `digital-city report`. Everything else is one step of it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)
Renderer = Annotated[
    str, typer.Option(help="auto: real Quarto if it is there, else embedded. Or: quarto, embedded.")
]
OwnFigures = Annotated[
    Path | None,
    typer.Option(help="Your own figures: a column of cities, and indicators by their codes."),
]
OwnWeights = Annotated[
    Path | None, typer.Option(help="With --indicators: a table code, weight of any nodes.")
]
OwnOutput = Annotated[
    Path | None,
    typer.Option(help="With --indicators: the folder to write. Without it: below _output/own."),
]


@app.command(name="new-edition")
def new_edition(
    name: Annotated[str, typer.Argument(help="Name of the new edition, such as 2021.")],
    data_year: Annotated[int, typer.Option(help="The year that its figures describe.")],
    earlier: Annotated[
        str | None, typer.Option("--from", help="Edition to follow. Without it: the latest one.")
    ] = None,
) -> None:
    """Lay out the folder of a new edition: what can be copied, and templates for the rest."""
    from analysis.editions.new_edition import lay_out, to_bring

    before = load(earlier)
    refuse_faulty_input(before)
    made = lay_out(before, name, data_year)
    console.print(f"data/raw/{made.name}: laid out; docs/rerun.md says what to do next")
    for file in to_bring(made):
        console.print(f"bring: data/raw/{made.name}/{file}")


@app.command()
def build(edition: EditionName = None) -> None:
    """Compute all results of an edition from its raw figures."""
    with shown_progress() as progress:
        written = build_results(load(edition), progress)
    for line in left_out_of(load(edition)):
        console.print(line, markup=False)
    console.print(f"data/results/{load(edition).name}: {written}")


@app.command()
def notebooks(edition: EditionName = None, language: Language = "en") -> None:
    """Execute the notebooks of the report into _build/notebooks, those that are not current."""
    from analysis.publish.documents import report_in
    from analysis.publish.notebooks.execution import execute_all
    from analysis.publish.report.origins import embedded_notebooks
    from analysis.publish.report.source import read_report

    with shown_progress() as progress:
        chosen = load(edition)
        refuse_faulty_input(chosen)
        parameters = notebook_parameters(chosen, language)
        quoted = embedded_notebooks(read_report(chosen.root, report_in(chosen, language)))
        execute_all(chosen.root, parameters, progress, quoted)


@app.command()
def prerender(edition: EditionName = None, language: Language = "en") -> None:
    """Prepare everything that the report quotes: results, notebooks, numbers, fonts.

    Quarto runs this by itself before it renders.
    """
    from analysis.publish.documents import report_in
    from analysis.publish.report.quarto import refuse_other_report

    chosen = load(edition)
    refuse_other_report(chosen.name, report_in(chosen, language))
    with shown_progress() as progress:
        prepare(chosen, language, progress)


@app.command()
def postrender() -> None:
    """Check what Quarto has rendered, and remove it if it is not fit to be handed on.

    Quarto runs this by itself after it has rendered.
    """
    from analysis.publish.report.quarto import check_rendered

    check_rendered(Path.cwd())


@app.command()
def render(
    edition: EditionName = None, renderer: Renderer = "auto", language: Language = "en"
) -> None:
    """Render the report as HTML and PDF from what is prepared.

    It goes into `_output/<edition>/<language>`.
    """
    from analysis.publish.documents import quarto_environment, report_in
    from analysis.publish.folders import report_files
    from analysis.publish.report.render import Wanted
    from analysis.publish.report.render import render as render_report
    from analysis.publish.versions import link_versions

    chosen = load(edition)
    with shown_progress() as progress:
        document = report_in(chosen, language)
        known = quarto_environment(chosen, language)
        outputs = report_files(chosen, language)
        wanted = Wanted(document, known, outputs)
        done = render_report(chosen.root, renderer, progress, wanted)
        link_versions(chosen.root)
    console.print(f"renderer: {done.renderer} ({done.reason})")
    for path in done.outputs:
        state = "unchanged" if done.skipped else "written"
        console.print(f"{path.relative_to(chosen.root).as_posix()}: {state}")


@app.command()
def report(
    edition: EditionName = None,
    renderer: Renderer = "auto",
    language: Language = "en",
    indicators: OwnFigures = None,
    weights: OwnWeights = None,
    sheet: Sheet = "",
    output: OwnOutput = None,
) -> None:
    """Go all the way: check, build, execute the notebooks, render the report.

    With `--indicators my.csv` the report is made from the figures of that file, for any set of
    cities, and put below `_output/own`; `docs/own-index.md` says how the file must look.
    """
    from analysis.language.languages import asked_languages
    from analysis.publish.report.quarto import choose_renderer

    choose_renderer(renderer)  # which may refuse it, before any work
    if indicators:
        from analysis.commands.own import own_report

        own_report(load(edition), indicators, weights, sheet, renderer, output, language)
        return
    languages = asked_languages(load(edition).root, language)
    if len(languages) > 1:
        with shown_progress() as progress:
            execute_together(load(edition), languages, progress)
    for each in languages:
        with shown_progress() as progress:
            prepare(load(edition), each, progress)
        render(edition, renderer, each)


app.command()(check)
app.command(name="import")(import_file)
app.command()(compare)
app.command()(explain)
app.command()(workbook)
app.command()(verify)
app.command()(release)
app.command()(cities)
app.command()(site)
app.command()(uncertainty)
app.command()(index)
app.command(name="language")(list_lacking)
app.command()(simplify)


def main() -> None:
    """Run the command line; a refusal is one clear message on standard error and exit status 1.

    Any other exception is a mistake of the program and shows its traceback.
    """
    # Texts of Python: tables of this size are read in half the time of those of Arrow.
    quick_texts = pd.option_context("mode.string_storage", "python")
    try:
        with quick_texts, refused_failures(), refused_shortage():
            app()
    except RefusalError as error:
        console.print(str(error), style="red", markup=False)
        sys.exit(1)
