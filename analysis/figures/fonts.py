"""The fonts of the report in figures: pinned packages, never those of the machine.

Fira Sans sets Latin text and figures, Noto Sans SC everything Chinese; both are under the Open Font
License.
"""

import warnings
from functools import cache
from pathlib import Path

from analysis.figures.font_files import FACES, FAMILIES, font_path


def register_with_matplotlib() -> None:
    """Give figures the fonts of the report, and make an unknown glyph an error.

    Sets ``font.family``; call it before a figure is drawn.
    """
    from matplotlib import rcParams

    _add_to_matplotlib()
    rcParams["font.family"] = FAMILIES
    warnings.filterwarnings("error", message=r"Glyph .* missing from font")


@cache
def _add_to_matplotlib() -> None:
    """Let matplotlib know the font files and its own, once: it forgets what it found with each.

    Fonts of the machine go, for one of the same name would be preferred.
    """
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    own = Path(mpl.get_data_path())
    fontManager.ttflist = [font for font in fontManager.ttflist if own in Path(font.fname).parents]
    for face in FACES:
        fontManager.addfont(font_path(face))
