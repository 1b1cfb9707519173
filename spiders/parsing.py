"""Page to article: what the page declares, what its site says, what its markup tells, then trafilatura."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from lxml import html
from lxml.etree import ParserError
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from corpus.article import Article
from corpus.encodings import DecodeError, decode
from spiders.anatomy import anatomy
from spiders.body import read, whole
from spiders.boilerplate import drop_hidden
from spiders.bylines import author
from spiders.dating import day
from spiders.fragments import front_matter, is_fragment
from spiders.stamps import stamps
from spiders.titles import title, without_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpus.article import Page
    from spiders.anatomy import Anatomy
    from spiders.site import Site

LARGEST = 4 << 20  # characters of an HTML page with an article: the largest real ones have a tenth of it
MOST_DATES = 50  # that are tried for the publish date
_HTML_TYPE = re.compile(r"[ ]*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)
_TEXT_TYPE = re.compile(r"[ ]*(?:text/|$)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S
)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>")


class UnreadablePage(Exception):
    """A page that holds no article; the message is the reason in one line."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page itself gives."""

    lines: list[str]
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None


def parse(page: Page, site: Site | None = None) -> Article:
    """The article of a page; raises UnreadablePage.

    A text/plain page is text from its first to its last line. Of an HTML page title, publish date and
    source are what `page.declared` says (somebody knows), else what the page declares, else what the
    site's selectors find, else what the markup tells; the text is one paragraph a line, without the title.
    """
    text = _decoded(page)
    if _HTML_TYPE.match(page.content_type) or _HTML_START.match(text):
        found = _from_fragment(page, text) if is_fragment(text) else _from_page(page, site, text)
        return _article(page, site, found)
    if not _TEXT_TYPE.match(page.content_type):
        raise UnreadablePage(f"{page.content_type.split(';')[0]} is neither HTML nor text")
    return _article(page, site, _Found(text.split("\n")))


def _decoded(page: Page) -> str:
    charset = http_content_type_encoding(page.content_type) or html_body_declared_encoding(page.body)
    try:
        return decode(page.body, charset)
    except DecodeError as error:
        raise UnreadablePage(str(error)) from error


def _from_fragment(page: Page, text: str) -> _Found:
    tree = html_tree(text)
    notes = front_matter(text)
    drop_hidden(tree)
    published = day(notes.get("published", ""), page.fetched)
    return _Found(whole(tree), notes.get("title"), published, author=notes.get("author"))


def _from_page(page: Page, site: Site | None, text: str) -> _Found:
    parts = anatomy(html_tree(text), site)
    named = page.declared.get("title") or title(parts)
    published, signed = _published(page, parts), author(parts)
    lines = without_title(named, read(parts))
    return _Found(lines or [named or ""], named, published, parts.stated.publisher, signed)


def _published(page: Page, parts: Anatomy) -> date | None:
    days = (day(written, page.fetched, form) for written, form in islice(stamps(parts), MOST_DATES))
    return next(filter(None, days), None)


def _article(page: Page, site: Site | None, found: _Found) -> Article:
    title = page.declared.get("title") or found.title
    published = _known_day(page) or found.published
    source = page.declared.get("source") or (site.publisher if site else found.publisher)
    text = "\n".join(found.lines)
    article = Article.from_text(text, title, published, url=page.url, source=source, author=found.author)
    if not article.text.strip():
        raise UnreadablePage("there is no text in it")
    return article


def _known_day(page: Page) -> date | None:
    written = page.declared.get("published")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise UnreadablePage(f"its declared day {written!r} is none") from error


def html_tree(text: str) -> HtmlElement:
    """The tree of a page, without comments; raises UnreadablePage."""
    if len(text) > LARGEST:
        raise UnreadablePage(f"its {len(text)} characters are too many for an article")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        # lxml takes no str that declares an encoding of its own.
        declaration = _XML_DECLARATION.match(text)
        tree: HtmlElement = html.document_fromstring(
            text[declaration.end() :] if declaration else text, parser=parser
        )
    except ParserError as error:
        raise UnreadablePage("there is no text in it") from error
    return tree
