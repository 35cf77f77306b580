"""The method of record, read from `data/reference/method.csv`."""

from dataclasses import dataclass

import pandas as pd

from analysis.editions import Edition
from analysis.index.composite import Method


@dataclass(frozen=True)
class MethodOfRecord:
    """The parameters of `method.csv` by name, as text."""

    parameters: dict[str, str]

    def number(self, name: str) -> float:
        """A parameter as a number."""
        return float(self.parameters[name])

    @property
    def evidence(self) -> list[str]:
        """Evidence grades that the index includes."""
        return self.parameters["evidence"].split("|")

    @property
    def limits(self) -> dict[str, float]:
        """The shape from which on a measure is treated, as `index.treatment` takes it."""
        return {name: self.number(name) for name in ("skewness_limit", "kurtosis_limit")}

    @property
    def bootstrap(self) -> dict[str, int]:
        """Draws and seed of every bootstrap."""
        return {name: int(self.parameters[f"bootstrap_{name}"]) for name in ("draws", "seed")}

    def engine(self, measures: pd.DataFrame) -> Method:
        """The choices of the index engine; measures of the untreated kind are left as they are."""
        untreated = measures["kind"] == self.parameters["untreated_kind"]
        return Method(
            skewness_limit=self.number("skewness_limit"),
            kurtosis_limit=self.number("kurtosis_limit"),
            maximum_winsorised=int(self.number("maximum_winsorised")),
            untreated=tuple(measures.loc[untreated, "measure"]),
            normalisation=self.parameters["normalisation"],
            aggregation=self.parameters["aggregation"],
            renormalisation=self.parameters["renormalisation"],
        )


def load(edition: Edition) -> MethodOfRecord:
    """The method of record of an edition."""
    table = edition.reference_table("method")
    return MethodOfRecord(dict(zip(table["parameter"], table["value"], strict=True)))
