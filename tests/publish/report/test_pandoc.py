"""Running pandoc, and saying where it found fault."""

import os

import pypandoc

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
