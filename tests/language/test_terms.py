"""One word for one thing wherever a reader looks: place and stage, in heads, keys and axes."""

import re

import pytest

from analysis.editions import ROOT

# A place is no rank, a stage no tier, band or class.
FORBIDDEN = re.compile(r"\b(ranks?|tiers?|bands?|class(es)?)\b", re.IGNORECASE)
# Terms of statistics, where places of record are not meant.
TERMS = re.compile(r"rank correlation|percentile rank|\(ranks\)", re.IGNORECASE)
# What the audit workbook calls its columns, which its formulas are checked by.
OTHER_HEADS = "workbook_"


def forbidden(text: str) -> list[str]:
    return [found[0] for found in FORBIDDEN.finditer(TERMS.sub("", text))]


def test_no_word_of_a_figure_or_table_calls_a_place_or_a_stage_by_another_name(real):
    labels = real.reference_table("labels").set_index("key")["en"]
    shown = labels[~labels.index.str.startswith(OTHER_HEADS)]
    found = {key: forbidden(text) for key, text in shown.items() if forbidden(text)}
    assert found == {}


@pytest.mark.parametrize("name", ["titles", "alternatives"])
def test_no_title_and_no_alternative_text_does(name):
    text = (ROOT / "sections" / "en" / f"{name}.jinja").read_text("utf8")
    said = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    assert forbidden(said.replace("with a band for what is within", "")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("Rank now", ["Rank"]), ("Rank correlation", []), ("a class of places", ["class"]),
     ("not ranked", [])],
)  # fmt: skip
def test_another_name_would_be_found(text, found):
    assert forbidden(text) == found
