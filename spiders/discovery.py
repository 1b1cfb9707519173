"""Which URLs a feed, a sitemap or a listing page names."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree
from w3lib.url import safe_url_string

from corpus.addresses import plain
from spiders.dating import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spiders.site import Site

GZIP = b"\x1f\x8b"
LARGEST = 50 << 20  # bytes that a sitemap may have by its standard
LONGEST_URL = 2048  # characters that an address may have by that standard
MOST_LINKS = 50_000  # that a sitemap may have by its standard; of any document no more are read

# The root element decides; "*" because feeds and sitemaps come with and without namespaces.
_FEEDS = {
    "rss": "//*[local-name()='item']/*[local-name()='link']/text()",
    "RDF": "//*[local-name()='item']/*[local-name()='link']/text()",
    "feed": "//*[local-name()='entry']/*[local-name()='link'][not(@rel) or @rel='alternate']/@href",
}
_SITEMAPS = {"urlset": "{*}url", "sitemapindex": "{*}sitemap"}

_LINK = re.compile(rb"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


class UnreadableIndex(Exception):
    """An answer that is neither feed nor sitemap."""


@dataclass(frozen=True, slots=True)
class Index:
    """What a feed or sitemap names: pages, and sitemaps, those that changed last first; as written.

    `changed`: when a page changed last, in seconds since 1970, where that is told.
    """

    pages: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    changed: Mapping[str, float] = field(default_factory=dict)


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
    if kind in _FEEDS:
        return Index(tuple(str(link).strip() for link in root.xpath(_FEEDS[kind])[:MOST_LINKS]))
    if kind not in _SITEMAPS:
        raise UnreadableIndex("neither feed nor sitemap")
    entries = list(islice(_entries(root, _SITEMAPS[kind]), MOST_LINKS))
    if kind == "sitemapindex":
        # Days and times of ISO 8601 sort as they are written; a sitemap without one comes after the others.
        entries.sort(key=itemgetter(1), reverse=True)
        return Index((), tuple(location for location, _ in entries))
    moments = ((location, _moment(changed)) for location, changed in entries)
    changed = {location: moment for location, moment in moments if moment is not None}
    return Index(tuple(location for location, _ in entries), changed=changed)


def absolute(base: str, links: Iterable[str]) -> dict[str, str]:
    """Links as full URLs in plain ASCII, without what tells readers apart; each with how it is written.

    Of links to one URL the first counts; what is no URL, or too long for one, is left out.
    """
    urls: dict[str, str] = {}
    for link in links:
        with suppress(ValueError):
            url = plain(safe_url_string(urljoin(base, link.strip())))
            if len(url) <= LONGEST_URL:
                urls.setdefault(url, link)
    return urls


def canonical(url: str, body: bytes, site: Site) -> str:
    """The URL that an article is kept under: the one that its page declares, else where it was had from.

    A page that declares what is no article of the site, its home page say, declares nothing.
    """
    head = body[: body.find(b"<body") if b"<body" in body else len(body)]
    link = next(filter(_CANONICAL.search, _LINK.findall(head)), b"")
    href = _HREF.search(link.decode("utf-8", "replace"))
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


def _entries(root: etree._Element, path: str) -> Iterator[tuple[str, str]]:
    """Location and time of the last change, both as written, of each entry of a sitemap."""
    for entry in root.iterfind(path):
        location, changed = (entry.findtext(f"{{*}}{name}", "").strip() for name in ("loc", "lastmod"))
        if location:
            yield location, changed


def _moment(written: str) -> float | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).timestamp()
