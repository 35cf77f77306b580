"""A build that is interrupted, repeated, doubled or refused by the disk loses nothing.

A kill leaves on the disk what is there before the next operation on files. Twenty of these are
drawn at random, and a copy is made before each while the build goes on; around the renames, a child
process does kill itself.
"""

import errno
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from conftest import EditionOnDisk, lay_out_tiny, results_bytes

from analysis import editions
from analysis.editions import storage
from analysis.results import building

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the test needs processes that start with all modules loaded"
)
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None
OPERATIONS = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree"}


def build_quietly(edition: editions.Edition) -> None:
    building.build(edition)


def watched_build(edition: editions.Edition, before: Callable[[int, str], object]) -> None:
    """Build, and call `before` ahead of each of its file operations, with its number and name."""
    folder, number, within = str(edition.root), count(1), []

    def watch(event: str, arguments: tuple) -> None:
        if within or event not in OPERATIONS or folder not in str(arguments[:2]):
            return
        within.append(event)  # what `before` does to files is none of the build's operations
        before(next(number), event)
        within.clear()

    sys.addaudithook(watch)
    building.build(edition)


def logged_build(edition: editions.Edition, log: Path) -> None:
    done: list[str] = []
    watched_build(edition, lambda _, event: done.append(event))
    log.write_text("\n".join(done), "utf8")


def killed_build(edition: editions.Edition, last: int) -> None:
    """Build, and kill the process before its file operation number `last`."""

    def before(number: int, _: str) -> None:
        if number == last:
            os.kill(os.getpid(), signal.SIGKILL)

    watched_build(edition, before)


def copied_build(edition: editions.Edition, points: list[int], copies: Path) -> None:
    """Build, and before each of these operations copy the disk: what a kill would leave there."""

    def before(number: int, _: str) -> None:
        if number in points:
            shutil.copytree(edition.root, copies / str(number))

    watched_build(edition, before)


def run(target, *arguments: object) -> int:
    process = FORK.Process(target=target, args=arguments)
    process.start()
    process.join(120)
    return process.exitcode


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> EditionOnDisk:
    """The tiny edition, built, after which one figure has changed: a new build has new bytes."""
    edition = lay_out_tiny(tmp_path_factory.mktemp("earlier"))
    building.build(edition.without_published_list())
    edition.put("yearbook_2019.csv", 2, "emp_it", "50000")
    edition.seal()
    return edition


