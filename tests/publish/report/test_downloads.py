"""Files behind the figures and tables of the report."""

import json
import shutil

import pytest

from analysis import editions
from analysis.figures.font_files import FACES, copy_fonts
from analysis.publish.folders import output_folder, site_folder
from analysis.publish.report import downloads
from analysis.publish.report.origins import Origin

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="10pt" viewBox="0 0 20 10">'
    '<text style="font-size: 5px; font-family: \'Fira Sans\'" y="6">AB</text></svg>'
)
TABLE = "| City | Move |\n|:---|---:|\n| &#61;HYPERLINK&#40;&#41; | +3 |\n| b, c | +x |\n"


def cell(label: str, code: str, data: dict) -> dict:
    source = f"#| label: {label}\n{code}"
    return {
        "cell_type": "code", "source": source,
        "outputs": [{"output_type": "display_data", "data": data}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def written(built_tiny, tmp_path_factory):
    """An edition in a folder of its own, whose files have been written; their addresses."""
    root = tmp_path_factory.mktemp("downloads")
    shutil.copytree(built_tiny.root, root, dirs_exist_ok=True)
    copy_fonts(root / "_build" / "fonts")
    notebook = {
        "cells": [
            {"cell_type": "markdown", "source": "# A"},
            cell("none", 'scores = edition.result("scores")', {}),
            cell("map", "draw(scores)", {"image/svg+xml": SVG}),
            cell("list", "show(scores)", {"text/markdown": TABLE}),
            cell("note", "note()", {"text/markdown": "Nothing to show."}),
        ]
    }
    (root / "_build" / "notebooks").mkdir(parents=True)
    (root / "_build" / "notebooks" / "01_a.ipynb").write_text(json.dumps(notebook), "utf8")
    edition = editions.load(built_tiny.name, root)
    origins = [
        Origin("fig-map", "01_a", "map"), Origin("tbl-list", "01_a", "list"),
        Origin("fig-note", "01_a", "note"), Origin("fig-gone", "01_a", "gone"),
        Origin("fig-lost", "09_z", "map"),
    ]  # fmt: skip
    return edition, origins, downloads.write_downloads(edition, origins)


def test_a_figure_is_a_picture_in_two_forms_with_the_results_behind_it(written):
    assert written[2]["fig-map"] == {
        "SVG": "site/figures/fig-map.svg",
        "PNG": "site/figures/fig-map.png",
        "scores.csv": "site/tables/scores.csv",
    }


def test_every_address_is_a_file(written):
    edition, _, files = written
    for addresses in files.values():
        for address in addresses.values():
            assert (edition.root / output_folder(edition) / address).is_file()


def test_what_shows_no_figure_and_no_table_has_no_files(written):
    assert set(written[2]) == {"fig-map", "tbl-list"}


def test_the_picture_has_two_hundred_and_twenty_dots_an_inch(written):
    data = (written[0].root / site_folder(written[0]) / "figures/fig-map.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    # 20 points and a margin of 8 on both sides, 72 points an inch: 36 / 72 × 220 = 110.
    assert int.from_bytes(data[16:20]) == 110


def test_the_svg_carries_the_fonts_of_its_words(written):
    svg = (written[0].root / site_folder(written[0]) / "figures/fig-map.svg").read_text("utf8")
    assert svg.startswith("<svg")
    assert svg.count("@font-face") == 1  # one Latin face, and none of Chinese, which it has not
    assert svg.endswith("AB</text></svg>")


def test_a_bold_word_needs_one_more_face():
    bold = SVG.replace("font-size", "font-weight: 600; font-size")
    assert downloads.with_fonts(bold, FACES).count("@font-face") == 2


def test_chinese_has_the_face_that_it_names():
    chinese = SVG.replace("Fira Sans", "Noto Sans SC")
    assert "Noto Sans SC" in downloads.with_fonts(chinese, FACES).split("base64")[0]


def test_a_table_is_csv_in_which_nothing_is_a_formula(written):
    table = (written[0].root / site_folder(written[0]) / "tables/tbl-list.csv").read_text("utf8")
    assert table == "City,Move\n'=HYPERLINK(),+3\n\"b, c\",'+x\n"


def test_an_unchanged_picture_is_not_drawn_again(written, monkeypatch):
    edition, origins, files = written
    monkeypatch.setattr(downloads, "pictures", pytest.fail)
    assert downloads.write_downloads(edition, origins) == files
