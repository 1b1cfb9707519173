"""What stands among an article's text and is none of it: hidden things, related stories, forms, ads."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from spiders.headline import one_line
from spiders.markup import heads_box, plays

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 0.75  # of a part of an article; a box beside it holds less
_BOXES = ("related", "control", "comment", "tag", "advertisement", "navigation", "poll")
_INLINE = frozenset(("a", "b", "i", "em", "strong", "u", "font", "mark", "img", "li", "html", "body", "main"))
_LINES = frozenset(("p", "h2", "h3", "h4", "h5"))
_LISTS = frozenset(("ul", "ol", "div", "section", "table", "aside"))
_ELSEWHERE = frozenset(("nav", "footer", "dialog"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = frozenset(("hidden", "hide", "d-none", "sr-only", "visually-hidden"))
_SHOWN_WIDE = re.compile(
    r"(?:^|\s)(?:d-)?(?:sm|md|lg|xl|xxl)[:-](?:block|flex|inline|inline-block|table|grid)"
)
# "15 phút trước", "10:01 ngày 11/01/2013", "January 12th, 2011"; but "45'" of a match is text.
_STAMP = re.compile(
    r"\d\s?[/.-]\s?\d{1,2}\b|\d{4}$|\d{4}\b.*\d:\d\d|\btrước$|\d\s*tháng\s*\d|^\d{1,2}:\d\d$", re.IGNORECASE
)
_LONGEST_STAMP = 60  # characters
_TYPED = "self::textarea or self::input[not(@type) or contains(' text email search tel ', @type)]"
_LONGEST_FORM = 60  # words
_LINKED = 0.75  # of the letters of a list of links
_POINTER = re.compile(
    r"(?:[>»▶►]{1,3}|\W*(?:xem|đọc|tìm hiểu|nghe) (?:thêm|tiếp|ngay|chi tiết)\b"
    r"|(?:tin|bài|bài viết|video) (?:liên quan|cùng)|mời (?:độc giả|bạn đọc|quý)"
    r"|có thể bạn (?:quan tâm|thích))",
    re.IGNORECASE,
)
# "Theo dõi chúng tôi tại: https://...", "Mời bạn đọc theo dõi Báo Thử trên Google News"
_PROMOTION = re.compile(
    r"(?:xem|tải|đăng ký|theo dõi|tham gia|truy cập)\b.*\s\(?[a-z]+://\S+$"
    r"|(?:mời (?:quý )?(?:vị |bạn )?(?:độc giả|bạn đọc|đọc)|theo dõi (?:báo|chúng tôi|kênh))\b.{0,120}$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar)\b|^(?:mailto|tel|javascript):", re.IGNORECASE)
_SHORTEST_STORY = 6  # words of a headline


def drop(element: HtmlElement) -> None:
    """Takes an element out of the text; what stands behind it stays."""
    # lxml's drop_tree joins the texts around, which takes time quadratic in how many elements are dropped.
    element.clear(keep_tail=True)
    element.tag = "span"


def drop_hidden(tree: HtmlElement) -> None:
    """Takes out what a reader never sees; not where it holds most of the page, which a script will show."""
    half = len(tree.text_content()) / 2
    for element in list(tree.iterdescendants()):
        if _is_hidden(element) and element.tag != "body" and len(element.text_content()) < half:
            drop(element)


def drop_boilerplate(part: HtmlElement) -> None:
    """Takes out of a part of an article, which itself stays, what is no text of it.

    What holds most of the part is the text, whatever its names say.
    """
    _drop_forms(part)
    letters = len(part.text_content())
    no_boxes = {part}
    for element in list(part.iterdescendants()):
        if part not in element.iterancestors():
            continue
        if is_boilerplate(element, part) and len(element.text_content()) <= MOST * letters:
            drop(element)
        elif _is_heading(element):
            box = _box(element, letters / 2, no_boxes)
            for link in takewhile(_is_all_links, box.itersiblings()):
                drop(link)
            drop(box)


def is_boilerplate(element: HtmlElement, within: HtmlElement | None = None) -> bool:
    """Whether an element is none of the text of the article that it stands in."""
    if element.tag in _ELSEWHERE or is_stamp(element):
        return True
    if element.tag in _INLINE:
        return element.tag in ("a", "li") and plays(element, "related", "control")
    if plays(element, *_BOXES) and not _is_caption(element):
        return True
    if plays(element, "author") or _is_teaser(element) or _is_pointer(element):
        return not _speaks(element, within)
    return _is_link_list(element)


def is_stamp(element: HtmlElement) -> bool:
    """Whether an element shows a date or time, and nothing beside."""
    if element.tag != "time" and not plays(element, "date"):
        return False
    text = one_line(element)
    return len(text) <= _LONGEST_STAMP and bool(_STAMP.search(text))


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    names = element.get("class", "")
    return not _HIDING.isdisjoint(names.split()) and not _SHOWN_WIDE.search(names)


def _speaks(element: HtmlElement, within: HtmlElement | None) -> bool:
    """Whether a name stands by words of its own, as in an interview, or under a picture."""
    for outer in element.iterancestors():
        if outer.tag in ("blockquote", "figure", "figcaption") or plays(outer, "speech", "caption"):
            return True
        if outer is within:
            return False
    return False


def _is_caption(element: HtmlElement) -> bool:
    return element.tag in ("figure", "figcaption") or (
        plays(element, "caption") and not plays(element, "related")
    )


def _is_teaser(element: HtmlElement) -> bool:
    """An article within an article, that leads to another page."""
    return element.tag == "article" and bool(element.xpath(".//a[@href][normalize-space()]"))


def _is_pointer(element: HtmlElement) -> bool:
    """Whether a line leads to another story or channel, and says nothing else."""
    if element.tag not in _LINES and element.tag != "div":
        return False
    text = one_line(element)
    if element.tag == "p" and _PROMOTION.match(text):
        return True
    links = [line for link in element.iterfind(".//a[@href]") if (line := one_line(link))]
    if links and _POINTER.match(text):
        return 2 * sum(map(len, links)) > len(text)
    return element.tag in _LINES and links == [text] and _is_story(element)


def _is_link_list(element: HtmlElement) -> bool:
    """Whether a box holds links and little else."""
    links = [line for link in element.iterfind(".//a[@href]") if (line := one_line(link))]
    few = element.tag not in _LISTS or len(links) < 2 or _is_caption(element)
    return not few and sum(map(len, links)) >= _LINKED * len(one_line(element))


def _is_story(line: HtmlElement) -> bool:
    """Whether a line that is one link leads to another story, and not to a document."""
    return len(one_line(line).split()) >= _SHORTEST_STORY and not any(
        _FILE.search(link.get("href", "")) for link in line.iter("a")
    )


def _is_heading(element: HtmlElement) -> bool:
    return element.tag not in ("a", "td", "li") and heads_box(one_line(element))


def _box(heading: HtmlElement, most: float, no_boxes: set[HtmlElement]) -> HtmlElement:
    """The largest element that begins with a heading and has `most` letters at most.

    `no_boxes` keeps what was found to be none: many headings may stand in one element.
    """
    first = one_line(heading)
    box = heading
    for outer in heading.iterancestors():
        if outer in no_boxes:
            break
        if not one_line(outer).startswith(first) or len(outer.text_content()) > most:
            no_boxes.add(outer)
            break
        box = outer
    return box


def _is_all_links(element: HtmlElement) -> bool:
    linked = sum(len(one_line(link)) for link in element.iter("a"))
    return linked > 0 and linked >= _LINKED * len(one_line(element))


def _drop_forms(part: HtmlElement) -> None:
    """Takes out what is typed into, with its labels: up to the largest box that holds little else."""
    large = {part}  # many fields may stand in one element
    for field in part.xpath(f".//*[{_TYPED}]"):
        box = None
        for outer in field.iterancestors():
            if outer not in large and len(outer.text_content().split()) > _LONGEST_FORM:
                large.add(outer)
            if outer in large:
                break
            box = outer
        if box is not None and part in box.iterancestors():
            drop(box)
