"""A PDF by Typst: what it is told, and what it is refused for."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from analysis.publish.errors import PublishError
from analysis.publish.typesetting import Document, pictures, typeset

DAY = 1_766_016_000  # 18 December 2025


def document(root: Path, text: str, **inputs: str) -> Document:
    source = root / "page.typ"
    source.write_text(text, "utf8")
    return Document(source, root, fonts=[], timestamp=DAY, standards=[], inputs=inputs)


def test_a_request_holds_nothing_but_what_json_can():
    asked = Document(Path("a.typ"), Path("r"), [Path("f")], 7, ["ua-1"], {"x": "1"}).request()
    assert asked == {
        "input": "a.typ",
        "root": "r",
        "font_paths": ["f"],
        "timestamp": 7,
        "pdf_standards": ["ua-1"],
        "sys_inputs": {"x": "1"},
    }


def test_a_page_has_the_date_that_it_is_given_and_the_same_bytes_twice(tmp_path):
    page = document(tmp_path, "#set document(date: auto)\n#rect()")
    first = typeset(page)
    reader = PdfReader(BytesIO(first))
    assert len(reader.pages) == 1
    assert reader.metadata.creation_date.date().isoformat() == "2025-12-18"
    assert typeset(page) == first


def test_an_input_is_shown_and_not_run(tmp_path):
    text = '#set text(font: "Libertinus Serif")\n#sys.inputs.name'
    pdf = typeset(document(tmp_path, text, name="#panic()"))
    assert "#panic()" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('#panic("no")', "panicked with: "),
        ("#unknown", "unknown variable: unknown"),
        ('#text(font: "No Such Font")[x]', "unknown font family: no such font"),
        ('#read("../secret")', "cannot"),
    ],
)
def test_errors_and_warnings_are_refused_with_the_name_of_the_file(tmp_path, text, said):
    with pytest.raises(PublishError, match=r"^Typst, page\.typ: ") as refusal:
        typeset(document(tmp_path, text))
    assert said in str(refusal.value)


def test_every_page_is_a_picture_of_the_size_asked_for(tmp_path):
    page = document(
        tmp_path, "#set page(width: 36pt, height: 72pt)\n#rect()\n#pagebreak()\n#rect()"
    )
    pages = pictures(page, 144)
    # 36 points are half an inch, 72 dots of 144 an inch.
    assert [int.from_bytes(data[16:20]) for data in pages] == [72, 72]


def test_a_picture_that_typst_finds_fault_with_is_refused(tmp_path):
    with pytest.raises(PublishError, match=r"Typst, page\.typ: .*unknown variable: x"):
        pictures(document(tmp_path, "#x"), 72)
