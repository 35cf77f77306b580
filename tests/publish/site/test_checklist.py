"""The methodology as a list that an auditor ticks."""

from types import SimpleNamespace

import pandas as pd
import pytest
from lxml import html

from analysis.publish.site.checklist import checklist_pages

WORDS = {f"site_{name}": name for name in (
    "report", "explorer", "dictionary", "cities", "notebooks", "checklist", "file", "test",
    "skip", "pages",
)} | {"html_language": "en"}  # fmt: skip
TABLE = pd.DataFrame(
    [("Figures", "a < b", "a.csv", "t::a"), ("Ranks", "c", "c.py", "t::c"),
     ("Figures", "d", "d.csv", "t::d")],
    columns=["part", "claim", "file", "test"],
)  # fmt: skip


@pytest.fixture
def page(tmp_path):
    edition = SimpleNamespace(
        root=tmp_path, name="tiny", document="report.qmd", reference_table=lambda _: TABLE
    )
    site = SimpleNamespace(
        edition=edition,
        language="en",
        words=WORDS,
        project={"project": "Twelve cities"},
        document="report.qmd",
        heading=lambda word: f"{word}: ",
        say=lambda key, **values: f"{key} {values}",
        folder=tmp_path,
    )
    (address, text), *others = checklist_pages(site).items()
    assert (address, others) == ("checklist.html", [])
    return html.fromstring(text)


def test_claims_stand_by_part_in_the_order_of_the_table(page):
    assert [label.text for label in page.xpath("//label")] == ["a < b", "d", "c"]
    text = page.text_content()
    assert text.index("Figures") < text.index("Ranks")


def test_every_claim_has_a_box_of_its_own_and_names_its_file_and_test(page):
    boxes = page.xpath("//input[@type='checkbox']/@id")
    assert len(set(boxes)) == len(TABLE)
    assert [label.get("for") for label in page.xpath("//label")] == boxes
    for name in [*TABLE["file"], *TABLE["test"]]:
        assert name in page.text_content()


def test_nothing_is_ticked_before_the_reader_ticks_it(page):
    assert page.xpath("//input/@checked") == []
