"""Who wrote it, and from where: lines around an article's text that are none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spiders.containers import common
from spiders.headline import folded, one_line, tidy
from spiders.markup import plays
from spiders.paragraphs import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.html import HtmlElement

    from spiders.anatomy import Anatomy

LONGEST = 10  # words of a line that names an author or a source
_SOURCE = re.compile(
    r"\(?(?:theo|nguồn(?: tin)?|tác giả|thực hiện|biên tập|bài(?: và ảnh)?|bài, ảnh|tin, ảnh|tin, bài"
    r"|lược dịch|pv|p\.v|nhóm (?:pv|p\.v|phóng viên)|ttxvn|vov|vgp)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:theo|nguồn(?: tin)?|tác giả|bởi|by)\s*:?\s+", re.IGNORECASE)
_OTHERS = ("speech", "caption", "comment", "related")
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
_END = (".", "!", "?", "…", ":", ";", ".”", '."')


def author(parts: Anatomy) -> str | None:
    """Who wrote it: whom the page declares, the site points to, or a line over or under the body names."""
    paper = (parts.stated.publisher, parts.site.publisher if parts.site else None, *parts.names)
    papers = [_letters(name) for name in paper if name]
    declared = (name for name in parts.stated.authors if not any(_letters(name) in one for one in papers))
    names = (*declared, *map(one_line, parts.selected("author")), *_signed(parts))
    return next((name for name in map(tidy, names) if name and "://" not in name), None)


def _signed(parts: Anatomy) -> Iterator[str]:
    """Names shown over the body, then those in it and under it; those in an interview are none."""
    if parts.headline is None or not parts.bodies:
        return
    body = parts.bodies[-1]
    inside = set(body.iterdescendants())
    named = [one for one in common(parts.headline, body).iterdescendants() if plays(one, "author")]
    alone = [one for one in named if not any(plays(outer, *_OTHERS) for outer in one.iterancestors())]
    last = [element for element in last_lines(body) if not _is_link(element, one_line(element))]
    for element in (*sorted(alone, key=lambda element: element in inside), *last):
        line = _LABEL.sub("", one_line(element))
        if 1 < len(line.split()) <= LONGEST and not any(letter.isdigit() for letter in line):
            yield line


def last_lines(body: HtmlElement) -> list[HtmlElement]:
    """The elements at the end of a body that name author or source, the last first."""
    found: dict[HtmlElement, None] = {}
    for element in reversed(list(body.iterdescendants())):
        if not _is_line(element, found):
            continue
        if _follows(element, body) or not _is_byline(element, one_line(element), body):
            break
        found[element] = None
    return list(found)


def _is_line(element: HtmlElement, taken: Container[HtmlElement]) -> bool:
    """Whether an element is a line of its own, or names an author in several of which none is taken."""
    if element.tag not in BLOCKS or not one_line(element):
        return False
    if not any(inner.tag in BLOCKS and one_line(inner) for inner in element.iterdescendants()):
        return True
    return plays(element, "author") and not any(inner in taken for inner in element.iterdescendants())


def _is_byline(element: HtmlElement, text: str, body: HtmlElement) -> bool:
    if len(text.split()) > LONGEST or plays(element, "caption"):
        return False
    if plays(element, "author"):
        return True
    if _in_figure(element, body) or (text.endswith(_END) and not text.startswith("(")):
        return False
    sure = _SOURCE.match(text) or _is_right(element) or _is_link(element, text)
    return bool(sure) or _is_names(text)


def _letters(name: str) -> str:
    return re.sub(r"\W", "", folded(name))


def _follows(element: HtmlElement, body: HtmlElement) -> bool:
    """Whether text stands after an element that is the last with a line of its own."""
    while element is not body:
        if element.tail and element.tail.strip():
            return True
        element = element.getparent()
    return False


def _in_figure(element: HtmlElement, body: HtmlElement) -> bool:
    while element is not body:
        if element.tag in ("figure", "table", "li", "blockquote"):
            return True
        element = element.getparent()
    return False


def _is_link(element: HtmlElement, text: str) -> bool:
    return any(one_line(link) == text for link in element.iter("a"))


def _is_right(element: HtmlElement) -> bool:
    inner = (element, *element.iterdescendants())
    return any(e.get("align") == "right" or _RIGHT.search(e.get("style", "")) for e in inner)


def _is_names(text: str) -> bool:
    """Names of people: "Hoàng Anh", "Đức Mạnh - Quý Sáng"."""
    names = [name.split() for name in re.split(r"\s+[-–]\s+|,\s+", text)]
    return all(
        1 < len(name) <= 5 and all(word[0].isupper() and word.isalpha() for word in name) for name in names
    )
