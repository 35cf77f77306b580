"""How numbers and lists are written in the prose of the report."""


def percent(share: float, places: int = 0) -> str:
    """A share in percent, with a true minus sign; what rounds to zero has none."""
    return f"{share:z.{places}%}".replace("%", " %").replace("-", "−")


def decimal(number: float, places: int = 2) -> str:
    """A number with fixed decimals and a true minus sign; what rounds to zero has none."""
    return f"{number:z,.{places}f}".replace("-", "−")


def signed(number: float, places: int = 2) -> str:
    """A number with its sign, also where it is positive."""
    text = decimal(number, places)
    return text if text.startswith("−") else f"+{text}"


def multiple(times: float) -> str:
    """How many times as much: half, twice, three times."""
    return {0.5: "half", 2.0: "twice"}.get(times, f"{times:g} times")


def probability(p: float, places: int = 3) -> str:
    """A p-value, or that it is below one in a thousand."""
    return "below 0.001" if p < 0.001 else decimal(p, places)


def span(low: float, high: float, places: int = 2) -> str:
    """An interval as 'low to high'."""
    return f"{decimal(low, places)} to {decimal(high, places)}"


def listing(items: list[str]) -> str:
    """Items as 'a, b and c'; 'none' if there are none."""
    if len(items) < 2:
        return items[0] if items else "none"
    return ", ".join(items[:-1]) + " and " + items[-1]


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun: '1 city', '3 cities'."""
    return f"{number:,} {one if number == 1 else several}"


def lower(label: str) -> str:
    """A label inside a sentence: small first letter unless the word is an abbreviation."""
    return label if label[:2].isupper() or label[1:2] == "&" else label[:1].lower() + label[1:]
