"""Holds the archive against the ledger, record by record, and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from warcio.exceptions import ArchiveLoadFailed

from corpus.archive import Archive
from corpus.article import Page
from corpus.ledger import Ledger
from corpus.locks import is_held
from corpus.members import has_our_header, members, next_member
from corpus.records import Record, StoreError, Takedown, decoded
from corpus.store import page_digest
from corpus.takedowns import Takedowns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: with the archive, which only a copy of it mends, or with what the ledger knows of it."""

    of: Literal["archive", "ledger"]
    says: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger says of a record; without digest it is a takedown."""

    number: int
    url: str
    digest: bytes | None


def inspect(home: Path, advance: Callable[[int], None]) -> Iterator[Fault]:
    """All that is wrong with archive and ledger of a home; `advance` hears of the records that were read.

    What a writer is just adding is left alone. Raises StoreError where a file cannot be read at all.
    """
    archive, path = Archive(home / "archive"), home / "ledger.sqlite"
    if not path.exists():
        yield Fault("ledger", f"{path.name} is missing")
        return
    try:
        with Ledger.reading(path) as ledger:
            ledger.check()
            busy = is_held(home / "writer.lock")
            ends = ledger.ends()
            for name in sorted(ends.keys() | {file.name for file in archive.files}):
                until = ends.get(name, 0) if busy and name >= max(ends, default="") else None
                yield from _of_file(archive.directory / name, until, _known(ledger, name), advance)
            if not busy:
                yield from _still_there(ledger)
    except StoreError as error:
        yield Fault("ledger", str(error))


def _known(ledger: Ledger, file: str) -> dict[int, _Known]:
    """What the ledger knows of a file, by where it begins."""
    rows = ledger.rows(
        """
        SELECT offset, number, url, digest FROM pages WHERE file = ?
        UNION ALL SELECT offset, number, url, NULL FROM takedowns WHERE file = ?
        """,
        (file, file),
    )
    return {offset: _Known(*rest) for offset, *rest in rows}


def _still_there(ledger: Ledger) -> Iterator[Fault]:
    for number, url, _ in Takedowns(ledger).pages():
        yield Fault("ledger", f"page {number} ({url}) was taken down and is still stored")


def _of_file(
    path: Path, until: int | None, known: dict[int, _Known], advance: Callable[[int], None]
) -> Iterator[Fault]:
    if not path.exists():
        yield Fault("archive", f"{path.name} is missing, with {len(known)} pages")
        return
    size = path.stat().st_size if until is None else until
    offset = 0
    while offset < size:
        for start, length, content in members(path, offset):
            if start >= size or not has_our_header(path, start):
                break
            try:
                records = list(decoded(content))
            except (ArchiveLoadFailed, ValueError, KeyError, TypeError):
                break
            for record in records:
                yield from _of_record(path.name, start, record, known.pop(start, None))
            advance(1)
            offset = start + length
        if offset < size:
            following = next_member(path, offset)
            yield from _of_damage(path.name, offset, size if following is None else following, known)
            offset = size if following is None else following
    for start, lost in sorted(known.items()):
        if start >= size:
            yield Fault("archive", f"{path.name} ends before page {lost.number} ({lost.url})")
        else:
            told = f"page {lost.number} ({lost.url}) is not at byte {start} of {path.name}"
            yield Fault("ledger", told)


def _of_record(file: str, offset: int, record: Record, known: _Known | None) -> Iterator[Fault]:
    where = f"byte {offset} of {file}"
    if known is None:
        if record.says is not None:
            yield Fault("ledger", f"page {record.number} ({record.url}) at {where} is not known")
        return
    says = record.says
    digest = page_digest(says) if isinstance(says, Page) else None
    same = (known.number, known.url, known.digest) == (record.number, record.url, digest)
    if not same or not isinstance(says, Page | Takedown):
        yield Fault("ledger", f"page {known.number} ({known.url}) is another one at {where}")


def _of_damage(file: str, start: int, end: int, known: dict[int, _Known]) -> Iterator[Fault]:
    """What stood between these bytes."""
    lost = [known.pop(offset) for offset in sorted(known) if start <= offset < end]
    for record in lost:
        yield Fault("archive", f"{file} is damaged at byte {start}: page {record.number} ({record.url})")
    if not lost:
        yield Fault("archive", f"{file} is damaged at byte {start}")
