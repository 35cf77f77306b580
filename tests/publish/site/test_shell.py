"""What all pages beside the report share: the frame, the bar, the style, and what is refused."""

from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from analysis.editions import Edition
from analysis.publish.errors import PublishError
from analysis.publish.site import shell
from analysis.publish.site.shell import Site

WORDS = {f"site_{name}": name.title() for name in (
    "report", "explorer", "cities", "notebooks", "dictionary", "checklist", "skip", "pages"
)} | {"html_language": "zh-Hans"}  # fmt: skip


@pytest.fixture
def site(tmp_path):
    edition = SimpleNamespace(root=tmp_path, name="tiny", document="report-next.qmd")
    return SimpleNamespace(
        edition=edition,
        language="zh_hans",
        words=WORDS,
        project={"project": "Twelve cities"},
        document="report-next.qmd",
        folder=tmp_path / "_output" / "tiny" / "zh_hans" / "site",
    )


def test_the_bar_leads_to_parts_that_are_there_or_about_to_be(site, tmp_path):
    assert shell.places(site) == []
    (tmp_path / "_output" / "tiny" / "zh_hans").mkdir(parents=True)
    (tmp_path / "_output" / "tiny" / "zh_hans" / "report.html").write_text("")
    (report,) = shell.places(site)
    assert report == {"key": "site_report", "name": "Report", "address": "../report.html"}
    coming = shell.places(site, ["site_cities"])
    assert [part["key"] for part in coming] == ["site_report", "site_cities"]


@pytest.mark.parametrize(
    ("address", "up"), [("index.html", ""), ("cities/index.html", "../"), ("a/b/c.html", "../../")]
)
def test_a_page_knows_the_way_to_the_top_of_the_site(site, address, up):
    frame = shell.page_frame(site, address)
    assert (frame["up"], frame["here"]) == (up, address)
    assert (frame["lang"], frame["edition"], frame["project"]) == (
        "zh-Hans", "tiny", "Twelve cities",
    )  # fmt: skip


def test_what_is_filled_in_is_escaped_and_what_is_not_there_an_error():
    environment = shell.environment()
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError, match="'y' is undefined"):
        environment.from_string("{{ y }}").render()


def test_a_page_may_load_the_style_and_the_map_and_nothing_else():
    style = '<link href="../assets/site.css"><img alt="a" src="../assets/map.svg">'
    shell.refuse_unfit("a.html", style)
    with pytest.raises(PublishError, match=r"^a\.html: the page would load from outside: .*x\.js"):
        shell.refuse_unfit("a.html", f'{style}<script src="https://example.org/x.js"></script>')


@pytest.mark.parametrize(
    "loading",
    [
        '<img alt="a > b" src="https://example.org/x.png">', "<img alt='>' src=//example.org/x>",
        '<p style="background: url(https://example.org/x)">', "<style>@import 'x.css';</style>",
        '<link rel="stylesheet" href="other.css">', '<input type="image" src="x.png">',
    ],
)  # fmt: skip
def test_whatever_loads_something_is_looked_at(loading):
    assert shell.loads(loading)
    with pytest.raises(PublishError, match="would load from outside"):
        shell.refuse_unfit("a.html", loading)


@pytest.mark.parametrize(
    "harmless",
    ['<input type="search" id="find">', "<script>x</script>",
     '<img src="../assets/map.svg" alt="">',
     '<script type="application/json" id="a">'],
)  # fmt: skip
def test_what_loads_nothing_but_files_of_the_site_needs_no_look(harmless):
    assert not shell.loads(harmless)


def test_a_letter_without_a_glyph_is_named_with_its_number():
    with pytest.raises(PublishError, match=r"no glyph for ᚠ \(U\+16A0\)"):
        shell.refuse_unfit("a.html", "<p>ᚠ</p>")


def test_nothing_is_written_if_one_page_is_unfit(tmp_path):
    pages = {"a.html": "<p>a</p>", "b.html": '<img alt="b" src="https://example.org/b.png">'}
    with pytest.raises(PublishError, match=r"^b\.html"):
        shell.write_pages(tmp_path / "site", pages)
    assert not (tmp_path / "site").exists()


def test_pages_that_are_no_more_go_and_others_stay(tmp_path):
    folder = tmp_path / "site"
    for name in ("cities/1.html", "cities/2.html", "index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("old")
    shell.write_pages(folder, {"cities/1.html": "<p>new</p>"}, "cities/*.html")
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert left == {"cities/1.html", "index.html"}
    assert (folder / "cities" / "1.html").read_text() == "<p>new</p>"


def test_the_style_is_that_of_the_report_then_that_of_the_site_then_the_fonts(
    tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        shell, "html_style", lambda letters, _: asked.append(letters) or "<style>\nFONTS</style>\n"
    )
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "report.css").write_text("REPORT")
    of = Site(Edition("2031", tmp_path))
    shell.write_style(of, ["深"])
    written = (of.folder / shell.STYLE).read_text()
    site = (shell.TEMPLATES / "site.css").read_text("utf8")
    assert written == f"REPORT\n{site}\nFONTS"
    # Letters that are known already ask for nothing new; the earlier ones are kept with a new one.
    shell.write_style(of, ["深"])
    assert len(asked) == 1
    shell.write_style(of, ["圳"])
    assert {"深", "圳"} <= asked[1]
