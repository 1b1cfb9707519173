"""One page of a site, fetched as politely as a crawl would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from corpus.article import Page
from spiders.failures import reason
from spiders.settings import for_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from spiders.site import Site


class PageMissing(Exception):
    """A page that could not be had; the message is the reason in one line."""


class _OnePage(Spider):
    """Asks for one URL."""

    name = "page"

    def __init__(self, url: str, site: Site) -> None:
        super().__init__()
        self.url, self.site = url, site
        self.page: Page | None = None
        self.why = "no answer"

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, self.keep, errback=self.miss, dont_filter=True)

    def keep(self, response: Response) -> None:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        fetched = datetime.now(UTC)
        self.page = Page(self.url, response.body, fetched, content_type, response.status, self.site.name)

    def miss(self, failure: Failure) -> None:
        self.why = reason(failure.value)


def fetch(url: str, site: Site) -> Page:
    """The page at a URL of a site; robots.txt is obeyed. Once a process; raises PageMissing, NoContact."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict(for_site(site, settings), priority="spider")
    # The budget counts crawls.
    settings["DOWNLOADER_MIDDLEWARES"].set("spiders.politeness.Politeness", None, priority="cmdline")
    settings.setdict({"LOG_ENABLED": False}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = Crawler(_OnePage, settings)
    process.crawl(crawler, url, site)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, _OnePage) or spider.page is None:
        raise PageMissing(f"{url}: {spider.why if isinstance(spider, _OnePage) else 'no answer'}")
    return spider.page
