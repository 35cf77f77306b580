"""The font files of the report: which, from which package, and where else they are to be had.

English needs Fira Sans, and Noto Sans SC for the names of cities. Chinese has Songti for text and
Heiti for headings, tables and figures, in the forms of its script; there its bold is cut from a
variable font, since no package has one of both scripts.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from analysis.figures import cutting
from analysis.index.refusal import RefusedValueError
from analysis.language import names

LATIN, CHINESE = "Fira Sans", "Noto Sans SC"
FAMILIES = [LATIN, CHINESE]
VARIABLE = "Noto Sans CJK"
# The forms of Chinese letters, as fonts call them: Simplified ones, unless a language has others.
SIMPLIFIED, TRADITIONAL = "SC", "TC"
FORMS = {names.SIMPLIFIED: SIMPLIFIED, names.TRADITIONAL: TRADITIONAL}


class Source(NamedTuple):
    """The package that brings a font, its folder there, and where the same files are as well."""

    package: str
    folder: str
    elsewhere: str


SOURCES = {
    LATIN: Source(
        "fontpkg-fira-sans",
        "fontpkg_fira_sans/files",
        "https://github.com/google/fonts, folder ofl/firasans (version 4.203)",
    ),
    CHINESE: Source(
        "pylopdf-fonts-zh-cn",
        "pylopdf_fonts_zh_cn",
        "https://github.com/notofonts/noto-cjk, folder Sans/SubsetOTF/SC (version 2.004)",
    ),
    "Noto Sans TC": Source(
        "pylopdf-fonts-zh-tw",
        "pylopdf_fonts_zh_tw",
        "https://github.com/notofonts/noto-cjk, folder Sans/SubsetOTF/TC (version 2.004)",
    ),
    "Noto Serif SC": Source(
        "pylopdf-fonts-zh-cn",
        "pylopdf_fonts_zh_cn",
        "https://github.com/notofonts/noto-cjk, folder Serif/SubsetOTF/SC (version 2.003)",
    ),
    "Noto Serif TC": Source(
        "pylopdf-fonts-zh-tw",
        "pylopdf_fonts_zh_tw",
        "https://github.com/notofonts/noto-cjk, folder Serif/SubsetOTF/TC (version 2.003)",
    ),
    VARIABLE: Source(
        "manimgx-fonts-cjk",
        "manimgx_fonts_cjk",
        "https://github.com/notofonts/noto-cjk, folder Sans/Variable/OTC (version 2.004)",
    ),
}


class Cut(NamedTuple):
    """How a face is cut from the variable font: which one of its collection, and which weight.

    It gets the letters of the face that is called `like`.
    """

    number: int
    weight: int
    like: str


class Face(NamedTuple):
    """A font file and how style sheets call it; a face without weights stays out of the HTML.

    One that is cut has no fixed checksum, since HarfBuzz may write it in another way.
    """

    file: str
    family: str
    sha256: str
    style: str = "normal"
    weights: str = ""
    cut: Cut | None = None


FACES = (
    Face(
        "FiraSans-Regular.ttf",
        LATIN,
        "c29556a2719bf613ef3d5e070e40d903a8965d9c081beca1375dc1e6e0f93c23",
        "normal",
        "400 500",
    ),
    Face(
        "FiraSans-Italic.ttf",
        LATIN,
        "a4204f9a8029c1c55daa5385ac95936f74abea3e232770f1fb2862a19d1dfa13",
        "italic",
        "400 500",
    ),
    Face(
        "FiraSans-Medium.ttf",
        LATIN,
        "cbc1842cbed8c1d1146ba7c9db97d8f28c9bedfd25f41c5b0e1259ca48622328",
    ),
    Face(
        "FiraSans-SemiBold.ttf",
        LATIN,
        "db0321f83eb3e9f527b8af384a1b3fefdc1039cf2b06fd39b3f61492bda9561c",
        "normal",
        "600 900",
    ),
    Face(
        "FiraSans-Bold.ttf",
        LATIN,
        "a4d8e149ecdd4874a0726eb0af894488b3b31c423d6b0017c8f415ed1b795b45",
    ),
    Face(
        "FiraSans-BoldItalic.ttf",
        LATIN,
        "1b96c16db9819bcaa9d588068bb397bb6e977c4874965d3d50d789a1943757eb",
        "italic",
        "600 900",
    ),
    Face(
        "NotoSansSC-Regular.otf",
        CHINESE,
        "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
        "normal",
        "400",
    ),
)


# The variable font, which is a collection for all scripts.
COLLECTION = Face(
    "NotoSansCJK-VF.otf.ttc",
    VARIABLE,
    "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32",
)
OF_TEXT, OF_HEADINGS = "400", "600 900"
# Songti, Heiti and its bold by form; the Simplified Heiti is among the faces of English already.
CHINESE_FACES = {
    SIMPLIFIED: (
        Face(
            "NotoSerifSC-Regular.otf",
            "Noto Serif SC",
            "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
            "normal",
            OF_TEXT,
        ),
        Face(
            "NotoSansSC-Bold.otf",
            CHINESE,
            "",
            "normal",
            OF_HEADINGS,
            Cut(2, 700, "NotoSansSC-Regular.otf"),
        ),
    ),
    TRADITIONAL: (
        Face(
            "NotoSansTC-Regular.otf",
            "Noto Sans TC",
            "5bab0cb3c1cf89dde07c4a95a4054b195afbcfe784d69d75c340780712237537",
            "normal",
            OF_TEXT,
        ),
        Face(
            "NotoSerifTC-Regular.otf",
            "Noto Serif TC",
            "63515eb0622d589a2f4062e8757c598b3da3bffd053f69abd181c210158ef10c",
            "normal",
            OF_TEXT,
        ),
        Face(
            "NotoSansTC-Bold.otf",
            "Noto Sans TC",
            "",
            "normal",
            OF_HEADINGS,
            Cut(3, 700, "NotoSansTC-Regular.otf"),
        ),
    ),
}
ALL_FACES = (*FACES, *(face for faces in CHINESE_FACES.values() for face in faces))


def chinese_form(language: str) -> str:
    """Which forms of Chinese letters a language has, as the names of fonts call them."""
    return FORMS[names.script(language)]


def faces_in(language: str) -> tuple[Face, ...]:
    """The faces that a document in a language is set with."""
    return (*FACES, *CHINESE_FACES[chinese_form(language)]) if names.is_chinese(language) else FACES


def families_in(language: str) -> list[str]:
    """The families of headings, tables and figures in a language, the first that has a letter."""
    return list(dict.fromkeys([LATIN, f"Noto Sans {chinese_form(language)}", CHINESE]))


def font_path(face: Face) -> Path:
    """Where the file of `face` is: in its package, or among the fonts of the environment.

    Raises
    ------
    RefusedValueError
        Naming the font, its package, and where the same files are to be had, if it is in neither
        place, or another version of it is.
    """
    if face.cut:
        return cut_path(face, face.cut)
    package, _, inside = SOURCES[face.family].folder.partition("/")
    found = find_spec(package)
    if found and found.origin:
        return Path(found.origin).parent / inside / face.file
    path = by_hand() / face.file
    if path.is_file() and sha256(path) == face.sha256:
        return path
    raise RefusedValueError(lacking(face.family))


def by_hand() -> Path:
    """The folder of the environment for font files that no package brings."""
    return Path(sys.prefix) / "share" / "fonts"


@cache
def sha256(path: Path) -> str:
    """SHA-256 of a font file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lacking(family: str) -> str:
    """What to do without the package of a font, in one line."""
    source = SOURCES[family]
    known = (*ALL_FACES, COLLECTION)
    files = ", ".join(face.file for face in known if face.family == family and not face.cut)
    return (
        f"the font {family} is lacking: the package {source.package} is not installed. If it is no "
        f"longer to be had, the same files are at {source.elsewhere}; put {files} into {by_hand()}"
    )


def copy_fonts(folder: Path, language: str = "en") -> list[Path]:
    """Copy the font files of a language into `folder`, where Typst and Quarto look for them."""
    folder.mkdir(parents=True, exist_ok=True)
    faces = faces_in(language)
    return [Path(shutil.copyfile(font_path(face), folder / face.file)) for face in faces]


def cut_path(face: Face, cut: Cut) -> Path:
    """Where a face that is cut is kept, which takes seconds and is done once in an environment."""
    name = cutting.cut_name(face.file)
    places = [by_hand() / name, Path(tempfile.gettempdir()) / "digital-city-fonts" / name]
    for path in places:
        if path.is_file():
            return path
    path = next((place for place in places if can_be_made(place.parent)), places[-1])
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{path.name}.{os.getpid()}")
    like = next(font_path(other) for other in ALL_FACES if other.file == cut.like)
    collection = font_path(COLLECTION)
    passing.write_bytes(cutting.cut_out(collection, cut.number, cut.weight, like, face.family))
    passing.replace(path)
    return path


def can_be_made(folder: Path) -> bool:
    """Whether files can be written into a folder that may not be there yet."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(nearest, os.W_OK)
