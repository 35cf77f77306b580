"""The fonts of figures are those of the report."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager, get_data_path

from analysis.figures import fonts
from analysis.figures.font_files import FACES, font_path
from analysis.figures.fonts import register_with_matplotlib


def test_a_font_of_the_same_name_on_the_machine_is_not_used(tmp_path, monkeypatch):
    fonts.register_with_matplotlib()
    other = tmp_path / "Other.ttf"
    with TTFont(font_path(FACES[0])) as font:
        font.save(other)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*font_manager.fontManager.ttflist])
    font_manager.fontManager.addfont(other)
    font_manager.fontManager.ttflist.insert(0, font_manager.fontManager.ttflist.pop())
    assert font_manager.findfont("Fira Sans") == str(other)
    fonts._add_to_matplotlib.cache_clear()
    fonts.register_with_matplotlib()
    assert font_manager.findfont("Fira Sans") == str(font_path(FACES[0]))
    assert Path(font_manager.findfont("DejaVu Sans")).is_relative_to(get_data_path())


def test_figures_are_drawn_in_the_fonts_of_the_report(monkeypatch):
    monkeypatch.setitem(__import__("matplotlib").rcParams, "font.family", ["sans-serif"])
    register_with_matplotlib()
    import matplotlib.pyplot as plt

    assert plt.rcParams["font.family"] == ["Fira Sans", "Noto Sans SC"]
    assert font_manager.findfont("Noto Sans SC").endswith("NotoSansSC-Regular.otf")


def test_a_glyph_that_a_figure_cannot_draw_is_an_error(tmp_path):
    import matplotlib.pyplot as plt

    with plt.rc_context():
        register_with_matplotlib()
        figure = plt.figure()
        figure.text(0, 0, "ᚠ")
        with pytest.raises(UserWarning, match="missing from font"):
            figure.savefig(tmp_path / "x.svg")
        plt.close(figure)
