"""The ledger: which URLs are known in which state, and where each stored page lies in the archive."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from corpus.archive import Place, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VERSION = 1

STORED = """
    INSERT INTO urls (url, site, state) VALUES (?, ?, 'stored')
    ON CONFLICT (url) DO UPDATE SET state = 'stored', reason = NULL
"""
# A page that is stored stays stored when a later look at it fails.
FAILED = """
    INSERT INTO urls (url, site, state, reason) VALUES (?, '', 'failed', ?)
    ON CONFLICT (url) DO UPDATE SET state = 'failed', reason = excluded.reason WHERE state <> 'stored'
"""


class Ledger:
    """A SQLite file. In WAL mode, so that others read while one writes.

    A commit survives a killed process but not always a power cut: what is lost then is still in the
    archive, from which `Store.open` brings it back.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """A ledger over an open connection; use `writing` or `reading`."""
        self._path, self._connection = path, connection

    @classmethod
    @contextmanager
    def writing(cls, path: Path) -> Iterator[Ledger]:
        """Open for reading and writing; made where it is missing."""
        with cls._connected(path, f"{path.absolute().as_uri()}?mode=rwc") as ledger:
            ledger._prepare()  # noqa: SLF001 (ours)
            yield ledger

    @classmethod
    @contextmanager
    def reading(cls, path: Path) -> Iterator[Ledger]:
        """Open for reading only, also beside a writer."""
        with cls._connected(path, f"{path.absolute().as_uri()}?mode=ro") as ledger:
            yield ledger

    @classmethod
    @contextmanager
    def _connected(cls, path: Path, uri: str) -> Iterator[Ledger]:
        with _clear_errors(path):
            connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        with closing(connection):
            ledger = cls(path, connection)
            ledger._check_version()
            yield ledger

    def _check_version(self) -> None:
        ((found,),) = self._rows("PRAGMA user_version")
        if found > VERSION:
            raise StoreError(f"{self._path} was made by a newer trichtin (version {found} > {VERSION})")

    def _prepare(self) -> None:
        with _clear_errors(self._path):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(files("corpus").joinpath("ledger.sql").read_text("utf-8"))
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def add(self, number: int, url: str, site: str, digest: bytes, place: Place) -> None:
        """A stored page, and its URL as stored."""
        with self._transaction():
            row = (number, url, digest, place.file, place.offset, place.length)
            self._rows(
                "INSERT INTO pages (number, url, digest, file, offset, length) VALUES (?,?,?,?,?,?)", row
            )
            self._rows(STORED, (url, site))

    def discover(self, site: str, urls: Iterable[str]) -> None:
        """URLs seen, in this order; those known already keep their state."""
        with self._transaction():
            for url in urls:
                self._rows(
                    "INSERT OR IGNORE INTO urls (url, site, state) VALUES (?, ?, 'discovered')", (url, site)
                )

    def failed(self, url: str, reason: str) -> None:
        """A URL that could not be had, and why."""
        self._rows(FAILED, (url, reason))

    def state(self, url: str) -> str | None:
        """The state of a URL; None where it was never seen."""
        rows = self._rows("SELECT state FROM urls WHERE url = ?", (url,))
        return rows[0][0] if rows else None

    def states(self) -> dict[str, int]:
        """How many URLs are in each state."""
        return dict(self._rows("SELECT state, count(*) FROM urls GROUP BY state"))

    def waiting(self, site: str) -> list[str]:
        """URLs of a site that are not stored, first seen first."""
        query = "SELECT url FROM urls WHERE site = ? AND state <> 'stored' ORDER BY id"
        return [url for (url,) in self._rows(query, (site,))]

    def newest_digest(self, url: str) -> bytes | None:
        """The digest of the newest page of a URL."""
        rows = self._rows("SELECT digest FROM pages WHERE url = ? ORDER BY number DESC LIMIT 1", (url,))
        return rows[0][0] if rows else None

    def next_number(self) -> int:
        """The number that the next page gets."""
        ((last,),) = self._rows("SELECT max(number) FROM pages")
        return (last or 0) + 1

    def numbers(self) -> list[int]:
        """The numbers of all pages, ascending."""
        return [number for (number,) in self._rows("SELECT number FROM pages ORDER BY number")]

    def place(self, number: int) -> Place:
        """Where a page lies; raises StoreError where there is no such page."""
        rows = self._rows("SELECT file, offset, length FROM pages WHERE number = ?", (number,))
        if not rows:
            raise StoreError(f"{self._path}: there is no page {number}")
        return Place(*rows[0])

    def ends(self) -> dict[str, int]:
        """Up to which byte each file of the archive is known."""
        return dict(self._rows("SELECT file, max(offset + length) FROM pages GROUP BY file"))

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with _clear_errors(self._path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            # A failed COMMIT on a full disk may have rolled back by itself.
            if self._connection.in_transaction:
                self._rows("ROLLBACK")
            raise


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
