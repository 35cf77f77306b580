"""The encoding of a text file: told by the file where it can be, else by whoever brings it.

A byte order mark decides, and so does text that is valid UTF-8. What is left may be GB18030, in
which statistics offices of China write, or one of the many encodings of other countries. Most of
these are valid GB18030 too: the "ü" of Latin-1 and the letter behind it make a character. So
GB18030 is taken only where it makes plain Chinese of the file, and the rest is asked about.
"""

import codecs
import re
from collections import Counter
from typing import NamedTuple

from analysis.index.refusal import RefusedValueError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CHINESE, WESTERN = "gb18030", "cp1252"
# GB 2312 has signs in the rows A1 to A3, and the common characters, in the order of their sound in
# Chinese, in the rows B0 to D7; from C9 on these begin with S to Z.
FIRST_SIGNS, LAST_SIGNS = 0xA1, 0xA3
FIRST_COMMON, FIRST_S, LAST_COMMON, LAST_CHARACTERS = 0xB0, 0xC9, 0xD7, 0xF7
# In Chinese text at least 60 % of what is not ASCII are common characters and signs (simplified:
# 80 to 100 %), and two fifths of the characters sound from S to Z. Latin-1, Windows-1251,
# Shift JIS and Big5 that are taken for GB18030 have next to no common ones, and Korean and Japanese
# in EUC next to none that sound from S to Z.
LEAST_COMMON, LEAST_S = 0.6, 0.2
REMEDY = "save it as UTF-8, or name its encoding where there is an option --encoding"


class Text(NamedTuple):
    """The text of a file, and the encoding that it was in."""

    text: str
    encoding: str


class UnknownEncodingError(RefusedValueError):
    """Bytes that are no text in the encoding they are said to be in, or in none that can be told.

    `line` is the first line concerned, if that is known.
    """

    def __init__(self, rule: str, line: int | str = "") -> None:
        self.line, self.rule = line, rule
        super().__init__(rule)


def decoded(content: bytes, named: str = "") -> Text:
    """Decode the bytes of a file.

    Parameters
    ----------
    content
        All bytes of the file.
    named
        The encoding of a file that has no byte order mark and is not UTF-8.

    Raises
    ------
    UnknownEncodingError
        If there is no such encoding, the file is not in it, or none is named and the file does
        not show its own.
    """
    if named:
        _refuse_unknown(named)
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" not in content:  # which would be valid, and is no text
        try:
            return _strictly(content, "utf-8")
        except UnknownEncodingError:
            pass
    return _strictly(content, named) if named else _as_chinese(content)


def is_plain_chinese(text: str) -> bool:
    """Say whether text that was read as GB18030 is plain Chinese, and not another encoding."""
    rows: Counter[int] = Counter()
    for character, count in Counter(text).items():
        if not character.isascii():
            rows[_row(character)] += count

    def between(first: int, last: int) -> int:
        return sum(count for row, count in rows.items() if first <= row <= last)

    common = between(FIRST_SIGNS, LAST_SIGNS) + between(FIRST_COMMON, LAST_COMMON)
    late = between(FIRST_S, LAST_COMMON)
    return common >= LEAST_COMMON * rows.total() and late >= LEAST_S * between(
        FIRST_COMMON, LAST_CHARACTERS
    )


def sample(text: str) -> str:
    """The first word of a text that tells encodings apart, empty if all is ASCII."""
    found = re.search(r"[^\s,;]*[^\x00-\x7f][^,;\r\n]*", text)
    return found[0][:40] if found else ""


def _row(character: str) -> int:
    """Row of a character in GB 2312; 0 if it has none."""
    try:
        return character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0


def _refuse_unknown(named: str) -> None:
    try:
        "".encode(named)
    except LookupError as error:
        rule = f"no encoding is called {named!r}; some are cp1252, latin-1, gb18030 and big5"
        raise UnknownEncodingError(rule) from error


def _strictly(content: bytes, encoding: str) -> Text:
    try:
        return Text(content.decode(encoding), encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, at) + 1
        raise UnknownEncodingError(f"the file is not text in {encoding}", line) from error


def _as_chinese(content: bytes) -> Text:
    if b"\0" in content:
        rule = f"the file holds NUL bytes: it is no text, or UTF-16 without its mark; {REMEDY}"
        raise UnknownEncodingError(rule)
    readings = [f"{sample(content.decode(WESTERN, 'replace'))!r} in {WESTERN}"]
    try:
        text = content.decode(CHINESE)
    except UnicodeDecodeError:
        pass
    else:
        if is_plain_chinese(text):
            return Text(text, CHINESE)
        readings.append(f"{sample(text)!r} in {CHINESE}")
    first = next(number for number, byte in enumerate(content) if byte >= 0x80)
    line = content.count(b"\n", 0, first) + 1
    rule = (
        f"the file is not UTF-8, and its encoding cannot be told ({', '.join(readings)}); {REMEDY}"
    )
    raise UnknownEncodingError(rule, line)
