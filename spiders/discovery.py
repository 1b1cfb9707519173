"""Which URLs a feed, a sitemap or a listing page names."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from html import unescape
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree
from w3lib.url import safe_url_string

from corpus.addresses import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spiders.site import Site

GZIP = b"\x1f\x8b"
LARGEST = 50 << 20  # bytes that a sitemap may have by its standard

# The root element decides; "*" because feeds and sitemaps come with and without namespaces.
_PAGES = {
    "rss": "//*[local-name()='item']/*[local-name()='link']/text()",
    "RDF": "//*[local-name()='item']/*[local-name()='link']/text()",
    "feed": "//*[local-name()='entry']/*[local-name()='link'][not(@rel) or @rel='alternate']/@href",
    "urlset": "/*/*[local-name()='url']/*[local-name()='loc']/text()",
}
_INDEXES = {"sitemapindex": "/*/*[local-name()='sitemap']"}
_LOCATION = "./*[local-name()='loc']/text()"

_CHANGED = "./*[local-name()='lastmod']/text()"

_CANONICAL = re.compile(rb"""<link\b[^>]*\brel\s*=\s*["']?canonical\b[^>]*>""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


class UnreadableIndex(Exception):
    """An answer that is neither feed nor sitemap."""


@dataclass(frozen=True, slots=True)
class Index:
    """What a feed or sitemap names: pages, and sitemaps, those that changed last first; as written."""

    pages: tuple[str, ...]
    indexes: tuple[str, ...]


def read_index(body: bytes, largest: int = LARGEST) -> Index:
    """The URLs of an RSS or Atom feed, a sitemap or a sitemap index, gzipped or not; raises UnreadableIndex.

    Of broken XML that is taken which stands before the damage. `largest` is how many bytes it may unpack to.
    """
    body = _unzipped(body, largest)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableIndex("no XML") from error
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in _PAGES | _INDEXES:
        raise UnreadableIndex("neither feed nor sitemap")
    return Index(_strings(root, _PAGES.get(kind)), _newest_first(root, _INDEXES.get(kind)))


def absolute(base: str, links: Iterable[str]) -> Iterator[str]:
    """Links as full URLs in plain ASCII, without what tells readers apart, each once.

    What is no URL is left out.
    """
    seen: set[str] = set()
    for link in links:
        try:
            url = plain(safe_url_string(urljoin(base, link.strip())))
        except ValueError:
            continue
        if url not in seen:
            seen.add(url)
            yield url


def canonical(url: str, body: bytes, site: Site) -> str:
    """The URL that an article is kept under: the one that its page declares, else where it was had from.

    A page that declares what is no article of the site, its home page say, declares nothing.
    """
    head = body[: body.find(b"<body") if b"<body" in body else len(body)]
    found = _CANONICAL.search(head)
    href = _HREF.search(found[0].decode("utf-8", "replace")) if found else None
    declared = absolute(url, [unescape(next(filter(None, href.groups()), ""))] if href else [])
    candidates = (*declared, *absolute(url, [url]))
    return next(filter(site.is_article, candidates), url)


def _unzipped(body: bytes, largest: int) -> bytes:
    if not body.startswith(GZIP):
        return body
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpack.decompress(body, largest)
    except zlib.error as error:
        raise UnreadableIndex("broken gzip") from error
    if unpack.unconsumed_tail:
        raise UnreadableIndex("too large")
    return content


def _strings(root: etree._Element, path: str | None) -> tuple[str, ...]:
    return tuple(str(found).strip() for found in root.xpath(path)) if path else ()


def _newest_first(root: etree._Element, path: str | None) -> tuple[str, ...]:
    # Days and times of ISO 8601 sort as they are written; a sitemap without one comes after the others.
    entries = root.xpath(path) if path else ()
    dated = [("".join(_strings(entry, _CHANGED)), _strings(entry, _LOCATION)) for entry in entries]
    dated.sort(key=itemgetter(0), reverse=True)
    return tuple(location for _, locations in dated for location in locations)
