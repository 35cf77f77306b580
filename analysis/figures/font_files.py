"""The font files of the report: which, from which package, and where else they are to be had."""

import hashlib
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from analysis.index.refusal import RefusedValueError

LATIN, CHINESE = "Fira Sans", "Noto Sans SC"
FAMILIES = [LATIN, CHINESE]


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
}


class Face(NamedTuple):
    """A font file and how style sheets call it; a face without weights stays out of the HTML."""

    file: str
    family: str
    sha256: str
    style: str = "normal"
    weights: str = ""


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


def font_path(face: Face) -> Path:
    """Where the file of `face` is: in its package, or among the fonts of the environment.

    Raises
    ------
    RefusedValueError
        Naming the font, its package, and where the same files are to be had, if it is in neither
        place, or another version of it is.
    """
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
    files = ", ".join(face.file for face in FACES if face.family == family)
    return (
        f"the font {family} is lacking: the package {source.package} is not installed. If it is no "
        f"longer to be had, the same files are at {source.elsewhere}; put {files} into {by_hand()}"
    )


def copy_fonts(folder: Path) -> list[Path]:
    """Copy the font files into `folder`, where Typst and Quarto look for them."""
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(font_path(face), folder / face.file)) for face in FACES]
