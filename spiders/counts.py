"""What a crawl counts, as keys of its Scrapy stats, and the report that is made of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from corpus.crawls import CrawlReport

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED, DISCOVERED, FETCHED, NEW, CHANGED, UNCHANGED = (
    f"trichtin/{name}" for name in ("named", "discovered", "fetched", "new", "changed", "unchanged")
)
FAILED = "trichtin/failed/"
REQUESTS = "downloader/request_count"  # Scrapy's own


def report(
    site: str, started: float, because: str, stats: Mapping[str, Any], coverage: Mapping[str, int]
) -> CrawlReport:
    """The report of a crawl that ends now, nothing judged."""
    counted = {
        key.rpartition("/")[2]: stats.get(key, 0)
        for key in (NAMED, DISCOVERED, FETCHED, NEW, CHANGED, UNCHANGED)
    }
    return CrawlReport(
        site,
        started,
        time.time(),
        because,
        requests=stats.get(REQUESTS, 0),
        failed={key.removeprefix(FAILED): n for key, n in sorted(stats.items()) if key.startswith(FAILED)},
        coverage=coverage,
        **counted,
    )
