"""Brings files into the archive: text and HTML, each with what a sidecar says of it, and web archives."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING

from corpus.article import Page
from corpus.encodings import DecodeError, decode
from corpus.foreign import SUFFIXES, is_web_archive, pages_of
from corpus.store import Arrival
from pipeline.failures import Failure
from pipeline.sidecars import read_sidecar
from spiders.discovery import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from corpus.store import Store
    from spiders.site import Site

CONTENT_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}
IMPORTABLE = (*CONTENT_TYPES, *SUFFIXES)
LOT = 100
"""Files that are stored at a time."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many pages were new to the archive, how many it held already, and how many are taken down."""

    new: int = 0
    known: int = 0
    taken_down: int = 0


def checked_files(paths: Sequence[Path]) -> list[Path]:
    """Every text, HTML and WARC file among the paths and below the directories among them.

    Raises Failure or StoreError, naming the file and what is wrong, if any of them can't be read, if a
    sidecar is wrong, or if two text or HTML files stand for one URL.
    """
    files = list(dict.fromkeys(_files(paths)))
    seen: dict[str, Path] = {}
    for file in files:
        if is_web_archive(file):
            deque(pages_of(file), maxlen=0)
            continue
        url = _imported(file, None).url
        if url in seen:
            raise Failure(f"{seen[url]} and {file} both have the URL {url}")
        seen[url] = file
    return files


def import_files(
    files: Sequence[Path],
    store: Store,
    published: date | None,
    declared: Mapping[str, Site],
    advance: Callable[[int], None],
) -> ImportReport:
    """Stores files. `published` holds for those whose sidecar says nothing of it.

    Of a web archive's pages of declared sites only the articles are stored, as a crawl would have done.
    """
    counts: Counter[str] = Counter()
    for lot in _lots(files):
        if is_web_archive(lot[0]):
            for page in _archived(lot[0], store, declared.values()):
                counts.update(_stored([page], store))
        else:
            counts.update(_stored([_imported(file, published) for file in lot], store))
        advance(len(lot))
    return ImportReport(**counts)


def _lots(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Web archives one by one, other files many at a time: the disk is waited for once a lot."""
    for archives, alike in groupby(files, is_web_archive):
        while lot := list(islice(alike, 1 if archives else LOT)):
            yield lot


def _stored(pages: Sequence[Page], store: Store) -> Iterator[str]:
    """Stores pages of different URLs: for each the count of the report that it belongs to."""
    numbers = store.add_all([Arrival(page, page.url) for page in pages])
    for page, number in zip(pages, numbers, strict=True):
        if store.takedowns.holds(page.url):
            yield "taken_down"
        else:
            yield "known" if number is None else "new"


def read_page(file: Path, declared: Mapping[str, str]) -> Page:
    """The page that a file is; raises Failure where it is missing, empty, or holds no text."""
    try:
        body = file.read_bytes()
        changed = file.stat().st_mtime
    except FileNotFoundError:
        raise Failure(f"{file}: no such file") from None
    except IsADirectoryError:
        raise Failure(f"{file} is a directory") from None
    check_text(body, str(file))
    fetched = datetime.fromtimestamp(changed, UTC)
    content_type = CONTENT_TYPES.get(file.suffix.lower(), "")
    return Page(file.absolute().as_uri(), body, fetched, content_type, declared=declared)


def check_text(body: bytes, name: str) -> str:
    """The text of bytes; raises Failure where there is none in them, or they are no text."""
    try:
        text = decode(body)
    except DecodeError as error:
        raise Failure(f"{name}: {error}") from None
    if not text.strip():
        raise Failure(f"{name} is empty")
    return text


def _imported(file: Path, published: date | None) -> Page:
    declared = read_sidecar(file)
    if published:
        declared.setdefault("published", published.isoformat())
    url = declared.pop("url", None) or file.resolve().as_uri()
    read = read_page(file, declared)
    return Page(url, read.body, read.fetched, read.content_type, site="import", declared=declared)


def _archived(file: Path, store: Store, sites: Collection[Site]) -> Iterator[Page]:
    """The pages of a web archive that are to be stored, each found after the one before is."""
    for page in pages_of(file):
        site = next((site for site in sites if site.owns(page.url)), None)
        if site is None:
            yield replace(page, site="import")
        elif site.is_article(page.url):
            url = canonical(page.url, page.body, site)
            # Under another URL it is no change of the article, but a twin.
            if url == page.url or not store.frontier.keeps(url):
                yield replace(page, url=url, site=site.name)


def _is_importable(file: Path) -> bool:
    return file.suffix.lower() in CONTENT_TYPES or is_web_archive(file)


def _is_in_a_store(file: Path) -> bool:
    """Whether it belongs to an archive of ours, that lies below the directory by chance."""
    return is_web_archive(file) and (file.parent.parent / "ledger.sqlite").exists()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            below = [file for file in sorted(path.rglob("*")) if _is_importable(file)]
            below = [file for file in below if not file.is_dir() and not _is_in_a_store(file)]
            if not below:
                raise Failure(f"{path} holds no {', '.join(IMPORTABLE)} file")
        elif path.exists() and not _is_importable(path):
            raise Failure(f"{path}: only {', '.join(IMPORTABLE)} files can be imported")
        else:
            below = [path]
        for file in below:
            if file.exists() and not file.is_file():
                raise Failure(f"{file} is no regular file")
            yield file
