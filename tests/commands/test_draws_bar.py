"""The bar that shows how many draws are done."""

from io import StringIO

from rich.console import Console

from analysis.commands.draws_bar import draws_bar


def test_the_bar_shows_draws_per_second():
    text = StringIO()
    with draws_bar(100, Console(file=text, force_terminal=True, width=100)) as progress:
        progress(60)
        progress(40)
    assert "draws/s" in text.getvalue()
