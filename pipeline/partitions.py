"""Some pages of an archive as one piece of work: extracted by any process that can read the archive.

What comes out is one Parquet file, named by what it was made from: a partition that is done is not done
again, however often it is asked for, and two workers that do it at once do the same.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

import corpus
import extractors
import spiders
import warehouse
from corpus.archive import page_in
from pipeline.building import read
from pipeline.failures import Failure
from warehouse import batches
from warehouse.rows import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fsspec import AbstractFileSystem

    from corpus.archive import Place
    from corpus.article import Page
    from spiders.site import Site
    from warehouse.rows import Rows

PAGES = 500
"""In a partition: some seconds of work, so that what it takes to hand it out does not count."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Some pages of an archive, with the declarations and the code that they are to be read by.

    `archive` and `target` are directories, as paths or URLs of any file system that fsspec knows: where the
    WARC files are, and where what is extracted goes.
    """

    archive: str
    target: str
    identity: str | None
    places: Sequence[tuple[int, Place]]
    declared: Mapping[str, Site]
    code: str

    @property
    def file(self) -> str:
        """The Parquet file of what is extracted: 32 hex digits of all that it hangs on."""
        numbers = [number for number, _ in self.places]
        made_from = (self.identity, numbers, sorted(self.declared.items()), self.code)
        return f"{self.target}/{sha256(repr(made_from).encode()).hexdigest()[:32]}.parquet"


def extract(partition: Partition) -> str:
    """Extracts what is not extracted yet; the file. Raises StoreError, OSError, and Failure on other code."""
    if partition.code != code():
        raise Failure("a worker has other rules or other code installed than the machine that builds")
    files, path = url_to_fs(partition.file)
    if not files.exists(path):
        results = [read(number, page, partition.declared) for number, page in _pages(partition)]
        files.makedirs(files._parent(path), exist_ok=True)  # noqa: SLF001 (fsspec has no other)
        _write(tables(results, extractors.version()), files, path)
    return partition.file


def load(file: str) -> Rows:
    """What was extracted; raises WarehouseError, OSError."""
    files, path = url_to_fs(file)
    with files.open(path, "rb") as content:
        return batches.read(content)


def remove(file: str) -> None:
    """Takes away what was extracted, with what killed workers left beside it."""
    files, path = url_to_fs(file)
    files.rm(files.glob(f"{path}*"))


@cache
def code() -> str:
    """16 hex digits of the code that makes rows of pages, with all the data that lies beside it."""
    digest = sha256()
    for room in (corpus, spiders, extractors, warehouse):
        here = Path(str(room.__file__)).parent
        for path in sorted(path for path in here.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(str(path.relative_to(here)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _pages(partition: Partition) -> Iterator[tuple[int, Page]]:
    files, root = url_to_fs(partition.archive)
    paths = [f"{root}/{place.file}" for _, place in partition.places]
    starts = [place.offset for _, place in partition.places]
    ends = [place.end for _, place in partition.places]
    records = files.cat_ranges(paths, starts, ends, on_error="raise")
    for (number, place), record in zip(partition.places, records, strict=True):
        where = f"{partition.archive}/{place.file}"
        yield number, page_in(record, f"{where}: no readable record at byte {place.offset}")


def _write(rows: Rows, files: AbstractFileSystem, path: str) -> None:
    beside = f"{path}.{uuid4().hex}"
    with files.open(beside, "wb") as content:
        batches.write(rows, content)
        if isinstance(files, LocalFileSystem):  # Object stores keep what is closed.
            content.flush()
            os.fsync(content.fileno())
    files.mv(beside, path)
