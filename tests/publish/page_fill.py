"""How full the pages of a typeset report are, measured on pictures of them."""

import io
from pathlib import Path

import numpy as np
import typst
from matplotlib.image import imread

POINTS_PER_INCH = 24
CENTIMETRE = POINTS_PER_INCH / 2.54
# The margins above and below the text, those of `_quarto.yml`, in centimetres.
TOP, BOTTOM = 2.4, 2.2


def fill(page: np.ndarray) -> float:
    """Share of the height of the text from the first to the last ink, of one page.

    `page` holds grey levels from 0 to 1, rows by columns; header and footer lie in the margins.
    """
    text = page[round(TOP * CENTIMETRE) : page.shape[0] - round(BOTTOM * CENTIMETRE)]
    inked = np.flatnonzero((text < 0.93).any(axis=1))
    return float(inked[-1] - inked[0] + 1) / len(text) if len(inked) else 0.0


def fills(source: Path, root: Path) -> list[float]:
    """The fill of every page of a Typst file, in order, with the fonts of the project."""
    pages = typst.compile(
        str(source), root=str(root), font_paths=[str(root / "_build" / "fonts")],
        ignore_system_fonts=True, format="png", ppi=POINTS_PER_INCH,
    )  # fmt: skip
    return [fill(imread(io.BytesIO(page))[..., :3].mean(axis=2)) for page in pages]
