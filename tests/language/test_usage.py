"""Letters of the other script and words of the other usage: found, and in no committed text."""

import re

import pandas as pd
import pytest

from analysis.editions import Edition, load
from analysis.language.languages import offered_languages
from analysis.language.names import is_chinese
from analysis.language.sentences import prose
from analysis.language.usage import Usage, usage, usage_faults

GLOSSARY = pd.DataFrame(
    [
        ["資訊", "信息", "信息", "资讯"],
        ["數位", "数字", "", "数位"],
        ["中位數", "中位数", "", ""],
        ["公布", "公布", "公佈|公怖", ""],
        ["領域", "领域", "分領域|領域化", ""],
    ],
    columns=["zh_hant", "zh_hans", "never_zh_hant", "never_zh_hans"],
)
HANT = Usage("zh_hant", GLOSSARY, ["信息技術發展", "咸陽"])
HANS = Usage("zh_hans", GLOSSARY, ["信息技术发展"])


@pytest.mark.parametrize(
    ("of", "text", "faults"),
    [
        (HANT, "資訊與信息技術發展，咸陽", []),
        (HANT, "好\n信息", ["line 2: 信息, which is 資訊 here"]),
        (HANT, "公佈", ["line 1: 公佈, which is 公布 here"]),
        (HANT, "分領域與領域", ["line 1: 分領域, which is 領域 here"]),  # of which a part is a term
        (HANT, "這領域化", ["line 1: 領域化, which is 領域 here"]),
        (HANT, "这是國家", ["line 1: 这 is of the other script"]),
        (HANT, "《这是信息》與[这]{lang=zh-Hans}", []),
        (HANS, "信息，中位数位于", []),
        (HANS, "资讯", ["line 1: 资讯, which is 信息 here"]),
        (HANS, "中數位", ["line 1: 數 is of the other script"]),
        (HANS, "数位", ["line 1: 数位, which is 数字 here"]),
        (HANS, "即[嶽陽]{lang=zh-Hant}", []),
    ],
)
def test_letters_of_the_other_script_and_words_of_the_other_usage_are_found(of, text, faults):
    assert list(of.faults(text)) == faults


def test_names_and_terms_are_those_of_the_tables():
    found = usage(load(), "zh_hant")
    assert {"岳陽市", "信息技術發展", "廣東省", "單元數位化"} <= set(found.names)
    assert found.never["質量"] == "品質"


def test_no_text_of_a_language_that_is_offered_has_any():
    """Of one that is still being written, the command `language` lists them."""
    edition = load()
    chinese = [name for name in offered_languages(edition.root) if is_chinese(name)]
    found = [fault for name in chinese for fault in usage_faults(edition, name)]
    assert found == [], "\n".join(found)


def test_faults_are_named_by_file_and_line(monkeypatch, tmp_path):
    folder = tmp_path / "sections" / "zh_hant"
    folder.mkdir(parents=True)
    (folder / "a.qmd").write_text("好\n信息只有", "utf8")
    monkeypatch.setattr("analysis.language.usage.usage", lambda *_: HANT)
    monkeypatch.setattr(Edition, "labels", lambda *_: ["資訊", "公佈"])
    assert list(usage_faults(Edition("2031", tmp_path), "zh_hant")) == [
        "sections/zh_hant/a.qmd, line 2: 信息, which is 資訊 here",
        "labels.csv, line 3: 公佈, which is 公布 here",
    ]


def test_a_section_is_referred_to_between_its_counter_and_its_measure_word():
    """The word before a number that a renderer sets does not do in Chinese: 第4.1節."""
    edition = load()
    for language in filter(is_chinese, offered_languages(edition.root)):
        texts = [path.read_text("utf8") for path in (edition.root / prose(language)).glob("*.qmd")]
        found = re.findall(r".?\[?-?@sec-[\w-]+\]?.?", "\n".join(texts))
        assert len(found) > 20
        assert [each for each in found if not re.fullmatch(r"第\[-@[\w-]+\][節节]", each)] == []
