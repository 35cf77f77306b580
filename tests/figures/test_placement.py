import pandas as pd
import pytest

from analysis.figures import style
from analysis.figures.placement import name_points


def named(points, marks=None, write="", key=False, line=()):
    """Axes of 100 by 100 with the points named, and perhaps a text or a key in the way."""
    frame = pd.DataFrame(points, columns=["x", "y", "name"])
    others = pd.DataFrame(marks or [], columns=["x", "y"])
    with style.canvas(3.0) as (figure, axes):
        axes.set(xlim=(0, 100), ylim=(0, 100))
        axes.plot(*line)
        if write:
            axes.text(52, 50, write, va="center")
        if key:
            axes.plot([], [], label="a key as wide as this")
            axes.legend(loc="center left", bbox_to_anchor=(0.51, 0.5))
        name_points(figure, axes, frame, pd.concat([frame[["x", "y"]], others]))
        figure.draw_without_rendering()
    return axes


def side(text):
    return "right" if text.get_position()[0] > 0 else "left"


def test_a_lone_name_stands_to_the_right_of_its_mark():
    text = named([(50, 50, "a name")]).texts[0]
    assert (side(text), text.get_ha(), text.get_va()) == ("right", "left", "center")


def test_a_name_at_the_right_edge_stands_to_the_left():
    assert side(named([(99, 50, "a name")]).texts[0]) == "left"


def test_a_name_gives_way_to_the_marks_beside_it():
    text = named([(50, 50, "a name")], [(53, 50), (55, 50)]).texts[0]
    assert side(text) == "left"


@pytest.mark.parametrize(
    "obstacle", [{"write": "a text that was there"}, {"key": True}, {"line": ([52, 99], [50, 50])}]
)
def test_a_name_covers_neither_text_nor_key_nor_a_straight_line(obstacle):
    assert side(named([(50, 50, "a name")], **obstacle).texts[-1]) == "left"


def test_names_of_close_cities_do_not_cover_each_other():
    axes = named([(50, 50, "first name"), (51, 52, "second name"), (50, 48, "third name")])
    first, second, third = (text.get_window_extent() for text in axes.texts)
    assert not first.overlaps(second)
    assert not first.overlaps(third)
    assert not second.overlaps(third)


def test_a_name_keeps_off_a_curve():
    with style.canvas(3.0) as (figure, axes):
        axes.set(xlim=(0, 100), ylim=(0, 100))
        axes.plot([60] * 200, range(200))
        point = pd.DataFrame({"x": [58], "y": [50], "name": ["a name"]})
        name_points(figure, axes, point, point)
    assert side(axes.texts[0]) == "left"
