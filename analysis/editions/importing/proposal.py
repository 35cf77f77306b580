"""How a file is to be read and what it becomes in an edition: a proposal, with open questions.

What a person has decided comes as `Answers`; a recipe that is kept for the file, or was kept for a
file of the same head in an earlier edition, comes before anything is looked for.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.editions.city_keys import CODE, code_of, name_index, name_key
from analysis.editions.edition import Edition
from analysis.editions.importing.conflicts import conflicts
from analysis.editions.importing.grids import Grid, grids
from analysis.editions.importing.head import (
    Head,
    decimal_comma,
    find_head,
    is_numeric,
    long_form,
    missing_marks,
    years_in,
)
from analysis.editions.importing.kept import Kept, kept_recipe
from analysis.editions.importing.knowledge import Knowledge, knowledge
from analysis.editions.importing.matching import LEFT_ASIDE, Decided, Match, matches
from analysis.editions.importing.places import omission_of, place_findings
from analysis.editions.importing.questions import (
    marks_to_ask,
    places_twice,
    second_head,
    unknown_place,
    year_columns,
)
from analysis.editions.incoming import plain_numbers, span_of, with_own_names
from analysis.editions.left_out import Places, province_key, without_left_out
from analysis.editions.recipe_rows import shaped
from analysis.editions.recipes import Recipe
from analysis.editions.text_tables import Flaw, UnreadableTableError
from analysis.index.refusal import RefusedValueError

CITED = re.compile(r"(?:资料来源|数据来源|来源|[Ss]ource)\s*[:：]\s*(.+)")


@dataclass(frozen=True)
class Answers:
    """What a person has decided: each as the option of the command `import` of this name."""

    source: str = ""
    year: str = ""
    citation: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class TableProposal(NamedTuple):
    """What one table of a file becomes.

    Attributes
    ----------
    table
        Its name in `sources.csv`.
    recipe, roles
        How it is read; the headings of its columns of places (key, name) and years, by their role.
    matches
        Its columns of figures.
    texts
        Headings of columns that hold no figures.
    left_out
        `line, name, reason` of the lines that do not count.
    cities, years
        How many cities it has, and its years; none if it does not say.
    title
        What stands above the head.
    origin
        Where the recipe comes from, in words.
    source
        The source that the table of the recipe has; empty if the recipe is new.
    new, gone
        Headings that the table has more, or less, than that of the recipe.
    questions
        What has to be decided, each with the option that does it.
    """

    table: str
    recipe: Recipe
    roles: dict[str, str]
    matches: list[Match]
    texts: list[str]
    left_out: pd.DataFrame
    cities: int
    years: list[int]
    title: str
    origin: str
    source: str
    new: list[str]
    gone: tuple[str, ...]
    questions: list[str]


class Proposal(NamedTuple):
    """What a file becomes in an edition: its tables, what is cited, and what is left open."""

    path: Path
    tables: list[TableProposal]
    other_sheets: list[str]
    source: str
    years: str
    citation: str
    notes: list[str]
    replace: tuple[str, ...]
    questions: list[str]


def propose(edition: Edition, path: Path, answers: Answers) -> Proposal:
    """Read a file and propose what it becomes.

    Raises
    ------
    UnreadableTableError
        If the file cannot be opened, or holds no table of cities.
    """
    known = knowledge(edition)
    found = {grid.table: proposed(edition, grid, known, answers)
             for grid in grids(path, lambda text: is_place(text, known.places))}  # fmt: skip
    tables = [table for table in found.values() if table]
    if not tables:
        rule = "no table of cities is found: a head above, and the names or codes of three cities"
        raise UnreadableTableError(path, [Flaw("", rule)])
    notes = [text for table in tables
             for text in (table.title, *table.left_out["name"]) if len(text) > 8]  # fmt: skip
    answers = with_kept(edition, tables, answers)
    source, ask_source = chosen_source(tables, known, answers)
    years, ask_year = chosen_years(edition, tables, path, answers)
    citation, ask_citation = chosen_citation(notes, answers)
    asked = [*ask_source, *ask_year, *ask_citation]
    asked += [question for table in tables for question in table.questions]
    others = [name for name, table in found.items() if table is None]
    assumed = years or str(edition.data_year)  # so that all is asked at once
    asked += unknown_answers(tables, answers)
    mine = {table.table: [match.variable for match in table.matches if match.variable]
            for table in tables}  # fmt: skip
    asked += conflicts(edition, path, mine, assumed, answers.replace)
    return Proposal(path, tables, others, source, years, citation, notes, answers.replace, asked)


def with_kept(edition: Edition, tables: list[TableProposal], answers: Answers) -> Answers:
    """Answers, and what `sources.csv` says of the file if it is there already."""
    listed = edition.raw_table("sources.csv").set_index("file")
    mine = [table.table for table in tables if table.table in listed.index]
    if not mine:
        return answers
    line = listed.loc[mine[0]]
    first, last = span_of(line["years"])
    headed = years_of_headings(tables)
    other = headed and not any(first <= year <= last for year in headed)
    # What is expected is no decision, as the line of a file that has been imported is.
    year = "" if other and not line["citation"] else line["years"]
    return replace(
        answers,
        source=answers.source or line["source"],
        year=answers.year or year,
        citation=answers.citation or line["citation"],
    )


def is_place(text: str, known: Places) -> bool:
    """Whether a text names a city or province, or is the code of a city."""
    plain = text.strip()
    return plain in known.codes or (0 < len(plain) < 40 and name_key(plain) in known.cities)


def proposed(
    edition: Edition, grid: Grid, known: Knowledge, answers: Answers
) -> TableProposal | None:
    """What a table becomes; None if it is no table of cities."""
    kept = kept_recipe(edition, grid)
    start = kept or found_recipe(grid, known)
    if start is None:
        return None
    recipe = with_answers(start.recipe, answers, known)
    new_marks = marks_to_ask(grid, recipe, list(start.roles.values())) if kept else []
    whole = shaped(Path(grid.table), grid.rows, recipe)
    table = whole.table.rename(
        columns={heading: NAMES[role] for role, heading in start.roles.items()}
    )
    names = table["city"] if "city" in table else table["adcode"]
    places = known.places._replace(cities=with_own_names(known.places.cities, recipe))
    headed = names.rename(start.roles.get("name", start.roles.get("key", "")))
    recipe, questions = with_places(table, headed, recipe, places, known.outside)
    questions += new_marks
    counted, left_out = without_left_out(table, names, recipe, places)
    codes = names[counted.index].map(lambda text: city_code(text, places))
    figures = counted.drop(columns=[*NAMES.values(), *recipe.leave_out_columns], errors="ignore")
    numeric = [heading for heading in figures if is_numeric(figures[heading])]
    years = sorted(set(years_in(*counted["year"]))) if "year" in counted else []
    title = " ".join(whole.above)
    found = matches(
        by_city(figures[numeric], codes, counted), given(start, answers, known), known.variables
    )
    taken = tuple(match.heading for match in found if not match.variable)
    texts = [heading for heading in figures if heading not in numeric]
    recipe = replace(recipe, leave_out_columns=(*recipe.leave_out_columns, *taken, *texts))
    questions += [match.question for match in found if match.question]
    questions += year_columns(match.heading for match in found if match.why != LEFT_ASIDE)
    new = [heading for heading in figures if kept and heading not in start.known]
    return TableProposal(
        grid.table, recipe, start.roles, found, texts, left_out, codes.nunique(),
        years or years_in(title), title, start.origin, start.source, new, start.gone, questions,
    )  # fmt: skip


NAMES = {"key": "adcode", "name": "city", "year": "year"}


def found_recipe(grid: Grid, known: Knowledge) -> Kept | None:
    """The recipe of a table that is seen for the first time; None if it is no table of cities."""

    def is_name(text: str) -> bool:
        return not text.strip()[:1].isdigit() and (
            is_place(text, known.places) or province_key(text) in known.places.provinces
        )

    head = find_head(grid.rows, is_name, lambda text: text.strip() in known.places.codes)
    if head is None:
        return None
    recipe = Recipe(encoding=grid.encoding, delimiter=grid.delimiter, header_rows=head.lines)
    roles = roles_of(head)
    table = shaped(Path(grid.table), grid.rows, recipe).table
    return Kept(
        in_its_form(recipe, table, list(roles.values()), known), roles, {}, "found in the file"
    )


def roles_of(head: Head) -> dict[str, str]:
    """The headings of the columns of places and years, by role."""
    at = {"key": head.code, "name": head.name, "year": head.year}
    return {role: head.headings[number] for role, number in at.items() if number >= 0}


def in_its_form(recipe: Recipe, table: pd.DataFrame, keys: list[str], known: Knowledge) -> Recipe:
    """The recipe with the form of the table, its marks for missing and of decimals."""
    long = long_form(table, keys, set(known.variables.forms))
    if long:
        recipe = replace(recipe, layout="long", **long._asdict())
    figures = table.drop(columns=keys)
    figures = figures[[recipe.value]] if long else figures
    decimal, group = decimal_comma(figures)
    return replace(recipe, missing_values=tuple(missing_marks(figures)), decimal_char=decimal,
                   group_char=group)  # fmt: skip


def with_answers(recipe: Recipe, answers: Answers, known: Knowledge) -> Recipe:
    """A recipe with what a person says of places."""
    plain = name_index(known.cities, pd.DataFrame({"alias": [], "adcode": []}))
    codes = {name: code_of(city, plain) for name, city in answers.names.items()}
    if lacking := [name for name, code in codes.items() if code is None]:
        raise RefusedValueError(f"--name {lacking[0]}={answers.names[lacking[0]]}: no such city")
    own = {**dict(recipe.names), **{name: str(code) for name, code in codes.items()}}
    there = {(other.place, other.line) for other in recipe.leave_out}
    asked = [omission_of(text) for text in answers.leave_out]
    new = [each for each in asked if (each.place, each.line) not in there]
    columns = [each for each in recipe.leave_out_columns if each not in answers.columns]
    return replace(
        recipe,
        names=tuple(own.items()),
        missing_values=tuple(dict.fromkeys([*recipe.missing_values, *answers.missing])),
        leave_out=(*recipe.leave_out, *new),
        leave_out_columns=tuple(columns),
    )


def with_places(
    table: pd.DataFrame, names: pd.Series, recipe: Recipe, places: Places, outside: dict[str, str]
) -> tuple[Recipe, list[str]]:
    """A recipe with the lines that are left out, and questions about the others.

    `names` is called as it is headed in the file.
    """
    counted, _ = without_left_out(table, names, recipe, places)
    found = place_findings(counted, names[counted.index], places, outside)
    heads = {part.strip() for part in str(names.name).split(recipe.header_join)}
    questions = [
        second_head(name, names) if name in heads else unknown_place(name, near)
        for name, near in found.unknown.items()
    ]
    questions += places_twice(found.repeated)
    return replace(recipe, leave_out=(*recipe.leave_out, *found.omissions)), questions


def city_code(text: str, places: Places) -> str | None:
    """The code of the city that a text names, or is the code of."""
    plain = text.strip()
    return plain if re.fullmatch(CODE, plain) else code_of(plain, places.cities)


def by_city(figures: pd.DataFrame, codes: pd.Series, counted: pd.DataFrame) -> pd.DataFrame:
    """Figures as numbers by the code of the city, those of the last of several years."""
    # All of them at once: there may be thousands of columns.
    texts = pd.Series(figures.to_numpy(dtype=object).ravel(), dtype=object)
    values = pd.to_numeric(plain_numbers(texts), errors="coerce").to_numpy(float)
    numbers = pd.DataFrame(values.reshape(figures.shape), figures.index, figures.columns)
    order = counted["year"] if "year" in counted else pd.Series(0, counted.index)
    last = numbers.assign(code_=codes, order_=order).dropna(subset="code_").sort_values(
        "order_", kind="stable"
    )  # fmt: skip
    return last.drop_duplicates("code_", keep="last").set_index("code_").drop(columns="order_")


def given(start: Kept, answers: Answers, known: Knowledge) -> dict[str, Decided]:
    """What a person, or the kept recipe, says of columns, by their headings."""
    why = "as decided before" if start.own else "by the recipe"
    found = {heading: Decided(*pair, why, final=start.own)
             for heading, pair in start.columns.items()
             if pair[0] in known.variables.units}  # fmt: skip
    for heading, variable in answers.columns.items():
        found[heading] = Decided(variable, found.get(heading, Decided()).unit)
    for heading, unit in answers.units.items():
        found[heading] = Decided(found.get(heading, Decided()).variable, unit)
    return found


def chosen_source(
    tables: list[TableProposal], known: Knowledge, answers: Answers
) -> tuple[str, list[str]]:
    """The source of the figures, and what to ask about it."""
    kept = {table.source for table in tables}
    if answers.source or (len(kept) == 1 and any(kept)):
        return answers.source or kept.pop(), []
    found = {known.sources[match.variable] for table in tables
             for match in table.matches if match.variable}  # fmt: skip
    if len(found) == 1:
        return found.pop(), []
    between = ", ".join(sorted(found)) or "none of whose variables is in the file"
    return "", [f"of which source are the figures ({between})? --source NAME"]


def chosen_years(
    edition: Edition, tables: list[TableProposal], path: Path, answers: Answers
) -> tuple[str, list[str]]:
    """The years of the figures as `sources.csv` has them, and what to ask about them."""
    if answers.year:
        return answers.year, []
    headed = years_of_headings(tables)
    found = sorted({year for table in tables for year in table.years}) or years_in(path.stem)
    has_column = all("year" in table.roles for table in tables)
    if not has_column and not {*found} & headed:
        found = sorted({*found, *headed})  # of which one is not meant, if there are several
    if has_column and found:
        return (str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"), []
    if len(found) == 1:
        return str(found[0]), []
    named = f"; it names {', '.join(map(str, found))}" if found else ""
    question = f"which year do the figures describe? The file does not say{named}."
    return "", [f"{question} --year {edition.data_year} if that of the edition"]


def years_of_headings(tables: list[TableProposal]) -> set[int]:
    """The years that at least half of the headings of figures name, as base years do not.

    Of figures in several years a person has to choose first.
    """
    found = [match for table in tables for match in table.matches if match.why != LEFT_ASIDE]
    if year_columns(match.heading for match in found):
        return set()
    headings = [match.heading for match in found if match.variable]
    named = Counter(year for heading in headings for year in years_in(heading))
    return {year for year, times in named.items() if times >= len(headings) / 2}


def chosen_citation(notes: list[str], answers: Answers) -> tuple[str, list[str]]:
    """What is to be cited, by a note that names one publication, and what to ask about it."""
    if answers.citation:
        return answers.citation, []
    named = list(dict.fromkeys(match[1].strip() for note in notes if (match := CITED.search(note))))
    works = [text for text in named if "《" in text]
    if len(works) == 1:
        return works[0], []
    hint = f" (the file names: {'; '.join(named)})" if named else ""
    return "", [f"what is to be cited{hint}? --citation 'AUTHORITY: TITLE. PLACE: PUBLISHER.'"]


def unknown_answers(tables: list[TableProposal], answers: Answers) -> list[str]:
    """Options that speak of headings the file does not have."""
    there = {match.heading for table in tables for match in table.matches}
    there |= {heading for table in tables for heading in table.texts}
    return [
        f"no column of figures has the heading {heading!r}, which an option names"
        for heading in dict.fromkeys([*answers.columns, *answers.units])
        if heading not in there
    ]
