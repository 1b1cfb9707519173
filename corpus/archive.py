"""The raw archive: pages as WARC records, one gzip member each, in files that are only appended to."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.article import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FILES = "pages-*.warc.gz"
ROLL_AT = 1 << 30  # bytes after which the next file is begun
# What a Page holds beside an HTTP response, as JSON, so that the archive alone can make the ledger anew.
ABOUT = "Trichtin-Page"
MEMBER = b"\x1f\x8b\x08"  # how every gzip member begins
CHUNK = 1 << 16
LEVEL = 4  # of gzip: a page of 50 KB costs half a millisecond, and 6 % more bytes than at level 9


class StoreError(Exception):
    """The store can't be read or written; the message is one clear line for the user."""


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
    """A directory of `pages-NNNNNN.warc.gz`; only the last file grows, and only by whole records."""

    def __init__(self, directory: Path) -> None:
        """An archive in `directory`, which `append` makes where it is missing."""
        self.directory = directory

    @property
    def identity(self) -> str | None:
        """Which archive this is, whatever is appended later; None while nothing is in it.

        A digest of the first record, which describes the first file and bears an id of its own.
        """
        first = min(self.directory.glob(FILES), default=None)
        member = next(_members(first, 0), None) if first else None
        return sha256(member[2]).hexdigest()[:32] if member else None

    def append(self, pages: Sequence[tuple[int, Page]]) -> list[Place]:
        """Write numbered pages durably: their bytes are on the disk when this returns, all in one file.

        Raises StoreError where that fails (a full disk), with what was written of them cut off again.
        """
        if not pages:
            return []
        path = self._growing()
        with _clear_errors(path):
            self.directory.mkdir(parents=True, exist_ok=True)
            start = path.stat().st_size if path.exists() else 0
            head = b"" if start else _member(_about_the_file(path.name))
            records = [_member(_response(page, number)) for number, page in pages]
            _append_durably(path, start, b"".join((head, *records)))
        ends = [*accumulate(map(len, records), initial=start + len(head))]
        return [Place(path.name, end - len(r), len(r)) for end, r in zip(ends[1:], records, strict=True)]

    def cut(self, place: Place) -> None:
        """Take back a record and those after it."""
        path = self.directory / place.file
        with _clear_errors(path):
            os.truncate(path, place.offset)

    def read(self, place: Place) -> Page:
        """The page that lies there; raises StoreError where it doesn't."""
        path = self.directory / place.file
        with _clear_errors(path), path.open("rb") as file:
            file.seek(place.offset)
            raw = file.read(place.length)
        return page_in(raw, f"{path}: no readable record at byte {place.offset}")

    def recover(self, ends: Mapping[str, int]) -> Iterator[tuple[Place, int | None, Page]]:
        """Each whole record behind the bytes that the ledger knows, with the number it was given.

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

    def _recover(self, path: Path, end: int) -> Iterator[tuple[Place, int | None, Page]]:
        for offset, length, content in _members(path, end):
            try:
                found = list(_pages(content))
            except ArchiveLoadFailed as error:
                raise StoreError(f"{path}: no readable record at byte {offset}") from error
            for number, page in found:
                yield Place(path.name, offset, length), number, page
            end = offset + length
        if _has_member(path, end):
            raise StoreError(f"{path} is damaged at byte {end}, with whole records behind: restore it")
        with _clear_errors(path):
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
        _, page = next(_pages(gzip.decompress(record)))
    except (StopIteration, EOFError, zlib.error, gzip.BadGzipFile, ArchiveLoadFailed) as error:
        raise StoreError(otherwise) from error
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


def _response(page: Page, number: int) -> bytes:
    """A `response` record of what was fetched over HTTP, a `resource` record of anything else (a file)."""
    about = {"number": number, "site": page.site, "declared": dict(page.declared)}
    fetched = page.url.startswith(("http:", "https:"))
    writer = _writer()
    record = writer.create_warc_record(
        _one_line(page.url),
        "response" if fetched else "resource",
        payload=BytesIO(page.body),
        length=len(page.body),
        warc_content_type="" if fetched else _printable(page.content_type),
        http_headers=_http_headers(page) if fetched else None,
        warc_headers_dict={"WARC-Date": _stamp(page.fetched), ABOUT: json.dumps(about)},
    )
    writer.write_record(record)
    return bytes(writer.out.getvalue())


def _http_headers(page: Page) -> StatusAndHeaders:
    phrase = HTTPStatus(page.status).phrase if page.status in set(HTTPStatus) else "Unknown"
    headers = [("Content-Type", _printable(page.content_type))] if page.content_type else []
    return StatusAndHeaders(f"{page.status} {phrase}", headers, "HTTP/1.1")


def _about_the_file(name: str) -> bytes:
    writer = _writer()
    writer.write_record(writer.create_warcinfo_record(name, {"software": "trichtin", "format": "WARC/1.1"}))
    return bytes(writer.out.getvalue())


def _writer() -> WARCWriter:
    # warcio compresses at level 9 only, which takes several times as long: `_member` does it.
    return WARCWriter(BytesIO(), gzip=False, warc_version="1.1")


def _member(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)


def _pages(content: bytes) -> Iterator[tuple[int | None, Page]]:
    for record in ArchiveIterator(BytesIO(content)):
        if record.rec_type in ("response", "resource"):
            yield _page(record)


def _page(record: Any) -> tuple[int | None, Page]:
    about = json.loads(record.rec_headers.get_header(ABOUT, "{}"))
    page = Page(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        body=record.content_stream().read(),
        fetched=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        content_type=(record.http_headers or record.rec_headers).get_header("Content-Type", ""),
        status=int(record.http_headers.get_statuscode()) if record.http_headers else HTTPStatus.OK,
        site=about.get("site", ""),
        declared=about.get("declared", {}),
    )
    return about.get("number"), page


def _members(path: Path, offset: int) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and content of each whole gzip member from `offset` on, up to the first damage."""
    with _clear_errors(path), path.open("rb") as file:
        while True:
            file.seek(offset)
            found = _whole_member(file)
            if found is None:
                return
            length, content = found
            yield offset, length, content
            offset += length


def _whole_member(file: Any) -> tuple[int, bytes] | None:
    inflate, parts, size = zlib.decompressobj(zlib.MAX_WBITS | 16), [], 0
    while not inflate.eof:
        chunk = file.read(CHUNK)
        if not chunk:
            return None
        size += len(chunk)
        try:
            parts.append(inflate.decompress(chunk))
        except zlib.error:
            return None
    return size - len(inflate.unused_data), b"".join(parts)


def _has_member(path: Path, offset: int) -> bool:
    """Whether a whole member begins anywhere behind `offset`."""
    with path.open("rb") as file:
        file.seek(offset)
        tail = file.read()
        found = tail.find(MEMBER, 1)
        while found >= 0:
            file.seek(offset + found)
            if _whole_member(file) is not None:
                return True
            found = tail.find(MEMBER, found + 1)
    return False


def _stamp(fetched: datetime) -> str:
    return fetched.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _one_line(url: str) -> str:
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        raise StoreError(f"{url!r} is no URL that can be stored")
    return url


def _printable(value: str) -> str:
    return "".join(c if " " <= c <= "~" else "?" for c in value).strip()
