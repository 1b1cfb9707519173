"""Why a page could not be had, in words that a report can count by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

from spiders.redirects import ELSEWHERE
from spiders.robots import UNAVAILABLE

if TYPE_CHECKING:
    from scrapy.http import Response

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
    ELSEWHERE: ELSEWHERE,
}
_TEXT = re.compile(r"\s*(?:text/|application/xhtml|$)", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_TYPE = re.compile(r"\s*([a-z]+/[a-z0-9.+-]{1,40})\s*(?:;|$)", re.IGNORECASE)


def reason(error: BaseException | None) -> str:
    """One short phrase for an error that a request ended with."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, IgnoreRequest) and str(error).startswith(UNAVAILABLE):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return next((words for part, words in _IGNORED.items() if part in str(error)), "not asked for")
    return _REASONS.get(type(error), type(error).__name__)


def no_page(response: Response) -> str | None:
    """Why an answer is no page of text, one short phrase; None where it is one."""
    if not response.body:
        return "empty page"
    said = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if _TEXT.match(said) or _HTML.search(response.body, 0, 5000):
        return None
    known = _TYPE.match(said)
    return f"no page but {known[1].lower() if known else 'an unknown type'}"
