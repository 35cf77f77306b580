"""How city pages write numbers: gaps as dashes, no more digits than a number needs."""

from dataclasses import dataclass

import pandas as pd

from analysis.language.numbers import Numbers

GAP = "–"
# A share that is not nothing or not all, but would be written so.
SMALLEST, LARGEST = 0.005, 0.995


@dataclass(frozen=True)
class PageNumbers:
    """Numbers of pages in the way of a language."""

    numbers: Numbers

    def number(self, value: float, places: int = 0) -> str:
        """A number with fixed decimals, a gap as an en dash."""
        return GAP if pd.isna(value) else self.numbers.decimal(value, places)

    def amount(self, value: float, places: int = 0) -> str:
        """A large number, its thousands apart; no more decimals than it needs."""
        needed = next((n for n in range(places) if round(value, n) == round(value, places)), places)
        return self.number(value, needed)

    def share(self, part: float) -> str:
        """A share in whole percent that says 0 and 100 only of what is exactly that."""
        if 0 < part < SMALLEST:
            return f"< {self.numbers.percent(0.01)}"
        return f"> {self.numbers.percent(0.99)}" if LARGEST <= part < 1 else self.whole(part)

    def whole(self, part: float) -> str:
        """A share in whole percent, a gap as an en dash."""
        return GAP if pd.isna(part) else self.numbers.percent(part)

    def signed(self, points: float) -> str:
        """Points with their sign, nothing without one."""
        if pd.isna(points):
            return GAP
        return self.numbers.signed(points, 1) if round(points, 1) else self.number(0, 1)

    def signed_whole(self, places: int) -> str:
        """Places with their sign, nothing without one."""
        return self.numbers.signed(places, 0) if places else self.number(0)
