"""Which URLs a feed, a sitemap or a listing page names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree
from w3lib.url import safe_url_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The root element decides; "*" because feeds and sitemaps come with and without namespaces.
_PAGES = {
    "rss": "//*[local-name()='item']/*[local-name()='link']/text()",
    "RDF": "//*[local-name()='item']/*[local-name()='link']/text()",
    "feed": "//*[local-name()='entry']/*[local-name()='link'][not(@rel) or @rel='alternate']/@href",
    "urlset": "/*/*[local-name()='url']/*[local-name()='loc']/text()",
}
_INDEXES = {"sitemapindex": "/*/*[local-name()='sitemap']/*[local-name()='loc']/text()"}

# Says from where a reader came, not what is read.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|zarsrc|mc_[ce]id)(?:=|$)", re.IGNORECASE)


class UnreadableIndex(Exception):
    """An answer that is neither feed nor sitemap."""


@dataclass(frozen=True, slots=True)
class Index:
    """What a feed or sitemap names: pages, and further sitemaps; as written."""

    pages: tuple[str, ...]
    indexes: tuple[str, ...]


def read_index(body: bytes) -> Index:
    """The URLs of an RSS or Atom feed, a sitemap or a sitemap index; raises UnreadableIndex.

    Of broken XML that is taken which stands before the damage.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableIndex("no XML") from error
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in _PAGES | _INDEXES:
        raise UnreadableIndex("neither feed nor sitemap")
    return Index(_strings(root, _PAGES.get(kind)), _strings(root, _INDEXES.get(kind)))


def absolute(base: str, links: Iterable[str]) -> Iterator[str]:
    """Links as full URLs in plain ASCII, without fragment and tracking parameters, each once.

    What is no URL is left out.
    """
    seen: set[str] = set()
    for link in links:
        try:
            parts = urlsplit(safe_url_string(urljoin(base, link.strip())))
        except ValueError:
            continue
        query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.match(pair))
        url = parts._replace(query=query, fragment="").geturl()
        if url not in seen:
            seen.add(url)
            yield url


def _strings(root: etree._Element, path: str | None) -> tuple[str, ...]:
    return tuple(str(found).strip() for found in root.xpath(path)) if path else ()
