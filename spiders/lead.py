"""What stands between headline and body and is text: the sapo, the caption of the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spiders.boilerplate import drop_boilerplate, is_boilerplate
from spiders.containers import between
from spiders.markup import plays
from spiders.paragraphs import paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SHORTEST = 8  # words of a line that is text, not a label


def lead(headline: HtmlElement, body: HtmlElement) -> list[str]:
    """The lines of an article that stand before its body."""
    return [line for part in between(headline, body) for line in _lines(part)]


def _lines(part: HtmlElement) -> list[str]:
    if is_boilerplate(part) or plays(part, "subtitle") or part.tag in ("aside", "time"):
        return []
    if _is_mixed(part):
        return [line for child in part for line in _lines(child)]
    drop_boilerplate(part)
    lines = paragraphs(part)
    return lines if plays(part, "sapo", "caption") or part.tag == "figure" or _is_text(lines) else []


def _is_mixed(part: HtmlElement) -> bool:
    inner = [element for element in part.iterdescendants() if isinstance(element.tag, str)]
    return any(is_boilerplate(element, part) or plays(element, "subtitle") for element in inner)


def _is_text(lines: list[str]) -> bool:
    return any(len(line.split()) >= SHORTEST for line in lines)
