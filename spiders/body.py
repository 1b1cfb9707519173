"""The text of an article out of its page: lead and body, in reading order, one line a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spiders.boilerplate import drop, drop_boilerplate
from spiders.bylines import last_lines
from spiders.containers import cut_before
from spiders.dating import has_day
from spiders.headline import one_line, tidy
from spiders.lead import lead
from spiders.paragraphs import main_paragraphs, paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from spiders.anatomy import Anatomy

_SAPO = "//body//p | //body//h2 | //body//h3 | //body//strong | //body//div[not(*)]"
# What stands over a text where page and article are one table cell.
_LABEL = re.compile(
    r"(?:lượt xem|số lần|số lượt|cỡ chữ|chia sẻ|sao chép|in bài|in trang|bản in|đọc bài|nghe|tác giả"
    r"|người đăng|a[-+])\b",
    re.IGNORECASE,
)


def read(parts: Anatomy) -> list[str]:
    """The lines of an article; uses up the tree.

    What trafilatura finds where the page shows no body, and what the page declares for machines where that
    is most of it: pages that a script fills hold it there only.
    """
    sapo = [line for element in parts.selected("sapo") for line in paragraphs(element)] or _described(parts)
    lines = _shown(parts) if parts.bodies else main_paragraphs(parts.tree)
    if 2 * sum(map(len, lines)) < len(parts.stated.body):
        lines = [line for line in map(tidy, parts.stated.body.splitlines()) if line]
    return [*(line for line in sapo if line not in lines), *lines]


def whole(element: HtmlElement) -> list[str]:
    """The lines of an element that is all article but for the boxes in it; uses it up."""
    drop_boilerplate(element)
    for line in last_lines(element):
        drop(line)
    return paragraphs(element)


def _shown(parts: Anatomy) -> list[str]:
    """What stands between the headline and the end of the body."""
    first, headline = parts.bodies[0], parts.headline
    before: list[str] = []
    if headline is not None and first in headline.iterancestors():
        cut_before(headline, first)
    elif headline is not None:
        before = lead(headline, first)
    return before + _without_labels([line for body in parts.bodies for line in whole(body)])


def _without_labels(lines: list[str]) -> list[str]:
    start = 0
    while start < len(lines) and (has_day(lines[start]) or _LABEL.match(lines[start])):
        start += 1
    return lines[start:]


def _described(parts: Anatomy) -> list[str]:
    """The sapo, wherever it stands: the line of the page that it declares as its description."""
    description = tidy(parts.stated.description or "")
    lines = (one_line(element) for element in parts.tree.xpath(_SAPO)) if description else ()
    return [description] if description in lines else []
