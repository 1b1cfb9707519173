"""The spider: from a site's feeds, sitemaps and listings to its article pages, into the store."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError

from corpus.article import Page
from corpus.frontier import NONE_CHANGED, Due, Validators
from corpus.store import Store, StoreError
from spiders import counts
from spiders.conditional import conditions, validators
from spiders.discovery import MOST_LINKS, UnreadableIndex, absolute, canonical, read_index
from spiders.failures import no_page, reason
from spiders.politeness import CrawlEnded
from spiders.recording import Record
from spiders.saving import Saver
from spiders.settings import for_site
from spiders.site import Site, SiteError, known_sites

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from corpus.crawls import CrawlReport

FIRST = 10  # priority of what names articles over the articles themselves
BATCH = 100  # URLs that are taken out of the ledger at once
MOST_SOURCES = 1000  # sitemaps, feeds and listings of a crawl: a site can name ever more sitemaps


class NewsSpider(Spider):
    """Brings home every article of one site that the store does not have, and what changed in recent ones.

    The ledger is the queue: what names articles is read into it, and the articles are asked for out of it. A
    URL is done when its page is durable in the archive; what a killed crawl left, the next one asks for.
    `on_page` is called with each page and the number it got.
    """

    name = "news"

    def __init__(
        self,
        site: Site,
        store: Store,
        on_page: Callable[[Page, int | None], None] | None = None,
        run: str | None = None,
    ) -> None:
        """A spider for one crawl of one site, as part of a run."""
        super().__init__()
        self.site, self.store = site, store
        self.store_error: StoreError | None = None
        self.report: CrawlReport | None = None
        self.started = time.time()
        self.record = Record(site, store, self.started, run)
        self.closing = ExitStack()  # what is to be closed with the crawl
        self._asked: set[str] = set()  # articles on their way
        self._sources: set[str] = set()
        self._saver = Saver(site, store, self._saved, on_page)
        self._answered = False

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        site: Site | str = "",
        store: Store | None = None,
        *,
        home: str = "trichtin-data",
        sites: str = "",
        **kwargs: Any,
    ) -> NewsSpider:
        """Scrapy's way to make a spider; `scrapy crawl news -a site=NAME [-a home=DIR] [-a sites=DIR]`.

        Raises SiteError, StoreError, NoContact.
        """
        declared = site if isinstance(site, Site) else _declared(site, Path(sites) if sites else None)
        for name, value in for_site(declared, crawler.settings).items():
            crawler.settings.set(name, value, priority="spider")
        with ExitStack() as stack:
            opened = store or stack.enter_context(Store.open(Path(home)))
            spider = super().from_crawler(crawler, declared, opened, **kwargs)
            held = stack.pop_all()
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        crawler.signals.connect(spider.refill, signal=signals.scheduler_empty)
        spider.closing = held
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """What names articles; the articles follow out of the ledger, see `refill`."""
        for relative in (*self.site.feeds, *self.site.sitemaps):
            yield self._source(self.site.url(relative), self.read_index)
        for relative in self.site.listings:
            url = self.site.url(relative)
            with self._storing():
                whole = self.store.frontier.reopen(url)
            yield self._source(url, self.read_listing, listing=url, left=self.site.pages, whole=whole)

    def refill(self) -> None:
        """The next articles out of the ledger, once anything has answered at all."""
        if not self._answered or self.store_error:
            return
        try:
            due = self._due()
        except StoreError as error:
            self.store_error = error
            return
        for wanted in due:
            self._asked.add(wanted.url)
            request = self._request(wanted.url, self.save, {"wanted": wanted}, wanted.validators)
            self.crawler.engine.crawl(request)

    def read_index(self, response: Response) -> Iterator[Request]:
        """A feed or a sitemap: its articles, and the first of its further sitemaps."""
        self._answered = True
        if response.status == HTTPStatus.NOT_MODIFIED:
            self._count(counts.NAMED, self.store.frontier.source(response.url)[0])
            return
        try:
            index = read_index(response.body, self.crawler.settings.getint("DOWNLOAD_MAXSIZE"))
        except UnreadableIndex as error:
            self._count(counts.FAILED + str(error))
            return
        named, _ = self._discovered(response.url, index.pages, index.changed)
        self._count(counts.NAMED, named)
        if not index.indexes:
            with self._storing():
                self.store.frontier.read(response.url, named, validators(response))
        for url in list(absolute(response.url, index.indexes))[: self.site.pages]:
            if self.site.owns(url) and url not in self._sources and len(self._sources) < MOST_SOURCES:
                yield self._source(url, self.read_index)

    def read_listing(self, response: Response, listing: str, left: int, whole: bool) -> Iterator[Request]:
        """A page that lists articles: those, and the next such page, if there may be something new on it.

        `whole` says that an earlier crawl has read the listing to its end.
        """
        self._answered = True
        if not isinstance(response, TextResponse):
            self._count(counts.FAILED + "listing is no HTML")
            return
        named, new = self._discovered(response.url, response.css("a::attr(href)").getall()[:MOST_LINKS])
        if left == self.site.pages:
            self._count(counts.NAMED, named)
        following = response.css(self.site.next_page)[:1].attrib.get("href") if self.site.next_page else None
        urls = [
            url for url in absolute(response.url, [following] if following else []) if self.site.owns(url)
        ]
        if left > 1 and (new or not whole) and urls and urls[0] not in self._sources:
            yield self._source(urls[0], self.read_listing, listing=listing, left=left - 1, whole=whole)
        else:
            with self._storing():
                self.store.frontier.read(listing, named, Validators())

    def save(self, response: Response, wanted: Due) -> None:
        """An article's page, stored under its canonical URL."""
        self._answered = True
        if response.status == HTTPStatus.NOT_MODIFIED:
            said = validators(response, wanted.validators)
            with self._storing():
                self._saver.unchanged(wanted, said)
        elif why := no_page(response):
            self._failed(wanted.url, why)
        else:
            self._keep(response, wanted)

    def missed(self, failure: Failure) -> None:
        """A request without an answer that is any good."""
        if isinstance(failure.value, CrawlEnded):
            return
        self._answered = self._answered or isinstance(failure.value, HttpError)
        self._failed(_article(failure.request), reason(failure.value))  # type: ignore[attr-defined]

    def broken(self, failure: Failure, response: Response | Failure | None) -> None:
        """A mistake of ours in reading an answer: a failure like any other, and Scrapy logs where."""
        request = getattr(response, "request", None)
        self._failed(_article(request), f"{type(failure.value).__name__} in the spider")

    def closed(self, because: str) -> None:
        """Scrapy's call at the end of a crawl: measures it, and records it in the ledger."""
        with self.closing, suppress(CloseSpider), self._storing():
            self._saver.flush()
            stats = self.crawler.stats.get_stats()
            self.report = self.record.end(because, stats, self._saver.new, time.time())

    def _keep(self, response: Response, wanted: Due) -> None:
        found = canonical(response.url, response.body, self.site)
        if found != wanted.url and not self.site.is_article(found):
            self._failed(wanted.url, "redirected to no article")  # so portals answer for what was removed
            return
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        with self._storing():
            again = wanted.stored and not self.store.takedowns.holds(found)
        url, now = wanted.url if again else found, datetime.now(UTC)
        page = Page(url, response.body, now, content_type, response.status, self.site.name)
        with self._storing():
            self._saver.add(page, wanted, validators(response))

    def _due(self) -> list[Due]:
        """The next articles; where there are none, what waits to be stored is stored."""
        frontier = self.store.frontier
        while due := frontier.due(self.site.name, self.started, BATCH, self._asked):
            ours = [wanted for wanted in due if self.site.owns(wanted.url)]
            if ours:
                return ours
            for wanted in due:
                frontier.failed(wanted.url, "the site has moved", time.time())
        self._saver.flush()
        return []

    def _discovered(
        self, base: str, links: Iterable[str], changed: Mapping[str, float] = NONE_CHANGED
    ) -> tuple[int, int]:
        """How many articles links name, and how many of them are new; `changed` says when a link's was."""
        urls = {url: link for url, link in absolute(base, links).items() if self.site.is_article(url)}
        moments = {url: changed[link] for url, link in urls.items() if link in changed}
        with self._storing():
            new = self.store.frontier.discover(self.site.name, urls, self.started, moments)
        self._count(counts.DISCOVERED, new)
        return len(urls), new

    def _source(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        self._sources.add(url)
        with self._storing():
            _, known = self.store.frontier.source(url)
        return self._request(url, callback, kwargs, known, FIRST)

    def _request(
        self,
        url: str,
        callback: Callable[..., Any],
        kwargs: Mapping[str, Any],
        known: Validators,
        priority: int = 0,
    ) -> Request:
        headers = conditions(known)
        return Request(
            url,
            callback,
            errback=self.missed,
            cb_kwargs=dict(kwargs),
            headers=headers,
            meta={"handle_httpstatus_list": [HTTPStatus.NOT_MODIFIED]} if headers else None,
            priority=priority,
            # Scrapy's filter would drop a redirect to a page that was asked for before without telling.
            dont_filter=True,
        )

    def _saved(self, url: str, kind: str) -> None:
        self._asked.discard(url)
        self._count(counts.FETCHED)
        self._count(kind)

    def _failed(self, url: str | None, why: str) -> None:
        """Counts a failure; an article's is noted in the ledger, where a later crawl finds it."""
        self._count(counts.FAILED + why)
        if url and not self.store_error:
            self._asked.discard(url)
            with self._storing():
                self.store.frontier.failed(url, why, time.time())

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """Ends the crawl when the store can't be written: pages that can't be kept aren't asked for."""
        try:
            if self.store_error:
                raise self.store_error
            yield
        except StoreError as error:
            self.store_error = self.store_error or error
            raise CloseSpider("store") from error

    def _count(self, key: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(key, by)


def _declared(name: str, own: Path | None) -> Site:
    declared = known_sites(own)
    if name not in declared:
        raise SiteError(f"say which site: -a site=NAME (declared: {', '.join(declared)})")
    return declared[name]


def _article(request: Request | None) -> str | None:
    """The URL of the article that was asked for; None for what names articles."""
    wanted = request.cb_kwargs.get("wanted") if request else None
    return wanted.url if wanted else None
