"""What all commands share: how they name an edition, speak to the user and show progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from analysis.publish.documents import LANGUAGE_VARIABLE

if TYPE_CHECKING:
    from analysis.editions import Edition

# A line is a line: what is piped into another program must not be folded.
console = Console(stderr=True, highlight=False, soft_wrap=True)

EditionName = Annotated[
    str | None, typer.Argument(help="Edition, such as 2020. Without it: the latest one.")
]
Language = Annotated[
    str,
    typer.Option(
        envvar=LANGUAGE_VARIABLE,
        show_envvar=False,
        help="Language of whatever is written: en; all for every one that is offered.",
    ),
]


# So many names are shown of what is left out for one reason.
SHOWN = 6


def left_out_line(reason: str, names: list[str]) -> str:
    """What is left out of a table for one reason: how many lines, and the first names."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"left out, {reason}: {len(names)} ({'; '.join(names[:SHOWN])}{more})"


def left_out_of(edition: "Edition") -> Iterator[str]:
    """What the recipes of the raw files of an edition leave out, a line for each reason."""
    from analysis.editions.incoming import left_out_counts, place_name

    for row in left_out_counts(edition).to_dict("records"):
        yield f"{place_name(row['file'])}: {left_out_line(row['reason'], row['names'])}"


@contextmanager
def shown_progress() -> Iterator[Callable[..., None]]:
    """Show one line with what is going on, how far it is and how long it has taken."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        line = bar.add_task("starting")

        def progress(task: str, done: int = 0, total: int = 1) -> None:
            share = f" ({done} of {total})" if total > 1 else ""
            bar.update(line, description=f"{task}{share}")

        yield progress
