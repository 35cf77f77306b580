"""Marks and keys that several chapters share."""

import pandas as pd
import pytest

from analysis.figures import keys, style

LABELS = pd.Series({region: f"the {region}" for region in style.REGION_MARKERS})


@pytest.fixture
def axes():
    with style.canvas(2) as (_, drawn):
        yield drawn


def test_every_region_has_marks_of_its_own_shape_and_colour(axes):
    points = pd.DataFrame({"region": ["West", "East", "East"], "x": [1, 2, 3], "y": [4, 5, 6]})
    keys.region_scatter(axes, points, "x", "y")
    found = dict(zip(style.REGION_MARKERS, axes.collections, strict=True))
    assert found["East"].get_offsets().tolist() == [[2, 5], [3, 6]]
    assert found["West"].get_offsets().tolist() == [[1, 4]]
    assert len(found["Central"].get_offsets()) == 0
    colours = {tuple(marks.get_facecolor()[0]) for marks in axes.collections if len(
        marks.get_facecolor()
    )}  # fmt: skip
    assert len(colours) == len(style.REGION_MARKERS)


def test_the_key_names_the_regions_as_the_labels_do(axes):
    legend = keys.region_key(axes, LABELS)
    assert [text.get_text() for text in legend.get_texts()] == list(LABELS)
    markers = [handle.get_marker() for handle in legend.legend_handles]
    assert markers == list(style.REGION_MARKERS.values())


def test_published_places_are_rings_and_open_ones_smaller_dots(axes):
    for evidence in ("published", "open"):
        keys.evidence_marks(axes, [1], [2], evidence)
    ring, dot = axes.collections
    assert ring.get_sizes()[0] > dot.get_sizes()[0]
    assert ring.get_linewidth()[0] > 0 == dot.get_linewidth()[0]
    assert ring.get_facecolor().tolist() != dot.get_facecolor().tolist()


def test_the_key_of_the_rankings_takes_further_marks(axes):
    extra = [(keys.lone_mark("s", style.INK), "both")]
    legend = keys.evidence_key(axes, {"published": "printed", "open": "open data"}, extra)
    assert [text.get_text() for text in legend.get_texts()] == ["printed", "open data", "both"]


@pytest.mark.parametrize(
    ("last", "ticks"), [(100, [1, 25, 50, 75, 100]), (99, [1, 25, 50, 75]), (24, [1])]
)
def test_ticks_of_places_begin_with_the_first_one(last, ticks):
    assert keys.place_ticks(last, 25) == ticks
