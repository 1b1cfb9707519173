"""The store of raw pages: an archive of WARC files, and a ledger that knows what is in it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import compress, count
from typing import TYPE_CHECKING

from corpus.archive import Archive
from corpus.article import article_id
from corpus.crawls import CrawlLog
from corpus.frontier import Frontier, Validators
from corpus.ledger import Ledger
from corpus.locks import held
from corpus.records import StoreError, Takedown
from corpus.takedowns import Takedowns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from corpus.archive import Place
    from corpus.article import Page
    from corpus.records import Record

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

    `frontier` knows the URLs, `crawls` what each crawl did, `takedowns` which articles may not be kept. One
    writer at a time, any number of readers beside it. All methods raise StoreError.
    """

    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        """A store over both; use `open` or `reading`."""
        self._archive, self._ledger = archive, ledger
        self.frontier, self.crawls, self.takedowns = Frontier(ledger), CrawlLog(ledger), Takedowns(ledger)

    @classmethod
    @contextmanager
    def open(cls, home: Path) -> Iterator[Store]:
        """Open for writing, as the only writer; made where it is missing.

        What a killed writer had put into the archive but not into the ledger is taken up; with a lost
        ledger that is everything, under the numbers it had. Its crawls are on record as killed, and a
        takedown that was killed is brought to its end.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{home}: {error.strerror}") from error
        with (
            held(home / "writer.lock", "writing the archive"),
            Ledger.writing(home / "ledger.sqlite") as ledger,
        ):
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
        if not cls.is_in(home):
            raise StoreError(f"{home}: nothing is stored here yet")
        if not path.exists() or Ledger.is_older(path):
            with cls.open(home):
                pass
        with Ledger.reading(path) as ledger:
            yield cls(archive, ledger)

    @staticmethod
    def is_in(home: Path) -> bool:
        """Whether there is a store, or what is left of one."""
        return (home / "ledger.sqlite").exists() or (home / "archive").exists()

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

        None where the newest stored page of its URL has the same body and `declared`, and where the article
        is taken down. A page that can't be written (a full disk, a URL with white space in it) leaves the
        store as it was.
        """
        (number,) = self.add_all([Arrival(page, page.url)])
        return number

    def add_all(self, arrivals: Sequence[Arrival]) -> list[int | None]:
        """Store pages of different URLs durably, all or none, at the cost of one: a number each, as `add`."""
        digests = [page_digest(arrival.page) for arrival in arrivals]
        newest = [self._ledger.newest(arrival.page.url) for arrival in arrivals]
        known = [
            bool(old and old[1] == digest) or self.takedowns.holds(arrival.page.url)
            for old, digest, arrival in zip(newest, digests, arrivals, strict=True)
        ]
        return self._add(arrivals, digests, known)

    def take(self, pages: Sequence[Page]) -> int:
        """Stores pages that another store holds, all or none: how many.

        What is here already, fetched at the same moment with the same content, is passed over, and so is what
        was taken down here. Where a page is older than what is here of its URL, that is stored once more
        behind it, and stays the newest.
        """
        allowed = [page for page in pages if not self.takedowns.holds(page.url)]
        new = {(page.url, page_digest(page), page.fetched): page for page in allowed if not self._holds(page)}
        wanted = list(new.values())
        oldest = {page.url: page.fetched for page in sorted(wanted, key=_fetched, reverse=True)}
        here = [page for url in oldest if (page := self.newest(url)) and page.fetched > oldest[url]]
        arrivals = [Arrival(page, page.url) for page in sorted([*wanted, *here], key=_fetched)]
        self._add(arrivals, [page_digest(arrival.page) for arrival in arrivals], [False] * len(arrivals))
        return len(wanted)

    def _holds(self, page: Page) -> bool:
        digest = page_digest(page)
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

    def url_of(self, name: str) -> str | None:
        """The URL whose article has an id, None where no page of it is stored."""
        return next((url for url in self._ledger.urls() if article_id(url) == name), None)

    def pages(self, numbers: Iterable[int]) -> Iterator[tuple[int, Page]]:
        """Stored pages one after the other, each read where it lies."""
        for number in numbers:
            yield number, self._archive.read(self._ledger.place(number))

    def places(self, numbers: Iterable[int]) -> list[tuple[int, Place]]:
        """Where stored pages lie, for whoever reads the archive elsewhere (`corpus.archive.page_in`)."""
        return [(number, self._ledger.place(number)) for number in numbers]

    @classmethod
    def relearn(cls, home: Path) -> None:
        """Makes anew what the ledger knows of the archive; what it knows of URLs and crawls stays.

        A ledger that cannot be read is put away as `ledger.sqlite.damaged`. Raises StoreError, and leaves all
        as it was, where the archive has lost something.
        """
        with held(home / "writer.lock", "learning the archive anew"):
            _put_away_damaged(home / "ledger.sqlite")
            with Ledger.writing(home / "ledger.sqlite") as ledger:
                store = cls(Archive(home / "archive"), ledger)
                store._recover()
                with ledger.transaction():
                    ledger.forget_records()
                    for place, record in store._archive.recover({}):
                        known = store.frontier.state(record.url) is not None
                        store._take_up(place, record, arrives=not known)
                store._void()

    def take_down(self, url: str, day: str, reason: str) -> None:
        """Takes the article of a URL out of the archive, and lets none of its URLs in again.

        That is in the archive itself before anything is taken out of it.
        """
        urls = self.takedowns.urls(url)
        if urls or not self.takedowns.holds(url):
            self._note_takedowns([Takedown(stored, day, reason) for stored in urls or [url]])
            self._void()

    def allow(self, url: str, day: str) -> None:
        """Lets an article that was taken down be stored again; what was stored of it is gone."""
        self._note_takedowns([Takedown(url, day, None)])

    def copy_ledger(self, path: Path) -> dict[Path, int]:
        """Writes the ledger as it is at one moment into a new file, whoever writes meanwhile.

        Gives the files of the archive, and how many bytes of each are what this ledger knows of.
        """
        self._ledger.copy_to(path)
        with Ledger.reading(path) as copy:
            ends = copy.ends()
        last = max(ends, default="")
        known = [file for file in self._archive.files if file.name <= last]
        return {file: ends[last] if file.name == last else file.stat().st_size for file in known}

    def _note_takedowns(self, takedowns: Sequence[Takedown]) -> None:
        numbered = list(enumerate(takedowns, self._ledger.next_number()))
        places = self._archive.append(numbered)
        try:
            with self._ledger.transaction():
                for (number, takedown), place in zip(numbered, places, strict=True):
                    self.takedowns.add(number, takedown, place)
        except StoreError:
            self._archive.cut(places[0])
            raise

    def _void(self) -> None:
        self._archive.void(self.takedowns.pages())
        if self.takedowns.all():
            self.takedowns.forget()

    def _recover(self) -> None:
        for place, record in self._archive.recover(self._ledger.ends()):
            with self._ledger.transaction():
                self._take_up(place, record)
        self._void()
        self.crawls.close_killed()

    def _take_up(self, place: Place, record: Record, *, arrives: bool = True) -> None:
        number, says = record.number or self._ledger.next_number(), record.says
        if isinstance(says, Takedown):
            self.takedowns.add(number, says, place)
        elif says:
            self._ledger.add(number, says.url, page_digest(says), place)
            if arrives:
                self._arrived(Arrival(says, says.url))

    def _arrived(self, arrival: Arrival) -> None:
        page = arrival.page
        if not self.takedowns.holds(page.url):
            self.looked(page.url, page.site, page.fetched, arrival.said)
        if arrival.asked != page.url:
            self.frontier.twin(arrival.asked)


def _put_away_damaged(ledger: Path) -> None:
    try:
        with Ledger.reading(ledger) as opened:
            opened.check()
    except StoreError:
        for path in ledger.parent.glob(f"{ledger.name}*"):
            if not path.name.endswith(".damaged"):
                path.replace(path.with_name(f"{path.name}.damaged"))


def page_digest(page: Page) -> bytes:
    """What the ledger knows a page by: of its body and what is declared about it."""
    declared = json.dumps(dict(page.declared), sort_keys=True).encode()
    return sha256(declared + b"\n" + page.body).digest()


def _fetched(page: Page) -> datetime:
    return page.fetched
