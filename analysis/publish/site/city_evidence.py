"""The evidence on the page of a city: all figures behind each indicator, gaps and repairs marked.

Figures that a rule refused or a correction replaced are told in remarks.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.publish.site.city_tables import CityTables

STATES = ("observed", "carried", "corrected", "missing")


def evidence(tables: CityTables, adcode: str) -> dict[str, Any]:
    """Indicators with their measures, remarks on what was refused or corrected, and a count."""
    cells = tables.cells_by_city[adcode]
    measured = [code for code in tables.indicators if code in tables.measures]
    used = [row["measure"] for code in measured for row in tables.measures[code]]
    counts = Counter(cells[measure]["status"] for measure in used)
    remarks = [remark(tables, cells[measure]) for measure in used]
    return {
        "indicators": [indicator(tables, adcode, code) for code in measured],
        "count": tables.say("city_evidence_count", **{state: counts[state] for state in STATES}),
        "remarks": [text for text in remarks if text],
        "unmeasured": unmeasured(tables, measured),
    }


def indicator(tables: CityTables, adcode: str, code: str) -> dict[str, Any]:
    """One indicator: its value, and the figures that it is computed from."""
    value = tables.indicator_values.get(adcode, {}).get(code, float("nan"))
    return {
        "name": str(tables.words[code]),
        "value": tables.numbers.number(value),
        "at": None if pd.isna(value) else round(float(value), 2),
        "measures": [
            figure(tables, tables.cells_by_city[adcode][row["measure"]], row["evidence"])
            for row in tables.measures[code]
        ],
    }


def figure(tables: CityTables, cell: Mapping[str, Any], grade: str) -> dict[str, Any]:
    """One figure: name, value with unit, year, state, and the file and line it stands in."""
    missing, words = cell["status"] == "missing", tables.words
    line = "" if pd.isna(cell["line"]) else f", {int(cell['line'])}"
    return {
        "name": str(words[cell["measure"]]),
        "grade": "" if grade == "observed" else str(words[grade]),
        "figure": "–" if missing else shown_value(tables, cell),
        "year": "" if missing or pd.isna(cell["year"]) else str(int(cell["year"])),
        "status": cell["status"],
        "mark": "" if cell["status"] == "observed" else str(words[cell["status"]]),
        "source": f"{cell['file'].rpartition('.')[0]}{line}" if cell["file"] else "",
    }


def shown_value(tables: CityTables, cell: Mapping[str, Any]) -> str:
    """The value with its unit; a designation as yes or no."""
    if "=" in cell["unit"]:
        return str(tables.words["yes" if cell["value"] else "no"])
    text = tables.numbers.amount(cell["value"], 2)
    times = "× " if cell["unit"][:1].isdigit() else ""
    return f"{text} {times}{tables.unit(cell['unit'])}"


def remark(tables: CityTables, cell: Mapping[str, Any]) -> str:
    """What was done to a figure that a rule or a correction applied to, or nothing."""
    if not cell["rule"]:
        return ""
    key = "city_refused" if cell["refused"] else "city_replaced"
    return tables.say(
        key,
        measure=tables.words[cell["measure"]],
        printed=cell["refused"] or cell["printed"],
        rule=tables.statements.get(cell["rule"], cell["rule"]),
    )


def unmeasured(tables: CityTables, measured: list[str]) -> str:
    """The indicators that no public figure measures."""
    names = [str(tables.words[code]) for code in tables.indicators if code not in measured]
    return tables.say("city_unmeasured", names=names) if names else ""
