"""What all figures share."""

from matplotlib import rcParams

from analysis.figures import style


def test_a_figure_does_not_depend_on_settings_of_matplotlib(monkeypatch):
    def drawn() -> str:
        with style.canvas(1) as (figure, axes):
            axes.plot([0, 1], [1, 0])
            axes.scatter([0.5], [0.5], rasterized=True)
            axes.set_title("深圳 Shenzhen")
            return style.svg(figure).data

    usual = drawn()
    for name, value in {"savefig.dpi": 20, "axes.titlepad": 30, "path.simplify": False}.items():
        monkeypatch.setitem(rcParams, name, value)
    assert drawn() == usual
