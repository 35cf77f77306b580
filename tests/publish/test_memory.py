"""Too little memory is no mistake of the program: one line says so, and what to do."""

import os
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from analysis.commands.workers import one_worker
from analysis.publish.memory import MemoryShortageError, refused_shortage
from analysis.publish.surroundings import run


def allocate_too_much() -> None:
    np.ones(10**15)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, os.strerror(12)),
        RuntimeError("can't start new thread"),
        ImportError("libopenblas.so: failed to map segment from shared object"),
        BrokenProcessPool("A process in the process pool was terminated abruptly"),
    ],
)
def test_every_form_that_a_shortage_takes_is_refused_in_one_line(error):
    with pytest.raises(MemoryShortageError) as refusal, refused_shortage():
        raise error
    assert "memory" in str(refusal.value)
    assert "close other programs" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_array_that_does_not_fit_is_refused():
    with pytest.raises(MemoryShortageError), refused_shortage():
        allocate_too_much()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems choose in other ways")
def test_what_can_be_told_of_is_ended_first():
    score = Path("/proc/self/oom_score_adj")
    before = int(score.read_text("ascii"))
    with one_worker() as submit:
        assert int(submit(Path.read_text, score, "ascii")()) > before
    assert int(score.read_text("ascii")) == before
    code = f"print(open('{score}').read())"
    assert int(run("it", [sys.executable, "-c", code], "").stdout) > before


def test_a_worker_that_is_killed_is_refused():
    with (
        pytest.raises(MemoryShortageError, match="was ended"),
        refused_shortage(),
        one_worker() as submit,
    ):
        submit(os._exit, 9)()


@pytest.mark.parametrize("error", [RuntimeError("wrong"), OSError(2, "none"), ImportError("x")])
def test_other_errors_stay_what_they_are(error):
    with pytest.raises(type(error)) as raised, refused_shortage():
        raise error
    assert raised.value is error
