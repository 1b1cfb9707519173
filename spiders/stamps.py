"""Where a page shows when its article was published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spiders.containers import common
from spiders.dating import has_day
from spiders.headline import one_line
from spiders.markup import plays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from spiders.anatomy import Anatomy

MOST_LETTERS = 1000  # with all white space
LONGEST = 12  # words of a date line
NEAR = 60  # elements from the headline or the body, within which a date is the article's
_LINES = frozenset(re.findall(r"\w+", "time p div span td li em i h2 h3 h4 h5 h6 small font b strong label"))
# Vietnamese pages write no ordinals: "January 12th, 2011" is what an editor's snippet leaves in a template.
_SAMPLE = re.compile(r"\d(?:st|nd|rd|th),? \d{4}")


def stamps(parts: Anatomy) -> Iterator[tuple[str, str | None]]:
    """The dates that may be that of publishing, best first, as they are written, with their format if known.

    What the page declares, what the site points to, then what is shown: under the headline, over it, and
    after the body.
    """
    yield from ((written, None) for written in parts.stated.dates)
    form = parts.site.date_format if parts.site else None
    for element in parts.selected("published"):
        yield from ((written, form) for written in ([one_line(element)] if form else _written(element)))
    if parts.headline is not None:
        body = parts.bodies[0] if parts.bodies else parts.headline
        for element in _shown(parts.tree, parts.headline, body):
            yield from ((written, None) for written in _written(element))


def _shown(tree: HtmlElement, headline: HtmlElement, body: HtmlElement) -> Iterator[HtmlElement]:
    order = {element: number for number, element in enumerate(tree.iter())}
    start, first = order[headline], order[body]
    last = max(order[element] for element in body.iter())
    # A clock at the top of the page is no publish date.
    around = common(headline, body)
    near = around.getparent() if around.getparent() is not None else around
    until = first if first > start else start + NEAR
    placed = [(order[element], element) for element in near.iter(*_LINES)]
    under = [element for number, element in placed if start < number < until]
    over = [element for number, element in reversed(placed) if start - NEAR < number < start]
    after = [element for number, element in placed if last < number < last + NEAR and plays(element, "date")]
    yield from (element for element in (*under, *over, *after) if _is_stamp(element, headline))


def _is_stamp(element: HtmlElement, headline: HtmlElement) -> bool:
    if len(element.text_content()) > MOST_LETTERS:
        return False
    text = one_line(element)
    named = element.tag == "time" or plays(element, "date")
    if len(text.split()) > LONGEST or not (named or _says_day(element, text)):
        return False
    for outer in (element, *element.iterancestors()):
        if outer.tag in ("a", "footer", "aside", "nav") or plays(outer, "speech", "clock", "related"):
            return False
        if outer.tag == "header" and outer not in headline.iterancestors():
            return False
    return True


def _says_day(element: HtmlElement, text: str) -> bool:
    """Whether a line is a date line, and no element in it holds all of it."""
    return has_day(text) and not any(one_line(inner) == text for inner in element)


def _written(element: HtmlElement) -> Iterator[str]:
    text = one_line(element)
    if _SAMPLE.search(text):
        return
    if has_day(text):
        yield text
    yield from (value for name in ("datetime", "content", "title") if (value := element.get(name)))
    yield text
