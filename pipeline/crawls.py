"""A crawl as logs, `status --json` and messages tell of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.crawls import CrawlReport


def crawl_fields(crawl: CrawlReport) -> dict[str, Any]:
    """All that is known of a crawl; times in UTC (ISO 8601)."""
    ended = moment(crawl.ended) if crawl.ended is not None else None
    return asdict(crawl) | {"started": moment(crawl.started), "ended": ended, "finished": crawl.finished}


def moment(seconds: float) -> str:
    """A time in seconds since 1970 in ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
