"""The evidence on the page of a city: all figures behind each indicator, gaps and repairs marked.

Figures that a rule refused or a correction replaced are told in remarks.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.language.texts import texts_there
from analysis.publish.site.city_tables import Row, records
from analysis.publish.site.shell import Site
from analysis.ranking import method
from analysis.ranking.cleaning import clean
from analysis.ranking.indicators import filled_measures, included_measures, without_reserve

# How the name of a unit begins that counts by the ten thousand.
TEN_THOUSAND = "10,000 "
STATES = ("observed", "averaged", "carried", "corrected", "missing", "lost")


@dataclass(frozen=True)
class CityFigures:
    """The figures of every city, and the indicators that are computed from them.

    Attributes
    ----------
    edition : Edition
        Whose results are read.
    language : str
        Language of what is said about rules and corrections.
    """

    edition: Edition
    language: str = "en"

    @cached_property
    def indicators(self) -> list[str]:
        """Codes of all indicators, in the order of the framework."""
        framework = self.edition.reference_table("framework")
        return list(framework.loc[framework["level"] == "indicator", "code"])

    @cached_property
    def measures(self) -> dict[str, list[Row]]:
        """The measures that the index asks for in this edition, by indicator."""
        grades = method.load(self.edition).evidence
        measures = self.edition.reference_table("measures")
        included = without_reserve(
            included_measures(measures, grades), self.edition.result("cells")
        )
        return {
            str(code): group.to_dict("records") for code, group in included.groupby("indicator")
        }

    @cached_property
    def cells(self) -> dict[str, dict[str, Row]]:
        """The cells of each city by measure."""
        found: dict[str, dict[str, Row]] = {}
        for row in self.edition.result("cells").to_dict("records"):
            found.setdefault(row["adcode"], {})[row["measure"]] = row
        return found

    @cached_property
    def lost(self) -> set[str]:
        """Measures of which no city has a figure here, while one had in an earlier edition.

        An earlier edition is read only if this one has measures without any figure.
        """
        asked = {row["measure"] for rows in self.measures.values() for row in rows}
        empty = asked - filled_measures(self.edition.result("cells"))
        if not empty:
            return set()
        had = [filled_measures(clean(edition)) for edition in self.edition.earlier]
        return empty & set().union(*had)

    @cached_property
    def averaged(self) -> dict[tuple[str, str], list[Row]]:
        """The figures that enter means over years, by adcode and measure."""
        table = self.edition.result("averaged")
        return {
            (str(adcode), str(measure)): group.to_dict("records")
            for (adcode, measure), group in table.groupby(["adcode", "measure"])
        }

    @cached_property
    def indicator_values(self) -> dict[str, Row]:
        """Values of the indicators of the ranked cities, by adcode."""
        return records(self.edition.result("indicators"))

    @cached_property
    def statements(self) -> dict[str, str]:
        """What each cleaning rule says, and why each correction was made."""
        rules, corrections = (
            texts_there(self.edition, name, self.language)
            for name in ("cleaning_rules", "corrections")
        )
        said = dict(zip(rules["rule"], rules["statement"], strict=True))
        return said | dict(zip(corrections["correction"], corrections["reason"], strict=True))


def evidence(site: Site, figures: CityFigures, adcode: str) -> dict[str, Any]:
    """Indicators with their measures, remarks on what was refused or corrected, and a count."""
    cells = figures.cells[adcode]
    measured = [code for code in figures.indicators if code in figures.measures]
    used = [row["measure"] for code in measured for row in figures.measures[code]]
    counts = Counter(state(figures, cells[measure]) for measure in used)
    means = [mean_remark(site, figures, cells[measure]) for measure in used]
    remarks = [remark(site, figures.statements, cells[measure]) for measure in used]
    unmeasured = [code for code in figures.indicators if code not in measured]
    return {
        "indicators": [indicator(site, figures, adcode, code) for code in measured],
        "count": site.say("city_evidence_count", **{state: counts[state] for state in STATES}),
        "remarks": [text for text in (*remarks, *means) if text],
        "unmeasured": without_measure(site, unmeasured),
    }


def indicator(site: Site, figures: CityFigures, adcode: str, code: str) -> dict[str, Any]:
    """One indicator: its value, and the figures that it is computed from."""
    value = figures.indicator_values.get(adcode, {}).get(code, float("nan"))
    return {
        "name": str(site.words[code]),
        "value": site.numbers.number(value),
        "at": None if pd.isna(value) else position(value),
        "measures": [
            figure(site, cell, row["evidence"], state(figures, cell))
            for row in figures.measures[code]
            for cell in [figures.cells[adcode][row["measure"]]]
        ],
    }


def position(value: float) -> float:
    """Where a value lies on a strip from 0 to 100: at its end, if it lies beyond."""
    return round(min(max(float(value), 0.0), 100.0), 2)


def state(figures: CityFigures, cell: Row) -> str:
    """One of the `STATES`: the status of a cell, or ``lost`` if no city has a figure now."""
    return "lost" if cell["measure"] in figures.lost else str(cell["status"])


def figure(site: Site, cell: Row, grade: str, state: str) -> dict[str, Any]:
    """One figure: name, value with unit, year, state, and the file and line it stands in."""
    missing, words = cell["status"] == "missing", site.words
    line = [] if pd.isna(cell["line"]) else [str(int(cell["line"]))]
    return {
        "name": str(words[cell["measure"]]),
        "grade": "" if grade == "observed" else str(words[grade]),
        "figure": "–" if missing else shown_value(site, cell),
        "year": "" if missing else shown_years(cell),
        "status": state,
        "mark": "" if state == "observed" else str(words[state]),
        "source": site.speaker.numbers.row([stem(cell["file"]), *line]) if cell["file"] else "",
    }


def stem(file: str) -> str:
    """A raw file without the ending of its name."""
    return file.rpartition(".")[0]


def shown_years(cell: Row) -> str:
    """The year of a figure, or the first and the last of those that a mean is over."""
    years = str(cell["averaged"]).split("|") if cell["averaged"] else []
    if years:
        return "–".join(dict.fromkeys([years[0], years[-1]]))
    return "" if pd.isna(cell["year"]) else str(int(cell["year"]))


def mean_remark(site: Site, figures: CityFigures, cell: Row) -> str:
    """How a mean follows from the printed figures and where these stand, or nothing."""
    if not cell["averaged"]:
        return ""
    years = figures.averaged[cell["adcode"], cell["measure"]]
    off = sum(row["deviation"] for row in years) / len(years)
    amount = site.numbers.number
    return site.say(
        "city_averaged",
        measure=site.words[cell["measure"]],
        value=amount(cell["value"], 2),
        level=amount(cell["value"] - off, 2),
        off=amount(off, 2),
        years=[
            {
                "year": row["year"], "value": amount(row["value"], 2),
                "mean": amount(row["year_mean"], 2), "off": amount(row["deviation"], 2),
                "source": site.speaker.numbers.row([stem(row["file"]), str(int(row["line"]))]),
            }
            for row in years
        ],
    )  # fmt: skip


def shown_value(site: Site, cell: Row) -> str:
    """The value with its unit; a designation as yes or no."""
    if "=" in cell["unit"]:
        return str(site.words["yes" if cell["value"] else "no"])
    return with_unit(site, cell)


def with_unit(site: Site, cell: Row) -> str:
    """The value with its unit; money and large counts in millions or billions, as people read."""
    yuan, unit = site.yuan.get(cell["unit"]), site.speaker.unit(cell["unit"])
    if yuan:
        return site.say("city_money", yuan=cell["value"] * yuan, amount=site.numbers.amount)
    if cell["unit"].startswith(TEN_THOUSAND):
        number = cell["value"] * 1e4
        return site.say("city_counted", number=number, unit=unit, amount=site.numbers.amount)
    text = site.numbers.amount(cell["value"], 2)
    times = "× " if cell["unit"][:1].isdigit() else ""
    return f"{text} {times}{unit}"


def remark(site: Site, statements: Mapping[str, str], cell: Row) -> str:
    """What was done to a figure that a rule or a correction applied to, or nothing."""
    if not cell["rule"]:
        return ""
    key = "city_refused" if cell["refused"] else "city_replaced"
    return site.say(
        key,
        measure=site.words[cell["measure"]],
        printed=cell["refused"] or cell["printed"],
        rule=statements.get(cell["rule"], cell["rule"]),
    )


def without_measure(site: Site, codes: list[str]) -> str:
    """The indicators that no public figure measures, in a sentence, or nothing."""
    names = [str(site.words[code]) for code in codes]
    return site.say("city_unmeasured", names=names) if names else ""
