"""Notebooks as pages: what a cell becomes."""

from analysis.publish.site import notebook_pages as pages

LINK = "[in the report](../report.html#{})"


def cell(source: str, *outputs: dict) -> dict:
    return {"cell_type": "code", "id": "cell-3", "metadata": {}, "source": source,
            "outputs": list(outputs)}  # fmt: skip


def shows(**data: str) -> dict:
    kinds = {"svg": "image/svg+xml", "markdown": "text/markdown", "plain": "text/plain"}
    return {
        "output_type": "display_data", "data": {kinds[name]: text for name, text in data.items()},
    }  # fmt: skip


def prepared(of: dict, back: dict[str, str] | None = None) -> list[dict]:
    return pages.prepared(of, back or {}, LINK)


def test_prose_stays_as_it_is_and_is_marked_as_english():
    prose = {"cell_type": "markdown", "source": "#| label: x"}
    assert prepared(prose) == [prose | {"metadata": {"lang": "en"}}]


def test_code_is_named_by_its_label_and_shown_without_its_options():
    (code,) = prepared(cell("#| label: bars\n#| fig-alt: Bars.\nplot()"))
    assert (code["id"], code["source"]) == ("bars", "plot()")


def test_code_without_a_label_keeps_its_number():
    (code,) = prepared(cell("1 + 1"))
    assert code["id"] == "cell-3"


def test_a_figure_is_part_of_the_page_with_its_alternative_text():
    source = "#| label: bars\n#| fig-alt: 'Bars \"and\" more.'\nplot()"
    (_, shown) = prepared(cell(source, shows(svg="<svg/>", plain="<Figure>")))
    assert shown["id"] == "bars-output"
    # The six letters in base 64.
    drawn = "data:image/svg+xml;base64,PHN2Zy8+"
    assert shown["source"] == f"![Bars &#34;and&#34; more.]({drawn})"


def test_what_the_report_shows_is_in_the_language_of_the_page_and_other_values_in_english():
    (_, shown) = prepared(cell("#| label: bars\nx", shows(plain="1")))
    assert shown["metadata"] == {}
    (_, other) = prepared(cell("x", shows(plain="1")))
    assert other["metadata"] == {"lang": "en"}


def test_a_table_is_shown_as_markdown_and_other_values_as_text_in_code():
    (_, shown) = prepared(cell("x", shows(markdown="\n| a |\n|---|\n", plain="...")))
    assert shown["source"] == "| a |\n|---|"
    (_, plain) = prepared(cell("x", shows(plain="one\ntwo")))
    assert plain["source"] == "    one\n    two"


def test_a_cell_of_the_report_leads_there():
    (_, shown) = prepared(cell("#| label: bars\nx"), {"bars": "fig-bars"})
    assert shown["source"] == "[in the report](../report.html#fig-bars)"


def test_what_is_printed_stays_with_its_code():
    printed = {"output_type": "stream", "name": "stdout", "text": "done"}
    (code,) = prepared(cell("print('done')", printed))
    assert code["outputs"] == [printed]


def test_tables_and_code_can_be_reached_by_keyboard_and_are_told_apart():
    body = pages.reachable("<table><tr></tr></table><pre>x</pre><table></table>", "Table <1>")
    assert body.count('<pre tabindex="0">') == 1
    assert body.count('class="wide-table" tabindex="0" role="region"') == 2
    assert 'aria-label="Table &lt;1&gt; 1"' in body
    assert 'aria-label="Table &lt;1&gt; 2"' in body


def test_html_in_prose_is_only_text():
    source = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "<script>x</script>"}
    notebook = {"cells": [source], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert "<script>" not in pages.to_html("a.ipynb", notebook)


def test_code_is_folded_and_what_it_shows_is_not():
    body = '<div class="sourceCode" id="a"><pre>x</pre></div><p>shown</p>'
    assert pages.folded(body, "Code <1>") == (
        '<details class="code"><summary>Code &lt;1&gt;</summary>'
        '<div class="sourceCode" id="a"><pre>x</pre></div></details><p>shown</p>'
    )
