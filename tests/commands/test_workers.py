"""Work that goes on in a process of its own."""

import os

import pytest

from analysis.commands.workers import one_worker


def test_what_is_submitted_is_done_by_another_process_and_waited_for():
    with one_worker() as submit:
        number, power = submit(os.getpid), submit(pow, 2, 10)
        assert power() == 1024
        assert number() not in {os.getpid(), 0}


def test_an_error_of_the_other_process_is_raised_where_it_is_waited_for():
    with one_worker() as submit:
        failing = submit(int, "seven")
        with pytest.raises(ValueError, match="seven"):
            failing()
