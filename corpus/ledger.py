"""The ledger: a SQLite file that knows the stored pages, URLs (`corpus.frontier`), takedowns and crawls."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from corpus.addresses import identity
from corpus.archive import Place
from corpus.records import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 4


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
        """Open for reading and writing; made where it is missing, upgraded where it is older."""
        with cls._connected(path, f"{path.absolute().as_uri()}?mode=rwc") as ledger:
            ledger._prepare()  # noqa: SLF001 (ours)
            yield ledger

    @classmethod
    @contextmanager
    def reading(cls, path: Path) -> Iterator[Ledger]:
        """Open for reading only, also beside a writer; one that is older has to be upgraded before."""
        with cls._connected(path, f"{path.absolute().as_uri()}?mode=ro") as ledger:
            yield ledger

    @classmethod
    def is_older(cls, path: Path) -> bool:
        """Whether a ledger has an older schema, which `writing` upgrades."""
        with cls.reading(path) as ledger:
            return ledger._version() < VERSION  # noqa: SLF001 (ours)

    @classmethod
    @contextmanager
    def _connected(cls, path: Path, uri: str) -> Iterator[Ledger]:
        with _clear_errors(path):
            connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        with closing(connection):
            ledger = cls(path, connection)
            if (found := ledger._version()) > VERSION:
                raise StoreError(f"{path} was made by a newer trichtin (version {found} > {VERSION})")
            yield ledger

    def _version(self) -> int:
        ((found,),) = self.rows("PRAGMA user_version")
        return int(found)

    def _prepare(self) -> None:
        """The newest schema, made or upgraded in one transaction."""
        with _clear_errors(self._path):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.create_function("identity", 1, identity, deterministic=True)
        if scripts := _scripts(self._version()):
            with self.transaction(), _clear_errors(self._path):
                for statement in _statements("\n".join(scripts)):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def add(self, number: int, url: str, digest: bytes, place: Place) -> None:
        """A page that is in the archive."""
        self.rows(
            "INSERT INTO pages (number, url, digest, file, offset, length) VALUES (?,?,?,?,?,?)",
            (number, url, digest, place.file, place.offset, place.length),
        )

    def newest(self, url: str) -> tuple[int, bytes] | None:
        """Number and digest of the newest page of a URL."""
        query = "SELECT number, digest FROM pages WHERE url = ? ORDER BY number DESC LIMIT 1"
        return next(iter(self.rows(query, (url,))), None)

    def versions(self, url: str) -> list[tuple[int, bytes]]:
        """Number and digest of each page of a URL, oldest first."""
        return self.rows("SELECT number, digest FROM pages WHERE url = ? ORDER BY number", (url,))

    def next_number(self) -> int:
        """The number that the next record gets."""
        numbers = "SELECT number FROM pages UNION ALL SELECT number FROM takedowns"
        ((last,),) = self.rows(f"SELECT max(number) FROM ({numbers})")
        return (last or 0) + 1

    def numbers(self) -> list[int]:
        """The numbers of all pages, ascending."""
        return [number for (number,) in self.rows("SELECT number FROM pages ORDER BY number")]

    def forget_records(self) -> None:
        """Forgets all that is in the archive."""
        self.rows("DELETE FROM pages")
        self.rows("DELETE FROM takedowns")

    def urls(self) -> list[str]:
        """The URLs that pages are stored under."""
        return [url for (url,) in self.rows("SELECT DISTINCT url FROM pages")]

    def place(self, number: int) -> Place:
        """Where a page lies; raises StoreError where there is no such page."""
        rows = self.rows("SELECT file, offset, length FROM pages WHERE number = ?", (number,))
        if not rows:
            raise StoreError(f"{self._path}: there is no page {number}")
        return Place(*rows[0])

    def ends(self) -> dict[str, int]:
        """Up to which byte each file of the archive is known."""
        query = """
            SELECT file, max(end) FROM (
                SELECT file, offset + length AS end FROM pages
                UNION ALL SELECT file, offset + length FROM takedowns
            ) GROUP BY file
        """
        return dict(self.rows(query))

    def copy_to(self, path: Path) -> None:
        """Writes the ledger as it is at one moment into a new file, whoever writes meanwhile."""
        with _clear_errors(path), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def check(self) -> None:
        """Reads all of it; raises StoreError where a part of the file is damaged."""
        (found, *_), *_ = self.rows("PRAGMA integrity_check(1)")
        if found != "ok":
            raise StoreError(f"{self._path}: {' '.join(str(found).split())}")

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """What a statement gives; raises StoreError."""
        with _clear_errors(self._path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside; raises StoreError."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            # A failed COMMIT on a full disk may have rolled back by itself.
            if self._connection.in_transaction:
                self.rows("ROLLBACK")
            raise


def _scripts(version: int) -> list[str]:
    """What brings a ledger of this version, 0 for an empty file, to the newest."""
    here = files("corpus")
    if not version:
        return [here.joinpath("ledger.sql").read_text("utf-8")]
    upgrades = sorted(here.joinpath("upgrades").iterdir(), key=lambda file: file.name)
    return [file.read_text("utf-8") for file in upgrades if int(file.name[:4]) > version]


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit before it begins.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
