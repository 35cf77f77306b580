"""The command `uncertainty`: more draws than the build makes, other choices, or more machines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.common import EditionName, console
from analysis.editions import load

if TYPE_CHECKING:
    import numpy as np

    from analysis.index.robustness.engine import Engine


def uncertainty(
    edition: EditionName = None,
    draws: Annotated[int, typer.Option(min=1, help="Number of rankings to draw.")] = 100_000,
    design: Annotated[
        Path | None, typer.Option(help="Design table. Without it: the design of the edition.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler, such as tcp://host:8786."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="CSV file to write. Without it: below _build.")
    ] = None,
) -> None:
    """Draw rankings under a design and write the interval of every place.

    The draws of a seed are the same on one machine and on many. The results of the edition must
    have been built; they stay as they are.
    """
    import pandas as pd

    from analysis.chapters.assembly import study_inputs
    from analysis.chapters.city_study import fitting_design, study_of
    from analysis.chapters.robustness import place_table
    from analysis.editions.storage import write_whole
    from analysis.editions.validation.design_rules import file_faults
    from analysis.editions.validation.faults import refuse
    from analysis.index.robustness.engine import Engine
    from analysis.ranking.of_record import ranked_edition

    chosen = load(edition)
    if design is not None:
        refuse(file_faults(design, chosen))
    own = None if design is None else pd.read_csv(design)
    ranked = ranked_edition(chosen, chosen.result("cells"))
    inputs = study_inputs(ranked, chosen.result("year_errors"), own)
    choices = fitting_design(inputs)
    engine = Engine(study_of(inputs, choices), choices)
    counts = place_counts(engine, inputs.seed, draws, scheduler)
    path = output or chosen.root / "_build" / f"uncertainty-{chosen.name}.csv"
    table = place_table(counts, inputs)
    write_whole(path, table.to_csv(index=False, lineterminator="\n"))
    console.print(f"{path}: {draws:,} draws, {engine.units} cities")


def place_counts(engine: "Engine", seed: int, draws: int, scheduler: str | None) -> "np.ndarray":
    """Draws in which each city takes each place, counted here or by the workers of a scheduler."""
    from analysis.commands.draws_bar import draws_bar
    from analysis.index.robustness import simulation

    with draws_bar(draws, console) as progress:
        if scheduler is None:
            return simulation.acceptability(engine, seed=seed, count=draws, progress=progress)
        from analysis.index.robustness import cluster

        return cluster.acceptability(engine, scheduler, seed=seed, count=draws, progress=progress)
