"""When each site is crawled next: worked out from the record of its crawls, which alone says what ran.

No scheduler library: those (APScheduler looked at) keep jobs and their next run times in a store of their
own, which has to be kept equal to the ledger over kills, and compute them in local time. Here nothing is
planned ahead. The time since a site's first crawl falls into turns of `every` minutes, counted in seconds
since 1970, so that no time zone and no change to summer time moves them. In each turn one crawl is due:

- missed turns are one crawl, however many there were, and the turn after it keeps its place;
- a crawl late in its turn leaves the site alone for half a turn;
- a crawl that was killed or brought nothing is tried again in RETRY seconds, then twice as long after, up to
  RETRY_LONGEST, and never before the rest that the site asked for is over;
- a clock that is set back costs no turn: a crawl that seems to begin later than now holds its turn, unless it
  seems so by more than a turn, when the clock was wrong before and the site is due at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus.crawls import KILLED
from corpus.frontier import DAY, HOUR
from corpus.store import Store
from spiders.endings import is_budget, rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.crawls import CrawlReport
    from pipeline.home import Home
    from spiders.site import Site

MINUTE = 60.0
RETRY = 10 * MINUTE
RETRY_LONGEST = 6 * HOUR
LOOKED_AT = 7
"""Crawls of a site that are looked at: after so many failures the wait is the longest."""


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows of a site's crawls: when the first began, and the last ones, newest first."""

    first: float
    last: Sequence[CrawlReport]


@dataclass(frozen=True, slots=True)
class Turn:
    """The next crawl of a site: from when on it is due (seconds since 1970), and why then.

    `breaches` is what was wrong with the last one.
    """

    site: Site
    at: float
    why: str
    breaches: tuple[str, ...] = ()


def turns(sites: Iterable[Site], crawled: Mapping[str, History], now: float) -> list[Turn]:
    """The next crawl of each site, the one that is due for the longest first."""
    found = [_turn(site, crawled.get(site.name), now) for site in sites]
    return sorted(found, key=lambda turn: (turn.at, turn.site.name))


def due(sites: Iterable[Site], crawled: Mapping[str, History], now: float) -> list[Turn]:
    """The crawls that are due now, the one that is due for the longest first."""
    return [turn for turn in turns(sites, crawled, now) if turn.at <= now]


def histories(home: Home, sites: Iterable[Site]) -> dict[str, History]:
    """What the ledger of a home knows of the crawls of sites; raises StoreError."""
    if not Store.is_in(home.directory):
        return {}
    with Store.reading(home.directory) as store:
        return read_histories(store, sites)


def read_histories(store: Store, sites: Iterable[Site]) -> dict[str, History]:
    """The same from an open store; raises StoreError."""
    firsts = {site.name: store.crawls.first(site.name) for site in sites}
    return {
        name: History(first, store.crawls.begun(name, LOOKED_AT))
        for name, first in firsts.items()
        if first is not None
    }


def _turn(site: Site, history: History | None, now: float) -> Turn:
    if history is None:
        return Turn(site, now, "never crawled")
    at, why = _next(site.every * MINUTE, history, now)
    return Turn(site, at, why, history.last[0].breaches)


def _next(every: float, history: History, now: float) -> tuple[float, str]:
    last = history.last[0]
    if last.started - now > every:
        return now, f"{_beginning(last, now)}: the clock was set back"
    failures = len(list(takewhile(_failed, history.last)))
    if failures:
        wait = max(min(RETRY * 2 ** (failures - 1), RETRY_LONGEST), rest(last.because or ""))
        ended = last.ended if last.ended is not None and last.ended <= now else last.started
        tries = "" if failures == 1 else f", {failures} times in a row"
        return ended + wait, f"{_ending(last)}{tries}; tried again after {span(wait)}"
    turn = (last.started - history.first) // every + 1
    at = max(history.first + turn * every, last.started + every / 2)
    return at, f"{_beginning(last, now)}, every {span(every)}"


def _beginning(last: CrawlReport, now: float) -> str:
    if last.started > now:
        return f"last crawl seems to begin in {span(last.started - now)}"
    return f"last crawl began {span(now - last.started)} ago"


def _failed(crawl: CrawlReport) -> bool:
    return crawl.brought_nothing or not (crawl.finished or is_budget(crawl.because or ""))


def _ending(crawl: CrawlReport) -> str:
    if crawl.because is None:
        return "not ended, or killed"
    if crawl.finished:
        return "nothing could be had"
    if crawl.because == KILLED:
        return KILLED
    return f"ended early ({crawl.because})"


def span(seconds: float) -> str:
    """A length of time as people say it, rounded: 40 s, 12 min, 6 h, 3 days."""
    for name, size in (("days", DAY), ("h", HOUR), ("min", MINUTE)):
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {name}"
    return f"{max(seconds, 0):.0f} s"
