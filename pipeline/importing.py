"""Brings files into the archive: text and HTML, each with what a sidecar says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.article import Page
from corpus.encodings import DecodeError, decode
from pipeline.failures import Failure
from pipeline.sidecars import read_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from corpus.store import Store

CONTENT_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many files were new to the archive, and how many it held already."""

    new: int
    known: int


def checked_files(paths: Sequence[Path]) -> list[Path]:
    """Every text and HTML file among the paths and below the directories among them.

    Raises Failure, naming the file and what is wrong, if any of them can't be read as text, if a sidecar
    is wrong, or if two of them stand for one URL.
    """
    files = list(dict.fromkeys(_files(paths)))
    seen: dict[str, Path] = {}
    for file in files:
        url = _imported(file, None).url
        if url in seen:
            raise Failure(f"{seen[url]} and {file} both have the URL {url}")
        seen[url] = file
    return files


def import_files(
    files: Sequence[Path], store: Store, published: date | None, advance: Callable[[int], None]
) -> ImportReport:
    """Stores files. `published` holds for those whose sidecar says nothing of it."""
    new = 0
    for file in files:
        new += store.add(_imported(file, published)) is not None
        advance(1)
    return ImportReport(new, len(files) - new)


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


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            below = [file for file in sorted(path.rglob("*")) if file.suffix.lower() in CONTENT_TYPES]
            below = [file for file in below if not file.is_dir()]
            if not below:
                raise Failure(f"{path} holds no {', '.join(CONTENT_TYPES)} file")
        elif path.exists() and path.suffix.lower() not in CONTENT_TYPES:
            raise Failure(f"{path}: only {', '.join(CONTENT_TYPES)} files can be imported")
        else:
            below = [path]
        for file in below:
            if file.exists() and not file.is_file():
                raise Failure(f"{file} is no regular file")
            yield file
