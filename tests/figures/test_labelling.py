import pytest

from analysis.figures.labelling import spread_out


def test_labels_with_room_stay_where_they_are():
    assert spread_out([10, 30, 50], [4, 4, 4], 0, 100) == [10, 30, 50]


def test_a_label_is_pushed_past_the_one_below_it():
    # 10 fills 8 to 12; 11 would begin at 9, so it moves to begin at 12: centre 14.
    assert spread_out([10, 11], [4, 4], 0, 100) == [10, 14]


def test_labels_of_different_widths_touch_but_do_not_overlap():
    # 10 fills 5 to 15; the next, 4 wide, begins there: centre 17.
    assert spread_out([11, 10], [4, 10], 0, 100) == [17, 10]


def test_a_stack_at_the_upper_end_is_pushed_back_down():
    # Within 100 the last, 10 wide, is centred at 95 and the one before at 85.
    assert spread_out([97, 98], [10, 10], 0, 100) == [85, 95]


def test_a_label_at_the_lower_end_stays_inside():
    assert spread_out([1], [10], 0, 100) == [5]


def test_without_room_the_order_is_kept_and_the_lowest_leaves_the_range():
    centres = spread_out([1, 2, 3], [60, 60, 60], 0, 100)
    assert centres == pytest.approx([-50, 10, 70])
