"""One crawl of some sites, from beginning to report."""

from __future__ import annotations

import logging
import math
import signal
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from spiders.news import NewsSpider
from spiders.settings import for_site

if TYPE_CHECKING:
    from asyncio import Task
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


AT_ONCE = 8  # sites; the next begins when one has ended


def crawl(  # noqa: PLR0913  (each is a wish of its own)
    sites: Iterable[Site],
    store: Store,
    *,
    on_page: Callable[[Page, int | None], None] | None = None,
    run: str | None = None,
    overrides: Mapping[str, Any] | None = None,
    until: float = math.inf,
) -> list[CrawlReport]:
    """Crawl sites into a store, AT_ONCE side by side; `on_page` hears of each page and the number it got.

    The crawls are recorded as part of `run`. `overrides` are Scrapy settings that go before all others. No
    site is begun after `until` (time.monotonic); what is returned tells of those that were. Once a process,
    as Scrapy's reactor can't be started again. Raises NoContact before anything is asked for, StoreError
    where the store can't be written, and KeyboardInterrupt when it was stopped by one; what is stored by then
    stays.
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
        begun = process.begin_all(chosen, until, store=store, on_page=on_page, run=run)
    for task in begun.values():
        task.result()
    reports = [_report(crawler) for crawler in begun]
    if process.stopping:
        raise KeyboardInterrupt
    return reports


class _Process(AsyncCrawlerProcess):
    """Crawls sites in their order: each begins when one before it has ended, until all is to stop."""

    stopping = False

    def begin_all(self, sites: Iterable[Site], until: float, **given: Any) -> Mapping[Crawler, Task[None]]:
        waiting = deque(sites)
        begun: dict[Crawler, Task[None]] = {}

        def begin(_: object = None) -> None:
            if waiting and not self.stopping and time.monotonic() < until:
                crawler = Crawler(NewsSpider, self.settings)
                begun[crawler] = self.crawl(crawler, site=waiting.popleft(), **given)
                begun[crawler].add_done_callback(begin)

        for _ in range(AT_ONCE):
            begin()
        self.start()
        return begun

    async def stop(self) -> None:
        """Scrapy's call when a signal has come, and at the very end."""
        self.stopping |= bool(self.crawlers)
        await super().stop()


def _silently_made(settings: Settings) -> _Process:
    """Scrapy's process, of which only warnings are heard: making one opens its loggers for all levels."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        process = _Process(settings)
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
    if spider.report is None:
        raise KeyboardInterrupt
    return spider.report
