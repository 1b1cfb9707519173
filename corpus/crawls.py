"""The record of the crawls: what each did, and what was not as it should be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.ledger import Ledger

FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What one crawl of one site did. Times are seconds since 1970.

    `because` says why it ended: FINISHED, or what stopped it; both it and `ended` are None for a crawl that
    was killed. `named` counts the articles that feeds, sitemaps and listings name, `discovered` those of
    their URLs that were never seen before; `fetched` the article pages had, of which `new` were stored,
    `changed` stored as a further version, and `unchanged` in the store already; `failed` counts by reason.
    `coverage` says how many of the sampled new articles (`articles`) have a title, a publish date, a text.
    """

    site: str
    started: float
    ended: float | None = None
    because: str | None = None
    requests: int = 0
    named: int = 0
    discovered: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)
    coverage: Mapping[str, int] = field(default_factory=dict)
    breaches: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether it came to its end by itself."""
        return self.because == FINISHED

    @property
    def seconds(self) -> float:
        """How long it took; 0 for one that was killed."""
        return self.ended - self.started if self.ended is not None else 0.0


_COLUMNS = tuple(column.name for column in fields(CrawlReport))
_JSON = ("failed", "coverage", "breaches")


class CrawlLog:
    """The crawls that a ledger keeps. All methods raise StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        """The crawls of a ledger."""
        self._ledger = ledger

    def begin(self, site: str, now: float) -> int:
        """A crawl begins; the number to tell its end by."""
        self._ledger.rows("INSERT INTO crawls (site, started) VALUES (?, ?)", (site, now))
        ((number,),) = self._ledger.rows("SELECT last_insert_rowid()")
        return int(number)

    def spend(self, number: int, requests: int) -> None:
        """A crawl has made so many requests, or is about to."""
        self._ledger.rows("UPDATE crawls SET requests = ? WHERE id = ?", (requests, number))

    def spent(self, site: str, since: float) -> int:
        """The requests that crawls of a site begun since then have made."""
        query = "SELECT coalesce(sum(requests), 0) FROM crawls WHERE site = ? AND started >= ?"
        return int(self._ledger.rows(query, (site, since))[0][0])

    def end(self, number: int, report: CrawlReport) -> None:
        """What a crawl did."""
        values = [_written(name, getattr(report, name)) for name in _COLUMNS]
        columns = ", ".join(f"{name} = ?" for name in _COLUMNS)
        self._ledger.rows(f"UPDATE crawls SET {columns} WHERE id = ?", (*values, number))

    def take(self, reports: Iterable[CrawlReport]) -> None:
        """Crawls that another ledger keeps, each once."""
        for report in reports:
            query = "SELECT 1 FROM crawls WHERE site = ? AND started = ? AND ended IS NOT NULL"
            if not self._ledger.rows(query, (report.site, report.started)):
                self.end(self.begin(report.site, report.started), report)

    def last(self, site: str, count: int) -> list[CrawlReport]:
        """The last crawls of a site that came to an end, newest first."""
        query = f"""
            SELECT {", ".join(_COLUMNS)} FROM crawls WHERE site = ? AND ended IS NOT NULL
            ORDER BY started DESC, id DESC LIMIT ?
        """
        return [_read(row) for row in self._ledger.rows(query, (site, count))]

    def sites(self) -> list[str]:
        """The sites that were ever crawled, by name."""
        return [site for (site,) in self._ledger.rows("SELECT DISTINCT site FROM crawls ORDER BY site")]


def _written(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if name in _JSON else value


def _read(row: tuple[Any, ...]) -> CrawlReport:
    values = dict(zip(_COLUMNS, row, strict=True))
    values |= {name: json.loads(values[name]) for name in _JSON}
    return CrawlReport(**values | {"breaches": tuple(values["breaches"])})