@pytest.fixture(scope="module")
def operations(earlier: EditionOnDisk, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """File operations of one undisturbed build, in order."""
    root = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(earlier.edition.root, root, dirs_exist_ok=True)
    log = tmp_path_factory.mktemp("log") / "operations.txt"
    assert run(logged_build, editions.load("tiny", root), log) == 0
    return log.read_text("utf8").splitlines()


@pytest.fixture(scope="module")
def rebuilt(earlier: EditionOnDisk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The results of an undisturbed build."""
    root = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(earlier.edition.root, root, dirs_exist_ok=True)
    edition = editions.load("tiny", root)
    building.build(edition)
    return results_bytes(edition)


def lose_nothing(root: Path, earlier: EditionOnDisk, rebuilt: dict[str, bytes]) -> None:
    """What a build left below `root` is the old results or the new, and new ones take its place."""
    before, edition = results_bytes(earlier.edition), editions.load("tiny", root)
    assert before != rebuilt
    storage.recover(edition.results)
    assert results_bytes(edition) in (before, rebuilt), f"stopped at operation {root.name}"
    texts = {name: content.decode("utf8") for name, content in rebuilt.items()}
    storage.replace_folder(edition.results, texts)
    assert results_bytes(edition) == rebuilt
    beside = {path.name for path in edition.results.parent.iterdir()}
    assert beside == {"tiny"}, f"stopped at operation {root.name}"


def test_a_build_killed_at_twenty_random_points_loses_nothing(
    earlier, operations, rebuilt, tmp_path
):
    assert len(operations) > 100
    points = random.Random(20201218).sample(range(1, len(operations) + 1), 20)
    root, copies = tmp_path / "whole", tmp_path / "copies"
    shutil.copytree(earlier.edition.root, root)
    assert run(copied_build, editions.load("tiny", root), points, copies) == 0
    assert {path.name for path in copies.iterdir()} == set(map(str, points))
    for copy in copies.iterdir():
        lose_nothing(copy, earlier, rebuilt)


def test_a_build_killed_while_it_swaps_the_folders_loses_nothing(
    earlier, operations, rebuilt, tmp_path
):
    renames = [number for number, event in enumerate(operations, 1) if event == "os.rename"]
    assert len(renames) == 2
    for point in (renames[0], renames[1], renames[1] + 1):
        root = tmp_path / str(point)
        shutil.copytree(earlier.edition.root, root)
        assert run(killed_build, editions.load("tiny", root), point) == -signal.SIGKILL
        lose_nothing(root, earlier, rebuilt)


def test_after_an_interruption_the_next_build_is_a_clean_one(
    earlier, operations, rebuilt, tmp_path
):
    second_rename = [n for n, event in enumerate(operations, 1) if event == "os.rename"][1]
    shutil.copytree(earlier.edition.root, tmp_path, dirs_exist_ok=True)
    edition = editions.load("tiny", tmp_path)
    run(killed_build, edition, second_rename)
    building.build(edition)
    assert results_bytes(edition) == rebuilt
    assert [path.name for path in edition.results.parent.iterdir()] == ["tiny"]


def test_between_the_two_renames_the_old_folder_waits_to_be_put_back(earlier, operations, tmp_path):
    renames = [number for number, event in enumerate(operations, 1) if event == "os.rename"]
    shutil.copytree(earlier.edition.root, tmp_path, dirs_exist_ok=True)
    edition = editions.load("tiny", tmp_path)
    run(killed_build, edition, renames[1])
    assert not edition.results.exists()
    storage.recover(edition.results)
    assert results_bytes(edition) == results_bytes(earlier.edition)


def test_two_builds_at_once_give_the_results_of_one(earlier, rebuilt, tmp_path):
    shutil.copytree(earlier.edition.root, tmp_path, dirs_exist_ok=True)
    edition = editions.load("tiny", tmp_path)
    pair = [FORK.Process(target=build_quietly, args=(edition,)) for _ in range(2)]
    for process in pair:
        process.start()
    for process in pair:
        process.join(120)
    assert [process.exitcode for process in pair] == [0, 0]
    assert results_bytes(edition) == rebuilt
    assert [path.name for path in edition.results.parent.iterdir()] == ["tiny"]


def hold(lock: Path, held) -> None:
    with storage.alone(lock):
        held.set()
        time.sleep(60)


def test_a_build_waits_for_another_one_and_says_so(tmp_path):
    lock, held = tmp_path / "locks" / "results.lock", FORK.Event()
    other = FORK.Process(target=hold, args=(lock, held))
    other.start()
    assert held.wait(30)
    told: list[str] = []

    def waiting() -> None:
        told.append("waiting")
        os.kill(other.pid, signal.SIGKILL)  # the lock ends with the process that holds it

    with storage.alone(lock, waiting):
        assert told == ["waiting"]
    other.join()


def test_tables_of_an_earlier_build_disappear(built_copy):
    published = built_copy.edition.results / "published.csv"
    assert published.exists()
    building.build(built_copy.without_published_list())
    assert not published.exists()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission is denied"),
    ],
)
def test_a_disk_that_takes_nothing_is_named_in_one_line(built_copy, monkeypatch, number, reason):
    edition = built_copy.without_published_list()
    before = results_bytes(edition)
    write_text = Path.write_text

    def failing(path: Path, *arguments: object, **options: object) -> int:
        if path.name == "scores.csv":
            raise OSError(number, os.strerror(number), str(path))
        return write_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", failing)
    with pytest.raises(storage.WritingFailedError) as refusal:
        building.build(edition)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith(
        f"{edition.results}: {reason}; nothing was written and what was there before is unchanged"
    )
    assert ("work in a copy" in str(refusal.value)) == (number != errno.ENOSPC)
    assert results_bytes(edition) == before
    assert [path.name for path in edition.results.parent.iterdir()] == ["tiny"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_a_folder_that_is_read_only_is_named_in_one_line(built_copy):
    edition = built_copy.without_published_list()
    edition.results.parent.chmod(0o555)
    try:
        with pytest.raises(storage.WritingFailedError, match="permission is denied"):
            building.build(edition)
    finally:
        edition.results.parent.chmod(0o755)


def test_a_place_where_no_lock_can_be_made_is_named_in_one_line(tmp_path):
    (tmp_path / "_build").write_text("a file, not a folder", "utf8")
    with (
        pytest.raises(storage.WritingFailedError, match="nothing was written") as refusal,
        storage.alone(tmp_path / "_build" / "locks" / "results.lock"),
    ):
        pass
    assert "\n" not in str(refusal.value)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "sources.csv"
    path.write_text("before", "utf8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "no space")))
    with pytest.raises(storage.WritingFailedError, match="the disk is full"):
        storage.write_whole(path, "after")
    assert path.read_text("utf8") == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["sources.csv"]


def test_a_file_that_holds_the_text_already_keeps_its_age(tmp_path):
    path = tmp_path / "folder" / "text.txt"
    storage.write_changed(path, "one")
    os.utime(path, ns=(1, 1))
    storage.write_changed(path, "one")
    assert path.stat().st_mtime_ns == 1
    storage.write_changed(path, "two")
    assert path.read_text("utf8") == "two"
    assert path.stat().st_mtime_ns != 1
