"""Rendering the report with whichever renderer is there, as far as needed."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from analysis.publish.embedded import render_embedded
from analysis.publish.errors import Progress, silent
from analysis.publish.quarto import choose_renderer, render_with_quarto
from analysis.publish.source import read_report
from analysis.publish.stamps import Step, is_current, record

SOURCES = ("_quarto.yml", "_variables.yml", "*.qmd", "sections/**/*.qmd", "theme/**/*")
GENERATED = (
    "_build/notebooks/*.ipynb",
    "_build/fonts/*",
    "_build/fonts.html",
    "_build/origins.html",
)
PACKAGE = Path(__file__).parent


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


def render(root: Path, renderer: str = "auto", progress: Progress = silent) -> RenderReport:
    """Render the report of `root` to ``_output/report.html`` and ``_output/report.pdf``.

    Everything that :func:`analysis.publish.prerender.prerender` writes must be there.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    renderer : str
        ``auto``, ``quarto`` or ``embedded``.
    progress : callable
        Told what is going on.

    Raises
    ------
    PublishError
        For everything that makes the report unfit to publish; no output is written then.
    """
    choice = choose_renderer(renderer)
    report = read_report(root)
    folder = Path(report.project["project"].get("output-dir", "."))
    outputs = [folder / report.path.with_suffix(suffix).name for suffix in (".html", ".pdf")]
    step = _step(outputs, choice.reason if choice.renderer == "quarto" else "embedded")
    skipped = is_current(root, step)
    if not skipped:
        _renderers()[choice.renderer](root, progress)
        record(root, step)
    return RenderReport(choice.renderer, [root / path for path in outputs], choice.reason, skipped)


def _renderers() -> dict[str, Callable[[Path, Progress], list[Path]]]:
    return {"quarto": render_with_quarto, "embedded": render_embedded}


def _step(outputs: list[Path], renderer: str) -> Step:
    return Step(
        name="render",
        inputs=(*SOURCES, *GENERATED, "requirements.lock", f"{PACKAGE}/**/*.*"),
        outputs=tuple(path.as_posix() for path in outputs),
        parameters={"renderer": renderer},
    )
