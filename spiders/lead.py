"""What stands between headline and body and is text: the sapo, the caption of the first picture."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from spiders.boilerplate import drop_boilerplate, is_boilerplate
from spiders.containers import between
from spiders.markup import plays
from spiders.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

SHORTEST = 8  # words of a line that is text, not a label


def lead(headline: HtmlElement, body: HtmlElement) -> list[str]:
    """The lines of an article that stand before its body."""
    return [line for part in between(headline, body) for line in _lines(part, _foreign(part))]


def _foreign(part: HtmlElement) -> dict[HtmlElement, bool]:
    """What is none of the article's text: True; and what holds such things beside others: False."""
    found: dict[HtmlElement, bool] = {}
    for element in part.iter():
        if is_boilerplate(element, part) or plays(element, "subtitle"):
            for outer in takewhile(lambda one: one not in found, element.iterancestors()):
                found[outer] = False
            found[element] = True
    return found


def _lines(part: HtmlElement, foreign: Mapping[HtmlElement, bool]) -> list[str]:
    if foreign.get(part) or part.tag in ("aside", "time"):
        return []
    if part in foreign:
        return [line for child in part for line in _lines(child, foreign)]
    drop_boilerplate(part)
    lines = paragraphs(part)
    return lines if plays(part, "sapo", "caption") or part.tag == "figure" or _is_text(lines) else []


def _is_text(lines: list[str]) -> bool:
    return any(len(line.split()) >= SHORTEST for line in lines)
