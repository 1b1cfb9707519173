"""From answers to stored articles: each article once, under one URL, its changes as versions."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.addresses import identity
from corpus.store import Arrival
from spiders import counts
from spiders.health import same_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.article import Page
    from corpus.frontier import Due, Validators
    from corpus.store import Store
    from spiders.site import Site

BATCH = 16  # pages that are made durable at once: waiting for the disk is most of the work
LONGEST = 0.5  # seconds after which a page waits for no other


class Saver:
    """Puts the pages of one crawl into the store; what is not flushed yet counts as not fetched."""

    def __init__(
        self,
        site: Site,
        store: Store,
        on_saved: Callable[[str, str], None],
        on_page: Callable[[Page, int | None], None] | None,
    ) -> None:
        """`on_saved` hears of each URL asked for and what it counts as, `on_page` of its page and number."""
        self._site, self._store, self._on_saved, self._on_page = site, store, on_saved, on_page
        self._waiting: list[tuple[Arrival, bool]] = []
        self._flushed = time.monotonic()
        self.new: list[int] = []
        """The numbers of the articles that the store did not have."""

    def add(self, page: Page, wanted: Due, said: Validators) -> None:
        """An article's page; stored at once, or with others soon. Raises StoreError."""
        self._waiting.append((Arrival(page, wanted.url, said), wanted.stored))
        if len(self._waiting) >= BATCH or time.monotonic() - self._flushed > LONGEST:
            self.flush()

    def flush(self) -> None:
        """Makes durable whatever waits; raises StoreError."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        worth = self._worth_keeping(waiting)
        numbers = iter(
            self._store.add_all([arrival for (arrival, _), keep in zip(waiting, worth, strict=True) if keep])
        )
        self._flushed = time.monotonic()
        for (arrival, again), keep in zip(waiting, worth, strict=True):
            if not keep:
                self._note(arrival, again)
            self._tell(arrival, next(numbers) if keep else None, again)

    def unchanged(self, wanted: Due, said: Validators) -> None:
        """A stored article's server says that it is as it was; raises StoreError."""
        self._store.looked(wanted.url, self._site.name, datetime.now(UTC), said)
        self._on_saved(wanted.url, counts.UNCHANGED)

    def _worth_keeping(self, waiting: list[tuple[Arrival, bool]]) -> list[bool]:
        """Not twins of stored articles, and no pages on which a stored article is as it was."""
        articles: set[str] = set()
        worth = []
        for arrival, again in waiting:
            page, article = arrival.page, identity(arrival.page.url)
            if again:
                old = self._store.newest(page.url)
                worth.append(old is None or not same_article(old, page, self._site))
            else:
                worth.append(article not in articles and not self._store.frontier.keeps(page.url))
            articles.add(article)
        return worth

    def _note(self, arrival: Arrival, again: bool) -> None:
        page = arrival.page
        if again:
            self._store.looked(page.url, page.site, page.fetched, arrival.said)
        else:
            self._store.frontier.twin(arrival.asked)

    def _tell(self, arrival: Arrival, number: int | None, again: bool) -> None:
        kind = counts.UNCHANGED if number is None else counts.CHANGED if again else counts.NEW
        if number is not None and not again:
            self.new.append(number)
        self._on_saved(arrival.asked, kind)
        if self._on_page:
            self._on_page(arrival.page, number)
