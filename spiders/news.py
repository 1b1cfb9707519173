"""The spider: from a site's feeds, sitemaps and listings to its article pages, into the store."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip

from corpus.article import Page
from corpus.store import Store, StoreError
from spiders.discovery import UnreadableIndex, absolute, read_index
from spiders.failures import reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from spiders.site import Site

GZIP = b"\x1f\x8b"
FIRST = 10  # priority of what names articles over the articles themselves
# Keys of the crawl's stats, beside Scrapy's own.
DISCOVERED, FETCHED, NEW, UNCHANGED = (
    f"trichtin/{name}" for name in ("discovered", "fetched", "new", "unchanged")
)
FAILED = "trichtin/failed/"


class NewsSpider(Spider):
    """Brings home every article of one site that the store does not have.

    The store is the truth: a URL is done when its page is durable there, and what a killed crawl left
    is asked for again by the next one. `on_page` is called with each page and the number it got.
    """

    name = "news"

    def __init__(
        self, site: Site, store: Store, on_page: Callable[[Page, int | None], None] | None = None
    ) -> None:
        """A spider for one crawl of one site."""
        super().__init__()
        self.site, self.store, self.on_page = site, store, on_page
        self.store_error: StoreError | None = None
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """What names articles, then the articles that earlier crawls named but did not bring home."""
        for relative in (*self.site.feeds, *self.site.sitemaps):
            yield self._source(self.site.url(relative), self.read_index)
        for relative in self.site.listings:
            yield self._source(self.site.url(relative), self.read_listing, left=self.site.pages)
        with self._storing():
            waiting = self.store.waiting(self.site.name)
        for request in self._articles(waiting):
            yield request

    def read_index(self, response: Response) -> Iterator[Request]:
        """A feed or a sitemap: its articles, and the first of its further sitemaps."""
        try:
            index = read_index(self._unzipped(response.body))
        except UnreadableIndex as error:
            self._count(FAILED + str(error))
            return
        yield from self._discovered(response.url, index.pages)
        for url in list(absolute(response.url, index.indexes))[: self.site.pages]:
            if self.site.owns(url) and url not in self._asked:
                yield self._source(url, self.read_index)

    def read_listing(self, response: Response, left: int) -> Iterator[Request]:
        """A page that lists articles: those, and the next such page."""
        if not isinstance(response, TextResponse):
            self._count(FAILED + "listing is no HTML")
            return
        yield from self._discovered(response.url, response.css("a::attr(href)").getall())
        following = response.css(self.site.next_page)[:1].attrib.get("href") if self.site.next_page else None
        for url in absolute(response.url, [following] if following else []):
            if left > 1 and self.site.owns(url) and url not in self._asked:
                yield self._source(url, self.read_listing, left=left - 1)

    def save(self, response: Response, url: str) -> None:
        """An article page, stored under the URL that it was asked for by."""
        if not self.site.owns(response.url):
            self._failed(url, "redirected to another site")
        elif not response.body:
            self._failed(url, "empty page")
        else:
            content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
            fetched = datetime.now(UTC)
            self._store(Page(url, response.body, fetched, content_type, response.status, self.site.name))

    def missed(self, failure: Failure) -> None:
        """A request without an answer that is any good."""
        url = failure.request.cb_kwargs.get("url")  # type: ignore[attr-defined]
        self._failed(url, reason(failure.value))

    def broken(self, failure: Failure, response: Response | Failure | None) -> None:
        """A mistake of ours in reading an answer: a failure like any other, and Scrapy logs where."""
        request = getattr(response, "request", None)
        self._failed(
            request.cb_kwargs.get("url") if request else None, f"{type(failure.value).__name__} in the spider"
        )

    def _store(self, page: Page) -> None:
        with self._storing():
            number = self.store.add(page)
        self._count(FETCHED)
        self._count(UNCHANGED if number is None else NEW)
        if self.on_page:
            self.on_page(page, number)

    def _discovered(self, base: str, links: Iterable[str]) -> Iterator[Request]:
        urls = [url for url in absolute(base, links) if self.site.is_article(url)]
        with self._storing():
            states = {url: self.store.known(url) for url in urls}
            unseen = [url for url, state in states.items() if state is None]
            self.store.discover(self.site.name, unseen)
        self._count(DISCOVERED, len(unseen))
        yield from self._articles(url for url, state in states.items() if state != "stored")

    def _articles(self, urls: Iterable[str]) -> Iterator[Request]:
        for url in urls:
            if url not in self._asked and self.site.is_article(url):
                yield self._request(url, self.save, {"url": url})

    def _source(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        return self._request(url, callback, kwargs, FIRST)

    def _request(
        self, url: str, callback: Callable[..., Any], kwargs: Mapping[str, Any], priority: int = 0
    ) -> Request:
        # Scrapy's filter would drop a redirect to a page that was asked for before without telling.
        self._asked.add(url)
        return Request(
            url,
            callback,
            errback=self.missed,
            cb_kwargs=dict(kwargs),
            priority=priority,
            dont_filter=True,
        )

    def _unzipped(self, body: bytes) -> bytes:
        """A body that is served as a gzip file."""
        if not body.startswith(GZIP):
            return body
        try:
            return gunzip(body, max_size=self.crawler.settings.getint("DOWNLOAD_MAXSIZE"))
        except (OSError, EOFError, ValueError) as error:
            raise UnreadableIndex("broken gzip") from error

    def _failed(self, url: str | None, why: str) -> None:
        """Counts a failure; an article's is noted in the ledger, where the next crawl finds it."""
        self._count(FAILED + why)
        if url and not self.store_error:
            with self._storing():
                self.store.failed(url, why)

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """Ends the crawl when the store can't be written: pages that can't be kept aren't asked for."""
        try:
            yield
        except StoreError as error:
            self.store_error = self.store_error or error
            raise CloseSpider("store") from error

    def _count(self, key: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(key, by)
