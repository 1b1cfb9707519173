"""Web archives that other crawlers made: their pages, as if we had fetched them."""

from __future__ import annotations

import gzip
import re
import zlib
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from corpus.archive import StoreError
from corpus.article import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".warc.gz", ".warc")
LARGEST = 20 << 20  # bytes of a page, unpacked: no article is larger
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)


def is_web_archive(path: Path) -> bool:
    """Whether a file is called like a WARC file."""
    return path.name.lower().endswith(SUFFIXES)


def pages_of(path: Path) -> Iterator[Page]:
    """The HTML pages that a WARC file holds an answer 200 of, in its order.

    Requests, answers without a body of their own (revisits) and everything else are passed over. Raises
    StoreError where the file is no WARC file, or is damaged or cut off.
    """
    try:
        with _Unpacked(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                page = _page(record) if record.rec_type in ("response", "resource") else None
                record.content_stream().read()  # to its end, where its digest is compared
                _require_whole(record)
                if page:
                    yield page
    except (ArchiveLoadFailed, ValueError, gzip.BadGzipFile, zlib.error) as error:
        raise StoreError(f"{path}: damaged, or no WARC file: {error}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


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
    if status != HTTPStatus.OK or not _HTML.match(content_type) or not url.startswith(("http:", "https:")):
        return None
    body = record.content_stream().read(LARGEST + 1)
    if not body or len(body) > LARGEST:
        return None
    fetched = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    return Page(url, body, fetched, content_type, status)
