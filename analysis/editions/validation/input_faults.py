"""The refusal of bad input: every fault at once, each with file, line, column, value and rule.

What is wrong with each table and setting by itself is found by `judging`; here are added the rules
that need two tables: a correction whose printed value is gone, a measure without a source, a city
name under the wrong code.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import known_names
from analysis.editions.text_tables import read_table
from analysis.editions.validation.design_rules import design_faults
from analysis.editions.validation.faults import Fault, each_fault, refuse
from analysis.editions.validation.judging import judged_apart
from analysis.editions.validation.method_scale import combination_faults, study_faults
from analysis.editions.validation.printed_figures import printed_figures
from analysis.editions.validation.raw_faults import correction_faults, name_faults, raw_faults
from analysis.editions.validation.reference_rules import (
    alias_faults,
    city_faults,
    claim_faults,
    level_faults,
    other_ranking_faults,
    place_faults,
    stand_in_faults,
    stray_faults,
    tier_faults,
    weak_faults,
)
from analysis.editions.validation.rule_faults import (
    averaging_faults,
    cleaning_rule_faults,
    judgement_faults,
    method_faults,
    repeated_corrections,
    repeated_readings,
    size_faults,
)
from analysis.editions.validation.schemas import Known
from analysis.editions.validation.seals import checksum_faults
from analysis.editions.validation.sound import SoundEdition, attempted, beside
from analysis.editions.validation.source_rules import (
    correction_place_faults,
    measure_source_faults,
    naming_faults,
)

UNFIT = "the cleaning rules call it unfit: name another variable, or take that rule out"


class Judged(NamedTuple):
    """An edition, judged.

    Attributes
    ----------
    faults
        All faults of it, and of the raw files of the editions before it.
    sound
        The edition without its faults.
    figures
        The figures of its raw files (`printed_figures`).
    """

    faults: list[Fault]
    sound: SoundEdition
    figures: pd.DataFrame


def validate(edition: Edition) -> None:
    """Check all input of an edition; raise InputRefusedError naming every fault."""
    refuse(all_faults(edition))


def validate_method(edition: Edition) -> None:
    """Check the method of an edition alone; raise InputRefusedError naming every fault."""
    refuse([*method_faults(edition), *combination_faults(edition)])


def all_faults(edition: Edition) -> list[Fault]:
    """Every fault of the input of an edition, as far as it can be judged."""
    return judged(edition)[0].faults


def judged(edition: Edition) -> list[Judged]:
    """An edition and those before it, the latest first, each with its faults and without them.

    Every table is judged by itself, then each rule is tried that asks for sound tables alone.
    """
    apart, sound = judged_apart(edition)
    of_raw, figures = raw_stage_faults(sound)
    before = attempted(judged_before, sound, figures) or []
    of_earlier = [fault for each in before for fault in each.faults]
    beside = [fault for rule in RULES for fault in attempted(rule, sound) or []]
    return [Judged([*apart, *of_raw, *of_earlier, *beside], sound, figures), *before]


def judged_before(edition: SoundEdition, figures: pd.DataFrame) -> list[Judged]:
    """The editions before this one, with what keeps their raw files from being set beside its own.

    `figures` are those of this edition, which are not read again of files that both hold. Faults
    are named with their edition; tables that all editions share are left to this one.
    """
    # The rulers of this edition are made with it, so that an earlier one finds them there.
    made, found = ("score_anchors", edition.name), []
    for earlier in edition.earlier:
        apart, sound = judged_apart(earlier)
        sound = beside(sound, edition)
        of_raw, of_earlier = raw_stage_faults(sound, figures)
        shared = {file for file in sound.faulty if not (earlier.own_reference / file).is_file()}
        faults = [
            fault._replace(file=f"{earlier.name}/{fault.file}")
            for fault in [*apart, *of_raw]
            if (fault.column, fault.value) != made and fault.file not in shared
        ]
        found.append(Judged(faults, sound, of_earlier))
        if sound.unset - {"score_anchors"}:
            break  # which edition is before that one cannot be told
    return found


def raw_stage_faults(
    edition: SoundEdition, known: pd.DataFrame | None = None
) -> tuple[list[Fault], pd.DataFrame]:
    """Faults of the raw tables, each by itself and with the others, and their figures.

    `known` are the figures of a later edition, whose files may be those of this one too.
    """
    if not edition.files:
        return [], printed_figures(pd.DataFrame(columns=["file", "source", "layout"]), {}, {})
    sources = edition.raw_table("sources.csv")
    before = {} if known is None else dict(iter(known.groupby("file")))
    read = {file: before[file] for file in edition.read_before if file in before}
    figures = printed_figures(sources, edition.tables, edition.descriptions, read)
    rules: list[Callable[[], list[Fault]]] = [
        lambda: checksum_faults(edition),
        lambda: raw_faults(edition, known_cities(edition)),
        lambda: correction_faults(edition, figures),
        lambda: size_faults(edition, figures),
        lambda: repeated_readings(figures),
    ]
    return [fault for rule in rules for fault in attempted(rule) or []], figures


def known_cities(edition: Edition) -> Known:
    """Codes of cities and variables, as far as the tables of them are sound."""
    found = {}
    for name, column in (("cities", "adcode"), ("variables", "variable")):
        table = attempted(edition.reference_table, name)
        if table is not None:
            found[f"{name}.{column}"] = frozenset(table[column])
    return found


def measure_faults(edition: Edition) -> list[Fault]:
    """Measures of a variable that the rules call unfit, or of a node that is no indicator."""
    rules, framework, measures, context = (
        edition.reference_table(name)
        for name in ("cleaning_rules", "framework", "measures", "context_measures")
    )
    unfit = set(rules.loc[rules["kind"] == "unfit", "variable"])
    nodes = set(framework.loc[framework["level"] != "indicator", "code"])
    wrong = [
        ("measures", measures["variable"], unfit, UNFIT),
        ("context_measures", context["variable"], unfit, UNFIT),
        ("measures", measures["indicator"], nodes, "is a node but no indicator: name an indicator"),
    ]
    return [
        fault
        for name, column, values, rule in wrong
        for fault in each_fault(f"{name}.csv", column[column.isin(values)], rule)
    ]


def published_faults(edition: Edition) -> list[Fault]:
    """Places of the published list whose printed name is not a name of the city with that code."""
    if edition.published_list is None:
        return []
    published = read_table(edition.reference_file(edition.published_list))
    table = published.rename(columns={"city_as_printed": "city"})
    found = name_faults(edition.published_list, table, known_names(edition))
    return [fault._replace(column="city_as_printed") for fault in found]


RULES: list[Callable[[SoundEdition], list[Fault]]] = [
    measure_faults,
    published_faults,
    place_faults,
    tier_faults,
    alias_faults,
    city_faults,
    claim_faults,
    other_ranking_faults,
    level_faults,
    stray_faults,
    weak_faults,
    stand_in_faults,
    measure_source_faults,
    naming_faults,
    correction_place_faults,
    method_faults,
    combination_faults,
    design_faults,
    study_faults,
    cleaning_rule_faults,
    averaging_faults,
    repeated_corrections,
    judgement_faults,
]
