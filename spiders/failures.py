"""Why a page could not be had, in words that a report can count by."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from spiders.robots import UNAVAILABLE

_REASONS: dict[type, str] = {
    CannotResolveHostError: "unknown host",
    DownloadCancelledError: "too large",
    DownloadConnectionRefusedError: "connection refused",
    DownloadFailedError: "connection lost",
    DownloadTimeoutError: "timeout",
    ResponseDataLossError: "cut off",
}
# Scrapy tells these apart by their words only.
_IGNORED = {
    "robots.txt": "forbidden by robots.txt",
    "max redirections": "too many redirects",
    "DOWNLOAD_MAXSIZE": "too large",
}


def reason(error: BaseException | None) -> str:
    """One short phrase for an error that a request ended with."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, IgnoreRequest) and str(error).startswith(UNAVAILABLE):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return next((words for part, words in _IGNORED.items() if part in str(error)), "not asked for")
    return _REASONS.get(type(error), type(error).__name__)
