"""What the title of an article is: what is shown as its headline, or what the page declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spiders.headline import confirms, folded, is_paper, one_line, tidy
from spiders.markup import plays

if TYPE_CHECKING:
    from spiders.anatomy import Anatomy

_PARTS = re.compile(r"\s+[-|–—]\s+|\s*\|\s*")


def title(parts: Anatomy) -> str | None:
    """The headline where a declared title confirms it, its name or the site tells it, or none is declared.

    What is declared may be written for search engines or for readers elsewhere, or be the paper's name.
    """
    paper = parts.stated.publisher
    declared = [tidy(title) for title in parts.stated.titles]
    if parts.headline is not None and (shown := one_line(parts.headline)):
        declared = [title for title in declared if not is_paper(title, paper)]
        confirmed = any(confirms(title, shown) for title in (*declared, *parts.names))
        if not declared or confirmed or _is_sure(parts):
            return shown
    names = (_without_paper(name, paper) for name in parts.names)
    return next(filter(None, (*declared, *names)), None)


def without_title(title: str | None, lines: list[str]) -> list[str]:
    """The lines of an article without its title, where that stands above them."""
    wanted = folded(title or "")
    return [line for line in lines[:3] if folded(line) != wanted] + lines[3:] if wanted else lines


def _is_sure(parts: Anatomy) -> bool:
    """Whether the site points to the headline, or its name and rank tell it."""
    headline = parts.headline
    named = headline is not None and headline.tag == "h1" and plays(headline, "title")
    return named or headline in parts.selected("title")


def _without_paper(name: str, publisher: str | None) -> str:
    """The title of a document without the name of the paper behind it."""
    *title, last = _PARTS.split(name)
    if title and is_paper(last, publisher):
        return name[: name.rindex(last)].rstrip(" -|–—")
    return name
