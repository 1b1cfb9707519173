"""Conditional requests: asking only for what is newer than what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.frontier import Validators

if TYPE_CHECKING:
    from scrapy.http import Response


def conditions(known: Validators) -> dict[str, str]:
    """The headers that make a server answer 304 (Not Modified) where nothing is newer."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def validators(response: Response, known: Validators | None = None) -> Validators:
    """What a server says of its answer; after a 304, which need not repeat it, what was known holds on."""
    said = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    etag, last_modified = (value.decode("latin-1") if value else None for value in said)
    if known is None:
        return Validators(etag, last_modified)
    return Validators(etag or known.etag, last_modified or known.last_modified)
