"""One crawl as the ledger keeps it: from its beginning to what was not as it should be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.crawls import CrawlReport
from spiders import counts
from spiders.health import breaches, coverage, known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.store import Store
    from spiders.site import Site


class Record:
    """The record of one crawl of one site. Times are seconds since 1970; all raise StoreError."""

    def __init__(self, site: Site, store: Store, now: float, run: str | None = None) -> None:
        """The crawl begins, as part of a run."""
        self._site, self._store, self._started, self._run = site, store, now, run
        last = store.crawls.begun(site.name, 1)
        if last and last[0].started > now:
            store.frontier.set_back(site.name, now)
        self.number = store.crawls.begin(site.name, now, run)

    def end(self, because: str, stats: Mapping[str, Any], new: Sequence[int], now: float) -> CrawlReport:
        """The crawl has ended: it is measured, and kept.

        `stats` holds what it counted by the names in `spiders.counts`, `new` the numbers of the articles that
        the store did not have.
        """
        report = CrawlReport(
            self._site.name,
            self._started,
            now,
            because,
            coverage=coverage(self._site, self._store, new),
            run=self._run,
            **counts.counted(stats),
        )
        told = replace(report, breaches=breaches(self._site, report, known(self._store, report)))
        self._store.crawls.end(self.number, told)
        return told
