"""What no HTML may hold that is handed on."""

import pytest

from analysis.publish.errors import PublishError
from analysis.publish.report.html import outside_resources, readable_text, refuse_unfit_html


def test_what_would_be_loaded_is_found():
    source = """
      <link rel="stylesheet" href="a.css"><script src="b.js"></script><img src="c.png">
      <style>@import "d.css"; p { background: url(e.png) } i { src: url(data:x) }</style>
      <p style="background: url('f.png')"><a href="https://example.org">fine</a></p>"""
    found = " ".join(outside_resources(source))
    assert all(name in found for name in ("a.css", "b.js", "c.png", "d.css", "e.png", "f.png"))
    assert "example.org" not in found


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<script src='https://example.org/r.js'></script>", "the HTML would load from outside: <"),
        ("<img src='data:x'>", "no alternative text for the image: data:x"),
        ("<img src='data:x' alt=' '>", "no alternative text for the image: data:x"),
        ("<p>![](a.svg){fig-alt='Bars'}</p>", "mark-up stands in the text: fig-alt='Bars'}"),
        ("<div data-notebook='ROOT/_build/n.ipynb'>", "a place on this machine is named: ROOT"),
        ("<a href='file:///home/a'>b</a>", "a place on this machine is named: file:///home/a"),
    ],
)
def test_html_unfit_to_be_handed_on_is_refused_with_what_is_wrong(tmp_path, source, reason):
    page = f"<main><p>Text</p>{source.replace('ROOT', str(tmp_path))}</main>"
    with pytest.raises(PublishError) as refusal:
        refuse_unfit_html(page, "r.html", tmp_path)
    assert str(refusal.value).replace(str(tmp_path), "ROOT").startswith(f"r.html: {reason}")


def test_fit_html_is_not_refused(tmp_path):
    page = """<main data-path="/other/place"><img src="data:x" alt="Bars"><a href="#a">a</a>
      <script>f("fig-alt=")</script><p>See the site: <a href="site/a.html">b</a></p></main>"""
    refuse_unfit_html(page, "r.html", tmp_path)


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(PublishError) as refusal:
        refuse_unfit_html("<img src='x.png'>", "r.html", tmp_path)
    assert len(str(refusal.value).splitlines()) == 2


def test_readable_text_leaves_out_what_is_not_set_in_the_fonts_of_the_report():
    source = "<title>T</title><p>a<math>☃</math><a class='footnote-back'>↩</a>b</p>"
    assert readable_text(source) == "ab"
