"""Which generation a request reads: the newest, open until the last request that reads it is answered."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import WarehouseError, clearly
from warehouse.reading import reading
from warehouse.search import SearchIndex
from warehouse.web.kept import Kept
from warehouse.web.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.manifest import Generation

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "python_enable_replacements": False,
    "threads": 1,  # Each request works on its own thread; more of them would only take turns.
}

_RETRY = 5.0
"""Seconds after which a generation that could not be opened is tried again."""


class NothingPublished(Exception):
    """There is no generation to read yet."""


@dataclass(slots=True)
class Opened:
    """A generation with its database and search index open; `kept` is what was worked out from it."""

    generation: Generation
    connection: duckdb.DuckDBPyConnection
    index: SearchIndex | None
    closing: ExitStack
    places: Places
    readers: int = 0
    idle: list[duckdb.DuckDBPyConnection] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """The rows of an answer; any number of threads may ask at once."""
        with clearly("cannot answer"):
            cursor = self._cursor()
            found = cursor.execute(sql, values)
            names = [column[0] for column in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            self.idle.append(cursor)  # Not where it failed: what state it is in nobody knows.
            return rows

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        try:
            return self.idle.pop()
        except IndexError:
            return self.connection.cursor()

    def close(self) -> None:
        """Closes all; nobody reads it any more."""
        for cursor in self.idle:
            cursor.close()
        self.closing.close()


class Generations:
    """The generations of a directory, one open at a time and one more while a new one takes its place."""

    def __init__(self, directory: Path) -> None:
        """Opens nothing before the first request."""
        self._directory = directory
        self._newest: Opened | None = None
        self._counting, self._opening = Lock(), Lock()
        self._failed: tuple[str, float] | None = None
        self.failure: str | None = None
        """Why the newest generation is not shown, None where it is."""

    @contextmanager
    def current(self) -> Iterator[Opened]:
        """The newest generation, which stays open until the block ends.

        While a newer one is opened others go on with the one before, and so they do where the newer one
        is damaged. Raises NothingPublished, and WarehouseError where none can be opened.
        """
        self._renew()
        with self._counting:
            opened = self._newest
            if opened is None:
                raise NothingPublished
            opened.readers += 1
        try:
            yield opened
        finally:
            self._leave(opened)

    def close(self) -> None:
        """Lets go of the generation that is open, once nobody reads it."""
        self._replace(None)

    def _renew(self) -> None:
        if self._is_newest():
            return
        # The first request has to wait until there is something to read; all others have the one before.
        if self._opening.acquire(blocking=self._newest is None):
            try:
                if not self._is_newest():
                    self._open()
            finally:
                self._opening.release()

    def _is_newest(self) -> bool:
        published = self._published()
        if self._newest is not None and self._newest.generation.path.name == published:
            return True
        failed = self._newest is not None and self._failed
        return bool(failed and failed[0] == published and monotonic() - failed[1] < _RETRY)

    def _published(self) -> str | None:
        link = self._directory / "current"
        try:
            return link.readlink().name
        except OSError:
            return None

    def _open(self) -> None:
        published = self._published()
        try:
            opened = _opened(self._directory)
        except WarehouseError as error:
            self.failure, self._failed = str(error), (str(published), monotonic())
            if self._newest is None:
                raise
            return
        if opened is not None:
            self.failure = self._failed = None
            self._replace(opened)

    def _replace(self, opened: Opened | None) -> None:
        with self._counting:
            before, self._newest = self._newest, opened
            idle = before is not None and not before.readers
        if before is not None and idle:
            before.close()

    def _leave(self, opened: Opened) -> None:
        with self._counting:
            opened.readers -= 1
            idle = not opened.readers and opened is not self._newest
        if idle:
            opened.close()


def _opened(directory: Path) -> Opened | None:
    """The current generation opened, None where nothing is published."""
    with ExitStack() as stack:
        generation = stack.enter_context(reading(directory))
        if generation is None:
            return None
        with clearly(f"cannot open {generation.database}"):
            connection = stack.enter_context(
                duckdb.connect(generation.database, read_only=True, config=_SETTINGS)
            )
        index = SearchIndex.open(generation.index) if generation.index.exists() else None
        return Opened(generation, connection, index, stack.pop_all(), Places(connection))
