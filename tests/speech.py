"""Facts as English says them, for tests of what facts are."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import yaml

from analysis.editions import ROOT, Edition
from analysis.language.facts import Speaker

NOTHING = pd.Series(dtype=str)


def texts(facts: dict[str, Any]) -> Iterator[Any]:
    """What facts say, one after the other."""
    for fact in facts.values():
        yield from texts(fact) if isinstance(fact, dict) else [fact]


def said(
    facts: object, cities: pd.Series = NOTHING, labels: pd.Series = NOTHING, **others: pd.Series
) -> Any:
    """What a value or a mapping of facts says once it has been in a file.

    `cities` are names by adcode, `labels` words by key, in the place of those of an edition.
    """
    speaker = Speaker(Edition("none", ROOT))
    vars(speaker).update(cities=cities, labels=labels, **others)
    return speaker.said(yaml.safe_load(yaml.safe_dump(facts)))
