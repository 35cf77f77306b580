"""Which notebooks need executing, and executing them in parallel."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.editions.storage import write_changed
from analysis.language.sentences import prose
from analysis.language.texts import ORIGINAL
from analysis.publish.errors import Progress, silent
from analysis.publish.stamps import Step, is_current, record

EXECUTED = Path("_build", "notebooks")
# Executed notebooks by edition and language, of which those of one are in `EXECUTED`: to go from
# one language to another and back needs no execution.
KEPT = Path("_build", "kept")
PACKAGE = Path(__file__).parents[2]
DATA = ("data/raw/**/*", "data/results/**/*", "data/reference/**/*", "requirements.lock")
# Each kernel takes some hundred megabytes; a machine of many cores may lend us little memory.
MOST_AT_ONCE = 4
# The rooms of this package that a notebook imports from, and those that execute it and write it.
NOTEBOOK_ROOMS = ("index", "editions", "language", "ranking", "chapters", "figures")
WRITTEN_BY = ("publish/*.py", "publish/notebooks/*.py")


def execute_all(
    root: Path,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress = silent,
    names: Collection[str] | None = None,
) -> list[Path]:
    """Execute ``notebooks/*.ipynb`` into ``_build/notebooks``, in parallel, as far as needed.

    A notebook is executed again when it, the data, the analysis code, the sentences and texts of
    its language, the lock file or the parameters have changed.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    parameters : mapping, optional
        Values set behind the cell tagged ``parameters``: texts, numbers, lists, mappings.
    progress : callable
        Told how many notebooks are done.
    names : collection of str, optional
        The notebooks to execute, by name without ending; the others are left out, and executed
        copies of them go. Without it every notebook is executed.

    Returns
    -------
    list of pathlib.Path
        The executed notebooks, in order of name.

    Raises
    ------
    PublishError
        Naming notebook, cell number, label and exception of the first cell that fails.
    """
    sources = notebooks(root, names)
    execute_variants(root, [parameters or {}], progress, names)
    _remove_orphans(root, {source.name for source in sources})
    folder = kept_folder(parameters or {})
    return [_laid_out(root, folder / source.name) for source in sources]


def execute_variants(
    root: Path,
    variants: Sequence[Mapping[str, Any]],
    progress: Progress = silent,
    names: Collection[str] | None = None,
) -> None:
    """Execute notebooks with several parameters, and keep them until they are asked for.

    The variants differ in their language alone; what is the same in each is executed once.
    """
    stale: dict[Path, list[Step]] = {}
    for source in notebooks(root, names):
        steps = [_step(root, source, parameters) for parameters in variants]
        stale[source] = [step for step in steps if not is_current(root, step)]
    wanted = {source: steps for source, steps in stale.items() if steps}
    if wanted:
        asyncio.run(_execute_in_parallel(root, wanted, progress))


def notebooks(root: Path, names: Collection[str] | None = None) -> list[Path]:
    """The notebooks of these names, or all, in order of name."""
    found = sorted((root / "notebooks").glob("*.ipynb"))
    return [source for source in found if names is None or source.stem in names]


def kept_folder(parameters: Mapping[str, Any]) -> Path:
    """Where the notebooks that are executed with these parameters are kept."""
    told = json.dumps(dict(parameters), sort_keys=True, default=str)
    named = [str(parameters.get(name, "")) for name in ("edition_name", "language")]
    return KEPT / "-".join([*filter(None, named), hashlib.sha256(told.encode()).hexdigest()[:8]])


def _laid_out(root: Path, kept: Path) -> Path:
    """Put a kept notebook where the report looks for it, unless the same is there; its place."""
    target = root / EXECUTED / kept.name
    write_changed(target, (root / kept).read_text("utf8"))
    return target


def _step(root: Path, source: Path, parameters: Mapping[str, Any]) -> Step:
    kept = kept_folder(parameters)
    return Step(
        name=f"notebook-{kept.name}-{source.stem}",
        inputs=(
            source.relative_to(root).as_posix(),
            *DATA,
            *prose_files(parameters),
            *code_files(),
        ),
        outputs=((kept / source.name).as_posix(),),
        parameters={"parameters": dict(parameters), "python": sys.version},
    )


def prose_files(parameters: Mapping[str, Any]) -> list[str]:
    """What is said in the figures and tables of a notebook besides its own words, as patterns."""
    folder = prose(parameters.get("language", ORIGINAL)).as_posix()
    return [f"{folder}/*.jinja", f"{folder}/texts/*.csv"]


def code_files() -> list[str]:
    """The modules that a notebook may use or is written by, as patterns."""
    rooms = [f"{room}/**/*.py" for room in NOTEBOOK_ROOMS]
    return [f"{PACKAGE}/{pattern}" for pattern in (*rooms, *WRITTEN_BY)]


def _remove_orphans(root: Path, names: set[str]) -> None:
    for path in (root / EXECUTED).glob("*.ipynb"):
        if path.name not in names:
            path.unlink()


async def _execute_in_parallel(
    root: Path, wanted: Mapping[Path, Sequence[Step]], progress: Progress
) -> None:
    # The kernel's libraries take half a second to import, which a run without changes can spare.
    from analysis.publish.notebooks.forks import ForkServer, fork_server
    from analysis.publish.notebooks.kernel import Variant, execute

    places = asyncio.Semaphore(min(os.cpu_count() or 1, MOST_AT_ONCE))
    finished = 0

    async def run(source: Path, server: ForkServer | None) -> None:
        nonlocal finished
        async with places:
            variants = [
                Variant(step.parameters["parameters"], root / step.outputs[0])
                for step in wanted[source]
            ]
            await execute(root, source, variants, server)
        for step in wanted[source]:
            record(root, step)
        finished += 1
        progress(f"executed {source.name}", finished, len(wanted))

    progress("executing notebooks", 0, len(wanted))
    # The long ones first: one of them begun last would run alone at the end.
    by_size = sorted(wanted, key=lambda source: source.stat().st_size, reverse=True)
    with fork_server(list(wanted), root) as server:
        tasks = [asyncio.create_task(run(source, server)) for source in by_size]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
