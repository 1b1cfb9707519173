"""The store of raw pages: an archive of WARC files, and a ledger that knows what is in it."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import compress, count
from typing import TYPE_CHECKING

from corpus.archive import Archive, StoreError
from corpus.crawls import CrawlLog
from corpus.frontier import Frontier, Validators
from corpus.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from corpus.archive import Place
    from corpus.article import Page

__all__ = ["Arrival", "Store", "StoreError"]

NOTHING_SAID = Validators()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page, the URL that it was asked for by, and what the server said of its version."""

    page: Page
    asked: str
    said: Validators = NOTHING_SAID


class Store:
    """Pages, URLs and crawls in the directory `home`: `archive/`, `ledger.sqlite`, `writer.lock`.

    `frontier` knows the URLs, `crawls` what each crawl did. One writer at a time, any number of readers
    beside it. All methods raise StoreError.
    """

    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        """A store over both; use `open` or `reading`."""
        self._archive, self._ledger = archive, ledger
        self.frontier, self.crawls = Frontier(ledger), CrawlLog(ledger)

    @classmethod
    @contextmanager
    def open(cls, home: Path) -> Iterator[Store]:
        """Open for writing, as the only writer; made where it is missing.

        What a killed writer had put into the archive but not into the ledger is taken up; with a lost
        ledger that is everything, under the numbers it had.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{home}: {error.strerror}") from error
        with _only_writer(home), Ledger.writing(home / "ledger.sqlite") as ledger:
            store = cls(Archive(home / "archive"), ledger)
            store._recover()
            yield store

    @classmethod
    @contextmanager
    def reading(cls, home: Path) -> Iterator[Store]:
        """Open for reading only, also while another process writes.

        A lost ledger is made anew first, one that an older trichtin made is upgraded.
        """
        archive, path = Archive(home / "archive"), home / "ledger.sqlite"
        if not path.exists() and not archive.directory.exists():
            raise StoreError(f"{home}: nothing is stored here yet")
        if not path.exists() or Ledger.is_older(path):
            with cls.open(home):
                pass
        with Ledger.reading(path) as ledger:
            yield cls(archive, ledger)

    @property
    def directory(self) -> Path:
        """The directory that the store is in."""
        return self._archive.directory.parent

    @property
    def identity(self) -> str | None:
        """Which archive the numbers of the pages count in; None while no page is stored."""
        identity = self._archive.identity
        if identity is None and self._ledger.ends():
            raise StoreError(f"{self._archive.directory}: the first record is gone or damaged: restore it")
        return identity

    def add(self, page: Page) -> int | None:
        """Store a page durably: its number, counted from 1.

        None where the newest stored page of its URL has the same body and `declared`. A page that can't
        be written (a full disk, a URL with white space in it) leaves the store as it was.
        """
        (number,) = self.add_all([Arrival(page, page.url)])
        return number

    def add_all(self, arrivals: Sequence[Arrival]) -> list[int | None]:
        """Store pages of different URLs durably, all or none, at the cost of one: a number each, as `add`."""
        digests = [_digest(arrival.page) for arrival in arrivals]
        newest = [self._ledger.newest(arrival.page.url) for arrival in arrivals]
        known = [bool(old and old[1] == digest) for old, digest in zip(newest, digests, strict=True)]
        return self._add(arrivals, digests, known)

    def take(self, pages: Sequence[Page]) -> int:
        """Stores pages that another store holds, all or none: how many.

        What is here already, fetched at the same moment with the same content, is passed over. Where a page
        is older than what is here of its URL, that is stored once more behind it, and stays the newest.
        """
        new = {(page.url, _digest(page), page.fetched): page for page in pages if not self._holds(page)}
        wanted = list(new.values())
        oldest = {page.url: page.fetched for page in sorted(wanted, key=_fetched, reverse=True)}
        here = [page for url in oldest if (page := self.newest(url)) and page.fetched > oldest[url]]
        arrivals = [Arrival(page, page.url) for page in sorted([*wanted, *here], key=_fetched)]
        self._add(arrivals, [_digest(arrival.page) for arrival in arrivals], [False] * len(arrivals))
        return len(wanted)

    def _holds(self, page: Page) -> bool:
        digest = _digest(page)
        same = (number for number, own in self._ledger.versions(page.url) if own == digest)
        return any(own.fetched == page.fetched for _, own in self.pages(same))

    def _add(
        self, arrivals: Sequence[Arrival], digests: Sequence[bytes], known: Sequence[bool]
    ) -> list[int | None]:
        """Stores what is not known; a number each."""
        following = count(self._ledger.next_number())
        numbers = [None if same else next(following) for same in known]
        new = [(number, a.page) for number, a in zip(numbers, arrivals, strict=True) if number]
        places = self._archive.append(new)
        try:
            with self._ledger.transaction():
                for (number, page), place, digest in zip(
                    new, places, compress(digests, numbers), strict=True
                ):
                    self._ledger.add(number, page.url, digest, place)
                for arrival in arrivals:
                    self._arrived(arrival)
        except StoreError:
            if places:
                self._archive.cut(places[0])
            raise
        return numbers

    def looked(self, url: str, site: str, at: datetime, said: Validators = NOTHING_SAID) -> None:
        """A URL was looked at, and its newest stored page still holds."""
        self.frontier.stored(url, site, at.timestamp(), said)

    def newest(self, url: str) -> Page | None:
        """The newest page of a URL."""
        found = self._ledger.newest(url)
        return self._archive.read(self._ledger.place(found[0])) if found else None

    def numbers(self) -> list[int]:
        """The numbers of all stored pages, ascending."""
        return self._ledger.numbers()

    def pages(self, numbers: Iterable[int]) -> Iterator[tuple[int, Page]]:
        """Stored pages one after the other, each read where it lies."""
        for number in numbers:
            yield number, self._archive.read(self._ledger.place(number))

    def places(self, numbers: Iterable[int]) -> list[tuple[int, Place]]:
        """Where stored pages lie, for whoever reads the archive elsewhere (`corpus.archive.page_in`)."""
        return [(number, self._ledger.place(number)) for number in numbers]

    def _recover(self) -> None:
        for place, number, page in self._archive.recover(self._ledger.ends()):
            with self._ledger.transaction():
                self._ledger.add(number or self._ledger.next_number(), page.url, _digest(page), place)
                self._arrived(Arrival(page, page.url))

    def _arrived(self, arrival: Arrival) -> None:
        page = arrival.page
        self.looked(page.url, page.site, page.fetched, arrival.said)
        if arrival.asked != page.url:
            self.frontier.twin(arrival.asked)


@contextmanager
def _only_writer(home: Path) -> Iterator[None]:
    # The lock lives as long as the process: a killed one leaves none behind.
    try:
        handle = os.open(home / "writer.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{home}: {error.strerror}") from error
    try:
        _lock(handle, home)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, home: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 20, 0).decode().strip() or "unknown"
        raise StoreError(f"{home} is being written by another process (pid {holder})") from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)


def _digest(page: Page) -> bytes:
    declared = json.dumps(dict(page.declared), sort_keys=True).encode()
    return sha256(declared + b"\n" + page.body).digest()


def _fetched(page: Page) -> datetime:
    return page.fetched
