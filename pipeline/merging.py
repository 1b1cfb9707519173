"""Joins what several homes have crawled into one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.importing import ImportReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.store import Store

BATCH = 100
"""Pages that are stored at once."""

CRAWLS = 10_000
"""Of a site, the latest, that are taken over."""


def merge(other: Store, into: Store, advance: Callable[[int], None]) -> ImportReport:
    """Takes every page and every crawl of one store into another, each once, however often it is done.

    What a kill leaves is done by the next call. Raises StoreError.
    """
    new = known = 0
    pages = (page for _, page in other.pages(other.numbers()))
    while batch := list(islice(pages, BATCH)):
        taken = into.take(batch)
        new, known = new + taken, known + len(batch) - taken
        advance(len(batch))
    for site in other.crawls.sites():
        into.crawls.take(reversed(other.crawls.last(site, CRAWLS)))
    return ImportReport(new, known)
