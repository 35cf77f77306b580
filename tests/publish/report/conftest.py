"""A fake Quarto."""

import stat

import pytest

FAKE = """#!/bin/sh
if [ "$1" = --version ]; then echo "{version}"; exit 0; fi
mkdir -p _output
{script}
"""
WRITES = "echo '<p>x</p>' > _output/report.html; echo pdf > _output/report.pdf"


@pytest.fixture
def install_quarto(tmp_path, monkeypatch):
    """Put a fake quarto on the PATH, which then holds nothing but it and the system."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")

    def install(version: str, script: str = WRITES) -> None:
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir(exist_ok=True)
        program.write_text(FAKE.format(version=version, script=script), "utf8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return install
