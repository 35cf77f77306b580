"""Writing so that nothing is lost: a file or a folder is there as it was, or whole and new.

A folder is written aside and takes the place of the old one by two renames. Whoever is interrupted
between them leaves the old folder under another name; `recover`, the first act of every later
build, puts it back.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.index.refusal import RefusalError

# What each failure of the disk means to whoever waits for the results.
FAILURES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
}
NOT_TO_BE_WRITTEN = (errno.EROFS, errno.EACCES, errno.EPERM)


class WritingFailedError(RefusalError, OSError):
    """Something could not be written; what was there before is unchanged."""


class DiskRefusedError(RefusalError, OSError):
    """The disk, or the rights to it, do not allow what has to be done."""


@contextmanager
def refused_failures() -> Iterator[None]:
    """Turn what the disk does not allow into refusals of one line, with the file it is about.

    Every other OSError is a mistake of the program and stays what it is.
    """
    try:
        yield
    except shutil.Error as error:  # of a folder that is copied: what happened to each file
        source, target, reason = error.args[0][0]
        raise DiskRefusedError(f"{source} cannot be copied to {target}: {reason}") from error
    except OSError as error:
        if isinstance(error, RefusalError) or error.errno not in FAILURES:
            raise
        reason = f"{FAILURES[error.errno]}{remedy(error)}"
        raise DiskRefusedError(f"{error.filename}: {reason}") from error


def remedy(error: OSError) -> str:
    """What to do about a place that cannot be written."""
    unread = Path(str(error.filename)).is_file() and not os.access(str(error.filename), os.R_OK)
    if unread or error.errno not in NOT_TO_BE_WRITTEN:
        return ""
    return "; work in a copy of the project that is yours, or name another place with --output"


def copy_tree(source: Path, target: Path) -> None:
    """Copy the files below `source`, but not their modes: a copy of what is read-only is not."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def aside(folder: Path) -> tuple[Path, Path]:
    """Places beside `folder`: of what is being written, and of what is being replaced."""
    return folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")


def recover(folder: Path) -> None:
    """Undo what an interrupted `replace_folder` left; call it with the lock of the folder held."""
    new, old = aside(folder)
    if old.is_dir() and not folder.exists():
        old.replace(folder)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def replace_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """Make `folder` hold exactly `contents` (texts by file name), or leave it as it was.

    Raises
    ------
    WritingFailedError
        One line that says what failed and that nothing has changed.
    """
    new, old = aside(folder)
    try:
        recover(folder)
        new.mkdir(parents=True)
        for name, text in contents.items():
            (new / name).write_text(text, encoding="utf8", newline="")
        swap(folder, new, old)
    except OSError as error:
        recover_if_possible(folder)
        raise WritingFailedError(failure_line(folder, error)) from error
    shutil.rmtree(old, ignore_errors=True)


def change_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write `contents` (by path within it) into a folder, all of them or none.

    Raises
    ------
    WritingFailedError
        One line that says what failed and that nothing has changed.
    """
    new, old = aside(folder)
    try:
        recover(folder)
        copy_tree(folder, new)
        for name, data in contents.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)
        swap(folder, new, old)
    except OSError as error:
        recover_if_possible(folder)
        raise WritingFailedError(failure_line(folder, error)) from error
    shutil.rmtree(old, ignore_errors=True)


def swap(folder: Path, new: Path, old: Path) -> None:
    """Put `new` in the place of `folder`, which is kept as `old`."""
    if folder.exists():
        folder.replace(old)
    new.replace(folder)


def recover_if_possible(folder: Path) -> None:
    """Clear away what a failure left, as far as the disk lets us."""
    with suppress(OSError):  # the next build recovers; the failure that matters is being raised
        recover(folder)


def failure_line(place: Path, error: OSError) -> str:
    """What failed, in one line."""
    reason = FAILURES.get(error.errno or 0, error.strerror or str(error))
    unchanged = "nothing was written and what was there before is unchanged"
    return f"{place}: {reason}; {unchanged}{remedy(error)}"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, so that no reader ever sees half of it.

    Raises
    ------
    WritingFailedError
        One line that says what failed and that nothing has changed.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with passing_file(path) as part:
            part.write_bytes(data)
            part.chmod(0o644)
            part.replace(path)
    except OSError as error:
        raise WritingFailedError(failure_line(path, error)) from error


def write_changed(path: Path, text: str) -> None:
    """Write a text as `write_whole` does, unless the file holds it already and may keep its age."""
    if not path.is_file() or path.read_text("utf8") != text:
        write_whole(path, text)


@contextmanager
def passing_file(path: Path) -> Iterator[Path]:
    """A new file beside `path` that is gone afterwards, unless it has been moved."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def alone(lock: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of a build, waiting for whoever holds it; it ends with its process.

    `waiting` is called once if another one is at work.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(lock)
        try:
            held.acquire(timeout=0)
        except Timeout:
            waiting()
            held.acquire()
    except OSError as error:
        raise WritingFailedError(failure_line(lock, error)) from error
    try:
        yield
    finally:
        held.release()
