"""Too little memory: knowing it by what it does to a program, and saying what to do about it."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.index.refusal import RefusalError

REMEDY = (
    "a report takes about 1 GB: close other programs or allow more (ulimit, container) and run the "
    "command again; what is done already is kept"
)
# What Python, the loader of libraries and pandoc say where they find no room.
SIGNS = (
    "MemoryError",
    "can't start new thread",
    "failed to map segment",
    "Cannot allocate memory",
    "out of memory",
    "Heap exhausted",
)


class MemoryShortageError(RefusalError):
    """There was too little memory for a step."""


def go_first(process: int | str = "self") -> None:
    """Let Linux, where memory is short, end this process before the one that can tell the user."""
    with suppress(OSError):
        Path("/proc", str(process), "oom_score_adj").write_bytes(b"500")


def ended(what: str) -> str:
    """What to say of a program that has ended without a word."""
    return f"{what} was ended by the system, as happens where memory is short; {REMEDY}"


def lacked(what: str) -> str:
    """What to say of a step that asked for memory in vain."""
    return f"{what}: there is too little memory; {REMEDY}"


def is_shortage(message: str) -> bool:
    """Whether what a failing program says, or an exception with its class, is a lack of memory."""
    return any(sign in message for sign in SIGNS)


@contextmanager
def refused_shortage() -> Iterator[None]:
    """Turn into a refusal of one line whatever this program meets where memory is short."""
    try:
        yield
    except BrokenProcessPool as error:
        raise MemoryShortageError(ended("a process that works beside this one")) from error
    except (MemoryError, OSError, RuntimeError, ImportError) as error:
        if is_shortage(f"{type(error).__name__}: {error}"):
            raise MemoryShortageError(lacked("this command")) from error
        raise
