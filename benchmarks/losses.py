"""Editions that lost evidence, one after another: each is built and its report tried.

``python -m benchmarks.losses`` goes through all of them, an hour on two cores;
``python -m benchmarks.losses gdp`` through those whose name holds the pattern.
"""

import multiprocessing
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.editions import ROOT, Edition, load
from analysis.editions.text_tables import read_table
from analysis.results import building
from benchmarks.trial import Trial, try_report

# Draws enough to fill every table.
FEW = {
    "uncertainty_draws": "256",
    "bootstrap_draws": "30",
    "inference_splits": "1",
    "sensitivity_runs": "64",
    "scenario_draws": "8",
    "weighting_draws": "64",
    "comparison_draws": "32",
    "claim_draws": "64",
}
IMPUTED = {"imputed draws=10": "imputed draws=2"}
# What the yearbook of the data year 2020 no longer prints.
OF_2020 = (
    "hukou_pop_10k", "rd_personnel", "rd_exp_10kyuan", "patent_app_n", "emp_urban_units", "emp_it",
    "emp_scitech", "municipal_invest_10kyuan_ud", "postal_rev_10kyuan", "telecom_rev_10kyuan",
    "mobile_subs_10k", "broadband_subs_10k",
)  # fmt: skip


@dataclass(frozen=True)
class Loss:
    """What is lost together.

    Attributes
    ----------
    name
        What it is called.
    measures, columns, files, sources
        Measures, variables of the raw tables, raw files and sources that are no longer there.
    year
        The year of the files that lose `columns`; all of them if it is not given.
    """

    name: str
    measures: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    year: str = ""


def lose(edition: Edition, loss: Loss) -> Edition:
    """The edition without what is lost."""
    known = measures_of(edition).loc[list(loss.measures)]
    pilots = known["source"] == "policy_pilots"
    path = edition.raw / "policy_pilots.csv"
    table = read_table(path)
    write(path, table[~table["policy"].isin(known.loc[pilots, "variable"])])
    drop_columns(edition, [*known.loc[~pilots, "variable"], *loss.columns], loss.year)
    sources = read_table(edition.raw / "sources.csv")
    of_sources = sources.loc[sources["source"].isin(loss.sources), "file"]
    drop_files(edition, [*loss.files, *of_sources])
    return load(edition.name, edition.root)


def drop_columns(edition: Edition, variables: list[str], year: str) -> None:
    """Take variables out of the raw files and out of their description."""
    path = edition.raw / "columns.csv"
    columns = read_table(path)
    mine = columns[columns["variable"].isin(variables) & columns["file"].str.contains(year)]
    for file, printed in mine.groupby("file")["column"]:
        table = read_table(edition.raw / str(file))
        write(edition.raw / str(file), table.drop(columns=list(printed)))
    write(path, columns.drop(index=mine.index))


def drop_files(edition: Edition, files: list[str]) -> None:
    """Take raw files out of the edition."""
    for name in ("sources.csv", "columns.csv"):
        table = read_table(edition.raw / name)
        write(edition.raw / name, table[~table["file"].isin(files)])
    for file in files:
        (edition.raw / file).unlink()


def write(path: Path, table: pd.DataFrame) -> None:
    """Write a table as those of the project are written."""
    table.to_csv(path, index=False, lineterminator="\n")


def measures_of(edition: Edition) -> pd.DataFrame:
    """Every measure of the index and of its context, by its code, with the domain if it has one."""
    measures, context = (edition.reference_table(name) for name in ("measures", "context_measures"))
    parent = edition.reference_table("framework").set_index("code")["parent"]
    domain = measures["indicator"].map(parent).map(parent)
    return pd.concat([measures.assign(domain=domain), context]).set_index("measure")


