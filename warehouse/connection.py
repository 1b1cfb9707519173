"""The warehouse file and its one writer."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from warehouse import copies, documents, inspection, loading, manifest, names, removal, runs, schema, snapshot
from warehouse.errors import InUseError, RefusalError, WarehouseError, WarehouseInUseError, clearly
from warehouse.memory import memory_limit, resting
from warehouse.rows import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from corpus.crawls import CrawlReport
    from warehouse.rows import Extracted, Rows, Unreadable

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": False,
    # A checkpoint packs the newest row groups anew: at the usual 16 MB a long load does little else.
    "checkpoint_threshold": "256MB",
}
_HOLDER = re.compile(r"Conflicting lock is held in .*\(PID ([0-9]+)\)")


class Warehouse:
    """A DuckDB file opened for writing; no other process can open it meanwhile: readers use a generation.

    Every method raises WarehouseError, and then leaves the file as it was.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        """Use `open`."""
        self._connection = connection
        self.path = path

    @classmethod
    def anew(cls, path: Path) -> Self:
        """The warehouse at the path, in place of one that cannot be opened an empty one."""
        try:
            return cls.open(path)
        except WarehouseInUseError:
            raise
        except WarehouseError:
            _discard(path)
            return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The warehouse at the path, made where there is none, brought to the schema of this version."""
        with clearly(f"cannot open the warehouse {path}"):
            if not path.exists():
                _create(path)
            return cls(_connect(path), path)

    def __enter__(self) -> Self:
        """Itself; leaving closes the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the file."""
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @property
    def state(self) -> tuple[str, int]:
        """Which warehouse this is, and its revision, which grows with every change that readers would see."""
        with clearly(f"cannot read the warehouse {self.path}"):
            ((warehouse, revision),) = self._connection.execute(
                "select warehouse, revision from stored.state"
            ).fetchall()
            return str(warehouse), int(revision)

    def claim(self, archive: str | None) -> None:
        """Notes, once, which archive the numbers of its pages count in.

        Raises WarehouseError where that is another one: the same numbers would be other pages.
        """
        with clearly(f"cannot load into the warehouse {self.path}"):
            if not loading.claim(self._connection, archive):
                raise RefusalError(
                    "its pages come from another archive than the one beside it; move it away and build again"
                )

    def loaded(self, version: str) -> set[int]:
        """The numbers of the pages that this version of the extractors has read or found unreadable."""
        with clearly(f"cannot read the warehouse {self.path}"):
            return loading.loaded(self._connection, version)

    def load(self, batch: Sequence[Extracted | Unreadable], version: str, *, again: bool = False) -> None:
        """Stores what this version of the extractors made of some pages, in one transaction.

        Takes the place of what other versions made of these pages; pages that this version has loaded
        before are passed over, so that loading twice is loading once, or replaced too where `again` says so.
        """
        once = {result.page: result for result in batch}
        self.load_rows(tables(list(once.values()), version), version, again=again)

    def load_rows(self, rows: Rows, version: str, *, again: bool = False) -> None:
        """Stores a batch as `load` does, from the rows that `warehouse.rows.tables` made of it."""
        with clearly(f"cannot load into the warehouse {self.path}"):
            loading.load(self._connection, rows, version, again=again)

    def remove(self, urls: Collection[str]) -> None:
        """Removes all that was read from the pages of some URLs.

        The file is made anew without them and put in its own place: nothing of them stays in free blocks, and
        a killed process leaves it as it was or as it will be.
        """
        with clearly(f"cannot remove pages from the warehouse {self.path}"):
            gone = removal.of_urls(self._connection, urls)
            if gone:
                beside = self.path.with_name(f"{self.path.name}.tmp")
                _discard(beside)
                removal.write_without(self._connection, gone, beside)
                self._take(beside)

    def has_all_of(self, database: Path) -> bool:
        """Whether all articles of a generation's DuckDB file are here too; False where it cannot be read."""
        with clearly(f"cannot compare the warehouse {self.path} with {database}"):
            return not removal.lacking(self._connection, database)

    def _take(self, beside: Path) -> None:
        """Puts another file in the place of this one, which stays locked until it is gone."""
        self._connection.execute("checkpoint")
        manifest.keep(beside)
        beside.replace(self.path)
        manifest.keep(self.path.parent)
        self._connection.close()
        self._connection = _connect(self.path)

    def keep_runs(self, reports: Iterable[CrawlReport]) -> None:
        """Stores the crawls that brought the pages home, in place of those it knew before."""
        with clearly(f"cannot load into the warehouse {self.path}"):
            runs.keep(self._connection, reports)

    def link_copies(self) -> None:
        """Says of every article whether it is a copy of another, and of which; `publish` does so first.

        The links hang on the pages loaded alone, not on the order they were loaded in; the revision grows
        where a link is another one than before.
        """
        with clearly(f"cannot link the copies in the warehouse {self.path}"):
            copies.link(self._connection)

    def bring_together(self) -> None:
        """Says which document every mention names, and what is ranked and measured; `publish` does so.

        It hangs on the articles alone, not on the order they were loaded in, and on what analysts have
        written into `overrides/decisions.csv` beside the file; the revision grows where a mention names
        another one.
        """
        with clearly(f"cannot bring together what the warehouse {self.path} holds"):
            names.name(self._connection)
            documents.bring_together(self._connection, self.path.parent / "overrides" / "decisions.csv")

    def check(self) -> None:
        """Reads all that is stored; raises WarehouseError where a part of the file is damaged."""
        with clearly(f"{self.path} is damaged"):
            schema.read_all(self._connection)

    def unfounded(self, pages: Collection[int]) -> list[str]:
        """A line for each thing that is loaded and that nothing stands behind; `pages` are those archived."""
        with clearly(f"cannot read the warehouse {self.path}"):
            return list(inspection.unfounded(self._connection, pages))

    def move_to(self, path: Path) -> None:
        """Closes the file and puts it in the place of another one; whoever reads that one goes on."""
        with clearly(f"cannot put a warehouse at {path}"):
            self.close()
            _log(path).unlink(missing_ok=True)
            self.path.replace(path)
            self.path = path

    def copy_to(self, path: Path, before: Path | None = None) -> None:
        """Writes what readers get of all that is committed into a new file; see `warehouse.snapshot`."""
        with clearly(f"cannot copy the warehouse to {path}"):
            snapshot.write(self._connection, path, before)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Leaves memory to what is done inside, which does without this warehouse."""
        with resting(self._connection):
            yield


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other processes from a warehouse while another one is made in its place, even a damaged one.

    Raises WarehouseInUseError where a process has it already.
    """
    try:
        held = Warehouse.open(path) if path.exists() else None
    except WarehouseInUseError:
        raise
    except WarehouseError:
        held = None  # No process can open what this one can't.
    try:
        yield
    finally:
        if held:
            held.close()


def _create(path: Path) -> None:
    """Made beside and put in place whole, so that a kill leaves no half-made file that nothing can open."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    _discard(beside)
    try:
        with _connect(beside) as connection:
            connection.execute("checkpoint")  # Closing does so too, but a full disk it would not tell.
        os.link(beside, path)
    except FileExistsError:
        pass  # Another process was faster.
    finally:
        _discard(beside)


def _discard(path: Path) -> None:
    """Removes a database with its log, which stays behind where the disk was full."""
    path.unlink(missing_ok=True)
    _log(path).unlink(missing_ok=True)


def _log(path: Path) -> Path:
    """Where DuckDB keeps what is committed and not yet in the file itself."""
    return path.with_name(f"{path.name}.wal")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(path, config=_SETTINGS | {"memory_limit": memory_limit(path)})
    except duckdb.IOException as error:
        holder = _HOLDER.search(str(error))
        if holder:
            raise InUseError(f"it is in use by another process (PID {holder[1]})") from error
        raise
    try:
        schema.update(connection, schema.bundled())
    except BaseException:
        connection.close()
        raise
    return connection
