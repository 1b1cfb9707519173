"""Bodies of articles as a newsroom's system stores them: HTML without a page around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE = re.compile(r"<(?:html|head|body|title|h1|nav|header|footer|main)\b", re.IGNORECASE)
# <!-- title: Tên bài --> before the first element, as exports write it.
_NOTE = re.compile(r"\s*<!--\s*(title|published|author)\s*:(.*?)-->", re.DOTALL)


def is_fragment(markup: str) -> bool:
    """Whether HTML is all article: it names no page and none of the parts that only pages have."""
    return not _PAGE.search(markup)


def front_matter(markup: str) -> Mapping[str, str]:
    """What comments before the first element say of the article: title, published, author."""
    notes: dict[str, str] = {}
    position = 0
    while note := _NOTE.match(markup, position):
        notes.setdefault(note[1], note[2].strip())
        position = note.end()
    return notes
