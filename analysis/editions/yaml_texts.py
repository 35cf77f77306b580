"""Reading and writing YAML."""

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
