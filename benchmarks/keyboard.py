"""A walk through a page with the keyboard alone: every stop of the focus, from first to last."""

from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page

# A page has an end: a walk that takes more steps goes round in circles.
MOST = 3000
# Links and buttons that lead past something.
SKIPS = ("skip-link", "skip-list", "way-past", "explorer-past")
# Of nine places on what has the focus, those that lie in the window and are not covered: not by a
# head or a column that stays in sight, nor by a bar.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = [...at.getClientRects()].find((one) => one.width && one.height)
    ?? at.getBoundingClientRect();
  const places = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) =>
    [box.left + x * box.width, box.top + y * Math.min(box.height, innerHeight)]));
  const uncovered = places.filter(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (top === at || at.contains(top) || [...(at.labels ?? [])].includes(top)
      || (getComputedStyle(at).pointerEvents === "none" && top.contains(at)));
  });
  const headings = [...document.querySelectorAll("h1, h2")].filter((heading) =>
    heading === at || heading.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
  return {
    shown: box.width > 0 && box.height > 0 ? uncovered.length / places.length : 0,
    outlined: getComputedStyle(at).outlineStyle !== "none",
    section: headings.at(-1)?.textContent ?? "", kind: at.getAttribute("class") ?? "",
    tag: at.tagName, words: (at.getAttribute("aria-label") || at.textContent).trim().slice(0, 40)};
}"""


class Stop(NamedTuple):
    """Where the focus is: how much of it can be seen, and below which heading.

    Attributes
    ----------
    shown : float
        What part of it lies in the window and is not covered.
    outlined : bool
        Whether it is marked.
    section : str
        The heading above it.
    kind : str
        Its classes.
    tag, words : str
        What it is and what it says.
    """

    shown: float
    outlined: bool
    section: str
    kind: str
    tag: str
    words: str

    @property
    def lost(self) -> bool:
        """Whether a reader would not see where the focus is; the end of the page shows nothing."""
        return self.kind != "announced" and (not self.outlined or self.shown < 0.5)


def stops(page: Page, key: str = "Tab") -> Iterator[Stop]:
    """Every stop of the focus until it leaves the page.

    A browser without a window of its own may go on at the first stop, the link to the text.
    """
    for number in range(MOST):
        page.keyboard.press(key)
        found = page.evaluate(FOCUS)
        if found is None or (number and key == "Tab" and found["kind"] == "skip-link"):
            return
        yield Stop(**found)
    raise AssertionError("the end of the page was not reached")


def longest_stretch(walk: list[Stop]) -> tuple[int, str]:
    """Most stops from a section to the next, and its heading, for who takes every way past."""
    counts: dict[str, int] = {}
    for stop in walk:
        if counts.get(stop.section, 0) >= 0:
            skips = any(name in stop.kind.split() for name in SKIPS)
            counts[stop.section] = -1 if skips else counts.get(stop.section, 0) + 1
    return max(((count, section) for section, count in counts.items()), default=(0, ""))
