"""Where the prose of a language has another structure than the English original.

Both have the same blocks in the same order, and in each block the same references, variables,
codes and links. Words, and their order within a block, are free.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

# What a block quotes, whatever language it speaks.
MARK = re.compile(
    r"""\{\{<\s*(\w+\s+[^\s>]+)\s*>\}\} | (?<![\w.])(@(?:fig|tbl|sec|eq)-[\w-]+) | `([^`]+)`
      | \]\(([^)]+)\) | (\[\^[\w-]+\]) | (?<!\$)\$([^$]+)\$(?!\$)""",
    re.VERBOSE,
)
HEADING = re.compile(r"(#+) .*?(\{[^}]*\})?")
ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s")
# Attributes that are shown or read aloud.
SAID = re.compile(r'\s*\b(?:title|alt)="[^"]*"')
SHOWN = 60


class Block(NamedTuple):
    """A block of prose: where it begins, of what kind it is, what it quotes, and its words."""

    line: int
    kind: str
    marks: frozenset[str]
    words: str

    @property
    def name(self) -> str:
        """What the block begins with."""
        return f"“{self.words[:SHOWN]}{'…' if len(self.words) > SHOWN else ''}”"


def blocks(text: str) -> list[Block]:
    """The blocks of a section: headings, fences, formulas, paragraphs, items of lists."""
    found: list[Block] = []
    gathered: list[str] = []
    code = False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        fence = line.startswith("```")
        if gathered and not code and (not line.strip() or stands_alone(line) or ITEM.match(line)):
            found.append(block(number - len(gathered), gathered))
            gathered = []
        if line.strip() or code:
            gathered.append(line)
        code = code != fence
        if gathered and not code and (fence or stands_alone(line)):
            found.append(block(number + 1 - len(gathered), gathered))
            gathered = []
    return found


def stands_alone(line: str) -> bool:
    """Whether a line is a block by itself: a heading, a fence of a division or a formula."""
    return line.startswith((":::", "#", "$$"))


def block(line: int, lines: list[str]) -> Block:
    """The block that these lines are."""
    text = "\n".join(lines)
    quoted = (" ".join(filter(None, mark)) for mark in MARK.findall(text))
    return Block(line, kind_of(text), frozenset(quoted), " ".join(text.split()))


def kind_of(text: str) -> str:
    """All of a block that is the same in every language, but for what it quotes."""
    heading = HEADING.fullmatch(text)
    if heading:
        return " ".join(filter(None, heading.groups()))
    if text.startswith((":::", "$$")):
        return SAID.sub("", text)
    if text.startswith("```"):
        return text
    return "item" if ITEM.match(text) else "paragraph"


def other_blocks(original: str, said: str) -> Iterator[str]:
    """What a section lacks of the original or has beside it, each with its line and its words."""
    there, here = blocks(original), blocks(said)
    sides = [[(each.kind, each.marks) for each in side] for side in (there, here)]
    for same, a, b, c, d in SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes():
        for one, other in zip_longest(there[a:b], here[c:d]) if same != "equal" else ():
            yield from other_block(one, other)


def other_block(original: Block | None, said: Block | None) -> Iterator[str]:
    """In what a block differs from that of the original in its place."""
    if original and (not said or said.kind != original.kind):
        yield f"lacks line {original.line} of the original, {original.name}"
    if said and (not original or said.kind != original.kind):
        yield f"line {said.line}, {said.name}, is not in the original"
    if original and said and said.kind == original.kind:
        for mark in sorted(original.marks - said.marks):
            yield f"line {said.line}, {said.name}, lacks {mark} of line {original.line}"
        for mark in sorted(said.marks - original.marks):
            yield f"line {said.line}, {said.name}, has {mark}, unlike line {original.line}"
