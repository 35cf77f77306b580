"""Prose of another language: the same blocks, which quote the same."""

import pytest

from analysis.editions import ROOT
from analysis.language.prose_structure import blocks, other_blocks

ENGLISH = """# Regions {#sec-regions}

The East has {{< var east >}} cities.
More are in @fig-map.

::: {.callout-note title="Said"}
- One item of `a.csv`.
- Another.
:::

::: {#fig-map}

{{< embed x.ipynb#map >}}

A map.
:::

$$x = 1$$ {#eq-x alt="x is one"}

```
make report
```
"""
CHINESE = """# 地區 {#sec-regions}

見 @fig-map 。
東部有{{< var east >}}個城市。

::: {.callout-note title="說明"}
- `a.csv` 的一項。
- 另一項。
:::

::: {#fig-map}

{{< embed x.ipynb#map >}}

地圖。
:::

$$x = 1$$ {#eq-x alt="x 為一"}

```
make report
```
"""


def test_words_and_their_order_within_a_block_are_free():
    assert list(other_blocks(ENGLISH, CHINESE)) == []


def test_every_block_is_told_by_its_kind_and_its_line():
    kinds = [(block.line, block.kind) for block in blocks(ENGLISH)]
    assert kinds == [
        (1, "# {#sec-regions}"), (3, "paragraph"), (6, "::: {.callout-note}"), (7, "item"),
        (8, "item"), (9, ":::"), (11, "::: {#fig-map}"), (13, "paragraph"), (15, "paragraph"),
        (16, ":::"), (18, "$$x = 1$$ {#eq-x}"), (20, "```\nmake report\n```"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ("{{< var east >}}", "59", [
            "line 3, “見 @fig-map 。 東部有59個城市。”, lacks var east of line 3"]),
        ("見 @fig-map 。\n", "", [
            "line 3, “東部有{{< var east >}}個城市。”, lacks @fig-map of line 3"]),
        ("見 @fig-map ", "見@fig-map所示", [
            "line 3, “見@fig-map所示。 東部有{{< var east >}}個城市。”, lacks @fig-map of line 3"]),
        ("`a.csv`", "`b.csv`", ["line 7, “- `b.csv` 的一項。”, lacks a.csv of line 7",
                                "line 7, “- `b.csv` 的一項。”, has b.csv, unlike line 7"]),
        ("- 另一項。\n", "", ["lacks line 8 of the original, “- Another.”"]),
        ("地圖。\n", "地圖。\n\n再一段。\n", ["line 17, “再一段。”, is not in the original"]),
        ("{#sec-regions}", "{#sec-region}", [
            "lacks line 1 of the original, “# Regions {#sec-regions}”",
            "line 1, “# 地區 {#sec-region}”, is not in the original"]),
        ("make report", "make rapport", [
            "lacks line 20 of the original, “``` make report ```”",
            "line 20, “``` make rapport ```”, is not in the original"]),
    ],
)  # fmt: skip
def test_what_differs_is_named_with_its_line(before, after, faults):
    assert list(other_blocks(ENGLISH, CHINESE.replace(before, after))) == faults


def test_a_long_paragraph_is_named_by_its_first_words():
    assert blocks("word " * 30)[0].name == f"“{'word ' * 12}…”"


def test_blocks_hold_every_line_of_the_sections():
    for path in (ROOT / "sections" / "en").glob("*.qmd"):
        text = path.read_text("utf8")
        assert " ".join(block.words for block in blocks(text)) == " ".join(text.split())
