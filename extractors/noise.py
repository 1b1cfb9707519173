"""What stands on a page beside the article: its facts are marked, so that they are not mixed in.

Three forms are known: what follows the writer's name at the end (teasers of other articles, footers), another
article that is glued to that name without a space ("Lê HoaTheo báo cáo ..."), and the page's own lines of
date and views above the text ("Ngày đăng 02/03/2022 | Lượt xem: 15").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.gazetteer import words
from extractors.persons import byline_at
from extractors.places import known_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.document import Document

BODY = 0.5
"""The share of the text that is taken for the article whatever stands there."""
MOST_HEAD_LINES = 12
_LETTERS = "".join(filter(str.isalpha, map(chr, (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)))))
_UPPER = "".join(filter(str.isupper, _LETTERS))
_LOWER = "".join(filter(str.islower, _LETTERS))
_SYLLABLE = rf"[{_UPPER}][{_LOWER}]{{0,6}}"
# "Lê HoaTheo báo cáo ...": a name at the beginning of a line, the next sentence glued to it
_GLUED = re.compile(
    rf"^{_SYLLABLE}(?:[ ]{_SYLLABLE}){{1,3}}(?=[{_UPPER}][{_LOWER}]{{1,6}}[ ][{_LOWER}])", re.MULTILINE
)
# "Ngày đăng 04/09/2019", "Cập nhật lúc 14:50 ngày 4/9/2019", "Lượt xem: 206"
_PAGE_LINE = re.compile(
    r"^[ ]{0,20}(?:Ngày[ ]đăng|(?:Ngày[ ])?Cập[ ]nhật|Đăng[ ](?:lúc|ngày)|(?:Số[ ])?lượt[ ]xem|View[ ]count)"
    r"(?=[ ]{0,3}(?:[:|(0-9]|(?:lúc|ngày|thứ|vào)[ ]))(?=[^\n]{0,120}[0-9])[^\n]{0,160}$",
    re.MULTILINE | re.IGNORECASE,
)


def noise(document: Document) -> list[Span]:
    """The stretches of a document that are not the article's, in order; they may touch but not overlap."""
    found = list(_page_lines(document))
    end = min((at for at in (_glued(document), _behind_byline(document)) if at is not None), default=None)
    if end is not None and end < len(document.text):
        found = [span for span in found if span.end <= end]
        found.append(Span(end, len(document.text)))
    return found


def _page_lines(document: Document) -> Iterator[Span]:
    for line in document.lines[:MOST_HEAD_LINES]:
        if _PAGE_LINE.match(document.text, line.start) and line.end - line.start <= 160:
            yield line


def _glued(document: Document) -> int | None:
    """Where the article ends that has another one glued to its writer's name."""
    found = _GLUED.search(document.text, int(len(document.text) * BODY))
    return found.end() if found else None


def _behind_byline(document: Document) -> int | None:
    """The end of the first line behind the article's body that is nothing but a name."""
    body = int(len(document.text) * BODY)
    for line in document.lines[document.line_number(body) :]:
        if line.start >= body and line.end - line.start <= 40:
            line_words = list(words(document.text, line))
            if byline_at(line_words, 0) and not known_place(line_words, 0):
                return line.end
    return None
