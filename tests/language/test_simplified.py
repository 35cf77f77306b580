"""Simplified Chinese: made of the Traditional by glossary and OpenCC, and up to date."""

import pandas as pd
import pytest

from analysis.editions import ROOT, Edition, load
from analysis.language import simplified
from analysis.language.simplified import simplified_files, simplifier

GLOSSARY = pd.DataFrame(
    {
        "zh_hant": ["數位", "中位數", "網際網路", "網路"],
        "zh_hans": ["数字", "中位数", "互联网", "网络"],
    }
)


@pytest.fixture(scope="module")
def simplify():
    return simplifier(GLOSSARY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("數位城市", "数字城市"),  # the glossary
        ("中位數位於", "中位数位于"),  # the longest term that fits
        ("網際網路與網路", "互联网与网络"),
        ("裡面的著名標準", "里面的著名标准"),  # OpenCC
        ("「公布『百強』」", "“公布‘百强’”"),  # quotation marks
        ("[嶽陽]{lang=zh-Hant}，即岳陽", "[嶽陽]{lang=zh-Hant}，即岳阳"),  # as printed
        ("lang: zh-Hant, sections/zh_hant", "lang: zh-Hans, sections/zh_hans"),
        ("{{< var east.數 >}} `a.csv` @fig-map", "{{< var east.数 >}} `a.csv` @fig-map"),
        ("", ""),
    ],
)
def test_terms_are_those_of_the_glossary_and_letters_those_of_opencc(simplify, text, said):
    assert simplify(text) == said


def test_the_simplified_language_is_up_to_date():
    made = simplified_files(load())
    there = {path.relative_to(ROOT) for path in (ROOT / "sections/zh_hans").rglob("*.*")}
    assert {path for path in made if path.parts[0] == "sections"} == there
    stale = [str(path) for path, text in made.items() if (ROOT / path).read_text("utf8") != text]
    assert stale == [], "make simplified"
    assert len(made) > 10


def test_english_texts_stay_and_translations_become_simplified(tmp_path, monkeypatch):
    reference = tmp_path / "data" / "reference"
    reference.mkdir(parents=True)
    (tmp_path / "sections/zh_hant/texts").mkdir(parents=True)
    (tmp_path / "sections/zh_hant/texts/cases.csv").write_text(
        "en,zh_hant\n國 one.,網路。\n", "utf8"
    )
    monkeypatch.setattr(Edition, "reference_table", lambda *_: GLOSSARY)
    for name, column in simplified.NAMES.items():
        one, other = (column.format(language) for language in ("zh_hant", "zh_hans"))
        (reference / f"{name}.csv").write_text(f"key,{one},{other},en\na,網路,,國\n", "utf8")
    made = {
        path.as_posix(): text for path, text in simplified_files(Edition("2020", tmp_path)).items()
    }
    assert made["sections/zh_hans/texts/cases.csv"] == "en,zh_hans\n國 one.,网络。\n"
    assert made["data/reference/labels.csv"] == "key,zh_hant,zh_hans,en\na,網路,网络,國\n"
    assert len(made) == 1 + len(simplified.NAMES)
