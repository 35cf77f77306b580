"""What all figures share."""

import pytest
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


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([20, 80], (0, 100)),
        ([0, 100], (0, 100)),
        ([-40, 80], (-41.5, 100)),
        ([20, 130], (0, 131.5)),
        ([float("nan")], (0, 100)),
    ],
)
def test_an_axis_of_a_scale_widens_for_values_beyond_it(values, limits):
    assert style.scale_limits(values, 0, 100) == limits
