"""Draws: one alternative of every factor and one multiplier for every weight, many times over.

The random numbers come from Philox, a counter-based generator: the counter of draw k is a
function of k alone, so any draw can be made again without those before it, and the draws do not
depend on how many are made at once, or by whom.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.index.framework import leaves, root
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.design import FACTORS, Alternative, Design, most_draws
from analysis.index.robustness.study import Study

# Random numbers of a draw, in this order; the multipliers of the nodes follow.
CHOICES = (*FACTORS, "imputation", "replicate", "left_out_node")
PER_COUNT = 4  # numbers that Philox gives for each step of its counter
NONE = -1


@dataclass(frozen=True)
class Draws:
    """Choices of many draws.

    Attributes
    ----------
    choices
        By factor, the number of the alternative in each draw.
    imputation
        Number of the imputed data set in each draw; -1 where gaps are left.
    replicate
        Number of the copy with errors drawn; -1 where figures are as printed. A copy has its gaps
        filled from one imputed data set only, the number of the copy modulo how many there are.
    left_out
        Number of the node (in the order of the framework) left out; -1 where nothing is.
    multipliers
        Draws × nodes: what the weight of every node is multiplied by.

    Examples
    --------
    >>> none = np.array([NONE, NONE])
    >>> draws = Draws({"gaps": np.array([0, 0])}, none, none, none, np.ones((2, 3)))
    >>> len(draws), len(draws.take(np.array([1])))
    (2, 1)
    """

    choices: dict[str, np.ndarray]
    imputation: np.ndarray
    replicate: np.ndarray
    left_out: np.ndarray
    multipliers: np.ndarray

    def __len__(self) -> int:
        return len(self.imputation)

    def take(self, positions: np.ndarray) -> "Draws":
        """The draws at some positions, in that order."""
        chosen = {factor: numbers[positions] for factor, numbers in self.choices.items()}
        arrays = (self.imputation, self.replicate, self.left_out, self.multipliers)
        return Draws(chosen, *(array[positions] for array in arrays))

    def with_choice(self, factor: str, number: int) -> "Draws":
        """The same draws with one alternative of a factor throughout."""
        numbers = np.full(len(self), number, dtype=np.int64)
        return replace(self, choices=self.choices | {factor: numbers})


@dataclass(frozen=True)
class Sampler:
    """Turns random numbers into draws of a design."""

    design: Design
    study: Study

    @cached_property
    def nodes(self) -> list[str]:
        """Codes of all nodes in the order of the framework."""
        return list(self.study.framework["code"])

    @property
    def width(self) -> int:
        """Random numbers that each draw takes from the generator."""
        needed = len(CHOICES) + len(self.nodes)
        return -(-needed // PER_COUNT) * PER_COUNT

    @cached_property
    def bounds(self) -> np.ndarray:
        """Lowest and highest multiplier of every node, 2 × nodes."""
        levels = self.study.framework["level"]
        top = self.nodes.index(root(self.study.framework))
        pairs = [self.design.ranges.get(level, (1.0, 1.0)) for level in levels]
        pairs[top] = (1.0, 1.0)
        return np.array(pairs).T

    @cached_property
    def candidates(self) -> dict[tuple[int, int], np.ndarray]:
        """Nodes that may be left out, by the numbers of `evidence` and `left_out`."""
        found = {
            (floor, number): self.removable(evidence, alternative.level)
            for floor, evidence in enumerate(self.design.alternatives["evidence"])
            for number, alternative in enumerate(self.design.alternatives["left_out"])
            if alternative.name == "one"
        }
        for (floor, _), nodes in found.items():
            if len(nodes) < 2:
                text = self.design.alternatives["evidence"][floor].text
                only = [self.nodes[node] for node in nodes]
                raise RefusedValueError(
                    f"left_out cannot apply: evidence {text!r} admits {only} only"
                )
        return found

    def removable(self, evidence: Alternative, level: str) -> np.ndarray:
        """Nodes of a level that have a leaf under an alternative of `evidence`."""
        admitted = set(self.study.leaves_of_grades(evidence))
        framework = self.study.framework
        at_level = framework.loc[framework["level"] == level, "code"]
        found = [code for code in at_level if set(leaves(framework, code)) & admitted]
        return np.array([self.nodes.index(code) for code in found], dtype=np.int64)

    def uniforms(self, seed: int, first: int, count: int) -> np.ndarray:
        """Random numbers in [0, 1) of the draws `first` to `first + count`, draws × width."""
        steps = first * (self.width // PER_COUNT)
        generator = np.random.Generator(np.random.Philox(key=seed, counter=steps))
        return generator.random((count, self.width))

    def draws(self, uniforms: np.ndarray) -> Draws:
        """Read numbers in [0, 1), draws × width, as draws; the numbers are overwritten."""
        at = dict(zip(CHOICES, uniforms[:, : len(CHOICES)].T.copy(), strict=True))
        choices = {factor: self._choose(factor, at[factor]) for factor in FACTORS}
        replicate = self._copy("figures", choices, at["replicate"])
        imputation = self._copy("gaps", choices, at["imputation"])
        imputation = self.paired(imputation, replicate)
        left_out = self._left_out(choices, at["left_out_node"])
        low, high = self.bounds
        multipliers = uniforms[:, len(CHOICES) : len(CHOICES) + len(self.nodes)]
        # In place: the numbers have been read, and memory is what drawing waits for.
        multipliers *= high - low
        multipliers += low
        return Draws(choices, imputation, replicate, left_out, multipliers)

    def draw(self, seed: int, first: int, count: int = 1) -> Draws:
        """The draws `first` to `first + count` of the design."""
        return self.draws(self.uniforms(seed, first, count))

    def of_record(self, count: int = 1) -> Draws:
        """Draws that all follow the method of record."""
        zero = np.zeros(count, dtype=np.int64)
        imputed, drawn = (
            zero if "draws" in self.design.of_record(factor).options else zero + NONE
            for factor in ("gaps", "figures")
        )
        return Draws(
            dict.fromkeys(FACTORS, zero),
            imputed,
            drawn,
            zero + NONE,
            np.ones((count, len(self.nodes))),
        )

    def table(self, draws: Draws) -> pd.DataFrame:
        """Write draws out: a column per choice, and one per node with its multiplier."""
        columns: dict[str, np.ndarray] = {}
        for factor, numbers in draws.choices.items():
            texts = np.array([a.text for a in self.design.alternatives[factor]], dtype=object)
            columns[factor] = texts[numbers]
        nodes = np.array([*self.nodes, ""], dtype=object)
        columns |= {"imputation": draws.imputation, "replicate": draws.replicate}
        columns |= {"left_out_node": nodes[draws.left_out]}
        return pd.DataFrame(columns).join(pd.DataFrame(draws.multipliers, columns=self.nodes))

    def _choose(self, factor: str, uniforms: np.ndarray) -> np.ndarray:
        edges = np.cumsum(self.design.shares(factor))[:-1]
        return (uniforms[:, None] >= edges).sum(axis=1)

    def _copy(
        self, factor: str, choices: dict[str, np.ndarray], uniforms: np.ndarray
    ) -> np.ndarray:
        """Number of the copy of the data that a factor calls for; -1 where it calls for none."""
        sizes = [most_draws([alternative]) for alternative in self.design.alternatives[factor]]
        size = np.array(sizes)[choices[factor]]
        return np.where(size > 0, (uniforms * size).astype(np.int64), NONE)

    def paired(self, imputation: np.ndarray, replicate: np.ndarray) -> np.ndarray:
        """The imputation of each draw: that which the replicate goes with, if gaps are filled."""
        both = (imputation != NONE) & (replicate != NONE)
        return np.where(both, replicate % max(1, self.design.imputations), imputation)

    def _left_out(self, choices: dict[str, np.ndarray], uniforms: np.ndarray) -> np.ndarray:
        left_out = np.full(len(uniforms), NONE, dtype=np.int64)
        for (floor, number), found in self.candidates.items():
            here = (choices["evidence"] == floor) & (choices["left_out"] == number)
            left_out[here] = found[(uniforms[here] * len(found)).astype(np.int64)]
        return left_out
