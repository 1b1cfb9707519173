"""One crawl of some sites, from beginning to report."""

from __future__ import annotations

import logging
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from spiders.news import NewsSpider
from spiders.settings import for_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corpus.article import Page
    from corpus.crawls import CrawlReport
    from corpus.store import Store
    from spiders.site import Site

# Loggers of Scrapy that tell what the report tells by reason.
REPORTED = (
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.core.downloader.handlers.http11",
)


def crawl(
    sites: Iterable[Site],
    store: Store,
    *,
    on_page: Callable[[Page, int | None], None] | None = None,
    run: str | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> list[CrawlReport]:
    """Crawl sites side by side into a store; `on_page` hears of each page and the number it got.

    The crawls are recorded as part of `run`. `overrides` are Scrapy settings that go before all others. Once
    a process, as Scrapy's reactor can't be started again. Raises NoContact before anything is asked for,
    StoreError where the store can't be written, and KeyboardInterrupt when it was stopped by one; what is
    stored by then stays.
    """
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict({"LOG_INSTALL_ROOT_HANDLER": False, **(overrides or {})}, priority="cmdline")
    chosen = list(sites)
    for site in chosen:
        for_site(site, settings)
    # Warnings and errors go to stderr, or where the program sends them already.
    logging.basicConfig(format="%(levelname)s: %(message)s")
    with _signal_handlers_kept():
        process = _silently_made(settings)
        crawlers = [Crawler(NewsSpider, settings) for _ in chosen]
        tasks = [
            process.crawl(crawler, site=site, store=store, on_page=on_page, run=run)
            for crawler, site in zip(crawlers, chosen, strict=True)
        ]
        process.start()
    for task in tasks:
        task.result()
    return [_report(crawler) for crawler in crawlers]


def _silently_made(settings: Settings) -> AsyncCrawlerProcess:
    """Scrapy's process, of which only warnings are heard: making one opens its loggers for all levels."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        process = AsyncCrawlerProcess(settings)
    finally:
        logging.disable(before)
    for name in ("scrapy", NewsSpider.name):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in REPORTED:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return process


@contextmanager
def _signal_handlers_kept() -> Iterator[None]:
    # Scrapy leaves its own behind, after which Ctrl-C would stop nothing.
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _report(crawler: Crawler) -> CrawlReport:
    spider = crawler.spider
    if not isinstance(spider, NewsSpider):
        raise TypeError(f"the crawl had no spider: {crawler.stats.get_stats()}")
    if spider.store_error:
        raise spider.store_error
    if spider.report is None or spider.report.because == "shutdown":
        raise KeyboardInterrupt
    return spider.report
