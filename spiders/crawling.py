"""One crawl of some sites, from beginning to report."""

from __future__ import annotations

import logging
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from spiders.news import DISCOVERED, FAILED, FETCHED, NEW, UNCHANGED, NewsSpider
from spiders.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corpus.article import Page
    from corpus.store import Store
    from spiders.site import Site


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What one crawl of one site did.

    `discovered` counts article URLs never seen before; `fetched` article pages, of which `new` were kept
    and `unchanged` were in the store already; `failed` counts by reason.
    """

    site: str
    discovered: int
    fetched: int
    new: int
    unchanged: int
    failed: Mapping[str, int]
    seconds: float


def crawl(
    sites: Iterable[Site],
    store: Store,
    *,
    on_page: Callable[[Page, int | None], None] | None = None,
) -> list[CrawlReport]:
    """Crawl sites side by side into a store; `on_page` hears of each page and the number it got.

    Once a process, as Scrapy's reactor can't be started again. Raises StoreError where the store can't
    be written, and KeyboardInterrupt when it was stopped by one; what is stored by then stays.
    """
    crawlers = [(site, Crawler(NewsSpider, settings(site))) for site in sites]
    with _only_warnings(), _signal_handlers_kept():
        process = AsyncCrawlerProcess({"LOG_INSTALL_ROOT_HANDLER": False})
        # Where a robots.txt can't be had the pages can't either, and those are in the report.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        runs = [process.crawl(crawler, site, store, on_page) for site, crawler in crawlers]
        process.start()
    for run in runs:
        run.result()
    for _, crawler in crawlers:
        _raise_what_ended_it(crawler)
    return [_report(site, crawler) for site, crawler in crawlers]


@contextmanager
def _only_warnings() -> Iterator[None]:
    """Warnings and errors go to stderr, or where the program sends them already."""
    # Scrapy opens its loggers for all levels, and other libraries leave handlers at the root that take all.
    logging.basicConfig(format="%(levelname)s: %(message)s")
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _signal_handlers_kept() -> Iterator[None]:
    # Scrapy leaves its own behind, after which Ctrl-C would stop nothing.
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _raise_what_ended_it(crawler: Crawler) -> None:
    if isinstance(crawler.spider, NewsSpider) and crawler.spider.store_error:
        raise crawler.spider.store_error
    if crawler.stats.get_value("finish_reason") == "shutdown":
        raise KeyboardInterrupt


def _report(site: Site, crawler: Crawler) -> CrawlReport:
    stats = crawler.stats.get_stats()
    discovered, fetched, new, unchanged = (stats.get(key, 0) for key in (DISCOVERED, FETCHED, NEW, UNCHANGED))
    failed = {key.removeprefix(FAILED): n for key, n in sorted(stats.items()) if key.startswith(FAILED)}
    seconds = stats["elapsed_time_seconds"]
    return CrawlReport(site.name, discovered, fetched, new, unchanged, failed, seconds)
