"""Links between the figures of the report and the cells that made them."""

import json
import re

import pytest

from analysis.editions import ROOT
from analysis.publish.report.origins import SNIPPET, Origin, report_origins, write_origins
from analysis.publish.report.source import read_report

BODY = """---
title: "Twelve cities"
date: 2026-01-02
---
::: {#fig-map}

{{< embed _build/notebooks/05_regions.ipynb#city-map >}}

The map.
:::

{{< include sections/more.qmd >}}

{{< include sections/absent.qmd >}}

::: {.callout-note}
{{< var edition.name >}}
:::
"""
MORE = """::: {#tbl-regions}

{{< embed ../_build/notebooks/05_regions.ipynb#region-table >}}

Regions.
:::
"""


@pytest.fixture
def report(tmp_path):
    (tmp_path / "_quarto.yml").write_text(
        "project: {render: [report.qmd]}\norigins-title: How this was made\n"
    )
    (tmp_path / "report.qmd").write_text(BODY)
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "more.qmd").write_text(MORE)
    return read_report(tmp_path)


def test_figures_and_tables_are_found_where_they_stand_and_in_included_files(report):
    assert report_origins(report) == [
        Origin("fig-map", "05_regions", "city-map"),
        Origin("tbl-regions", "05_regions", "region-table"),
    ]


def test_the_script_holds_the_address_of_every_cell_and_file(report):
    files = {"fig-map": {"SVG": "site/figures/fig-map.svg"}}
    write_origins(report, files)
    written = (report.root / SNIPPET).read_text("utf8")
    data = json.loads(re.search(r'id="origins">\n(.*?)\n</script>', written, re.DOTALL)[1])
    assert data == {
        "words": "How this was made",
        "cells": {
            "fig-map": "site/notebooks/05_regions.html#city-map",
            "tbl-regions": "site/notebooks/05_regions.html#region-table",
        },
        "files": files,
    }


def test_the_words_are_those_of_the_report(report):
    front = "---\ntitle: T\norigins-title: 製作過程\n---\n"
    (report.root / "report.qmd").write_text(front + BODY.split("---\n", 2)[-1])
    write_origins(read_report(report.root), {})
    assert '"words": "製作過程"' in (report.root / SNIPPET).read_text("utf8")


def test_an_unchanged_script_is_not_written_again(report):
    write_origins(report, {})
    before = (report.root / SNIPPET).stat().st_mtime_ns
    write_origins(report, {})
    assert (report.root / SNIPPET).stat().st_mtime_ns == before


def test_every_embedded_cell_of_the_real_report_has_an_origin():
    report = read_report(ROOT)
    origins = report_origins(report)
    included = [report.body, *(path.read_text("utf8") for path in ROOT.glob("sections/en/*.qmd"))]
    embedded = {cell for text in included for cell in re.findall(r"\.ipynb#([\w-]+)", text)}
    assert len(origins) > 50
    assert {origin.cell for origin in origins} <= embedded
    labels = [origin.label for origin in origins]
    assert len(set(labels)) == len(labels)
