"""Golden pages: a page as it came, and beside it the article that was read from it and found right."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.article import Page
from pipeline.failures import Failure
from pipeline.output import write
from spiders.parsing import UnreadablePage, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from spiders.site import Site

LONGEST_NAME = 80
_ODD = re.compile(r"[^A-Za-z0-9]+")
_OF_ARTICLE = ("title", "published", "author", "source", "paragraphs")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is read in another way than the golden file says."""

    file: Path
    field: str
    expected: object
    found: object


def save(page: Page, site: Site | None, directory: Path) -> Path:
    """Saves a page as NAME.html and what is read from it as NAME.json; the latter's path.

    Raises Failure where there is no article in it; nothing goes into the archive.
    """
    said = _said(page, site)
    directory.mkdir(parents=True, exist_ok=True)
    name = _name(page.url)
    write([page.body], directory / f"{name}.html")
    write([(json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()], directory / f"{name}.json")
    return directory / f"{name}.json"


def differences(directory: Path, sites: Mapping[str, Site]) -> Iterator[Difference]:
    """What is read of the golden pages of a directory in another way now; raises Failure."""
    files = sorted(directory.glob("*.json"))
    if not files:
        raise Failure(f"{directory} holds no golden page")
    for file in files:
        expected, page = _golden(file)
        found = _said(page, sites.get(page.site))
        for field in _OF_ARTICLE:
            if found[field] != expected.get(field):
                yield Difference(file, field, expected.get(field), found[field])


def _name(url: str) -> str:
    """A file name for a URL: its end, and what tells it from URLs with the same end."""
    parts = urlsplit(url)
    end = _ODD.sub("-", parts.path.rpartition("/")[2].rpartition(".")[0] or parts.netloc).strip("-")
    return f"{end[:LONGEST_NAME]}-{sha256(url.encode()).hexdigest()[:6]}".lstrip("-")


def _golden(file: Path) -> tuple[Mapping[str, Any], Page]:
    try:
        expected = json.loads(file.read_text("utf-8"))
        body = file.with_suffix(".html").read_bytes()
        fetched = datetime.fromisoformat(expected["fetched"])
        page = Page(
            expected["url"], body, fetched, expected["content_type"], site=str(expected["site"] or "")
        )
    except (KeyError, TypeError, ValueError, RecursionError, FileNotFoundError) as error:
        raise Failure(f"{file}: no golden page: {error}") from None
    return expected, page


def _said(page: Page, site: Site | None) -> dict[str, Any]:
    """What a golden file says of a page."""
    try:
        article = parse(page, site)
    except UnreadablePage as reason:
        raise Failure(f"{page.url}: {reason}") from None
    return {
        "url": page.url,
        "fetched": page.fetched.isoformat(timespec="seconds"),
        "content_type": page.content_type,
        "site": site.name if site else None,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "source": article.source,
        "paragraphs": article.text.split("\n"),
    }
