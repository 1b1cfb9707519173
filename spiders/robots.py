"""Obedience to robots.txt."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class RobotsTxt(RobotsTxtMiddleware):
    """Scrapy's middleware, one request at a time while a host's robots.txt is on its way.

    In Scrapy 2.19 all requests that wait for it share one Deferred, of which only the first gets the
    rules: the others get None and go out unchecked.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Scrapy's way to make a middleware."""
        super().__init__(crawler)
        self._waiting: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host."""
        async with self._waiting[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
