"""A page as it was fetched, and the article that was read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One response as it came, before anybody read it.

    `fetched` is an aware UTC time. `declared` holds what is known of the page from outside it (a feed
    entry, an import's sidecar): any of `title`, `published` (ISO day), `source`.
    """

    url: str
    body: bytes
    fetched: datetime
    content_type: str = ""
    status: int = 200
    site: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """Clean text and what is known of it. The spans of all facts count code points of `text`.

    Make one with `from_text`: `text` has passed `corpus.text.clean`, and nothing rewrites it afterwards.
    """

    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None

    @classmethod
    def from_text(  # noqa: PLR0913 (all that is known of an article)
        cls,
        text: str,
        title: str | None = None,
        published: date | None = None,
        *,
        url: str | None = None,
        source: str | None = None,
        author: str | None = None,
    ) -> Article:
        """An article of any Unicode text, cleaned."""
        return cls(clean(text), clean(title) if title else None, published, url, source, author)

    @property
    def id(self) -> str:
        """16 hex digits that name the article over all its versions: its URL's, else its text's."""
        return article_id(self.url or self.text)

    @property
    def version(self) -> str:
        """16 hex digits that change whenever title, publish date or text do."""
        return _digest("\x1f".join((self.title or "", str(self.published), self.text)))


def article_id(url: str) -> str:
    """16 hex digits that name the article of a URL."""
    return _digest(url)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
