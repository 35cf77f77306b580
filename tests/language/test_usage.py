"""Letters of the other script and words of the other usage: found, and in no committed text."""

import pandas as pd
import pytest

from analysis.editions import load
from analysis.language.usage import Usage, usage, usage_faults

GLOSSARY = pd.DataFrame(
    [
        ["資訊", "信息", "信息", "资讯"],
        ["數位", "数字", "", "数位"],
        ["中位數", "中位数", "", ""],
        ["公布", "公布", "公佈|公怖", ""],
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


@pytest.mark.parametrize("language", ["zh_hant", "zh_hans"])
def test_no_text_of_the_project_has_any(language):
    found = list(usage_faults(load(), language))
    assert found == [], "\n".join(found)
