"""Pages for a store, and what is in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator

from corpus.article import Page
from corpus.store import Store

if TYPE_CHECKING:
    from pathlib import Path

FETCHED = datetime(2021, 6, 15, 7, 30, 0, 123456, UTC)


def page(name: str = "a", body: bytes = b"<p>Xin ch\xc3\xa0o</p>", **rest: object) -> Page:
    return Page(f"http://bao.test/{name}", body, FETCHED, "text/html; charset=utf-8", **rest)  # type: ignore[arg-type]


def stored(home: Path) -> list[tuple[int, Page]]:
    with Store.reading(home) as store:
        return list(store.pages(store.numbers()))


def archived(home: Path) -> list[str]:
    """The URLs of all response records, read by warcio with digests checked."""
    urls = []
    for path in sorted(home.glob("archive/*")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    urls.append(record.rec_headers.get_header("WARC-Target-URI"))
    return urls


def warc_file(home: Path) -> Path:
    return max((home / "archive").iterdir())
