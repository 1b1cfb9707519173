"""From the archive to a published generation: parse, extract, load, publish whatever is new."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import extractors
from corpus.store import Store
from pipeline.progress import progress
from spiders.parsing import UnreadablePage, parse
from spiders.site import known_sites
from warehouse import Extracted, Unreadable, Warehouse, publish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.article import Page
    from pipeline.home import Home
    from spiders.site import Site
    from warehouse import Generation

BATCH = 500
"""Pages that are parsed, extracted and then loaded in one transaction."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did. `facts` counts by kind; `unreadable` names pages that hold no article, and why."""

    articles: int
    facts: Mapping[str, int]
    unreadable: Sequence[Unreadable]
    generation: Generation
    seconds: float

    @property
    def nothing_new(self) -> bool:
        """Whether every page was loaded before, by these rules."""
        return not self.articles and not self.unreadable


def build(home: Home, own_sites: Path | None = None, *, reparse: bool = False) -> BuildReport:
    """Loads every archived page that no build with these rules has loaded, with `reparse` all; publishes.

    Each batch is one transaction, so that a killed build goes on where it was. Raises StoreError,
    WarehouseError.
    """
    started = time.monotonic()
    declared = known_sites(own_sites)
    version = extractors.version()
    facts: Counter[str] = Counter()
    unreadable: list[Unreadable] = []
    articles = 0
    with Store.reading(home.directory) as store, Warehouse.open(home.warehouse) as warehouse:
        warehouse.claim(store.identity)
        waiting = sorted(set(store.numbers()) - (set() if reparse else warehouse.loaded(version)))
        with progress("extracting", len(waiting)) as advance:
            for batch in _batches(store, waiting, declared):
                warehouse.load(batch, version, again=reparse)
                for item in batch:
                    if isinstance(item, Unreadable):
                        unreadable.append(item)
                    else:
                        articles += 1
                        facts.update(fact.kind for fact in item.facts)
                advance(len(batch))
        generation = publish(warehouse, home.published)
    return BuildReport(articles, facts, unreadable, generation, time.monotonic() - started)


def _batches(
    store: Store, numbers: Sequence[int], declared: Mapping[str, Site]
) -> Iterator[list[Extracted | Unreadable]]:
    for start in range(0, len(numbers), BATCH):
        pages = store.pages(numbers[start : start + BATCH])
        yield [read(number, page, declared) for number, page in pages]


def read(number: int, page: Page, declared: Mapping[str, Site]) -> Extracted | Unreadable:
    """One page's article and its facts, or why there is none."""
    site = declared.get(page.site)
    try:
        article = parse(page, site)
    except UnreadablePage as reason:
        return Unreadable(number, page.url, str(reason))
    facts, sentences = extractors.extract_with_sentences(article)
    official = site.kind == "official" if site else None
    return Extracted(number, article, facts, sentences, page.fetched, official)
