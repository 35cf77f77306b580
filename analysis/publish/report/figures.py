"""Figures inside the page: SVG whose words are part of the text, small, and good in the dark.

Both renderers put an SVG into the page as an image. Here each image gives way to its drawing: what
matplotlib writes is said more briefly, names are made the figure's own, and styles become classes
of one style sheet, whose colours follow the reader's light or dark mode.
"""

import base64
import html
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from analysis.publish.report.dark import dark_colour

IMAGE = re.compile(r'<img\b[^>]*\bsrc="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
HEAD_END = "</head>"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
COLOUR = re.compile(r"#[0-9a-f]{6}\b")
REFERENCE = re.compile(r"(?<=url\(#)[^)]+(?=\))|(?<=^#).+$")
TURNED_BY_NOTHING = re.compile(r"rotate\(-?0(?:\s[^)]*)?\)")
FONT_SIZE = re.compile(r"font-size:\s*([\d.]+)px")
POINTS = re.compile(r"([\d.]+)pt$")
LEFT_OUT = ("metadata", "style", "title", "desc")
# Width of a drawing that fills the column, in points, and the smallest type in pixels.
FULL_WIDTH, SMALLEST_TYPE = 482.4, 11
DIGITS = 2


class Styles:
    """The styles of all figures of a page, each a class."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._colours: set[str] = set()

    def name(self, declarations: str) -> str:
        """The class that has these declarations."""
        compact = re.sub(r"\s*([:;])\s*", r"\1", declarations.strip().rstrip(";"))
        return self._names.setdefault(compact, f"f{len(self._names)}")

    def sheet(self) -> str:
        """The style element: the classes, and each colour in light and in dark mode."""
        rules = [
            f".{name}{{{COLOUR.sub(self._variable, style)}}}" for style, name in self._names.items()
        ]
        light, dark = (
            "".join(f"--{colour[1:]}:{shown(colour)};" for colour in sorted(self._colours))
            for shown in (str, dark_colour)
        )
        # The picture of the cover is dark in both modes.
        modes = (
            f":root,.cover{{{light}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        )
        return "<style>\n" + modes + "\n" + "\n".join(rules) + "\n</style>\n"

    def _variable(self, colour: re.Match[str]) -> str:
        self._colours.add(colour[0])
        return f"var(--{colour[0][1:]})"


def with_drawings(document: str) -> str:
    """The page with every SVG image as a drawing, and one style sheet for them in its head."""
    styles, number = Styles(), 0

    def drawn(image: re.Match[str]) -> str:
        nonlocal number
        number += 1
        found = ALTERNATIVE.search(image[0])
        alternative = html.unescape(found[1]) if found else ""
        svg = base64.b64decode(image[1]).decode()
        return drawing(svg, f"d{number}", alternative, styles)

    page = IMAGE.sub(drawn, document)
    return page.replace(HEAD_END, styles.sheet() + HEAD_END, 1) if number else page


def drawing(svg: str, name: str, alternative: str, styles: Styles) -> str:
    """An SVG as an element of a page, or as two where it holds another for a phone.

    Parameters
    ----------
    svg : str
        The file.
    name : str
        Put before every name inside, so that those of two figures do not clash.
    alternative : str
        What the figure shows, in words; read first, and shown where the pointer rests.
    styles : Styles
        Takes the styles of the figure.
    """
    root = ElementTree.fromstring(svg)
    narrow = next((child for child in root if child.get("class") == "narrow"), None)
    if narrow is None:
        return _element(root, name, "drawing", alternative, styles)
    root.remove(narrow)
    return _element(root, name, "drawing wide", alternative, styles) + _element(
        narrow, f"{name}n", "drawing narrow", alternative, styles
    )


def _element(root: Element, name: str, kind: str, alternative: str, styles: Styles) -> str:
    kept = {target: f"{name}-{i}" for i, target in enumerate(_targets(root))}
    inner = "".join(_written(child, kept, styles) for child in root)
    title = f"<title>{html.escape(alternative, quote=False)}</title>"
    attributes = f'class="{kind}" {_frame(root)}'
    return f'<svg role="graphics-document" {attributes}>{title}{inner}</svg>'


def _frame(root: Element) -> str:
    """Shape, share of the column and least width at which the smallest type can be read."""
    size = POINTS.match(root.get("width", ""))
    width = float(size[1]) if size else FULL_WIDTH
    styles = " ".join(element.get("style", "") for element in root.iter())
    sizes = [float(found) for found in FONT_SIZE.findall(styles)]
    readable = round(width * SMALLEST_TYPE / min(sizes)) if sizes else 0
    share = min(100, round(100 * width / FULL_WIDTH))
    return (
        f'viewBox="{_short(root.get("viewBox", ""))}" '
        f'style="--share:{share}%;--readable:{readable}px"'
    )


def _targets(root: Element) -> list[str]:
    """Names inside a drawing that something in it refers to."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    named = (found[0] for value in values for found in REFERENCE.finditer(value))
    return list(dict.fromkeys(named))


def _written(element: Element, names: Mapping[str, str], styles: Styles) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag in LEFT_OUT:
        return ""
    inner = "".join(_inside(element, tag, names, styles))
    attributes = "".join(
        f' {key}="{html.escape(value)}"' for key, value in _kept(element, names, styles)
    )
    if tag in {"g", "defs"} and (not inner or (tag == "g" and not attributes)):
        return inner
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _inside(element: Element, tag: str, names: Mapping[str, str], styles: Styles) -> Iterator[str]:
    worded = tag in {"text", "tspan"}
    if worded:
        yield html.escape(element.text or "", quote=False)
    for child in element:
        yield _written(child, names, styles)
        if worded:
            yield html.escape(child.tail or "", quote=False)


def _kept(element: Element, names: Mapping[str, str], styles: Styles) -> Iterator[tuple[str, str]]:
    """Attributes of an element as the page needs them."""
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        if name == "id":
            if value in names:
                yield "id", names[value]
        elif name == "style":
            yield "class", styles.name(value)
        elif name == "transform":
            turned = TURNED_BY_NOTHING.sub("", value).strip()
            if turned:
                yield name, _short(turned)
        elif name in {"href", "clip-path", "fill", "mask"} and not value.startswith("data:"):
            yield name, REFERENCE.sub(lambda found: names[found[0]], value)
        else:
            yield name, _short(value) if name != "href" else value


def _short(value: str) -> str:
    """Numbers in as many digits as can be seen, and no more spaces than needed."""
    rounded = NUMBER.sub(lambda found: f"{round(float(found[0]), DIGITS):g}", value)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded).strip() if len(value) > 40 else rounded
