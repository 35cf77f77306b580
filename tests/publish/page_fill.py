"""How full the pages of a typeset report are, measured on pictures of them.

``python -m tests.publish.page_fill`` measures the report that was rendered last.
"""

import io
import json
from pathlib import Path

import numpy as np
import typst
from matplotlib.image import imread

from analysis.editions import ROOT

POINTS_PER_INCH = 24
CENTIMETRE = POINTS_PER_INCH / 2.54
# The margins above and below the text, those of `_quarto.yml`, in centimetres.
TOP, BOTTOM = 2.4, 2.2
# What a page may be filled to, unless it stands before the first part or ends one.
LEAST = 0.6
# The pages on which a part begins, written behind the report.
PARTS = """
#context [#metadata(
  query(heading.where(level: 1, numbering: none)).map(part => part.location().page())
) <parts>]
"""


def fill(page: np.ndarray) -> float:
    """Share of the height of the text from the first to the last ink, of one page.

    `page` holds grey levels from 0 to 1, rows by columns; header and footer lie in the margins.
    """
    text = page[round(TOP * CENTIMETRE) : page.shape[0] - round(BOTTOM * CENTIMETRE)]
    inked = np.flatnonzero((text < 0.93).any(axis=1))
    return float(inked[-1] - inked[0] + 1) / len(text) if len(inked) else 0.0


def fills(source: Path, root: Path) -> tuple[list[float], list[int]]:
    """The fill of every page of a Typst file, in order, and the numbers of pages of its parts.

    The fonts are those of the project. Parts, each on a new page, are the headings without number.
    """
    text = source.read_text("utf8") + PARTS
    measured = source.with_name("measured.typ")
    measured.write_text(text, "utf8")
    compiler = typst.Compiler(
        str(measured), root=str(root), font_paths=[str(root / "_build" / "fonts")],
        ignore_system_fonts=True,
    )  # fmt: skip
    pages = compiler.compile(format="png", ppi=POINTS_PER_INCH)
    parts = json.loads(compiler.query("<parts>", field="value", one=True))
    return [fill(imread(io.BytesIO(page))[..., :3].mean(axis=2)) for page in pages], parts


def poorly_filled(filled: list[float], parts: list[int]) -> dict[int, float]:
    """Pages of the text, by number, that hold less than they should.

    The first part of the text is the last but one of the unnumbered headings; what stands before
    it is front matter. The last page of a part may be as it comes.
    """
    first, last = parts[-2:]
    exempt = {last - 1, len(filled)}
    return {
        page: filled[page - 1]
        for page in range(first, len(filled) + 1)
        if filled[page - 1] < LEAST and page not in exempt
    }


if __name__ == "__main__":
    found, beginnings = fills(ROOT / "_build" / "typst" / "report.typ", ROOT)
    print(f"{len(found)} pages, parts begin on {beginnings[-2:]}")
    for number, share in poorly_filled(found, beginnings).items():
        print(f"page {number} is filled to {share:.0%}")
