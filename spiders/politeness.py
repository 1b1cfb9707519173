"""When not to ask: a used-up budget, a stop switch, a server that wants rest."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from spiders.endings import STOP, budget_used, rest_wanted

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

OVERLOADED = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
NOTED_AT_ONCE = 20  # requests, noted before they are made: a killed crawl counts a few too many


class CrawlEnded(IgnoreRequest):
    """A request that is not made because the crawl is over; the message says why."""


class Politeness:
    """A downloader middleware; it has to stand nearer to the downloader than Scrapy's RetryMiddleware.

    It counts every request, robots.txt and redirects too, against the site's daily budget. While a host
    answers 429 or 503 nothing is asked of it for as long as it says (Retry-After), at least for
    BACKOFF_START seconds, twice as long each time. More than BACKOFF_LONGEST seconds end the crawl. Between
    two requests to a host lies what its robots.txt says (Crawl-delay), at most CRAWL_DELAY_LONGEST seconds.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Scrapy's way to make a middleware."""
        self._crawler = crawler
        self._start = crawler.settings.getfloat("BACKOFF_START")
        self._longest = crawler.settings.getfloat("BACKOFF_LONGEST")
        self._longest_delay = crawler.settings.getfloat("CRAWL_DELAY_LONGEST")
        self._robot = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._requests = 0
        self._left: int | None = None
        self._refusals: Counter[str] = Counter()
        self._rest_until: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._ended: str | None = None
        self._wake = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        """Scrapy's way to make a middleware."""
        politeness = cls(crawler)
        crawler.signals.connect(politeness.learn_delay, signal=signals.robots_parsed)
        return politeness

    def learn_delay(self, robotparser: RobotParser, request: Request) -> None:
        """What the robots.txt of a request's host says of how often it may be asked."""
        delay = robotparser.crawl_delay(self._robot) or 0.0
        self._delays[urlparse_cached(request).netloc] = min(delay, self._longest_delay)

    async def process_request(self, request: Request) -> None:
        """Lets a request pass, at once or after a rest; raises CrawlEnded."""
        host = urlparse_cached(request).netloc
        while not self._ended and (rest := self._rest_until.get(host, 0.0) - time.monotonic()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), rest)
        stop = self._spider.store.directory / STOP
        if stop.exists():
            self._end(f"stopped by {stop}")
        elif self._requests >= self._budget():
            self._end(budget_used(self._spider.site.budget))
        if self._ended:
            raise CrawlEnded(self._ended)
        self._rest_until[host] = time.monotonic() + self._delays.get(host, 0.0)
        self._count()

    def process_response(self, request: Request, response: Response) -> Response:
        """Looks whether a host wants rest."""
        host = urlparse_cached(request).netloc
        if response.status not in OVERLOADED:
            self._refusals.pop(host, None)
            return response
        rest = max(retry_after(response), self._start * 2 ** self._refusals[host])
        self._refusals[host] += 1
        until = time.monotonic() + min(rest, self._longest)
        self._rest_until[host] = max(until, self._rest_until.get(host, 0.0))
        if rest > self._longest:
            self._end(rest_wanted(rest))
        return response

    @property
    def _spider(self) -> Any:
        return self._crawler.spider

    def _budget(self) -> int:
        """How many requests this crawl may make: what crawls of the last 24 hours left of the budget."""
        if self._left is None:
            spent = self._spider.store.crawls.spent(self._spider.site.name, time.time())
            self._left = max(0, self._spider.site.budget - spent)
        return self._left

    def _count(self) -> None:
        if self._requests % NOTED_AT_ONCE == 0:
            self._spider.store.crawls.spend(self._spider.record.number, self._requests + NOTED_AT_ONCE)
        self._requests += 1

    def _end(self, because: str) -> None:
        if self._ended is None:
            self._ended = because
            self._wake.set()
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=because))


def retry_after(response: Response) -> float:
    """The seconds for which a server asks to be left alone; 0 where it says nothing that can be read."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time())
