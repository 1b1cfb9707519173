"""The store of raw pages: an archive of WARC files, and a ledger that knows what is in it."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus.archive import Archive, StoreError
from corpus.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from corpus.article import Page

__all__ = ["Store", "StoreError"]


class Store:
    """Pages and the states of URLs in the directory `home`: `archive/`, `ledger.sqlite`, `writer.lock`.

    One writer at a time, any number of readers beside it. All methods raise StoreError.
    """

    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        """A store over both; use `open` or `reading`."""
        self._archive, self._ledger = archive, ledger

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
        """Open for reading only, also while another process writes; a lost ledger is made anew first."""
        archive, path = Archive(home / "archive"), home / "ledger.sqlite"
        if not path.exists():
            if not archive.directory.exists():
                raise StoreError(f"{home}: nothing is stored here yet")
            with cls.open(home):
                pass
        with Ledger.reading(path) as ledger:
            yield cls(archive, ledger)

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
        digest = _digest(page)
        if self._ledger.newest_digest(page.url) == digest:
            return None
        number = self._ledger.next_number()
        place = self._archive.append(page, number)
        try:
            self._ledger.add(number, page.url, page.site, digest, place)
        except StoreError:
            self._archive.cut(place)
            raise
        return number

    def discover(self, site: str, urls: Iterable[str]) -> None:
        """Note URLs of a site that were seen; those known already keep their state."""
        self._ledger.discover(site, urls)

    def failed(self, url: str, reason: str) -> None:
        """Note that a URL could not be had; one that is stored stays so."""
        self._ledger.failed(url, reason)

    def known(self, url: str) -> str | None:
        """`discovered`, `stored` or `failed`; None where the URL was never seen."""
        return self._ledger.state(url)

    def states(self) -> dict[str, int]:
        """How many URLs are `discovered`, `stored`, `failed`."""
        return self._ledger.states()

    def waiting(self, site: str) -> list[str]:
        """URLs of a site that were discovered but are not stored, first seen first."""
        return self._ledger.waiting(site)

    def numbers(self) -> list[int]:
        """The numbers of all stored pages, ascending."""
        return self._ledger.numbers()

    def pages(self, numbers: Iterable[int]) -> Iterator[tuple[int, Page]]:
        """Stored pages one after the other, each read where it lies."""
        for number in numbers:
            yield number, self._archive.read(self._ledger.place(number))

    def _recover(self) -> None:
        for place, number, page in self._archive.recover(self._ledger.ends()):
            number = number or self._ledger.next_number()  # noqa: PLW2901
            self._ledger.add(number, page.url, page.site, _digest(page), place)


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
