"""Rendering the report with whichever renderer is there, as far as needed."""

from collections.abc import Mapping
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
    "_build/cities.json",
    "_output/site/cities/index.html",  # once the pages of cities are there, names lead to them
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


def render(
    root: Path,
    renderer: str = "auto",
    progress: Progress = silent,
    document: str | None = None,
    told: Mapping[str, str] = MappingProxyType({}),
) -> RenderReport:
    """Render a document of `root` to HTML and PDF in its output folder.

    Everything that :func:`analysis.publish.report.prerender.prerender` writes must be there.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    renderer : str
        ``auto``, ``quarto`` or ``embedded``.
    progress : callable
        Told what is going on.
    document : str, optional
        File of the document; the one in ``project: render`` if not given.
    told : mapping of str to str
        What Quarto's own steps are told of edition and language, as environment variables.

    Raises
    ------
    PublishError
        For everything that makes the report unfit to publish; no output is written then.
    """
    choice = choose_renderer(renderer)
    report = read_report(root, document)
    step = _step(report.outputs, choice.reason if choice.renderer == "quarto" else "embedded")
    skipped = is_current(root, step)
    if not skipped:
        if choice.renderer == "quarto":
            render_with_quarto(root, progress, document, told)
        else:
            render_embedded(root, progress, document)
        record(root, step)
    return RenderReport(
        choice.renderer, [root / path for path in report.outputs], choice.reason, skipped
    )


def _step(outputs: list[Path], renderer: str) -> Step:
    return Step(
        name=f"render-{Path(outputs[0]).stem}",
        inputs=(*SOURCES, *GENERATED, "requirements.lock", f"{PACKAGE}/**/*.*"),
        outputs=tuple(path.as_posix() for path in outputs),
        parameters={"renderer": renderer},
    )
