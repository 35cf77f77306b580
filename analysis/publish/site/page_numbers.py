"""How city pages write numbers: the one place that a language with other ways would change."""

from analysis.figures.tables import as_text


def number(value: object, places: int = 0) -> str:
    """A number with fixed decimals, a gap as an en dash."""
    return as_text(value, f".{places}f")


def amount(value: object, places: int = 0) -> str:
    """A large number, its thousands apart; no more decimals than it needs."""
    text = as_text(value, f",.{places}f")
    return text.rstrip("0").rstrip(".") if places else text


def share(part: float) -> str:
    """A share in whole percent that says 0 and 100 only of what is exactly that."""
    if 0 < part < 0.005:
        return "< 1 %"
    return "> 99 %" if 0.995 <= part < 1 else as_text(part, ".0%")


def signed(points: float) -> str:
    """Points with their sign, nothing as 0.0."""
    text = as_text(points, "+.1f")
    return "0.0" if text in ("+0.0", "−0.0") else text
