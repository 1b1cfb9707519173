"""What a crawl counts, as keys of its Scrapy stats, and as fields of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED, DISCOVERED, FETCHED, NEW, CHANGED, UNCHANGED = (
    f"trichtin/{name}" for name in ("named", "discovered", "fetched", "new", "changed", "unchanged")
)
FAILED = "trichtin/failed/"
REQUESTS = "downloader/request_count"  # Scrapy's own


def counted(stats: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a CrawlReport that a crawl counts."""
    plain = (NAMED, DISCOVERED, FETCHED, NEW, CHANGED, UNCHANGED)
    return {
        "requests": stats.get(REQUESTS, 0),
        "failed": {key.removeprefix(FAILED): n for key, n in sorted(stats.items()) if key.startswith(FAILED)},
        **{key.rpartition("/")[2]: stats.get(key, 0) for key in plain},
    }
