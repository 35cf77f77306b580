"""A bar that shows how many draws are done, how many a second, and how long it will take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text


class DrawsPerSecond(ProgressColumn):
    """The column ``120,000 draws/s``."""

    def render(self, task: Task) -> Text:
        """Write the speed of a task; nothing before the first draws are done."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} draws/s" if speed else "")


@contextmanager
def draws_bar(count: int, console: Console | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar for `count` draws; yields what is to be told the number of draws done.

    It is drawn when it is told something: a thread that draws it would keep the process from being
    forked.
    """
    columns = ("{task.description}", BarColumn(), DrawsPerSecond(), TimeRemainingColumn())
    with Progress(*columns, console=console, auto_refresh=False) as bar:
        task = bar.add_task("draws", total=count)

        def tell(done: int) -> None:
            bar.advance(task, done)
            bar.refresh()

        yield tell
