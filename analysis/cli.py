"""The command line: `python -m analysis`, and the same under the name `digital-city`.

Each command is one step of the way from raw figures to the report. A step is skipped when nothing
it reads has changed; imports are late, so that finding this out takes no time.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.cities import cities
from analysis.commands.common import EditionName, Language, console, shown_progress
from analysis.commands.compare import compare
from analysis.commands.explain import explain
from analysis.commands.index import Sheet, index
from analysis.commands.release import release
from analysis.commands.site import site
from analysis.commands.uncertainty import uncertainty
from analysis.commands.verify import verify
from analysis.commands.workbook import workbook
from analysis.editions import ROOT, Edition, load
from analysis.publish.errors import PublishError
from analysis.publish.stamps import Step, is_current, record

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
Factor = Annotated[
    float, typer.Option(min=1.01, help="Times by which a value must change to be listed.")
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
    from analysis.new_edition import lay_out
    from analysis.seals import unsealed

    made = lay_out(load(earlier), name, data_year)
    console.print(f"data/raw/{made.name}: laid out; docs/rerun.md says what to do next")
    for file in unsealed(made):
        console.print(f"bring: data/raw/{made.name}/{file}")


@app.command()
def check(edition: EditionName = None, factor: Factor = 5.0) -> None:
    """Check all input of an edition: list every fault, and every difference from the one before.

    Nothing is written. Only faults keep the edition from being built.
    """
    from analysis.checking import finding_lines, findings

    chosen = load(edition)
    found = findings(chosen, factor)
    for line in finding_lines(found):
        console.print(line, style="red" if line.startswith("refused") else "", markup=False)
    faults = int((found["severity"] == "refused").sum())
    if faults:
        sys.exit(1)
    differences = f"; {len(found)} differences to look at" if len(found) else ""
    console.print(f"edition {chosen.name}: all input is in order{differences}")


@app.command()
def build(edition: EditionName = None) -> None:
    """Compute all results of an edition from its raw figures."""
    with shown_progress() as progress:
        written = build_results(load(edition), progress)
    console.print(f"data/results/{load(edition).name}: {written}")


@app.command()
def notebooks(edition: EditionName = None, language: Language = "en") -> None:
    """Execute the notebooks of the report into _build/notebooks, those that are not current."""
    from analysis.publish.notebooks import execute_all
    from analysis.publish.origins import embedded_notebooks
    from analysis.publish.source import read_report

    with shown_progress() as progress:
        chosen = load(edition)
        parameters = notebook_parameters(chosen, language)
        quoted = embedded_notebooks(read_report(ROOT, chosen.document))
        execute_all(ROOT, parameters, progress, quoted)


@app.command()
def prerender(edition: EditionName = None, language: Language = "en") -> None:
    """Prepare everything that the report quotes: results, notebooks, numbers, fonts.

    Quarto runs this by itself before it renders.
    """
    with shown_progress() as progress:
        prepare(load(edition), language, progress)


@app.command()
def render(edition: EditionName = None, renderer: Renderer = "auto") -> None:
    """Render the report as HTML and PDF into _output from what is prepared."""
    from analysis.publish.render import render as render_report

    chosen = load(edition)
    with shown_progress() as progress:
        done = render_report(ROOT, renderer, progress, chosen.document, chosen.name)
    console.print(f"renderer: {done.renderer} ({done.reason})")
    for path in done.outputs:
        state = "unchanged" if done.skipped else "written"
        console.print(f"{path.relative_to(ROOT).as_posix()}: {state}")


@app.command()
def report(
    edition: EditionName = None,
    renderer: Renderer = "auto",
    language: Language = "en",
    indicators: OwnFigures = None,
    weights: OwnWeights = None,
    sheet: Sheet = "",
) -> None:
    """Go all the way: check, build, execute the notebooks, render the report.

    With `--indicators my.csv` the report is made from the figures of that file, for any set of
    cities, and put below `_output/own`; `docs/own-index.md` says how the file must look.
    """
    if indicators:
        from analysis.commands.own import own_report

        own_report(load(edition), indicators, weights, sheet, renderer)
        return
    with shown_progress() as progress:
        prepare(load(edition), language, progress)
    render(edition, renderer)


app.command()(compare)
app.command()(explain)
app.command()(workbook)
app.command()(verify)
app.command()(release)
app.command()(cities)
app.command()(site)
app.command()(uncertainty)
app.command()(index)


def prepare(edition: Edition, language: str, progress: Callable[..., None]) -> None:
    """Everything before rendering, as far as it is not current."""
    from analysis.publish.origins import embedded_notebooks, write_origins
    from analysis.publish.prerender import prerender as prepare_report
    from analysis.publish.site.build import write_audit_pages
    from analysis.publish.source import read_report

    build_results(edition, progress)
    parameters = notebook_parameters(edition, language)
    document = read_report(ROOT, edition.document)
    prepare_report(ROOT, edition.name, parameters, progress, embedded_notebooks(document))
    write_origins(document)
    write_audit_pages(edition, language, progress)


def notebook_parameters(edition: Edition, language: str) -> dict[str, str]:
    """What the notebooks are told: the edition and the language."""
    return {"edition_name": edition.name, "language": language}


def build_results(edition: Edition, progress: Callable[..., None]) -> str:
    """Build the results of an edition unless they are current; returns what was done."""
    step = Step(
        name=f"results-{edition.name}",
        inputs=(
            f"data/raw/{edition.name}/**/*",
            *([f"data/raw/{edition.previous}/**/*"] if edition.previous else []),
            "data/reference/*.csv",
            "data/dictionary.csv",
            *anchor_results(edition),
            "analysis/*.py",
            "analysis/index/*.py",
            "analysis/robustness/**/*.py",
            "requirements.lock",
        ),
        outputs=(f"data/results/{edition.name}/*",),
        stamp=f"data/results/{edition.name}.inputs.json",
    )
    if is_current(edition.root, step):
        return "unchanged"
    from analysis.commands.workers import one_worker
    from analysis.results import build as build_all

    with one_worker() as submit:
        written = build_all(edition, lambda task: progress(f"results: {task}", 0, 1), submit)
    record(edition.root, step)
    return f"{len(written)} files written"


def anchor_results(edition: Edition) -> tuple[str, ...]:
    """The results of another edition that those of this one are scored and compared with."""
    anchored = edition.settings.get("score_anchors", edition.name)
    return () if anchored == edition.name else (f"data/results/{anchored}/*",)


def main() -> None:
    """Run the command line; a refusal is one clear message on standard error and exit status 1."""
    try:
        app()
    except (PublishError, ValueError, OSError) as error:
        console.print(str(error), style="red", markup=False)
        sys.exit(1)
