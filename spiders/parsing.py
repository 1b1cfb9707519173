"""Page to article: what the page declares, then what its site says, then a generic reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lxml import html
from lxml.etree import ParserError
from parsel.csstranslator import HTMLTranslator
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from corpus.article import Article
from corpus.encodings import DecodeError, decode
from corpus.text import clean, fold
from spiders.dating import day
from spiders.declarations import declared
from spiders.paragraphs import main_paragraphs, paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpus.article import Page
    from spiders.declarations import Declared
    from spiders.site import Site

_HTML_TYPE = re.compile(r"[ ]*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)
_TEXT_TYPE = re.compile(r"[ ]*(?:text/|$)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S
)
_SAPO = "//body//p | //body//h2 | //body//h3 | //body//strong | //body//div[not(*)]"
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page itself gives."""

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None


class UnreadablePage(Exception):
    """A page that holds no article; the message is the reason in one line."""


def parse(page: Page, site: Site | None = None) -> Article:
    """The article of a page; raises UnreadablePage.

    A text/plain page is text from its first to its last line. Of an HTML page title, publish date and
    source are what `page.declared` says (somebody knows), else what the page declares, else what the
    site's selectors find; the text is one paragraph a line, without the title.
    """
    text = _decoded(page)
    if _HTML_TYPE.match(page.content_type) or _HTML_START.match(text):
        return _article(page, site, _from_html(page, site, text))
    if not _TEXT_TYPE.match(page.content_type):
        raise UnreadablePage(f"{page.content_type.split(';')[0]} is neither HTML nor text")
    return _article(page, site, _Found(text))


def _decoded(page: Page) -> str:
    charset = http_content_type_encoding(page.content_type) or html_body_declared_encoding(page.body)
    try:
        return decode(page.body, charset)
    except DecodeError as error:
        raise UnreadablePage(str(error)) from error


def _from_html(page: Page, site: Site | None, text: str) -> _Found:
    tree = _tree(text)
    stated = declared(tree)
    title = page.declared.get("title") or _title(tree, site, stated)
    published = _published(page, tree, site, stated)
    body = "\n".join(_without(title, _lines(tree, site, stated)))
    return _Found(body or title or "", title, published, stated.publisher)


def _article(page: Page, site: Site | None, found: _Found) -> Article:
    title = page.declared.get("title") or found.title
    published = _known_day(page) or found.published
    source = page.declared.get("source") or (site.publisher if site else found.publisher)
    article = Article.from_text(found.text, title, published, url=page.url, source=source)
    if not article.text.strip():
        raise UnreadablePage("there is no text in it")
    return article


def _known_day(page: Page) -> date | None:
    written = page.declared.get("published")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise UnreadablePage(f"its declared day {written!r} is none") from error


def _tree(text: str) -> HtmlElement:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        # lxml takes no str that declares an encoding of its own.
        tree: HtmlElement = html.document_fromstring(_XML_DECLARATION.sub("", text, count=1), parser=parser)
    except ParserError as error:
        raise UnreadablePage("there is no text in it") from error
    return tree


def _title(tree: HtmlElement, site: Site | None, stated: Declared) -> str | None:
    headings = [_one_line(heading) for heading in tree.xpath("//h1")]
    title = stated.title or _selected(tree, site, "title") or next(filter(None, headings), None)
    if title is None:
        title = next((_one_line(element) for element in tree.xpath("//title")), None)
    if not title:
        return None
    title = _tidy(title)
    # "Headline - Name of the paper" is declared, "Headline" is its heading.
    return next((heading for heading in headings if heading and title.startswith(heading)), title)


def _published(page: Page, tree: HtmlElement, site: Site | None, stated: Declared) -> date | None:
    days = (day(written, page.fetched) for written in stated.dates)
    published = next(filter(None, days), None)
    written = _selected(tree, site, "published")
    if published is None and site and written:
        return day(written, page.fetched, site.date_format)
    return published


def _lines(tree: HtmlElement, site: Site | None, stated: Declared) -> list[str]:
    selectors = site.selectors if site else {}
    for element in _find(tree, selectors.get("drop")):
        if element is not tree:
            element.drop_tree()
    bodies = _find(tree, selectors.get("body"))
    sapo = [line for element in _find(tree, selectors.get("sapo")) for line in paragraphs(element)]
    sapo = sapo or _described(tree, stated)
    body = [line for element in bodies for line in paragraphs(element)] or main_paragraphs(tree)
    return [*(line for line in sapo if line not in body), *body]


def _described(tree: HtmlElement, stated: Declared) -> list[str]:
    """The sapo that generic readers lose: the line of the page that it declares as its description."""
    description = _tidy(stated.description or "")
    lines = (_one_line(element) for element in tree.xpath(_SAPO)) if description else ()
    return [description] if description in lines else []


def _find(tree: HtmlElement, selector: str | None) -> list[HtmlElement]:
    found = tree.xpath(HTMLTranslator().css_to_xpath(selector)) if selector else []
    return [element for element in found if isinstance(element, html.HtmlElement)]


def _selected(tree: HtmlElement, site: Site | None, name: str) -> str | None:
    found = _find(tree, site.selectors.get(name) if site else None)
    return next(filter(None, map(_one_line, found)), None)


def _one_line(element: HtmlElement) -> str:
    return _tidy(element.text_content())


def _tidy(text: str) -> str:
    return " ".join(clean(text).split())


def _without(title: str | None, lines: list[str]) -> list[str]:
    """The lines without the title where it stands above them."""
    if not title:
        return lines
    wanted = _folded(title)
    head = [line for line in lines[:3] if _folded(line) != wanted]
    return head + lines[3:]


def _folded(line: str) -> str:
    return " ".join(fold(line).split())
