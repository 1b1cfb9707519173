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
from warehouse.rows import TABLES, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.article import Page
    from pipeline.home import Home
    from spiders.site import Site
    from warehouse import Generation
    from warehouse.rows import Rows

    Reader = Callable[[Store, Sequence[int], Mapping[str, Site]], Iterator[Rows]]
    """Gives the rows of pages of a store, batch for batch; one is loaded when the next is asked for."""

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
class Loaded:
    """What was loaded so far; `facts` counts by kind."""

    articles: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, rows: Rows) -> int:
        """Counts a batch; of how many pages it is."""
        articles = rows["articles"].num_rows if "articles" in rows else 0
        unread = rows["unreadable"].to_pylist() if "unreadable" in rows else []
        self.articles += articles
        self.facts.update({kind: rows[name].num_rows for kind, name in TABLES.items() if name in rows})
        self.unreadable += [Unreadable(row["page"], row["url"], row["reason"]) for row in unread]
        return articles + len(unread)


def read_here(store: Store, numbers: Sequence[int], declared: Mapping[str, Site]) -> Iterator[Rows]:
    """Reads in this process, the way of a Reader that needs nothing else."""
    for start in range(0, len(numbers), BATCH):
        pages = store.pages(numbers[start : start + BATCH])
        yield tables([read(number, page, declared) for number, page in pages], extractors.version())


def build(
    home: Home, own_sites: Path | None = None, *, reparse: bool = False, reader: Reader = read_here
) -> BuildReport:
    """Loads every archived page that no build with these rules has loaded, with `reparse` all; publishes.

    What was taken down goes first. Each batch is one transaction, so that a killed build goes on where it
    was. Raises Failure where the disk has no room, StoreError, WarehouseError.
    """
    require_room_to_build(home)
    started = time.monotonic()
    with Warehouse.open(home.warehouse) as warehouse:
        done = load(home, warehouse, known_sites(own_sites), reader, reparse=reparse)
        generation = publish(warehouse, home.published, search.build, run_id())
    return BuildReport(done.articles, done.facts, done.unreadable, generation, time.monotonic() - started)


def rebuild(home: Home, own_sites: Path | None = None, *, reader: Reader = read_here) -> BuildReport:
    """Makes the warehouse anew from the archive alone, whatever became of the one there is, and publishes.

    The old one stays until the new one is whole; a killed rebuild goes on where it was. Raises Failure where
    the disk has no room, StoreError, WarehouseError.
    """
    require_room_to_build(home, anew=True)
    started = time.monotonic()
    with alone(home.warehouse), Warehouse.anew(home.rebuilding) as warehouse:
        done = load(home, warehouse, known_sites(own_sites), reader)
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


def load(
    home: Home,
    warehouse: Warehouse,
    declared: Mapping[str, Site],
    reader: Reader = read_here,
    *,
    reparse: bool = False,
) -> Loaded:
    """Loads what is waiting in the archive, with `reparse` all that is in it. Raises as `build` does."""
    version = extractors.version()
    done = Loaded()
    with Store.reading(home.directory) as store:
        warehouse.claim(store.identity)
        warehouse.keep_runs(run for site in store.crawls.sites() for run in store.crawls.last(site, RUNS))
        warehouse.remove([takedown.url for takedown in store.takedowns.all()])
        waiting = sorted(set(store.numbers()) - (set() if reparse else warehouse.loaded(version)))
        with progress("extracting", len(waiting)) as advance:
            for rows in reader(store, waiting, declared):
                warehouse.load_rows(rows, version, again=reparse)
                advance(done.add(rows))
    return done


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