def losses() -> Iterator[Loss]:
    """Everything that is lost, one at a time and together."""
    measures = measures_of(load("2020"))
    yield Loss("nothing")
    for name in measures.index:
        yield Loss(f"measure {name}", measures=(name,))
    for column in ("domain", "evidence"):
        for name, group in measures.groupby(column):
            yield Loss(f"{column} {name}", measures=tuple(group.index))
            rest = measures.index[measures[column].notna() & (measures[column] != name)]
            yield Loss(f"all but {column} {name}", measures=tuple(rest))
    for source in load("2020").raw_table("sources.csv")["source"].unique():
        yield Loss(f"source {source}", sources=(source,))
    yield Loss("file of the year before", files=("yearbook_2018.csv",))
    yield Loss("columns of 2020", columns=OF_2020)
    yield Loss("columns of 2020 in 2019 alone", columns=OF_2020, year="2019")
    yield Loss("GDP and GDP per head", measures=("gdp", "gdp_per_head"))
    heads = ("gdp", "resident_population", "registered_population")
    yield Loss("heads", measures=heads)
    yield Loss("context", measures=tuple(measures.index[measures["domain"].isna()]))
    schools = ("patents_granted", "university_teachers", "buses", "bus_passengers")
    yield Loss("patents, teachers and buses", measures=schools)


def lay_out(root: Path, listed: bool) -> Edition:
    """Edition 2020 with fewer cities and draws, quick to build.

    Without the published list it is an edition of its own, `later`, on the scale of 2020 and with
    none before it.
    """
    shutil.copytree(ROOT / "data", root / "data")
    (root / "sections").symlink_to(ROOT / "sections")
    keep_every_third_city(root)
    replace_values(root / "data/reference/method.csv", "parameter", "value", FEW)
    replace_values(root / "data/reference/uncertainty.csv", "alternative", "alternative", IMPUTED)
    there = Edition("2020", root)
    here = there if listed else Edition("later", root)
    if not listed:
        shutil.copytree(there.raw, here.raw)
    lines = (there.raw / "edition.toml").read_text("utf8").splitlines()
    dropped = ("edition",) if listed else ("edition", "previous", "published_list")
    kept = [line for line in lines if not line.startswith(dropped)]
    (here.raw / "edition.toml").write_text("\n".join([f'edition = "{here.name}"', *kept]), "utf8")
    return here


def keep_every_third_city(root: Path) -> None:
    """Leave every third city and those that any list names, in all tables."""
    reference = root / "data" / "reference"
    lists = ("published_2020_top100", "cases", "other_rankings", "aliases")
    kept = set(read_table(reference / "cities.csv")["adcode"].iloc[::3])
    kept |= {code for name in lists for code in read_table(reference / f"{name}.csv")["adcode"]}
    for path in [*reference.glob("*.csv"), *(root / "data" / "raw").glob("*/*.csv")]:
        table = read_table(path)
        if "adcode" in table:
            write(path, table[table["adcode"].isin(kept)])
    for path in (root / "data" / "raw").glob("*/sources.csv"):
        write(path, read_table(path).assign(sha256=""))


def replace_values(path: Path, key: str, column: str, values: dict[str, str]) -> None:
    """Write other values into a column of a table, by another column."""
    table = read_table(path)
    write(path, table.assign(**{column: table[key].map(values).fillna(table[column])}))


def trial_of(loss: Loss, listed: bool) -> Trial:
    """Lay out an edition with the loss, build it and try its report."""
    with tempfile.TemporaryDirectory() as folder:
        edition = lose(lay_out(Path(folder), listed), loss)
        try:
            building.build(edition)
            return try_report(edition)
        except Exception as error:  # whatever it is, it is what the trial is after
            return Trial(faults=[f"{type(error).__name__}: {error}"])


def tried(loss: Loss) -> tuple[str, list[str], str]:
    """Name of the loss, the faults of the two editions, and what the report says is lost."""
    trials = {kind: trial_of(loss, kind == "listed") for kind in ("listed", "open")}
    faults = [f"{kind}: {fault}" for kind, trial in trials.items() for fault in trial.faults]
    return loss.name, faults, trials["open"].facts.get("losses.account", "")


def main(pattern: str = "") -> None:
    """Try every loss whose name holds the pattern and print what is wrong with it."""
    chosen = [loss for loss in losses() if re.search(pattern, loss.name)]
    wrong = 0
    with multiprocessing.Pool(maxtasksperchild=1) as pool:
        for name, faults, account in pool.imap_unordered(tried, chosen):
            print(f"{name}: {account}", *(f"    {fault}" for fault in faults), sep="\n", flush=True)
            wrong += bool(faults)
    print(f"{len(chosen)} losses tried, {wrong} with faults")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
