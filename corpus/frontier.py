"""The frontier of the crawls: which URLs are known, in which state, and when each is looked at (again)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corpus.addresses import identity
from corpus.takedowns import Takedowns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from corpus.ledger import Ledger

HOUR, DAY = 3600.0, 86400.0
LOOKS = (HOUR, 6 * HOUR, DAY, 7 * DAY)
"""Ages, in seconds, at which a stored article is looked at again, and one that failed is tried again."""
PATIENCE = 0.25
"""Of its age at the last look, how long an article is left alone whatever its sitemap says: many sitemaps
say of every article that it changed just now."""
NONE_CHANGED: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of an answer so that it can be asked whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A URL to look at. `stored`: its article is kept, and only a change is of interest."""

    url: str
    stored: bool
    validators: Validators


class Frontier:
    """The URLs of a ledger. Times are seconds since 1970; all methods raise StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        """The frontier that a ledger keeps."""
        self._ledger, self._takedowns = ledger, Takedowns(ledger)

    def discover(
        self, site: str, urls: Iterable[str], now: float, changed: Mapping[str, float] = NONE_CHANGED
    ) -> int:
        """Notes URLs in this order, each due at once; how many are new: not known, not taken down.

        An article that could not be had yet may be had under its other URLs. One that `changed` after the
        last look is looked at again.
        """
        new = 0
        with self._ledger.transaction():
            for url in urls:
                query = "SELECT url, state, coalesce(since, looked), looked FROM urls WHERE identity = ?"
                known = self._rows(query, identity(url))
                for other, _, since, looked in known:
                    if looked is not None and looked < changed.get(url, looked):
                        self._look_again(other, looked + max(HOUR, PATIENCE * (looked - since)))
                new_to_us = all(state == "failed" and other != url for other, state, *_ in known)
                if new_to_us and not self._takedowns.holds(url):
                    self._rows(
                        "INSERT INTO urls (url, identity, site, due, state) VALUES (?, ?, ?, ?, ?)",
                        *(url, identity(url), site, -now, "discovered"),
                    )
                    new += 1
        return new

    def due(self, site: str, now: float, limit: int, apart: Collection[str] = ()) -> list[Due]:
        """URLs of a site to look at, the finds of the newest crawl first, without those in `apart`."""
        query = """
            SELECT url, state = 'stored', etag, last_modified FROM urls
            WHERE site = ? AND due <= ? ORDER BY due, id LIMIT ?
        """
        found = self._rows(query, site, now, limit + len(apart))
        wanted = [Due(url, bool(kept), Validators(*rest)) for url, kept, *rest in found if url not in apart]
        return wanted[:limit]

    def keeps(self, url: str) -> bool:
        """Whether the article of a URL is stored, under it or under another one, or may not be."""
        query = "SELECT 1 FROM urls WHERE identity = ? AND state = 'stored'"
        return self._takedowns.holds(url) or bool(self._rows(query, identity(url)))

    def state(self, url: str) -> str | None:
        """`discovered`, `stored` or `failed`; None where the URL was never noted."""
        return next((state for (state,) in self._rows("SELECT state FROM urls WHERE url = ?", url)), None)

    def stored(self, url: str, site: str, now: float, said: Validators) -> None:
        """The URL was looked at, and what it answered is kept: since now, or since an earlier look."""
        kept = self._rows("SELECT since FROM urls WHERE url = ? AND state = 'stored'", url)
        since = kept[0][0] if kept else now
        self._rows(
            """
            INSERT INTO urls (url, identity, site, state, since, looked, due, etag, last_modified)
            VALUES (?, ?, ?, 'stored', ?, ?, ?, ?, ?)
            ON CONFLICT (url) DO UPDATE SET state = 'stored', reason = NULL, since = excluded.since,
                looked = excluded.looked, due = excluded.due, etag = excluded.etag,
                last_modified = excluded.last_modified
            """,
            *(url, identity(url), site, since, now, _next_look(since, now), said.etag, said.last_modified),
        )

    def twin(self, url: str) -> None:
        """The article is kept under another URL: this one is not asked for again."""
        self._rows("UPDATE urls SET state = 'stored', reason = NULL, due = NULL WHERE url = ?", url)

    def failed(self, url: str, reason: str, now: float) -> None:
        """A URL could not be had; the next crawl tries again, later ones ever more rarely."""
        for state, since in self._rows("SELECT state, since FROM urls WHERE url = ?", url):
            first = state == "discovered"
            self._rows(
                "UPDATE urls SET state = ?, reason = ?, since = ?, looked = ?, due = ? WHERE url = ?",
                "failed" if first else state,
                reason,
                now if first else since,
                now,
                now if first else _next_look(since, now),
                url,
            )

    def set_back(self, site: str, now: float) -> None:
        """The clock was ahead and no longer is: what is noted as done later than now counts as done now.

        Otherwise nobody would look at those URLs again until the clock comes to where it was.
        """
        self._rows(
            """
            UPDATE urls SET since = min(since, ?1), looked = ?1, due = min(due, ?1)
            WHERE site = ?2 AND looked > ?1
            """,
            *(now, site),
        )

    def states(self) -> dict[str, int]:
        """How many URLs are in each state."""
        return dict(self._rows("SELECT state, count(*) FROM urls GROUP BY state"))

    def source(self, url: str) -> tuple[int, Validators]:
        """How many articles a feed, sitemap or listing named when it was read last, and what it said."""
        rows = self._rows("SELECT named, etag, last_modified FROM sources WHERE url = ?", url)
        return (rows[0][0], Validators(*rows[0][1:])) if rows else (0, Validators())

    def reopen(self, url: str) -> bool:
        """Whether the last walk over a listing came to its end; until `read` is called again, it has not."""
        known = bool(self._rows("SELECT 1 FROM sources WHERE url = ?", url))
        self._rows("DELETE FROM sources WHERE url = ?", url)
        return known

    def read(self, url: str, named: int, said: Validators) -> None:
        """A feed, sitemap or listing was read, and its articles are noted."""
        self._rows(
            "INSERT OR REPLACE INTO sources (url, named, etag, last_modified) VALUES (?, ?, ?, ?)",
            *(url, named, said.etag, said.last_modified),
        )

    def _look_again(self, url: str, at: float) -> None:
        query = "UPDATE urls SET due = ? WHERE url = ? AND (due IS NULL OR due > ?)"
        self._rows(query, at, url, at)

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._ledger.rows(query, values)


def _next_look(since: float | None, now: float) -> float | None:
    ages = [] if since is None else [age for age in LOOKS if since + age > now]
    return since + ages[0] if since is not None and ages else None
