"""Writing whole files or none, and reading YAML."""

import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

# The parser in C reads ten times as fast, where the platform's package has it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
YAML_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def yaml_values(text: str) -> dict[str, Any]:
    """The mapping that a YAML text holds; empty if it holds nothing."""
    return yaml.load(text, Loader=YAML_LOADER) or {}


def yaml_text(values: dict[str, Any]) -> str:
    """A mapping as YAML, in its order."""
    return str(yaml.dump(values, Dumper=YAML_DUMPER, allow_unicode=True, sort_keys=False))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        error.filename = path  # the file that was to be written, not the passing one
        raise
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
