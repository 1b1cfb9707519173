"""The record of the crawls: what each did, and what was not as it should be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from corpus.frontier import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.ledger import Ledger

FINISHED, KILLED = "finished", "killed"


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What one crawl of one site did. Times are seconds since 1970.

    `because` says why it ended: FINISHED, KILLED, or what stopped it; both it and `ended` are None while it
    runs, and of one that was killed until the store is opened again. `named` counts the articles that feeds,
    sitemaps and listings name, `discovered` those of their URLs that were never seen before; `fetched` the
    article pages had, of which `new` were stored, `changed` stored as a further version, and `unchanged` in
    the store already; `failed` counts by reason.
    `coverage` says how many of the sampled new articles (`articles`) have a title, a publish date, a text.
    `run` is the id of the run that it was part of, None where nobody gave one.
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
    run: str | None = None

    @property
    def finished(self) -> bool:
        """Whether it came to its end by itself."""
        return self.because == FINISHED

    @property
    def brought_nothing(self) -> bool:
        """Whether all that it asked for failed."""
        return bool(self.failed) and not self.named + self.fetched

    @property
    def seconds(self) -> float:
        """How long it took; 0 for one that runs."""
        return self.ended - self.started if self.ended is not None else 0.0


_COLUMNS = tuple(column.name for column in fields(CrawlReport))
_JSON = ("failed", "coverage", "breaches")


class CrawlLog:
    """The crawls that a ledger keeps. All methods raise StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        """The crawls of a ledger."""
        self._ledger = ledger

    def begin(self, site: str, now: float, run: str | None = None) -> int:
        """A crawl begins, as part of a run; the number to tell its end by."""
        self._ledger.rows("INSERT INTO crawls (site, started, run) VALUES (?, ?, ?)", (site, now, run))
        ((number,),) = self._ledger.rows("SELECT last_insert_rowid()")
        return int(number)

    def spend(self, number: int, requests: int) -> None:
        """A crawl has made so many requests, or is about to."""
        self._ledger.rows("UPDATE crawls SET requests = ? WHERE id = ?", (requests, number))

    def spent(self, site: str, now: float) -> int:
        """The requests that crawls of a site begun in the last 24 hours have made.

        One that a clock which was set back since says begins within the next 24 hours counts as well.
        """
        query = "SELECT coalesce(sum(requests), 0) FROM crawls WHERE site = ? AND started BETWEEN ? AND ?"
        return int(self._ledger.rows(query, (site, now - DAY, now + DAY))[0][0])

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
        return self._newest("site = ? AND ended IS NOT NULL", count, site)

    def begun(self, site: str, count: int) -> list[CrawlReport]:
        """The last crawls of a site that were begun, newest first; what runs is among them."""
        return self._newest("site = ?", count, site)

    def between(self, site: str, since: float, until: float) -> list[CrawlReport]:
        """The crawls of a site that began then and came to an end, newest first."""
        return self._newest(
            "site = ? AND ended IS NOT NULL AND started BETWEEN ? AND ?", -1, site, since, until
        )

    def bringing(self, site: str, until: float) -> list[CrawlReport]:
        """The last crawl of a site begun until then that brought a new article; where none did the first."""
        ended = "site = ? AND ended IS NOT NULL AND started <= ?"
        found = self._newest(f"{ended} AND new > 0", 1, site, until)
        return found or self._newest(ended, -1, site, until)[-1:]

    def first(self, site: str) -> float | None:
        """When the first crawl of a site began; None where there was none."""
        rows = self._ledger.rows("SELECT started FROM crawls WHERE site = ? ORDER BY id LIMIT 1", (site,))
        return float(rows[0][0]) if rows else None

    def close_killed(self) -> None:
        """Ends on record the crawls that were killed; for the only writer, as then no crawl runs.

        Such a one ended when it was last heard of, and has brought the articles that are stored since it
        began.
        """
        self._ledger.rows(
            """
            UPDATE crawls SET because = ?,
                ended = max(started, coalesce(
                    (SELECT max(looked) FROM urls WHERE urls.site = crawls.site), started)),
                new = (SELECT count(*) FROM urls
                    WHERE urls.site = crawls.site AND state = 'stored' AND since >= started)
            WHERE ended IS NULL
            """,
            (KILLED,),
        )

    def sites(self) -> list[str]:
        """The sites that were ever crawled, by name."""
        return [site for (site,) in self._ledger.rows("SELECT DISTINCT site FROM crawls ORDER BY site")]

    def _newest(self, which: str, count: int, *values: object) -> list[CrawlReport]:
        # In the order in which they were begun, whatever the clock said then.
        query = f"SELECT {', '.join(_COLUMNS)} FROM crawls WHERE {which} ORDER BY id DESC LIMIT ?"
        return [_read(row) for row in self._ledger.rows(query, (*values, count))]


def _written(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if name in _JSON else value


def _read(row: tuple[Any, ...]) -> CrawlReport:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _JSON:
        # Most are empty, and a crawl is measured by hundreds of others.
        values[name] = json.loads(values[name]) if len(values[name]) > len("{}") else {}
    values["breaches"] = tuple(values["breaches"])
    return CrawlReport(**values)
