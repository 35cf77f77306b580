"""The command that writes the site."""

import pytest
from typer.testing import CliRunner

from analysis.commands import cli


@pytest.mark.parametrize(
    ("words", "language"), [([], "en"), (["--language", "zh_hant"], "zh_hant")]
)
def test_it_writes_the_site_in_the_language_and_counts_the_pages_of_cities(
    monkeypatch, words, language
):
    asked = []
    monkeypatch.setattr(
        "analysis.publish.site.build.write_site",
        lambda edition, chosen: asked.append((edition.name, chosen)) or ["index", "1", "2"],
    )
    done = CliRunner().invoke(cli.app, ["site", "2019", *words])
    assert done.exit_code == 0, done.output
    assert asked == [("2019", language)]
    assert done.output == f"_output/2019/{language}/site/index.html: written, with 2 city pages\n"
