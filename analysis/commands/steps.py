"""The steps that several commands take: results, and everything that a report is made of.

A step is skipped when nothing it reads has changed; imports are late, so that finding this out
takes no time.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from analysis.editions import Edition
from analysis.publish.stamps import Step, is_current, record

PACKAGE = Path(__file__).resolve().parents[1]
# The rooms of the package that results are made in.
RESULTS_ROOMS = ("index", "editions", "ranking", "chapters", "results")


def prepare(edition: Edition, language: str, progress: Callable[..., None]) -> None:
    """Everything before rendering, as far as it is not current."""
    from analysis.publish.documents import report_in
    from analysis.publish.explorer.build import write_explorer
    from analysis.publish.report.downloads import write_downloads
    from analysis.publish.report.finish import write_known
    from analysis.publish.report.origins import report_origins, write_origins
    from analysis.publish.report.prerender import prerender as prepare_report
    from analysis.publish.report.source import read_report
    from analysis.publish.site.build import renew_site

    document = read_report(edition.root, report_in(edition, language))
    build_results(edition, progress)
    parameters = notebook_parameters(edition, language)
    prepare_report(edition.root, edition.name, parameters, progress, document)
    write_origins(document, write_downloads(edition, report_origins(document), language))
    write_known(edition, language)
    write_explorer(edition, language)
    renew_site(edition, language, progress)


def execute_together(
    edition: Edition, languages: Sequence[str], progress: Callable[..., None]
) -> None:
    """Execute the notebooks of the report in several languages at once, as far as needed.

    Each kernel computes for all of them.
    """
    from analysis.publish.documents import report_in
    from analysis.publish.notebooks.execution import execute_variants
    from analysis.publish.report.origins import embedded_notebooks
    from analysis.publish.report.source import read_report

    build_results(edition, progress)
    reports = [read_report(edition.root, report_in(edition, each)) for each in languages]
    names = {name for report in reports for name in embedded_notebooks(report)}
    parameters = [notebook_parameters(edition, each) for each in languages]
    execute_variants(edition.root, parameters, progress, names)


def notebook_parameters(edition: Edition, language: str) -> dict[str, str]:
    """What the notebooks are told: the edition and the language."""
    return {"edition_name": edition.name, "language": language}


def refuse_faulty_input(edition: Edition) -> None:
    """Check the input of an edition, unless its results are current: then it was checked for them.

    Raises
    ------
    InputRefusedError
        With every fault that was found.
    """
    from analysis.editions.validation.input_faults import validate

    if not is_current(edition.root, results_step(edition)):
        validate(edition)


def results_step(edition: Edition) -> Step:
    """What the results of an edition are made of."""
    return Step(
        name=f"results-{edition.name}",
        inputs=(
            f"data/raw/{edition.name}/**/*",
            *([f"data/raw/{edition.previous}/**/*"] if edition.previous else []),
            "data/reference/*.csv",
            "data/dictionary.csv",
            *anchor_results(edition),
            *code_files(edition.root, (f"{room}/**/*.py" for room in RESULTS_ROOMS)),
            "requirements.lock",
        ),
        outputs=(f"data/results/{edition.name}/*",),
        stamp=f"data/results/{edition.name}.inputs.json",
    )


def build_results(edition: Edition, progress: Callable[..., None]) -> str:
    """Build the results of an edition unless they are current; returns what was done."""
    step = results_step(edition)
    if is_current(edition.root, step):
        return "unchanged"
    from analysis.commands.workers import one_worker
    from analysis.results.building import build as build_all

    with one_worker() as submit:
        written = build_all(edition, lambda task: progress(f"results: {task}", 0, 1), submit)
    record(edition.root, step)
    return f"{len(written)} files written"


def code_files(root: Path, patterns: Iterable[str]) -> list[str]:
    """Files of this package, relative to the project that it lies in.

    A stamp that is committed must hold wherever the project is checked out.
    """
    package = PACKAGE.relative_to(root) if PACKAGE.is_relative_to(root) else PACKAGE
    return [(package / pattern).as_posix() for pattern in patterns]


def anchor_results(edition: Edition) -> tuple[str, ...]:
    """The results of another edition that those of this one are scored and compared with."""
    anchored = edition.settings.get("score_anchors", edition.name)
    return () if anchored == edition.name else (f"data/results/{anchored}/*",)
