import matplotlib.pyplot as plt
import pytest

from analysis.figures import sheet


def test_a_figure_has_its_size_in_centimetres_and_axes_that_fill_it():
    with sheet.sheet(8.3, 5.08) as (figure, axes):
        assert tuple(figure.get_size_inches()) == pytest.approx((8.3 / 2.54, 2))
        assert axes.get_position().bounds == pytest.approx((0, 0, 1, 1))
    assert not plt.get_fignums()
