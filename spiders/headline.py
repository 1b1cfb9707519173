"""Where the headline of an article stands on its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.text import clean, fold
from spiders.markup import plays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

NEAR = 4  # levels of the page
SHORTEST = 3  # words of a headline that nothing confirms
_LINES = "//h1 | //h2 | //h3 | //h4 | //p | //div | //span | //td | //strong | //b"
LONG = 20  # letters, after which a title that was cut short is known again
# "Headline - Name of the paper", "Headline | Section", "Name of the paper - Headline"
_SIGN = re.compile(r"\s*[-|–—·:»]")
LONGEST_NAME = 8  # words of a paper's name
_PAPER = re.compile(r"(?:báo|cổng|trang|tạp chí|đài|tin tức|thông tấn|ubnd|sở|bộ|website)\b", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4")
_ELSEWHERE = "ancestor::nav or ancestor::footer or ancestor::aside"


def find_headline(tree: HtmlElement, declared: Sequence[str]) -> HtmlElement | None:
    """The element that shows the headline: one that a declared title confirms, else by its name or rank."""
    ranked = [h1 for h1 in tree.xpath(f"//h1[not({_ELSEWHERE})]") if one_line(h1)]
    named = [element for element in _named(tree) if one_line(element)]
    wanted = [title for title in declared if title]
    confirmed = _confirmed([*ranked, *named], wanted)
    if all(is_paper(one_line(element)) for element in confirmed):
        confirmed += _confirmed(_lines(tree, wanted), wanted)
    if confirmed:
        # "Name of the paper - Headline": both stand on the page.
        return max(confirmed, key=lambda one: (not is_paper(one_line(one)), len(one_line(one))))
    return next((one for one in [*named, *ranked] if len(one_line(one).split()) >= SHORTEST), None)


def heading_over(body: HtmlElement) -> HtmlElement | None:
    """The last heading before a body, near it: the headline of a page that declares but the portal's name."""
    for outer in [body, *body.iterancestors()][:NEAR]:
        for earlier in outer.itersiblings(preceding=True):
            headings = [one for one in earlier.iter(*_HEADINGS) if _can_be_headline(one)]
            if headings:
                return headings[-1]
    return None


def confirms(declared: str, shown: str) -> bool:
    """Whether a declared title names a shown one: the same, or with the paper's name beside it."""
    whole, part = folded(declared), folded(shown)
    if not part:
        return False
    if _letters(whole) == _letters(part):
        return True
    cut = whole.rstrip(". …")
    if len(whole) - 3 <= len(cut) < len(whole) and len(cut) >= LONG and part.startswith(cut):
        return True
    after, before = whole.removeprefix(part), whole.removesuffix(part)
    return bool((after != whole and _SIGN.match(after)) or (before != whole and _SIGN.search(before[-3:])))


def is_paper(name: str, publisher: str | None = None) -> bool:
    """Whether a title is but the name of a paper, a body or its portal."""
    if publisher and folded(name) == folded(publisher):
        return True
    return bool(_PAPER.match(name)) and len(name.split()) <= LONGEST_NAME


def one_line(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return tidy(element.text_content())


def tidy(text: str) -> str:
    """Clean text on one line."""
    return " ".join(clean(text).split())


def folded(line: str) -> str:
    """A line for comparison."""
    return " ".join(fold(line).split())


def _can_be_headline(element: HtmlElement) -> bool:
    words = len(one_line(element).split())
    return words > SHORTEST and not _teases(element) and not element.xpath(_ELSEWHERE)


def _letters(line: str) -> str:
    return "".join(re.findall(r"\w", line))


def _confirmed(elements: Iterable[HtmlElement], declared: Sequence[str]) -> list[HtmlElement]:
    return [element for element in elements if any(confirms(title, one_line(element)) for title in declared)]


def _named(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.xpath(f"//*[@class or @id or @itemprop][not({_ELSEWHERE})]"):
        if plays(element, "title") and not plays(element, "related", "subtitle") and not _teases(element):
            yield element


def _teases(element: HtmlElement) -> bool:
    return (
        element.tag == "a" or element.tag in ("input", "meta") or bool(element.xpath("boolean(.//a[@href])"))
    )


def _lines(tree: HtmlElement, declared: Sequence[str]) -> Iterator[HtmlElement]:
    """Lines that could be the headline, where no name tells: no longer than what is declared, no link."""
    longest = max(map(len, declared), default=0)
    for element in tree.xpath(_LINES):
        text = element.text or ""
        fits = len(text.split()) >= SHORTEST and len(text) <= longest + 2
        if fits and not _teases(element) and not element.xpath(_ELSEWHERE):
            yield element
