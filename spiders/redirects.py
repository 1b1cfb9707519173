"""A crawl stays on its site, wherever it is redirected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

ELSEWHERE = "redirected to another site"


class StayOnSite:
    """A downloader middleware: no redirect leads to another site, whose owner nobody has asked.

    That of a robots.txt may (RFC 9309).
    """

    def __init__(self, crawler: Crawler) -> None:
        """Scrapy's way to make a middleware."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Lets a request pass; raises IgnoreRequest."""
        redirected = request.meta.get("redirect_times") and not request.meta.get("dont_obey_robotstxt")
        spider: Any = self._crawler.spider
        if redirected and not spider.site.owns(request.url):
            raise IgnoreRequest(ELSEWHERE)
