"""The tiny edition as a project that pages can be written for."""

import shutil
from pathlib import Path

from analysis import editions

REPORT = """---
title: "Twelve cities"
author:
  - name: "Nobody"
date: 2026-01-02
version: "1.2.3"
---
"""
# What a table may hold and no page may run, load or expand.
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{< include /etc/passwd >}}",
    '#read("/etc/passwd")',
    "](javascript:alert(1))",
    '=HYPERLINK("http://example.org")',
    "{{ 7 * 7 }} {% raw %}",
    "$x$ *a* _b_ `c` @d <e> \\u{41}",
    "</article></main><style>*{display:none}</style>",
    "left \u202e right",
]


def lay_out_project(built: editions.Edition, root: Path) -> editions.Edition:
    """Copy a built edition below `root` and add what its pages are written with."""
    shutil.copytree(built.root, root, dirs_exist_ok=True)
    (root / "_quarto.yml").write_text("project: {render: [report.qmd]}\n")
    (root / "report.qmd").write_text(REPORT)
    (root / "theme").mkdir(exist_ok=True)
    shutil.copy(editions.ROOT / "theme" / "report.css", root / "theme")
    real = editions.ROOT / "data" / "reference"
    shutil.copy(real / "profiles.csv", root / "data" / "reference")
    return editions.load(built.name, root)
