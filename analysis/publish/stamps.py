"""Nothing is redone whose inputs have not changed.

A step names the files it reads and the files it writes. After it has run, a stamp in
``_build/stamps`` keeps the SHA-256 digests of both; the step is current as long as they are equal.
A stamp kept beside outputs that are in git spares a fresh clone from computing them again.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.editions.storage import write_whole


@dataclass(frozen=True)
class Step:
    """One piece of work: its name, what it reads, what it writes and its settings.

    Attributes
    ----------
    name : str
        Names the stamp, so unique among the steps of a project.
    inputs, outputs : tuple of str
        Files, or glob patterns such as ``data/**/*.csv``, relative to the project or absolute.
    parameters : mapping
        Anything else that the result depends on; must be storable as JSON.
    stamp : str, optional
        Where the stamp is kept, relative to the project, if not in ``_build/stamps``.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    stamp: str | None = None


def is_current(root: Path, step: Step) -> bool:
    """Say whether `step` has run on exactly these inputs and its outputs are untouched."""
    stamp = _stamp_path(root, step)
    if not stamp.exists():
        return False
    return bool(json.loads(stamp.read_text("utf8")) == _state(root, step))


def record(root: Path, step: Step) -> None:
    """Keep the present state of `step`; call it only after the step has succeeded."""
    write_whole(_stamp_path(root, step), json.dumps(_state(root, step), indent=1) + "\n")


def state_of(root: Path, patterns: Iterable[str]) -> str:
    """One digest of all files of these patterns, with their names."""
    told = json.dumps(_digests(root, patterns), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def renew_outputs(root: Path, outputs: Iterable[Path]) -> None:
    """Keep the present state of files that have been changed on purpose after their steps."""
    changed = {path.as_posix() for path in outputs}
    for stamp in (root / "_build" / "stamps").glob("*.json") if changed else []:
        kept = json.loads(stamp.read_text("utf8"))
        renewed = {path: _digest(root / path) for path in changed & kept["outputs"].keys()}
        if renewed:
            kept["outputs"] |= renewed
            write_whole(stamp, json.dumps(kept, indent=1) + "\n")


def _stamp_path(root: Path, step: Step) -> Path:
    return root / (step.stamp or f"_build/stamps/{step.name}.json")


def _state(root: Path, step: Step) -> dict[str, Any]:
    return {
        "inputs": _digests(root, step.inputs),
        "outputs": _digests(root, step.outputs),
        "parameters": json.loads(json.dumps(dict(step.parameters), sort_keys=True)),
    }


def _digests(root: Path, patterns: Iterable[str]) -> dict[str, str]:
    """Digest of every file named; a name that is no pattern and no file is kept as missing."""
    digests: dict[str, str] = {}
    for pattern in patterns:
        if "*" not in pattern:
            digests[pattern] = _digest(root / pattern)
            continue
        base = Path(Path(pattern).anchor) if Path(pattern).is_absolute() else root
        for path in sorted(base.glob(str(Path(pattern).relative_to(Path(pattern).anchor)))):
            if path.is_file():
                digests[path.relative_to(base).as_posix()] = _digest(path)
    return digests


def _digest(path: Path) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
