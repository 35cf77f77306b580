"""A design: which choices may be made otherwise, as a table that a person can read and edit.

Columns ``factor, level, alternative, low, high, share, meaning``. The factor ``weights`` has one
row per level of the framework: the weights of its nodes are multiplied by numbers drawn evenly
between `low` and `high`. Every other factor has one row per alternative, the method of record
first; alternatives are drawn in proportion to `share`, and one with the share 0 is a scenario
only. An alternative is a name, words and options: ``z_score mean=100 sd=5``.

=============== ====================================================================
treatment       ``winsorise maximum=5``, ``log`` (without winsorising), ``none``
normalisation   a name in `index.normalisation.NORMALISATIONS` with its options
aggregation     the mean at every node, and others by level or node:
                ``arithmetic index=geometric``
renormalisation ``level_by_level``, ``once``: what becomes of the weight of a gap
measures        ``size``, ``per_head``
gaps            ``left``, ``imputed draws=20``
figures         ``as_printed``, ``with_error draws=20``: the error of each figure drawn
evidence        ``every``, or the grades that count: ``observed proxy``
left_out        ``nothing``, ``one`` (a node of `level`, each with the same probability)
=============== ====================================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.index.aggregation import RENORMALISATIONS
from analysis.index.normalisation import NORMALISATIONS
from analysis.index.refusal import RefusedValueError

COLUMNS = ("factor", "level", "alternative", "low", "high", "share")
# The factors with alternatives; those that a design leaves out have the one alternative given.
FACTORS: dict[str, str] = {
    "treatment": "",
    "normalisation": "",
    "aggregation": "",
    "renormalisation": "level_by_level",
    "measures": "size",
    "gaps": "left",
    "figures": "as_printed",
    "evidence": "every",
    "left_out": "nothing",
}
NAMES = {
    "treatment": ("winsorise", "log", "none"),
    "normalisation": tuple(NORMALISATIONS),
    "aggregation": ("arithmetic", "geometric"),
    "renormalisation": RENORMALISATIONS,
    "measures": ("size", "per_head"),
    "gaps": ("left", "imputed"),
    "figures": ("as_printed", "with_error"),
    "left_out": ("nothing", "one"),
}
NEEDED_OPTIONS = {"winsorise": "maximum", "imputed": "draws", "with_error": "draws"}


@dataclass(frozen=True)
class Alternative:
    """One alternative of a factor: `text` as the table has it, split into its parts.

    Attributes
    ----------
    text, share, level
        As the table has them; the share is that of the draws, before all are scaled to the sum 1.
    words, options
        The words without ``=``, and the others by name.

    Examples
    --------
    >>> chosen = Alternative("z_score mean=100 sd=5")
    >>> chosen.name, chosen.numbers
    ('z_score', {'mean': 100.0, 'sd': 5.0})
    """

    text: str
    share: float = 1.0
    level: str = ""
    words: tuple[str, ...] = field(init=False)
    options: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        parts = self.text.split()
        pairs = [part.partition("=") for part in parts if "=" in part]
        object.__setattr__(self, "words", tuple(part for part in parts if "=" not in part))
        object.__setattr__(self, "options", {name: value for name, _, value in pairs})

    @property
    def name(self) -> str:
        """The first word."""
        return self.words[0] if self.words else ""

    @property
    def numbers(self) -> dict[str, float]:
        """The options as numbers."""
        return {name: float(value) for name, value in self.options.items()}


@dataclass(frozen=True)
class Design:
    """A checked design.

    Attributes
    ----------
    alternatives
        By factor, the method of record first.
    ranges
        ``low`` and ``high`` by level of the framework.

    Examples
    --------
    >>> design = Design({"gaps": (Alternative("left", 1), Alternative("imputed draws=20", 3))}, {})
    >>> design.of_record("gaps").text, design.shares("gaps").tolist(), design.imputations
    ('left', [0.25, 0.75], 20)
    """

    alternatives: Mapping[str, tuple[Alternative, ...]]
    ranges: Mapping[str, tuple[float, float]]

    def of_record(self, factor: str) -> Alternative:
        """The alternative of a factor that the method of record uses."""
        return self.alternatives[factor][0]

    def shares(self, factor: str) -> np.ndarray:
        """Probabilities of the alternatives of a factor."""
        shares = np.array([alternative.share for alternative in self.alternatives[factor]])
        return shares / shares.sum()

    @property
    def imputations(self) -> int:
        """Number of imputed data sets that the design calls for; 0 if gaps are always left."""
        return most_draws(self.alternatives["gaps"])

    @property
    def replicates(self) -> int:
        """Number of copies with errors drawn that the design calls for; 0 if there is no such."""
        return most_draws(self.alternatives["figures"])


def most_draws(alternatives: Sequence[Alternative]) -> int:
    """The largest option ``draws`` of some alternatives; 0 if none has it.

    Examples
    --------
    >>> most_draws([Alternative("left"), Alternative("imputed draws=20")])
    20
    """
    return max((int(a.numbers["draws"]) for a in alternatives if "draws" in a.options), default=0)


def read_design(table: pd.DataFrame) -> Design:
    """Check a design table and split it up.

    Parameters
    ----------
    table
        ``factor, level, alternative, low, high, share``, as the module describes them; other
        columns are not read.

    Returns
    -------
    Design
        Alternatives by factor and ranges by level.

    Raises
    ------
    RefusedValueError
        Listing every fault: missing columns, unknown factors and alternatives, alternatives
        named twice, options that are not numbers, shares and ranges that are not positive.

    Examples
    --------
    >>> table = pd.DataFrame([
    ...     ("weights", "domain", "", 0.75, 1.25, None),
    ...     ("treatment", "", "none", None, None, 1),
    ...     ("normalisation", "", "min_max", None, None, 1),
    ...     ("normalisation", "", "rank_scores", None, None, 1),
    ...     ("aggregation", "", "arithmetic", None, None, 1),
    ... ], columns=COLUMNS)
    >>> design = read_design(table)
    >>> design.ranges, design.shares("normalisation").tolist()
    ({'domain': (0.75, 1.25)}, [0.5, 0.5])
    """
    absent = [column for column in COLUMNS if column not in table.columns]
    if absent:
        raise RefusedValueError(f"design: the columns {absent} are missing")
    weights = table[table["factor"] == "weights"]
    others = table[table["factor"] != "weights"]
    faults = [
        f"factor {factor!r} is not one of {['weights', *FACTORS]}"
        for factor in others["factor"].unique()
        if factor not in FACTORS
    ]
    faults += _range_faults(weights)
    alternatives = {factor: _alternatives(others, factor) for factor in FACTORS}
    faults += [fault for factor in FACTORS for fault in _faults(factor, alternatives[factor])]
    if faults:
        raise RefusedValueError("\n".join([f"design: {len(faults)} fault(s)", *faults]))
    bounds = zip(weights["low"].astype(float), weights["high"].astype(float), strict=True)
    return Design(alternatives, dict(zip(weights["level"], bounds, strict=True)))


def _alternatives(table: pd.DataFrame, factor: str) -> tuple[Alternative, ...]:
    rows = table[table["factor"] == factor]
    if rows.empty and FACTORS[factor]:
        return (Alternative(FACTORS[factor]),)
    shares = pd.to_numeric(rows["share"], errors="coerce")
    columns = (rows["alternative"], shares, rows["level"].fillna(""))
    return tuple(Alternative(str(a), s, str(v)) for a, s, v in zip(*columns, strict=True))


def _range_faults(weights: pd.DataFrame) -> list[str]:
    faults = [
        f"weights: the level {level!r} occurs more than once"
        for level in weights.loc[weights["level"].duplicated(), "level"]
    ]
    low, high = (pd.to_numeric(weights[name], errors="coerce") for name in ("low", "high"))
    wrong = ~((low > 0) & (high >= low) & np.isfinite(high))
    return faults + [
        f"weights, level {row.level!r}: 0 < low <= high does not hold for {row.low}, {row.high}"
        for row in weights[wrong].itertuples()
    ]


def _faults(factor: str, alternatives: tuple[Alternative, ...]) -> list[str]:
    if not alternatives:
        return [f"{factor}: there is no alternative"]
    texts = [alternative.text for alternative in alternatives]
    faults = [
        f"{factor}: {text!r} occurs more than once" for text in set(texts) if texts.count(text) > 1
    ]
    shares = [alternative.share for alternative in alternatives]
    if not (min(shares) >= 0 and np.isfinite(sum(shares)) and sum(shares) > 0):
        faults.append(f"{factor}: the shares {shares} are not zero or positive, or all zero")
    return faults + [fault for a in alternatives for fault in _faults_of_one(factor, a)]


def _faults_of_one(factor: str, alternative: Alternative) -> list[str]:
    where = f"{factor}, alternative {alternative.text!r}"
    if factor == "evidence":
        return [] if alternative.words and not alternative.options else [f"{where}: grades only"]
    if alternative.name not in NAMES[factor] or len(alternative.words) > 1:
        return [f"{where}: not one of {list(NAMES[factor])}"]
    if factor == "aggregation":
        means = {*alternative.options.values()} - {*NAMES[factor]}
        return [f"{where}: {sorted(means)} are not among {list(NAMES[factor])}"] if means else []
    needed = NEEDED_OPTIONS.get(alternative.name)
    if needed and not alternative.options.get(needed, "").isdigit():
        return [f"{where}: the option {needed}, a whole number, is missing"]
    return _number_faults(where, alternative)


def _number_faults(where: str, alternative: Alternative) -> list[str]:
    wrong = []
    for name, value in alternative.options.items():
        try:
            float(value)
        except ValueError:
            wrong.append(f"{where}: the option {name}={value} is not a number")
    return wrong
