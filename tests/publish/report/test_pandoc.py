"""Running pandoc, and saying where it found fault."""

import os

import pypandoc
import pytest

from analysis.editions import ROOT
from analysis.publish.report.pandoc import pandoc


def test_the_pandoc_of_the_package_is_used_and_not_a_newer_one(tmp_path, monkeypatch):
    newer = tmp_path / "pandoc"
    newer.write_text("#!/bin/sh\necho pandoc 99.0\n", "utf8")
    newer.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(newer))
    monkeypatch.setattr(pypandoc, "__pandoc_path", None, raising=False)
    assert b"99.0" not in pandoc(["--version"], "").stdout
    assert pandoc(["--to=html"], "*x*").stdout == b"<p><em>x</em></p>\n"


# For Chinese: no spaces from the source, and dates written out.
CHINESE = ROOT / "theme" / "chinese.lua"


def written(text: str, language: str) -> str:
    arguments = [f"--lua-filter={CHINESE}", f"--metadata=lang:{language}", "--from=markdown"]
    done = pandoc([*arguments, "--to=markdown", "--wrap=none"], text)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("第一句。\n第二句。", "第一句。第二句。"),
        ("共有。\n2020年", "共有。2020年"),
        ("見 @fig-map 所示，", "見@fig-map所示，"),
        ("（見 @sec-data ）", "（見@sec-data）"),
        ("a b\nc", "a b c"),
        ("*公布*\n與**重構**", "*公布*與**重構**"),
        ("於 2020-12-18 發布", "於2020年12月18日發布"),
        ("version 2020-12", "version 2020-12"),
    ],
)
def test_spaces_beside_chinese_vanish_and_dates_are_written_out(text, said):
    assert written(text, "zh-Hant") == said


def test_other_languages_keep_their_spaces_and_dates():
    text = "深圳 in 2020-12-18, see @fig-map 。"
    assert written(text, "en") == text
