"""Takes an article out of all that is kept and published, and keeps it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.article import article_id
from corpus.store import Store
from pipeline.building import build
from pipeline.failures import Failure
from pipeline.room import require_room, size
from warehouse import Warehouse, alone, outdated, query, reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.building import BuildReport
    from pipeline.home import Home

_ARTICLE_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class TakedownReport:
    """What was done: the URLs that pages were stored under, and the URLs of copies, which are kept.

    `build` is None where nothing was published before; `held` are older generations that have the article and
    that somebody still reads.
    """

    urls: Sequence[str]
    copies: Sequence[str]
    build: BuildReport | None = None
    held: Sequence[int] = ()


def take_down(home: Home, named: str, reason: str, own_sites: Path | None = None) -> TakedownReport:
    """Takes down the article of a URL or an article id, all its versions and the URLs that mean it.

    First the archive says so, then its pages lose their content, then warehouse and generations are made
    without them: killed anywhere, the same command or a build brings it to its end. Raises Failure on an
    article that is not known, StoreError, WarehouseError.
    """
    archive = sorted(map(size, (home.directory / "archive").glob("*")))
    require_room(home.directory, "a takedown", sum(archive[-1:]))
    with alone(home.warehouse), Store.open(home.directory) as store:
        url = _url(store, named)
        stored = store.takedowns.urls(url)
        copies = _copies(home, stored)
        store.take_down(url, _today(), reason)
    if not home.warehouse.exists() and not home.published.exists():
        return TakedownReport(stored, copies)
    published = build(home, own_sites)
    with Warehouse.open(home.warehouse) as warehouse:
        return TakedownReport(stored, copies, published, outdated(warehouse, home.published))


def allow(home: Home, named: str) -> str:
    """Lets an article that was taken down be stored again; its URL. Raises Failure where it was not."""
    with Store.open(home.directory) as store:
        taken = store.takedowns.of_article(named) if _ARTICLE_ID.fullmatch(named) else None
        url = taken.url if taken else named
        if not store.takedowns.holds(url):
            raise Failure(f"{named} is not taken down")
        store.allow(url, _today())
        return url


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _url(store: Store, named: str) -> str:
    """A URL of the article that is named by one or by its id."""
    if not _ARTICLE_ID.fullmatch(named):
        if ":" not in named:
            raise Failure(f"{named} is neither a URL nor an article id")
        return named
    taken = store.takedowns.of_article(named)
    url = taken.url if taken else store.url_of(named)
    if url is None:
        raise Failure(f"no article {named} is stored here")
    return url


def _copies(home: Home, urls: Sequence[str]) -> list[str]:
    """The URLs of published articles that are told to be copies of these, or to have them as copies."""
    named = ", ".join(f"'{article_id(url)}'" for url in urls)
    with reading(home.published) as generation:
        if generation is None or not urls:
            return []
        stories = f"select canonical_id from articles where is_current and article_id in ({named})"
        others = f"""
            select distinct url from articles
            where is_current and canonical_id in ({stories}) and article_id not in ({named}) order by url
        """
        return [str(url) for url in query(generation.database, others)["url"].to_pylist()]
