"""The real Quarto, where there is one on the PATH: its report is the embedded renderer's."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from lxml import html as lxml_html
from pypdf import PdfReader

from analysis.editions import ROOT
from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.prerender import write_variables
from analysis.publish.report.quarto import OLDEST, quarto_version, render_with_quarto

from ..browser import chromium
from ..outline import html_outline, page_letters, words

HOSTILE = "<b>a</b> {{< include /etc/passwd >}} {{</* b */>}} {{<"
MORE = """
# Hostile facts

First {{< var hostile >}} and last.

```
{{{< var hostile >}}}
```

- {{< var hostile >}}
- In a list.

| fact | where |
|------|-------|
| {{< var hostile >}} | in a table |
"""

pytestmark = pytest.mark.skipif(
    (quarto_version() or (0,)) < OLDEST, reason="there is no Quarto of 1.9 or newer on the PATH"
)


@pytest.fixture(scope="module")
def twins(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two copies of the sample with hostile facts, one rendered by each renderer."""
    roots = {}
    for name in ("quarto", "embedded"):
        roots[name] = root = tmp_path_factory.mktemp(name) / "sample"
        shutil.copytree(prepared, root)
        with (root / "report.qmd").open("a", encoding="utf8") as report:
            report.write(MORE)
        (root / "data/results/2020/facts.yml").write_text(
            (root / "data/results/2020/facts.yml")
            .read_text("utf8")
            .replace("hostile: x", f"hostile: '{HOSTILE}'"),
            "utf8",
        )
        write_variables(root, "2020")
    _leave_out_preparation(roots["quarto"] / "_quarto.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")  # a clock that tells another day
        render_with_quarto(roots["quarto"])
        render_embedded(roots["embedded"])
    return roots


def _leave_out_preparation(settings: Path) -> None:
    """It would prepare the project of the installed package; the sample is prepared."""
    values = yaml.safe_load(settings.read_text("utf8"))
    del values["project"]["pre-render"]
    settings.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), "utf8")


def test_both_give_one_html(twins):
    found = {name: html_outline(root / "_output/report.html") for name, root in twins.items()}
    for part, ours in found["embedded"].items():
        assert found["quarto"][part] == ours, part


def test_both_give_one_pdf(twins):
    found = {name: page_letters(root / "_output/report.pdf") for name, root in twins.items()}
    assert found["quarto"] == found["embedded"]


def test_both_draw_the_same_pages(twins):
    drawn = {}
    for name, root in twins.items():
        pages = PdfReader(root / "_output/report.pdf").pages
        drawn[name] = [page.get_contents().get_data() for page in pages]
    assert drawn["quarto"] == drawn["embedded"]


@pytest.mark.parametrize("width", [1280, 400])
def test_both_look_the_same_in_a_browser(twins, width):
    shown = {}
    with chromium() as browser:
        for name, root in twins.items():
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto((root / "_output/report.html").as_uri())
            page.add_style_tag(content="div { content-visibility: visible !important }")
            page.wait_for_timeout(300)
            shown[name] = page.screenshot(full_page=True)
    assert shown["quarto"] == shown["embedded"]


def test_the_pdf_is_of_the_day_of_the_report(twins):
    for root in twins.values():
        information = PdfReader(root / "_output/report.pdf").metadata
        assert information.creation_date == datetime(2026, 11, 20, tzinfo=UTC)
        assert information.modification_date == information.creation_date


def test_what_surrounds_the_text_is_the_same(twins):
    heads = {}
    for name, root in twins.items():
        body = lxml_html.fromstring((root / "_output/report.html").read_bytes()).find("body")
        block = body.get_element_by_id("title-block-header")
        regions = [
            (body.get_element_by_id(node.get("aria-labelledby")).tag, node.get("role"))
            for node in body.xpath("//*[@tabindex='0']")
        ]
        skipping = [(link.get("href"), words(link)) for link in body.find_class("skip-link")]
        heads[name] = (skipping, words(block), regions)
    assert heads["quarto"] == heads["embedded"]
    assert len(heads["quarto"][2]) == 5


def test_it_leaves_nothing_but_its_output(twins):
    kept = {path.name for path in twins["embedded"].iterdir()} | {".quarto", ".gitignore"}
    assert {path.name for path in twins["quarto"].iterdir()} <= kept


def test_a_report_that_the_project_does_not_list_has_its_variables(write_body):
    root = write_body("# A\n\nIn {{< var top100.leader >}}.\n")
    _leave_out_preparation(root / "_quarto.yml")
    shutil.copy(ROOT / "_quarto-named.yml", root)
    (root / "report.qmd").rename(root / "report-other.qmd")
    page, _ = render_with_quarto(root, document="report-other.qmd")
    assert "In 深圳 Shenzhen." in page.read_text("utf8")
    assert 'href="report-other.pdf"' in page.read_text("utf8")


def test_what_stops_it_leaves_nothing_behind(write_body):
    root = write_body("# A\n\n![](theme/a.svg)\n")
    _leave_out_preparation(root / "_quarto.yml")
    (root / "theme" / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf8")
    before = {path.name for path in root.iterdir()}
    with pytest.raises(PublishError, match="missing alt text"):
        render_with_quarto(root)
    left = {path.name for path in root.iterdir()} - before
    assert left <= {".quarto", ".gitignore", "_output"}
    assert list((root / "_output").rglob("*.*")) == []
