"""Rendering the report with whichever renderer is there, as far as needed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from analysis.publish.errors import Progress, silent
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.quarto import choose_renderer, render_with_quarto
from analysis.publish.report.source import read_report
from analysis.publish.stamps import Step, is_current, record

SOURCES = (
    "_quarto*.yml",
    "_environment",
    "_variables.yml",
    "*.qmd",
    "sections/**/*.qmd",
    "theme/**/*",
)
GENERATED = (
    "_build/notebooks/*.ipynb",
    "_build/fonts/*",
    "_build/fonts.html",
    "_build/origins.html",
    "_build/explorer.html",
    "_build/finish.json",
    "_output/*/*/site/cities/index.html",  # once pages of cities are there, names lead to them
)
PACKAGE = Path(__file__).parents[1]


class RenderReport(NamedTuple):
    """What a rendering did.

    Attributes
    ----------
    renderer : str
        ``quarto`` or ``embedded``.
    outputs : list of pathlib.Path
        The HTML and the PDF.
    reason : str
        Why this renderer, in words for the user.
    skipped : bool
        True if the outputs were current and nothing was rendered.
    """

    renderer: str
    outputs: list[Path]
    reason: str
    skipped: bool


class Wanted(NamedTuple):
    """Which document is rendered, and where it belongs.

    Attributes
    ----------
    document : str, optional
        Its file; the one in ``project: render`` if not given.
    told : mapping of str to str
        What Quarto's own steps are told of edition and language, as environment variables.
    outputs : sequence of pathlib.Path
        The HTML and the PDF, below the root; in the output folder of the project if not given.
    """

    document: str | None = None
    told: Mapping[str, str] = MappingProxyType({})
    outputs: Sequence[Path] = ()


USUAL = Wanted()


def render(
    root: Path, renderer: str = "auto", progress: Progress = silent, wanted: Wanted = USUAL
) -> RenderReport:
    """Render a document of `root` to HTML and PDF.

    Everything that :func:`analysis.publish.report.prerender.prerender` writes must be there.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    renderer : str
        ``auto``, ``quarto`` or ``embedded``.
    progress : callable
        Told what is going on.
    wanted : Wanted
        The document and its place.

    Raises
    ------
    PublishError
        For everything that makes the report unfit to publish; no output is written then.
    """
    choice = choose_renderer(renderer)
    report = read_report(root, wanted.document)
    made = list(wanted.outputs) or report.outputs
    step = _step(made, choice.reason if choice.renderer == "quarto" else "embedded")
    skipped = is_current(root, step)
    if not skipped:
        if choice.renderer == "quarto":
            render_with_quarto(root, progress, wanted.document, wanted.told, made)
        else:
            render_embedded(root, progress, wanted.document, made)
        record(root, step)
    return RenderReport(choice.renderer, [root / path for path in made], choice.reason, skipped)


def _step(outputs: list[Path], renderer: str) -> Step:
    return Step(
        name=f"render-{'-'.join(Path(outputs[0]).with_suffix('').parts[1:])}",
        inputs=(*SOURCES, *GENERATED, "requirements.lock", f"{PACKAGE}/**/*.*"),
        outputs=tuple(path.as_posix() for path in outputs),
        parameters={"renderer": renderer},
    )
