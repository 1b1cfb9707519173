"""The raw archive: pages as WARC records, one gzip member each, in files that are only appended to."""

from __future__ import annotations

import gzip
import os
import shutil
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from warcio.exceptions import ArchiveLoadFailed

from corpus.article import Page
from corpus.members import members, next_member
from corpus.records import StoreError, decoded, encoded, encoded_head, encoded_void

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.records import Record, Takedown

FILES = "pages-*.warc.gz"
ROLL_AT = 1 << 30  # bytes after which the next file is begun


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies in the archive: bytes of one file."""

    file: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        """The first byte after the record."""
        return self.offset + self.length


class Archive:
    """A directory of `pages-NNNNNN.warc.gz`; only the last file grows, and only by whole records.

    Nothing ever moves: what is taken down gives way to a record without content, of the same length.
    """

    def __init__(self, directory: Path) -> None:
        """An archive in `directory`, which `append` makes where it is missing."""
        self.directory = directory

    @property
    def identity(self) -> str | None:
        """Which archive this is, whatever is appended later; None while nothing is in it.

        A digest of the first record, which describes the first file and bears an id of its own.
        """
        first = min(self.directory.glob(FILES), default=None)
        if first is None:
            return None
        with _clear_errors(first):
            member = next(members(first, 0), None)
        return sha256(member[2]).hexdigest()[:32] if member else None

    @property
    def files(self) -> list[Path]:
        """The files, in the order in which they were begun."""
        return sorted(self.directory.glob(FILES))

    def append(self, said: Sequence[tuple[int, Page | Takedown]]) -> list[Place]:
        """Write numbered records durably: their bytes are on the disk when this returns, all in one file.

        Raises StoreError where that fails (a full disk), with what was written of them cut off again.
        """
        if not said:
            return []
        path = self._growing()
        with _clear_errors(path):
            self.directory.mkdir(parents=True, exist_ok=True)
            start = path.stat().st_size if path.exists() else 0
            head = b"" if start else encoded_head(path.name)
            records = [encoded(number, each) for number, each in said]
            _append_durably(path, start, b"".join((head, *records)))
        ends = [*accumulate(map(len, records), initial=start + len(head))]
        return [Place(path.name, end - len(r), len(r)) for end, r in zip(ends[1:], records, strict=True)]

    def cut(self, place: Place) -> None:
        """Take back a record and those after it."""
        path = self.directory / place.file
        with _clear_errors(path):
            os.truncate(path, place.offset)

    def void(self, pages: Sequence[tuple[int, str, Place]]) -> None:
        """Take the content of pages (number, URL, place) out of their files, each flipped when it is whole.

        Whoever reads a file meanwhile goes on reading it as it was.
        """
        for name in sorted({place.file for _, _, place in pages}):
            path = self.directory / name
            beside = path.with_name(f"{name}.tmp")
            with _clear_errors(path):
                shutil.copyfile(path, beside)
                with beside.open("r+b") as file:
                    for number, url, place in pages:
                        if place.file == name:
                            file.seek(place.offset)
                            file.write(encoded_void(number, url, place.length))
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
                _sync_directory(self.directory)

    def read(self, place: Place) -> Page:
        """The page that lies there; raises StoreError where it doesn't."""
        path = self.directory / place.file
        with _clear_errors(path), path.open("rb") as file:
            file.seek(place.offset)
            raw = file.read(place.length)
        return page_in(raw, f"{path}: no readable record at byte {place.offset}")

    def recover(self, ends: Mapping[str, int]) -> Iterator[tuple[Place, Record]]:
        """Each whole record behind the bytes that the ledger knows.

        `ends` says up to where the ledger knows each file. What a killed writer left half written at the
        end of a file is cut off. Raises StoreError where a file is shorter than the ledger says, or
        where whole records follow the damage: nothing but a half record is ever thrown away.
        """
        names = {path.name for path in self.directory.glob(FILES)} | ends.keys()
        for name in sorted(names):
            path, end = self.directory / name, ends.get(name, 0)
            size = path.stat().st_size if path.exists() else 0
            if size < end:
                raise StoreError(f"{path} has {size} bytes where the ledger knows {end}: restore it")
            if size > end:
                yield from self._recover(path, end)

    def _recover(self, path: Path, end: int) -> Iterator[tuple[Place, Record]]:
        with _clear_errors(path):
            for offset, length, content in members(path, end):
                try:
                    found = list(decoded(content))
                except ArchiveLoadFailed as error:
                    raise StoreError(f"{path}: no readable record at byte {offset}") from error
                for record in found:
                    yield Place(path.name, offset, length), record
                end = offset + length
            if next_member(path, end) is not None:
                raise StoreError(f"{path} is damaged at byte {end}, with whole records behind: restore it")
            os.truncate(path, end)

    def _growing(self) -> Path:
        last = max(self.directory.glob(FILES), default=None)
        if last is None:
            return self.directory / FILES.replace("*", "000001")
        if last.stat().st_size < ROLL_AT:
            return last
        number = int(last.name.removeprefix("pages-").removesuffix(".warc.gz"))
        return self.directory / FILES.replace("*", f"{number + 1:06}")


def page_in(record: bytes, otherwise: str) -> Page:
    """The page in the bytes of a record, wherever they lay; raises StoreError with the given message."""
    try:
        page = next(decoded(gzip.decompress(record))).says
    except (StopIteration, EOFError, zlib.error, gzip.BadGzipFile, ArchiveLoadFailed) as error:
        raise StoreError(otherwise) from error
    if not isinstance(page, Page):
        raise StoreError(otherwise)
    return page


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _append_durably(path: Path, start: int, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
        if not start:
            _sync_directory(path.parent)
    except OSError:
        os.ftruncate(file, start)
        raise
    finally:
        os.close(file)


def _sync_directory(directory: Path) -> None:
    # A new file survives a power cut only when its name does.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
