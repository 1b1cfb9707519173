"""How much running text stands in the parts of a page: what is read, without menus and lists of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from spiders.markup import plays
from spiders.paragraphs import BLOCKS, SILENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

SHORTEST = 25  # letters: what is shorter is a label
_ASIDE = frozenset(("nav", "footer", "aside"))
_BESIDE = ("related", "comment", "navigation", "advertisement", "poll")
_OPEN = frozenset(("li", "body", "main"))  # too large or too small to be told by their names


@dataclass(slots=True)
class Amount:
    """Letters of running text, and paragraphs of it, at and below an element.

    `own` letters stand in lines of its own, `linked` of them in links.
    """

    letters: int = 0
    paragraphs: int = 0
    own: int = 0
    linked: int = 0

    def settle(self) -> None:
        """Counts the element's own line, when all of it was read: mostly links is no prose."""
        if self.own >= SHORTEST and 2 * self.linked < self.own:
            self.letters += self.own - self.linked
            self.paragraphs += 1

    def take(self, part: Amount) -> None:
        """Adds what stands in a part."""
        self.letters += part.letters
        self.paragraphs += part.paragraphs


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of a page, by the elements that begin a line."""

    amounts: Mapping[HtmlElement, Amount]

    def letters(self, element: HtmlElement) -> int:
        """How many letters of it an element holds."""
        return self.amounts[element].letters if element in self.amounts else 0

    def paragraphs(self, element: HtmlElement) -> int:
        """How many paragraphs of it an element holds."""
        return self.amounts[element].paragraphs if element in self.amounts else 0


def measure(tree: HtmlElement, headline: HtmlElement | None = None) -> Prose:
    """The prose of a page; a box beside the article does not count for what holds it.

    What the headline stands in is no such box, whatever its names say.
    """
    around = set(headline.iterancestors()) if headline is not None else set()
    amounts: dict[HtmlElement, Amount] = {}
    reading = [Amount()]
    links = silent = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        links += step * (element.tag == "a")
        silent += step * (element.tag in SILENT)
        if _begins_line(element) and event == "start":
            reading.append(Amount())
        elif _begins_line(element):
            amounts[element] = done = reading.pop()
            done.settle()
            if element in around or not _beside(element):
                reading[-1].take(done)
        text = element.text if event == "start" else element.tail
        if text and not silent:
            length = len(" ".join(text.split()))
            reading[-1].own += length
            reading[-1].linked += length if links else 0
    return Prose(amounts)


def _begins_line(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or element.tag == "td"


def _beside(element: HtmlElement) -> bool:
    return element.tag in _ASIDE or (element.tag not in _OPEN and plays(element, *_BESIDE))
