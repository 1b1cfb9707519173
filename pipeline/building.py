"""From the archive to a published generation: parse, extract, load, publish whatever is new."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import extractors
from corpus.store import Store
from pipeline.logs import run_id
from pipeline.progress import progress
from pipeline.room import require_room_to_build
from spiders.parsing import UnreadablePage, parse
from spiders.site import known_sites
from warehouse import Extracted, Unreadable, Warehouse, WarehouseError, alone, publish, search, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.article import Page
    from pipeline.home import Home
    from spiders.site import Site
    from warehouse import Generation

BATCH = 500
"""Pages that are parsed, extracted and then loaded in one transaction."""

RUNS = 10_000
"""Crawls of a site that readers of the warehouse are told of, the latest."""


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


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    articles: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, batch: Sequence[Extracted | Unreadable]) -> None:
        for item in batch:
            if isinstance(item, Unreadable):
                self.unreadable.append(item)
            else:
                self.articles += 1
                self.facts.update(fact.kind for fact in item.facts)


def build(home: Home, own_sites: Path | None = None, *, reparse: bool = False) -> BuildReport:
    """Loads every archived page that no build with these rules has loaded, with `reparse` all; publishes.

    What was taken down goes first. Each batch is one transaction, so that a killed build goes on where it
    was. Raises Failure where the disk has no room, StoreError, WarehouseError.
    """
    require_room_to_build(home)
    started = time.monotonic()
    with Warehouse.open(home.warehouse) as warehouse:
        done = _load(home, warehouse, known_sites(own_sites), reparse=reparse)
        generation = publish(warehouse, home.published, search.build, run_id())
    return BuildReport(done.articles, done.facts, done.unreadable, generation, time.monotonic() - started)


def rebuild(home: Home, own_sites: Path | None = None) -> BuildReport:
    """Makes the warehouse anew from the archive alone, whatever became of the one there is, and publishes.

    The old one stays until the new one is whole; a killed rebuild goes on where it was. Raises Failure where
    the disk has no room, StoreError, WarehouseError.
    """
    require_room_to_build(home, anew=True)
    started = time.monotonic()
    with alone(home.warehouse), Warehouse.anew(home.rebuilding) as warehouse:
        done = _load(home, warehouse, known_sites(own_sites))
        warehouse.move_to(home.warehouse)
    generation = build(home, own_sites).generation
    return BuildReport(done.articles, done.facts, done.unreadable, generation, time.monotonic() - started)


def damage(home: Home) -> list[str]:
    """What is wrong with the warehouse and with what is published, a line each."""
    found = []
    for check, path in ((_check, home.warehouse), (verify, home.published)):
        try:
            check(path)
        except WarehouseError as error:
            found.append(str(error))
    return found


def _check(path: Path) -> None:
    if path.exists():
        with Warehouse.open(path) as warehouse:
            warehouse.check()


def _load(home: Home, warehouse: Warehouse, declared: Mapping[str, Site], *, reparse: bool = False) -> _Read:
    """Loads what is waiting in the archive."""
    version = extractors.version()
    done = _Read()
    with Store.reading(home.directory) as store:
        warehouse.claim(store.identity)
        warehouse.keep_runs(run for site in store.crawls.sites() for run in store.crawls.last(site, RUNS))
        warehouse.remove([takedown.url for takedown in store.takedowns.all()])
        waiting = sorted(set(store.numbers()) - (set() if reparse else warehouse.loaded(version)))
        with progress("extracting", len(waiting)) as advance:
            for batch in _batches(store, waiting, declared):
                warehouse.load(batch, version, again=reparse)
                done.add(batch)
                advance(len(batch))
    return done


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
