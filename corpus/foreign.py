"""Web archives that other crawlers made: their pages, as if we had fetched them."""

from __future__ import annotations

import gzip
import re
import zlib
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from corpus.article import Page
from corpus.records import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".warc.gz", ".warc")
LARGEST = 20 << 20  # bytes of a page, unpacked: no article is larger
CHUNK = 1 << 16
# What warcio and we raise over headers that are missing or hold nonsense.
_NO_RECORD = (ValueError, OverflowError, AttributeError)
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)


def is_web_archive(path: Path) -> bool:
    """Whether a file is called like a WARC file."""
    return path.name.lower().endswith(SUFFIXES)


def pages_of(path: Path) -> Iterator[Page]:
    """The HTML pages that a WARC file holds an answer 200 of, in its order.

    Requests, answers without a body of their own (revisits), what has no address on the web and everything
    else are passed over. Raises StoreError where the file is no WARC file, or is damaged or cut off.
    """
    try:
        with _Unpacked(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                page = _page(record) if record.rec_type in ("response", "resource") else None
                while record.content_stream().read(CHUNK):
                    pass  # to its end, where its digest is compared
                _require_whole(record)
                if page:
                    yield page
    except (ArchiveLoadFailed, *_NO_RECORD, gzip.BadGzipFile, zlib.error) as error:
        raise StoreError(f"{path}: damaged, or no WARC file: {error}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


class _Brotli:
    """brotli as warcio 1.8 wants it, which sets an attribute and calls a method that brotli 1.2 lacks."""

    unused_data = b""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        """What the data unpack to, as far as a page may be large."""
        if not self._decompressor.can_accept_more_data():
            return b""
        unpacked: bytes = self._decompressor.process(data, output_buffer_limit=LARGEST + 1)
        return unpacked


BufferedReader.DECOMPRESSORS["br"] = _Brotli


class _Unpacked(gzip.GzipFile):
    """A gzip file of which warcio does not take the place where it is cut off for its end."""

    def read(self, size: int | None = -1) -> bytes:
        try:
            return super().read(size)
        except EOFError as error:
            raise ValueError("it is cut off") from error


def _require_whole(record: Any) -> None:
    if getattr(record.raw_stream, "limit", 0):
        raise ValueError("it ends within a record")


def _page(record: Any) -> Page | None:
    headers = record.http_headers or record.rec_headers
    content_type = headers.get_header("Content-Type") or ""
    status = int(record.http_headers.get_statuscode()) if record.http_headers else HTTPStatus.OK
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if status != HTTPStatus.OK or not _HTML.match(content_type) or not _is_web_address(url):
        return None
    body = record.content_stream().read(LARGEST + 1)
    if not body or len(body) > LARGEST:
        return None
    fetched = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    moment = fetched.astimezone(UTC) if fetched.tzinfo else fetched.replace(tzinfo=UTC)
    return Page(url, body, moment, content_type, status)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # urlsplit drops line ends and tabs.
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url
