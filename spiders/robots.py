"""Obedience to robots.txt."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

LARGEST = 500 << 10  # bytes of rules: RFC 9309 wants no more to be read
UNAVAILABLE = "robots.txt answers HTTP"


class RobotsTxt(RobotsTxtMiddleware):
    """Scrapy's middleware, made to keep RFC 9309.

    One request at a time while a host's robots.txt is on its way: in Scrapy 2.19 all requests that wait for
    it share one Deferred, of which only the first gets the rules, and the others go out unchecked. An answer
    4xx means that there are no rules, whatever its page says; 5xx, 429 and none at all, that nothing may be
    asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Scrapy's way to make a middleware."""
        super().__init__(crawler)
        self._waiting: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed: dict[str, Exception] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host; raises why they can't be had."""
        host = urlparse_cached(request).netloc
        async with self._waiting[host]:
            parser = await super().robot_parser(request)
        if host in self._closed:
            raise self._closed[host].with_traceback(None)
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        status = response.status
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise IgnoreRequest(f"{UNAVAILABLE} {status}")
        rules = response.body[:LARGEST] if status < HTTPStatus.BAD_REQUEST else b""
        await super()._parse_robots(response.replace(body=rules), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._closed[netloc] = exc
        super()._robots_error(exc, netloc)
