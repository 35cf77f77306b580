"""Reading and writing YAML."""

from pathlib import Path
from typing import Any

import yaml

from analysis.index.refusal import RefusedValueError

# The parser in C reads ten times as fast, where the platform's package has it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
YAML_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def yaml_values(text: str) -> dict[str, Any]:
    """The mapping that a YAML text holds; empty if it holds nothing."""
    return yaml.load(text, Loader=YAML_LOADER) or {}


def yaml_file(root: Path, path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; `path` is relative to `root`.

    Raises
    ------
    RefusedValueError
        If the file is no YAML, with the line, or holds anything but names and values.
    """
    try:
        found = yaml_values((root / path).read_text("utf8"))
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise RefusedValueError(f"{path.as_posix()}{line}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RefusedValueError(f"{path.as_posix()}: the file is no YAML in UTF-8") from error
    if not isinstance(found, dict):
        raise RefusedValueError(f"{path.as_posix()}: the file must hold names and their values")
    return found


def yaml_text(values: dict[str, Any]) -> str:
    """A mapping as YAML, in its order."""
    return str(yaml.dump(values, Dumper=YAML_DUMPER, allow_unicode=True, sort_keys=False))
