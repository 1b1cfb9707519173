"""What stands in the archive: WARC records of pages and of takedowns, one gzip member each."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.article import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a Page holds beside an HTTP response, as JSON, so that the archive alone can make the ledger anew.
ABOUT = "Trichtin-Page"
TAKEDOWN = "Trichtin-Takedown"  # what a Takedown holds, as JSON
VOID = "Trichtin-Void"  # the number of a page that was taken down
LEVEL = 4  # of gzip: a page of 50 KB costs half a millisecond, and 6 % more bytes than at level 9
_HEADER = 10  # bytes of gzip's header, the fourth of which says what follows it
_COMMENT = 0x10


class StoreError(Exception):
    """The store can't be read or written; the message is one clear line for the user."""


@dataclass(frozen=True, slots=True)
class Takedown:
    """An article that may not be kept; with `reason` None it may be fetched again. `day` is an ISO day."""

    url: str
    day: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """A numbered record; `says` is None where a page was that is taken down."""

    number: int | None
    url: str
    says: Page | Takedown | None


def encoded(number: int, says: Page | Takedown) -> bytes:
    """The record as it stands in the archive; raises StoreError where the URL is none."""
    return _member(_response(says, number) if isinstance(says, Page) else _takedown(says, number))


def encoded_void(number: int, url: str, length: int) -> bytes:
    """What takes the place of a page that is taken down: a record without content, of the same length.

    So all others stay where they are; what a page says of itself is always longer than what a void does.
    """
    return _padded(_member(_metadata(url, {VOID: json.dumps({"number": number})})), length)


def encoded_head(name: str) -> bytes:
    """The record that begins the file of that name."""
    writer = _writer()
    writer.write_record(writer.create_warcinfo_record(name, {"software": "trichtin", "format": "WARC/1.1"}))
    return _member(writer.out.getvalue())


def decoded(content: bytes) -> Iterator[Record]:
    """The numbered records in the content of a gzip member; raises ArchiveLoadFailed."""
    for record in ArchiveIterator(BytesIO(content)):
        headers = record.rec_headers
        url = headers.get_header("WARC-Target-URI")
        if record.rec_type in ("response", "resource"):
            about = json.loads(headers.get_header(ABOUT, "{}"))
            yield Record(about.get("number"), url, _page(record, url, about))
        elif told := headers.get_header(TAKEDOWN):
            about = json.loads(told)
            yield Record(about.pop("number"), url, Takedown(**about))
        elif told := headers.get_header(VOID):
            yield Record(json.loads(told)["number"], url, None)


def _member(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)


def _padded(member: bytes, length: int) -> bytes:
    """A gzip member made longer by a comment in its header, which whoever unpacks it passes over."""
    missing = length - len(member)
    if missing < 0:
        raise StoreError(f"a record of {length} bytes has no room for the mark of a takedown")
    if not missing:
        return member
    header = bytearray(member[:_HEADER])
    header[3] |= _COMMENT
    return bytes(header) + b" " * (missing - 1) + b"\0" + member[_HEADER:]


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


def _takedown(takedown: Takedown, number: int) -> bytes:
    about = {"number": number} | asdict(takedown)
    return _metadata(_one_line(takedown.url), {TAKEDOWN: json.dumps(about)})


def _metadata(url: str, headers: dict[str, str]) -> bytes:
    """A record that is nothing but its headers."""
    writer = _writer()
    record = writer.create_warc_record(
        url,
        "metadata",
        payload=BytesIO(),
        length=0,
        warc_content_type="text/plain",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return bytes(writer.out.getvalue())


def _http_headers(page: Page) -> StatusAndHeaders:
    phrase = HTTPStatus(page.status).phrase if page.status in set(HTTPStatus) else "Unknown"
    headers = [("Content-Type", _printable(page.content_type))] if page.content_type else []
    return StatusAndHeaders(f"{page.status} {phrase}", headers, "HTTP/1.1")


def _writer() -> WARCWriter:
    # warcio compresses at level 9 only, which takes several times as long: `_member` does it.
    return WARCWriter(BytesIO(), gzip=False, warc_version="1.1")


def _page(record: Any, url: str, about: dict[str, Any]) -> Page:
    return Page(
        url=url,
        body=record.content_stream().read(),
        fetched=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        content_type=(record.http_headers or record.rec_headers).get_header("Content-Type", ""),
        status=int(record.http_headers.get_statuscode()) if record.http_headers else HTTPStatus.OK,
        site=about.get("site", ""),
        declared=about.get("declared", {}),
    )


def _stamp(fetched: datetime) -> str:
    return fetched.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _one_line(url: str) -> str:
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        raise StoreError(f"{url!r} is no URL that can be stored")
    return url


def _printable(value: str) -> str:
    return "".join(c if " " <= c <= "~" else "?" for c in value).strip()
