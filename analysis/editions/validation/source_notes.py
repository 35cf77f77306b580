"""What is good to know of sources: what lies idle, is left out, and which year of it counts.

None of it is a fault. A file that nobody listed, a source that no measure uses and a correction
without its cell are easily overlooked, and so is that an older figure counts.
"""

import pandas as pd

from analysis.editions.corrections import CELL, corrections_of
from analysis.editions.incoming import ABOVE_HEAD, file_and_sheet, place_name
from analysis.editions.validation.declarations import OWN_FILES
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding
from analysis.editions.validation.sound import SoundEdition, attempted
from analysis.editions.validation.source_rules import lost_measures

# Ends of the names of files that hold figures, as offices and researchers send them.
TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".dta", ".parquet"}

LEFT_OUT = "the recipe leaves it out, "


def source_notes(edition: SoundEdition, figures: pd.DataFrame) -> list[Finding]:
    """All that is good to know, as far as the lists of the edition are sound."""
    if not edition.complete or not edition.files:
        return []
    return [
        *stray_files(edition),
        *left_out(edition),
        *(attempted(idle_sources, edition, figures) or []),
        *(attempted(idle_corrections, edition, figures) or []),
        *(attempted(years_that_count, edition, figures) or []),
    ]


def stray_files(edition: SoundEdition) -> list[Finding]:
    """Tables that lie in the folder of the edition and are in no line of `sources.csv`."""
    known = OWN_FILES | {file_and_sheet(edition, table)[0].name for table in edition.files}
    there = sorted(path.name for path in edition.raw.iterdir() if path.suffix.lower() in TABLES)
    rule = (
        "lies in the folder and is not read: give it a line in sources.csv and its columns lines "
        "in columns.csv, or take it out of the folder"
    )
    return [
        Finding("suspicious", Fault(file, "", "", "", rule))
        for file in there
        if file not in known and not file.startswith((".", "~"))
    ]


def left_out(edition: SoundEdition) -> list[Finding]:
    """Lines of the files that do not count, as their recipes say; titles above heads apart."""
    return [
        Finding(
            "note", Fault(place_name(file), row["line"], "", row["name"], LEFT_OUT + row["reason"])
        )
        for file, read in edition.reads.items()
        for row in read.left_out.to_dict("records")
        if row["reason"] != ABOVE_HEAD
    ]


def idle_sources(edition: SoundEdition, figures: pd.DataFrame) -> list[Finding]:
    """Sources of figures of which no measure and no cleaning rule uses a variable."""
    used = used_variables(edition)
    by_source = figures.groupby("source")["variable"].agg(set)
    sources = edition.raw_table("sources.csv")
    listed = sources[sources["layout"].eq("table")].drop_duplicates("source")["source"]
    rule = (
        "no measure uses a figure of this source; a measure is a line of measures.csv, or of "
        "context_measures.csv"
    )
    return [
        Finding("note", Fault("sources.csv", line, "source", source, rule))
        for line, source in listed.items()
        if not by_source.get(source, set()) & used
    ]


def used_variables(edition: SoundEdition) -> set[str]:
    """Variables that a measure takes or a cleaning rule compares."""
    tables = (
        ("measures", ["variable"]),
        ("context_measures", ["variable"]),
        ("cleaning_rules", ["variable", "compared_with"]),
    )
    return {
        variable
        for name, columns in tables
        for column in columns
        for variable in edition.reference_table(name)[column]
    }


def idle_corrections(edition: SoundEdition, figures: pd.DataFrame) -> list[Finding]:
    """Corrections of a city that is gone from a variable and year that the edition still has."""
    corrections = corrections_of(edition).astype({"year": str})
    cells = pd.MultiIndex.from_frame(figures[CELL])
    columns = pd.MultiIndex.from_frame(figures[["variable", "year"]])
    printed = pd.MultiIndex.from_frame(corrections[["variable", "year"]]).isin(columns)
    met = pd.MultiIndex.from_frame(corrections[CELL]).isin(cells)
    rule = "the figures of this variable and year have no line of this city: it corrects nothing"
    return [
        Finding("suspicious", Fault("corrections.csv", line, "adcode", row["adcode"], rule))
        for line, row in corrections[printed & ~met].iterrows()
    ]


def years_that_count(edition: SoundEdition, figures: pd.DataFrame) -> list[Finding]:
    """Which year of each source counts that has several, or none of the data year."""
    measures, sources = measures_in_use(edition), edition.raw_table("sources.csv")
    found = []
    for source, mine in figures.groupby("source", sort=False):
        variables = mine.groupby("year")["variable"].agg(set)
        used = {
            int(year): measures[measures["variable"].isin(of_year)]
            for year, of_year in variables.items()
            if str(year).isdigit()
        }
        if list(used) in ([], [edition.data_year]) or all(of.empty for of in used.values()):
            continue
        said = "; ".join(f"{year}: {use_of(year, edition.data_year, used[year])}" for year in used)
        line = sources.index[sources["source"] == source][0]
        rule = f"years of the source: {said}"
        found.append(Finding("note", Fault("sources.csv", line, "source", source, rule)))
    return found


def measures_in_use(edition: SoundEdition) -> pd.DataFrame:
    """The measures of the index and those of context: `variable` and the years that they take.

    One that is lost takes none, and one in reserve only if that is lost for which it stands in.
    """
    measures = edition.reference_table("measures").query("included == '1'")
    lost = measures["variable"].isin({fault.value for fault in lost_measures(edition)})
    needed = measures["stands_in_for"].isin({"", *measures.loc[lost, "measure"]})
    context = edition.reference_table("context_measures").assign(years_before=0, years_after=0)
    columns = ["variable", "carry_years", "lead_years", "years_before", "years_after"]
    return pd.concat([measures.loc[needed & ~lost, columns], context[columns]], ignore_index=True)


def use_of(year: int, data_year: int, measures: pd.DataFrame) -> str:
    """What becomes of the figures of a year: they count, fill gaps, enter a mean, or do nothing."""
    if measures.empty:
        return "no measure uses it"
    if year == data_year:
        return "counts"
    before, after = max(data_year - year, 0), max(year - data_year, 0)
    averaged = measures[["years_before", "years_after"]].sum(axis=1).gt(0)
    in_mean = averaged & measures["years_before"].ge(before) & measures["years_after"].ge(after)
    reach = measures["carry_years"] if before else measures["lead_years"]
    fills = ~averaged & reach.ge(before or after)
    uses = [
        text
        for text, of in (
            ("enters means of several years", in_mean),
            ("fills gaps" if before else "stands for the data year", fills),
        )
        if of.any()
    ]
    return " and ".join(uses) or "not used"
